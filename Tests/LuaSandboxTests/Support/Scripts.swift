public import LuaSandbox
import PlumblineTestSupport
import Testing

/// What one script gave in a state of its own.
struct Outcome: Sendable {
    /// What its function returned; nil when it did not finish.
    var value: LuaValue?
    /// Why it did not.
    var failure: LuaFailure?
    /// What it printed.
    var log: String
    /// Whether some of that was cut off.
    var isLogTruncated: Bool
    /// What it used.
    var usage: LuaUsage
}

extension LuaLimits {
    /// Neither a timer nor a count hook: most tests are about something else.
    static let unhurried: LuaLimits = {
        var limits = LuaLimits()
        limits.cpuSeconds = 0
        return limits
    }()

    /// So many instructions.
    static func fuel(_ fuel: UInt64) -> LuaLimits {
        var limits = unhurried
        limits.fuel = fuel
        return limits
    }

    /// So many bytes, in all and in one block.
    static func memory(_ memory: Int, block: Int? = nil) -> LuaLimits {
        var limits = unhurried
        limits.memory = memory
        limits.block = block ?? memory
        return limits
    }

    /// So many seconds.
    static func cpu(_ seconds: Double) -> LuaLimits {
        var limits = unhurried
        limits.cpuSeconds = seconds
        return limits
    }
}

/// A file whose `value` has this body; the body begins in line 1.
func measure(_ body: String) -> String {
    "return measure { value = function(a, b) \(body)\nend }"
}

/// Opens a state on a thread with the stack that Lua wants, loads a source text and goes on with `body`.
func withState<Result: Sendable>(
    _ source: String, limits: LuaLimits = .unhurried,
    _ body: @escaping @Sendable (inout LuaState, TestHost) throws -> Result
) throws -> Result {
    try onLuaThread {
        let host = TestHost()
        var state = try LuaState(limits: limits, interface: TestHost.interface, host: host)
        host.meter = state.meter
        try state.load(name: "script", source: Array(source.utf8))
        return try body(&state, host)
    }
}

/// Runs a body as the function `value` of a measure.
func run(_ body: String, _ arguments: [LuaValue] = [], limits: LuaLimits = .unhurried) throws -> Outcome {
    try withState(measure(body), limits: limits) { state, _ in
        var value: LuaValue?
        var failure: LuaFailure?
        do throws(LuaFailure) {
            try state.instantiate(seed: 1)
            value = try state.call("value", arguments)
        } catch {
            failure = error
        }
        let log = state.log
        return Outcome(
            value: value, failure: failure, log: log.text, isLogTruncated: log.isTruncated, usage: state.usage)
    }
}

/// What a body returns; a failure is an issue of the test.
func value(of body: String, _ arguments: [LuaValue] = [], limits: LuaLimits = .unhurried) throws -> LuaValue {
    let outcome = try run(body, arguments, limits: limits)
    if let failure = outcome.failure {
        Issue.record("\(failure.code) in line \(failure.line ?? 0): \(failure.message)")
    }
    return outcome.value ?? LuaValue.none
}

/// Why a body fails; that it does not is an issue of the test.
func failure(of body: String, _ arguments: [LuaValue] = [], limits: LuaLimits = .unhurried) throws -> LuaFailure {
    let outcome = try run(body, arguments, limits: limits)
    return try #require(outcome.failure, "the script gave \(outcome.value ?? LuaValue.none)")
}

/// Lua's values as tests write them.
extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
    /// A string.
    public init(stringLiteral text: String) { self = .string(text) }
    /// An integer.
    public init(integerLiteral integer: Int64) { self = .integer(integer) }
    /// A float.
    public init(floatLiteral number: Double) { self = .number(number) }
    /// A boolean.
    public init(booleanLiteral truth: Bool) { self = .boolean(truth) }
    /// A list.
    public init(arrayLiteral elements: LuaValue...) { self = .table(LuaTable(list: elements)) }
}

/// Runs something on a thread with the stack that Lua wants.
func onLuaThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) throws -> Result {
    try onThread(stackSize: 8 << 20, work)
}
