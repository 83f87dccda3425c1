import ArgumentParser
import CivilCalendar
import Columnar
import Foundation
import MeasureModel
import Nightly
import Workers
import Workspace

struct EvalCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Evaluate one measure, or one expression over the group `g`; publishes nothing.",
        discussion: "Shows raw cells, small ones too: the output is for the author only.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The measure's file.", valueName: "MEASURE.lua")) var measure: String?
    @Option(help: ArgumentHelp("An expression over g, such as 'g.minutes:mean()'.", valueName: "LUA")) var expr: String?
    @Option(help: ArgumentHelp("A CSV that stands for the measure's dataset.", valueName: "FILE")) var csv: String?
    @OptionGroup var writing: FileWriting
    @Option(help: ArgumentHelp("The dataset of an expression.", valueName: "DATASET")) var from: String?
    @Option(help: ArgumentHelp("Group by these columns instead.", valueName: "a,b")) var by: String?
    @Option(help: ArgumentHelp("Evaluate for these periods instead.", valueName: "P")) var every: String?
    @Option(help: ArgumentHelp("Set a parameter. May be repeated.", valueName: "k=v")) var param: [String] = []
    @Option(help: ArgumentHelp("CPU seconds.", valueName: "S")) var cpu: Double?
    @Option(help: ArgumentHelp("Memory, in bytes or as 256MB.", valueName: "BYTES")) var memory: String?
    @Option(help: ArgumentHelp("Count instructions, and stop at so many.", valueName: "N")) var fuel: Int?
    @Option(help: ArgumentHelp("The day to look from (default: today).", valueName: "DATE")) var asOf: String?

    func execute(_ console: Console) throws -> ExitStatus {
        guard (measure == nil) != (expr == nil) else {
            throw UsageError("Give a measure's file or --expr, one of them.")
        }
        if let expr, expr.allSatisfy(\.isWhitespace) {
            throw UsageError("--expr is an expression over the group `g`, such as 'g.A1:mean()'.")
        }
        if let csv { return try run(try bareEvaluation(URL(filePath: csv)), console) }
        let workspace = try common.openWorkspace()
        let lock = try DataLock(workspace, .using)
        defer { lock.holdUntilHere() }
        return try run(try evaluation(in: workspace), console)
    }

    private func run(_ evaluation: Evaluation, _ console: Console) throws -> ExitStatus {
        defer { evaluation.cleanUp() }
        if let dataset = evaluation.chosenDataset {
            console.say("Of the dataset `\(dataset)`; name another with --from.")
        }
        let outcome = try TaskRunner(pool: evaluation.pool, scopes: evaluation.scopes).run(evaluation.tasks)
        if let notice = evaluation.pool.missingProtections.notice { console.say(notice) }
        let report = EvalReport(evaluation.tasks, outcome.results)
        console.emit(report.json)
        console.show(report.text)
        if !report.isEmpty { console.say("Raw values, small cells too: for you alone, not for publishing.") }
        guard let failure = report.failure else { return .done }
        console.complain(ErrorReport(failure).text)
        return .measure
    }

    /// Tasks with their data, and what to remove afterwards.
    private struct Evaluation {
        var tasks: [PlannedTask]
        var scopes: [String?: WorkerScope]
        var pool: WorkerPool
        var temporaryFolder: URL?
        /// The dataset of an expression that named none, where there are several.
        var chosenDataset: String?

        func cleanUp() {
            if let temporaryFolder { try? FileManager.default.removeItem(at: temporaryFolder) }
        }
    }

    // MARK: What to evaluate

    private func file(in workspace: Workspace?) throws -> MeasureFile {
        if let measure {
            guard let file = try MeasureFile.at(URL(filePath: measure), workspace).first else {
                throw UsageError("There is no measure in \(measure).")
            }
            return file
        }
        let dataset = from ?? workspace?.config.datasets.first?.name ?? "data"
        let source = """
            return measure { id = "expr", version = "0.0.0", title = "expression", domain = "quality", \
            type = "quality", unit = "value", from = "\(dataset)", value = function(g, p) return \(expr ?? "") end }
            """
        return MeasureFile.unsaved(Script(name: "expr", source: Array(source.utf8)), workspace)
    }

    private func loaded(
        _ file: MeasureFile, _ descriptions: [DatasetDescription], _ config: WorkspaceConfig?, _ pool: WorkerPool
    ) throws -> LoadedMeasure {
        let loader = MeasureLoader(
            pool: pool, descriptions: descriptions, config: config ?? WorkspaceConfig(), memory: nil)
        guard let loaded = try loader.load([file], runTests: false).first else {
            throw UsageError("There is no measure.")
        }
        return loaded
    }

    private func overrides(_ limits: EvaluationLimits) throws -> TaskPlanner.Overrides {
        var limits = limits
        if let cpu {
            guard cpu > 0, cpu < 86_400 else { throw UsageError("--cpu is a number of seconds above 0.") }
            limits.cpuSeconds = cpu
        }
        if let memory {
            guard let bytes = Quantity.bytes(memory) else {
                throw UsageError("--memory is a size of at least 1MB, such as 256MB.")
            }
            limits.memory = bytes
            if let block = limits.block { limits.block = min(block, bytes) }
        }
        if let fuel {
            guard fuel > 0 else { throw UsageError("--fuel is a number of instructions above 0.") }
            limits.fuel = fuel
        }
        return TaskPlanner.Overrides(
            by: by.map { [$0.split(separator: ",").map(String.init)] }, every: try period(), params: try params(),
            limits: limits, allowsAnyResult: true)
    }

    private func period() throws -> PeriodKind? {
        guard let every else { return nil }
        guard let kind = PeriodKind(rawValue: every) else {
            throw UsageError("--every is one of \(PeriodKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return kind
    }

    private func params() throws -> [ParameterValue] {
        try param.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = Double(parts[1]), value.isFinite else {
                throw UsageError("--param is written name=number, not `\(text)`.")
            }
            return ParameterValue(name: parts[0], value: value)
        }
    }

    // MARK: In a workspace

    private func evaluation(in workspace: Workspace) throws -> Evaluation {
        if let from { _ = try workspace.dataset(from) }
        let scopes = try workspace.dataScopes(try workspace.openStoreForReading())
        let pool = try Installation.pool(1, sandbox: Installation.sandbox(of: workspace))
        var measures = [try loaded(try file(in: workspace), workspace.descriptions, workspace.config, pool)]
        if let failure = measures[0].failure { throw failure }
        MeasureCheck(workspace) { scopes[$0] }.check(&measures)
        measures[0].findings.removeAll { $0.rule == Finding.rowAccessRule }  // its author may look at rows here
        if let failure = measures[0].obstacle { throw failure }
        let owner = measures[0].file.network
        guard let scope = scopes[owner], let definition = measures[0].definition else {
            throw UsageError("There is no measure.")
        }
        guard scope.schema(of: definition.from) != nil else {
            throw WorkspaceError(
                .badInput, "The dataset `\(definition.from)` has no data yet: `plumb import \(definition.from) FILE`.")
        }
        let planner = TaskPlanner(workspace, asOf: try AsOf.day(asOf, workspace))
        let tasks = try planner.tasks(
            measures[0], number: 0, scope: scope,
            overrides: try overrides(planner.limits(definition, of: measures[0].file)))
        for task in tasks {
            try requireColumns(task.key.dimensions, scope.schema(of: definition.from) ?? [:], definition.from)
        }
        let names = Set([definition.from] + definition.with)
        try LoadCheck(workspace.loads).require(scope.loads(of: names))
        let isChosen = expr != nil && from == nil && workspace.config.datasets.count > 1
        return Evaluation(
            tasks: tasks, scopes: [owner: scope.workerScope(datasets: names)], pool: pool,
            chosenDataset: isChosen ? definition.from : nil)
    }

    private func requireColumns(_ dimensions: [String], _ schema: [String: String], _ place: String) throws {
        for dimension in dimensions where schema[dimension] == nil && dimension != "network" {
            let near = Workspace.suggestion(dimension, schema.keys.sorted())
            throw Failure(.refused, "\(place) has no column `\(dimension)` to group by\(near)")
        }
    }

    // MARK: On a bare CSV

    private func bareEvaluation(_ csv: URL) throws -> Evaluation {
        // In a workspace the file is read as its dataset's files are.
        let workspace = try common.openWorkspaceIfAny()
        let pool = try Installation.pool(1, sandbox: Installation.sandbox(of: workspace))
        let loaded = try loaded(try file(in: workspace), [], workspace?.config, pool)
        if let failure = loaded.obstacle { throw failure }
        guard let definition = loaded.definition else { throw UsageError("There is no measure.") }
        let codebook = workspace?.codebook(of: definition.from) ?? Codebook()
        let table = try BareTable.read(csv, codebook, format: try writing.format())
        let schema = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, "") })
        for column in definition.columns ?? [] where schema[column] == nil {
            let near = Workspace.suggestion(column, schema.keys.sorted())
            throw Failure(
                .refused, "no column `\(column)` in \(csv.lastPathComponent)\(near)", file: loaded.file.script.name,
                line: definition.lines["columns.\(column)"])
        }
        let overrides = try overrides(EvaluationLimits())
        if let every = overrides.every, every != .all {
            throw UsageError("A bare CSV has no periods; import it into a workspace, or leave --every out.")
        }
        if let by = overrides.by { try requireColumns(by[0], schema, csv.lastPathComponent) }
        let groupings = overrides.by ?? definition.by.filter { $0.allSatisfy { schema[$0] != nil } }
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let file = folder.appending(path: "data.arrow")
        try BareTable.write(table, to: file)
        let scope = WorkerScope(
            files: [.init(path: file.path, dataset: definition.from, network: nil)],
            datasets: [
                DatasetDescription(
                    name: definition.from, dataClass: "unclassified", persons: .row, items: codebook.items,
                    scales: codebook.scales)
            ])
        let tasks = try BareTasks(loaded.file.script, definition, overrides, asOf: try AsOf.day(asOf, nil)).tasks(
            groupings)
        let isChosen = expr != nil && from == nil && workspace?.config.datasets.count ?? 0 > 1
        return Evaluation(
            tasks: tasks, scopes: [nil: scope], pool: pool, temporaryFolder: folder,
            chosenDataset: isChosen ? definition.from : nil)
    }
}
