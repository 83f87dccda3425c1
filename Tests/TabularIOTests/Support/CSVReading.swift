import Columnar
import TabularIO

/// A row of a CSV as texts, with its place.
struct ReadRow: Equatable {
    var cells: [String]
    var number: Int
    var line: Int
    var byte: Int
}

/// Reads CSVs from texts.
enum CSVReading {
    static func source(_ text: String, separator: UInt8 = UInt8(ascii: ",")) throws -> CSVSource {
        try source(Array(text.utf8), separator: separator)
    }

    static func source(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) throws -> CSVSource {
        try CSVSource(Buffer(bytes), separator: separator)
    }

    /// All rows with their places.
    static func rows(_ source: CSVSource) throws -> [ReadRow] {
        var rows: [ReadRow] = []
        try source.forEachRow { row in
            let cells = (0..<row.count).map { String(copying: row[$0]) }
            rows.append(ReadRow(cells: cells, number: row.number, line: row.line, byte: row.byte))
        }
        return rows
    }

    /// The header and all rows as texts.
    static func records(_ text: String) throws -> [[String]] {
        let source = try source(text)
        return [source.header] + (try rows(source).map(\.cells))
    }
}

/// Calls `body` with the bytes of a text.
func withCell<Result>(_ text: String, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    let bytes = Array(text.utf8)
    return try body(bytes.span)
}
