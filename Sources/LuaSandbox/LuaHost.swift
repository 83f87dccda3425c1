import CLuaShims

/// The host's side of a sandbox: the functions that scripts can call.
///
/// Calls come on the sandbox's own thread, one at a time, and a host function cannot run Lua.
public protocol LuaHost: AnyObject {
    /// Answers one call. Throw a message and the script sees a Lua error at its line.
    func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue

    /// A script no longer holds this object.
    func release(_ object: LuaObject)
}

/// Why a host function has no answer.
public enum LuaHostError: Error, Equatable, Sendable {
    /// Raised in the script, which may catch it.
    case message(String)
    /// There is no room for the answer: garbage is collected and the call repeated once, then the script is stopped.
    case needsMemory
    /// Given up because the script is out of time or fuel (see ``LuaMeter/isOver``): it is stopped.
    case stopped
}

/// A name that scripts can use.
public struct LuaBinding: Sendable {
    /// How a call of it is carried out.
    public enum Form: Sendable {
        /// One call of the host function.
        case plain
        /// The host function gives a number of rows; the script gets an iterator over row objects of this kind.
        case rows(kind: UInt8)
        /// The host function gives a list; the script gets an iterator over its elements two by two.
        case each
        /// `object:name(f)`: the host functions `function`, +1 and +2 give the count, one element, and take the
        /// results (9 bytes each, see ``LuaMapped``).
        case map
        /// `__index` of rows: the host functions `function`, +1 and +2 give one cell, the cells of up to 256 rows from
        /// the given one on as a column, and the text of a code.
        case cells
    }

    /// The kind of object it is a method of; 0 for a global.
    public var kind: UInt8
    /// The name; `__index` is asked for names that are no method.
    public var name: String
    /// The host function's number.
    public var function: UInt16
    /// How it is called.
    public var form: Form

    /// A binding.
    public init(kind: UInt8, name: String, function: UInt16, form: Form = .plain) {
        self.kind = kind
        self.name = name
        self.function = function
        self.form = form
    }
}

/// Everything a script finds beside the library of Lua: kinds of objects, their methods, global functions.
public struct LuaInterface: Sendable {
    /// Names of the kinds 1, 2, ... as messages call them ("column").
    public var objectNames: [String]
    /// What can be called.
    public var bindings: [LuaBinding]

    /// An interface.
    public init(objectNames: [String], bindings: [LuaBinding]) {
        self.objectNames = objectNames
        self.bindings = bindings
    }
}

/// The arguments of one call, readable only during it.
@safe public struct LuaArguments: ~Copyable {
    private let start: UnsafePointer<pl_value>?
    /// How many there are.
    public let count: Int

    init(start: UnsafePointer<pl_value>?, count: Int) {
        unsafe self.start = start
        self.count = count
    }

    /// The argument at `index` from 0; `.none` beyond the last.
    public subscript(_ index: Int) -> LuaValue {
        guard index < count, let start = unsafe start else { return .none }
        let value = unsafe start[index]
        switch unsafe pl_tag(UInt32(value.tag)) {
        case PL_FALSE: return .boolean(false)
        case PL_TRUE: return .boolean(true)
        case PL_INTEGER: return unsafe .integer(value.integer)
        case PL_NUMBER: return unsafe .number(value.number)
        case PL_STRING: return .string(text(at: index))
        case PL_OBJECT: return unsafe .object(LuaObject(kind: value.kind, id: value.id, aux: value.aux))
        case PL_FUNCTION: return .function
        case PL_TABLE: return unsafe LuaStream.decode(UnsafeRawBufferPointer(start: value.bytes, count: value.length))
        default: return .none
        }
    }

    private func text(at index: Int) -> String {
        guard let value = unsafe start?[index] else { return "" }
        return unsafe String(decoding: UnsafeBufferPointer(start: value.bytes, count: value.length), as: UTF8.self)
    }

    /// The results of a mapped function, where the argument at `index` holds them.
    public func mapped(at index: Int) -> [LuaMapped] {
        guard index < count, let value = unsafe start?[index], unsafe value.tag == UInt8(PL_STRING.rawValue) else {
            return []
        }
        let bytes = unsafe UnsafeRawBufferPointer(start: value.bytes, count: value.length)
        return (0..<bytes.count / 9).map { row in
            switch unsafe pl_tag(UInt32(bytes[row * 9])) {
            case PL_FALSE: .truth(false)
            case PL_TRUE: .truth(true)
            case PL_NUMBER: unsafe .number(bytes.loadUnaligned(fromByteOffset: row * 9 + 1, as: Double.self))
            case PL_NIL: .missing
            default: .untouched
            }
        }
    }
}

/// What a mapped function gave for one element.
public enum LuaMapped: Equatable, Sendable {
    case number(Double)
    case truth(Bool)
    /// It returned nil.
    case missing
    /// The element was missing, so the function was not called.
    case untouched
}
