/// Tukey's five numbers.
public struct FiveNumberSummary: Hashable, Sendable {
    /// The smallest value.
    public let minimum: Double
    /// The lower hinge: the median of the lower half, the median itself included when the count is odd.
    public let lowerHinge: Double
    /// The median.
    public let median: Double
    /// The upper hinge.
    public let upperHinge: Double
    /// The largest value.
    public let maximum: Double

    /// The summary of the values present; nil of nothing.
    ///
    /// Source: J. W. Tukey, "Exploratory Data Analysis" (1977); R's `fivenum`.
    public init?(_ values: Span<Double>) {
        let count = Descriptives.count(values)
        guard count > 0 else { return nil }
        // Depths in half ranks, counted from 0: a hinge, like the median, may lie between two values.
        let last = 2 * (count - 1)
        let hinge = (count + 3) / 2 - 2
        let depths = [0, hinge, count - 1, last - hinge, last]
        let found = OrderSelection.values(atRanks: depths.flatMap { [$0 / 2, ($0 + 1) / 2] }, of: values)
        let numbers = depths.indices.map { found[2 * $0] / 2 + found[2 * $0 + 1] / 2 }
        guard numbers.allSatisfy(\.isFinite) else { return nil }
        minimum = numbers[0]
        lowerHinge = numbers[1]
        median = numbers[2]
        upperHinge = numbers[3]
        maximum = numbers[4]
    }
}
