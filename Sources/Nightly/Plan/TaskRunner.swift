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
        /// Measures, by their ids, that violated a limit in one of the tasks: none of their results counts. Tasks of theirs
        /// that had not begun were not started.
        public var stopped: [String: Failure]
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
        try pool.run(
            jobs, scopes: owners.map { scopes[$0] ?? WorkerScope() }, prepare: { state.withoutStopped($0) }
        ) { job, event in
            if case .reply(.progress(let reached)) = event {
                state.note(reached, of: job)
                return []
            }
            let more = state.take(job, event)
            progress(state.doneCount)
            return more
        }
        return state.outcome
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
        /// How far the running tasks of jobs are.
        private var reached: [Int: TaskProgress] = [:]
        /// Measures that violated a limit, with the first of their tasks that is known to.
        private var stopped: [String: Int] = [:]

        init(tasks: [PlannedTask], owners: [String?]) {
            self.tasks = tasks
            self.owners = owners
            results = Array(repeating: nil, count: tasks.count)
        }

        var doneCount: Int { results.reduce(0) { $0 + ($1 == nil ? 0 : 1) } }

        /// Of a stopped measure that failure is told which comes first in the order of the tasks, whoever was quicker.
        var outcome: Outcome {
            var failures: [String: Failure] = [:]
            for (task, result) in zip(tasks, results) where failures[task.id] == nil {
                if let failure = result?.failure, failure.code.isViolation { failures[task.id] = failure }
            }
            let all = zip(tasks, results).map { task, result in
                result
                    ?? TaskResult(
                        groups: [], failure: failures[task.id] ?? Failure(.crashed, "the task was lost"))
            }
            return Outcome(results: all, summaries: summaries, stopped: failures)
        }

        mutating func job(_ indices: [Int]) -> WorkerJob {
            var batch = tasks[indices[0]].batch
            batch.tasks = indices.flatMap { tasks[$0].batch.tasks }
            members.append(indices)
            let scope = owners.firstIndex(of: tasks[indices[0]].owner) ?? 0
            return WorkerJob(
                scope: scope, request: .evaluate(batch), number: members.count - 1,
                patience: Patience(budgets: batch.tasks.map(\.limits.cpuSeconds)))
        }

        /// Whether a measure violated a limit in an earlier task. Tasks before that one still count: they may fail in another
        /// way, and what is told must not depend on who was quicker.
        private func isStopped(_ task: Int) -> Bool { stopped[tasks[task].id].map { task > $0 } ?? false }

        /// What is left of a job without tasks of measures that violated a limit since it was made.
        mutating func withoutStopped(_ job: WorkerJob) -> WorkerJob? {
            let all = members[job.number]
            let left = all.filter { !isStopped($0) }
            if left.count == all.count { return job }
            return left.isEmpty ? nil : self.job(left)
        }

        mutating func note(_ progress: TaskProgress, of job: WorkerJob) {
            reached[job.number] = progress
        }

        mutating func take(_ job: WorkerJob, _ event: WorkerEvent) -> [WorkerJob] {
            let indices = members[job.number]
            switch event {
            case .reply(.task(let place, let result)):
                finish(indices[place], result)
                reached[job.number] = nil
            case .reply(.grouped(let summary)): summaries[tasks[indices[0]].key] = summary
            case .reply: break
            case .died(let death): return rest(of: indices, after: death, reached[job.number])
            }
            return []
        }

        private mutating func finish(_ task: Int, _ result: TaskResult) {
            results[task] = result
            guard result.failure?.code.isViolation == true else { return }
            stopped[tasks[task].id] = min(task, stopped[tasks[task].id] ?? task)
        }

        /// Jobs for the tasks of a batch that have no result yet. The first of them was running when the worker died.
        private mutating func rest(
            of indices: [Int], after death: WorkerDeath, _ progress: TaskProgress?
        ) -> [WorkerJob] {
            var waiting = indices.filter { results[$0] == nil }
            guard let running = waiting.first else { return [] }
            let isCertain = [.overCPULimit, .overDeadline, .forbiddenCall].contains(death)
            if isCertain || indices.count == 1 {
                let task = tasks[running].batch.tasks[0]
                // A worker tells of each group only when it has one task of not too many, and in its last words.
                let tellsEach =
                    indices.count == 1 && progress.map { $0.groups <= TaskProgress.mostToldOneByOne } == true
                let isExact = tellsEach || death == .overCPULimit
                let report = DeathReport(death, limits: task.limits, progress: progress, isExact: isExact)
                finish(running, TaskResult(groups: [], failure: report.failure(file: task.script.name)))
                waiting.removeFirst()
            }
            return waiting.filter { !isStopped($0) }.map { job([$0]) }
        }
    }
}
