/// The level of an interval estimate, between 0 and 1, with the normal quantile that belongs to it.
///
/// Made once and handed to many intervals, so that the quantile is not computed again for every group.
public struct ConfidenceLevel: Hashable, Sendable {
    /// The level itself, such as 0.95.
    public let value: Double
    /// What is left in each tail: (1 - value) / 2.
    public let tail: Double
    /// The standard normal deviate with `tail` above it: 1.96 for 0.95.
    public let normalDeviate: Double

    /// A level, or nil unless `value` lies strictly between 0 and 1.
    public init?(_ value: Double) {
        guard value > 0, value < 1 else { return nil }
        self.init(unchecked: value)
    }

    private init(unchecked value: Double) {
        self.value = value
        tail = (1 - value) / 2
        normalDeviate = Normal.standardUpperQuantile(tail)
    }

    /// 90 %.
    public static let percent90 = ConfidenceLevel(unchecked: 0.90)
    /// 95 %, the default throughout.
    public static let percent95 = ConfidenceLevel(unchecked: 0.95)
    /// 99 %.
    public static let percent99 = ConfidenceLevel(unchecked: 0.99)
}
