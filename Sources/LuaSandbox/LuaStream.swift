import CLuaShims

/// Tables as bytes, in the format that `values.c` in CLuaShims states.
enum LuaStream {
    /// Reads one value. The bytes come from our own C code, so a cut stream is a bug of ours and traps.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> LuaValue {
        var reader = unsafe Reader(bytes: bytes)
        return reader.value()
    }

    static func encode(_ value: LuaValue) -> [UInt8] {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return bytes
    }

    private static func append(_ value: LuaValue, to bytes: inout [UInt8]) {
        func put(_ tag: pl_tag) { bytes.append(UInt8(tag.rawValue)) }
        switch value {
        case .none, .function, .column: put(PL_NIL)
        case .boolean(let truth): put(truth ? PL_TRUE : PL_FALSE)
        case .integer(let integer):
            put(PL_INTEGER)
            append(integer, to: &bytes)
        case .number(let number):
            put(PL_NUMBER)
            append(number.bitPattern, to: &bytes)
        case .string(let text):
            put(PL_STRING)
            append(UInt32(text.utf8.count), to: &bytes)
            bytes.append(contentsOf: text.utf8)
        case .object(let object):
            put(PL_OBJECT)
            bytes.append(object.kind)
            append(object.id, to: &bytes)
            append(object.aux, to: &bytes)
        case .table(let table):
            put(PL_TABLE)
            append(UInt32(table.entries.count), to: &bytes)
            for entry in table.entries {
                switch entry.key {
                case .integer(let key): append(.integer(key), to: &bytes)
                case .string(let key): append(.string(key), to: &bytes)
                }
                append(entry.value, to: &bytes)
            }
        }
    }

    private static func append(_ integer: some FixedWidthInteger, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: integer.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: integer >> shift))
        }
    }

    @safe private struct Reader {
        let bytes: UnsafeRawBufferPointer
        var at = 0

        init(bytes: UnsafeRawBufferPointer) {
            unsafe self.bytes = bytes
        }

        mutating func take<Value: BitwiseCopyable>(_ type: Value.Type) -> Value {
            defer { at += MemoryLayout<Value>.size }
            return unsafe bytes.loadUnaligned(fromByteOffset: at, as: type)
        }

        mutating func text() -> String {
            let length = Int(take(UInt32.self))
            defer { at += length }
            return unsafe String(decoding: UnsafeRawBufferPointer(rebasing: bytes[at..<at + length]), as: UTF8.self)
        }

        mutating func value() -> LuaValue {
            switch UInt32(take(UInt8.self)) {
            case PL_FALSE.rawValue: return .boolean(false)
            case PL_TRUE.rawValue: return .boolean(true)
            case PL_INTEGER.rawValue: return .integer(take(Int64.self))
            case PL_NUMBER.rawValue: return .number(take(Double.self))
            case PL_STRING.rawValue: return .string(text())
            case PL_FUNCTION.rawValue: return .function
            case PL_OBJECT.rawValue:
                let kind = take(UInt8.self)
                let id = take(UInt32.self)
                return .object(LuaObject(kind: kind, id: id, aux: take(Int64.self)))
            case PL_TABLE.rawValue: return .table(table())
            default: return .none
            }
        }

        mutating func table() -> LuaTable {
            let count = Int(take(UInt32.self))
            var table = LuaTable()
            table.entries.reserveCapacity(count)
            for _ in 0..<count {
                let key: LuaTable.Key
                switch value() {
                case .integer(let integer): key = .integer(integer)
                case .string(let text): key = .string(text)
                default: preconditionFailure("a table stream holds only integer and string keys")
                }
                table.entries.append(LuaTable.Entry(key: key, value: value()))
            }
            return table
        }
    }
}
