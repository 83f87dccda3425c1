import CivilCalendar
import Columnar
import Foundation
import MeasureModel
import PlumblineTestSupport
import Workers

/// Evaluates hostile measures in worker processes, each between two good ones, with data mapped.
struct HostileRun {
    let folder: URL
    var workers = 2
    var limits = EvaluationLimits(cpuSeconds: 0.1, memory: 16 << 20)

    /// Little time for what is to be stopped by it, and more than enough for the rest, however busy the machine is.
    func limits(_ expected: Set<String>) -> EvaluationLimits {
        var limits = limits
        if !expected.contains("cpu_limit") { limits.cpuSeconds = 20 }
        return limits
    }

    /// What came of one request.
    struct Outcome {
        /// `ok` or the code of the failure.
        var verdict = "lost"
        /// The hostile measure's own results.
        var result: TaskResult?
        /// Seconds of CPU time that the hostile measure used, where its process ended and told.
        var secondsAtEnd: Double?
        /// Whether its process ended.
        var hasDied = false
        /// What the good measures before and after gave.
        var good: [TaskResult] = []
    }

    /// The worker as it was built beside the tests, or another one.
    static let worker =
        ProcessInfo.processInfo.environment["PLUMBLINE_WORKER"]
        ?? BuiltProgram.folder.appending(path: "plumb-worker").path

    static let rows = 1000

    /// The mean of the column `x`, which every honest measure of these entries returns.
    static let mean = 500.5

    /// A measure that feels what others do to texts, order, chance, tables and objects.
    static let good = """
        return measure { value = function(g, p)
          local t, words = { 1, 2, 3, k = 4 }, {}
          for k, v in pairs(t) do words[#words + 1] = tostring(k) .. v end
          for name, part in g:each("role") do words[#words + 1] = name .. part.x:mean().value end
          for k in pairs(_G) do words[#words + 1] = k end
          print(table.concat(words, ","), ("x"):rep(3), ("%5.2f"):format(1.5), math.random(1000), g, g.x, leak)
          local before = g:previous()
          return { mean = g.x:mean(), random = math.random(), before = before and before.n or 0, holes = #{ 1, nil, 3 },
            share = g.role:is("a"):share(), roster = g.with.roster.n }
        end }
        """

    /// The survey of two waves, with the roster.
    func scope() throws -> WorkerScope {
        let all = 1...Self.rows
        let survey = try Table(columns: [
            Column(name: "x", values: .float64(Buffer(all.map(Double.init)))),
            Column(name: "y", values: .float64(Buffer(all.map { Double($0 % 7) }))),
            Column(name: "role", values: .text(TextBuffer(all.map { $0 % 2 == 0 ? "a" : "b" }))),
            Column(name: "who", values: .text(TextBuffer(all.map { "p\($0)" }))),
            Column(name: "day", values: .date(Buffer(all.map { Int32(20_000 + $0 % 2 * 10) }))),
        ])
        let roster = try Table(columns: [
            Column(name: "who", values: .text(TextBuffer(all.map { "p\($0)" }))),
            Column(name: "site", values: .text(TextBuffer(all.map { "s\($0 % 5)" }))),
        ])
        var files: [WorkerScope.File] = []
        for (name, table) in [("survey", survey), ("roster", roster)] {
            let url = folder.appending(path: "\(name).arrow")
            try Data(ArrowFileWriter.bytes(of: table)).write(to: url)
            files.append(WorkerScope.File(path: url.path, dataset: name, network: nil))
        }
        return WorkerScope(
            files: files,
            datasets: [
                DatasetDescription(
                    name: "survey", dataClass: "staff_survey", persons: .column("who"), periodColumn: "day",
                    personColumns: ["who"], dimensions: ["role"]),
                DatasetDescription(
                    name: "roster", dataClass: "staff_survey", persons: .column("who"), personColumns: ["who"]),
            ])
    }

    /// One measure in its batch: alone, or between two good ones.
    func batch(
        _ source: String, _ entry: HostileCorpus.Entry?, expecting expected: Set<String> = [], isAlone: Bool = false
    ) -> Batch {
        func task(
            _ text: String, _ form: MeasureDefinition.Form, _ rows: Bool, _ limits: EvaluationLimits
        ) -> Batch.Task {
            Batch.Task(
                script: script(text), form: form, with: ["roster"], mayReadRows: rows, seed: 1, limits: limits)
        }
        let good = task(Self.good, .value, false, EvaluationLimits(cpuSeconds: 100, fuel: 1 << 40))
        let form: MeasureDefinition.Form = entry?.isMergeable == true ? .mergeable : .value
        let hostile = task(source, form, entry?.mayReadRows ?? true, limits(expected))
        return Batch(
            from: "survey", dimensions: entry?.dimension.map { [$0] } ?? [],
            periods: entry?.hasPrevious == true ? [Self.day(20_000), Self.day(20_010)] : [.all],
            asOf: CivilDate(day: 20_634), asOfInstant: .max, tasks: isAlone ? [hostile] : [good, hostile, good])
    }

    /// A script with all modules of the corpus.
    func script(_ text: String) -> Script {
        Script(name: "x.lua", source: Array(text.utf8), modules: Self.modules)
    }

    private static let modules = ((try? HostileCorpus.modules()) ?? []).map {
        ScriptModule(name: $0.name, file: "\($0.name).lua", source: Array($0.text.utf8))
    }

    private static func day(_ day: Int32) -> Period {
        let (start, end) = (CivilDate(day: day), CivilDate(day: day + 1))
        return Period(
            kind: .day, label: "\(day)",
            days: Period.Days(
                start: start, end: end, startInstant: Int64(day) * 86_400_000_000,
                endInstant: Int64(day + 1) * 86_400_000_000))
    }

    /// Real workers, locked down as far as this machine's kernel grants it.
    static func pool(_ size: Int) -> WorkerPool {
        WorkerPool(executable: worker, size: size, sandbox: Kernel.grantsFilters ? .required : .bestEffort)
    }

    /// Runs requests on real workers. A worker that a script took down is replaced, and what was behind it runs again, as in
    /// the night.
    func outcomes(of requests: [WorkerRequest]) throws -> [Outcome] {
        var outcomes = [Outcome](repeating: Outcome(), count: requests.count)
        let jobs = requests.enumerated().map {
            WorkerJob(scope: 0, request: $1, number: $0, patience: Patience(budgets: [30]))
        }
        let pool = Self.pool(workers)
        try pool.run(jobs, scopes: [try scope()]) { job, event in
            guard case .reply(let reply) = event else {
                if case .died(let death) = event { return outcomes[job.number].take(death, job) }
                return []
            }
            outcomes[job.number].take(reply, job)
            return []
        }
        return outcomes
    }
}

extension HostileRun {
    /// Runs requests on one worker, in this order.
    func replies(to requests: [WorkerRequest], _ take: (Int, WorkerReply) -> Void) throws {
        let jobs = requests.enumerated().map {
            WorkerJob(scope: 0, request: $1, number: $0, patience: Patience(budgets: [30]))
        }
        let pool = Self.pool(1)
        try pool.run(jobs, scopes: [try scope()]) { job, event in
            if case .reply(let reply) = event { take(job.number, reply) }
            return []
        }
    }
}

extension HostileRun.Outcome {
    mutating func take(_ reply: WorkerReply, _ job: WorkerJob) {
        switch reply {
        case .task(let index, let task): take(task, isHostile: index == job.hostileIndex)
        case .tested(let tests, let failure):
            verdict = failure?.code.rawValue ?? "ok"
            for problem in tests.compactMap(\.problem) { verdict = String(problem.prefix { $0 != " " && $0 != ":" }) }
        case .defined(_, let failure, _): verdict = failure?.code.rawValue ?? "ok"
        case .progress(let progress) where progress.line.number > 0: secondsAtEnd = progress.cpuSeconds
        case .ready, .lockedDown, .progress, .hostWork, .grouped, .batchDone, .broken: break
        }
    }

    private mutating func take(_ task: TaskResult, isHostile: Bool) {
        guard isHostile else {
            good.append(task)
            return
        }
        result = task
        let failures = [task.failure].compactMap(\.self) + task.groups.compactMap(\.failure)
        verdict = failures.first?.code.rawValue ?? "ok"
    }

    /// The tasks that the worker had not finished, without the one it died of.
    mutating func take(_ death: WorkerDeath, _ job: WorkerJob) -> [WorkerJob] {
        verdict = death == .overCPULimit ? "cpu_limit" : "\(death)"
        hasDied = true
        guard case .evaluate(var batch) = job.request, job.hostileIndex + 1 < batch.tasks.count else { return [] }
        batch.tasks.removeFirst(job.hostileIndex + 1)
        return [WorkerJob(scope: 0, request: .evaluate(batch), number: job.number, patience: job.patience)]
    }
}

extension WorkerJob {
    /// The hostile measure's place in a batch; -1 where it has been.
    fileprivate var hostileIndex: Int {
        guard case .evaluate(let batch) = request else { return 0 }
        return batch.tasks.firstIndex { $0.limits.fuel == nil } ?? -1
    }
}
