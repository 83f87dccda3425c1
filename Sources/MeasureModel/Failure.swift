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

        /// Limits and crashes stop the whole measure for the night; other failures concern one group.
        public var stopsTheMeasure: Bool {
            switch self {
            case .luaError, .invalidResult: false
            default: true
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
    /// Lines of the script on the stack, innermost first.
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

    /// A text whose letters stand in the order in which they are written: marks that turn text around are escaped.
    public static func withoutTurningMarks(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isTurning) else { return text }
        return text.unicodeScalars.map { isTurning($0) ? escape($0) : String($0) }.joined()
    }

    private static func isTurning(_ scalar: Unicode.Scalar) -> Bool {
        (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String { "\\u{\(String(scalar.value, radix: 16))}" }

    /// A text from a script made fit for a terminal or a log: control characters and marks that turn text around are
    /// escaped, and it has at most `limit` bytes.
    public static func escaped(_ text: some StringProtocol, limit: Int = 512) -> String {
        var result = ""
        var cut = 0  // where the text ends if it has to make room for "…"
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
            let piece = isTurning(scalar) || isControl ? escape(scalar) : String(scalar)
            guard result.utf8.count + piece.utf8.count <= limit else {
                return String(result.utf8.prefix(cut)).map { $0 + "…" } ?? "…"
            }
            result += piece
            if result.utf8.count + "…".utf8.count <= limit { cut = result.utf8.count }
        }
        return result
    }
}
