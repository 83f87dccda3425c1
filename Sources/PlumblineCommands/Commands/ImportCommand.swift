import ArgumentParser
import Foundation
import MeasureModel
import TabularIO
import Workspace

struct ImportCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Load an export into a dataset, whole or not at all.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The dataset.") var dataset: String
    @Argument(help: ArgumentHelp("The files.", valueName: "FILE")) var files: [String]
    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What the load is called (default: the file's name).", valueName: "NAME"))
    var name: String?
    @Option(help: ArgumentHelp("The file's format: csv.", valueName: "F")) var format = "csv"
    @Option(help: ArgumentHelp("The codebook's source that the file comes from.", valueName: "NAME")) var source:
        String?
    @Option(help: ArgumentHelp("A codebook instead of the dataset's own.", valueName: "F")) var codebook: String?
    @Option(help: ArgumentHelp("The network whose rows the file holds.", valueName: "ID")) var network: String?
    @Option(help: ArgumentHelp("The period that all rows belong to.", valueName: "P")) var period: String?
    @Option(help: ArgumentHelp("How many rows may be rejected.", valueName: "N")) var maxRejects = 0
    @OptionGroup var writing: FileWriting
    @Flag(help: "Read everything and keep nothing.") var dryRun = false

    func execute(_ console: Console) throws -> ExitStatus {
        guard format == "csv" else { throw UsageError("The format `\(format)` is not read; export the data as csv.") }
        guard !files.isEmpty else { throw UsageError("Say which file to import.") }
        guard name == nil || files.count == 1 else { throw UsageError("--as names one load; give one file.") }
        if let name, !Self.isLoadName(name) {
            throw UsageError("--as is a name of at most 120 bytes, without slashes and control characters.")
        }
        guard maxRejects >= 0 else { throw UsageError("--max-rejects is a number of rows, 0 or more.") }
        let delimited = try writing.format()
        let requests = files.map { request($0, delimited) }
        let loads = Dictionary(grouping: requests, by: \.loadName)
        if let name = requests.map(\.loadName).first(where: { (loads[$0] ?? []).count > 1 }) {
            throw UsageError("Two of the files would be the load `\(name)`; import them one by one, with --as.")
        }
        let workspace = try common.openWorkspace()
        let importer = Importer(workspace, try workspace.openStore())
        console.progress("Importing", 0, files.count)
        let reports = try importer.run(requests) { console.progress("Importing", $0, files.count) }
        for report in reports { console.say(text(report)) }
        console.emit(.object([("imports", .array(reports.map(json)))]))
        return .done
    }

    private static func isLoadName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 120 && !name.contains("/") && Failure.escaped(name) == name
    }

    private func request(_ file: String, _ format: DelimitedFormat) -> ImportRequest {
        ImportRequest(
            dataset: dataset, file: URL(filePath: file), name: name, source: source, network: network, period: period,
            maxRejects: maxRejects, isDryRun: dryRun, codebook: codebook.map { URL(filePath: $0) }, format: format)
    }

    private func text(_ report: ImportReport) -> String {
        let networks = report.rowsByNetwork.filter { !$0.network.isEmpty }.map { "\($0.network) \($0.rows)" }
        var lines = [
            "\(report.dataset)/\(report.load): \(report.rowsLoaded) of \(report.rowsRead) rows, \(report.columns.count) columns"
                + (networks.isEmpty ? "" : " (\(networks.joined(separator: ", ")))"),
            dryRun
                ? "nothing was kept (--dry-run)"
                : report.isUnchanged
                    ? "nothing changed: the same rows were loaded under this name before"
                    : "load \(report.loadID), snapshot \(report.snapshotID)",
        ]
        if let file = report.rejectFile {
            lines.append("\(report.rejects.count) rows were rejected, see \(file.path)")
        }
        lines += report.notes.map { "note: \($0)" }
        return lines.joined(separator: "\n")
    }

    private func json(_ report: ImportReport) -> JSON {
        .object([
            ("dataset", .string(report.dataset)), ("load", .string(report.load)), ("load_id", .string(report.loadID)),
            ("snapshot_id", .string(report.snapshotID)), ("unchanged", .bool(report.isUnchanged)),
            ("dry_run", .bool(dryRun)), ("rows_read", .integer(report.rowsRead)),
            ("rows_loaded", .integer(report.rowsLoaded)), ("rows_rejected", .integer(report.rejects.count)),
            ("networks", .object(report.rowsByNetwork.map { ($0.network, .integer($0.rows)) })),
            ("reject_file", .optional(report.rejectFile?.path)),
            (
                "columns",
                .array(
                    report.columns.map { column in
                        .object([
                            ("name", .string(column.name)), ("type", .string(column.type)),
                            ("missing", .integer(column.missing)),
                        ])
                    })
            ),
            ("notes", .array(report.notes.map(JSON.string))),
        ])
    }
}
