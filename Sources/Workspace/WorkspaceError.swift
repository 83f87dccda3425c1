import Configuration

/// Why a workspace cannot do what was asked, with the place to look at.
public struct WorkspaceError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure, as `error.code` shows them.
    public enum Code: String, Sendable {
        case noWorkspace = "no_workspace"
        case unknownName = "unknown_name"
        case badConfiguration = "bad_configuration"
        case badCodebook = "bad_codebook"
        case badInput = "bad_input"
        case tooManyRejects = "too_many_rejects"
        case notWritable = "not_writable"
        case locked
        case corrupt
        case storeFailure = "store_failure"

        /// Which exit status of the contract it belongs to.
        public var category: Category {
            switch self {
            case .noWorkspace, .unknownName: .usage
            case .badConfiguration, .badCodebook, .badInput, .tooManyRejects: .input
            case .notWritable, .locked, .corrupt, .storeFailure: .store
            }
        }
    }

    /// Whose business a failure is.
    public enum Category: Sendable {
        case usage, input, store
    }

    /// The kind.
    public var code: Code
    /// What is wrong and what to do, as a sentence.
    public var description: String
    /// The file it is about.
    public var file: String?
    /// The line in it, from 1.
    public var line: Int?
    /// The column in that line, from 1.
    public var column: Int?
    /// The byte in the file, from 0.
    public var byte: Int?

    /// An error.
    public init(
        _ code: Code, _ description: String, file: String? = nil, line: Int? = nil, column: Int? = nil,
        byte: Int? = nil
    ) {
        self.code = code
        self.description = description
        self.file = file
        self.line = line
        self.column = column
        self.byte = byte
    }
}

extension WorkspaceError {
    /// Reads a file that people write; what is wrong in it is of this kind.
    static func about<Result>(
        _ code: Code, _ read: () throws(ConfigError) -> Result
    ) throws(WorkspaceError) -> Result {
        do throws(ConfigError) {
            return try read()
        } catch {
            throw WorkspaceError(code, error.description, file: error.file, line: error.line, column: error.column)
        }
    }
}
