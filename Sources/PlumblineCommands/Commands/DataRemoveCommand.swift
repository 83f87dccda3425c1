import ArgumentParser
import MeasureModel
import Workspace

struct DataRemoveCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Take a load out of its dataset; with --forget, for good.",
        discussion: """
            A load that is taken out is used no more; its rows stay in the private folder, so that importing the file \
            again brings it back. With --forget its rows are gone: its files, what the store knows of them, what was \
            computed from the dataset, messages in run letters, and the list of its rejected rows. Published editions \
            stay. A name stands for all versions that were imported under it, an id (see `plumb data DATASET`) for one.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(
        help: ArgumentHelp(
            "The load: its name, `dataset/name` where several datasets have it, or its id.", valueName: "LOAD"))
    var load: String
    @Flag(help: "Remove its rows for good, from all that is kept; this cannot be undone.") var forget = false

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        return forget ? try forget(workspace, console) : try takeOut(workspace, console)
    }

    // MARK: Taking out

    private func takeOut(_ workspace: Workspace, _ console: Console) throws -> ExitStatus {
        let store = try workspace.openStore()
        let used = try workspace.config.datasets.flatMap { try store.snapshot(of: $0.name).loads }
        let choice = LoadChoice(load, among: used.map(ForgottenLoad.init))
        guard let found = try choice.meant.first else {
            let kept = LoadChoice(load, among: try store.allLoads().map(ForgottenLoad.init))
            guard try !kept.meant.isEmpty else { throw choice.unknown }
            throw WorkspaceError(
                .unknownName,
                "`\(load)` is not in use: it was replaced or taken out. `plumb data remove \(load) --forget` removes "
                    + "its rows for good.")
        }
        let snapshot = try store.remove(load: found.name, from: found.dataset)
        console.show(
            """
            \(found.fullName) is taken out; the dataset has \(Count.of(snapshot.loads.count, "load")) now
            Its rows are still kept; `plumb data remove \(found.fullName) --forget` removes them for good.
            """)
        console.emit(
            .object([
                ("dataset", .string(found.dataset)), ("load", .string(found.name)),
                ("snapshot_id", .string(snapshot.id)),
            ]))
        return .done
    }

    // MARK: Forgetting

    private func forget(_ workspace: Workspace, _ console: Console) throws -> ExitStatus {
        let lock = try DataLock(workspace, .forgetting)
        defer { lock.holdUntilHere() }
        let store = try workspace.openStore()
        let all = try store.allLoads()
        let choice = LoadChoice(
            load, among: all.map(ForgottenLoad.init) + (try store.interruptedForgetting()))
        let meant = try choice.meant
        guard let first = meant.first else { throw choice.unknown }
        let loads = all.filter { load in meant.contains { $0.id == load.id } }
        let report = try Forgetting(workspace, store).run(loads)
        let left = try store.allLoads().filter { $0.dataset == first.dataset && $0.name == first.name }
        let snapshot = try store.snapshot(of: first.dataset)
        console.show(text(first, loads, report, left, snapshot))
        console.emit(
            .object([
                ("dataset", .string(first.dataset)), ("load", .string(first.name)),
                ("snapshot_id", .string(snapshot.id)),
                ("forgotten", .array(report.loads.map { .string($0.id) })),
                ("removed_files", .integer(report.removedFiles)),
                ("same_rows_in", .array(report.loadsWithSameRows.map(JSON.string))),
                ("versions_left", .array(left.map { .string($0.id) })),
            ]))
        return .done
    }

    private func text(
        _ load: ForgottenLoad, _ loads: [LoadRecord], _ report: Forgetting.Report, _ left: [LoadRecord],
        _ snapshot: Snapshot
    ) -> String {
        let versions = loads.count > 1 ? " in all its \(loads.count) versions" : ""
        var lines = [
            "\(load.fullName) is forgotten\(versions): \(Count.of(report.removedFiles, "file")) removed; the dataset has "
                + "\(Count.of(snapshot.loads.count, "load")) now"
        ]
        if !report.loadsWithSameRows.isEmpty {
            lines.append(
                "note: \(report.loadsWithSameRows.joined(separator: ", ")) has some of the very same rows; they stay.")
        }
        if !left.isEmpty {
            let ids = left.map(\.id).joined(separator: ", ")
            lines.append("note: other versions of \(load.fullName) stay: \(ids).")
        }
        lines.append("Published editions stay as they are; the next night computes anew what used these rows.")
        return lines.joined(separator: "\n")
    }
}

/// Which load a person means.
private struct LoadChoice {
    private let text: String
    private let known: [ForgottenLoad]

    init(_ text: String, among known: [ForgottenLoad]) {
        self.text = text
        self.known = known
    }

    /// The load of an id, or all versions under a name.
    ///
    /// - Throws: ``UsageError`` when several datasets have the name.
    var meant: [ForgottenLoad] {
        get throws {
            if let one = known.first(where: { $0.id == text }) { return [one] }
            let named = known.filter { $0.name == text || $0.fullName == text }
            let names = Set(named.map(\.fullName)).sorted()
            guard names.count <= 1 else {
                throw UsageError(
                    "Several datasets have a load `\(text)`: say which of \(names.joined(separator: ", ")).")
            }
            return named
        }
    }

    /// Says what there is instead.
    var unknown: WorkspaceError {
        let names = Set(known.map(\.fullName)).sorted()
        let shown = names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", ..." : "")
        let there = names.isEmpty ? "there are no loads" : "there are \(shown); `plumb data DATASET` shows them"
        let near = Workspace.suggestion(text, known.map(\.name) + names)
        return WorkspaceError(.unknownName, "There is no load `\(text)`\(near); \(there).")
    }
}

extension ForgottenLoad {
    fileprivate init(_ load: LoadRecord) {
        self.init(id: load.id, dataset: load.dataset, name: load.name)
    }
}

/// Numbers of things.
private enum Count {
    static func of(_ number: Int, _ thing: String) -> String {
        "\(number) \(thing)\(number == 1 ? "" : "s")"
    }
}
