/// Arrow's numbers for what we write and read (Schema.fbs and Message.fbs of the Arrow format, version 1.4).
enum ArrowCode {
    static let magic: [UInt8] = Array("ARROW1".utf8)
    static let continuation: UInt32 = 0xffff_ffff
    /// Before it messages began with their length alone.
    static let version4: Int16 = 3
    static let version5: Int16 = 4
    static let alignment = 64

    enum Header {
        static let schema: UInt8 = 1
        static let dictionaryBatch: UInt8 = 2
        static let recordBatch: UInt8 = 3
    }

    enum TypeCode {
        static let null: UInt8 = 1
        static let int: UInt8 = 2
        static let floatingPoint: UInt8 = 3
        static let utf8: UInt8 = 5
        static let bool: UInt8 = 6
        static let date: UInt8 = 8
        static let timestamp: UInt8 = 10
        static let largeUTF8: UInt8 = 20
        static let names: [UInt8: String] = [
            1: "null", 2: "integer", 3: "floating point", 4: "binary", 5: "utf8", 6: "bool", 7: "decimal", 8: "date",
            9: "time", 10: "timestamp", 11: "interval", 12: "list", 13: "struct", 14: "union",
            15: "fixed size binary", 16: "fixed size list", 17: "map", 18: "duration", 19: "large binary",
            20: "large utf8", 21: "large list", 22: "run end encoded", 23: "binary view", 24: "utf8 view",
            25: "list view", 26: "large list view",
        ]
    }

    static let codecs: [UInt8: String] = [0: "lz4", 1: "zstd"]
    static let precisions: [Int16: ColumnType] = [1: .float32, 2: .float64]
    static let timeUnits: [TimeUnit] = [.seconds, .milliseconds, .microseconds, .nanoseconds]
}

/// A column's description in a file.
struct ArrowField {
    var name: String
    /// What the values are; of a dictionary the type of its labels.
    var type: ColumnType
    /// Which dictionary a column's codes belong to, and what the codes are.
    var dictionary: (id: Int64, codes: IntegerKind)?
}

// MARK: Writing

extension ArrowField {
    var flatTable: FlatTable {
        FlatTable([
            (0, .string(name)),
            (1, .bool(true)),
            (2, .uint8(typeCode)),
            (3, .table(typeTable)),
            (4, dictionary.map { .table(Self.encoding(id: $0.id, codes: $0.codes)) }),
            (5, .tables([])),
        ])
    }

    private var typeCode: UInt8 {
        switch type {
        case .null: ArrowCode.TypeCode.null
        case .integer: ArrowCode.TypeCode.int
        case .float32, .float64: ArrowCode.TypeCode.floatingPoint
        case .bool: ArrowCode.TypeCode.bool
        case .date, .dateMilliseconds: ArrowCode.TypeCode.date
        case .timestamp: ArrowCode.TypeCode.timestamp
        case .text, .dictionary: ArrowCode.TypeCode.utf8
        case .largeText: ArrowCode.TypeCode.largeUTF8
        }
    }

    private var typeTable: FlatTable {
        switch type {
        case .integer(let kind): return Self.integer(kind)
        case .float32: return FlatTable([(0, .int16(1))])
        case .float64: return FlatTable([(0, .int16(2))])
        case .date: return FlatTable([(0, .int16(0))])
        case .dateMilliseconds: return FlatTable([(0, .int16(1))])
        case .timestamp(let unit, let zone):
            let code = ArrowCode.timeUnits.firstIndex(of: unit) ?? 0
            return FlatTable([(0, .int16(Int16(code))), (1, zone.map { .string($0) })])
        case .null, .bool, .text, .largeText, .dictionary: return FlatTable([])
        }
    }

    private static func integer(_ kind: IntegerKind) -> FlatTable {
        FlatTable([(0, .int32(Int32(kind.bits))), (1, .bool(kind.isSigned))])
    }

    private static func encoding(id: Int64, codes: IntegerKind) -> FlatTable {
        FlatTable([(0, .int64(id)), (1, .table(integer(codes))), (2, .bool(false))])
    }
}

// MARK: Reading

extension ArrowField {
    init(_ table: FlatBufferReader.Table) throws(ColumnarError) {
        name = try table.string(0) ?? ""
        let code = try table.integer(2, as: UInt8.self)
        let details = try table.table(3)
        guard let type = try Self.type(code, details) else {
            let what = ArrowCode.TypeCode.names[code] ?? "unknown (\(code))"
            throw ColumnarError(
                .unsupported,
                "The column `\(name)` has the Arrow type \(what), which is not read; leave it out or convert it.")
        }
        self.type = type
        guard let encoding = try table.table(4) else { return }
        guard type == .text || type == .largeText else {
            throw ColumnarError(
                .unsupported,
                "The column `\(name)` is a dictionary of \(type.name), not of texts, which is not read; write plain values."
            )
        }
        dictionary = (try encoding.integer(0, as: Int64.self), try Self.codes(encoding, name))
    }

    private static func codes(
        _ encoding: FlatBufferReader.Table, _ name: String
    ) throws(ColumnarError) -> IntegerKind {
        guard let index = try encoding.table(1) else { return .int32 }
        guard case .integer(let kind) = try type(ArrowCode.TypeCode.int, index) else {
            throw .malformed("the codes of `\(name)` are no whole numbers")
        }
        return kind
    }

    private static func type(
        _ code: UInt8, _ details: FlatBufferReader.Table?
    ) throws(ColumnarError) -> ColumnType? {
        switch code {
        case ArrowCode.TypeCode.null: return .null
        case ArrowCode.TypeCode.bool: return .bool
        case ArrowCode.TypeCode.utf8: return .text
        case ArrowCode.TypeCode.largeUTF8: return .largeText
        case ArrowCode.TypeCode.floatingPoint:
            return ArrowCode.precisions[try details?.integer(0, as: Int16.self) ?? 0]
        case ArrowCode.TypeCode.date:
            switch try details?.integer(0, as: Int16.self, default: 1) {
            case 0: return .date
            case 1: return .dateMilliseconds
            default: return nil
            }
        case ArrowCode.TypeCode.timestamp:
            let unit = Int(try details?.integer(0, as: Int16.self) ?? 0)
            guard ArrowCode.timeUnits.indices.contains(unit) else { return nil }
            return .timestamp(ArrowCode.timeUnits[unit], zone: try details?.string(1))
        case ArrowCode.TypeCode.int:
            guard let details else { return nil }
            let kind = IntegerKind(
                bits: Int(try details.integer(0, as: Int32.self)), isSigned: try details.bool(1))
            return kind.map { .integer($0) }
        default: return nil
        }
    }
}

/// The columns of a file or stream, and the notes that travel with them.
struct ArrowSchema {
    /// A column that is wanted, or what to pass over of one that is not.
    enum Part {
        case wanted(ArrowField)
        case leftOut(ArrowShape)
    }

    private(set) var parts: [Part] = []
    /// The columns that are wanted.
    private(set) var fields: [ArrowField] = []
    /// For each dictionary's id a column that has it.
    private(set) var fieldsByDictionary: [Int64: ArrowField] = [:]
    private(set) var notes: [String: String] = [:]
    /// Whether columns are left out.
    var isPartial: Bool { parts.count > fields.count }

    /// Reads a schema; `columns` are those wanted, nil for all.
    init(_ schema: FlatBufferReader.Table, columns: Set<String>?) throws(ColumnarError) {
        guard try schema.integer(0, as: Int16.self) == 0 else {
            throw ColumnarError(.unsupported, "The file is big-endian, which is not read; write it little-endian.")
        }
        var names: Set<String> = []
        for table in try schema.tables(1) {
            if let columns, !columns.contains(try table.string(0) ?? "") {
                parts.append(.leftOut(try ArrowShape(table)))
                continue
            }
            let field = try ArrowField(table)
            guard names.insert(field.name).inserted else {
                throw ColumnarError(
                    .unsupported, "The file has two columns named `\(field.name)`; rename one before you write it.")
            }
            fields.append(field)
            if let dictionary = field.dictionary { fieldsByDictionary[dictionary.id] = field }
            parts.append(.wanted(field))
        }
        for pair in try schema.tables(2) {
            if let key = try pair.string(0) { notes[key] = try pair.string(1) ?? "" }
        }
    }
}
