#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The beta distribution on [0, 1].
public struct Beta: ContinuousDistribution {
    /// The first shape parameter.
    public let alpha: Double
    /// The second shape parameter.
    public let beta: Double
    private let incompleteBeta: IncompleteBeta

    /// A beta distribution, or nil unless both parameters lie in 0.001...10^10.
    public init?(alpha: Double, beta: Double) {
        let shapes = ClosedRange.shapeParameters
        guard shapes.contains(alpha), shapes.contains(beta) else { return nil }
        self.alpha = alpha
        self.beta = beta
        incompleteBeta = IncompleteBeta(a: alpha, b: beta)
    }

    /// P(X ≤ x); 0 below 0, 1 above 1, nil for NaN.
    public func cdf(_ x: Double) -> Double? {
        x.isNaN ? nil : tails(x).lower
    }

    /// P(X > x); 1 below 0, 0 above 1, nil for NaN.
    public func upperTail(_ x: Double) -> Double? {
        x.isNaN ? nil : tails(x).upper
    }

    /// The x with P(X ≤ x) = p; nil unless 0 ≤ p ≤ 1.
    public func quantile(_ p: Double) -> Double? {
        guard p >= 0, p <= 1 else { return nil }
        return p == 0 || p == 1 ? p : solve(Tail.smaller(lower: p))
    }

    /// The x with P(X > x) = q; nil unless 0 ≤ q ≤ 1.
    public func upperQuantile(_ q: Double) -> Double? {
        guard q >= 0, q <= 1 else { return nil }
        return q == 0 || q == 1 ? 1 - q : solve(Tail.smaller(upper: q))
    }

    private func tails(_ x: Double) -> Tails {
        let x = min(max(x, 0), 1)
        return incompleteBeta.tails(x: x, y: 1 - x)
    }

    private func solve(_ wanted: (tail: Tail, probability: Double)) -> Double? {
        let logit = incompleteBeta.logitQuantile(wanted.tail, wanted.probability)
        return (1 / (1 + exp(-logit))).finite
    }
}
