/// Where a function of one number changes its sign.
enum ScalarRoot {
    /// The place in an interval at whose ends the function has different signs, to a relative 1e-13; nil where it has not.
    ///
    /// Source: M. Dowell & P. Jarratt, "A modified regula falsi method", BIT 11 (1971): the secant through the ends,
    /// halving the weight of an end that stays.
    static func find(in interval: ClosedRange<Double>, _ function: (Double) -> Double) -> Double? {
        var (low, high) = (interval.lowerBound, interval.upperBound)
        var (lowValue, highValue) = (function(low), function(high))
        if lowValue == 0 { return low }
        if highValue == 0 { return high }
        guard (lowValue < 0 && highValue > 0) || (lowValue > 0 && highValue < 0) else { return nil }
        for _ in 0..<200 where abs(high - low) > 1e-13 * max(abs(low), abs(high), .leastNormalMagnitude) {
            let secant = low + lowValue / (lowValue - highValue) * (high - low)
            let middle = secant > low && secant < high ? secant : low + (high - low) / 2
            let value = function(middle)
            if value == 0 || middle == low || middle == high { return middle }
            if (value < 0) == (lowValue < 0) {
                (low, lowValue, highValue) = (middle, value, highValue / 2)
            } else {
                (high, highValue, lowValue) = (middle, value, lowValue / 2)
            }
        }
        return low + (high - low) / 2
    }
}
