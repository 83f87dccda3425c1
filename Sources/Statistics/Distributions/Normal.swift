#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The normal distribution.
public struct Normal: ContinuousDistribution, Hashable {
    /// The mean.
    public let mean: Double
    /// The standard deviation, above 0.
    public let standardDeviation: Double

    /// A normal distribution, or nil unless the mean is finite and the standard deviation finite and above 0.
    public init?(mean: Double, standardDeviation: Double) {
        guard mean.isFinite, standardDeviation.isFinite, standardDeviation > 0 else { return nil }
        self.init(uncheckedMean: mean, standardDeviation: standardDeviation)
    }

    private init(uncheckedMean mean: Double, standardDeviation: Double) {
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    /// Mean 0, standard deviation 1.
    public static let standard = Normal(uncheckedMean: 0, standardDeviation: 1)

    /// P(X ≤ x), from the complementary error function (Abramowitz & Stegun 26.2.29); nil for NaN.
    public func cdf(_ x: Double) -> Double? {
        x.isNaN ? nil : erfc(-standardized(x) / 2.0.squareRoot()) / 2
    }

    /// P(X > x); nil for NaN.
    public func upperTail(_ x: Double) -> Double? {
        x.isNaN ? nil : erfc(standardized(x) / 2.0.squareRoot()) / 2
    }

    /// The x with P(X ≤ x) = p; nil unless 0 < p < 1.
    public func quantile(_ p: Double) -> Double? {
        guard p > 0, p < 1 else { return nil }
        return (mean - standardDeviation * Self.standardUpperQuantile(p)).finite
    }

    /// The x with P(X > x) = q; nil unless 0 < q < 1.
    public func upperQuantile(_ q: Double) -> Double? {
        guard q > 0, q < 1 else { return nil }
        return (mean + standardDeviation * Self.standardUpperQuantile(q)).finite
    }

    private func standardized(_ x: Double) -> Double { (x - mean) / standardDeviation }
}
