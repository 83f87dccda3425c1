/// Arrow's numbers for what we write and read (Schema.fbs and Message.fbs of the Arrow format, version 1.4).
enum ArrowCode {
    static let magic: [UInt8] = Array("ARROW1".utf8)
    static let continuation: UInt32 = 0xffff_ffff
    static let version5: Int16 = 4
    static let alignment = 64

    enum Header {
        static let schema: UInt8 = 1
        static let dictionaryBatch: UInt8 = 2
        static let recordBatch: UInt8 = 3
    }

    enum TypeCode {
        static let int: UInt8 = 2
        static let floatingPoint: UInt8 = 3
        static let utf8: UInt8 = 5
        static let bool: UInt8 = 6
        static let date: UInt8 = 8
        static let timestamp: UInt8 = 10
        static let names: [UInt8: String] = [
            1: "null", 2: "integer", 3: "floating point", 4: "binary", 5: "utf8", 6: "bool", 7: "decimal", 8: "date",
            9: "time", 10: "timestamp", 11: "interval", 12: "list", 13: "struct", 14: "union",
            15: "fixed size binary", 16: "fixed size list", 17: "map", 18: "duration", 19: "large binary",
            20: "large utf8", 21: "large list", 22: "run end encoded", 23: "binary view", 24: "utf8 view",
        ]
    }
}

/// A column's description in a file.
struct ArrowField {
    var name: String
    var type: ColumnType
    /// The width of a dictionary's codes, and which dictionary they belong to.
    var dictionary: (id: Int64, codeBits: Int32)?
}

extension ArrowField {
    var flatTable: FlatTable {
        FlatTable([
            (0, .string(name)),
            (1, .bool(true)),
            (2, .uint8(typeCode)),
            (3, .table(typeTable)),
            (4, dictionary.map { .table(Self.encoding(id: $0.id, codeBits: $0.codeBits)) }),
            (5, .tables([])),
        ])
    }

    private var typeCode: UInt8 {
        switch type {
        case .int8, .int16, .int32, .int64: ArrowCode.TypeCode.int
        case .float64: ArrowCode.TypeCode.floatingPoint
        case .bool: ArrowCode.TypeCode.bool
        case .date: ArrowCode.TypeCode.date
        case .timestamp: ArrowCode.TypeCode.timestamp
        case .text, .dictionary: ArrowCode.TypeCode.utf8
        }
    }

    private var typeTable: FlatTable {
        switch type {
        case .int8: Self.integer(bits: 8)
        case .int16: Self.integer(bits: 16)
        case .int32: Self.integer(bits: 32)
        case .int64: Self.integer(bits: 64)
        case .float64: FlatTable([(0, .int16(2))])
        case .date: FlatTable([(0, .int16(0))])
        case .timestamp(let zone): FlatTable([(0, .int16(2)), (1, zone.map { .string($0) })])
        case .bool, .text, .dictionary: FlatTable([])
        }
    }

    private static func integer(bits: Int32) -> FlatTable {
        FlatTable([(0, .int32(bits)), (1, .bool(true))])
    }

    private static func encoding(id: Int64, codeBits: Int32) -> FlatTable {
        FlatTable([(0, .int64(id)), (1, .table(integer(bits: codeBits))), (2, .bool(false))])
    }

    init(_ table: FlatBufferReader.Table) throws(ColumnarError) {
        name = try table.string(0) ?? ""
        let code = try table.integer(2, as: UInt8.self)
        let details = try table.table(3)
        guard let type = try Self.type(code, details) else {
            let what = ArrowCode.TypeCode.names[code] ?? "unknown (\(code))"
            throw ColumnarError(.unsupported, "The column `\(name)` has the Arrow type \(what), which is not read.")
        }
        self.type = type
        if let encoding = try table.table(4) {
            let bits = try encoding.table(1)?.integer(0, as: Int32.self) ?? 32
            guard type == .text, [8, 16, 32].contains(bits) else {
                throw ColumnarError(.unsupported, "The column `\(name)` is a dictionary of a kind that is not read.")
            }
            self.type = .dictionary
            dictionary = (try encoding.integer(0, as: Int64.self), bits)
        }
    }

    private static func type(
        _ code: UInt8, _ details: FlatBufferReader.Table?
    ) throws(ColumnarError) -> ColumnType? {
        switch code {
        case ArrowCode.TypeCode.bool: return .bool
        case ArrowCode.TypeCode.utf8: return .text
        case ArrowCode.TypeCode.floatingPoint:
            return try details?.integer(0, as: Int16.self) == 2 ? .float64 : nil
        case ArrowCode.TypeCode.date:
            return try details?.integer(0, as: Int16.self, default: 1) == 0 ? .date : nil
        case ArrowCode.TypeCode.timestamp:
            guard try details?.integer(0, as: Int16.self) == 2 else { return nil }
            return .timestamp(zone: try details?.string(1))
        case ArrowCode.TypeCode.int:
            guard try details?.bool(1) == true else { return nil }
            switch try details?.integer(0, as: Int32.self) {
            case 8: return .int8
            case 16: return .int16
            case 32: return .int32
            case 64: return .int64
            default: return nil
            }
        default: return nil
        }
    }
}
