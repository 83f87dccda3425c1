/// An interval estimate: two finite numbers, the level they were made for and the method that made them.
public struct Interval: Hashable, Sendable {
    /// The lower limit, in the unit of the estimate.
    public let low: Double
    /// The upper limit, in the unit of the estimate; never below `low`.
    public let high: Double
    /// The nominal level, such as 0.95.
    public let level: Double
    /// How it was computed.
    public let method: IntervalMethod

    /// An interval, or nil unless both limits are finite and in order.
    public init?(low: Double, high: Double, level: ConfidenceLevel, method: IntervalMethod) {
        guard low.isFinite, high.isFinite, low <= high else { return nil }
        self.low = low
        self.high = high
        self.level = level.value
        self.method = method
    }

    /// The part of it inside `bounds`; nil where there is none.
    public func clipped(to bounds: ClosedRange<Double>) -> Interval? {
        guard low <= bounds.upperBound, high >= bounds.lowerBound else { return nil }
        return Interval(
            low: max(low, bounds.lowerBound), high: min(high, bounds.upperBound), level: level, method: method)
    }

    private init(low: Double, high: Double, level: Double, method: IntervalMethod) {
        self.low = low
        self.high = high
        self.level = level
        self.method = method
    }

    /// `center` plus and minus `margin`; nil unless both limits are finite and the margin is not negative.
    init?(center: Double, margin: Double, level: ConfidenceLevel, method: IntervalMethod) {
        self.init(low: center - margin, high: center + margin, level: level, method: method)
    }
}
