/// Answers in rows and columns: persons and the items of a scale, or units and those who rate them.
///
/// A missing answer is NaN.
public struct AnswerTable: Equatable, Sendable {
    /// How many persons or units.
    public let rows: Int
    /// How many items or raters.
    public private(set) var columns = 0
    /// The answers, one column after the other.
    private var answers: [Double] = []

    /// A table without columns.
    ///
    /// - Parameter columns: how many will be added, so that memory is found once.
    public init(rows: Int, reservingColumns columns: Int = 0) {
        self.rows = rows
        answers.reserveCapacity(rows * columns)
    }

    /// Adds a column of answers.
    ///
    /// - Parameter range: the lowest and highest possible answer of an item whose wording is reversed; its answers then
    ///   count as low + high - answer. Nil for an item that is scored as it was answered.
    /// - Precondition: an answer per row.
    public mutating func append(_ column: Span<Double>, reversedWithin range: ClosedRange<Double>? = nil) {
        precondition(column.count == rows, "\(column.count) answers for \(rows) rows")
        columns += 1
        guard rows > 0 else { return }  // appending nothing writes to what all empty arrays of all threads share
        answers.append(addingCapacity: rows) { output in
            if let range {
                let ends = range.lowerBound + range.upperBound
                for row in column.indices { output.append(ends - column[row]) }
            } else {
                for row in column.indices { output.append(column[row]) }
            }
        }
    }

    /// One answer.
    public subscript(row: Int, column: Int) -> Double {
        @inline(__always)
        get { answers[column * rows + row] }
    }

    /// The answers of one column.
    public func column(_ column: Int) -> [Double] { Array(answers[column * rows..<(column + 1) * rows]) }

    /// The same where they lie.
    @_lifetime(borrow self)
    func span(ofColumn column: Int) -> Span<Double> {
        answers.span.extracting(column * rows..<(column + 1) * rows)
    }

    /// The sum of each row's answers; missing (NaN) where an answer is.
    func totals() -> [Double] {
        var totals = [Double](repeating: columns > 0 ? 0 : .nan, count: rows)
        for column in 0..<columns {
            let answers = span(ofColumn: column)
            for row in answers.indices { totals[row] += answers[row] }
        }
        return totals
    }

    /// The table of the rows that answered everything.
    public func complete() -> AnswerTable {
        let isComplete = isCompleteRow()
        var complete = AnswerTable(rows: isComplete.count { $0 })
        guard complete.rows < rows else { return self }
        complete.columns = columns
        complete.answers.reserveCapacity(complete.rows * columns)
        for index in answers.indices where isComplete[index % rows] { complete.answers.append(answers[index]) }
        return complete
    }

    /// Whether each row answered everything.
    private func isCompleteRow() -> [Bool] {
        var isComplete = [Bool](repeating: true, count: rows)
        for index in answers.indices where answers[index].isNaN { isComplete[index % rows] = false }
        return isComplete
    }
}

extension AnswerTable {
    /// How a person's answers make one score.
    public enum Score: String, CaseIterable, Codable, Hashable, Sendable {
        /// The mean of the answers given.
        case mean
        /// That mean times the number of items: the sum, with missing answers filled in by the person's own mean.
        case sum
    }

    /// A score per row, missing (NaN) where fewer than `least` of its answers were given.
    ///
    /// - Parameter least: the least number of answers a score needs; 1 at least.
    public func scores(_ score: Score = .mean, answeringAtLeast least: Int = 1) -> [Double] {
        var sums = [Double](repeating: 0, count: rows)
        var given = [Int32](repeating: 0, count: rows)
        for column in 0..<columns {
            for row in 0..<rows {
                let answer = self[row, column]
                guard !answer.isNaN else { continue }
                sums[row] += answer
                given[row] += 1
            }
        }
        let scale = score == .sum ? Double(columns) : 1
        return (0..<rows).map { row in
            Int(given[row]) >= max(least, 1) ? sums[row] / Double(given[row]) * scale : .nan
        }
    }
}
