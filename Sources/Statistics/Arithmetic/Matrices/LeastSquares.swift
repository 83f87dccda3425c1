/// The QR factors of a design, by Householder reflections: regressions on it without forming X'X, whose condition is
/// the square of the design's own.
///
/// Source: G. H. Golub & C. F. Van Loan, "Matrix Computations" (4th ed., 2013), algorithm 5.2.1.
struct LeastSquares {
    /// In and below the diagonal the reflections, above it R.
    private var reflections: Matrix
    private var diagonalOfR: [Double] = []

    /// How many rows the design has.
    var observations: Int { reflections.rows }
    /// How many columns it has.
    var terms: Int { reflections.columns }

    /// The factors of a design; nil where it has fewer rows than columns, or where a column is a combination of those
    /// before it: what is left of it is below 1e-10 of its length.
    init?(design: Matrix) {
        guard design.columns > 0, design.rows >= design.columns else { return nil }
        reflections = design
        for term in 0..<design.columns {
            let whole = Self.norm(design.column(term))
            let rest = Self.norm(reflections.column(term).dropFirst(term))
            guard rest > 1e-10 * whole, rest.isFinite else { return nil }
            reflect(term, norm: rest)
        }
    }

    /// Turns the rest of a column onto its first element, and takes the other columns along.
    private mutating func reflect(_ term: Int, norm: Double) {
        let signed = reflections[term, term] < 0 ? -norm : norm
        // The reflection is I - v v' / v1 with v = x / signed + e1, so that v1 lies between 1 and 2.
        for row in term..<observations { reflections[row, term] /= signed }
        reflections[term, term] += 1
        diagonalOfR.append(-signed)
        for column in term + 1..<max(terms, term + 1) {
            var product = 0.0
            for row in term..<observations { product += reflections[row, term] * reflections[row, column] }
            let factor = -product / reflections[term, term]
            for row in term..<observations { reflections[row, column] += factor * reflections[row, term] }
        }
    }

    /// The coefficients that leave the least sum of squared residuals of `response`.
    ///
    /// - Precondition: one response per row of the design.
    func coefficients(of response: [Double]) -> [Double] {
        precondition(response.count == observations, "a response per row of the design")
        var rest = response
        for term in 0..<terms {
            var product = 0.0
            for row in term..<observations { product += reflections[row, term] * rest[row] }
            let factor = -product / reflections[term, term]
            for row in term..<observations { rest[row] += factor * reflections[row, term] }
        }
        return solveUpper(Array(rest.prefix(terms)))
    }

    /// Columns at right angles and of length 1 that span the design's: the Q of Q R.
    var basis: Matrix {
        var basis = Matrix(rows: observations, columns: terms)
        for column in 0..<terms {
            basis[column, column] = 1
            // Later reflections leave this column alone: it is 0 where they act.
            for term in (0...column).reversed() {
                var product = 0.0
                for row in term..<observations { product += reflections[row, term] * basis[row, column] }
                let factor = -product / reflections[term, term]
                for row in term..<observations { basis[row, column] += factor * reflections[row, term] }
            }
        }
        return basis
    }

    /// The x of R' x = right side: what a combination of coefficients weighs the columns of ``basis`` with.
    func solveTransposed(_ rightSide: [Double]) -> [Double] {
        var x = rightSide
        for row in 0..<terms {
            for column in 0..<row { x[row] -= reflections[column, row] * x[column] }
            x[row] /= diagonalOfR[row]
        }
        return x
    }

    /// (X'X)⁻¹, from which standard errors are made.
    var inverseOfGram: Matrix {
        let identity = Matrix.identity(terms)
        let inverse = Matrix(columns: (0..<terms).map { solveUpper(Array(identity.column($0))) })
        return inverse * inverse.transposed
    }

    /// The x of R x = right side.
    private func solveUpper(_ rightSide: [Double]) -> [Double] {
        var x = rightSide
        for row in (0..<terms).reversed() {
            for column in row + 1..<max(terms, row + 1) { x[row] -= reflections[row, column] * x[column] }
            x[row] /= diagonalOfR[row]
        }
        return x
    }

    /// The length of a vector, scaled so that no square leaves the range of numbers.
    private static func norm(_ vector: ArraySlice<Double>) -> Double {
        let largest = vector.reduce(0) { max($0, abs($1)) }
        guard largest > 0, largest.isFinite else { return largest }
        return largest * vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
    }
}
