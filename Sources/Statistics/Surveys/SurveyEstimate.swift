/// An estimate from a survey, with its standard error by the design.
public struct SurveyEstimate: Hashable, Sendable {
    /// How many rows have a value and a weight above 0.
    public let count: Int
    /// The estimate.
    public let value: Double
    /// Its standard error by Taylor linearisation; nil where a stratum has a single cluster and the design does not say
    /// what that adds.
    public let standardError: Double?
    /// The design's degrees of freedom: clusters less strata.
    public let degreesOfFreedom: Int
    /// The variance that simple random sampling of as many rows with replacement would have; nil for a single row.
    let simpleVariance: Double?
    /// The part of the population that is not in the sample, taking weights as numbers of units.
    let unsampledShare: Double
    /// The rows of the design.
    let rowCount: Int

    /// The variance divided by that of simple random sampling without replacement of as many rows; nil where that
    /// cannot be told: where the weights sum to no more than the rows, values do not vary, or the standard error is
    /// nil.
    ///
    /// Source: L. Kish, "Survey Sampling" (1965), section 8.2.
    public var designEffect: Double? {
        unsampledShare > 0 ? ratio(to: simpleVariance.map { $0 * unsampledShare }) : nil
    }

    /// The variance divided by that of simple random sampling with replacement; nil where values do not vary, or the
    /// standard error is nil.
    public var designEffectWithReplacement: Double? { ratio(to: simpleVariance) }

    private func ratio(to simple: Double?) -> Double? {
        guard let standardError, let simple, simple > 0 else { return nil }
        return (standardError * standardError / simple).finite
    }

    /// The t interval on the design's degrees of freedom; nil without any, or without a standard error.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let standardError, let deviate = deviate(level) else { return nil }
        return Interval(center: value, margin: deviate * standardError, level: level, method: .linearizedT)
    }

    /// The normal interval; nil without a standard error.
    public func normalInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let standardError else { return nil }
        return Interval(center: value, margin: level.normalDeviate * standardError, level: level, method: .wald)
    }

    func deviate(_ level: ConfidenceLevel) -> Double? {
        StudentT(degreesOfFreedom: Double(degreesOfFreedom))?.upperQuantile(level.tail)
    }
}
