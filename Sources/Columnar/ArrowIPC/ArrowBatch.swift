/// Takes columns out of a record batch in order. Every length and offset is checked before it is used.
struct ArrowBatch {
    let rowCount: Int
    private let header: FlatBufferReader.Table
    private let body: Buffer<UInt8>
    private var nextNode = 0
    private var nextBuffer = 0
    private var nextViews = 0
    private var usedBytes = 0
    private let isVersion4: Bool
    /// How many columns it describes, those inside others included.
    var columnCount: Int { nodes.count }
    private let nodes: (start: Int, count: Int)
    private let buffers: (start: Int, count: Int)
    /// How many buffers more each column of views has.
    private let views: (start: Int, count: Int)

    /// Takes from the batch in a message, which stands in a header of its own or in a dictionary's.
    init(_ header: FlatBufferReader.Table, _ message: ArrowMessage) throws(ColumnarError) {
        self.header = header
        body = message.body
        isVersion4 = message.version == ArrowCode.version4
        if let compression = try header.table(3) {
            let codec = try compression.integer(0, as: UInt8.self)
            let name = ArrowCode.codecs[codec] ?? "codec \(codec)"
            throw ColumnarError(.unsupported, "The file is compressed (\(name)); write it uncompressed.")
        }
        let rows = try header.integer(0, as: Int64.self)
        guard rows >= 0, rows < Int64(Int32.max) else { throw .malformed("a batch has \(rows) rows") }
        rowCount = Int(rows)
        nodes = try header.vector(1, elementSize: 16) ?? (0, 0)
        buffers = try header.vector(2, elementSize: 16) ?? (0, 0)
        views = try header.vector(4, elementSize: 8) ?? (0, 0)
    }

    /// The columns of a schema that are wanted, as a table.
    func table(_ schema: ArrowSchema, _ dictionaries: [ArrowDictionary?]) throws(ColumnarError) -> Table {
        var batch = self
        var columns: [Column] = []
        for part in schema.parts {
            switch part {
            case .wanted(let field):
                columns.append(try batch.column(field, dictionary: dictionaries[columns.count]))
            case .leftOut(let shape): try batch.skip(shape)
            }
        }
        return try Table(columns: columns, rowCount: rowCount, notes: schema.notes)
    }

    /// Passes over a column.
    private mutating func skip(_ shape: ArrowShape) throws(ColumnarError) {
        nextNode += shape.nodes
        nextBuffer += shape.buffers + (isVersion4 ? shape.unions : 0)
        for _ in 0..<shape.views {
            guard nextViews < views.count else { throw .malformed("the batch lacks the buffers of views") }
            let more = try header.int64(at: views.start + 8 * nextViews)
            nextViews += 1
            guard more >= 0, more <= Int64(buffers.count) else { throw .malformed("a column has \(more) buffers") }
            nextBuffer += Int(more)
        }
    }

    mutating func column(_ field: ArrowField, dictionary: ArrowDictionary?) throws(ColumnarError) -> Column {
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
        if field.dictionary != nil { return try codes(field, dictionary, validity) }
        return Column(name: field.name, values: try plain(field), validity: validity)
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

    private mutating func codes(
        _ field: ArrowField, _ dictionary: ArrowDictionary?, _ validity: Bitmap?
    ) throws(ColumnarError) -> Column {
        let codes = try integers(field.dictionary?.codes ?? .int32, field)
        // A column whose values are all missing need not have a dictionary.
        let labels = dictionary?.labels ?? ArrowLabels(texts: TextBuffer([]))
        guard !codes.hasCode(notBelow: labels.texts.count, in: validity) else {
            throw .malformed("a code of `\(field.name)` has no label")
        }
        var column = Column(
            name: field.name, values: .dictionary(codes: codes, labels: labels.texts), validity: validity)
        if let known = labels.validity {
            // A code of a missing label is a missing value.
            column.validity = Bitmap((0..<rowCount).map { column.isValid($0) && known[codes.code($0)] })
        }
        return column
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
        // Buffers may not share bytes: few could then stand for more than memory holds.
        usedBytes += wanted * MemoryLayout<Element>.stride
        guard usedBytes <= body.count else { throw .malformed("the buffers of a batch overlap") }
        return body.elements(of: type, from: Int(offset), count: wanted)
    }
}
