/// What is done about answers that are missing.
public enum MissingAnswers: String, CaseIterable, Codable, Hashable, Sendable {
    /// Only persons who answered every item count.
    case listwise
    /// Every pair of items counts with all who answered both. The number of persons then differs between pairs.
    case pairwise
}

/// The covariances of a scale's items: all that its reliability is computed from.
struct ItemCovariances: Sendable {
    /// How many persons answered every item (listwise) or any item (pairwise).
    let persons: Int
    /// How missing answers were met.
    let missing: MissingAnswers
    /// Covariances with denominator n - 1.
    let covariances: Matrix
    /// Correlations; pairwise, those of each pair's own persons. Nil where an item does not vary.
    let correlations: Matrix?

    init(_ answers: AnswerTable, missing: MissingAnswers) throws(Undefined) {
        guard answers.columns > 1 else { throw .fewItems }
        self.missing = missing
        switch missing {
        case .listwise:
            let complete = answers.complete()
            guard complete.rows > 1 else { throw .fewCompletePersons }
            persons = complete.rows
            covariances = try Self.listwise(complete)
            correlations = Self.rescaled(covariances)
        case .pairwise:
            persons = Descriptives.count(answers.scores().span)
            (covariances, correlations) = try Self.pairwise(answers)
        }
    }

    /// Covariances of complete rows: deviations from the items' means, multiplied in lanes.
    private static func listwise(_ answers: AnswerTable) throws(Undefined) -> Matrix {
        let size = answers.columns
        let padded = (answers.rows + Lanes.scalarCount - 1) / Lanes.scalarCount
        var deviations: [Lanes] = []
        deviations.reserveCapacity(padded * size)
        for item in 0..<size {
            let column = answers.column(item)
            let mean = Moments(column.span).mean ?? .infinity
            let span = column.span
            for start in span.laneStarts {
                let deviation = span.lanes(from: start) - mean
                deviations.append(deviation.orZero(where: deviation.isPresent))
            }
            guard mean.isFinite else { throw .overflow("the mean of an item") }
        }
        var covariances = Matrix(rows: size, columns: size)
        for a in 0..<size {
            for b in 0...a {
                var products = Lanes(repeating: 0)
                for block in 0..<padded { products += deviations[a * padded + block] * deviations[b * padded + block] }
                let covariance = products.sum() / Double(answers.rows - 1)
                covariances[a, b] = try covariance.finite(or: "the covariance of two items")
                covariances[b, a] = covariance
            }
        }
        return covariances
    }

    private static func pairwise(_ answers: AnswerTable) throws(Undefined) -> (Matrix, Matrix?) {
        let size = answers.columns
        let columns = (0..<size).map { answers.column($0) }
        var covariances = Matrix(rows: size, columns: size)
        var correlations = Matrix.identity(size)
        var allVary = true
        for a in 0..<size {
            for b in 0...a {
                let (x, y) = (columns[a], columns[b])
                let moments = PairMoments(x.span, y.span)
                guard moments.count > 1 else {
                    throw Undefined("every pair of items needs at least two persons who answered both")
                }
                let covariance = moments.products / Double(moments.count - 1)
                covariances[a, b] = try covariance.finite(or: "the covariance of two items")
                covariances[b, a] = covariance
                let correlation = a == b ? 1 : (try? moments.correlation())
                if correlation == nil || moments.squaresOfX == 0 { allVary = false }
                correlations[a, b] = correlation ?? 0
                correlations[b, a] = correlation ?? 0
            }
        }
        return (covariances, allVary ? correlations : nil)
    }

    /// Covariances over the products of standard deviations; nil where an item does not vary.
    static func rescaled(_ covariances: Matrix) -> Matrix? {
        let deviations = covariances.diagonal.map { $0.squareRoot() }
        guard deviations.allSatisfy({ $0 > 0 }) else { return nil }
        var correlations = Matrix.identity(covariances.rows)
        for a in deviations.indices {
            for b in deviations.indices where a != b {
                correlations[a, b] = covariances[a, b] / deviations[a] / deviations[b]
            }
        }
        return correlations
    }
}
