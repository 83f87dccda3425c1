#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The share that an event has not reached after a time, where some are observed only up to a time without it.
///
/// A row counts where both its values are present.
///
/// Source: E. L. Kaplan & P. Meier, Journal of the American Statistical Association 53 (1958).
public struct KaplanMeier: Equatable, Sendable {
    /// The curve at a time at which events happened.
    public struct Step: Equatable, Sendable {
        /// The time.
        public let time: Double
        /// How many had been observed up to it without the event.
        public let atRisk: Int
        /// How many events happened at it.
        public let events: Int
        /// The share that is left after it.
        public let survival: Double
        /// Σ d / (n (n - d)) so far: Greenwood's variance over the squared survival.
        fileprivate let relativeVariance: Double
    }

    /// The steps of the curve in time order. Before the first the share is 1.
    public let steps: [Step]
    /// How many rows counted.
    public let count: Int

    /// The curve of a table.
    ///
    /// - Parameters:
    ///   - times: how long each row was observed, in any unit, 0 or more.
    ///   - events: other than 0 where the event ended the observation.
    /// - Precondition: an event per time.
    /// - Throws: ``Undefined`` of nothing, and where a time is negative or infinite.
    public init(times: Span<Double>, events: Span<Double>) throws(Undefined) {
        precondition(times.count == events.count, "\(times.count) times but \(events.count) events")
        var observed: [(time: Double, isEvent: Bool)] = []
        for index in times.indices where !times[index].isNaN && !events[index].isNaN {
            observed.append((times[index], events[index] != 0))
        }
        guard !observed.isEmpty else { throw Undefined("a survival curve needs a time that is known") }
        guard observed.allSatisfy({ $0.time >= 0 && $0.time.isFinite }) else {
            throw Undefined("the times of a survival curve are finite and not negative")
        }
        count = observed.count
        steps = Self.steps(observed.sorted { $0.time < $1.time })
    }

    /// Those observed up to a time without the event still count as at risk at that time.
    private static func steps(_ observed: [(time: Double, isEvent: Bool)]) -> [Step] {
        var steps: [Step] = []
        var (survival, variance, start) = (1.0, 0.0, 0)
        while start < observed.count {
            let time = observed[start].time
            var (end, events) = (start, 0)
            while end < observed.count, observed[end].time == time {
                events += observed[end].isEvent ? 1 : 0
                end += 1
            }
            if events > 0 {
                let (n, d) = (Double(observed.count - start), Double(events))
                survival *= (n - d) / n
                variance += d / (n * (n - d))
                steps.append(
                    Step(
                        time: time, atRisk: observed.count - start, events: events, survival: survival,
                        relativeVariance: variance))
            }
            start = end
        }
        return steps
    }

    /// The share left after a time.
    public func survival(after time: Double) -> Double {
        steps.last { $0.time <= time }?.survival ?? 1
    }

    /// The time at which no more than half is left; nil where more than half is to the end.
    public var median: Double? { time(reaching: 0.5) { $0.survival } }

    /// The limits of the median: where the interval of the curve reaches one half at either end. A limit that is not
    /// reached is nil.
    ///
    /// Source: R. Brookmeyer & J. Crowley, Biometrics 38 (1982).
    public func medianLimits(level: ConfidenceLevel = .percent95) -> (low: Double?, high: Double?) {
        (
            time(reaching: 0.5) { $0.interval(level: level)?.low ?? $0.survival },
            time(reaching: 0.5) { $0.interval(level: level)?.high }
        )
    }

    private func time(reaching share: Double, _ curve: (Step) -> Double?) -> Double? {
        // A product that is one half on paper may differ from it in the last digits.
        steps.first { curve($0).map { $0 <= share * (1 + 1e-12) } ?? false }?.time
    }
}

extension KaplanMeier.Step {
    /// Greenwood's standard error of the share; nil once nobody is left.
    ///
    /// Source: M. Greenwood, "The natural duration of cancer" (1926).
    public var standardError: Double? {
        survival > 0 ? survival * relativeVariance.squareRoot() : nil
    }

    /// The interval of the share on the scale of log(-log), which stays within 0...1; nil once nobody is left.
    ///
    /// Source: J. D. Kalbfleisch & R. L. Prentice, "The Statistical Analysis of Failure Time Data" (1980), 1.3.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard survival > 0 else { return nil }
        let logarithm = log(survival)
        let factor = exp(level.normalDeviate * relativeVariance.squareRoot() / abs(logarithm))
        return Interval(
            low: exp(logarithm * factor), high: exp(logarithm / factor), level: level, method: .logLog)
    }
}
