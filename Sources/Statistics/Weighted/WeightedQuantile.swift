/// A sorted sample with weights: its quantiles.
///
/// A row counts where value and weight are both present and the weight is above 0.
public struct WeightedQuantiles: Sendable {
    /// How many rows count.
    public var count: Int { values.count }
    private let values: [Double]
    /// For each value the sum of weights up to and with it.
    private let cumulated: [Double]

    /// The rules for what lies between two values. The raw value is the name in a feed.
    public enum Rule: String, CaseIterable, Codable, Hashable, Sendable {
        /// The smallest value whose cumulated share of the weights reaches p: the default.
        case inverse
        /// Weights rescaled to sum to the number of rows, then R's type 7 on values repeated so often (Hmisc's
        /// wtd.quantile with normwt).
        case interpolated
    }

    /// The sample, or nil where no row counts or a weight is negative or infinite.
    ///
    /// - Precondition: as many weights as values.
    public init?(_ values: Span<Double>, weights: Span<Double>) {
        precondition(values.count == weights.count, "\(values.count) values but \(weights.count) weights")
        var rows: [(value: Double, weight: Double)] = []
        for row in values.indices where !values[row].isNaN && !weights[row].isNaN {
            guard weights[row] >= 0, weights[row].isFinite else { return nil }
            if weights[row] > 0 { rows.append((values[row], weights[row])) }
        }
        guard !rows.isEmpty else { return nil }
        rows.sort { $0.value < $1.value }
        self.values = rows.map(\.value)
        var sum = CompensatedSum()
        cumulated = rows.map { row in
            sum.add(row.weight)
            return sum.value
        }
    }

    /// The quantile at probability `p`; nil unless 0 ≤ p ≤ 1, and where it is infinite.
    public func quantile(at p: Double, rule: Rule = .inverse) -> Double? {
        guard 0 <= p, p <= 1 else { return nil }
        let total = cumulated[count - 1]
        switch rule {
        case .inverse: return value(reaching: p * total).finite
        case .interpolated:
            let n = Double(count)
            let position = 1 + (n - 1) * p
            let low = position.rounded(.down)
            let (below, above) = (value(reaching: low / n * total), value(reaching: min(low + 1, n) / n * total))
            let fraction = position - low
            return (below == above ? below : (1 - fraction) * below + fraction * above).finite
        }
    }

    /// The first value whose cumulated weight reaches this, but for rounding.
    private func value(reaching weight: Double) -> Double {
        let wanted = weight - 1e-14 * cumulated[count - 1]
        var (low, high) = (0, count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle] >= wanted { high = middle } else { low = middle + 1 }
        }
        return values[low]
    }
}
