import Columnar

/// The rows of one column that are read alike, and what their cells mean.
public struct ColumnFeed: Sendable {
    /// The cells.
    public var cells: CellColumn
    /// What they mean.
    public var meanings: CellMeanings
    /// The rows it feeds, one truth for each row of the file; nil for all.
    public var rows: [Bool]?

    /// A feed.
    public init(cells: CellColumn, meanings: CellMeanings = CellMeanings(), rows: [Bool]? = nil) {
        self.cells = cells
        self.meanings = meanings
        self.rows = rows
    }
}

/// The cells of a feed by number, so that what a cell means is found out once for all rows with the same text. Cells of
/// one byte are their own number. The longer ones have numbers of their own: equal cells the same, or each another
/// where so many differ that looking for equal ones does not pay.
struct CodedCells {
    private let feed: ColumnFeed
    /// The numbers of the longer cells in the order of rows; nil where each has its own, counted from 0.
    private(set) var longCodes: [Int32]?
    private(set) var texts = TextInterner()
    private var isShortUsed = [Bool](repeating: false, count: 256)
    /// Numbers of longer cells.
    var longCount: Int { longCodes == nil ? feed.cells.longCount : texts.count }

    /// So many different cells of numbers or times are looked up; text is always.
    private static let largestTable = 1 << 14

    /// Numbers the cells. `isText` is asked from time to time, after `observe` was shown all different cells so far.
    init(_ feed: ColumnFeed, observe: (Span<UInt8>) -> Void, isText: () -> Bool) {
        self.feed = feed
        markShortCells()
        forEachShort { observe($1) }
        codeLongCells(observe: observe, isText: isText)
    }

    private mutating func markShortCells() {
        guard let rows = feed.rows else {
            for part in feed.cells.parts {
                for byte in part.short { isShortUsed[Int(byte)] = true }
            }
            return
        }
        var row = 0
        for part in feed.cells.parts {
            for byte in part.short {
                if rows[row] { isShortUsed[Int(byte)] = true }
                row += 1
            }
        }
    }

    private mutating func codeLongCells(observe: (Span<UInt8>) -> Void, isText: () -> Bool) {
        var codes: [Int32] = []
        codes.reserveCapacity(feed.cells.longCount)
        var row = 0
        var observed = 0
        for part in feed.cells.parts {
            part.forEachLong { index, cell in
                // The number of a cell that belongs to another feed is never looked at.
                codes.append(feed.rows?[row + index] ?? true ? texts.code(of: cell) : 0)
            }
            row += part.short.count
            while observed < texts.count {
                texts.withText(observed) { observe($0) }
                observed += 1
            }
            if texts.count > Self.largestTable, !isText() {
                forEachLongCell { observe($1) }
                texts = TextInterner()
                return
            }
        }
        longCodes = codes
    }

    /// Visits the different cells of one byte that occur, with that byte, and the empty cell with 0.
    func forEachShort(_ visit: (Int, Span<UInt8>) -> Void) {
        for byte in 0..<0x80 where isShortUsed[byte] {
            CellPart.withShortCell(UInt8(byte)) { visit(byte, $0) }
        }
    }

    /// Visits the different longer cells with their numbers.
    func forEachLong(_ visit: (Int, Span<UInt8>) -> Void) {
        guard longCodes != nil else { return forEachLongCell(visit) }
        for code in 0..<texts.count { texts.withText(code) { visit(code, $0) } }
    }

    /// Visits every longer cell of the feed's rows, counted from 0.
    private func forEachLongCell(_ visit: (Int, Span<UInt8>) -> Void) {
        var row = 0
        var next = 0
        for part in feed.cells.parts {
            part.forEachLong { index, cell in
                if feed.rows?[row + index] ?? true { visit(next, cell) }
                next += 1
            }
            row += part.short.count
        }
    }

    /// Looks up a value for each row of the feed.
    func fill<Value: BitwiseCopyable>(_ values: inout [Value], short: [Value], long: [Value]) {
        var row = 0
        var next = 0
        for part in feed.cells.parts {
            if part.long.isEmpty, feed.rows == nil {
                for byte in part.short {
                    values[row] = short[Int(byte)]
                    row += 1
                }
                continue
            }
            for byte in part.short {
                if byte == CellPart.longMark {
                    let code = longCodes.map { Int($0[next]) } ?? next
                    if feed.rows?[row] ?? true { values[row] = long[code] }
                    next += 1
                } else if feed.rows?[row] ?? true {
                    values[row] = short[Int(byte)]
                }
                row += 1
            }
        }
    }
}

extension CellPart {
    /// Visits the longer cells with the indices of their rows in the part.
    func forEachLong(_ visit: (Int, Span<UInt8>) -> Void) {
        guard !long.isEmpty else { return }
        let text = text.span
        var next = 0
        for index in short.indices where short[index] == Self.longMark {
            let place = long[next]
            next += 1
            visit(index, text.extracting(place.range))
        }
    }
}

extension CellColumn {
    /// Number of cells of more than one byte.
    var longCount: Int { parts.reduce(0) { $0 + $1.long.count } }
}
