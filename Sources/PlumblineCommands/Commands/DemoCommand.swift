import ArgumentParser
import Feed
import Foundation
import MeasureModel
import Nightly
import SampleData
import Workspace

struct DemoCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Make a sample workspace with generated data, and run its night.",
        discussion: "The same seed gives the same bytes. What was planted in the data stands in planted-truths.json.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The folder; it may exist, but no workspace in it.", valueName: "DIR")) var folder:
        String
    @Option(help: ArgumentHelp("What the data are generated from.", valueName: "N")) var seed: UInt64 = 1
    @Option(help: ArgumentHelp("How many networks the hub leads.", valueName: "N")) var networks = 4
    @Option(help: ArgumentHelp("About how many educators are in them.", valueName: "N")) var people = 480
    @Option(help: ArgumentHelp("Worker processes (default: one for each processor).", valueName: "N")) var workers: Int?

    func execute(_ console: Console) throws -> ExitStatus {
        let pool = try Installation.pool(workers, sandbox: .bestEffort)  // our own measures over data that are nobody's
        let target = URL(filePath: folder, directoryHint: .isDirectory)
        try WorkspaceTemplate.requireNoWorkspace(in: target)
        let sample = try SampleHub(seed: seed, networks: networks, people: people)
        try write(sample, to: target)
        let workspace = try Workspace.open(target)
        let store = try workspace.openStore()
        let rows = try load(sample, workspace, store, console)
        let night = Night(workspace, store: store, pool: pool, options: Night.Options(asOf: SampleHub.asOf))
        let letter = try night.run { console.progress("Evaluating", $0, $1) }
        let edition = try FeedEdition(workspace, store, audience: "hub")
        let site = target.appending(path: "site", directoryHint: .isDirectory)
        try FeedExport(edition).write(to: site)
        report(edition, letter, rows: rows, page: site.appending(path: "index.html"), console)
        return letter.failures.isEmpty ? .done : .findings
    }

    private func write(_ sample: SampleHub, to target: URL) throws {
        try WorkspaceTemplate.copyShipped("Measures", to: target)
        try ShippedPlugins.install(in: target)
        try WorkspaceTemplate.write(sample.files.map { ($0.path, $0.text) }, to: target)
    }

    /// Imports all exports; returns how many rows there are.
    private func load(
        _ sample: SampleHub, _ workspace: Workspace, _ store: Store, _ console: Console
    ) throws -> Int {
        let importer = Importer(workspace, store)
        var rows = 0
        for (index, export) in sample.imports.enumerated() {
            console.progress("Importing", index, sample.imports.count)
            let report = try importer.run(
                ImportRequest(
                    dataset: export.dataset, file: workspace.url.appending(path: export.path), name: export.name,
                    network: export.network))
            rows += report.rowsLoaded
        }
        console.progress("Importing", sample.imports.count, sample.imports.count)
        return rows
    }

    private func report(_ edition: FeedEdition, _ letter: RunLetter, rows: Int, page: URL, _ console: Console) {
        console.show(
            "Imported \(rows) rows of \(networks) networks from \(folder)/exports, evaluated \(edition.measures.count) "
                + "measures.\n")
        let overall = edition.observations.filter { $0.group.isEmpty }
        console.show(ObservationTable.text(Array(EditionShowCommand.newest(overall).prefix(16))))
        console.show("\n" + letter.text)
        console.show(
            """
            All of it: cd \(folder), then `plumb edition show`. What was planted in the data: planted-truths.json.
            The page: \(page.path)
            """)
        console.emit(
            .object([
                ("workspace", .string(page.deletingLastPathComponent().deletingLastPathComponent().path)),
                ("page", .string(page.path)), ("rows", .integer(rows)),
                ("measures", .integer(edition.measures.count)), ("night", letter.json),
            ]))
    }
}
