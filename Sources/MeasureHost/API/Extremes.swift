import LuaSandbox
import Statistics

/// The smallest and the largest of the numbers of a column, and how many persons have them: what a number or an
/// interval that shows one of them rests on.
struct Extremes {
    /// An extreme that so many persons share tells of none of them.
    private static let manyHolders = 10

    private let lowest: End
    private let highest: End

    private struct End {
        var value = Double.nan
        /// The number next to it; the same where two rows have it.
        var neighbour = Double.nan
        var persons = Int.max
    }

    init(_ host: Evaluation, _ group: GroupView, _ numbers: ArraySlice<Double>) throws(LuaHostError) {
        lowest = try Self.end(host, group, numbers) { $0 < $1 }
        highest = try Self.end(host, group, numbers) { $0 > $1 }
    }

    private static func end(
        _ host: Evaluation, _ group: GroupView, _ numbers: ArraySlice<Double>, _ isFurther: (Double, Double) -> Bool
    ) throws(LuaHostError) -> End {
        var end = End()
        for number in numbers where !number.isNaN {
            if end.value.isNaN || isFurther(number, end.value) {
                (end.neighbour, end.value) = (end.value, number)
            } else if end.neighbour.isNaN || isFurther(number, end.neighbour) {
                end.neighbour = number
            }
        }
        guard !end.value.isNaN else { return end }
        let value = end.value
        end.persons = try host.persons(group) { numbers[numbers.startIndex + $0] == value }
        return end
    }

    /// The extreme that a quantile of these numbers is, or that is its neighbour beside it; nil where it is neither.
    static func behind(_ quantile: Double?, of numbers: [Double]) -> Double? {
        guard let quantile, numbers.count > 2 else { return quantile }
        let sorted = numbers.sorted()
        if quantile == sorted[0] || quantile < sorted[1] { return sorted[0] }
        let last = sorted.count - 1
        return quantile == sorted[last] || quantile > sorted[last - 1] ? sorted[last] : nil
    }

    /// On how few persons a quantile rests because it is an extreme, or lies between one and its neighbour.
    func persons(behind quantile: Double) -> Int {
        var persons = Int.max
        if quantile == lowest.value || quantile < lowest.neighbour { persons = min(persons, lowest.persons) }
        if quantile == highest.value || quantile > highest.neighbour { persons = min(persons, highest.persons) }
        return persons
    }

    /// The interval, unless one of its ends is an extreme of few.
    func shown(_ interval: Interval?) -> Interval? {
        guard let interval else { return nil }
        for end in [lowest, highest] where end.persons < Self.manyHolders {
            let tolerance = 1e-9 * abs(end.value)
            if abs(interval.low - end.value) <= tolerance || abs(interval.high - end.value) <= tolerance { return nil }
        }
        return interval
    }
}
