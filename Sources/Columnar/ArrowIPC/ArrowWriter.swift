/// Writes tables as Arrow IPC, little-endian, uncompressed, every buffer at a multiple of 64 bytes, so that it can be
/// computed on where it is mapped.
public struct ArrowWriter {
    /// The two ways in which messages are put together.
    public enum Format: Sendable {
        /// With a footer that says where the messages are.
        case file
        /// Messages one after the other.
        case stream
    }

    /// Where the bytes go, piece by piece.
    public typealias Sink = ([UInt8]) throws -> Void

    private let format: Format
    private let sink: Sink
    private var position = 0
    private var dictionaries: [Block] = []
    private var batches: [Block] = []

    /// Writes tables, a record batch each. They have the same columns of the same types; notes are the first table's.
    ///
    /// - Throws: ``ColumnarError`` with `.invalidTable` when columns differ or there is no table, and what `sink` throws.
    public static func write(_ tables: [Table], as format: Format, to sink: @escaping Sink) throws {
        var writer = ArrowWriter(format: format, sink: sink)
        try writer.write(try ArrowBatches(tables))
    }

    /// Tables as bytes.
    public static func bytes(of tables: [Table], as format: Format) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try withoutActuallyEscaping({ bytes.append(contentsOf: $0) }) { try write(tables, as: format, to: $0) }
        return bytes
    }

    private init(format: Format, sink: @escaping Sink) {
        self.format = format
        self.sink = sink
    }

    private mutating func write(_ tables: ArrowBatches) throws {
        if format == .file { try put(ArrowCode.magic + [0, 0]) }
        _ = try message(ArrowCode.Header.schema, tables.schema, body: [])
        for batch in tables.batches {
            for dictionary in batch.dictionaries {
                let labels = BatchBuffers(
                    rowCount: dictionary.labels.count, columns: [Column(name: "", values: .text(dictionary.labels))])
                let header = FlatTable([
                    (0, .int64(dictionary.id)), (1, .table(labels.header)), (2, .bool(dictionary.isDelta)),
                ])
                dictionaries.append(try message(ArrowCode.Header.dictionaryBatch, header, body: labels.buffers))
            }
            let buffers = BatchBuffers(rowCount: batch.rowCount, columns: batch.columns)
            batches.append(try message(ArrowCode.Header.recordBatch, buffers.header, body: buffers.buffers))
        }
        try put(littleEndianBytes(ArrowCode.continuation) + [0, 0, 0, 0])
        if format == .file { try footer(tables.schema) }
    }

    private mutating func put(_ bytes: [UInt8]) throws {
        try sink(bytes)
        position += bytes.count
    }

    private mutating func pad(to alignment: Int) throws {
        let count = (alignment - position % alignment) % alignment
        if count > 0 { try put([UInt8](repeating: 0, count: count)) }
    }

    /// Where a message stands, for the footer.
    private struct Block {
        var offset, metadataLength, bodyLength: Int

        var bytes: [UInt8] {
            littleEndianBytes(Int64(offset)) + littleEndianBytes(Int64(metadataLength))
                + littleEndianBytes(Int64(bodyLength))
        }
    }

    private mutating func message(_ type: UInt8, _ header: FlatTable, body: [any ByteBuffer]) throws -> Block {
        let bodyLength = body.reduce(0) { $0 + padded($1.byteCount) }
        var metadata = FlatBufferWriter.write(
            root: FlatTable([
                (0, .int16(ArrowCode.version5)), (1, .uint8(type)), (2, .table(header)), (3, .int64(Int64(bodyLength))),
            ]))
        let start = position
        while (start + 8 + metadata.count) % ArrowCode.alignment != 0 { metadata.append(0) }
        try put(littleEndianBytes(ArrowCode.continuation) + littleEndianBytes(Int32(metadata.count)) + metadata)
        for buffer in body {
            try buffer.visitPieces { try sink($0) }
            position += buffer.byteCount
            try pad(to: ArrowCode.alignment)
        }
        return Block(offset: start, metadataLength: 8 + metadata.count, bodyLength: bodyLength)
    }

    private mutating func footer(_ schema: FlatTable) throws {
        let footer = FlatBufferWriter.write(
            root: FlatTable([
                (0, .int16(ArrowCode.version5)),
                (1, .table(schema)),
                (2, .structs(bytes: dictionaries.flatMap(\.bytes), count: dictionaries.count)),
                (3, .structs(bytes: batches.flatMap(\.bytes), count: batches.count)),
            ]))
        try put(footer + littleEndianBytes(Int32(footer.count)) + ArrowCode.magic)
    }
}

/// Writes the Arrow files that loads are: one record batch each.
public enum ArrowFileWriter {
    /// Writes the whole file, piece by piece, to `sink`.
    public static func write(_ table: Table, to sink: @escaping ArrowWriter.Sink) throws {
        try ArrowWriter.write([table], as: .file, to: sink)
    }

    /// The file as bytes.
    public static func bytes(of table: Table) throws -> [UInt8] {
        try ArrowWriter.bytes(of: [table], as: .file)
    }
}

private func padded(_ count: Int) -> Int {
    (count + ArrowCode.alignment - 1) / ArrowCode.alignment * ArrowCode.alignment
}

/// The buffers of a batch in Arrow's order, and the header that says where they are.
private struct BatchBuffers {
    private(set) var buffers: [any ByteBuffer] = []
    private var nodes: [UInt8] = []
    private let rowCount: Int
    private let columnCount: Int

    init(rowCount: Int, columns: [Column]) {
        self.rowCount = rowCount
        columnCount = columns.count
        for column in columns {
            let missing = column.missingCount
            nodes += littleEndianBytes(Int64(column.count)) + littleEndianBytes(Int64(missing))
            guard column.type != .null else { continue }
            buffers.append(missing > 0 ? column.validity?.bits ?? Buffer<UInt8>([]) : Buffer<UInt8>([]))
            buffers += column.values.buffers
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
