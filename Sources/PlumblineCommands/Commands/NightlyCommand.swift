import ArgumentParser
import CivilCalendar
import Foundation
import MeasureModel
import Nightly
import Workspace

struct NightlyCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightly",
        abstract: "Evaluate what changed, apply disclosure control, publish an edition, write the run letter.")

    @OptionGroup var common: CommonOptions
    @Option(help: ArgumentHelp("Worker processes (default: one for each processor).", valueName: "N")) var workers: Int?
    @Option(
        help: ArgumentHelp("Evaluate this measure only; the others are carried over. May be repeated.", valueName: "ID")
    )
    var only: [String] = []
    @Flag(help: "Evaluate everything, changed or not.") var full = false
    @Option(
        help: ArgumentHelp("The day to look from (default: today in the workspace's time zone).", valueName: "DATE"))
    var asOf: String?

    func execute(_ console: Console) throws -> ExitStatus {
        if let workers, workers < 1 { throw UsageError("--workers is at least 1.") }
        let workspace = try common.openWorkspace()
        var options = Night.Options(asOf: try AsOf.day(asOf, workspace))
        options.isFull = full
        options.only = only.isEmpty ? nil : only
        let pool = try Installation.pool(workers, sandbox: Installation.sandbox(of: workspace))
        let night = Night(workspace, store: try workspace.openStore(), pool: pool, options: options)
        let letter = try night.run { console.progress("Evaluating", $0, $1) }
        console.say(letter.text.trimmingCharacters(in: .newlines))
        if console.isQuiet { for line in letter.failureLines { console.complain(line) } }
        console.emit(letter.json)
        return letter.failures.isEmpty ? .done : .findings
    }
}

/// The day a run looks from.
enum AsOf {
    static func day(_ text: String?, _ workspace: Workspace?) throws -> CivilDate {
        guard let text else {
            return (workspace?.calendar ?? PeriodCalendar(WorkspaceConfig())).day(at: .now)
        }
        guard let date = CivilDate(text) else {
            throw UsageError("--as-of `\(text)` is not a date such as 2026-11-04.")
        }
        return date
    }
}
