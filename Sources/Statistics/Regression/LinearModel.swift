/// An ordinary least squares fit, ready to be asked for coefficients with the errors that suit the data.
public struct LinearModel: Sendable {
    /// The names of the terms in the order of ``coefficients``; the first is "intercept" unless effects are absorbed.
    public let terms: [String]
    /// The coefficients.
    public let coefficients: [Double]
    /// How many coefficients were fitted, absorbed intercepts included.
    public let parameters: Int
    /// The residuals of the rows that were used.
    let residuals: [Double]
    /// Which rows of the design were used.
    let rows: [Int]
    /// How many rows the design had.
    let rowCount: Int
    let factors: LeastSquares
    /// The orthonormal basis of the columns, without the absorbed effects.
    let basis: Matrix
    /// The cluster of each row that was used, counted from 0.
    let clusters: Groups?
    /// The absorbed effect of each row that was used, counted from 0.
    let effects: Groups?
    private let totalSquares: Double

    /// Fits a design.
    ///
    /// - Throws: ``Undefined`` where there are too few complete rows, where a term is a combination of others, and where
    ///   numbers are infinite or too large.
    public init(_ design: RegressionDesign) throws(Undefined) {
        let prepared = try PreparedDesign(design)
        guard let factors = LeastSquares(design: Matrix(columns: prepared.columns)) else { throw prepared.complaint }
        let coefficients = factors.coefficients(of: prepared.response)
        let fitted = Matrix(columns: prepared.columns) * coefficients
        terms = prepared.names
        self.coefficients = coefficients
        parameters = factors.terms + (prepared.effects?.count ?? 0)
        residuals = zip(prepared.response, fitted).map { $0 - $1 }
        rows = prepared.rows
        rowCount = design.response.count
        self.factors = factors
        basis = factors.basis
        clusters = prepared.clusters
        effects = prepared.effects
        totalSquares = prepared.totalSquares
        guard coefficients.allSatisfy(\.isFinite), residualSquares.isFinite else {
            throw .overflow("the regression")
        }
    }

    /// How many rows were used.
    public var observations: Int { rows.count }

    /// How many clusters the rows used lie in; nil where none were named.
    public var clusterCount: Int? { clusters?.count }

    /// The rows used less the coefficients fitted.
    public var residualDegreesOfFreedom: Int { observations - parameters }

    /// The sum of squared residuals.
    var residualSquares: Double { residuals.reduce(0) { $0 + $1 * $1 } }

    /// The share of the variance explained, absorbed effects included; nil where the response does not vary.
    public var rSquared: Double? { totalSquares > 0 ? (1 - residualSquares / totalSquares).finite : nil }

    /// A coefficient; nil where there is no such term.
    public func coefficient(_ term: String) -> Double? {
        terms.firstIndex(of: term).map { coefficients[$0] }
    }
}

/// The complete rows of a design, with absorbed effects taken out.
private struct PreparedDesign {
    let names: [String]
    let columns: [[Double]]
    let response: [Double]
    let rows: [Int]
    let clusters: Groups?
    let effects: Groups?
    /// Σ (y - mean)² of the response as given.
    let totalSquares: Double

    init(_ design: RegressionDesign) throws(Undefined) {
        let rows = design.completeRows
        let response = rows.map { design.response[$0] }
        let terms = design.columns(over: rows)
        guard !rows.isEmpty else { throw Undefined("a regression needs rows on which nothing is missing") }
        guard response.allSatisfy(\.isFinite), terms.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else {
            throw .overflow("the regression")
        }
        self.rows = rows
        clusters = design.clusters.map { codes in Groups(rows.map { codes[$0] }) }
        effects = design.effects.map { codes in Groups(rows.map { codes[$0] }) }
        totalSquares = try (Moments(response.span).sumOfSquaredDeviations ?? .infinity).finite(or: "the regression")
        if let effects {
            names = terms.map(\.name)
            columns = try terms.map { term throws(Undefined) in try Self.without(effects, term) }
            self.response = effects.centered(response)
        } else {
            names = ["intercept"] + terms.map(\.name)
            columns = [[Double](repeating: 1, count: rows.count)] + terms.map(\.values)
            self.response = response
        }
        let parameters = columns.count + (effects?.count ?? 0)
        guard !columns.isEmpty, rows.count > parameters else {
            throw Undefined("a regression needs more complete rows than coefficients")
        }
    }

    private static func without(
        _ effects: Groups, _ term: (name: String, values: [Double])
    ) throws(Undefined) -> [Double] {
        let centered = effects.centered(term.values)
        let (rest, whole) = (centered.reduce(0) { max($0, abs($1)) }, term.values.reduce(0) { max($0, abs($1)) })
        guard rest > 1e-10 * whole else {
            throw Undefined("\(term.name) does not vary within the groups whose effects are taken out")
        }
        return centered
    }

    /// Which column is a combination of those before it.
    var complaint: Undefined {
        let first = columns.indices.first { LeastSquares(design: Matrix(columns: Array(columns[...$0]))) == nil }
        return Undefined("\(first.map { names[$0] } ?? "a column") is a combination of other columns of the regression")
    }
}
