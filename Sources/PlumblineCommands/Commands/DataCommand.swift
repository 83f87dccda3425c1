import ArgumentParser
import Foundation
import MeasureModel
import Workspace

struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Show datasets, loads and columns; take a load out.",
        subcommands: [DataShowCommand.self, DataRemoveCommand.self], defaultSubcommand: DataShowCommand.self)
}

struct DataShowCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show datasets, or one dataset's loads and columns.")

    @OptionGroup var common: CommonOptions
    @Argument(help: "The dataset (default: all).") var dataset: String?

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let store = try workspace.openStoreForReading()
        let configs = try dataset.map { [try workspace.dataset($0)] } ?? workspace.config.datasets
        let all = try store?.allLoads() ?? []
        let snapshots = try configs.map { config in
            try store?.snapshot(of: config.name) ?? Snapshot(dataset: config.name, loads: [])
        }
        console.show(
            dataset == nil
                ? Self.overview(snapshots) : snapshots.map { Self.detail($0, Self.outOfUse(all, $0)) }.joined())
        console.emit(
            .object([
                (
                    "datasets",
                    .array(snapshots.map { Self.json($0, Self.outOfUse(all, $0), workspace.loads) })
                )
            ]))
        return .done
    }

    /// Loads of a dataset that were replaced or taken out, and are still kept.
    private static func outOfUse(_ all: [LoadRecord], _ snapshot: Snapshot) -> [LoadRecord] {
        let used = Set(snapshot.loads.map(\.id))
        return all.filter { $0.dataset == snapshot.dataset && !used.contains($0.id) }
    }

    private static func overview(_ snapshots: [Snapshot]) -> String {
        var table = TextTable(["dataset", "loads", "rows", "columns", "snapshot"], rightAligned: [1, 2, 3])
        for snapshot in snapshots {
            table.add([
                snapshot.dataset, "\(snapshot.loads.count)", "\(snapshot.loads.reduce(0) { $0 + $1.rowCount })",
                "\(snapshot.columns.count)", snapshot.loads.isEmpty ? "" : snapshot.id,
            ])
        }
        return table.text
    }

    private static func detail(_ snapshot: Snapshot, _ outOfUse: [LoadRecord]) -> String {
        var loads = TextTable(["load", "rows", "rejected", "networks", "from", "id"], rightAligned: [1, 2])
        for load in snapshot.loads {
            loads.add([
                load.name, "\(load.rowCount)", "\(load.rejectedRows)",
                load.files.map(\.network).filter { !$0.isEmpty }.joined(separator: ","), load.sourceFile, load.id,
            ])
        }
        var table = TextTable(["column", "type", "missing"], rightAligned: [2])
        for column in snapshot.columns { table.add([column.name, column.type, "\(column.missing)"]) }
        return "\(snapshot.dataset)\n\n\(loads.text)\n\(table.text)" + (outOfUse.isEmpty ? "" : "\n" + kept(outOfUse))
    }

    private static func kept(_ loads: [LoadRecord]) -> String {
        var table = TextTable(["not in use", "rows", "from", "id"], rightAligned: [1])
        for load in loads { table.add([load.name, "\(load.rowCount)", load.sourceFile, load.id]) }
        return table.text + "Replaced or taken out, and kept until `plumb data remove LOAD --forget`.\n"
    }

    private static func json(_ snapshot: Snapshot, _ outOfUse: [LoadRecord], _ folder: LoadFolder) -> JSON {
        .object([
            ("name", .string(snapshot.dataset)), ("snapshot_id", .string(snapshot.id)),
            ("rows", .integer(snapshot.loads.reduce(0) { $0 + $1.rowCount })),
            (
                "loads",
                .array(
                    snapshot.loads.map { load in
                        .object([
                            ("name", .string(load.name)), ("id", .string(load.id)), ("rows", .integer(load.rowCount)),
                            ("rejected", .integer(load.rejectedRows)), ("file", .string(load.sourceFile)),
                            ("networks", .object(load.files.map { ($0.network, .integer($0.rowCount)) })),
                            ("arrow", .array(load.files.map { arrow($0, load, folder) })),
                        ])
                    })
            ),
            (
                "not_in_use",
                .array(
                    outOfUse.map { load in
                        .object([
                            ("name", .string(load.name)), ("id", .string(load.id)), ("rows", .integer(load.rowCount)),
                            ("file", .string(load.sourceFile)),
                        ])
                    })
            ),
            (
                "columns",
                .array(
                    snapshot.columns.map { column in
                        .object([
                            ("name", .string(column.name)), ("type", .string(column.type)),
                            ("missing", .integer(column.missing)),
                        ])
                    })
            ),
        ])
    }

    /// Where a network's rows are, for other tools.
    private static func arrow(_ file: LoadFile, _ load: LoadRecord, _ folder: LoadFolder) -> JSON {
        .object([
            ("network", .string(file.network)), ("rows", .integer(file.rowCount)),
            ("file", .string(folder.file(dataset: load.dataset, hash: file.hash).standardizedFileURL.path)),
        ])
    }
}
