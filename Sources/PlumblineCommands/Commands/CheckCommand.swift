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
        let measures = try MeasureReading(common, console).load(paths, runTests: false)
        var errors = 0
        var warnings = 0
        for measure in measures {
            if let failure = measure.failure {
                errors += 1
                let place = "\(measure.file.script.name)\(failure.line.map { ":\($0)" } ?? "")"
                console.show("\(console.red("error")) \(place): \(failure.message)")
            }
            for finding in measure.findings {
                if finding.isError { errors += 1 } else { warnings += 1 }
                let word = finding.isError ? console.red("error") : console.yellow("warning")
                console.show(
                    "\(word) \(measure.file.script.name):\(finding.line): \(finding.message) [\(finding.rule)]")
            }
        }
        console.say("\(measures.count) measures checked: \(errors) errors, \(warnings) warnings")
        console.emit(
            .object([
                ("measures", .array(measures.map(json))), ("errors", .integer(errors)),
                ("warnings", .integer(warnings)),
            ]))
        return errors == 0 ? .done : .findings
    }

    private func json(_ measure: LoadedMeasure) -> JSON {
        .object([
            ("file", .string(measure.file.script.name)), ("id", .optional(measure.id)),
            ("error", measure.failure.map { ErrorReport($0).json } ?? .null),
            (
                "findings",
                .array(
                    measure.findings.map { finding in
                        .object([
                            ("severity", .string(finding.isError ? "error" : "warning")),
                            ("rule", .string(finding.rule)),
                            ("message", .string(finding.message)), ("line", .integer(finding.line)),
                            ("column", .integer(finding.column)),
                        ])
                    })
            ),
        ])
    }
}

struct TestCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Run the tests inside the measure files.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("Measure files or folders (default: all of the workspace).", valueName: "PATH"))
    var paths: [String] = []

    func execute(_ console: Console) throws -> ExitStatus {
        let measures = try MeasureReading(common, console).load(paths, runTests: true)
        var passed = 0
        var failed = 0
        for measure in measures {
            let name = measure.file.script.name
            if let failure = measure.failure {
                failed += 1
                console.show(
                    "\(console.red("error")) \(name)\(failure.line.map { ":\($0)" } ?? ""): \(failure.message)")
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
                ("measures", .array(measures.map(json))), ("passed", .integer(passed)), ("failed", .integer(failed)),
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
    private let common: CommonOptions
    private let console: Console

    init(_ common: CommonOptions, _ console: Console) {
        self.common = common
        self.console = console
    }

    func load(_ paths: [String], runTests: Bool) throws -> [LoadedMeasure] {
        let workspace = paths.isEmpty ? try common.openWorkspace() : try common.openWorkspaceIfAny()
        let files: [MeasureFile]
        if let workspace, paths.isEmpty {
            files = try MeasureFile.all(in: workspace)
        } else {
            files = try paths.flatMap { try MeasureFile.at(URL(filePath: $0), workspace) }
        }
        let pool = try Installation.pool(sandbox: Installation.sandbox(of: workspace))
        let loader = MeasureLoader(
            pool: pool, descriptions: workspace?.descriptions ?? [],
            config: workspace?.config ?? WorkspaceConfig(), memory: nil)
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
