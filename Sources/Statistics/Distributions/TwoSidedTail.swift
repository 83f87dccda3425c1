extension StudentT {
    /// The probability of a value at least as far from 0 in either direction; nil for NaN.
    public func twoSidedTail(_ t: Double) -> Double? { upperTail(abs(t)).map { 2 * $0 } }
}

extension Normal {
    /// The probability of a value at least as far from the mean in either direction; nil for NaN.
    public func twoSidedTail(_ x: Double) -> Double? { upperTail(mean + abs(x - mean)).map { 2 * $0 } }
}
