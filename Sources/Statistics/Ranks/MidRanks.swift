/// The ranks of values, counted from 1; equal values share the average of their ranks.
struct MidRanks {
    /// A rank per value, in the order of the values.
    let ranks: [Double]
    /// Σ (t³ - t) over the groups of t equal values: what ties take from the variance of a rank sum.
    let tieTerm: Double

    /// The ranks of values of which none is missing.
    init(_ values: Span<Double>) {
        let keys = values.array
        let order = keys.indices.sorted { keys[$0] < keys[$1] }
        var ranks = [Double](repeating: 0, count: keys.count)
        var tieTerm = 0.0
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, keys[order[end]] == keys[order[start]] { end += 1 }
            let size = Double(end - start)
            tieTerm += size * (size * size - 1)
            for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
            start = end
        }
        self.ranks = ranks
        self.tieTerm = tieTerm
    }
}
