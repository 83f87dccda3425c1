/// Quantiles of values that stand for different numbers of units.
///
/// A row counts where the value is present and the weight above 0. Every answer is a finite number or nil; all are nil
/// where a weight is negative or infinite.
public enum WeightedQuantiles {
    /// The smallest value at or below which a share `p` of the weight lies: the inverse of the weighted distribution
    /// function, as in R's `svyquantile(qrule = "math")`. Nil of nothing, or unless 0 ≤ p ≤ 1.
    ///
    /// - Precondition: as many weights as values.
    public static func quantile(_ values: Span<Double>, weights: Span<Double>, at p: Double) -> Double? {
        quantiles(values, weights: weights, at: [p])?.first
    }

    /// The same at several probabilities, in their order.
    ///
    /// - Precondition: as many weights as values.
    public static func quantiles(
        _ values: Span<Double>, weights: Span<Double>, at probabilities: [Double]
    ) -> [Double]? {
        precondition(values.count == weights.count, "\(values.count) values but \(weights.count) weights")
        guard probabilities.allSatisfy({ 0 <= $0 && $0 <= 1 }) else { return nil }
        var rows: [(value: Double, weight: Double)] = []
        for row in values.indices where !values[row].isNaN && !weights[row].isNaN {
            guard weights[row] >= 0, weights[row].isFinite else { return nil }
            if weights[row] > 0 { rows.append((values[row], weights[row])) }
        }
        guard !rows.isEmpty else { return nil }
        rows.sort { $0.value < $1.value }
        var sum = CompensatedSum()
        let cumulative = rows.map { row in
            sum.add(row.weight)
            return sum.value
        }
        let found = probabilities.map { p in
            // Shares that are equal on paper may differ in the last digits; they count as reached.
            let wanted = p * sum.value * (1 - 1e-14)
            return rows[cumulative.firstIndex { $0 >= wanted } ?? rows.count - 1].value
        }
        return found.allSatisfy(\.isFinite) ? found : nil
    }
}
