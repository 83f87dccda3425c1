import Columnar
import Foundation
import MeasureModel
import TabularIO

/// `plumb import`: files become loads of datasets, all of them whole or none at all.
public struct Importer {
    private let workspace: Workspace
    private let store: Store

    /// An importer into a workspace.
    public init(_ workspace: Workspace, _ store: Store) {
        self.workspace = workspace
        self.store = store
    }

    /// Imports a file.
    ///
    /// - Throws: ``WorkspaceError``; the dataset is then as it was.
    public func run(_ request: ImportRequest) throws -> ImportReport {
        try run([request])[0]
    }

    /// Imports files, as one: when one of them cannot be imported, none is. `progress` is told how many were read.
    ///
    /// - Throws: ``WorkspaceError``; the datasets are then as they were.
    public func run(
        _ requests: [ImportRequest], progress: (Int) -> Void = { _ in }
    ) throws -> [ImportReport] {
        let lock = try DataLock(workspace, .using)
        defer { lock.holdUntilHere() }
        var drafts: [Draft] = []
        for request in requests {
            let replaced = requests.filter { $0.dataset == request.dataset }.map(\.loadName)
            drafts.append(try draft(request, after: drafts, replacing: replaced))
            progress(drafts.count)
        }
        var kept = drafts.filter { !$0.request.isDryRun }
        for index in kept.indices {
            kept[index].load.files = try written(kept[index])
        }
        // Listed before the loads are added: a full disk stops all of it.
        var lists = RejectLists()
        defer { lists.discard() }
        for draft in kept { try lists.add(draft.report, workspace) }
        let added = try store.add(kept.map(\.load))
        try lists.publish()
        return try drafts.map { try finish($0, isNew: added.contains($0.load.id)) }
    }

    /// Writes the tables of a file; the waits for the disk fall together.
    private func written(_ draft: Draft) throws(WorkspaceError) -> [LoadFile] {
        let (tables, load, folder) = (draft.outcome.tables.map(\.table), draft.load, workspace.loads)
        return try Parallel.map(tables.count, scratch: {}) { index, _ throws(WorkspaceError) in
            try folder.write(tables[index], load.files[index], dataset: load.dataset)
        }
    }

    /// Completes the report.
    private func finish(_ draft: Draft, isNew: Bool) throws -> ImportReport {
        var report = draft.report
        report.snapshotID = try store.snapshot(of: report.dataset).id
        guard !draft.request.isDryRun else { return report }
        report.isUnchanged = !isNew
        if !report.rejects.isEmpty {
            report.rejectFile = workspace.rejectFile(dataset: report.dataset, load: report.load)
        }
        return report
    }

    /// A file that was read, before anything is kept.
    private struct Draft {
        var request: ImportRequest
        var outcome: TableImporter.Outcome
        var load: LoadRecord
        var report: ImportReport
    }

    /// Reads a file. Rows of the files before it count as loaded, those of loads that are being replaced do not.
    private func draft(
        _ request: ImportRequest, after others: [Draft], replacing names: [String]
    ) throws -> Draft {
        let dataset = try workspace.dataset(request.dataset)
        let file = try SourceFile(request.file, request.format)
        let hash = FileHash(file.bytes)
        let name = request.loadName
        let codebook =
            try request.codebook.map { try Workspace.codebook(at: $0) } ?? workspace.codebook(of: dataset.name)
        let choice = try SourceChoice(codebook, file, request.source, network: request.network)
        let loads = try store.snapshot(of: dataset.name).loads.filter { !names.contains($0.name) }
        var known = KnownKeys(dataset)
        try known.add(loads, workspace.loads)
        for other in others where other.load.dataset == dataset.name {
            for (network, table) in other.outcome.tables { known.add(table, network: network, load: other.load.name) }
        }
        let reader = try TableReader(
            workspace: workspace, dataset: dataset, codebook: codebook, source: choice.source, request: request,
            knownKeys: known)
        let outcome = try reader.read(choice, of: file)
        let files = outcome.tables.map { LoadFolder.describe($0.table, network: $0.network) }
        let earlier = loads + others.map(\.load).filter { $0.dataset == dataset.name }
        if let change = TypeChange.first(files, after: earlier) { throw change.error(file) }
        var report = report(dataset, name, outcome, files)
        guard outcome.rejects.count <= request.maxRejects else {
            throw tooManyRejects(outcome.rejects, report.rowsRead, request)
        }
        let load = LoadRecord(
            dataset: dataset.name, name: name, sourceFile: file.name, sourceHash: try hashed(hash, file),
            rejectedRows: outcome.rejects.count, granularity: reader.granularity.rawValue, files: files)
        report.loadID = load.id
        report.notes += choice.notes
        report.notes += twins(of: load, among: loads)
        return Draft(request: request, outcome: outcome, load: load, report: report)
    }

    private func hashed(_ hash: FileHash, _ file: SourceFile) throws(WorkspaceError) -> String {
        do {
            return try hash.value()
        } catch {
            throw file.failure(error)
        }
    }

    /// Other loads with the very same rows.
    private func twins(of load: LoadRecord, among loads: [LoadRecord]) -> [String] {
        loads.filter { $0.files.map(\.hash) == load.files.map(\.hash) && !load.files.isEmpty }.map {
            "The load `\($0.name)` has the very same rows: they now count twice. `plumb data remove` takes one out."
        }
    }

    private func report(
        _ dataset: DatasetConfig, _ name: String, _ outcome: TableImporter.Outcome, _ files: [LoadFile]
    ) -> ImportReport {
        var columns: [String: ImportReport.ColumnReport] = [:]
        var order: [String] = []
        for file in files {
            for column in file.columns {
                if columns[column.name] == nil { order.append(column.name) }
                let missing = (columns[column.name]?.missing ?? 0) + column.missing
                columns[column.name] = .init(name: column.name, type: column.type, missing: missing)
            }
        }
        let shown = order.filter { !$0.hasSuffix(HostColumns.missingSuffix) && $0 != HostColumns.period }
        let notes = shown.filter { HostColumns.groupMembers.contains($0) }.map {
            "The column `\($0)` is called like a verb of groups: scripts reach it with g:column(\"\($0)\")."
        }
        return ImportReport(
            dataset: dataset.name, load: name, loadID: "", snapshotID: "", isUnchanged: false,
            rowsRead: outcome.rowsRead, rowsByNetwork: files.map { ($0.network, $0.rowCount) },
            rejects: outcome.rejects, rejectFile: nil, columns: shown.compactMap { columns[$0] }, notes: notes)
    }

    private func tooManyRejects(_ rejects: [Reject], _ rows: Int, _ request: ImportRequest) -> WorkspaceError {
        let first = rejects.prefix(3).map { reject in
            "line \(reject.line)" + (reject.column.map { ", column `\($0)`" } ?? "") + ": \(reject.reason)"
        }
        return WorkspaceError(
            .tooManyRejects,
            "\(rejects.count) of \(rows) rows of \(request.file.lastPathComponent) cannot be read, more than "
                + "--max-rejects \(request.maxRejects); nothing was imported. \(first.joined(separator: "; "))",
            file: request.file.path, line: rejects.first?.line, byte: rejects.first?.byte)
    }
}
