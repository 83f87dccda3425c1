import CLuaLibrary
import CLuaShims

/// One script in its own Lua state, with limits it cannot leave.
///
/// A sandbox belongs to the thread that opened it, which needs a stack of 8 MiB, and is closed exactly once, when the
/// value goes. Invariant of the unsafe code: `state` is valid from `init` to `deinit`; the shim keeps an unretained
/// pointer to `box`, which lives as long.
@safe public struct LuaState: ~Copyable {
    private let state: OpaquePointer
    private let box: HostBox
    private let countsFuel: Bool

    /// Opens a state.
    ///
    /// - Throws: ``LuaFailure`` with `.memoryLimit` when there is not enough memory for an empty one.
    public init(limits: LuaLimits, interface: LuaInterface, host: any LuaHost) throws(LuaFailure) {
        box = HostBox(host: host)
        countsFuel = limits.fuel != 0
        let context = unsafe Unmanaged.passUnretained(box).toOpaque()
        var shimLimits = limits.shim
        var shimHost = unsafe pl_host(context: context, call: callHost, release: releaseObject)
        let opened = unsafe CStrings.with(interface.bindings.map(\.name) + interface.objectNames) { names in
            let bindings = unsafe interface.bindings.enumerated().map { unsafe $1.shim(name: names[$0]) }
            let objectNames = unsafe Array(names[interface.bindings.count...])
            return unsafe pl_open(
                &shimLimits, &shimHost, pl_library_open, bindings, Int32(bindings.count), objectNames,
                Int32(objectNames.count))
        }
        guard let opened = unsafe opened else {
            throw LuaFailure(code: .memoryLimit, message: "there is not enough memory to open a Lua state")
        }
        unsafe state = opened
        unsafe box.state = opened
    }

    deinit {
        let left = unsafe pl_close(state)
        box.close()
        assert(left == 0, "Lua memory is accounted for to the byte")
    }

    /// Counts what native work a script causes. Valid as long as the sandbox.
    public var meter: LuaMeter { LuaMeter(box: box) }

    /// Compiles a source text; `name` is what messages call it.
    public mutating func load(name: String, source: [UInt8]) throws(LuaFailure) {
        try check(unsafe pl_load(state, name, source, source.count))
    }

    /// Compiles a module that the script gets by `require`, as `name`; `file` is what messages call it.
    public mutating func addModule(_ name: String, file: String, source: [UInt8]) throws(LuaFailure) {
        try check(unsafe pl_add_module(state, name, file, source, source.count))
    }

    /// Runs the script in a new environment and keeps the definition that it returns.
    public mutating func instantiate(seed: UInt64) throws(LuaFailure) {
        try check(unsafe pl_instantiate(state, seed))
    }

    /// The line at which `measure` was called.
    public var definitionLine: Int { unsafe Int(pl_definition_line(state)) }

    /// The definition as data.
    public mutating func definition() throws(LuaFailure) -> LuaValue {
        try check(unsafe pl_export_definition(state))
        return result()
    }

    /// Calls a function of the definition.
    public mutating func call(_ field: String, _ arguments: [LuaValue]) throws(LuaFailure) -> LuaValue {
        let streams = arguments.map(LuaStream.encode)
        let verdict = unsafe ShimValues.with(arguments, streams) { values in
            unsafe pl_call(state, field, values, Int32(arguments.count))
        }
        try check(verdict)
        return result()
    }

    /// Runs `init`, `step`, `merge` and `finish` over the rows 0 to `rows` of a group.
    public mutating func fold(
        group: LuaObject, rowKind: UInt8, rows: Int, chunk: Int, params: LuaValue
    ) throws(LuaFailure) -> LuaValue {
        let arguments: [LuaValue] = [.object(group), params]
        let verdict = unsafe ShimValues.with(arguments, arguments.map(LuaStream.encode)) { values in
            unsafe pl_fold(state, values, rowKind, Int64(rows), Int64(chunk))
        }
        try check(verdict)
        return result()
    }

    /// What was printed, and whether some of it was cut off.
    public var log: (text: String, isTruncated: Bool) {
        var length = 0
        var truncated = false
        let bytes = unsafe pl_log(state, &length, &truncated)
        return unsafe (String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self), truncated)
    }

    /// Forgets what was printed.
    public mutating func clearLog() {
        unsafe pl_log_clear(state)
    }

    /// What it has used so far.
    public var usage: LuaUsage {
        unsafe LuaUsage(
            cpuSeconds: pl_cpu_spent(state), memoryPeak: pl_memory_peak(state),
            fuel: countsFuel ? pl_fuel_spent(state) : nil)
    }

    /// What the memory limit was met with, where that is known.
    public var refusal: LuaRefusal? {
        let refusal = unsafe pl_memory_refusal(state)
        guard refusal.size > 0 else { return nil }
        return LuaRefusal(
            size: Int(clamping: refusal.size), held: Int(clamping: refusal.held), isBlock: refusal.is_block)
    }

    /// Bytes that last words may have.
    public static let farewellSize = Int(PL_FAREWELL_SIZE)

    /// What the process writes to a descriptor before a script that cannot be stopped otherwise ends it: at most
    /// ``farewellSize`` bytes, or it says nothing. The last four bytes are the script's line then, the eight before the seconds
    /// of CPU time that it has used, which are `secondsUsed` now; both with the lowest byte first.
    public mutating func setFarewell(_ bytes: [UInt8], descriptor: Int32, secondsUsed: Double) {
        unsafe pl_set_farewell(state, descriptor, bytes, bytes.count, secondsUsed)
    }

    private func result() -> LuaValue {
        var length = 0
        let bytes = unsafe pl_result(state, &length)
        return unsafe LuaStream.decode(UnsafeRawBufferPointer(start: bytes, count: length))
    }

    private func check(_ verdict: pl_verdict) throws(LuaFailure) {
        guard let code = LuaFailure.Code(verdict) else { return }
        var count: Int32 = 0
        let lines = unsafe pl_traceback(state, &count)
        let line = unsafe Int(pl_line(state))
        let scriptLine = unsafe Int(pl_script_line(state))
        let file = unsafe String(cString: pl_file(state))
        throw unsafe LuaFailure(
            code: code, message: String(cString: pl_message(state)), file: file.isEmpty ? nil : file,
            line: line > 0 ? line : nil, scriptLine: scriptLine > 0 ? scriptLine : nil,
            traceback: UnsafeBufferPointer(start: lines, count: Int(count)).map(Int.init))
    }
}

extension LuaFailure.Code {
    init?(_ verdict: pl_verdict) {
        switch verdict {
        case PL_OK: return nil
        case PL_SYNTAX: self = .syntaxError
        case PL_INVALID: self = .invalidResult
        case PL_REFUSED: self = .refused
        case PL_OUTPUT: self = .outputLimit
        case PL_CPU: self = .cpuLimit
        case PL_FUEL: self = .fuelLimit
        case PL_MEMORY: self = .memoryLimit
        default: self = .luaError
        }
    }
}

/// Bills the work and the memory that the host spends for a script.
@safe public struct LuaMeter {
    private let box: HostBox

    init(box: HostBox) {
        self.box = box
    }

    /// Whether `bytes` more fit under the script's memory limit now.
    public func fits(_ bytes: Int) -> Bool {
        guard let state = unsafe box.state else { return true }
        return unsafe pl_fits(state, bytes)
    }

    /// Memory that an object of the script holds from now on (or gives back, when negative).
    public func billMemory(_ bytes: Int) {
        guard let state = unsafe box.state else { return }
        unsafe pl_bill_memory(state, Int64(bytes))
    }

    /// Work done natively, in units of about one Lua instruction.
    public func billWork(_ units: Int) {
        guard let state = unsafe box.state else { return }
        unsafe pl_bill_work(state, UInt64(units))
    }

    /// Whether the script has used up its time or its fuel. Long native loops ask now and then and give up with
    /// ``LuaHostError/stopped``.
    public var isOver: Bool {
        guard let state = unsafe box.state else { return false }
        return unsafe pl_is_over(state)
    }

    /// Does work that is not the script's own, off its clock.
    public func offTheClock<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard let state = unsafe box.state else { return try body() }
        unsafe pl_pause_clock(state)
        defer { unsafe pl_resume_clock(state) }
        return try body()
    }
}
