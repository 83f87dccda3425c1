#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The gamma distribution.
public struct Gamma: ContinuousDistribution {
    /// The shape.
    public let shape: Double
    /// The scale, above 0: the mean is shape times scale.
    public let scale: Double
    private let incompleteGamma: IncompleteGamma

    /// A gamma distribution, or nil unless the shape lies in 0.001...10^10 and the scale is finite and above 0.
    public init?(shape: Double, scale: Double = 1) {
        guard ClosedRange.shapeParameters.contains(shape), scale > 0, scale.isFinite else { return nil }
        self.shape = shape
        self.scale = scale
        incompleteGamma = IncompleteGamma(a: shape)
    }

    /// P(X ≤ x); 0 below 0, nil for NaN.
    public func cdf(_ x: Double) -> Double? {
        x.isNaN ? nil : incompleteGamma.tails(x: max(x / scale, 0)).lower
    }

    /// P(X > x); 1 below 0, nil for NaN.
    public func upperTail(_ x: Double) -> Double? {
        x.isNaN ? nil : incompleteGamma.tails(x: max(x / scale, 0)).upper
    }

    /// The x with P(X ≤ x) = p; nil unless 0 ≤ p < 1.
    public func quantile(_ p: Double) -> Double? {
        guard p >= 0, p < 1 else { return nil }
        return p == 0 ? 0 : solve(Tail.smaller(lower: p))
    }

    /// The x with P(X > x) = q; nil unless 0 < q ≤ 1.
    public func upperQuantile(_ q: Double) -> Double? {
        guard q > 0, q <= 1 else { return nil }
        return q == 1 ? 0 : solve(Tail.smaller(upper: q))
    }

    private func solve(_ wanted: (tail: Tail, probability: Double)) -> Double? {
        (scale * exp(incompleteGamma.logQuantile(wanted.tail, wanted.probability))).finite
    }
}
