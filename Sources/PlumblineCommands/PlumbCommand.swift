import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import Workers
import Workspace

/// A command that reports by exit status and speaks through a console.
protocol PlumbCommand: ParsableCommand {
    var common: CommonOptions { get }
    func execute(_ console: Console) throws -> ExitStatus
}

/// Options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The workspace's folder (default: the nearest one upwards).", valueName: "DIR"))
    var workspace: String?

    @Flag(help: "One JSON document on standard output, all human text on standard error.")
    var json = false

    @Flag(help: "Say nothing but results and errors.")
    var quiet = false

    @Flag(help: "No colours, even on a terminal.")
    var noColor = false
}

extension CommonOptions {
    /// The workspace that is meant.
    func openWorkspace() throws -> Workspace {
        try Workspace.open(try workspaceFolder())
    }

    func workspaceFolder() throws -> URL {
        if let workspace { return URL(filePath: workspace, directoryHint: .isDirectory) }
        return try Workspace.find(from: URL(filePath: FileManager.default.currentDirectoryPath))
    }

    /// The workspace that is meant, or nil when there is none and none was named.
    func openWorkspaceIfAny() throws -> Workspace? {
        do {
            return try openWorkspace()
        } catch let error as WorkspaceError where error.code == .noWorkspace && workspace == nil {
            return nil
        }
    }
}

/// The root of all commands.
struct Plumb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plumb",
        abstract: "Runs the measures that improvement networks write, and publishes one shared feed.",
        discussion: """
            Start with `plumb demo DIR` to see a whole workspace at work, or `plumb init DIR` to make your own.
            """,
        version: PlumblineVersion.current,
        subcommands: [
            InitCommand.self, DemoCommand.self, ImportCommand.self, DataCommand.self, CheckCommand.self,
            TestCommand.self, EvalCommand.self, NightlyCommand.self, EditionCommand.self, FeedCommand.self,
            PluginCommand.self, TypesCommand.self, DoctorCommand.self,
        ])
}

/// The program `plumb`, as a function, so that it can be tested.
public enum PlumbProgram {
    /// Runs a command line and returns the exit status of the contract.
    public static func run(_ arguments: [String]) -> Int32 {
        let wantsJSON = arguments.prefix { $0 != "--" }.contains("--json")
        do {
            var command = try Plumb.parseAsRoot(arguments)
            guard let plumb = command as? any PlumbCommand else {
                try command.run()
                return ExitStatus.done.rawValue
            }
            let console = Console(
                isJSON: plumb.common.json, isQuiet: plumb.common.quiet, noColor: plumb.common.noColor)
            do {
                return try plumb.execute(console).rawValue
            } catch {
                return report(ErrorReport(error), console)
            }
        } catch {
            return reportUsage(error, isJSON: wantsJSON)
        }
    }

    private static func report(_ report: ErrorReport, _ console: Console) -> Int32 {
        console.complain(report.text)
        console.emit(.object([("error", report.json)]))
        return report.status.rawValue
    }

    /// Help and version come as errors with the exit code 0.
    private static func reportUsage(_ error: any Error, isJSON: Bool) -> Int32 {
        let console = Console(isJSON: isJSON)
        guard Plumb.exitCode(for: error) != .success else {
            Console().show(Plumb.fullMessage(for: error))
            return ExitStatus.done.rawValue
        }
        console.complain(Plumb.fullMessage(for: error))
        let usage = ErrorReport(.usage, "usage", Plumb.message(for: error))
        console.emit(.object([("error", usage.json)]))
        return usage.status.rawValue
    }
}

/// Where the other parts of an installation are.
enum Installation {
    /// The worker's program: beside this one, or in `libexec`.
    static func worker() throws -> String {
        let candidates = [
            folder.appending(path: "plumb-worker"), folder.appending(path: "../libexec/plumbline/plumb-worker"),
        ]
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw WorkerError(
                .cannotStart, "The program `plumb-worker` is not beside `plumb` in \(folder.path): install both.")
        }
        return found.standardizedFileURL.path
    }

    /// Where folders that ship with the program are installed.
    static var sharedFolder: String { folder.appending(path: "../share/plumbline").standardizedFileURL.path }

    /// A folder that ships with the program (`Measures`): under `share`, or in the source tree it was built in.
    static func shared(_ name: String) -> URL? {
        var candidates = [URL(filePath: sharedFolder).appending(path: name)]
        var ancestor = folder
        for _ in 0..<5 {
            ancestor = ancestor.deletingLastPathComponent()
            if FileManager.default.fileExists(atPath: ancestor.appending(path: "Package.swift").path) {
                candidates.append(ancestor.appending(path: name))
            }
        }
        return candidates.first { FileManager.default.fileExists(atPath: $0.path) }?.standardizedFileURL
    }

    private static var folder: URL {
        let program = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        return program.resolvingSymlinksInPath().deletingLastPathComponent()
    }

    /// A pool of workers.
    static func pool(_ count: Int? = nil, sandbox: SandboxPolicy) throws -> WorkerPool {
        WorkerPool(
            executable: try worker(), size: count ?? ProcessInfo.processInfo.activeProcessorCount, sandbox: sandbox)
    }

    /// What to do where workers cannot be locked down whole: what the workspace says; where it says nothing or there is
    /// none, what the environment says; else run nothing.
    static func sandbox(of workspace: Workspace?) throws -> SandboxPolicy {
        if let stated = workspace?.config.sandbox { return stated }
        guard let text = ProcessInfo.processInfo.environment["PLUMB_SANDBOX"] else { return .required }
        guard let policy = SandboxPolicy(rawValue: text) else {
            let choices = SandboxPolicy.allCases.map(\.rawValue).joined(separator: " or ")
            throw UsageError("PLUMB_SANDBOX in the environment is \(choices), not `\(text)`.")
        }
        return policy
    }
}
