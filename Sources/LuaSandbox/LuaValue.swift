/// A host object that a script holds: a group, a column, an estimate. Only the host makes them.
public struct LuaObject: Equatable, Hashable, Sendable {
    /// Which kind of object, counted from 1 in the order of ``LuaInterface/objectNames``.
    public var kind: UInt8
    /// The host's number for it.
    public var id: UInt32
    /// A second number, for instance the row of a row object.
    public var aux: Int64

    /// An object of a kind.
    public init(kind: UInt8, id: UInt32, aux: Int64 = 0) {
        self.kind = kind
        self.id = id
        self.aux = aux
    }
}

/// A Lua value outside Lua. Tables are copies; functions are only known to be there.
public enum LuaValue: Equatable, Sendable {
    case none
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case object(LuaObject)
    case table(LuaTable)
    case function
    /// From the host only: a script sees a list of the values that are there.
    case column(LuaColumn)

    /// The value as a number, integers included; nil for everything else.
    public var asNumber: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The text of a string; nil for everything else.
    public var asString: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The table; nil for everything else.
    public var asTable: LuaTable? {
        if case .table(let table) = self { table } else { nil }
    }

    /// What Lua calls the type, for messages.
    public var typeName: String {
        switch self {
        case .none: "nil"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .object: "object"
        case .table, .column: "table"
        case .function: "function"
        }
    }
}

/// Numbers on their way into a script all at once; NaN is missing.
public struct LuaColumn: Equatable, Sendable {
    /// What the numbers are.
    public enum Form: UInt8, Sendable {
        case numbers = 0
        /// 1 for true, 0 for false.
        case truths = 1
        /// Numbers of texts, see ``LuaBinding/Form/cells``.
        case codes = 2
    }

    /// The numbers.
    public var values: ArraySlice<Double>
    /// What they are.
    public var form: Form

    /// A column.
    public init(_ values: ArraySlice<Double>, _ form: Form) {
        self.values = values
        self.form = form
    }
}

/// A copy of a Lua table: integer keys ascending, then string keys by byte.
public struct LuaTable: Equatable, Sendable {
    /// A key that can leave Lua.
    public enum Key: Equatable, Sendable {
        case integer(Int64)
        case string(String)
    }

    /// One key and its value.
    public struct Entry: Equatable, Sendable {
        /// The key.
        public var key: Key
        /// Its value.
        public var value: LuaValue
    }

    /// The entries in the defined order.
    public var entries: [Entry]

    /// A table of these entries, which must be in order.
    public init(entries: [Entry] = []) {
        self.entries = entries
    }

    /// A list: keys 1 to n.
    public init(list: [LuaValue]) {
        entries = list.enumerated().map { Entry(key: .integer(Int64($0.offset + 1)), value: $0.element) }
    }

    /// A record: string keys. They are put in order.
    public init(record: [(String, LuaValue)]) {
        entries = record.map { Entry(key: .string($0.0), value: $0.1) }
            .sorted { Self.precedes($0.key, $1.key) }
    }

    private static func precedes(_ left: Key, _ right: Key) -> Bool {
        switch (left, right) {
        case (.integer(let a), .integer(let b)): a < b
        case (.integer, .string): true
        case (.string, .integer): false
        case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        }
    }

    /// The value of a string key, nil where there is none.
    public subscript(_ name: String) -> LuaValue? {
        entries.first { $0.key == .string(name) }?.value
    }

    /// The values when the keys are exactly 1 to n; nil otherwise. An empty table is an empty list.
    public var list: [LuaValue]? {
        for (index, entry) in entries.enumerated() where entry.key != .integer(Int64(index + 1)) {
            return nil
        }
        return entries.map(\.value)
    }

    /// Names and values when all keys are strings; nil otherwise, and where two names read the same: other bytes may be
    /// the same letters, and bytes that are no text read as replacement characters.
    public var record: [(name: String, value: LuaValue)]? {
        var fields: [(name: String, value: LuaValue)] = []
        var names: Set<String> = []
        for entry in entries {
            guard case .string(let name) = entry.key, names.insert(name).inserted else { return nil }
            fields.append((name, entry.value))
        }
        return fields
    }
}
