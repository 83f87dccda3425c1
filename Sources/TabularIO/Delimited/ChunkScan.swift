import Columnar

/// The rows of a part of a file that begins and ends between records.
struct CellChunk: Sendable {
    /// Bytes of the file.
    var start: Int
    var end: Int
    var lineCount: Int
    var recordCount: Int
    var columns: [CellPart]
    /// Numbers, lines and bytes of the rows, from those of the chunk.
    var places: RowPlaces.Part
    var strays: [StrayRecord]
    /// The first byte that is not UTF-8.
    var invalidByte: Int?
    /// Where a quoted cell begins that does not end in the bytes that were looked at.
    var openQuote: RecordPlace?
}

/// Scans parts of a file into chunks.
struct ChunkScan {
    let file: FileBytes
    let separator: UInt8
    /// Cells in a record.
    let width: Int

    /// Bytes behind a chunk that are read with it, to find the end of its last record.
    static let overlap = 1 << 16

    /// The records that begin in a part of the file. When `start` is not known to be between records, they are those
    /// behind the first line end at or after the byte before it, as if that stood in no quotes; nil when there is none.
    func scan(
        _ part: Range<Int>, isRecordStart: Bool, overlap: Int, _ memory: ScanMemory
    ) throws(TabularError)
        -> CellChunk?
    {
        // A byte before the part shows whether a record begins with the part.
        let first = isRecordStart ? part.lowerBound : part.lowerBound - 1
        let available = min(part.upperBound + overlap, file.count) - first
        memory.prepare(for: available)
        try unsafe file.read(from: first, count: available, into: memory.bytes)
        memory.prepare(for: available, width: width)
        let text = unsafe UnsafeBufferPointer(start: memory.bytes, count: available)
        let isEnd = first + available == file.count
        let limit = part.upperBound - first
        guard let start = unsafe isRecordStart ? 0 : Self.behindLineEnd(text, limit) else { return nil }
        var check = unsafe TextCheck(UnsafeBufferPointer(rebasing: text[start...]))
        var scanner = RecordScanner(
            memory, available: available, isEnd: isEnd, separator: separator, width: width, hasNUL: check.hasNUL)
        let found = scanner.scan(from: start, limit: limit)
        var chunk = Self.chunk(found, memory, width: width, base: start)
        chunk.start = first + start
        chunk.end = first + found.end
        chunk.places.byte = chunk.start
        chunk.invalidByte = check.firstInvalid(before: found.end - start).map { $0 + chunk.start }
        return chunk
    }

    /// The place behind the first line end before `limit`.
    private static func behindLineEnd(_ text: UnsafeBufferPointer<UInt8>, _ limit: Int) -> Int? {
        for at in 0..<limit {
            if unsafe text[at] == UInt8(ascii: "\n") { return at + 1 }
            if unsafe text[at] == UInt8(ascii: "\r"), at + 1 < text.count, unsafe text[at + 1] != UInt8(ascii: "\n") {
                return at + 1
            }
        }
        return nil
    }

    /// Copies what a scan left in the memory.
    private static func chunk(_ found: RecordScanner.Found, _ memory: ScanMemory, width: Int, base: Int) -> CellChunk {
        let rows = found.rowCount
        let text = unsafe Buffer(Array(UnsafeBufferPointer(start: memory.text, count: found.textCount)))
        let places = unsafe UnsafeBufferPointer(start: memory.places, count: rows)
        var long = unsafe longCells(UnsafeBufferPointer(start: memory.longs, count: found.longCount), width)
        let columns = (0..<width).map { column in
            defer { long[column] = [] }
            return CellPart(
                short: unsafe Array(UnsafeBufferPointer(start: memory.shorts + column * memory.stride, count: rows)),
                long: long[column], text: text)
        }
        return CellChunk(
            start: 0, end: 0, lineCount: found.lineCount, recordCount: found.recordCount, columns: columns,
            places: RowPlaces.Part(
                number: 0, line: 0, byte: 0, numbers: unsafe places.map(\.number), lines: unsafe places.map(\.line),
                bytes: unsafe places.map(\.byte)), strays: found.strays, openQuote: found.openQuote)
    }

    /// The longer cells column by column.
    private static func longCells(_ cells: UnsafeBufferPointer<ScanMemory.LongCell>, _ width: Int) -> [[CellPlace]] {
        var next = [Int](repeating: 0, count: width + 1)
        for index in cells.indices { unsafe next[Int(cells[index].column) + 1] += 1 }
        for column in 0..<width { next[column + 1] += next[column] }
        let starts = next
        let sorted = unsafe [CellPlace](unsafeUninitializedCapacity: cells.count) { target, filled in
            for index in cells.indices {
                let cell = unsafe cells[index]
                unsafe target.initializeElement(at: next[Int(cell.column)], to: cell.place)
                next[Int(cell.column)] += 1
            }
            filled = cells.count
        }
        return (0..<width).map { Array(sorted[starts[$0]..<starts[$0 + 1]]) }
    }
}

/// Looks for bytes that are no text.
@safe struct TextCheck {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Whether some byte is NUL.
    private(set) var hasNUL = false
    private var isASCII = true

    /// Checks bytes, which must stay where they are.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe self.bytes = bytes
        var (high, zeros): (UInt64, UInt64) = (0, 0)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let whole = bytes.count / 8 * 8
        let raw = UnsafeRawBufferPointer(bytes)
        for at in stride(from: 0, to: whole, by: 8) {
            let word = unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            high |= word
            zeros |= (word &- ones) & ~word
        }
        for at in whole..<bytes.count {
            let byte = unsafe bytes[at]
            high |= UInt64(byte)
            if byte == 0 { zeros = ones << 7 }
        }
        hasNUL = zeros & (ones << 7) != 0
        isASCII = high & (ones << 7) == 0
    }

    /// The first byte before `end` that is not UTF-8.
    mutating func firstInvalid(before end: Int) -> Int? {
        guard !isASCII else { return nil }
        do {
            _ = try unsafe UTF8Span(validating: UnsafeBufferPointer(rebasing: bytes[..<end]).span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }
}
