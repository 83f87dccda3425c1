#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The factor L of a symmetric positive definite matrix L L': how to solve with it, invert it and take its determinant.
///
/// Source: G. H. Golub & C. F. Van Loan, "Matrix Computations" (4th ed., 2013), algorithm 4.2.1.
struct Cholesky {
    /// The lower triangle, with zeros above.
    let lower: Matrix

    /// The factor, or nil unless the matrix is positive definite beyond rounding: every pivot must keep more than 1e-12
    /// of the diagonal element it came from. Reads the lower triangle only.
    init?(_ matrix: Matrix) {
        precondition(matrix.rows == matrix.columns, "only square matrices have a Cholesky factor")
        let size = matrix.rows
        var lower = Matrix(rows: size, columns: size)
        for column in 0..<size {
            for row in column..<size {
                var rest = matrix[row, column]
                for inner in 0..<column { rest -= lower[row, inner] * lower[column, inner] }
                if row == column {
                    guard rest > 1e-12 * matrix[row, row], rest.isFinite else { return nil }
                    lower[row, row] = rest.squareRoot()
                } else {
                    lower[row, column] = rest / lower[column, column]
                }
            }
        }
        self.lower = lower
    }

    /// The x of L L' x = right side.
    func solve(_ rightSide: [Double]) -> [Double] {
        let size = lower.rows
        var x = rightSide
        for row in 0..<size {
            for inner in 0..<row { x[row] -= lower[row, inner] * x[inner] }
            x[row] /= lower[row, row]
        }
        for row in (0..<size).reversed() {
            for inner in row + 1..<max(size, row + 1) { x[row] -= lower[inner, row] * x[inner] }
            x[row] /= lower[row, row]
        }
        return x
    }

    /// The inverse of the matrix.
    var inverse: Matrix {
        let identity = Matrix.identity(lower.rows)
        return Matrix(columns: (0..<lower.rows).map { solve(Array(identity.column($0))) })
    }

    /// The natural logarithm of the determinant.
    var logDeterminant: Double { 2 * lower.diagonal.reduce(0) { $0 + log($1) } }
}
