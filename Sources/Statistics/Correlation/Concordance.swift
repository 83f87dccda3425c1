/// How many pairs of rows two columns order alike: what Kendall's tau and Goodman and Kruskal's gamma are made of.
///
/// Counted in n log n steps: sorted by x and then y, the discordant pairs are the exchanges that sorting by y takes.
///
/// Source: W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data", JASA 61 (1966).
public struct Concordance: Hashable, Sendable {
    /// How many rows have both values.
    public let count: Int
    /// Pairs of rows that x and y order alike.
    public let concordant: Int
    /// Pairs of rows that x and y order in opposite ways.
    public let discordant: Int
    /// Pairs of rows equal in x, whether or not in y.
    public let tiedInX: Int
    /// Pairs of rows equal in y, whether or not in x.
    public let tiedInY: Int

    /// The counts over the rows where both values are present.
    public init(_ x: Span<Double>, _ y: Span<Double>) {
        let pairs = CompletePairs(x, y)
        var sorted = zip(pairs.x, pairs.y).map { (x: $0, y: $1) }
        sorted.sort { $0 < $1 }
        var byY = sorted.map(\.y)
        count = sorted.count
        tiedInX = Self.ties(count) { [sorted] in sorted[$0].x == sorted[$1].x }
        let tiedInBoth = Self.ties(count) { [sorted] in sorted[$0] == sorted[$1] }
        discordant = Self.sortCountingExchanges(&byY)
        tiedInY = Self.ties(count) { [byY] in byY[$0] == byY[$1] }
        concordant = Self.pairs(count) - discordant - tiedInX - tiedInY + tiedInBoth
    }

    /// (concordant - discordant) / √((pairs - ties in x)(pairs - ties in y)).
    func tauB() throws(Undefined) -> Double {
        guard count > 1 else { throw Undefined("a correlation needs at least two pairs") }
        let untiedInX = Self.pairs(count) - tiedInX
        let untiedInY = Self.pairs(count) - tiedInY
        guard untiedInX > 0, untiedInY > 0 else {
            throw Undefined("a correlation needs values that differ, in both columns")
        }
        let size = (Double(untiedInX) * Double(untiedInY)).squareRoot()
        return (Double(concordant - discordant) / size).clamped(to: -1...1)
    }

    /// Kendall's tau-a: (concordant - discordant) / all pairs; nil for fewer than two rows.
    public var tauA: Double? {
        count > 1 ? Double(concordant - discordant) / Double(Self.pairs(count)) : nil
    }

    /// Goodman and Kruskal's gamma: (concordant - discordant) / (concordant + discordant); nil where every pair is tied.
    public var gamma: Double? {
        let untied = concordant + discordant
        return untied > 0 ? Double(concordant - discordant) / Double(untied) : nil
    }

    private static func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }

    /// The pairs within runs of neighbours that are equal.
    private static func ties(_ count: Int, areEqual: (Int, Int) -> Bool) -> Int {
        var ties = 0
        var run = 0
        for index in 1..<max(count, 1) {
            run = areEqual(index - 1, index) ? run + 1 : 0
            ties += run
        }
        return ties
    }

    /// Merges runs of growing length; an element taken from the right passes all that are left on the left.
    private static func sortCountingExchanges(_ values: inout [Double]) -> Int {
        var exchanges = 0
        var merged = values
        var width = 1
        while width < values.count {
            for start in stride(from: 0, to: values.count, by: 2 * width) {
                let middle = min(start + width, values.count)
                let end = min(start + 2 * width, values.count)
                var (left, right) = (start, middle)
                for place in start..<end {
                    if left < middle, right == end || values[left] <= values[right] {
                        merged[place] = values[left]
                        left += 1
                    } else {
                        merged[place] = values[right]
                        right += 1
                        exchanges += middle - left
                    }
                }
            }
            swap(&values, &merged)
            width *= 2
        }
        return exchanges
    }
}
