public import CivilCalendar
public import MeasureModel
public import Workspace

/// Makes tasks of definitions: groupings with ancestors, periods with boundaries, parameters, hashes.
public struct TaskPlanner {
    private let workspace: Workspace
    private let asOf: CivilDate
    private let settings: MeasureSettingsReader

    /// A planner for a run that looks from `asOf`.
    public init(_ workspace: Workspace, asOf: CivilDate) {
        self.workspace = workspace
        self.asOf = asOf
        settings = MeasureSettingsReader(workspace.config)
    }

    /// What to plan otherwise than the definition says (`plumb eval`).
    public struct Overrides {
        /// Groupings instead of the definition's.
        public var by: [[String]]?
        /// A period instead of the definition's.
        public var every: PeriodKind?
        /// Parameters over those of plumbline.yaml.
        public var params: [ParameterValue]
        /// Limits instead of the workspace's.
        public var limits: EvaluationLimits?
        /// Whether strings, booleans and arrays may come back.
        public var allowsAnyResult: Bool

        /// Overrides; none by default.
        public init(
            by: [[String]]? = nil, every: PeriodKind? = nil, params: [ParameterValue] = [],
            limits: EvaluationLimits? = nil, allowsAnyResult: Bool = false
        ) {
            self.by = by
            self.every = every
            self.params = params
            self.limits = limits
            self.allowsAnyResult = allowsAnyResult
        }
    }

    /// The tasks of a measure, one for each grouping in order.
    ///
    /// - Throws: ``Failure`` when its parameters do not fit.
    public func tasks(
        _ measure: LoadedMeasure, number: Int, scope: DataScope, overrides: Overrides = Overrides()
    ) throws(Failure) -> [PlannedTask] {
        guard let definition = measure.definition, let id = measure.id else { return [] }
        let owner = measure.file.network
        let params = try definition.params(
            with: try settings.params(definition, of: measure.file) + overrides.params)
        let every = overrides.every ?? definition.every
        let task = Batch.Task(
            script: measure.file.script, form: definition.form,
            columns: definition.readableColumns(in: measure.file.plugin), with: definition.with, params: params,
            mayReadRows: overrides.allowsAnyResult || settings.mayReadRows(definition, of: measure.file),
            seed: seed(id), limits: overrides.limits ?? settings.limits(definition, of: measure.file))
        let periods = periods(every, definition.from, scope)
        var tasks: [PlannedTask] = []
        for (grouping, by) in (overrides.by ?? definition.by).enumerated() {
            let dimensions = workspace.config.withAncestors(by).filter { owner == nil || $0 != "network" }
            // With ancestors, and with the network fixed, groupings may come to the same.
            guard !tasks.contains(where: { $0.key.dimensions == dimensions }) else { continue }
            let batch = Batch(
                from: definition.from, dimensions: dimensions,
                fixedKey: GroupKey(owner.map { [GroupKey.Part("network", $0)] } ?? []), periods: periods, asOf: asOf,
                asOfInstant: workspace.calendar.instant(ofDay: asOf.adding(days: 1)),
                allowsAnyResult: overrides.allowsAnyResult, tasks: [task])
            let hasher = TaskHasher(workspace: workspace, scope: scope, batch: batch, task: task, asOf: asOf)
            tasks.append(
                PlannedTask(
                    measure: number, id: id, definition: definition, owner: owner, grouping: grouping,
                    key: .init(owner: owner, from: definition.from, dimensions: dimensions, every: every),
                    batch: batch, hash: hasher.hash, dataHash: hasher.dataHash, scriptHash: hasher.scriptHash,
                    preset: settings.settings(definition, of: measure.file).preset))
        }
        return tasks
    }

    /// What a measure may use, as `plumbline.yaml` says.
    public func limits(_ definition: MeasureDefinition, of file: MeasureFile) -> EvaluationLimits {
        settings.limits(definition, of: file)
    }

    /// All periods that rows of the dataset fall into, and those between them.
    private func periods(_ every: PeriodKind, _ dataset: String, _ scope: DataScope) -> [Period] {
        guard every != .all else { return [.all] }
        guard let column = workspace.config.dataset(dataset)?.rowPeriodColumn,
            let range = scope.dayRange(dataset, column)
        else { return every == .wave ? workspace.calendar.waves : [] }
        // A moment late in the day UTC may be the day after here, or the other way round.
        let first = range.lowerBound.adding(days: -1)
        let last = min(range.upperBound.adding(days: 1), asOf)
        return workspace.calendar.periods(every, from: first, through: last)
    }

    private func seed(_ id: String) -> UInt64 {
        UInt64(ContentHash.of("seed", id).prefix(16), radix: 16) ?? 0
    }
}

extension Script {
    /// The hash of its text and of its modules'.
    var contentHash: String {
        var hash = ContentHash()
        hash.add(source)
        for module in modules {
            hash.add("\0" + module.name)
            hash.add(module.source)
        }
        return hash.hex()
    }
}

/// The hash of everything that a task's result depends on.
struct TaskHasher {
    let dataHash: String
    let scriptHash: String
    let hash: String

    init(workspace: Workspace, scope: DataScope, batch: Batch, task: Batch.Task, asOf: CivilDate) {
        let datasets = workspace.config.datasetsRead(from: batch.from, with: task.with)
        var data = ContentHash()
        for name in datasets {
            data.add(name)
            data.add(workspace.descriptions.first { $0.name == name }?.wireBytes ?? [])
            let wanted = name == batch.from ? Self.columnsRead(workspace, batch, task) : nil
            for load in scope.snapshots[name]?.loads ?? [] {
                data.add(load.name)
                for file in load.files { Self.add(file, wanted, to: &data) }
            }
        }
        dataHash = data.hex()
        scriptHash = task.script.contentHash
        var all = ContentHash()
        let zone = workspace.config.timeZone
        for text in [PlumblineVersion.engine, PlumblineVersion.current, zone, dataHash, scriptHash] { all.add(text) }
        // The day counts only where rows or periods lie beyond it; whether the script asks for it shows when it runs.
        let isAllPast = datasets.allSatisfy { name in
            Self.lastDay(workspace, scope, name).map { $0 <= asOf } ?? true
        }
        all.add(isAllPast ? "past" : asOf.description)
        var inputs = batch
        inputs.asOf = CivilDate(day: 0)
        inputs.asOfInstant = 0
        inputs.tasks = [task]
        inputs.tasks[0].limits = EvaluationLimits()
        all.add(inputs.wireBytes)
        hash = all.hex()
    }

    private static func add(_ file: LoadFile, _ wanted: Set<String>?, to hash: inout ContentHash) {
        hash.add(file.network)
        hash.add("\(file.rowCount)")
        for column in file.columns {
            guard wanted?.contains(base(column.name)) ?? true else { continue }
            hash.add(column.name)
            hash.add(column.hash)
        }
    }

    /// The column that a companion belongs to. Asked of every column of every file for every task, so the last byte is
    /// looked at first.
    private static func base(_ name: String) -> String {
        guard name.utf8.last == HostColumns.missingSuffix.utf8.last, name.hasSuffix(HostColumns.missingSuffix) else {
            return name
        }
        return String(name.dropLast(HostColumns.missingSuffix.count))
    }

    /// Columns of the measure's own dataset that can enter its result; nil for all.
    private static func columnsRead(_ workspace: Workspace, _ batch: Batch, _ task: Batch.Task) -> Set<String>? {
        guard let declared = task.columns, let dataset = workspace.config.dataset(batch.from) else { return nil }
        var columns = Set(declared + batch.dimensions + ["network"])
        if let period = dataset.rowPeriodColumn { columns.insert(period) }
        switch dataset.persons {
        case .row: break
        case .column(let name): columns.insert(name)
        case .counts(let count, let sites): columns.formUnion([count] + sites)
        }
        return columns
    }

    private static func lastDay(_ workspace: Workspace, _ scope: DataScope, _ name: String) -> CivilDate? {
        guard let dataset = workspace.config.dataset(name) else { return nil }
        return [dataset.rowPeriodColumn, dataset.validFrom].compactMap { $0 }
            .compactMap { scope.dayRange(name, $0)?.upperBound }.max()
    }
}
