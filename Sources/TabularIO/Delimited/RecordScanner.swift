/// Finds the cells of records in the bytes of a ``ScanMemory``, as fast as they can be read.
///
/// Unsafe code for speed: see the invariants of ``ScanMemory``. `available` bytes are there, with a line feed and
/// ``ScanMemory/slack`` bytes behind them; every search ends at that line feed at the latest.
@safe struct RecordScanner {
    /// What a scan found; the cells are in the memory.
    struct Found {
        var rowCount = 0
        var longCount = 0
        var textCount = 0
        /// Records begun and ended.
        var recordCount = 0
        /// Line ends passed.
        var lineCount = 0
        /// The byte after the last record.
        var end = 0
        /// Records that are no rows.
        var strays: [StrayRecord] = []
        /// Where the record that is not complete begins a quoted cell that does not end, if it does.
        var openQuote: RecordPlace?
    }

    private let memory: ScanMemory  // keeps the buffers alive
    private let bytes: UnsafeMutablePointer<UInt8>
    private let shorts: UnsafeMutablePointer<UInt8>
    private let stride: Int
    private let longs: UnsafeMutablePointer<ScanMemory.LongCell>
    private let text: UnsafeMutablePointer<UInt8>
    private let places: UnsafeMutablePointer<ScanMemory.ScannedPlace>
    private let available: Int
    private let isEnd: Bool
    private let separator: UInt8
    private let width: Int
    private let hasNUL: Bool
    private let isPlain: [Bool]
    private var found = Found()
    private var base = 0

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// A scanner of `available` bytes in the memory, which are the file's last when `isEnd`.
    init(_ memory: ScanMemory, available: Int, isEnd: Bool, separator: UInt8, width: Int, hasNUL: Bool) {
        self.memory = memory
        unsafe bytes = memory.bytes
        unsafe shorts = memory.shorts
        stride = memory.stride
        unsafe longs = memory.longs
        unsafe text = memory.text
        unsafe places = memory.places
        self.available = available
        self.isEnd = isEnd
        self.separator = separator
        self.width = width
        self.hasNUL = hasNUL
        let special = [Self.quote, Self.lineFeed, Self.carriageReturn, separator]
        isPlain = (0...255).map { CellPart.isShort(UInt8($0)) && !special.contains(UInt8($0)) }
        for index in 0..<ScanMemory.slack { unsafe bytes[available + index] = index == 0 ? Self.lineFeed : 0 }
    }

    /// Scans the records that begin at `start` and before `limit`. One that is not complete ends the scan.
    mutating func scan(from start: Int, limit: Int) -> Found {
        base = start
        found = Found()
        unsafe isPlain.withUnsafeBufferPointer { unsafe scanRecords(from: start, limit: limit, $0) }
        return found
    }

    private mutating func scanRecords(from start: Int, limit: Int, _ isPlain: UnsafeBufferPointer<Bool>) {
        var at = start
        found.end = start
        while at < limit {
            let byte = unsafe bytes[at]
            if byte == Self.lineFeed || byte == Self.carriageReturn {
                guard let after = afterLineEnd(at) else { return }
                at = after
                found.lineCount += 1
            } else {
                guard let after = unsafe scanRecord(at, isPlain) else { return }
                at = after
            }
            found.end = at
        }
    }

    /// The byte after the line end at `at`; nil where more bytes must tell.
    @inline(__always)
    private func afterLineEnd(_ at: Int) -> Int? {
        if !isEnd, at + 1 >= available {
            return unsafe at + 1 == available && bytes[at] == Self.lineFeed ? available : nil
        }
        let isPair = unsafe bytes[at] == Self.carriageReturn && bytes[at + 1] == Self.lineFeed && at + 1 < available
        return min(at + (isPair ? 2 : 1), available)
    }

    /// Scans a record that begins at `start`; nil when it is not complete, and nothing of it is kept.
    @inline(__always)
    private mutating func scanRecord(_ start: Int, _ isPlain: UnsafeBufferPointer<Bool>) -> Int? {
        let (longCount, textCount, lineCount) = (found.longCount, found.textCount, found.lineCount)
        let separator = separator
        let last = width - 1
        var out = unsafe shorts + found.rowCount
        var at = start
        var column = 0
        while column < last {
            let byte = unsafe bytes[at]
            if unsafe bytes[at + 1] == separator, unsafe isPlain[Int(byte)] {
                unsafe out.pointee = byte
                at += 2
            } else if byte == separator {
                unsafe out.pointee = 0
                at += 1
            } else {
                guard let (short, after) = longCell(at, column) else {
                    return undo(longCount, textCount, lineCount)
                }
                guard unsafe bytes[after] == separator else { break }
                unsafe out.pointee = short
                at = after + 1
            }
            unsafe out += stride
            column += 1
        }
        guard column == last, let (short, after) = longCell(at, column) else {
            if column == last { return undo(longCount, textCount, lineCount) }
            return stray(start, longCount, textCount, lineCount)
        }
        guard unsafe bytes[after] != separator else { return stray(start, longCount, textCount, lineCount) }
        guard let end = afterLineEnd(after), isEnd || after < available else {
            return undo(longCount, textCount, lineCount)
        }
        if hasNUL, containsNUL(start, after) { return stray(start, longCount, textCount, lineCount) }
        unsafe out.pointee = short
        unsafe places[found.rowCount] = .init(
            number: UInt32(truncatingIfNeeded: found.recordCount), line: UInt32(truncatingIfNeeded: lineCount),
            byte: UInt32(truncatingIfNeeded: start - base))
        found.rowCount += 1
        found.recordCount += 1
        found.lineCount += 1
        return end
    }

    private func containsNUL(_ start: Int, _ end: Int) -> Bool {
        for at in start..<end where unsafe bytes[at] == 0 { return true }
        return false
    }

    @inline(never)
    private mutating func undo(_ longCount: Int, _ textCount: Int, _ lineCount: Int) -> Int? {
        (found.longCount, found.textCount, found.lineCount) = (longCount, textCount, lineCount)
        return nil
    }

    /// Scans a cell of any kind that begins at `start`, and adds it to the memory if it is longer than a byte. Returns
    /// what stands for it among the short cells, and the place behind it: a separator or a line end.
    @inline(__always)
    private mutating func longCell(_ start: Int, _ column: Int) -> (short: UInt8, after: Int)? {
        guard unsafe bytes[start] != Self.quote else { return quotedCell(start, column) }
        let target = unsafe text + found.textCount
        var length = 0
        while true {
            // Eight bytes at a time; those too many are written over by the next cell.
            let word = unsafe UnsafeRawPointer(bytes + start + length).loadUnaligned(as: UInt64.self)
            unsafe UnsafeMutableRawPointer(target + length).storeBytes(of: word, as: UInt64.self)
            let ends =
                Self.marks(word, separator) | Self.marks(word, Self.lineFeed)
                | Self.marks(word, Self.carriageReturn)
            if ends != 0 {
                length += ends.trailingZeroBitCount >> 3
                break
            }
            length += 8
        }
        return (add(length, column), start + length)
    }

    /// The highest bit of each byte of `word` that is `byte`; exact up to the first.
    @inline(__always)
    private static func marks(_ word: UInt64, _ byte: UInt8) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let zeros = word ^ (ones &* UInt64(byte))
        return (zeros &- ones) & ~zeros & (ones << 7)
    }

    /// Keeps the `length` bytes that were written behind the text as a cell.
    @inline(__always)
    private mutating func add(_ length: Int, _ column: Int) -> UInt8 {
        if length <= 1 {
            if length == 0 { return 0 }
            let byte = unsafe text[found.textCount]
            if CellPart.isShort(byte) { return byte }
        }
        unsafe longs[found.longCount] = .init(
            column: UInt32(truncatingIfNeeded: column),
            place: CellPlace(
                start: UInt32(truncatingIfNeeded: found.textCount), length: UInt32(truncatingIfNeeded: length)))
        found.longCount += 1
        found.textCount += length
        return CellPart.longMark
    }

    /// Scans a cell that begins with a quote; nil when it does not end.
    @inline(never)
    private mutating func quotedCell(_ start: Int, _ column: Int) -> (short: UInt8, after: Int)? {
        let target = unsafe text + found.textCount
        var length = 0
        var lines = 0
        guard
            let closed = copyQuoted(
                start,
                { byte in
                    unsafe target[length] = byte
                    length += 1
                }, &lines)
        else { return nil }
        var at = closed
        while !isCellEnd(unsafe bytes[at]) {
            unsafe target[length] = bytes[at]
            length += 1
            at += 1
        }
        guard at < available || isEnd else { return nil }
        found.lineCount += lines
        return (add(length, column), at)
    }

    /// Gives the text inside the quote that opens at `start`, and the place after the closing one; nil when there is
    /// none.
    @inline(__always)
    private mutating func copyQuoted(_ start: Int, _ copy: (UInt8) -> Void, _ lines: inout Int) -> Int? {
        var at = start + 1
        let linesBefore = found.lineCount + lines
        while at < available {
            let (byte, next) = unsafe (bytes[at], bytes[at + 1])
            if byte == Self.quote {
                guard next == Self.quote else { return at + 1 }
                at += 1
            } else if byte == Self.lineFeed || byte == Self.carriageReturn && next != Self.lineFeed {
                lines += 1
            }
            copy(byte)
            at += 1
        }
        found.openQuote = RecordPlace(number: 0, line: linesBefore, byte: start)
        return nil
    }

    private func isCellEnd(_ byte: UInt8) -> Bool {
        byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn
    }

    /// Passes over a record that has too few or too many cells, or one that no text has.
    @inline(never)
    private mutating func stray(_ start: Int, _ longCount: Int, _ textCount: Int, _ lineCount: Int) -> Int? {
        (found.longCount, found.textCount, found.lineCount) = (longCount, textCount, lineCount)
        var at = start
        var cells = 0
        var lines = 0
        repeat {
            if cells > 0 { at += 1 }
            if unsafe bytes[at] == Self.quote {
                guard let closed = copyQuoted(at, { _ in }, &lines) else { return nil }
                at = closed
            }
            while !isCellEnd(unsafe bytes[at]) { at += 1 }
            cells += 1
        } while unsafe bytes[at] == separator
        guard let end = afterLineEnd(at), isEnd || at < available else { return nil }
        let reason =
            cells == width
            ? "the row holds a NUL byte, which no text has" : "the row has \(cells) cells, the header has \(width)"
        found.strays.append(
            StrayRecord(RecordPlace(number: found.recordCount, line: lineCount, byte: start - base), reason))
        found.recordCount += 1
        found.lineCount += lines + 1
        return end
    }
}
