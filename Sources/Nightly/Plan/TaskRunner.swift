public import MeasureModel
public import Workers

/// Evaluates planned tasks on the pool: tasks that share gathered data go to a worker together; when one takes its worker
/// down, the rest run again one by one, so that the culprit is named and nobody else is harmed.
public struct TaskRunner {
    private let pool: WorkerPool
    private let scopes: [String?: WorkerScope]

    /// A runner; `scopes` are the owners' data.
    public init(pool: WorkerPool, scopes: [String?: WorkerScope]) {
        self.pool = pool
        self.scopes = scopes
    }

    /// What came of the tasks: one result each, and what their batches found beside.
    public struct Outcome {
        /// Results in the order of the tasks.
        public var results: [TaskResult]
        /// One for each batch.
        public var summaries: [PlannedTask.BatchKey: BatchSummary]
    }

    /// Evaluates tasks; `progress` is told of each that is done.
    public func run(_ tasks: [PlannedTask], progress: (Int) -> Void = { _ in }) throws -> Outcome {
        let owners = Self.unique(tasks.map(\.owner))
        var state = State(tasks: tasks, owners: owners)
        var order: [PlannedTask.BatchKey] = []
        var members: [PlannedTask.BatchKey: [Int]] = [:]
        for (index, task) in tasks.enumerated() {
            if members[task.key] == nil { order.append(task.key) }
            members[task.key, default: []].append(index)
        }
        let jobs = order.map { state.job(members[$0] ?? []) }
        try pool.run(jobs, scopes: owners.map { scopes[$0] ?? WorkerScope() }) { job, event in
            let more = state.take(job, event)
            progress(state.doneCount)
            return more
        }
        return Outcome(
            results: state.results.map {
                $0 ?? TaskResult(groups: [], failure: Failure(.crashed, "the task was lost"))
            },
            summaries: state.summaries)
    }

    private static func unique(_ owners: [String?]) -> [String?] {
        var seen: [String?] = []
        for owner in owners where !seen.contains(owner) { seen.append(owner) }
        return seen
    }

    private struct State {
        let tasks: [PlannedTask]
        let owners: [String?]
        var results: [TaskResult?]
        var summaries: [PlannedTask.BatchKey: BatchSummary] = [:]
        private var members: [[Int]] = []

        init(tasks: [PlannedTask], owners: [String?]) {
            self.tasks = tasks
            self.owners = owners
            results = Array(repeating: nil, count: tasks.count)
        }

        var doneCount: Int { results.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

        mutating func job(_ indices: [Int]) -> WorkerJob {
            var batch = tasks[indices[0]].batch
            batch.tasks = indices.flatMap { tasks[$0].batch.tasks }
            members.append(indices)
            let slowest = batch.tasks.map(\.limits.cpuSeconds).max() ?? 0
            let scope = owners.firstIndex(of: tasks[indices[0]].owner) ?? 0
            return WorkerJob(
                scope: scope, request: .evaluate(batch), number: members.count - 1,
                patience: .seconds(slowest * 2 + 2))
        }

        mutating func take(_ job: WorkerJob, _ event: WorkerEvent) -> [WorkerJob] {
            let indices = members[job.number]
            switch event {
            case .reply(.task(let place, let result)):
                if indices.indices.contains(place) { results[indices[place]] = result }
            case .reply(.batchDone(let summary)): summaries[tasks[indices[0]].key] = summary
            case .reply: break
            case .died(let death): return rest(of: indices, after: death)
            }
            return []
        }

        /// Jobs for the tasks of a batch that have no result yet. The first of them was running when the worker died.
        private mutating func rest(of indices: [Int], after death: WorkerDeath) -> [WorkerJob] {
            var waiting = indices.filter { results[$0] == nil }
            guard let running = waiting.first else { return [] }
            let isCertain = [.overCPULimit, .overDeadline, .forbiddenCall].contains(death)
            if isCertain || indices.count == 1 {
                let script = tasks[running].batch.tasks[0].script
                results[running] = TaskResult(
                    groups: [], failure: Failure(death, file: script.name, during: "it was evaluated"))
                waiting.removeFirst()
            }
            return waiting.map { job([$0]) }
        }
    }
}
