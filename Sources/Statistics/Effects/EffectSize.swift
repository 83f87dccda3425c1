#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Effect sizes from what a report prints instead of the data, as the What Works Clearinghouse computes them.
///
/// Every answer is a finite number or nil where it is undefined.
///
/// Source: What Works Clearinghouse, "Procedures Handbook" 4.1 (2020), appendix E.
public enum EffectSize {
    /// Hedges' g from Cohen's d of two groups.
    public static func hedgesG(
        d: Double, _ n1: Int, _ n2: Int, correction: SmallSampleCorrection = .approximate
    ) -> Double? {
        guard n1 > 0, n2 > 0 else { return nil }
        return correction.factor(degreesOfFreedom: Double(n1 + n2 - 2)).flatMap { ($0 * d).finite }
    }

    /// Hedges' g from Student's t of two groups.
    ///
    /// - Parameter clusters: how pupils were assigned in clusters, where t ignores it.
    public static func hedgesG(
        t: Double, _ n1: Int, _ n2: Int, clusters: Clustering? = nil,
        correction: SmallSampleCorrection = .approximate
    ) -> Double? {
        guard n1 > 0, n2 > 0 else { return nil }
        let d = t * (1 / Double(n1) + 1 / Double(n2)).squareRoot()
        guard let clusters else { return hedgesG(d: d, n1, n2, correction: correction) }
        return clusters.factor(observations: n1 + n2).flatMap { hedgesG(d: d * $0, n1, n2, correction: correction) }
    }

    /// Hedges' g from a difference that a regression adjusted for covariates.
    ///
    /// - Parameters:
    ///   - difference: the coefficient of the treatment.
    ///   - standardDeviation: the pooled standard deviation of the outcome, not adjusted.
    ///   - observations: how many rows the regression used.
    public static func hedgesG(
        adjustedDifference difference: Double, standardDeviation: Double, observations: Int,
        correction: SmallSampleCorrection = .approximate
    ) -> Double? {
        guard standardDeviation > 0, observations > 2 else { return nil }
        return correction.factor(degreesOfFreedom: Double(observations - 2)).flatMap {
            (difference / standardDeviation * $0).finite
        }
    }

    /// Pupils in clusters of which all have the same treatment.
    public struct Clustering: Hashable, Sendable {
        /// The intraclass correlation of the outcome, 0...1.
        public let intraclassCorrelation: Double
        /// The mean number of pupils in a cluster, at least 1.
        public let meanSize: Double

        /// Nil unless both numbers are possible.
        public init?(intraclassCorrelation: Double, meanSize: Double) {
            guard 0...1 ~= intraclassCorrelation, meanSize >= 1, meanSize.isFinite else { return nil }
            self.intraclassCorrelation = intraclassCorrelation
            self.meanSize = meanSize
        }

        /// √(1 - 2 (n̄ - 1) ρ / (N - 2)); nil where the clusters are too large for the number of pupils.
        func factor(observations: Int) -> Double? {
            let share = 2 * (meanSize - 1) * intraclassCorrelation / Double(observations - 2)
            return share <= 1 ? (1 - share).squareRoot() : nil
        }
    }

    /// The Cox index of two shares: the logarithm of their odds ratio / 1.65, on the scale of g; nil where a share is 0
    /// or 1.
    ///
    /// Source: D. R. Cox, "Analysis of Binary Data" (1970).
    public static func coxIndex(
        _ p1: Double, of n1: Int, _ p2: Double, of n2: Int, correction: SmallSampleCorrection = .approximate
    ) -> Double? {
        guard 0 < p1, p1 < 1, 0 < p2, p2 < 1 else { return nil }
        let logOddsRatio = log(p1) - log1p(-p1) - (log(p2) - log1p(-p2))
        return hedgesG(d: logOddsRatio / 1.65, n1, n2, correction: correction)
    }

    /// The Cox index of two proportions; nil where one has no success or no failure.
    public static func coxIndex(
        _ pair: ProportionPair, correction: SmallSampleCorrection = .approximate
    ) -> Double? {
        guard let p1 = pair.first.share, let p2 = pair.second.share else { return nil }
        return coxIndex(p1, of: pair.first.trials, p2, of: pair.second.trials, correction: correction)
    }

    /// How many percentile ranks the average pupil of the control group would rise with the treatment, 100 Φ(g) - 50.
    public static func improvementIndex(g: Double) -> Double? {
        (50 * erf(g / 2.0.squareRoot())).finite
    }
}

/// Whether groups were alike before the treatment, by the size of their difference then. The raw value is the name in a
/// feed.
///
/// Source: What Works Clearinghouse, "Standards Handbook" 4.1 (2020), II.A.4.
public enum BaselineEquivalence: String, CaseIterable, Codable, Hashable, Sendable {
    /// |g| ≤ 0.05: alike.
    case satisfied
    /// 0.05 < |g| ≤ 0.25: alike only in an analysis that adjusts for the difference.
    case needsAdjustment = "needs_adjustment"
    /// |g| > 0.25: not alike, whatever the analysis.
    case notSatisfied = "not_satisfied"

    /// The band of a difference at baseline; nil for NaN.
    public init?(g: Double) {
        switch abs(g) {
        case ...0.05: self = .satisfied
        case ...0.25: self = .needsAdjustment
        case 0.25...: self = .notSatisfied
        default: return nil
        }
    }
}
