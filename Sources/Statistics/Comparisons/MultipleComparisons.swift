/// p values adjusted for how many of them are looked at.
///
/// The answers come in the order of the values; those of missing values (NaN) are missing and do not count. Nil where
/// a value lies outside 0...1.
public enum MultipleComparisons {
    /// Adjusted so that the expected share of false discoveries stays below the level.
    ///
    /// Source: Y. Benjamini & Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995).
    public static func benjaminiHochberg(_ p: Span<Double>) -> [Double]? {
        adjust(p) { ascending in
            var least = 1.0
            return ascending.indices.reversed().map { rank in
                least = min(least, ascending[rank] * Double(ascending.count) / Double(rank + 1))
                return least
            }.reversed()
        }
    }

    /// Adjusted so that the probability of any false discovery stays below the level.
    ///
    /// Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
    public static func holm(_ p: Span<Double>) -> [Double]? {
        adjust(p) { ascending in
            var largest = 0.0
            return ascending.indices.map { rank in
                largest = max(largest, min(ascending[rank] * Double(ascending.count - rank), 1))
                return largest
            }
        }
    }

    private static func adjust(_ p: Span<Double>, _ adjustAscending: ([Double]) -> [Double]) -> [Double]? {
        var adjusted = p.array
        guard adjusted.allSatisfy({ $0.isNaN || 0...1 ~= $0 }) else { return nil }
        let order = adjusted.indices.filter { !adjusted[$0].isNaN }.sorted { adjusted[$0] < adjusted[$1] }
        for (index, value) in zip(order, adjustAscending(order.map { adjusted[$0] })) { adjusted[index] = value }
        return adjusted
    }
}
