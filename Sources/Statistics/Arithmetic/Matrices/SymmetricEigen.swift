/// The eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations: slow for hundreds of columns, but
/// accurate and simple for those a scale or a design has.
///
/// Source: G. H. Golub & C. F. Van Loan, "Matrix Computations" (4th ed., 2013), section 8.5.
struct SymmetricEigen {
    /// The eigenvalues, largest first.
    let values: [Double]
    /// The eigenvectors as columns, in the order of the values, each of length 1.
    let vectors: Matrix

    /// The decomposition; nil where the matrix holds a number that is not finite. Reads both triangles.
    init?(_ matrix: Matrix) {
        precondition(matrix.rows == matrix.columns, "only square matrices have eigenvalues")
        guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
        var rotated = matrix
        var vectors = Matrix.identity(matrix.rows)
        // Off-diagonal numbers shrink quadratically; six to ten sweeps do, and rounding ends them.
        for _ in 0..<64 where Self.sweep(&rotated, &vectors) == 0 { break }
        let diagonal = rotated.diagonal
        let order = diagonal.indices.sorted { diagonal[$0] > diagonal[$1] }
        values = order.map { diagonal[$0] }
        self.vectors = Matrix(columns: order.map { Array(vectors.column($0)) })
    }

    /// The matrix with `transform` applied to its eigenvalues: V f(λ) V'. An inverse square root, for instance.
    func mapped(_ transform: (Double) -> Double) -> Matrix {
        vectors * Matrix(diagonal: values.map(transform)) * vectors.transposed
    }

    /// Rotates every pair of columns once; how many needed it.
    private static func sweep(_ matrix: inout Matrix, _ vectors: inout Matrix) -> Int {
        var rotations = 0
        for p in 0..<matrix.rows {
            for q in p + 1..<max(matrix.rows, p + 1) {
                let small = (abs(matrix[p, p]) * abs(matrix[q, q])).squareRoot() * (Double.ulpOfOne / 4)
                guard abs(matrix[p, q]) > max(small, Double.leastNormalMagnitude) else { continue }
                let rotation = rotation(matrix, p, q)
                rotate(&matrix, p, q, rotation)
                turnColumns(&vectors, p, q, rotation)
                rotations += 1
            }
        }
        return rotations
    }

    /// The cosine and sine that bring the element (p, q) to 0, of the two angles the smaller.
    private static func rotation(_ matrix: Matrix, _ p: Int, _ q: Int) -> (cosine: Double, sine: Double) {
        let ratio = (matrix[q, q] - matrix[p, p]) / 2 / matrix[p, q]
        let tangent = 1 / (abs(ratio) + (1 + ratio * ratio).squareRoot()) * (ratio < 0 ? -1 : 1)
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        return (cosine, tangent * cosine)
    }

    private static func rotate(
        _ matrix: inout Matrix, _ p: Int, _ q: Int, _ rotation: (cosine: Double, sine: Double)
    ) {
        turnColumns(&matrix, p, q, rotation)
        for column in 0..<matrix.columns {
            let (a, b) = (matrix[p, column], matrix[q, column])
            matrix[p, column] = rotation.cosine * a - rotation.sine * b
            matrix[q, column] = rotation.sine * a + rotation.cosine * b
        }
        matrix[p, q] = 0
        matrix[q, p] = 0
    }

    private static func turnColumns(
        _ matrix: inout Matrix, _ p: Int, _ q: Int, _ rotation: (cosine: Double, sine: Double)
    ) {
        for row in 0..<matrix.rows {
            let (a, b) = (matrix[row, p], matrix[row, q])
            matrix[row, p] = rotation.cosine * a - rotation.sine * b
            matrix[row, q] = rotation.sine * a + rotation.cosine * b
        }
    }
}
