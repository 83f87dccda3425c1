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
}
