/// What the cells of a column are read as.
public enum CellType: String, Sendable, CaseIterable {
    case integer
    case number
    case boolean
    case date
    case timestamp
    case text
}

/// Why a cell is no value of its column.
public struct CellProblem: Error, Equatable, Sendable {
    /// The reason, as the reject file shows it.
    public var reason: String

    /// A problem.
    public init(_ reason: String) {
        self.reason = reason
    }
}
