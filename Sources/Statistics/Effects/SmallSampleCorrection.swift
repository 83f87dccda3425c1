/// What makes a standardized mean difference of small samples unbiased: the factor from Cohen's d to Hedges' g. The raw
/// value is the name in a feed.
public enum SmallSampleCorrection: String, CaseIterable, Codable, Hashable, Sendable {
    /// ω = 1 - 3 / (4 df - 1), which is 1 - 3 / (4 N - 9) for two groups of N together (What Works Clearinghouse): the
    /// default.
    case approximate
    /// Γ(df/2) / (√(df/2) Γ((df - 1)/2)) (L. V. Hedges, Journal of Educational Statistics 6, 1981).
    case exact

    /// The factor; nil below 2 degrees of freedom.
    public func factor(degreesOfFreedom: Double) -> Double? {
        guard degreesOfFreedom >= 2, degreesOfFreedom.isFinite else { return nil }
        switch self {
        case .approximate: return 1 - 3 / (4 * degreesOfFreedom - 1)
        case .exact:
            return gammaHalfStep((degreesOfFreedom - 1) / 2) * ((degreesOfFreedom - 1) / degreesOfFreedom).squareRoot()
        }
    }
}
