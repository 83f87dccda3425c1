#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Descriptives {
    /// The geometric mean, exp(mean of log x); nil of nothing, and unless every value is above 0.
    public static func geometricMean(_ values: Span<Double>) -> Double? {
        guard let least = minimum(values), least > 0 else { return nil }
        var sum = CompensatedSum()
        for index in values.indices where !values[index].isNaN { sum.add(log(values[index])) }
        return exp(sum.value / Double(count(values))).finite
    }

    /// Student's interval of the mean of the logarithms, turned back; nil for fewer than two values, and where the
    /// geometric mean is.
    public static func geometricMeanInterval(
        _ values: Span<Double>, level: ConfidenceLevel = .percent95
    ) -> Interval? {
        guard let least = minimum(values), least > 0 else { return nil }
        let logarithms = Array(capacity: values.count) { output in
            for index in values.indices { output.append(log(values[index])) }
        }
        guard let interval = Moments(logarithms.span).meanInterval(level: level) else { return nil }
        return Interval(low: exp(interval.low), high: exp(interval.high), level: level, method: .logT)
    }
}
