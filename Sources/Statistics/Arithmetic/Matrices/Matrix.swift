/// A small dense matrix of numbers, kept column by column.
///
/// For covariances of items, designs of regressions and the like: a few columns, no structure worth exploiting.
struct Matrix: Equatable, Sendable {
    let rows: Int
    let columns: Int
    /// The numbers, one column after the other.
    private(set) var elements: [Double]

    /// A matrix of equal numbers.
    init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.rows = rows
        self.columns = columns
        elements = [Double](repeating: value, count: rows * columns)
    }

    /// A matrix of columns.
    ///
    /// - Precondition: all are equally long.
    init(columns: [[Double]]) {
        rows = columns.first?.count ?? 0
        self.columns = columns.count
        precondition(columns.allSatisfy { [rows] in $0.count == rows }, "columns of different lengths")
        elements = Array(columns.joined())
    }

    /// A square matrix with these numbers on its diagonal.
    init(diagonal: [Double]) {
        self.init(rows: diagonal.count, columns: diagonal.count)
        for index in diagonal.indices { self[index, index] = diagonal[index] }
    }

    /// The identity.
    static func identity(_ size: Int) -> Matrix {
        Matrix(diagonal: [Double](repeating: 1, count: size))
    }

    subscript(row: Int, column: Int) -> Double {
        @inline(__always)
        get { elements[column * rows + row] }
        @inline(__always)
        set { elements[column * rows + row] = newValue }
    }

    /// One column.
    func column(_ column: Int) -> ArraySlice<Double> {
        elements[column * rows..<(column + 1) * rows]
    }

    /// The numbers on the diagonal.
    var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

    /// The sum of the numbers on the diagonal.
    var trace: Double { diagonal.reduce(0, +) }

    /// The sum of all numbers.
    var sum: Double { elements.reduce(0, +) }

    /// Rows and columns exchanged.
    var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for column in 0..<columns {
            for row in 0..<rows { result[column, row] = self[row, column] }
        }
        return result
    }

    /// The rows and columns of these indices, in their order.
    func minor(keeping kept: [Int]) -> Matrix {
        var result = Matrix(rows: kept.count, columns: kept.count)
        for (column, from) in kept.enumerated() {
            for row in kept.indices { result[row, column] = self[kept[row], from] }
        }
        return result
    }

    /// Every number changed by itself.
    func map(_ transform: (Double) -> Double) -> Matrix {
        var result = self
        result.elements = elements.map(transform)
        return result
    }
}

extension Matrix {
    static func + (left: Matrix, right: Matrix) -> Matrix { left.combined(right, +) }

    static func - (left: Matrix, right: Matrix) -> Matrix { left.combined(right, -) }

    static func * (factor: Double, matrix: Matrix) -> Matrix { matrix.map { factor * $0 } }

    static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows, "a product needs as many columns as the other has rows")
        var product = Matrix(rows: left.rows, columns: right.columns)
        for column in 0..<right.columns {
            for inner in 0..<left.columns {
                let factor = right[inner, column]
                for row in 0..<left.rows { product[row, column] += left[row, inner] * factor }
            }
        }
        return product
    }

    static func * (left: Matrix, right: [Double]) -> [Double] {
        (left * Matrix(columns: [right])).elements
    }

    /// The matrix between a vector and itself: v' M v.
    func quadraticForm(_ vector: [Double]) -> Double {
        zip(self * vector, vector).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func combined(_ other: Matrix, _ combine: (Double, Double) -> Double) -> Matrix {
        precondition(rows == other.rows && columns == other.columns, "matrices of different shapes")
        var result = self
        for index in elements.indices { result.elements[index] = combine(elements[index], other.elements[index]) }
        return result
    }
}
