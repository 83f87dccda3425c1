/// Quantiles of values that stand for different numbers of units.
///
/// A row counts where the value is present and the weight above 0. Every answer is a finite number or nil; all are nil
/// where a weight is negative or infinite.
public enum WeightedQuantiles {
    /// The rules for what lies between two values. The raw value is the name in a feed.
    public enum Rule: String, CaseIterable, Codable, Hashable, Sendable {
        /// The smallest value at or below which a share p of the weight lies: the inverse of the weighted distribution
        /// function, as in R's `svyquantile(qrule = "math")`.
        case inverse
        /// Weights rescaled to sum to the number of rows, then R's type 7 on values repeated so often (Hmisc's
        /// `wtd.quantile(normwt = TRUE)`).
        case interpolated
    }

    /// The quantile at probability `p`. Nil of nothing, or unless 0 ≤ p ≤ 1.
    ///
    /// - Precondition: as many weights as values.
    public static func quantile(
        _ values: Span<Double>, weights: Span<Double>, at p: Double, rule: Rule = .inverse
    ) -> Double? {
        quantiles(values, weights: weights, at: [p], rule: rule)?.first
    }

    /// The same at several probabilities, in their order.
    ///
    /// - Precondition: as many weights as values.
    public static func quantiles(
        _ values: Span<Double>, weights: Span<Double>, at probabilities: [Double], rule: Rule = .inverse
    ) -> [Double]? {
        precondition(values.count == weights.count, "\(values.count) values but \(weights.count) weights")
        guard probabilities.allSatisfy({ 0 <= $0 && $0 <= 1 }),
            let sample = WeightedSample(values, weights: weights)
        else { return nil }
        let found = probabilities.map { p in
            switch rule {
            case .inverse: return sample.value(reaching: p)
            case .interpolated:
                let last = Double(sample.values.count - 1)
                let low = (last * p).rounded(.down)
                let below = sample.value(reaching: (low + 1) / (last + 1))
                let above = sample.value(reaching: min(low + 2, last + 1) / (last + 1))
                let fraction = last * p - low
                return below == above ? below : (1 - fraction) * below + fraction * above
            }
        }
        return found.allSatisfy(\.isFinite) ? found : nil
    }
}

/// The rows with a weight above 0, by ascending value, with the weight up to each.
private struct WeightedSample {
    let values: [Double]
    private let cumulative: [Double]

    /// Nil without such rows, and where a weight is negative or infinite.
    init?(_ values: Span<Double>, weights: Span<Double>) {
        var rows: [(value: Double, weight: Double)] = []
        for row in values.indices where !values[row].isNaN && !weights[row].isNaN {
            guard weights[row] >= 0, weights[row].isFinite else { return nil }
            if weights[row] > 0 { rows.append((values[row], weights[row])) }
        }
        guard !rows.isEmpty else { return nil }
        rows.sort { $0.value < $1.value }
        var sum = CompensatedSum()
        self.values = rows.map(\.value)
        cumulative = rows.map { row in
            sum.add(row.weight)
            return sum.value
        }
    }

    /// The first value with which this share of the weight is reached.
    func value(reaching share: Double) -> Double {
        let last = values.count - 1
        // Shares that are equal on paper may differ in the last digits; they count as reached.
        let wanted = share * cumulative[last] * (1 - 1e-14)
        return values[cumulative.firstIndex { $0 >= wanted } ?? last]
    }
}
