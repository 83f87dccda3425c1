/// Reads Arrow IPC, files and streams, in place: columns are parts of the mapping where their alignment allows it.
///
/// Every length and offset is checked against the bytes before it is used; bytes that contradict themselves, or that use
/// what we do not read, are refused with ``ColumnarError``.
public enum ArrowReader {
    /// All record batches of a file (which begins and ends with `ARROW1`) or a stream.
    public static func batches(_ bytes: Buffer<UInt8>) throws(ColumnarError) -> [Table] {
        isFile(bytes) ? try file(bytes) : try stream(bytes)
    }

    /// A file or stream as one table: its only record batch in place, or a copy of several one after the other.
    public static func table(_ bytes: Buffer<UInt8>) throws(ColumnarError) -> Table {
        let batches = try batches(bytes)
        return try batches.count == 1 ? batches[0] : Table(concatenating: batches)
    }

    private static func isFile(_ bytes: Buffer<UInt8>) -> Bool {
        bytes.count >= 8 && bytes.bytes(from: 0, limit: 6) == ArrowCode.magic
    }

    // MARK: Files

    private static func file(_ bytes: Buffer<UInt8>) throws(ColumnarError) -> [Table] {
        let count = bytes.count
        guard count >= 24, bytes.bytes(from: count - 6, limit: 6) == ArrowCode.magic else {
            throw .malformed("it does not begin and end with ARROW1")
        }
        let footerLength = Int(bytes.elements(of: Int32.self, from: count - 10, count: 1)[0])
        guard footerLength > 0, footerLength <= count - 18 else { throw .malformed("its footer has no place in it") }
        let reader = FlatBufferReader(bytes: bytes.bytes(from: count - 10 - footerLength, limit: footerLength))
        let footer = try reader.root()
        guard let described = try footer.table(1) else { throw .malformed("it has no schema") }
        let schema = try ArrowSchema(described)
        var dictionaries = ArrowDictionaries()
        for start in try blocks(footer, 2, count) {
            try dictionaries.take(try message(bytes, at: start, ArrowCode.Header.dictionaryBatch), schema)
        }
        var tables: [Table] = []
        for start in try blocks(footer, 3, count) {
            let batch = try message(bytes, at: start, ArrowCode.Header.recordBatch)
            tables.append(try ArrowBatch.table(batch, schema, dictionaries))
        }
        return tables.isEmpty ? [try empty(schema)] : tables
    }

    /// Where the messages begin that a list in the footer names. Their lengths are in the messages themselves.
    private static func blocks(
        _ footer: FlatBufferReader.Table, _ slot: Int, _ byteCount: Int
    ) throws(ColumnarError) -> [Int] {
        guard let (start, count) = try footer.vector(slot, elementSize: 24) else { return [] }
        var places: [Int] = []
        for index in 0..<count {
            let place = try footer.int64(at: start + 24 * index)
            guard place >= 8, place < Int64(byteCount) else { throw .malformed("a message lies outside the file") }
            places.append(Int(place))
        }
        return places
    }

    private static func message(
        _ bytes: Buffer<UInt8>, at start: Int, _ type: UInt8
    ) throws(ColumnarError) -> ArrowMessage {
        guard let message = try ArrowMessage(bytes, at: start), message.type == type else {
            throw .malformed("a message is not of the kind that the footer says")
        }
        return message
    }

    // MARK: Streams

    private static func stream(_ bytes: Buffer<UInt8>) throws(ColumnarError) -> [Table] {
        guard let first = try ArrowMessage(bytes, at: 0), first.type == ArrowCode.Header.schema else {
            throw .malformed("it is neither an Arrow file nor an Arrow stream")
        }
        let schema = try ArrowSchema(first.header)
        var dictionaries = ArrowDictionaries()
        var tables: [Table] = []
        var at = first.end
        while let message = try ArrowMessage(bytes, at: at) {
            at = message.end
            switch message.type {
            case ArrowCode.Header.dictionaryBatch: try dictionaries.take(message, schema)
            case ArrowCode.Header.recordBatch: tables.append(try ArrowBatch.table(message, schema, dictionaries))
            default: throw .malformed("a stream holds a message of kind \(message.type)")
            }
        }
        return tables.isEmpty ? [try empty(schema)] : tables
    }

    /// The table of a file without record batches.
    private static func empty(_ schema: ArrowSchema) throws(ColumnarError) -> Table {
        let columns = schema.fields.map { field in
            Column(name: field.name, values: .empty(field.dictionary == nil ? field.type : .dictionary))
        }
        return try Table(columns: columns, rowCount: 0, notes: schema.notes)
    }
}

/// Reads the Arrow files that loads are.
public enum ArrowFileReader {
    /// Reads the table in a mapped file.
    public static func read(_ file: MappedFile) throws(ColumnarError) -> Table {
        try ArrowReader.table(file.bytes)
    }
}

extension ColumnValues {
    /// No values of a type.
    static func empty(_ type: ColumnType) -> ColumnValues {
        switch type {
        case .null: .null(count: 0)
        case .integer(let kind): .integers(IntegerBuffer([], as: kind))
        case .float32: .float32(Buffer([]))
        case .float64: .float64(Buffer([]))
        case .bool: .bool(Bitmap([]))
        case .date: .date(Buffer([]))
        case .dateMilliseconds: .dateMilliseconds(Buffer([]))
        case .timestamp(let unit, let zone): .timestamp(Buffer([]), unit, zone: zone)
        case .text: .text(TextBuffer([]))
        case .largeText: .text(TextBuffer([], isLarge: true))
        case .dictionary: .dictionary(codes: IntegerBuffer([], as: .int8), labels: TextBuffer([]))
        }
    }
}
