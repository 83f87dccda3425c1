/// What a column of cells can be, narrowed down cell by cell over the whole file.
public struct TypeGuess: Sendable {
    /// What the cells of a column are read as.
    public enum CellType: String, Sendable, CaseIterable {
        case integer
        case number
        case boolean
        case date
        case timestamp
        case text
    }

    private var candidates = Set(CellType.allCases)
    private var hasSeenSome = false
    private var hasSeenNoNumber = false

    /// Nothing is known yet.
    public init() {}

    /// Takes a cell into account. Empty cells and those that stand for a missing value are not shown to it.
    public mutating func observe(_ cell: Span<UInt8>) {
        guard candidates.count > 1 else { return }
        // NaN does not make a column of numbers or days one of texts: such cells are rejected when it is read.
        if CellParsing.isNotANumber(cell) {
            hasSeenNoNumber = true
            return
        }
        hasSeenSome = true
        for candidate in candidates where !Self.reads(candidate, cell) { candidates.remove(candidate) }
    }

    private static func reads(_ type: CellType, _ cell: Span<UInt8>) -> Bool {
        switch type {
        case .integer: CellParsing.integer(cell) != nil
        case .number: CellParsing.number(cell) != nil
        case .boolean: CellParsing.truth(cell) != nil
        case .date: CellParsing.date(cell) != nil
        case .timestamp: CellParsing.date(cell) != nil || CellParsing.time(cell) != nil
        case .text: true
        }
    }

    /// The narrowest type that reads every cell but NaN; an empty column is one of integers.
    public var type: CellType {
        guard hasSeenSome else { return hasSeenNoNumber ? .number : .integer }
        return [.boolean, .integer, .number, .date, .timestamp].first { candidates.contains($0) } ?? .text
    }
}
