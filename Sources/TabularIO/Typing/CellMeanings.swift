import Columnar

/// What the cells of a column stand for: values by other names, and codes for missing values.
public struct CellMeanings: Sendable {
    enum Meaning {
        /// Nothing was written.
        case blank
        /// A code for a missing value of this kind.
        case missing(String)
        /// The value is the cell itself.
        case itself
        /// The value is written differently.
        case text(String)
    }

    private var cells = TextInterner()
    private var meanings: [Meaning] = []

    /// Cells that stand for themselves.
    public init() {}

    /// `values` are what cells mean, `missing` the kinds of missing that cells or what they mean stand for.
    public init(values: [String: String], missing: [String: String]) {
        for (cell, kind) in missing where values[cell] == nil { add(cell, .missing(kind)) }
        for (cell, value) in values {
            add(cell, missing[value].map { .missing($0) } ?? (value.isEmpty ? .blank : .text(value)))
        }
    }

    private mutating func add(_ cell: String, _ meaning: Meaning) {
        // An empty cell is blank, whatever it is mapped to.
        guard !cell.isEmpty else { return }
        _ = cells.code(of: cell)
        meanings.append(meaning)
    }

    func meaning(of cell: Span<UInt8>) -> Meaning {
        if cell.isEmpty { return .blank }
        guard !meanings.isEmpty, let code = cells.knownCode(of: cell) else { return .itself }
        return meanings[Int(code)]
    }
}
