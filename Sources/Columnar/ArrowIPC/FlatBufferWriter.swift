/// A value of a FlatBuffers table, as far as Arrow's metadata needs them
/// (format: https://flatbuffers.dev/internals/, little-endian).
indirect enum FlatValue {
    case bool(Bool)
    case uint8(UInt8)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case string(String)
    case table(FlatTable)
    case tables([FlatTable])
    /// A vector of structs, aligned to 8 bytes.
    case structs(bytes: [UInt8], count: Int)

    /// Size and alignment inside a table; references are 32-bit offsets.
    fileprivate var inlineSize: Int {
        switch self {
        case .bool, .uint8: 1
        case .int16: 2
        case .int64: 8
        case .int32, .string, .table, .tables, .structs: 4
        }
    }
}

/// A FlatBuffers table: values by slot, absent slots left out.
struct FlatTable {
    var fields: [(slot: Int, value: FlatValue)]

    init(_ fields: [(Int, FlatValue?)]) {
        self.fields = fields.compactMap { slot, value in value.map { (slot, $0) } }
    }
}

/// Writes FlatBuffers front to back: a table first, then what it refers to, so that all offsets point forward.
struct FlatBufferWriter {
    private var bytes: [UInt8] = [0, 0, 0, 0]
    private var pending: [(position: Int, value: FlatValue)] = []

    /// The bytes of a buffer whose root is this table.
    static func write(root: FlatTable) -> [UInt8] {
        var writer = FlatBufferWriter()
        let start = writer.write(root)
        writer.patch(0, target: start)
        while let (position, value) = writer.pending.popLast() {
            let target = writer.write(referenced: value)
            writer.patch(position, target: target)
        }
        return writer.bytes
    }

    private mutating func write(_ table: FlatTable) -> Int {
        let fields = table.fields.sorted { $0.value.inlineSize > $1.value.inlineSize }  // needs no gaps but the first
        let slotCount = (table.fields.map(\.slot).max() ?? -1) + 1
        var offsets = [Int](repeating: 0, count: slotCount)
        var size = 4
        for field in fields {
            size = (size + field.value.inlineSize - 1) / field.value.inlineSize * field.value.inlineSize
            offsets[field.slot] = size
            size += field.value.inlineSize
        }
        // The vtable stands right before the table, which starts at a multiple of 8.
        let vtableSize = 4 + 2 * slotCount
        while (bytes.count + vtableSize) % 8 != 0 { bytes.append(0) }
        let vtable = bytes.count
        append(UInt16(vtableSize))
        append(UInt16(size))
        for offset in offsets { append(UInt16(offset)) }
        let start = bytes.count
        append(Int32(start - vtable))
        bytes.append(contentsOf: repeatElement(0, count: size - 4))
        for field in fields { place(field.value, at: start + offsets[field.slot]) }
        return start
    }

    private mutating func place(_ value: FlatValue, at position: Int) {
        switch value {
        case .bool(let truth): bytes[position] = truth ? 1 : 0
        case .uint8(let number): bytes[position] = number
        case .int16(let number): store(number, at: position)
        case .int32(let number): store(number, at: position)
        case .int64(let number): store(number, at: position)
        case .string, .table, .tables, .structs: pending.append((position, value))
        }
    }

    private mutating func write(referenced value: FlatValue) -> Int {
        switch value {
        case .table(let table): return write(table)
        case .string(let text):
            align(to: 4)
            let start = bytes.count
            append(UInt32(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
            bytes.append(0)
            return start
        case .tables(let tables):
            align(to: 4)
            let start = bytes.count
            append(UInt32(tables.count))
            for table in tables {
                pending.append((bytes.count, .table(table)))
                append(UInt32(0))
            }
            return start
        case .structs(let content, let count):
            while (bytes.count + 4) % 8 != 0 { bytes.append(0) }
            let start = bytes.count
            append(UInt32(count))
            bytes.append(contentsOf: content)
            return start
        case .bool, .uint8, .int16, .int32, .int64: return bytes.count
        }
    }

    private mutating func patch(_ position: Int, target: Int) {
        store(UInt32(target - position), at: position)
    }

    private mutating func align(to alignment: Int) {
        while bytes.count % alignment != 0 { bytes.append(0) }
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        bytes.append(contentsOf: littleEndianBytes(number))
    }

    private mutating func store(_ number: some FixedWidthInteger, at position: Int) {
        for (index, byte) in littleEndianBytes(number).enumerated() { bytes[position + index] = byte }
    }
}

func littleEndianBytes(_ number: some FixedWidthInteger) -> [UInt8] {
    stride(from: 0, to: number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
}
