import CLuaShims

/// What one script may use. Everything is enforced in C; a script cannot see or change it.
public struct LuaLimits: Equatable, Sendable {
    /// Bytes in all: Lua's own and the host's columns that the script holds.
    public var memory = 256 << 20
    /// Bytes of one block of Lua memory.
    public var block = 64 << 20
    /// Seconds of CPU time over all calls; 0 for no limit.
    public var cpuSeconds = 10.0
    /// Instructions over all calls; 0 leaves them uncounted, which is about twice as fast.
    public var fuel: UInt64 = 0
    /// Bytes of one source text.
    public var source = 64 << 10
    /// Bytes of one result.
    public var result = 1 << 20
    /// Keys in one result.
    public var resultKeys: UInt32 = 10_000
    /// Levels of tables in one result.
    public var resultDepth: UInt32 = 16
    /// Bytes of printed text that are kept.
    public var logBytes = 64 << 10
    /// Printed lines that are kept.
    public var logLines: UInt32 = 1_000

    /// The defaults.
    public init() {}

    var shim: pl_limits {
        pl_limits(
            memory: memory, block: min(block, memory), cpu_seconds: cpuSeconds, fuel: fuel, source: source,
            result: result, result_keys: resultKeys, result_depth: resultDepth, log_bytes: logBytes,
            log_lines: logLines)
    }
}

/// Why a script did not finish.
public struct LuaFailure: Error, Equatable, Sendable {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        case syntaxError = "syntax_error"
        case luaError = "lua_error"
        case invalidResult = "invalid_result"
        case refused
        case outputLimit = "output_limit"
        case cpuLimit = "cpu_limit"
        case fuelLimit = "fuel_limit"
        case memoryLimit = "memory_limit"

        /// A sandbox that met one of these never runs Lua again.
        public var isSticky: Bool {
            switch self {
            case .outputLimit, .cpuLimit, .fuelLimit, .memoryLimit: true
            case .syntaxError, .luaError, .invalidResult, .refused: false
            }
        }
    }

    /// The kind.
    public var code: Code
    /// The script's or our words; may carry data of rows, so it is for the script's author only.
    public var message: String
    /// The file that `line` is in, the script's or a module's, where it is known.
    public var file: String?
    /// The line in it, where it is known.
    public var line: Int?
    /// The innermost line of the script itself; another than `line` inside a module.
    public var scriptLine: Int?
    /// The lines on the stack, innermost first, those in modules among them.
    public var traceback: [Int]

    /// A failure.
    public init(
        code: Code, message: String, file: String? = nil, line: Int? = nil, scriptLine: Int? = nil,
        traceback: [Int] = []
    ) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.scriptLine = scriptLine
        self.traceback = traceback
    }
}

/// What the memory limit was met with.
public struct LuaRefusal: Equatable, Sendable {
    /// Bytes of the block that was asked for.
    public var size: Int
    /// Bytes that were held then.
    public var held: Int
    /// Whether the block alone was larger than a block may be.
    public var isBlock: Bool
}

/// What a script used.
public struct LuaUsage: Equatable, Sendable {
    /// Seconds of CPU time in calls.
    public var cpuSeconds: Double
    /// The most bytes held at one time.
    public var memoryPeak: Int
    /// Instructions, when they were counted.
    public var fuel: UInt64?
}
