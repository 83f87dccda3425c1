#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Student's t distribution.
public struct StudentT: ContinuousDistribution {
    /// The degrees of freedom; they need not be whole.
    public let degreesOfFreedom: Double
    private let incompleteBeta: IncompleteBeta

    /// A t distribution, or nil unless the degrees of freedom lie in 0.002...2·10^10.
    public init?(degreesOfFreedom: Double) {
        guard ClosedRange.shapeParameters.contains(degreesOfFreedom / 2) else { return nil }
        self.degreesOfFreedom = degreesOfFreedom
        incompleteBeta = IncompleteBeta(a: degreesOfFreedom / 2, b: 0.5)
    }

    /// P(X ≤ x); nil for NaN.
    public func cdf(_ x: Double) -> Double? { upperTail(-x) }

    /// P(X > x); nil for NaN.
    public func upperTail(_ x: Double) -> Double? {
        guard !x.isNaN else { return nil }
        let beyond = tail(beyond: abs(x))
        return x < 0 ? 1 - beyond : beyond
    }

    /// The x with P(X ≤ x) = p; nil unless 0 < p < 1.
    public func quantile(_ p: Double) -> Double? { upperQuantile(p).map { 0 - $0 } }

    /// The x with P(X > x) = q; nil unless 0 < q < 1.
    public func upperQuantile(_ q: Double) -> Double? {
        guard q > 0, q < 1 else { return nil }
        return (q <= 0.5 ? deviate(above: q) : -deviate(above: 1 - q)).finite
    }

    /// P(X > t) for t ≥ 0: half of I_x(df / 2, 1/2) at x = df / (df + t²) (Abramowitz & Stegun 26.7.1).
    private func tail(beyond t: Double) -> Double {
        let ratio = t / degreesOfFreedom.squareRoot()
        // Further out t² would overflow, and the tail is a power of t to the last digit.
        let farthest = 1e140
        let square = min(ratio, farthest) * min(ratio, farthest)
        let tail = incompleteBeta.tails(x: 1 / (1 + square), y: 1 / (1 + 1 / square)).lower / 2
        return ratio > farthest ? tail * pow(farthest / ratio, degreesOfFreedom) : tail
    }

    /// The t ≥ 0 with probability q above it, for 0 < q ≤ 0.5.
    private func deviate(above q: Double) -> Double {
        if q == 0.5 { return 0 }
        let wanted = Tail.smaller(lower: 2 * q)
        let logit = incompleteBeta.logitQuantile(wanted.tail, wanted.probability, near: logitGuess(above: q))
        return degreesOfFreedom.squareRoot() * exp(-logit / 2)
    }

    /// A first guess at log(df / t²) from the normal deviate (Abramowitz & Stegun 26.7.5); nil where the expansion
    /// is useless.
    private func logitGuess(above q: Double) -> Double? {
        let n = degreesOfFreedom
        guard n >= 2 else { return nil }
        let y = Normal.standardUpperQuantile(q)
        let square = y * y
        let first = (square + 1) / (4 * n)
        let second = ((5 * square + 16) * square + 3) / (96 * n * n)
        let t = y * (1 + first + second)
        return log(n / (t * t))
    }
}
