import MeasureModel
import TabularIO

/// Reads a file of a dataset as tables by network: puts plan, periods and keys together for ``TableImporter``.
struct TableReader {
    private let workspace: Workspace
    private let dataset: DatasetConfig
    private let codebook: Codebook
    private let source: CodebookSource?
    private let request: ImportRequest
    private let knownKeys: KnownKeys
    private let periods: RowPeriods

    init(
        workspace: Workspace, dataset: DatasetConfig, codebook: Codebook, source: CodebookSource?,
        request: ImportRequest, knownKeys: KnownKeys
    ) throws(WorkspaceError) {
        self.workspace = workspace
        self.dataset = dataset
        self.codebook = codebook
        self.source = source
        self.request = request
        self.knownKeys = knownKeys
        periods = try RowPeriods(dataset, label: request.period, calendar: workspace.calendar)
    }

    /// The finest period that the rows can be told apart by.
    var granularity: PeriodKind {
        periods.fixed?.kind ?? periods.kind
    }

    func read(_ choice: SourceChoice, of file: SourceFile) throws -> TableImporter.Outcome {
        try read(try choice.cells(of: file), file, sourceByte: choice.file.sourceByte)
    }

    private func read(
        _ cells: consuming CellTable, _ file: SourceFile, sourceByte: (Int) -> Int
    ) throws -> TableImporter.Outcome {
        let networks = workspace.config.networks.map(\.id)
        let plan = try ColumnPlan(
            header: cells.header, codebook: codebook, source: source, networks: networks.isEmpty ? [""] : networks,
            fixedNetwork: networks.isEmpty ? nil : request.network ?? source?.network, file: file.name)
        try checkPeriods(plan, file)
        try checkPersons(plan, file)
        let importer = TableImporter(
            networks: networks.isEmpty ? nil : networks, fixedNetwork: try fixedNetwork(plan, networks, file),
            plan: plan, codebook: codebook, source: source, periods: periods, identifiers: identifiers,
            keys: dataset.keys, knownKeys: knownKeys, zone: workspace.config.timeZone)
        let outcome = try importer.read(cells, sourceByte: sourceByte)
        guard outcome.rowsRead > 0 else {
            throw WorkspaceError(
                .badInput, "\(file.name) has a header but no rows; nothing was imported.", file: file.path, line: 1,
                byte: 0)
        }
        guard !outcome.tables.isEmpty || outcome.rejects.count > request.maxRejects else {
            throw WorkspaceError(
                .badInput,
                "None of the \(outcome.rowsRead) rows of \(file.name) can be read; nothing was imported. Line "
                    + "\(outcome.rejects[0].line): \(outcome.rejects[0].reason).", file: file.path,
                line: outcome.rejects[0].line, byte: outcome.rejects[0].byte)
        }
        return outcome
    }

    /// Columns that name things: persons, dimensions, keys.
    private var identifiers: Set<String> {
        var names = Set(workspace.config.dimensions).union(dataset.personColumns).union(dataset.keys)
        if case .counts(_, let sites) = dataset.persons { names.formUnion(sites) }
        if let column = dataset.periodColumn { names.remove(column) }
        return names
    }

    private func fixedNetwork(
        _ plan: ColumnPlan, _ networks: [String], _ file: SourceFile
    ) throws(WorkspaceError) -> String? {
        let named = request.network ?? source?.network
        if let named, !networks.contains(named) {
            throw WorkspaceError(
                .unknownName, "plumbline.yaml has no network `\(named)`\(Workspace.endProposing(named, networks))")
        }
        if plan.networkPlace != nil || networks.isEmpty { return nil }
        if let network = named ?? (networks.count == 1 ? networks[0] : nil) { return network }
        throw WorkspaceError(
            .badInput,
            "\(file.name) has no column `network`: say whose rows it holds with --network "
                + "(\(networks.joined(separator: ", "))), or map a column to it in the codebook.",
            file: file.path, line: 1)
    }

    /// The columns that tell persons apart must be there: nobody could be counted without them.
    private func checkPersons(_ plan: ColumnPlan, _ file: SourceFile) throws(WorkspaceError) {
        let needed: [String] =
            switch dataset.persons {
            case .row: []
            case .column(let name): [name]
            case .counts(let count, let sites): [count] + sites.filter { $0 != "network" }
            }
        guard let missing = needed.first(where: { !plan.columns.contains($0) }) else { return }
        throw WorkspaceError(
            .badInput,
            "\(file.name) has no column `\(missing)`, by which the persons of `\(dataset.name)` are counted"
                + "\(Workspace.suggestion(missing, plan.columns)); map one to it in the codebook, or say "
                + "`person: row` in plumbline.yaml.", file: file.path, line: 1)
    }

    private func checkPeriods(_ plan: ColumnPlan, _ file: SourceFile) throws(WorkspaceError) {
        guard let column = dataset.periodColumn else {
            guard periods.fixed == nil else {
                throw WorkspaceError(
                    .badInput,
                    "The dataset `\(dataset.name)` has no `period` in plumbline.yaml, so --period means nothing.")
            }
            return
        }
        if dataset.periodKind == .day, let type = codebook.columns[column]?.type, ![.date, .timestamp].contains(type) {
            throw WorkspaceError(
                .badCodebook,
                "The codebook calls `\(column)` \(type.rawValue), but it says when rows of `\(dataset.name)` were: call it "
                    + "date or timestamp, or say the `kind` of its labels in plumbline.yaml.", file: dataset.codebook)
        }
        let hasColumn = plan.columns.contains(column)
        if hasColumn, periods.fixed != nil {
            throw WorkspaceError(
                .badInput, "\(file.name) has the column `\(column)` that says when rows were; leave --period out.",
                file: file.path, line: 1)
        }
        if !hasColumn, periods.fixed == nil {
            throw WorkspaceError(
                .badInput,
                "\(file.name) has no column `\(column)` that says when rows were"
                    + "\(Workspace.suggestion(column, plan.columns)); map one to it in the codebook, or say --period.",
                file: file.path, line: 1)
        }
    }
}
