/// The Gini coefficient of amounts: 0 where all are equal, towards 1 where one has everything.
public struct Gini: Hashable, Sendable {
    /// How many amounts are present.
    public let count: Int
    /// The coefficient of these amounts: Σ (2 i - n - 1) x(i) / (n Σ x) over the sorted amounts.
    ///
    /// Source: C. Dagum, "Gini ratio", Encyclopedia of Statistical Sciences (1983).
    public let value: Double

    /// The coefficient of the amounts present, none of them negative.
    public init(_ amounts: Span<Double>) throws(Undefined) {
        let sorted = OrderSelection.sorted(amounts)
        guard let least = sorted.first else { throw Undefined("inequality needs at least one amount") }
        guard least >= 0 else { throw Undefined("the Gini coefficient needs amounts of 0 or more") }
        var (sum, weighted) = (CompensatedSum(), CompensatedSum())
        for (index, amount) in sorted.enumerated() {
            sum.add(amount)
            weighted.add(Double(2 * index + 1 - sorted.count) * amount)
        }
        guard sum.value > 0 else { throw Undefined("inequality needs amounts with a mean above 0") }
        count = sorted.count
        value = try (weighted.value / (Double(sorted.count) * sum.value)).finite(or: "the Gini coefficient")
    }

    /// The coefficient as an estimate for a population of which the amounts are a sample: n / (n - 1) times the value; nil
    /// for a single amount.
    public var sampleValue: Double? { count > 1 ? value * Double(count) / Double(count - 1) : nil }
}
