import CivilCalendar
import DisclosureControl
import MeasureModel
import Workers
public import Workspace

/// What a night starts from: measures with their tests run, data as they are now, tasks, and the last edition.
struct NightInputs {
    let workspace: Workspace
    let policy: DisclosurePolicy
    let asOf: CivilDate
    private(set) var measures: [LoadedMeasure]
    private(set) var tasks: [PlannedTask] = []
    /// Measures that will not be evaluated, with the reason.
    private(set) var obstacles: [(measure: LoadedMeasure, failure: Failure)] = []
    /// Plugins of which nothing is evaluated.
    private(set) var stoppedPlugins: [StoppedPlugin] = []
    /// Series of the last edition by slot.
    let earlier: [String: (series: TaskSeries, hash: String)]
    /// Measures of the last edition whose values were forgotten with their data.
    private let forgotten: Set<String>
    /// Ids that are carried over without a look (`--only`).
    private(set) var carriedOver: Set<String> = []
    private let scopes: [String?: DataScope]

    init(
        _ workspace: Workspace, _ store: Store, _ pool: WorkerPool, _ options: Night.Options,
        lastEdition: EditionRecord?
    ) throws {
        self.workspace = workspace
        asOf = options.asOf
        policy = DisclosurePolicy(
            rules: workspace.config.privacy.mapValues { .init(minimum: $0.minimum, version: $0.version) })
        let scopes = try workspace.dataScopes(store)
        self.scopes = scopes
        try LoadCheck(workspace.loads).require(scopes[nil]?.loads() ?? [])
        (earlier, forgotten) = try Self.earlier(store, lastEdition)
        let loader = MeasureLoader(
            pool: pool, descriptions: workspace.descriptions, config: workspace.config, memory: store)
        measures = try loader.load(MeasureFile.all(in: workspace), runTests: true)
        let published = earlier.values.map { ($0.series.id, $0.series.scriptName) }
        MeasureCheck(workspace) { scopes[$0] }
            .check(&measures, published: Dictionary(published) { min($0, $1) })
        try plan(options)
    }

    private static func earlier(
        _ store: Store, _ edition: EditionRecord?
    ) throws -> (series: [String: (series: TaskSeries, hash: String)], forgotten: Set<String>) {
        guard let edition else { return ([:], []) }
        var earlier: [String: (series: TaskSeries, hash: String)] = [:]
        var forgotten: Set<String> = []
        for (slot, task) in try store.tasks(of: edition.number) {
            guard let record = try store.task(task.task), let series = try? TaskSeries(wireBytes: record.result) else {
                forgotten.insert(task.measure)
                continue
            }
            earlier[slot] = (series, task.task)
        }
        return (earlier, forgotten)
    }

    private mutating func plan(_ options: Night.Options) throws {
        let planner = TaskPlanner(workspace, asOf: asOf)
        let settings = MeasureSettingsReader(workspace.config)
        try stopPlugins(options)
        for (number, measure) in measures.enumerated() {
            let isForgotten = measure.id.map(forgotten.contains) ?? false
            if let only = options.only, !only.contains(where: { $0 == measure.id }), !isForgotten {
                if let id = measure.id { carriedOver.insert(id) }
                continue
            }
            if let definition = measure.definition,
                !settings.settings(definition, of: measure.file).isEnabled
            {
                continue
            }
            if let failure = measure.obstacle {
                obstacles.append((measure, failure))
                continue
            }
            guard let scope = scopes[measure.file.network], hasData(measure, scope) else { continue }
            do {
                tasks += try planner.tasks(measure, number: number, scope: scope)
            } catch {
                obstacles.append((measure, error))
            }
        }
    }

    /// Sets aside the plugins that may not run; with `--only` those that are not meant stay as they were.
    private mutating func stopPlugins(_ options: Night.Options) throws(WorkspaceError) {
        let published = Set(earlier.values.map(\.series.id))
        let stopped = StoppedPlugin.all(in: workspace.plugins, publishing: published)
        guard let only = options.only else {
            stoppedPlugins = stopped
            return
        }
        try checkNames(only, published.filter { id in stopped.contains { $0.owns(id) } })
        for plugin in stopped {
            if only.contains(where: plugin.owns) {
                stoppedPlugins.append(plugin)
            } else {
                carriedOver.formUnion(published.filter(plugin.owns))
            }
        }
    }

    private func checkNames(_ only: [String], _ stopped: Set<String>) throws(WorkspaceError) {
        let known = measures.compactMap(\.id) + stopped
        for name in only where !known.contains(name) {
            throw WorkspaceError(.unknownName, "There is no measure `\(name)`\(Workspace.endProposing(name, known))")
        }
    }

    /// A measure whose dataset was never loaded has nothing to say yet.
    private func hasData(_ measure: LoadedMeasure, _ scope: DataScope) -> Bool {
        measure.definition.map { scope.schema(of: $0.from) != nil } ?? false
    }

    /// The files that the owners of tasks may see, of the datasets that their tasks use.
    func workerScopes(for tasks: [PlannedTask]) -> [String?: WorkerScope] {
        var datasets: [String?: Set<String>] = [:]
        for task in tasks {
            datasets[task.owner, default: []].formUnion(
                workspace.config.datasetsRead(from: task.definition.from, with: task.definition.with))
        }
        var result: [String?: WorkerScope] = [:]
        for (owner, names) in datasets { result[owner] = scopes[owner]?.workerScope(datasets: names) }
        return result
    }
}

extension Workspace {
    /// The data of the hub and of each network, as they are now.
    public func dataScopes(_ store: Store?) throws(WorkspaceError) -> [String?: DataScope] {
        var snapshots: [String: Snapshot] = [:]
        for dataset in config.datasets {
            snapshots[dataset.name] = try store?.snapshot(of: dataset.name)
        }
        var scopes: [String?: DataScope] = [nil: DataScope(self, snapshots: snapshots, network: nil)]
        for network in config.networks {
            scopes[network.id] = DataScope(self, snapshots: snapshots, network: network.id)
        }
        return scopes
    }
}
