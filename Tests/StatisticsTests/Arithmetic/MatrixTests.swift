import Foundation
import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Small dense matrices")
struct MatrixTests {
    private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var generator = SplitMix64(seed: seed)
        return Matrix(columns: (0..<columns).map { _ in (0..<rows).map { _ in generator.normal() } })
    }

    private func expectClose(_ got: Matrix, _ wanted: Matrix, absolute: Double = 1e-11) {
        #expect(got.rows == wanted.rows && got.columns == wanted.columns)
        #expect(zip(got.elements, wanted.elements).allSatisfy { isClose($0, $1, relative: 0, absolute: absolute) })
    }

    @Test("products, transposes and minors")
    func arithmetic() {
        let a = Matrix(columns: [[1, 4], [2, 5], [3, 6]])
        #expect(a[1, 2] == 6 && a.transposed[2, 1] == 6)
        #expect(a * a.transposed == Matrix(columns: [[14, 32], [32, 77]]))
        #expect(a * [1, 0, -1] == [-2, -2])
        #expect((a * a.transposed).quadraticForm([1, -1]) == 27)
        #expect(a + a == 2 * a && a - a == Matrix(rows: 2, columns: 3))
        #expect((a.transposed * a).minor(keeping: [2, 0]) == Matrix(columns: [[45, 27], [27, 17]]))
        #expect(Matrix(diagonal: [1, 2]).trace == 3 && a.sum == 21)
    }

    @Test("Cholesky: factor, inverse, determinant", arguments: 1...7)
    func cholesky(size: Int) throws {
        let root = random(size + 3, size, seed: UInt64(size))
        let matrix = root.transposed * root
        let factor = try #require(Cholesky(matrix))
        expectClose(factor.lower * factor.lower.transposed, matrix)
        expectClose(factor.inverse * matrix, .identity(size), absolute: 1e-9)
        let eigenvalues = try #require(SymmetricEigen(matrix)).values
        #expect(isClose(factor.logDeterminant, eigenvalues.reduce(0) { $0 + log($1) }, absolute: 1e-12))
    }

    @Test("matrices that are not positive definite have no factor")
    func indefinite() {
        #expect(Cholesky(Matrix(columns: [[1, 2], [2, 1]])) == nil)
        #expect(Cholesky(Matrix(columns: [[1, 1], [1, 1]])) == nil)
        #expect(Cholesky(Matrix(rows: 2, columns: 2)) == nil)
        #expect(Cholesky(Matrix(columns: [[.nan]])) == nil && Cholesky(Matrix(columns: [[.infinity]])) == nil)
    }

    @Test("eigenvectors diagonalise, whatever the magnitude", arguments: [1e-150, 1, 1e150])
    func eigen(scale: Double) throws {
        let root = random(6, 6, seed: 9)
        let matrix = scale * (root + root.transposed)
        let eigen = try #require(SymmetricEigen(matrix))
        expectClose((1 / scale) * eigen.mapped { $0 }, (1 / scale) * matrix)
        expectClose(eigen.vectors.transposed * eigen.vectors, .identity(6))
        #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(SymmetricEigen(Matrix(columns: [[.nan]])) == nil)
        #expect(SymmetricEigen(Matrix(diagonal: [1, 3, 2]))?.values == [3, 2, 1])
    }

    @Test("least squares leave residuals at right angles to the design")
    func leastSquares() throws {
        var generator = SplitMix64(seed: 4)
        var design = random(40, 3, seed: 5)
        for row in 0..<40 { design[row, 0] = 1 }
        let response = (0..<40).map { _ in generator.normal() }
        let factors = try #require(LeastSquares(design: design))
        let fit = design * factors.coefficients(of: response)
        let residual = zip(response, fit).map { $0 - $1 }
        #expect((design.transposed * residual).allSatisfy { abs($0) < 1e-12 })
        expectClose(factors.inverseOfGram * (design.transposed * design), .identity(3))
    }

    @Test("an ill-conditioned design keeps its coefficients")
    func illConditioned() throws {
        let x = (0..<20).map { 1_000_000 + Double($0) }
        let factors = try #require(LeastSquares(design: Matrix(columns: [[Double](repeating: 1, count: 20), x])))
        let coefficients = factors.coefficients(of: x.map { 3 * $0 - 2 })
        #expect(isClose(coefficients[1], 3, relative: 1e-9) && isClose(coefficients[0], -2, absolute: 1e-3))
    }

    @Test("designs without full rank have no coefficients")
    func rankDeficient() {
        #expect(LeastSquares(design: Matrix(columns: [[1, 2, 3], [2, 4, 6]])) == nil)
        #expect(LeastSquares(design: Matrix(columns: [[1, 2], [2, 1], [0, 1]])) == nil)
        #expect(LeastSquares(design: Matrix(columns: [[0, 0, 0]])) == nil)
        #expect(LeastSquares(design: Matrix(columns: [])) == nil)
        #expect(LeastSquares(design: Matrix(columns: [[.infinity, 1]])) == nil)
    }
}
