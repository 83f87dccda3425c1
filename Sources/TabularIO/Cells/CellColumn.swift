import Columnar

/// Where a cell of more than one byte stands in the text of its part.
struct CellPlace: BitwiseCopyable, Sendable {
    var start: UInt32
    var length: UInt32

    var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
}

/// Consecutive rows of one column of cells.
///
/// Most cells of surveys are one digit, so a cell of one ASCII byte is kept as that byte, and only longer ones need a
/// place in the text.
struct CellPart: Sendable {
    /// For each row 0 for an empty cell, the byte of a cell of one ASCII byte, or ``longMark``.
    var short: [UInt8]
    /// The longer cells, in the order of their rows.
    var long: [CellPlace]
    /// What they are places in, shared with the other columns.
    var text: Buffer<UInt8>

    /// Stands for a longer cell; no byte of UTF-8.
    static let longMark: UInt8 = 0xff

    /// The cell that is kept as this byte.
    static func withShortCell(_ byte: UInt8, _ body: (Span<UInt8>) -> Void) {
        let cell: InlineArray<1, UInt8> = [byte]
        body(cell.span.extracting(0..<(byte == 0 ? 0 : 1)))
    }

    /// Whether a cell of this one byte is kept as that byte.
    static func isShort(_ byte: UInt8) -> Bool { byte > 0 && byte < 0x80 }

    /// Visits the cells with their rows, counted from `firstRow`.
    func forEach(firstRow: Int, _ visit: (Int, Span<UInt8>) -> Void) {
        var next = 0
        for index in short.indices {
            let byte = short[index]
            if byte == Self.longMark {
                let place = long[next]
                next += 1
                visit(firstRow + index, text.span.extracting(place.range))
            } else {
                Self.withShortCell(byte) { visit(firstRow + index, $0) }
            }
        }
    }
}

/// The cells of one column of a file as they stand there: bytes of UTF-8 without quotes.
public struct CellColumn: Sendable {
    var parts: [CellPart]

    /// Number of rows.
    public var count: Int { parts.reduce(0) { $0 + $1.short.count } }

    /// Whether every cell is empty.
    var isEmpty: Bool { parts.allSatisfy { part in part.short.allSatisfy { $0 == 0 } } }

    /// Visits the cells in the order of their rows, with the row's index from 0.
    public func forEach(_ visit: (Int, Span<UInt8>) -> Void) {
        var firstRow = 0
        for part in parts {
            part.forEach(firstRow: firstRow, visit)
            firstRow += part.short.count
        }
    }
}
