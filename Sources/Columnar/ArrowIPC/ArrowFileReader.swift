/// Reads an Arrow IPC file in place: columns are parts of the mapping, nothing is copied but labels' places.
///
/// Every length and offset is checked against the file before it is used; a file that contradicts itself, or that
/// uses what we do not read, is refused with ``ColumnarError``.
public struct ArrowFileReader {
    private let file: MappedFile
    private let fields: [ArrowField]
    private let notes: [String: String]
    private let dictionaryBlocks: [Block]
    private let batchBlocks: [Block]

    /// Reads the table in a mapped file.
    public static func read(_ file: MappedFile) throws(ColumnarError) -> Table {
        try ArrowFileReader(file).table()
    }

    private struct Block {
        var offset, metadataLength, bodyLength: Int
    }

    private init(_ file: MappedFile) throws(ColumnarError) {
        self.file = file
        let magic = ArrowCode.magic
        let count = file.count
        guard count >= 24, Self.bytes(file, 0, 6) == magic, Self.bytes(file, count - 6, 6) == magic else {
            throw .malformed("it does not begin and end with ARROW1")
        }
        let footerLength = Int(Self.int32(Self.bytes(file, count - 10, 4)))
        guard footerLength > 0, footerLength <= count - 18 else { throw .malformed("its footer has no place in it") }
        let reader = FlatBufferReader(bytes: Self.bytes(file, count - 10 - footerLength, footerLength))
        let footer = try reader.root()
        guard let schema = try footer.table(1) else { throw .malformed("it has no schema") }
        guard try schema.integer(0, as: Int16.self) == 0 else {
            throw ColumnarError(.unsupported, "The file is big-endian, which is not read.")
        }
        var fields: [ArrowField] = []
        for table in try schema.tables(1) { fields.append(try ArrowField(table)) }
        self.fields = fields
        notes = try Self.notes(schema)
        dictionaryBlocks = try Self.blocks(footer, 2)
        batchBlocks = try Self.blocks(footer, 3)
    }

    private static func notes(_ schema: FlatBufferReader.Table) throws(ColumnarError) -> [String: String] {
        var notes: [String: String] = [:]
        for pair in try schema.tables(2) {
            if let key = try pair.string(0) { notes[key] = try pair.string(1) ?? "" }
        }
        return notes
    }

    private static func blocks(_ footer: FlatBufferReader.Table, _ slot: Int) throws(ColumnarError) -> [Block] {
        guard let (start, count) = try footer.vector(slot, elementSize: 24) else { return [] }
        var blocks: [Block] = []
        for index in 0..<count {
            let at = start + 24 * index
            blocks.append(
                Block(
                    offset: try size(try footer.int64(at: at)),
                    metadataLength: try size(Int64(try footer.int32(at: at + 8))),
                    bodyLength: try size(try footer.int64(at: at + 16))))
        }
        return blocks
    }

    private static func size(_ number: Int64) throws(ColumnarError) -> Int {
        guard number >= 0, number < 1 << 48 else { throw .malformed("a length is negative or absurd") }
        return Int(number)
    }

    private static func bytes(_ file: MappedFile, _ start: Int, _ count: Int) -> [UInt8] {
        file.bytes.bytes(from: start, limit: count)
    }

    private static func int32(_ bytes: [UInt8]) -> Int32 {
        bytes.enumerated().reduce(0) { $0 | Int32(truncatingIfNeeded: Int($1.element) << (8 * $1.offset)) }
    }

    private func table() throws(ColumnarError) -> Table {
        guard batchBlocks.count == 1 else {
            throw ColumnarError(.unsupported, "The file has \(batchBlocks.count) record batches; one is read.")
        }
        var dictionaries: [Int64: TextBuffer] = [:]
        for block in dictionaryBlocks {
            let header = try self.header(block, type: ArrowCode.Header.dictionaryBatch)
            guard let batch = try header.table(1) else { throw .malformed("a dictionary has no batch") }
            var cursor = try BatchCursor(batch, block: bodyRange(block), file: file)
            let id = try header.integer(0, as: Int64.self)
            guard case .text(let labels) = try cursor.column(ArrowField(name: "", type: .text), labels: nil).values
            else { throw .malformed("a dictionary does not hold texts") }
            dictionaries[id] = labels
        }
        let header = try self.header(batchBlocks[0], type: ArrowCode.Header.recordBatch)
        var cursor = try BatchCursor(header, block: bodyRange(batchBlocks[0]), file: file)
        var columns: [Column] = []
        for field in fields {
            columns.append(try cursor.column(field, labels: field.dictionary.flatMap { dictionaries[$0.id] }))
        }
        return try Table(columns: columns, rowCount: cursor.rowCount, notes: notes)
    }

    private func header(_ block: Block, type: UInt8) throws(ColumnarError) -> FlatBufferReader.Table {
        guard block.metadataLength > 8, block.offset <= file.count,
            block.metadataLength <= file.count - block.offset
        else { throw .malformed("a message lies outside the file") }
        let metadata = Self.bytes(file, block.offset + 8, block.metadataLength - 8)
        let message = try FlatBufferReader(bytes: metadata).root()
        guard try message.integer(1, as: UInt8.self) == type, let header = try message.table(2) else {
            throw .malformed("a message is not of the kind that the footer says")
        }
        return header
    }

    private func bodyRange(_ block: Block) throws(ColumnarError) -> Range<Int> {
        let start = block.offset + block.metadataLength
        guard start <= file.count, block.bodyLength <= file.count - start else {
            throw .malformed("a message's body lies outside the file")
        }
        return start..<start + block.bodyLength
    }
}

/// Takes columns out of a record batch in order.
private struct BatchCursor {
    let rowCount: Int
    private let header: FlatBufferReader.Table
    private let body: Range<Int>
    private let file: MappedFile
    private var nextNode = 0
    private var nextBuffer = 0
    private let nodes: (start: Int, count: Int)
    private let buffers: (start: Int, count: Int)

    init(_ header: FlatBufferReader.Table, block body: Range<Int>, file: MappedFile) throws(ColumnarError) {
        self.header = header
        self.body = body
        self.file = file
        guard try header.table(3) == nil else {
            throw ColumnarError(.unsupported, "The file is compressed; write it uncompressed.")
        }
        let rows = try header.integer(0, as: Int64.self)
        guard rows >= 0, rows < Int64(Int32.max) else { throw .malformed("a batch has \(rows) rows") }
        rowCount = Int(rows)
        nodes = try header.vector(1, elementSize: 16) ?? (0, 0)
        buffers = try header.vector(2, elementSize: 16) ?? (0, 0)
    }

    mutating func column(_ field: ArrowField, labels: TextBuffer?) throws(ColumnarError) -> Column {
        guard nextNode < nodes.count else { throw .malformed("the batch lacks the column `\(field.name)`") }
        let length = try header.int64(at: nodes.start + 16 * nextNode)
        let missing = try header.int64(at: nodes.start + 16 * nextNode + 8)
        nextNode += 1
        guard length == Int64(rowCount), missing >= 0, missing <= length else {
            throw .malformed("the column `\(field.name)` does not have the batch's length")
        }
        let bits = try buffer(of: UInt8.self, count: missing > 0 ? (rowCount + 7) / 8 : nil, field)
        let validity = missing > 0 ? Bitmap(bits: bits, count: rowCount) : nil
        return Column(name: field.name, values: try values(field, labels, validity), validity: validity)
    }

    private mutating func values(
        _ field: ArrowField, _ labels: TextBuffer?, _ validity: Bitmap?
    ) throws(ColumnarError) -> ColumnValues {
        switch field.type {
        case .int8: return .int8(try buffer(of: Int8.self, count: rowCount, field))
        case .int16: return .int16(try buffer(of: Int16.self, count: rowCount, field))
        case .int32: return .int32(try buffer(of: Int32.self, count: rowCount, field))
        case .int64: return .int64(try buffer(of: Int64.self, count: rowCount, field))
        case .float64: return .float64(try buffer(of: Double.self, count: rowCount, field))
        case .date: return .date(try buffer(of: Int32.self, count: rowCount, field))
        case .timestamp(let zone): return .timestamp(try buffer(of: Int64.self, count: rowCount, field), zone: zone)
        case .bool:
            let bits = try buffer(of: UInt8.self, count: (rowCount + 7) / 8, field)
            return .bool(Bitmap(bits: bits, count: rowCount))
        case .text: return .text(try texts(field))
        case .dictionary:
            guard let labels else { throw .malformed("the dictionary of `\(field.name)` is absent") }
            let codes = try codes(field)
            try check(codes, labels, validity, field)
            return .dictionary(codes: codes, labels: labels)
        }
    }

    private mutating func texts(_ field: ArrowField) throws(ColumnarError) -> TextBuffer {
        // Writers may leave out the offsets of no rows at all.
        let offsets = try buffer(of: Int32.self, count: rowCount == 0 ? nil : rowCount + 1, field)
        let bytes = try buffer(of: UInt8.self, count: nil, field)
        guard rowCount > 0 else { return TextBuffer(offsets: Buffer([0]), bytes: Buffer([])) }
        let span = offsets.span
        var previous = span[0]
        for index in span.indices {
            guard span[index] >= previous else { throw .malformed("the texts of `\(field.name)` overlap") }
            previous = span[index]
        }
        guard span[0] >= 0, Int(previous) <= bytes.count else {
            throw .malformed("the texts of `\(field.name)` run past their buffer")
        }
        return TextBuffer(offsets: offsets, bytes: bytes)
    }

    private mutating func codes(_ field: ArrowField) throws(ColumnarError) -> DictionaryCodes {
        switch field.dictionary?.codeBits {
        case 8: .int8(try buffer(of: Int8.self, count: rowCount, field))
        case 16: .int16(try buffer(of: Int16.self, count: rowCount, field))
        default: .int32(try buffer(of: Int32.self, count: rowCount, field))
        }
    }

    private func check(
        _ codes: DictionaryCodes, _ labels: TextBuffer, _ validity: Bitmap?, _ field: ArrowField
    ) throws(ColumnarError) {
        for row in 0..<rowCount where validity.map({ $0[row] }) ?? true {
            guard codes[row] >= 0, codes[row] < labels.count else {
                throw .malformed("a code of `\(field.name)` has no label")
            }
        }
    }

    /// The next buffer as `count` elements; as all it holds when `count` is nil.
    private mutating func buffer<Element: BitwiseCopyable & Sendable>(
        of type: Element.Type, count: Int?, _ field: ArrowField
    ) throws(ColumnarError) -> Buffer<Element> {
        guard nextBuffer < buffers.count else { throw .malformed("the batch lacks buffers of `\(field.name)`") }
        let offset = try header.int64(at: buffers.start + 16 * nextBuffer)
        let length = try header.int64(at: buffers.start + 16 * nextBuffer + 8)
        nextBuffer += 1
        let stride = MemoryLayout<Element>.stride
        guard offset >= 0, length >= 0, offset <= Int64(body.count), length <= Int64(body.count) - offset else {
            throw .malformed("a buffer of `\(field.name)` lies outside the batch")
        }
        let available = Int(length) / stride
        let wanted = count ?? available
        guard wanted <= available else { throw .malformed("a buffer of `\(field.name)` is too short") }
        guard (body.lowerBound + Int(offset)) % stride == 0 || wanted == 0 else {
            throw ColumnarError(.unsupported, "A buffer of `\(field.name)` is not aligned to its elements.")
        }
        return Buffer(mapping: file, byteOffset: body.lowerBound + Int(offset), count: wanted)
    }
}
