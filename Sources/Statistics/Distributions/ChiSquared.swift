/// The chi-squared distribution: a gamma distribution of shape df / 2 and scale 2 (Abramowitz & Stegun 26.4.19).
public struct ChiSquared: ContinuousDistribution {
    /// The degrees of freedom.
    public let degreesOfFreedom: Double
    private let gamma: Gamma

    /// A chi-squared distribution, or nil unless the degrees of freedom lie in 0.002...2·10^10.
    public init?(degreesOfFreedom: Double) {
        guard let gamma = Gamma(shape: degreesOfFreedom / 2, scale: 2) else { return nil }
        self.degreesOfFreedom = degreesOfFreedom
        self.gamma = gamma
    }

    /// P(X ≤ x); 0 below 0, nil for NaN.
    public func cdf(_ x: Double) -> Double? { gamma.cdf(x) }

    /// P(X > x); 1 below 0, nil for NaN.
    public func upperTail(_ x: Double) -> Double? { gamma.upperTail(x) }

    /// The x with P(X ≤ x) = p; nil unless 0 ≤ p < 1.
    public func quantile(_ p: Double) -> Double? { gamma.quantile(p) }

    /// The x with P(X > x) = q; nil unless 0 < q ≤ 1.
    public func upperQuantile(_ q: Double) -> Double? { gamma.upperQuantile(q) }
}
