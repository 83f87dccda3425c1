/// Why a measure could not be loaded, tested or evaluated, in words its author can act on.
public struct Failure: Error, Equatable, Sendable {
    /// The kinds, as the contract names them.
    public enum Code: String, Sendable, CaseIterable {
        case syntaxError = "syntax_error"
        /// The file is no measure, or asks for something that is not there.
        case refused
        case luaError = "lua_error"
        case invalidResult = "invalid_result"
        case cpuLimit = "cpu_limit"
        case memoryLimit = "memory_limit"
        case fuelLimit = "fuel_limit"
        case outputLimit = "output_limit"
        /// The worker died or had to be killed.
        case crashed
        /// A test inside the file failed.
        case testFailed = "test_failed"

        /// Whether it ends the task; other failures concern one group.
        public var stopsTheMeasure: Bool {
            switch self {
            case .luaError, .invalidResult: false
            default: true
            }
        }

        /// Whether a limit was violated: such a measure is not run again that night, in no grouping.
        public var isViolation: Bool {
            switch self {
            case .cpuLimit, .memoryLimit, .fuelLimit, .outputLimit, .crashed: true
            case .syntaxError, .refused, .luaError, .invalidResult, .testFailed: false
            }
        }
    }

    /// The kind.
    public var code: Code
    /// What happened and what to do; may show data, so it is for the author only.
    public var message: String
    /// The file as its author knows it.
    public var file: String?
    /// The line in it.
    public var line: Int?
    /// Lines on the stack, innermost first, those in modules among them.
    public var traceback: [Int]
    /// The group in which it happened.
    public var group: GroupKey?
    /// The period's label.
    public var period: String?

    /// A failure.
    public init(
        _ code: Code, _ message: String, file: String? = nil, line: Int? = nil, traceback: [Int] = [],
        group: GroupKey? = nil, period: String? = nil
    ) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.traceback = traceback
        self.group = group
        self.period = period
    }

    /// A text from a script made fit for a terminal or a log: what cannot be seen is written out, and it has at most
    /// `limit` bytes.
    public static func escaped(_ text: some StringProtocol, limit: Int = 512) -> String {
        VisibleText.of(text, limit: limit)
    }

    /// The message with its place, at most `limit` bytes in all: file, line, group and period first, and of them no
    /// more than leaves room to say what happened.
    public func text(limit: Int = 512) -> String {
        var place = file.map { Self.escaped($0, limit: 100) + (line.map { ":\($0)" } ?? "") + ": " } ?? ""
        let surroundings = (group?.parts ?? []).map { "\($0.dimension)=\($0.value)" } + Self.named(period)
        if !surroundings.isEmpty {
            place += "[" + Self.escaped(surroundings.joined(separator: ", "), limit: 120) + "] "
        }
        return place + Self.escaped(message, limit: max(0, limit - place.utf8.count))
    }

    /// The one period of everything has no name that tells anything.
    private static func named(_ period: String?) -> [String] {
        period.map { $0 == PeriodKind.all.rawValue ? [] : [$0] } ?? []
    }
}
