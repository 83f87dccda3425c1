#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Two independent proportions compared: their difference, ratio and odds ratio, always first against second.
public struct ProportionPair: Hashable, Sendable {
    /// The proportion that is compared.
    public let first: Proportion
    /// The proportion it is compared with.
    public let second: Proportion

    /// A pair of independent proportions.
    public init(_ first: Proportion, _ second: Proportion) {
        self.first = first
        self.second = second
    }

    /// The ways to an interval of a difference. The raw value is the name in a feed.
    public enum DifferenceMethod: String, CaseIterable, Codable, Hashable, Sendable {
        /// The hybrid of two Wilson intervals (R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, method 10):
        /// the default.
        case newcombe
        /// The same from Wilson intervals with continuity correction (method 11).
        case newcombeCC = "newcombe_cc"
        /// The difference ± z times its standard error; for comparison only.
        case wald

        /// The same method among those of all estimates.
        public var intervalMethod: IntervalMethod {
            switch self {
            case .newcombe: .newcombe
            case .newcombeCC: .newcombeCC
            case .wald: .wald
            }
        }
    }

    /// The share of the first less that of the second, in -1...1; nil without trials on either side.
    public var difference: Double? {
        guard let p1 = first.share, let p2 = second.share else { return nil }
        return p1 - p2
    }

    /// The interval of the difference; nil without trials on either side.
    public func differenceInterval(
        _ method: DifferenceMethod = .newcombe, level: ConfidenceLevel = .percent95
    ) -> Interval? {
        let margins: (below: Double, above: Double)? =
            switch method {
            case .newcombe: hybridMargins(.wilson, level)
            case .newcombeCC: hybridMargins(.wilsonCC, level)
            case .wald: waldMargin(level).map { ($0, $0) }
            }
        guard let difference, let margins else { return nil }
        return Interval(
            low: difference - margins.below, high: difference + margins.above, level: level,
            method: method.intervalMethod)
    }

    /// How far the interval of the difference reaches down and up: the hypotenuse of what the single intervals do.
    private func hybridMargins(_ method: Proportion.Method, _ level: ConfidenceLevel) -> (Double, Double)? {
        guard let p1 = first.share, let p2 = second.share,
            let i1 = first.interval(method, level: level), let i2 = second.interval(method, level: level)
        else { return nil }
        return (hypot(p1 - i1.low, i2.high - p2), hypot(i1.high - p1, p2 - i2.low))
    }

    private func waldMargin(_ level: ConfidenceLevel) -> Double? {
        guard let p1 = first.share, let p2 = second.share else { return nil }
        let variance = p1 * (1 - p1) / Double(first.trials) + p2 * (1 - p2) / Double(second.trials)
        return level.normalDeviate * variance.squareRoot()
    }
}
