/// Descriptive statistics of one column.
///
/// Everywhere a missing value is NaN and is skipped, and the answer is a finite number or nil where it is undefined.
/// For a mean with its standard deviation and interval, see `Moments`, which computes all of them at once.
public enum Descriptives {
    /// How many values are present.
    public static func count(_ values: Span<Double>) -> Int {
        var present = LaneCount()
        for start in values.laneStarts { present.add(values.lanes(from: start).isPresent) }
        return present.total
    }

    /// The sum; nil of nothing.
    public static func sum(_ values: Span<Double>) -> Double? {
        let (count, total) = countAndSum(values)
        return count > 0 ? total.value.finite : nil
    }

    /// The arithmetic mean, rounded once, so that samples with one sum have one mean; nil of nothing.
    public static func mean(_ values: Span<Double>) -> Double? {
        let (count, total) = countAndSum(values)
        return count > 0 ? total.mean(of: count).finite : nil
    }

    /// The smallest and the largest value; nil of nothing.
    public static func range(_ values: Span<Double>) -> ClosedRange<Double>? {
        var smallest = Lanes(repeating: .infinity)
        var largest = Lanes(repeating: -.infinity)
        for start in values.laneStarts {
            let x = values.lanes(from: start)
            // NaN compares false and changes nothing.
            smallest.replace(with: x, where: x .< smallest)
            largest.replace(with: x, where: x .> largest)
        }
        guard let low = smallest.min().finite, let high = largest.max().finite else { return nil }
        return low...high
    }

    /// The smallest value; nil of nothing.
    public static func minimum(_ values: Span<Double>) -> Double? { range(values)?.lowerBound }

    /// The largest value; nil of nothing.
    public static func maximum(_ values: Span<Double>) -> Double? { range(values)?.upperBound }

    private static func countAndSum(_ values: Span<Double>) -> (count: Int, total: CompensatedSum) {
        var present = LaneCount()
        var sum = LaneSum()
        for start in values.laneStarts {
            let x = values.lanes(from: start)
            present.add(x.isPresent)
            sum.add(x.orZero(where: x.isPresent))
        }
        return (present.total, sum.total)
    }
}
