import ArgumentParser
import Columnar
import Feed
import MeasureModel
import PluginPackaging
import SampleData
import Workers
import Workspace

/// Any error as the contract wants it: an exit status, a code, a sentence, a place.
struct ErrorReport {
    var status: ExitStatus
    var code: String
    var message: String
    var file: String?
    var line: Int?
    var column: Int?
    var byte: Int?
    var group: GroupKey?
    /// The text for people of a measure's failure, which has its place in it.
    private var placed: String?

    init(_ error: any Error) {
        switch error {
        case let error as WorkspaceError:
            self.init(error)
        case let failure as Failure:
            self.init(
                .measure, failure.code.rawValue, Failure.escaped(failure.message), file: failure.file,
                line: failure.line)
            group = failure.group
            placed = failure.text(limit: Self.longestFailure)
        case let error as PluginError:
            self.init(
                error.code == .notReadable ? .store : .measure, error.code.rawValue, error.clause + ".",
                file: error.file, line: error.line)
        case let error as WorkerError:
            self.init(error.code == .protocolBroken ? .bug : .store, error.code.rawValue, error.description)
        case let error as FeedError:
            let isUsage = error.code == .noEdition || error.code == .unknownAudience
            self.init(isUsage ? .usage : .store, error.code.rawValue, error.description)
        case let error as ColumnarError:
            self.init(.store, "corrupt", error.description)
        case let error as SampleError:
            self.init(.usage, "usage", error.description)
        case let error as UsageError:
            self.init(.usage, "usage", error.message)
        default:
            self.init(.bug, "internal", "This is a bug of ours, please report it: \(error)")
        }
    }

    private init(_ error: WorkspaceError) {
        let status: ExitStatus =
            switch error.code.category {
            case .usage: .usage
            case .input: .badInput
            case .store: .store
            }
        self.init(status, error.code.rawValue, error.description, file: error.file, line: error.line)
        column = error.column
        byte = error.byte
    }

    init(_ status: ExitStatus, _ code: String, _ message: String, file: String? = nil, line: Int? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.file = file
        self.line = line
    }

    /// The text for people.
    var text: String {
        guard let placed else { return "error: \(VisibleText.of(message, keepingLines: true))" }
        return "error: \(placed) (\(code))"
    }

    /// With what stands before and behind it, a line has at most 512 bytes.
    private static let longestFailure = 512 - "error:  (invalid_result)".utf8.count

    /// The `error` object of `--json`.
    var json: JSON {
        var place: [(String, JSON)] = []
        if let file { place.append(("file", .string(file))) }
        if let line { place.append(("line", .integer(line))) }
        if let column { place.append(("column", .integer(column))) }
        if let byte { place.append(("byte", .integer(byte))) }
        if let group { place.append(("group", .object(group.parts.map { ($0.dimension, .string($0.value)) }))) }
        return .object([("code", .string(code)), ("message", .string(message)), ("at", .object(place))])
    }
}

/// A command was given something it does not understand.
struct UsageError: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

extension GroupKey {
    /// `network=a, role=teacher`; `all` for everything together.
    var text: String {
        parts.isEmpty ? "all" : VisibleText.of(parts.map { "\($0.dimension)=\($0.value)" }.joined(separator: ", "))
    }
}
