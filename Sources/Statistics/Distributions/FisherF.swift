#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Fisher's F distribution: the ratio of two independent mean squares.
public struct FisherF: ContinuousDistribution {
    /// The degrees of freedom of the numerator.
    public let numerator: Double
    /// The degrees of freedom of the denominator.
    public let denominator: Double
    private let incompleteBeta: IncompleteBeta

    /// An F distribution, or nil unless both degrees of freedom lie in 0.002...2·10^10.
    public init?(numerator: Double, denominator: Double) {
        let shapes = ClosedRange.shapeParameters
        guard shapes.contains(numerator / 2), shapes.contains(denominator / 2) else { return nil }
        self.numerator = numerator
        self.denominator = denominator
        incompleteBeta = IncompleteBeta(a: numerator / 2, b: denominator / 2)
    }

    /// P(X ≤ x); 0 below 0, nil for NaN.
    public func cdf(_ x: Double) -> Double? {
        x.isNaN ? nil : tails(x).lower
    }

    /// P(X > x); 1 below 0, nil for NaN.
    public func upperTail(_ x: Double) -> Double? {
        x.isNaN ? nil : tails(x).upper
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

    /// With u = d1 x / d2, the variable u / (1 + u) has a beta distribution (Abramowitz & Stegun 26.6.2).
    private func tails(_ x: Double) -> Tails {
        let odds = numerator / denominator * max(x, 0)
        return incompleteBeta.tails(x: 1 / (1 + 1 / odds), y: 1 / (1 + odds))
    }

    private func solve(_ wanted: (tail: Tail, probability: Double)) -> Double? {
        let logit = incompleteBeta.logitQuantile(wanted.tail, wanted.probability)
        return (denominator / numerator * exp(logit)).finite
    }
}
