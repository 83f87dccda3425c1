extension ScaleReliability {
    /// What an item is correlated with.
    public enum ItemTotal: Hashable, Sendable {
        /// The sum of all items, itself among them.
        case total
        /// The sum of the other items ("corrected").
        case rest
    }

    /// The correlation of each item with the sum; nil for an item that does not vary, or whose rest does not.
    public func itemTotalCorrelations(_ kind: ItemTotal = .rest) -> [Double?] {
        let covariances = source.covariances
        return (0..<items).map { item in
            let own = covariances[item, item]
            let withTotal = covariances.column(item).reduce(0, +)
            let (shared, variance) =
                kind == .total
                ? (withTotal, totalVariance) : (withTotal - own, totalVariance - 2 * withTotal + own)
            guard own > 0, variance > 1e-14 * totalVariance else { return nil }
            return (shared / own.squareRoot() / variance.squareRoot()).clamped(to: -1...1)
        }
    }

    /// Alpha of the scale without each item; nil where that is undefined, as it is for all items of a scale of two.
    public func alphaIfDeleted() -> [Double?] {
        (0..<items).map { item in
            try? CronbachAlpha.value(of: source.covariances.minor(keeping: (0..<items).filter { $0 != item }))
        }
    }

    /// The reliability from two halves of the scale.
    ///
    /// - Parameter half: the items of the first half; the rest is the second. By default every other item.
    /// - Precondition: the items exist.
    public func splitHalf(_ half: [Int]? = nil) throws(Undefined) -> SplitHalf {
        let first = Set(half ?? Array(stride(from: 0, to: items, by: 2)))
        precondition(first.allSatisfy { 0..<items ~= $0 }, "a half of items that exist")
        guard !first.isEmpty, first.count < items else { throw Undefined("each half needs at least one item") }
        let covariances = source.covariances
        var (variance1, variance2, shared) = (0.0, 0.0, 0.0)
        for a in 0..<items {
            for b in 0..<items {
                switch (first.contains(a), first.contains(b)) {
                case (true, true): variance1 += covariances[a, b]
                case (false, false): variance2 += covariances[a, b]
                default: shared += covariances[a, b] / 2
                }
            }
        }
        guard variance1 > 0, variance2 > 0 else { throw Undefined("each half needs a sum that varies") }
        return SplitHalf(
            correlation: (shared / variance1.squareRoot() / variance2.squareRoot()).clamped(to: -1...1),
            guttman: 4 * shared / (variance1 + variance2 + 2 * shared))
    }
}

/// The reliability of a scale from the scores on two halves of it.
public struct SplitHalf: Hashable, Sendable {
    /// The correlation of the two halves.
    public let correlation: Double
    /// Guttman's lambda 4 of this split: 2 (1 - (variance of the one + variance of the other) / variance of the sum).
    ///
    /// Source: P. J. Rulon, Harvard Educational Review 9 (1939); L. Guttman, Psychometrika 10 (1945).
    public let guttman: Double

    /// Spearman and Brown's reliability of the whole, 2 r / (1 + r): the formula for halves of equal length, also where
    /// they are not. Nil where r = -1, give or take rounding.
    ///
    /// Source: C. Spearman and W. Brown, British Journal of Psychology 3 (1910).
    public var spearmanBrown: Double? { correlation > -1 + 1e-12 ? 2 * correlation / (1 + correlation) : nil }
}
