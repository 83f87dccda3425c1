import CLuaShims

/// What the C side holds of the host. Unsafe, with the invariant that it lives as long as the state it belongs to.
@safe final class HostBox {
    private(set) var host: (any LuaHost)?
    var state: OpaquePointer?

    init(host: any LuaHost) {
        self.host = host
    }

    func answer(
        _ function: UInt16, _ arguments: borrowing LuaArguments, into reply: UnsafeMutablePointer<pl_value>
    )
        -> pl_reply_status
    {
        guard let host else { return PL_REPLY_ERROR }
        do throws(LuaHostError) {
            let value = try host.call(function, arguments)
            return unsafe write(value, into: reply) ? PL_REPLY : PL_REPLY_NEEDS_MEMORY
        } catch {
            switch error {
            case .needsMemory: return PL_REPLY_NEEDS_MEMORY
            case .stopped: return PL_REPLY_ERROR
            case .message(let text):
                let bytes = Array(text.utf8)
                unsafe pl_set_error(state, bytes, bytes.count)
                return PL_REPLY_ERROR
            }
        }
    }

    /// The state is gone: meters that outlive it count nothing, and a host that holds one goes, too.
    func close() {
        unsafe state = nil
        host = nil
    }

    /// False when the value is larger than the script's memory.
    private func write(_ value: LuaValue, into reply: UnsafeMutablePointer<pl_value>) -> Bool {
        switch value {
        case .string(let text): return unsafe keep(Array(text.utf8), PL_STRING, into: reply)
        case .table: return unsafe keep(LuaStream.encode(value), PL_TABLE, into: reply)
        case .column(let column): return unsafe keep(column, into: reply)
        default:
            unsafe reply.pointee = pl_value(value)
            return true
        }
    }

    private func keep(_ column: LuaColumn, into reply: UnsafeMutablePointer<pl_value>) -> Bool {
        unsafe column.values.withUnsafeBytes { bytes in
            unsafe reply.pointee.tag = UInt8(PL_COLUMN.rawValue)
            unsafe reply.pointee.kind = column.form.rawValue
            unsafe reply.pointee.bytes = pl_keep(state, bytes.baseAddress, bytes.count)
            unsafe reply.pointee.length = bytes.count
            return unsafe reply.pointee.bytes != nil || bytes.isEmpty
        }
    }

    private func keep(_ bytes: [UInt8], _ tag: pl_tag, into reply: UnsafeMutablePointer<pl_value>) -> Bool {
        unsafe reply.pointee.tag = UInt8(tag.rawValue)
        unsafe reply.pointee.bytes = pl_keep(state, bytes, bytes.count)
        unsafe reply.pointee.length = bytes.count
        return unsafe reply.pointee.bytes != nil || bytes.isEmpty
    }
}

/// The C side's way to the host: Swift returns before C raises.
func callHost(
    _ context: UnsafeMutableRawPointer?, _ function: UInt16, _ arguments: UnsafePointer<pl_value>?, _ count: Int32,
    _ reply: UnsafeMutablePointer<pl_value>?
) -> pl_reply_status {
    guard let context = unsafe context, let reply = unsafe reply else { return PL_REPLY_ERROR }
    let box = unsafe Unmanaged<HostBox>.fromOpaque(context).takeUnretainedValue()
    return unsafe box.answer(function, LuaArguments(start: arguments, count: Int(count)), into: reply)
}

func releaseObject(_ context: UnsafeMutableRawPointer?, _ kind: UInt8, _ id: UInt32) {
    guard let context = unsafe context else { return }
    unsafe Unmanaged<HostBox>.fromOpaque(context).takeUnretainedValue().host?.release(LuaObject(kind: kind, id: id))
}

extension pl_value {
    /// A scalar; strings and tables need memory of their own, see ``ShimValues`` and ``HostBox``.
    init(_ value: LuaValue) {
        unsafe self.init()
        switch value {
        case .none, .function, .string, .table, .column: unsafe tag = UInt8(PL_NIL.rawValue)
        case .boolean(let truth): unsafe tag = UInt8((truth ? PL_TRUE : PL_FALSE).rawValue)
        case .integer(let integer):
            unsafe tag = UInt8(PL_INTEGER.rawValue)
            unsafe self.integer = integer
        case .number(let number):
            unsafe tag = UInt8(PL_NUMBER.rawValue)
            unsafe self.number = number
        case .object(let object):
            unsafe tag = UInt8(PL_OBJECT.rawValue)
            unsafe kind = object.kind
            unsafe id = object.id
            unsafe aux = object.aux
        }
    }
}

extension LuaBinding {
    func shim(name: UnsafePointer<CChar>?) -> pl_binding {
        var shimForm = PL_PLAIN
        var element: UInt8 = 0
        switch form {
        case .plain: break
        case .map: shimForm = PL_MAP
        case .cells: shimForm = PL_CELLS
        case .each: shimForm = PL_EACH
        case .rows(let rowKind):
            shimForm = PL_ROWS
            element = rowKind
        }
        return unsafe pl_binding(
            kind: kind, form: UInt8(shimForm.rawValue), element: element, function: function, name: name)
    }
}

/// Arguments as the shim wants them: streams stay alive around the call.
enum ShimValues {
    static func with<Result>(
        _ values: [LuaValue], _ streams: [[UInt8]], _ body: (UnsafePointer<pl_value>?) -> Result
    ) -> Result {
        // A string's or table's value is passed as a stream, which also names a string's length.
        let bytes = streams.flatMap { $0 }
        return unsafe bytes.withUnsafeBufferPointer { all in
            var at = 0
            let shims = unsafe zip(values, streams).map { value, stream in
                defer { at += stream.count }
                var shim = unsafe pl_value(value)
                switch value {
                case .string, .table:
                    unsafe shim.tag = UInt8(PL_TABLE.rawValue)
                    unsafe shim.bytes = all.baseAddress.map { unsafe $0 + at }
                    unsafe shim.length = stream.count
                default: break
                }
                return unsafe shim
            }
            return unsafe shims.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
        }
    }
}

/// C strings that live as long as the call.
enum CStrings {
    static func with<Result>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        let bytes = strings.map { Array($0.utf8CString) }
        let joined = bytes.flatMap { $0 }
        return unsafe joined.withUnsafeBufferPointer { all in
            var at = 0
            let pointers = unsafe bytes.map { text -> UnsafePointer<CChar>? in
                defer { at += text.count }
                return unsafe all.baseAddress.map { unsafe $0 + at }
            }
            return unsafe body(pointers)
        }
    }
}
