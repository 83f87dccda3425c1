import DisclosureControl
import MeasureModel
import Workspace

/// What a night has to publish: fresh series, last good ones in the place of those that failed, and those that are
/// carried over.
struct NightResults {
    private struct Entry {
        var series: TaskSeries
        var hash: String
        var isStale: Bool
    }

    private let policy: DisclosurePolicy
    private var entries: [String: Entry] = [:]
    private var failures: [RunLetter.MeasureFailure] = []
    /// Groups that failed like the one that is named, by the place in ``failures``.
    private var furtherGroups: [Int: Int] = [:]
    private var failedTasks = 0
    /// Measures that failed and never had a value.
    private var withoutValue: [(definition: MeasureDefinition, id: String, owner: String?, script: Script)] = []
    private var failed: [PlannedTask] = []

    init(policy: DisclosurePolicy) {
        self.policy = policy
    }

    mutating func keep(_ series: TaskSeries, slot: String, hash: String) {
        entries[slot] = Entry(series: series, hash: hash, isStale: false)
    }

    /// The whole task failed.
    mutating func fail(_ task: PlannedTask, _ failure: Failure) {
        note(failure, of: task.id)
        failedTasks += 1
        failed.append(task)
    }

    /// A measure violated a limit: none of its tasks counts, finished, reused or not begun.
    mutating func stop(_ tasks: [PlannedTask], _ failure: Failure) {
        for task in tasks {
            entries[task.slot] = nil
            failed.append(task)
        }
        failedTasks += tasks.count
        if let task = tasks.first { note(failure, of: task.id) }
    }

    /// Some groups of a task failed; the first is named.
    mutating func failGroups(_ task: PlannedTask, _ result: TaskResult) {
        for failure in result.groups.compactMap(\.failure) { note(failure, of: task.id) }
        failedTasks += 1
    }

    /// A measure that fails in the same way in several groups is named once.
    private mutating func note(_ failure: Failure, of measure: String) {
        let known = failures.firstIndex { $0.measure == measure && $0.failure.code == failure.code }
        if let known {
            if failure.group != nil { furtherGroups[known, default: 0] += 1 }
        } else {
            failures.append(.init(measure: measure, failure: failure))
        }
    }

    /// Puts last good values in the place of what failed, carries over what was not looked at, and reports.
    mutating func take(_ inputs: NightInputs, _ letter: inout RunLetter) {
        for task in failed { fallBack(task, inputs) }
        for (measure, failure) in inputs.obstacles {
            note(failure, of: measure.id ?? measure.file.script.name)
            fallBack(measure, inputs)
        }
        let settings = MeasureSettingsReader(inputs.workspace.config)
        for plugin in inputs.stoppedPlugins {
            if let failure = plugin.failure { note(failure, of: plugin.name) }
            fallBack(inputs) { plugin.owns($0.id) && settings.settings($0.id, owner: $0.owner).isEnabled }
        }
        for (slot, old) in inputs.earlier where inputs.carriedOver.contains(old.series.id) {
            entries[slot] = Entry(series: old.series, hash: old.hash, isStale: false)
        }
        letter.notices = Set(entries.values.flatMap(\.series.notices)).sorted()
        letter.notices += inputs.stoppedPlugins.compactMap(\.notice)
        letter.notices += inputs.workspace.plugins.unlocked.map { InstalledPlugins.unlockedText($0) + "." }
        letter.failed = failedTasks
        for (place, count) in furtherGroups { failures[place].failure.message += " (and \(count) more groups)" }
        letter.failures = failures.sorted { $0.measure.utf8.lexicographicallyPrecedes($1.measure.utf8) }
    }

    private mutating func fallBack(_ task: PlannedTask, _ inputs: NightInputs) {
        if let old = inputs.earlier[task.slot] {
            entries[task.slot] = Entry(series: old.series, hash: old.hash, isStale: true)
        } else {
            noteWithoutValue(task.definition, task.id, task.owner, task.batch.tasks[0].script)
        }
    }

    private mutating func fallBack(_ measure: LoadedMeasure, _ inputs: NightInputs) {
        let hasOld = fallBack(inputs) { $0.scriptName == measure.file.script.name || $0.id == measure.id }
        if !hasOld, let definition = measure.definition, let id = measure.id {
            noteWithoutValue(definition, id, measure.file.network, measure.file.script)
        }
    }

    /// Puts the last edition's series that are meant in the place of fresh ones; whether there are any.
    @discardableResult private mutating func fallBack(
        _ inputs: NightInputs, _ isMeant: (TaskSeries) -> Bool
    ) -> Bool {
        let old = inputs.earlier.filter { isMeant($0.value.series) }
        for (slot, old) in old { entries[slot] = Entry(series: old.series, hash: old.hash, isStale: true) }
        return !old.isEmpty
    }

    private mutating func noteWithoutValue(
        _ definition: MeasureDefinition, _ id: String, _ owner: String?, _ script: Script
    ) {
        guard !withoutValue.contains(where: { $0.id == id }) else { return }
        withoutValue.append((definition, id, owner, script))
    }

    /// All observations, unordered.
    func observations(
        _ inputs: NightInputs, firstDefinitions: [String: String]
    ) -> [ObservationMaker.Made] {
        let maker = ObservationMaker(
            workspace: inputs.workspace, policy: policy, asOf: inputs.asOf, firstDefinitions: firstDefinitions)
        // Nearly in the order of the feed, which makes sorting quick.
        let ordered = entries.values.sorted { ($0.series.id, $0.series.grouping) < ($1.series.id, $1.series.grouping) }
        let settings = MeasureSettingsReader(inputs.workspace.config)
        return ordered.flatMap { entry in
            let made = maker.make(entry.series, isStale: entry.isStale)
            let phases = settings.settings(entry.series.id, owner: entry.series.owner).phases
            SeriesCharts(entry.series, phases: phases)?.draw(made)
            return made
        }
            + withoutValue.map {
                maker.errorObservation($0.definition, id: $0.id, owner: $0.owner, script: $0.script)
            }
    }

    /// The measures that have observations, in order of their ids.
    func measures(_ workspace: Workspace, versions: [String: [String]]) -> [PublishedMeasure] {
        var byID: [String: PublishedMeasure] = [:]
        for series in entries.values.map(\.series) {
            byID[series.id] = published(series.definition, series.id, series.owner, workspace, versions)
        }
        for failed in withoutValue {
            byID[failed.id] = published(failed.definition, failed.id, failed.owner, workspace, versions)
        }
        return byID.values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    }

    private func published(
        _ definition: MeasureDefinition, _ id: String, _ owner: String?, _ workspace: Workspace,
        _ versions: [String: [String]]
    ) -> PublishedMeasure {
        let earlier = (versions[id] ?? []).filter { $0 != definition.version }
        let codebook = workspace.codebook(of: definition.from)
        let items = (definition.columns ?? []).compactMap { column in
            codebook.columns[column]?.label.map { (column, $0) }
        }
        let shown = Set(definition.by.flatMap { workspace.config.withAncestors($0) } + (definition.columns ?? []))
        return PublishedMeasure(
            id: id, owner: owner, definition: definition,
            labels: workspace.labels(of: shown, first: codebook),
            itemLabels: Dictionary(uniqueKeysWithValues: items), versions: earlier + [definition.version],
            phases: MeasureSettingsReader(workspace.config).settings(id, owner: owner).phases)
    }

    /// Which tasks the edition rests on.
    var editionTasks: [EditionTask] {
        entries.map { EditionTask(slot: $0.key, measure: $0.value.series.id, task: $0.value.hash) }
            .sorted { $0.slot < $1.slot }
    }

    /// For each series the definition it is published under now; the store keeps the first.
    func definitionMarks(_ inputs: NightInputs) -> [String: String] {
        var marks: [String: String] = [:]
        for entry in entries.values where !entry.isStale {
            let mark = entry.series.definitionMark
            for group in entry.series.groups {
                for part in group.parts {
                    let identity = ObservationMaker.identity(
                        entry.series.id, part.part, group.key, entry.series.periods[group.period])
                    marks[identity] = mark
                }
            }
        }
        return marks
    }
}

extension Workspace {
    /// Names for people of values of dimensions and columns: a school is called by the name that any codebook gives it,
    /// first of all the dataset's own.
    fileprivate func labels(of columns: Set<String>, first own: Codebook) -> [String: [String: String]] {
        var labels: [String: [String: String]] = [:]
        for codebook in [own] + config.datasets.map({ codebook(of: $0.name) }) {
            for (dimension, names) in codebook.labels where columns.contains(dimension) {
                labels[dimension, default: [:]].merge(names) { known, _ in known }
            }
        }
        return labels
    }
}
