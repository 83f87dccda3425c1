/// The ranks of values, counted from 1; equal values share the average of their ranks.
struct MidRanks {
    /// A rank per value, in the order of the values.
    let ranks: [Double]
    /// Σ (t³ - t) over the groups of t equal values: what ties take from the variance of a rank sum.
    let tieTerm: Double

    /// The ranks of values of which none is missing.
    init(_ values: Span<Double>) {
        // Values beside their places sort faster than places alone.
        var sorted = values.array.enumerated().map { (value: $0.element, place: $0.offset) }
        sorted.sort { $0.value < $1.value }
        var ranks = [Double](repeating: 0, count: sorted.count)
        var tieTerm = 0.0
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end].value == sorted[start].value { end += 1 }
            let size = Double(end - start)
            tieTerm += size * (size * size - 1)
            for index in start..<end { ranks[sorted[index].place] = Double(start + end + 1) / 2 }
            start = end
        }
        self.ranks = ranks
        self.tieTerm = tieTerm
    }
}
