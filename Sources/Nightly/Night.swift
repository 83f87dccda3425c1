public import CivilCalendar
import DisclosureControl
import Foundation
import MeasureModel
public import Workers
public import Workspace

/// The nightly evaluation: what changed is evaluated, disclosure control applied, an edition published in one step.
public struct Night {
    private let workspace: Workspace
    private let store: Store
    private let pool: WorkerPool
    private let options: Options

    /// How a night runs.
    public struct Options {
        /// Measures to evaluate; the others are carried over. Nil for all.
        public var only: [String]?
        /// Evaluates everything, changed or not.
        public var isFull = false
        /// The day it looks from.
        public var asOf: CivilDate

        /// Options for a night that looks from a day.
        public init(asOf: CivilDate) {
            self.asOf = asOf
        }
    }

    /// What is told of a night while it runs: tasks done, and how many there are.
    public typealias Progress = (_ done: Int, _ planned: Int) -> Void

    /// A night in a workspace.
    public init(_ workspace: Workspace, store: Store, pool: WorkerPool, options: Options) {
        self.workspace = workspace
        self.store = store
        self.pool = pool
        self.options = options
    }

    /// Runs it. One night at a time; whatever is wrong with a measure is in the letter.
    ///
    /// - Throws: `WorkspaceError` or `WorkerError` when nothing can be published; the last edition then stands.
    public func run(progress: Progress = { _, _ in }) throws -> RunLetter {
        let lock = try NightLock(workspace)
        defer { lock.holdUntilHere() }
        let data = try DataLock(workspace, .using)
        defer { data.holdUntilHere() }
        let clock = ContinuousClock.now
        var letter = RunLetter(run: Self.newRunID(), asOf: options.asOf.description)
        let last = try store.editions().last
        let inputs = try NightInputs(workspace, store, pool, options, lastEdition: last)
        var made = try evaluate(inputs, &letter, progress)
        made.take(inputs, &letter)
        if let notice = pool.missingProtections.notice { letter.notices.append(notice) }
        let (seconds, attoseconds) = clock.duration(to: .now).components
        letter.seconds = Double(seconds) + Double(attoseconds) * 1e-18
        try publish(made, inputs, last, &letter)
        try write(letter)
        return letter
    }

    private static func newRunID() -> String {
        let stamp = Date.now.ISO8601Format(.iso8601(timeZone: .gmt, dateSeparator: .dash, timeSeparator: .omitted))
        return "run_\(stamp.filter { $0 != "-" && $0 != ":" })_\(UUID().uuidString.prefix(6).lowercased())"
    }

    /// Evaluates the planned tasks whose inputs are not known yet, and keeps what came out.
    private func evaluate(
        _ inputs: NightInputs, _ letter: inout RunLetter, _ progress: Progress
    ) throws -> NightResults {
        var results = NightResults(policy: inputs.policy)
        var missing: [PlannedTask] = []
        for task in inputs.tasks {
            if !options.isFull, let known = try reusable(task) {
                results.keep(known, slot: task.slot, hash: task.hash)
            } else {
                missing.append(task)
            }
        }
        letter.planned = inputs.tasks.count
        letter.reused = inputs.tasks.count - missing.count
        letter.evaluated = missing.count
        guard !missing.isEmpty else { return results }
        progress(0, missing.count)
        let runner = TaskRunner(pool: pool, scopes: inputs.workerScopes(for: missing))
        let outcome = try runner.run(missing) { progress($0, missing.count) }
        var records: [TaskRecord] = []
        for (id, failure) in outcome.stopped.sorted(by: { $0.key < $1.key }) {
            results.stop(inputs.tasks.filter { $0.id == id }, failure)
        }
        for (task, result) in zip(missing, outcome.results) where outcome.stopped[task.id] == nil {
            if let failure = result.failure {
                results.fail(task, failure)
                continue
            }
            var series = TaskSeries(
                task, result, outcome.summaries[task.key] ?? BatchSummary(), asOf: options.asOf.description)
            var hash = task.hash
            if result.groups.contains(where: { $0.failure != nil }) {
                // Kept for this edition under a name of its own, so that the next night tries again.
                series.keepOlder(from: inputs.earlier[task.slot]?.series)
                hash += "!" + ContentHash.of(series.wireBytes).prefix(16)
                results.failGroups(task, result)
            }
            // Evaluated again with the same outcome, it stays as it was published.
            if let earlier = inputs.earlier[task.slot]?.series, series.isSame(as: earlier) {
                series.asOf = earlier.asOf
            }
            results.keep(series, slot: task.slot, hash: hash)
            records.append(
                TaskRecord(
                    hash: hash, result: series.wireBytes, asOf: options.asOf.description, readsAsOf: result.readsAsOf,
                    datasets: series.datasets(workspace.config)))
        }
        try store.keep(records)
        return results
    }

    private func reusable(_ task: PlannedTask) throws -> TaskSeries? {
        guard let record = try store.task(task.hash), !record.readsAsOf || record.asOf == options.asOf.description
        else { return nil }
        return try? TaskSeries(wireBytes: record.result)
    }

    /// Publishes an edition when its bodies differ from the last one's.
    private func publish(
        _ made: NightResults, _ inputs: NightInputs, _ last: EditionRecord?, _ letter: inout RunLetter
    ) throws {
        let measures = made.measures(workspace, versions: try store.measureVersions())
        let builder = EditionBuilder(workspace: workspace, measures: measures)
        let observations = made.observations(inputs, firstDefinitions: try store.firstDefinitions())
        let bodies = builder.bodies(observations)
        let shown = builder.shownToHub(observations)
        letter.observations = shown.count
        letter.suppressed = shown.count(where: \.isSuppressed)
        var hash = ContentHash()
        for body in bodies {
            hash.add(body.audience)
            hash.add(body.observations)
            hash.add(body.measures)
        }
        let fingerprint = hash.hex()
        let number = (last?.number ?? 0) + 1
        let isFirstAndEmpty = last == nil && bodies.allSatisfy(\.observations.isEmpty)
        guard fingerprint != last?.fingerprint, !isFirstAndEmpty else {
            try store.keep(run: RunRecord(id: letter.run, asOf: letter.asOf, edition: nil, letter: letter.json.text()))
            return
        }
        letter.edition = number
        let edition = EditionRecord(
            number: number, run: letter.run, asOf: letter.asOf, policy: DisclosurePolicy.scope, fingerprint: fingerprint
        )
        try store.publish(
            edition, bodies: bodies, tasks: made.editionTasks, newSeries: made.definitionMarks(inputs),
            versions: measures.map { ($0.id, $0.definition.version) },
            run: RunRecord(id: letter.run, asOf: letter.asOf, edition: number, letter: letter.json.text()))
    }

    private func write(_ letter: RunLetter) throws {
        do {
            try FileManager.default.createDirectory(at: workspace.runsFolder, withIntermediateDirectories: true)
            let base = workspace.runsFolder.appending(path: letter.run)
            try Data(letter.json.prettyText().utf8).write(to: base.appendingPathExtension("json"), options: .atomic)
            try Data(letter.text.utf8).write(to: base.appendingPathExtension("txt"), options: .atomic)
        } catch {
            throw WorkspaceError(.notWritable, "The run letter cannot be written to \(workspace.runsFolder.path).")
        }
    }
}
