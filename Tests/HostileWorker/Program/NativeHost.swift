import HostileCalls
import LuaSandbox
import MeasureModel

/// A host whose one function, `native(name, path)`, makes a call of the system: what code could try that found a way out
/// of the interpreter.
final class NativeHost: LuaHost {
    private static let interface = LuaInterface(
        objectNames: [], bindings: [LuaBinding(kind: 0, name: "native", function: 1)])

    /// Whether a script is one for this host.
    static func takes(_ script: Script) -> Bool {
        String(decoding: script.source, as: UTF8.self).contains("native")
    }

    /// Runs a script's `value` and gives what it returned.
    static func run(_ script: Script) -> TaskResult {
        do throws(LuaFailure) {
            var state = try LuaState(limits: LuaLimits(), interface: interface, host: NativeHost())
            try state.load(name: script.name, source: script.source)
            try state.instantiate(seed: 1)
            let value = try state.call("value", [.none]).asNumber.map { "\(Int($0))" }
            return TaskResult(groups: [GroupResult(key: GroupKey(), period: 0, parts: [], other: value)])
        } catch {
            return TaskResult(groups: [], failure: Failure(.luaError, error.message))
        }
    }

    func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        guard case .string(let name) = arguments[0] else { throw .message("native(name, path)") }
        var path = ""
        if case .string(let text) = arguments[1] { path = text }
        return .integer(Int64(unsafe hostile_call(name, path)))
    }

    func release(_ object: LuaObject) {}
}
