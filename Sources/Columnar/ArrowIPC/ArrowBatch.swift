/// Takes columns out of a record batch in order. Every length and offset is checked before it is used.
struct ArrowBatch {
    let rowCount: Int
    private let header: FlatBufferReader.Table
    private let body: Buffer<UInt8>
    private var nextNode = 0
    private var nextBuffer = 0
    private let nodes: (start: Int, count: Int)
    private let buffers: (start: Int, count: Int)

    init(_ header: FlatBufferReader.Table, body: Buffer<UInt8>) throws(ColumnarError) {
        self.header = header
        self.body = body
        guard try header.table(3) == nil else {
            throw ColumnarError(.unsupported, "The file is compressed; write it uncompressed.")
        }
        let rows = try header.integer(0, as: Int64.self)
        guard rows >= 0, rows < Int64(Int32.max) else { throw .malformed("a batch has \(rows) rows") }
        rowCount = Int(rows)
        nodes = try header.vector(1, elementSize: 16) ?? (0, 0)
        buffers = try header.vector(2, elementSize: 16) ?? (0, 0)
    }

    /// All columns of a schema as a table.
    static func table(
        _ message: ArrowMessage, _ schema: ArrowSchema, _ dictionaries: ArrowDictionaries
    ) throws(ColumnarError) -> Table {
        var batch = try ArrowBatch(message.header, body: message.body)
        var columns: [Column] = []
        for field in schema.fields {
            columns.append(try batch.column(field, labels: field.dictionary.flatMap { dictionaries[$0.id] }))
        }
        return try Table(columns: columns, rowCount: batch.rowCount, notes: schema.notes)
    }

    mutating func column(_ field: ArrowField, labels: TextBuffer?) throws(ColumnarError) -> Column {
        guard nextNode < nodes.count else { throw .malformed("the batch lacks the column `\(field.name)`") }
        let length = try header.int64(at: nodes.start + 16 * nextNode)
        let missing = try header.int64(at: nodes.start + 16 * nextNode + 8)
        nextNode += 1
        guard length == Int64(rowCount), missing >= 0, missing <= length else {
            throw .malformed("the column `\(field.name)` does not have the batch's length")
        }
        if field.type == .null, field.dictionary == nil {
            return Column(name: field.name, values: .null(count: rowCount))
        }
        let bits = try buffer(of: UInt8.self, count: missing > 0 ? (rowCount + 7) / 8 : nil, field)
        let validity = missing > 0 ? Bitmap(bits: bits, count: rowCount) : nil
        let values = field.dictionary == nil ? try plain(field) : try dictionary(field, labels, validity)
        return Column(name: field.name, values: values, validity: validity)
    }

    private mutating func plain(_ field: ArrowField) throws(ColumnarError) -> ColumnValues {
        switch field.type {
        case .null, .dictionary: return .null(count: rowCount)
        case .integer(let kind): return .integers(try integers(kind, field))
        case .float32: return .float32(try buffer(of: Float.self, count: rowCount, field))
        case .float64: return .float64(try buffer(of: Double.self, count: rowCount, field))
        case .date: return .date(try buffer(of: Int32.self, count: rowCount, field))
        case .dateMilliseconds: return .dateMilliseconds(try buffer(of: Int64.self, count: rowCount, field))
        case .timestamp(let unit, let zone):
            return .timestamp(try buffer(of: Int64.self, count: rowCount, field), unit, zone: zone)
        case .bool:
            let bits = try buffer(of: UInt8.self, count: (rowCount + 7) / 8, field)
            return .bool(Bitmap(bits: bits, count: rowCount))
        case .text: return .text(try smallTexts(field))
        case .largeText: return .text(try largeTexts(field))
        }
    }

    private mutating func integers(_ kind: IntegerKind, _ field: ArrowField) throws(ColumnarError) -> IntegerBuffer {
        switch kind {
        case .int8: .int8(try buffer(of: Int8.self, count: rowCount, field))
        case .int16: .int16(try buffer(of: Int16.self, count: rowCount, field))
        case .int32: .int32(try buffer(of: Int32.self, count: rowCount, field))
        case .int64: .int64(try buffer(of: Int64.self, count: rowCount, field))
        case .uint8: .uint8(try buffer(of: UInt8.self, count: rowCount, field))
        case .uint16: .uint16(try buffer(of: UInt16.self, count: rowCount, field))
        case .uint32: .uint32(try buffer(of: UInt32.self, count: rowCount, field))
        case .uint64: .uint64(try buffer(of: UInt64.self, count: rowCount, field))
        }
    }

    private mutating func dictionary(
        _ field: ArrowField, _ labels: TextBuffer?, _ validity: Bitmap?
    ) throws(ColumnarError) -> ColumnValues {
        let codes = try integers(field.dictionary?.codes ?? .int32, field)
        // A column whose values are all missing need not have a dictionary.
        let known = labels ?? TextBuffer([])
        guard !codes.hasCode(notBelow: known.count, in: validity) else {
            throw .malformed("a code of `\(field.name)` has no label")
        }
        return .dictionary(codes: codes, labels: known)
    }

    // Writers may leave out the offsets of no rows at all.

    private mutating func smallTexts(_ field: ArrowField) throws(ColumnarError) -> TextBuffer {
        let offsets = try buffer(of: Int32.self, count: rowCount == 0 ? nil : rowCount + 1, field)
        let bytes = try buffer(of: UInt8.self, count: nil, field)
        guard rowCount > 0 else { return TextBuffer([]) }
        try check(offsets, bytes, field)
        return TextBuffer(offsets: offsets, bytes: bytes)
    }

    private mutating func largeTexts(_ field: ArrowField) throws(ColumnarError) -> TextBuffer {
        let offsets = try buffer(of: Int64.self, count: rowCount == 0 ? nil : rowCount + 1, field)
        let bytes = try buffer(of: UInt8.self, count: nil, field)
        guard rowCount > 0 else { return TextBuffer([], isLarge: true) }
        try check(offsets, bytes, field)
        return TextBuffer(offsets: offsets, bytes: bytes)
    }

    private func check(
        _ offsets: Buffer<some FixedWidthInteger>, _ bytes: Buffer<UInt8>, _ field: ArrowField
    ) throws(ColumnarError) {
        let span = offsets.span
        var isAscending = true
        for index in 1..<span.count { isAscending = isAscending && span[index - 1] <= span[index] }
        guard isAscending else { throw .malformed("the texts of `\(field.name)` overlap") }
        guard span[0] >= 0, span[span.count - 1] <= bytes.count else {
            throw .malformed("the texts of `\(field.name)` run past their buffer")
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
        guard offset >= 0, length >= 0, offset <= Int64(body.count), length <= Int64(body.count) - offset else {
            throw .malformed("a buffer of `\(field.name)` lies outside the batch")
        }
        let available = Int(length) / MemoryLayout<Element>.stride
        let wanted = count ?? available
        guard wanted <= available else { throw .malformed("a buffer of `\(field.name)` is too short") }
        return body.elements(of: type, from: Int(offset), count: wanted)
    }
}
