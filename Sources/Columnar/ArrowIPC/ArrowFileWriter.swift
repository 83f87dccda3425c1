/// Writes a table as an Arrow IPC file: little-endian, uncompressed, one record batch, every buffer at a multiple of
/// 64 bytes, so that it can be computed on where it is mapped.
public struct ArrowFileWriter {
    private let sink: ([UInt8]) throws -> Void
    private var position = 0

    /// Writes the whole file, piece by piece, to `sink`.
    public static func write(_ table: Table, to sink: @escaping ([UInt8]) throws -> Void) throws {
        var writer = ArrowFileWriter(sink: sink)
        try writer.write(table)
    }

    /// The file as bytes.
    public static func bytes(of table: Table) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withoutActuallyEscaping({ bytes.append(contentsOf: $0) }) { try write(table, to: $0) }
        return bytes
    }

    private init(sink: @escaping ([UInt8]) throws -> Void) {
        self.sink = sink
    }

    private mutating func write(_ table: Table) throws {
        let fields = table.columns.enumerated().map { ArrowField($0.element, dictionaryID: Int64($0.offset)) }
        let schema = Self.schema(fields, notes: table.notes)
        try put(ArrowCode.magic + [0, 0])
        _ = try message(ArrowCode.Header.schema, schema, body: [])
        var dictionaries: [Block] = []
        for (column, field) in zip(table.columns, fields) {
            guard case .dictionary(_, let labels) = column.values, let id = field.dictionary?.id else { continue }
            let batch = Batch(rowCount: labels.count, columns: [Column(name: "", values: .text(labels))])
            let header = FlatTable([(0, .int64(id)), (1, .table(batch.header)), (2, .bool(false))])
            dictionaries.append(try message(ArrowCode.Header.dictionaryBatch, header, body: batch.buffers))
        }
        let batch = Batch(rowCount: table.rowCount, columns: table.columns)
        let block = try message(ArrowCode.Header.recordBatch, batch.header, body: batch.buffers)
        try put(littleEndianBytes(ArrowCode.continuation) + [0, 0, 0, 0])
        try footer(schema, dictionaries, [block])
    }

    private mutating func put(_ bytes: [UInt8]) throws {
        try sink(bytes)
        position += bytes.count
    }

    private mutating func pad(to alignment: Int) throws {
        try put([UInt8](repeating: 0, count: (alignment - position % alignment) % alignment))
    }

    /// Where a message stands, for the footer.
    private struct Block {
        var offset, metadataLength, bodyLength: Int

        var bytes: [UInt8] {
            littleEndianBytes(Int64(offset)) + littleEndianBytes(Int64(metadataLength))
                + littleEndianBytes(Int64(bodyLength))
        }
    }

    private mutating func message(_ type: UInt8, _ header: FlatTable, body: [any ArrowBuffer]) throws -> Block {
        let bodyLength = body.reduce(0) { $0 + padded($1.byteCount) }
        var metadata = FlatBufferWriter.write(
            root: FlatTable([
                (0, .int16(ArrowCode.version5)), (1, .uint8(type)), (2, .table(header)), (3, .int64(Int64(bodyLength))),
            ]))
        let start = position
        while (start + 8 + metadata.count) % ArrowCode.alignment != 0 { metadata.append(0) }
        try put(littleEndianBytes(ArrowCode.continuation) + littleEndianBytes(Int32(metadata.count)) + metadata)
        for buffer in body {
            try buffer.visit { try sink($0) }
            position += buffer.byteCount
            try pad(to: ArrowCode.alignment)
        }
        return Block(offset: start, metadataLength: 8 + metadata.count, bodyLength: bodyLength)
    }

    private mutating func footer(_ schema: FlatTable, _ dictionaries: [Block], _ batches: [Block]) throws {
        let footer = FlatBufferWriter.write(
            root: FlatTable([
                (0, .int16(ArrowCode.version5)),
                (1, .table(schema)),
                (2, .structs(bytes: dictionaries.flatMap(\.bytes), count: dictionaries.count)),
                (3, .structs(bytes: batches.flatMap(\.bytes), count: batches.count)),
            ]))
        try put(footer + littleEndianBytes(Int32(footer.count)) + ArrowCode.magic)
    }

    private static func schema(_ fields: [ArrowField], notes: [String: String]) -> FlatTable {
        let notes = notes.sorted { $0.key < $1.key }.map {
            FlatTable([(0, .string($0.key)), (1, .string($0.value))])
        }
        return FlatTable([
            (0, .int16(0)), (1, .tables(fields.map(\.flatTable))), (2, notes.isEmpty ? nil : .tables(notes)),
        ])
    }
}

extension ArrowField {
    fileprivate init(_ column: Column, dictionaryID: Int64) {
        name = column.name
        type = column.type
        guard case .dictionary(let codes, _) = column.values else { return }
        let bits: Int32 =
            switch codes {
            case .int8: 8
            case .int16: 16
            case .int32: 32
            }
        dictionary = (dictionaryID, bits)
    }
}

private func padded(_ count: Int) -> Int {
    (count + ArrowCode.alignment - 1) / ArrowCode.alignment * ArrowCode.alignment
}

/// A buffer of any element type, as bytes.
private protocol ArrowBuffer {
    var byteCount: Int { get }
    func visit(_ visit: ([UInt8]) throws -> Void) throws
}

extension Buffer: ArrowBuffer {
    fileprivate func visit(_ visit: ([UInt8]) throws -> Void) throws {
        try visitPieces(self, visit)
    }
}

/// The buffers of a batch in Arrow's order, and the header that says where they are.
private struct Batch {
    private(set) var buffers: [any ArrowBuffer] = []
    private var nodes: [UInt8] = []
    private let rowCount: Int
    private let columnCount: Int

    init(rowCount: Int, columns: [Column]) {
        self.rowCount = rowCount
        columnCount = columns.count
        for column in columns {
            nodes += littleEndianBytes(Int64(column.count)) + littleEndianBytes(Int64(column.missingCount))
            buffers.append(column.validity?.bits ?? Buffer<UInt8>([]))
            buffers += Self.valueBuffers(of: column.values)
        }
    }

    private static func valueBuffers(of values: ColumnValues) -> [any ArrowBuffer] {
        switch values {
        case .int8(let buffer): [buffer]
        case .int16(let buffer): [buffer]
        case .int32(let buffer), .date(let buffer): [buffer]
        case .int64(let buffer), .timestamp(let buffer, _): [buffer]
        case .float64(let buffer): [buffer]
        case .bool(let bitmap): [bitmap.bits]
        case .text(let texts): [texts.offsets, texts.bytes]
        case .dictionary(.int8(let codes), _): [codes]
        case .dictionary(.int16(let codes), _): [codes]
        case .dictionary(.int32(let codes), _): [codes]
        }
    }

    var header: FlatTable {
        var places: [UInt8] = []
        var offset = 0
        for buffer in buffers {
            places += littleEndianBytes(Int64(offset)) + littleEndianBytes(Int64(buffer.byteCount))
            offset += padded(buffer.byteCount)
        }
        return FlatTable([
            (0, .int64(Int64(rowCount))),
            (1, .structs(bytes: nodes, count: columnCount)),
            (2, .structs(bytes: places, count: buffers.count)),
        ])
    }
}
