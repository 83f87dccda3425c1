import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import Workers
import Workspace

struct CheckCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Load definitions without data: fields, columns, lint.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("Measure files or folders (default: all of the workspace).", valueName: "PATH"))
    var paths: [String] = []

    func execute(_ console: Console) throws -> ExitStatus {
        let reading = try MeasureReading(common, console, paths)
        let modules = try reading.modules()
        let measures = try reading.load(runTests: false)
        var tally = CheckTally(console)
        for module in modules { tally.show(module.failure, module.findings, file: module.module.file) }
        for measure in measures { tally.show(measure.failure, measure.findings, file: measure.file.script.name) }
        let plugins = reading.pluginFindings(measures)
        tally.show(nil, plugins, file: "")
        let counted = "\(measures.count) measures" + (modules.isEmpty ? "" : ", \(modules.count) modules")
        console.say("\(counted) checked: \(tally.errors) errors, \(tally.warnings) warnings")
        console.emit(
            .object([
                ("measures", .array(measures.map(json))), ("modules", .array(modules.map(json))),
                ("plugins", .array(plugins.map(json))),
                ("errors", .integer(tally.errors)), ("warnings", .integer(tally.warnings)),
            ]))
        return tally.errors == 0 ? .done : .findings
    }

    private func json(_ measure: LoadedMeasure) -> JSON {
        .object([
            ("file", .string(measure.file.script.name)), ("id", .optional(measure.id)),
            ("error", measure.failure.map { ErrorReport($0).json } ?? .null),
            ("findings", .array(measure.findings.map(json))),
        ])
    }

    private func json(_ module: CheckedModule) -> JSON {
        .object([
            ("file", .string(module.module.file)), ("name", .string(module.module.name)),
            ("error", module.failure.map { ErrorReport($0).json } ?? .null),
            ("findings", .array(module.findings.map(json))),
        ])
    }

    private func json(_ finding: Finding) -> JSON {
        .object([
            ("severity", .string(finding.isError ? "error" : "warning")), ("rule", .string(finding.rule)),
            ("message", .string(finding.message)), ("line", .integer(finding.line)),
            ("column", .integer(finding.column)), ("file", .optional(finding.file)),
        ])
    }
}

/// Shows what was found and counts it. What is wrong with a module concerns every measure that requires it, and is said
/// once.
struct CheckTally {
    private let console: Console
    private let wording: (String) -> String
    private var shown: Set<String> = []
    private(set) var errors = 0
    private(set) var warnings = 0

    /// `wording` has the last word on each message.
    init(_ console: Console, wording: @escaping (String) -> String = { $0 }) {
        self.console = console
        self.wording = wording
    }

    mutating func show(_ failure: Failure?, _ findings: [Finding], file: String) {
        if let failure {
            let place = (failure.file ?? file) + (failure.line.map { ":\($0)" } ?? "")
            show("\(place): \(failure.message)", isError: true)
        }
        for finding in findings {
            let place = "\(finding.file ?? file):\(finding.line)"
            show("\(place): \(finding.message) [\(finding.rule)]", isError: finding.isError)
        }
    }

    /// A test that fails is an error.
    mutating func show(_ test: TestResult, file: String) {
        guard let problem = test.problem else { return }
        show("\(file)\(test.line.map { ":\($0)" } ?? ""): \(test.name): \(problem)", isError: true)
    }

    mutating func warn(_ text: String) {
        show(text, isError: false)
    }

    private mutating func show(_ text: String, isError: Bool) {
        guard shown.insert(text).inserted else { return }
        if isError { errors += 1 } else { warnings += 1 }
        console.show("\(isError ? console.red("error") : console.yellow("warning")) \(wording(text))")
    }
}

struct TestCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests inside the measure files.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("Measure files or folders (default: all of the workspace).", valueName: "PATH"))
    var paths: [String] = []

    func execute(_ console: Console) throws -> ExitStatus {
        let reading = try MeasureReading(common, console, paths)
        let measures = try reading.load(runTests: true)
        let stopped = reading.stoppedPlugins
        for plugin in stopped { console.show("\(console.red("error")) \(plugin)") }
        var passed = 0
        var failed = stopped.count
        for measure in measures {
            let name = measure.file.script.name
            if let failure = measure.failure {
                failed += 1
                let place = (failure.file ?? name) + (failure.line.map { ":\($0)" } ?? "")
                console.show("\(console.red("error")) \(place): \(failure.message)")
            }
            for test in measure.tests ?? [] {
                if let problem = test.problem {
                    failed += 1
                    console.show(
                        "\(console.red("failed")) \(name)\(test.line.map { ":\($0)" } ?? ""): \(test.name): \(problem)")
                } else {
                    passed += 1
                }
            }
        }
        console.say("\(passed) tests passed, \(failed) failed, in \(measures.count) measures")
        console.emit(
            .object([
                ("measures", .array(measures.map(json))), ("plugins", .array(stopped.map(JSON.string))),
                ("passed", .integer(passed)), ("failed", .integer(failed)),
            ]))
        return failed == 0 ? .done : .findings
    }

    private func json(_ measure: LoadedMeasure) -> JSON {
        .object([
            ("file", .string(measure.file.script.name)), ("id", .optional(measure.id)),
            ("error", measure.failure.map { ErrorReport($0).json } ?? .null),
            (
                "tests",
                .array(
                    (measure.tests ?? []).map { test in
                        .object([
                            ("name", .string(test.name)), ("passed", .bool(test.problem == nil)),
                            ("problem", .optional(test.problem)), ("line", .optional(test.line)),
                        ])
                    })
            ),
        ])
    }
}

/// Measure files of the command line, read by workers and held against the workspace, where there is one.
struct MeasureReading {
    private let console: Console
    private let paths: [String]
    private let workspace: Workspace?
    private let pool: WorkerPool
    private let loader: MeasureLoader

    /// No paths are all of the workspace.
    init(_ common: CommonOptions, _ console: Console, _ paths: [String]) throws {
        self.console = console
        self.paths = paths
        workspace = paths.isEmpty ? try common.openWorkspace() : try common.openWorkspaceIfAny()
        pool = try Installation.pool(sandbox: Installation.sandbox(of: workspace))
        loader = MeasureLoader(
            pool: pool, descriptions: workspace?.descriptions ?? [],
            config: workspace?.config ?? WorkspaceConfig(), memory: nil)
    }

    /// The modules of plugins among the files.
    func modules() throws -> [CheckedModule] {
        if let workspace, paths.isEmpty { return try loader.check(CheckedModule.all(in: workspace)) }
        return try loader.check(paths.flatMap { CheckedModule.at(URL(filePath: $0), workspace) })
    }

    /// What is to be said of the plugins of a whole workspace.
    func pluginFindings(_ measures: [LoadedMeasure]) -> [Finding] {
        guard let workspace, paths.isEmpty else { return [] }
        return PluginFindings.all(in: workspace, measures)
    }

    /// The plugins of a whole workspace that do not run, each with the reason.
    var stoppedPlugins: [String] {
        paths.isEmpty ? workspace?.plugins.refusals ?? [] : []
    }

    func load(runTests: Bool) throws -> [LoadedMeasure] {
        let files: [MeasureFile]
        if let workspace, paths.isEmpty {
            files = MeasureFile.all(in: workspace)
        } else {
            files = try paths.flatMap { try MeasureFile.at(URL(filePath: $0), workspace) }
        }
        var measures = try loader.load(files, runTests: runTests)
        if let notice = pool.missingProtections.notice { console.say(notice) }
        if let workspace {
            let lock = try DataLock(workspace, .using)
            defer { lock.holdUntilHere() }
            let scopes = try workspace.dataScopes(try workspace.openStoreForReading())
            if !runTests {
                let datasets = Set(measures.compactMap(\.definition).flatMap { [$0.from] + $0.with })
                try LoadCheck(workspace.loads).require(scopes[nil]?.loads(of: datasets) ?? [])
            }
            MeasureCheck(workspace) { scopes[$0] }.check(&measures)
        }
        return measures
    }
}
