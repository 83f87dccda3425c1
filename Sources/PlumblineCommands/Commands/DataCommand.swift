import ArgumentParser
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
        let snapshots = try configs.map { config in
            try store?.snapshot(of: config.name) ?? Snapshot(dataset: config.name, loads: [])
        }
        console.show(dataset == nil ? Self.overview(snapshots) : snapshots.map(Self.detail).joined())
        console.emit(.object([("datasets", .array(snapshots.map(Self.json)))]))
        return .done
    }

    private static func overview(_ snapshots: [Snapshot]) -> String {
        var table = TextTable(["dataset", "loads", "rows", "columns", "snapshot"], rightAligned: [1, 2, 3])
        for snapshot in snapshots {
            table.add([
                snapshot.dataset, "\(snapshot.loads.count)", "\(snapshot.loads.reduce(0) { $0 + $1.rowCount })",
                "\(columns(snapshot).count)", snapshot.loads.isEmpty ? "" : snapshot.id,
            ])
        }
        return table.text
    }

    private static func detail(_ snapshot: Snapshot) -> String {
        var loads = TextTable(["load", "rows", "rejected", "networks", "from", "id"], rightAligned: [1, 2])
        for load in snapshot.loads {
            loads.add([
                load.name, "\(load.rowCount)", "\(load.rejectedRows)",
                load.files.map(\.network).filter { !$0.isEmpty }.joined(separator: ","), load.sourceFile, load.id,
            ])
        }
        var table = TextTable(["column", "type", "missing"], rightAligned: [2])
        for column in columns(snapshot) { table.add([column.name, column.type, "\(column.missing)"]) }
        return "\(snapshot.dataset)\n\n\(loads.text)\n\(table.text)"
    }

    /// Columns over all loads in the order in which they first come; a load that lacks one adds its rows as missing.
    private static func columns(_ snapshot: Snapshot) -> [LoadColumn] {
        var order: [String] = []
        var merged: [String: LoadColumn] = [:]
        let files = snapshot.loads.flatMap(\.files)
        for column in files.flatMap(\.columns)
        where !column.name.hasSuffix(HostColumns.missingSuffix) && column.name != HostColumns.period {
            if merged[column.name] == nil {
                order.append(column.name)
                merged[column.name] = column
                merged[column.name]?.missing = 0
            }
        }
        for file in files {
            for name in order {
                merged[name]?.missing += file.columns.first { $0.name == name }?.missing ?? file.rowCount
            }
        }
        return order.compactMap { merged[$0] }
    }

    private static func json(_ snapshot: Snapshot) -> JSON {
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
                        ])
                    })
            ),
            (
                "columns",
                .array(
                    columns(snapshot).map { column in
                        .object([
                            ("name", .string(column.name)), ("type", .string(column.type)),
                            ("missing", .integer(column.missing)),
                        ])
                    })
            ),
        ])
    }
}

struct DataRemoveCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a load out of its dataset; its history stays.")

    @OptionGroup var common: CommonOptions
    @Argument(
        help: ArgumentHelp(
            "The load: its name, `dataset/name` where several datasets have it, or its id.", valueName: "LOAD"))
    var load: String

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let store = try workspace.openStore()
        let all = try workspace.config.datasets.flatMap { try store.snapshot(of: $0.name).loads }
        let meant = all.filter { [$0.name, "\($0.dataset)/\($0.name)", $0.id].contains(load) }
        guard let found = meant.first else {
            throw WorkspaceError(
                .unknownName, "There is no load `\(load)`\(Workspace.suggestion(load, all.map(\.name))).")
        }
        guard meant.count == 1 else {
            let names = meant.map { "\($0.dataset)/\($0.name)" }.joined(separator: ", ")
            throw UsageError("Several datasets have a load `\(load)`: say which of \(names).")
        }
        let snapshot = try store.remove(load: found.name, from: found.dataset)
        console.show("\(found.dataset)/\(found.name) is taken out; the dataset has \(snapshot.loads.count) loads now")
        console.emit(
            .object([
                ("dataset", .string(found.dataset)), ("load", .string(found.name)),
                ("snapshot_id", .string(snapshot.id)),
            ]))
        return .done
    }
}
