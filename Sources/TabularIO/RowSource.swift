/// Rows of named cells, read front to back, as often as wanted.
public protocol RowSource {
    /// The names of the cells of each row.
    var header: [String] { get }

    /// Visits every row. Cells are bytes of UTF-8 without quotes; a row may have more or fewer cells than the header.
    func forEachRow(_ visit: (borrowing SourceRow) throws -> Void) throws
}

/// One row of a source, valid during the visit.
public struct SourceRow: ~Copyable, ~Escapable {
    private let bytes: Span<UInt8>
    private let cells: [Range<Int>]
    /// The row's number, the first after the header being 1.
    public let number: Int
    /// The line in the file where it begins, from 1.
    public let line: Int
    /// The byte in the file where it begins, from 0.
    public let byte: Int

    /// A row of cells inside `bytes`.
    @_lifetime(copy bytes)
    public init(bytes: Span<UInt8>, cells: [Range<Int>], number: Int, line: Int, byte: Int) {
        self.bytes = bytes
        self.cells = cells
        self.number = number
        self.line = line
        self.byte = byte
    }

    /// Number of cells.
    public var count: Int { cells.count }

    /// The bytes of a cell; empty beyond the last.
    public subscript(_ index: Int) -> Span<UInt8> {
        @_lifetime(copy self)
        get {
            guard index < cells.count else { return bytes.extracting(0..<0) }
            return bytes.extracting(cells[index])
        }
    }
}
