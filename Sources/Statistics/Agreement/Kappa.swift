/// The agreement of two raters beyond chance.
public struct Kappa: Hashable, Sendable {
    /// How much a disagreement counts as agreement, by how many categories apart it is.
    public enum Weights: String, CaseIterable, Codable, Hashable, Sendable {
        /// Nothing: Cohen's kappa.
        case none
        /// 1 - distance / greatest distance.
        case linear
        /// 1 - (distance / greatest distance)².
        case squared
    }

    /// How many units both raters judged.
    public let count: Int
    /// The share of units judged alike; with weights, the mean weight.
    public let agreement: Double
    /// Kappa: (agreement - that expected by chance) / (1 - that expected by chance).
    public let value: Double
    /// Its standard error in large samples.
    ///
    /// Source: J. L. Fleiss, J. Cohen & B. S. Everitt, "Large sample standard errors of kappa and weighted kappa",
    /// Psychological Bulletin 72 (1969).
    public let standardError: Double

    /// Kappa of two columns of judgements, over the units that both judged.
    ///
    /// Source: J. Cohen, Educational and Psychological Measurement 20 (1960); weighted, Psychological Bulletin 70 (1968).
    ///
    /// - Parameter categories: all categories in order, where there are more than were used; the distance of two is
    ///   that of their places.
    public init(
        _ first: Span<Double>, _ second: Span<Double>, weights: Weights = .none, categories: [Double] = []
    ) throws(Undefined) {
        let pairs = CompletePairs(first, second)
        guard !pairs.x.isEmpty else { throw Undefined("kappa needs a unit that both raters judged") }
        let places = Set(pairs.x + pairs.y + categories).sorted()
        guard places.count > 1 else { throw Undefined("kappa needs at least two categories in use") }
        guard places.count <= 200 else { throw Undefined("kappa is for categories, at most 200 different ones") }
        let index = Dictionary(uniqueKeysWithValues: zip(places, places.indices))
        var shares = Matrix(rows: places.count, columns: places.count)
        for (a, b) in zip(pairs.x, pairs.y) { shares[index[a] ?? 0, index[b] ?? 0] += 1 / Double(pairs.x.count) }
        let weight = Matrix(
            columns: places.indices.map { a in places.indices.map { weights.weight(a, $0, places.count) } })
        let table = WeightedTable(shares: shares, weights: weight)
        guard table.expected < 1 else { throw Undefined("kappa needs raters who use more than one category") }
        count = pairs.x.count
        agreement = table.observed
        value = (table.observed - table.expected) / (1 - table.expected)
        standardError = (table.variance(kappa: value) / Double(pairs.x.count)).squareRoot()
    }

    /// The normal interval, within -1...1.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        Interval(center: value, margin: level.normalDeviate * standardError, level: level, method: .wald)?
            .clipped(to: -1...1)
    }
}

extension Kappa.Weights {
    fileprivate func weight(_ a: Int, _ b: Int, _ categories: Int) -> Double {
        let distance = Double(abs(a - b)) / Double(categories - 1)
        switch self {
        case .none: return a == b ? 1 : 0
        case .linear: return 1 - distance
        case .squared: return 1 - distance * distance
        }
    }
}

/// Shares of pairs of judgements, with what each pair counts.
private struct WeightedTable {
    let shares: Matrix
    let weights: Matrix
    let observed: Double
    let expected: Double
    private let rows: [Double]
    private let columns: [Double]

    init(shares: Matrix, weights: Matrix) {
        let size = shares.rows
        self.shares = shares
        self.weights = weights
        rows = (0..<size).map { row in (0..<size).reduce(0) { $0 + shares[row, $1] } }
        columns = (0..<size).map { shares.column($0).reduce(0, +) }
        observed = zip(shares.elements, weights.elements).reduce(0) { $0 + $1.0 * $1.1 }
        expected = zip(rows, weights * columns).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// n times the variance of kappa: (Σ p (w - (mean weight of row + of column)(1 - κ))² - (κ - e (1 - κ))²) / (1 - e)².
    func variance(kappa: Double) -> Double {
        let ofRow = weights * columns
        let ofColumn = weights * rows
        var sum = 0.0
        for a in rows.indices {
            for b in columns.indices {
                let term = weights[a, b] - (ofRow[a] + ofColumn[b]) * (1 - kappa)
                sum += shares[a, b] * term * term
            }
        }
        let center = kappa - expected * (1 - kappa)
        return max(sum - center * center, 0) / ((1 - expected) * (1 - expected))
    }
}
