#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The correlation of two normal variables of which only ordered answers were seen.
///
/// Two steps: thresholds from each column's own shares, then the correlation that makes the table of answers most
/// likely. No cell is corrected, not even an empty one.
///
/// Source: U. Olsson, "Maximum likelihood estimation of the polychoric correlation coefficient", Psychometrika 44
/// (1979).
public struct PolychoricCorrelation: Hashable, Sendable {
    /// How many rows have both answers.
    public let count: Int
    /// How many different answers x has.
    public let answersOfX: Int
    /// How many different answers y has.
    public let answersOfY: Int
    /// The correlation, in -0.9999...0.9999.
    public let value: Double

    /// The correlation of two columns of ordered answers, over the rows where both are present.
    public init(_ x: Span<Double>, _ y: Span<Double>) throws(Undefined) {
        let table = try ContingencyTable(x, y)
        let (columns, rows) = (table.thresholds(of: .columns), table.thresholds(of: .rows))
        count = table.count
        answersOfX = table.rows
        answersOfY = table.columns
        value = ScalarMinimum.find(in: -0.9999...0.9999) { correlation in
            -Self.logLikelihood(table, rows, columns, BivariateNormal(correlation: correlation))
        }
    }

    /// Σ of the cells' counts times the logarithms of their probabilities.
    private static func logLikelihood(
        _ table: ContingencyTable, _ rows: [Double], _ columns: [Double], _ normal: BivariateNormal
    ) -> Double {
        var before = [Double](repeating: 0, count: columns.count)
        var sum = 0.0
        for row in 0..<table.rows {
            let here = columns.map { normal.cdf(rows[row + 1], $0) }
            for column in 0..<table.columns where table[row, column] > 0 {
                let probability = here[column + 1] - here[column] - before[column + 1] + before[column]
                sum += table[row, column] * log(max(probability, 1e-300))
            }
            before = here
        }
        return sum
    }
}

/// How often each pair of answers was given.
private struct ContingencyTable {
    enum Side { case rows, columns }

    let rows: Int
    let columns: Int
    private var counts: [Double]

    /// The table of the rows where both are present; at most 50 different answers a side.
    init(_ x: Span<Double>, _ y: Span<Double>) throws(Undefined) {
        let pairs = CompletePairs(x, y)
        let (answersOfX, answersOfY) = (Set(pairs.x).sorted(), Set(pairs.y).sorted())
        guard answersOfX.count > 1, answersOfY.count > 1 else {
            throw Undefined("a polychoric correlation needs at least two different answers, in both columns")
        }
        guard answersOfX.count <= 50, answersOfY.count <= 50 else {
            throw Undefined("a polychoric correlation is for ordered answers, at most 50 different ones in a column")
        }
        rows = answersOfX.count
        columns = answersOfY.count
        counts = [Double](repeating: 0, count: rows * columns)
        for (a, b) in zip(pairs.x, pairs.y) {
            guard let row = answersOfX.firstIndex(of: a), let column = answersOfY.firstIndex(of: b) else { continue }
            counts[row * columns + column] += 1
        }
    }

    subscript(row: Int, column: Int) -> Double { counts[row * columns + column] }

    var count: Int { Int(counts.reduce(0, +)) }

    /// The normal deviates between the answers of one side, with those of no and of every answer at the ends.
    func thresholds(of side: Side) -> [Double] {
        let answers = side == .rows ? rows : columns
        let total = counts.reduce(0, +)
        var below = 0.0
        var thresholds = [-Double.infinity]
        for answer in 0..<answers - 1 {
            for other in 0..<(side == .rows ? columns : rows) {
                below += side == .rows ? self[answer, other] : self[other, answer]
            }
            thresholds.append(Normal.standard.quantile(below / total) ?? .infinity)
        }
        return thresholds + [.infinity]
    }
}
