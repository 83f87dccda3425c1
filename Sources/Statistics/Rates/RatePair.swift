#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Two independent rates compared: their ratio and difference, always first against second.
public struct RatePair: Hashable, Sendable {
    /// The rate that is compared.
    public let first: EventRate
    /// The rate it is compared with.
    public let second: EventRate

    /// A pair of independent rates.
    public init(_ first: EventRate, _ second: EventRate) {
        self.first = first
        self.second = second
    }

    /// The first rate divided by the second; nil where the second has no events.
    public var ratio: Double? {
        guard second.events > 0 else { return nil }
        return (Double(first.events) / Double(second.events) * exposureRatio).finite
    }

    /// The ways to an interval of a ratio.
    public enum RatioMethod: String, CaseIterable, Codable, Hashable, Sendable {
        /// Normal on the logarithmic scale with variance 1/x₁ + 1/x₂; it needs events on both sides. K. J. Rothman &
        /// S. Greenland, "Modern Epidemiology" (2nd ed., 1998), chapter 14.
        case log
        /// Given the sum of the events, those of the first are binomial; Clopper and Pearson's limits of that
        /// probability. R's `poisson.test`.
        case exact
    }

    /// The interval of the ratio; nil where it has no finite limits.
    public func ratioInterval(_ method: RatioMethod = .log, level: ConfidenceLevel = .percent95) -> Interval? {
        switch method {
        case .log: logarithmicInterval(level)
        case .exact: exactInterval(level)
        }
    }

    /// The first rate less the second, in events per unit of exposure.
    public var difference: Double? {
        guard let rate1 = first.value, let rate2 = second.value else { return nil }
        return (rate1 - rate2).finite
    }

    /// The normal interval of the difference with variance x₁/t₁² + x₂/t₂².
    public func differenceInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let difference else { return nil }
        let errors = [first, second].map { Double($0.events).squareRoot() / $0.exposure }
        return Interval(
            center: difference, margin: level.normalDeviate * hypot(errors[0], errors[1]), level: level, method: .wald)
    }

    private var exposureRatio: Double { second.exposure / first.exposure }

    private func logarithmicInterval(_ level: ConfidenceLevel) -> Interval? {
        guard let ratio, first.events > 0 else { return nil }
        let variance = 1 / Double(first.events) + 1 / Double(second.events)
        let factor = exp(level.normalDeviate * variance.squareRoot())
        return Interval(low: ratio / factor, high: ratio * factor, level: level, method: .rateRatioLog)
    }

    private func exactInterval(_ level: ConfidenceLevel) -> Interval? {
        let share = Proportion(successes: first.events, trials: first.events + second.events)
        guard let share = share?.interval(.clopperPearson, level: level), share.high < 1 else { return nil }
        let odds = { (p: Double) in p / (1 - p) * exposureRatio }
        return Interval(low: odds(share.low), high: odds(share.high), level: level, method: .rateRatioExact)
    }
}
