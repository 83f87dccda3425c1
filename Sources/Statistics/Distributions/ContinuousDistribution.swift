/// A continuous probability distribution, asked from both ends.
///
/// Small upper tails have functions of their own: 1 - cdf would round them away. All four functions keep a relative
/// accuracy of about 1e-12 in the number they return, provided that the argument determines it that well.
public protocol ContinuousDistribution: Sendable {
    /// P(X ≤ x); nil for NaN.
    func cdf(_ x: Double) -> Double?
    /// P(X > x); nil for NaN.
    func upperTail(_ x: Double) -> Double?
    /// The x with P(X ≤ x) = p; nil unless 0 ≤ p ≤ 1, and where x is not a finite number.
    func quantile(_ p: Double) -> Double?
    /// The x with P(X > x) = q; nil unless 0 ≤ q ≤ 1, and where x is not a finite number.
    func upperQuantile(_ q: Double) -> Double?
}

extension ClosedRange<Double> {
    /// The shape parameters for which accuracy is promised and every iteration ends soon.
    static let shapeParameters = 1e-3...1e10
}
