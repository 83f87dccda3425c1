extension Double {
    /// The number itself, or nil where it is infinite or NaN: how this room says "undefined".
    var finite: Double? { isFinite ? self : nil }

    /// The nearest number in a range.
    func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
