/// What a column of cells can be, narrowed down cell by cell over the whole file.
public struct TypeGuess: Sendable {
    private let format: CellFormat
    private var candidates: [CellType] = [.boolean, .integer, .number, .date, .timestamp]
    private var hasSeenSome = false
    private var hasSeenNoNumber = false

    /// Nothing is known yet but how numbers and times are written.
    public init(_ format: CellFormat = CellFormat()) {
        self.format = format
    }

    /// Takes a cell into account. Empty cells and those that stand for a missing value are not shown to it.
    public mutating func observe(_ cell: Span<UInt8>) {
        guard !isText else { return }
        // NaN does not make a column of numbers or days one of texts: such cells are rejected when it is read.
        if CellParsing.isNotANumber(cell) {
            hasSeenNoNumber = true
            return
        }
        hasSeenSome = true
        var index = 0
        while index < candidates.count {
            if reads(candidates[index], cell) { index += 1 } else { candidates.remove(at: index) }
        }
    }

    private func reads(_ type: CellType, _ cell: Span<UInt8>) -> Bool {
        switch type {
        case .integer: format.integer(cell) != nil
        case .number: format.number(cell) != nil
        case .boolean: CellParsing.truth(cell) != nil
        case .date: format.date(cell) != nil
        case .timestamp: format.time(cell) != nil
        case .text: true
        }
    }

    /// Whether nothing but text reads every cell.
    public var isText: Bool { candidates.isEmpty }

    /// The narrowest type that reads every cell but NaN; an empty column is one of integers.
    public var type: CellType {
        guard hasSeenSome else { return hasSeenNoNumber ? .number : .integer }
        return candidates.first ?? .text
    }
}
