/// Reads Arrow IPC, files and streams, in place: columns are parts of the mapping where their alignment allows it.
///
/// Every length and offset is checked against the bytes before it is used; bytes that contradict themselves, or that use
/// what we do not read, are refused with ``ColumnarError``.
public enum ArrowReader {
    /// All record batches of a file (which begins and ends with `ARROW1`) or a stream.
    ///
    /// - Parameter columns: The names of the columns wanted, nil for all. Others may be of types that are not read; a name
    ///   that no column has is passed over.
    public static func batches(
        _ bytes: Buffer<UInt8>, columns: Set<String>? = nil
    ) throws(ColumnarError) -> [Table] {
        isFile(bytes) ? try file(bytes, columns) : try stream(bytes, columns)
    }

    /// A file or stream as one table: its only record batch in place, or a copy of several one after the other.
    ///
    /// - Parameter columns: The names of the columns wanted, nil for all.
    public static func table(
        _ bytes: Buffer<UInt8>, columns: Set<String>? = nil
    ) throws(ColumnarError) -> Table {
        let batches = try batches(bytes, columns: columns)
        return try batches.count == 1 ? batches[0] : Table(concatenating: batches)
    }

    private static func isFile(_ bytes: Buffer<UInt8>) -> Bool {
        bytes.count >= 8 && bytes.bytes(from: 0, limit: 6) == ArrowCode.magic
    }

    // MARK: Files

    private static func file(_ bytes: Buffer<UInt8>, _ columns: Set<String>?) throws(ColumnarError) -> [Table] {
        let count = bytes.count
        guard count >= 24, bytes.bytes(from: count - 6, limit: 6) == ArrowCode.magic else {
            throw .malformed("it does not begin and end with ARROW1")
        }
        let footerLength = Int(bytes.elements(of: Int32.self, from: count - 10, count: 1)[0])
        guard footerLength > 0, footerLength <= count - 18 else { throw .malformed("its footer has no place in it") }
        let reader = FlatBufferReader(bytes: bytes.bytes(from: count - 10 - footerLength, limit: footerLength))
        let footer = try reader.root()
        guard let described = try footer.table(1) else { throw .malformed("it has no schema") }
        var batches = Batches(schema: try ArrowSchema(described, columns: columns), isFile: true)
        var messageBytes = 0
        for (slot, type) in [(2, ArrowCode.Header.dictionaryBatch), (3, ArrowCode.Header.recordBatch)] {
            for start in try blocks(footer, slot, count) {
                guard let message = try ArrowMessage(bytes, at: start), message.type == type else {
                    throw .malformed("a message is not of the kind that the footer says")
                }
                // A footer that names one message many times would make many tables of few bytes.
                messageBytes += message.end - start
                guard messageBytes <= count else { throw .malformed("its messages overlap") }
                try batches.take(message)
            }
        }
        return try batches.tables()
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

    // MARK: Streams

    private static func stream(_ bytes: Buffer<UInt8>, _ columns: Set<String>?) throws(ColumnarError) -> [Table] {
        guard let first = try ArrowMessage(bytes, at: 0), first.type == ArrowCode.Header.schema else {
            throw .malformed("it is neither an Arrow file nor an Arrow stream")
        }
        var batches = Batches(schema: try ArrowSchema(first.header, columns: columns), isFile: false)
        var at = first.end
        while let message = try ArrowMessage(bytes, at: at) {
            at = message.end
            try batches.take(message)
        }
        return try batches.tables()
    }

    // MARK: Messages

    /// The messages behind a schema: record batches wait until the dictionaries that they use are complete.
    private struct Batches {
        let schema: ArrowSchema
        private var dictionaries: ArrowDictionaries
        private var rowCount = 0
        private var bodyBytes = 0
        private static let rowsWithoutBytes = 1 << 24
        private var waiting: [(batch: ArrowBatch, dictionaries: [ArrowDictionary?])] = []

        init(schema: ArrowSchema, isFile: Bool) {
            self.schema = schema
            dictionaries = ArrowDictionaries(mayBeReplaced: !isFile)
        }

        mutating func take(_ message: ArrowMessage) throws(ColumnarError) {
            switch message.type {
            case ArrowCode.Header.dictionaryBatch: try dictionaries.take(message, schema)
            case ArrowCode.Header.recordBatch:
                let batch = try ArrowBatch(message.header, message)
                guard batch.columnCount >= schema.parts.count else { throw .malformed("a batch lacks columns") }
                try count(batch.rowCount, message.body.count)
                waiting.append((batch, dictionaries.ofColumns(schema)))
            default: throw .malformed("a message is of kind \(message.type), which has no place here")
            }
        }

        /// Nulls alone take no bytes: only so many rows may be claimed without any.
        private mutating func count(_ rows: Int, _ bytes: Int) throws(ColumnarError) {
            rowCount += rows
            bodyBytes += bytes
            guard rowCount < Int(Int32.max) else {
                throw ColumnarError(.unsupported, "The file has more than \(Int32.max) rows; write it in parts.")
            }
            guard rowCount <= Self.rowsWithoutBytes || rowCount / 8 <= bodyBytes else {
                throw .malformed("its batches claim \(rowCount) rows in \(bodyBytes) bytes")
            }
        }

        func tables() throws(ColumnarError) -> [Table] {
            var tables: [Table] = []
            for (batch, dictionaries) in waiting { tables.append(try batch.table(schema, dictionaries)) }
            return tables.isEmpty ? [try empty()] : tables
        }

        /// The table of a file without record batches.
        private func empty() throws(ColumnarError) -> Table {
            let columns = schema.fields.map { field in
                Column(name: field.name, values: .empty(field.type, codes: field.dictionary?.codes))
            }
            return try Table(columns: columns, rowCount: 0, notes: schema.notes)
        }
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
    /// No values of a type; with codes, of a dictionary whose labels have that type.
    fileprivate static func empty(_ type: ColumnType, codes: IntegerKind?) -> ColumnValues {
        if let codes {
            let labels = TextBuffer([], isLarge: type == .largeText)
            return .dictionary(codes: IntegerBuffer([], as: codes), labels: labels)
        }
        return switch type {
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
