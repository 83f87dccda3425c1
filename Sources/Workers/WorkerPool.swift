public import MeasureModel

/// The data one group of workers may see.
public struct WorkerScope: Equatable, Sendable {
    /// An Arrow file of one network's rows.
    public struct File: Equatable, Sendable {
        /// Where it is.
        public var path: String
        /// The dataset it belongs to.
        public var dataset: String
        /// The network; nil outside a workspace.
        public var network: String?
        /// What it was when it was looked at; nil where nobody did.
        public var mark: FileMark?

        /// A file.
        public init(path: String, dataset: String, network: String?, mark: FileMark? = nil) {
            self.mark = mark
            self.path = path
            self.dataset = dataset
            self.network = network
        }
    }

    /// The files in the order of their rows.
    public var files: [File]
    /// What the datasets mean.
    public var datasets: [DatasetDescription]
    /// Salts the pseudonyms that scripts see.
    public var pseudonymSalt: UInt64
    /// When days begin.
    public var dayStarts: DayStarts

    /// A scope.
    public init(
        files: [File] = [], datasets: [DatasetDescription] = [], pseudonymSalt: UInt64 = 0, dayStarts: DayStarts = .utc
    ) {
        self.files = files
        self.datasets = datasets
        self.pseudonymSalt = pseudonymSalt
        self.dayStarts = dayStarts
    }
}

/// One request to a worker of a scope.
public struct WorkerJob: Equatable, Sendable {
    /// The scope, by its place in the list.
    public var scope: Int
    /// What is asked.
    public var request: WorkerRequest
    /// The caller's number for it.
    public var number: Int
    /// How long it may take.
    public var patience: Patience

    /// A job.
    public init(scope: Int, request: WorkerRequest, number: Int, patience: Patience) {
        self.scope = scope
        self.request = request
        self.number = number
        self.patience = patience
    }
}

/// What happens to a job.
public enum WorkerEvent: Equatable, Sendable {
    /// A reply; the last one ends the job.
    case reply(WorkerReply)
    /// The worker died with the job unfinished.
    case died(WorkerDeath)
}

/// Runs jobs on a number of worker processes, each bound to one scope: it maps that scope's files and no others.
///
/// Single-threaded: a loop over `poll`. Results do not depend on the number of workers or on who is quicker, as long as
/// the caller puts them in order by their jobs' numbers.
public final class WorkerPool {
    private let executable: String
    private let size: Int
    private let sandbox: SandboxPolicy
    /// Protections that the system refused to workers that were given scripts all the same (`best-effort`).
    public private(set) var missingProtections: [MissingProtection] = []

    /// A pool of at most `size` processes of this program.
    public init(executable: String, size: Int, sandbox: SandboxPolicy = .required) {
        self.executable = executable
        self.size = max(1, size)
        self.sandbox = sandbox
    }

    /// Runs the jobs and those that `handle` adds while they run. Each job is shown to `prepare` when its turn comes: what
    /// happened meanwhile may have changed it, or left nothing to do.
    ///
    /// - Throws: ``WorkerError`` when workers cannot be started, cannot be locked down or cannot read their data.
    public func run(
        _ jobs: [WorkerJob], scopes: [WorkerScope], prepare: (WorkerJob) -> WorkerJob? = { $0 },
        handle: (WorkerJob, WorkerEvent) throws -> [WorkerJob]
    ) throws {
        Descriptors.ignoreBrokenPipes()
        Descriptors.raiseFileLimit()
        var queue = jobs[...]
        var workers: [Worker] = []
        var earlyDeaths = 0
        while !queue.isEmpty || workers.contains(where: { $0.job != nil }) {
            try assign(&queue, &workers, scopes, prepare)
            let busy = workers.filter { $0.job != nil }
            guard !busy.isEmpty else { continue }
            let readable = Descriptors.readable(busy.map(\.output), waiting: Self.timeBetweenLooks)
            for worker in busy {
                guard let job = worker.job else { continue }
                if readable.contains(worker.output) {
                    for event in try worker.events() { queue += try handle(job, event) }
                    if !worker.missing.isEmpty { missingProtections = worker.missing }
                }
                // A worker that goes on sending is looked at too.
                if worker.isOverTime() {
                    for event in worker.killed() { queue += try handle(job, event) }
                }
                if let death = worker.earlyDeath {
                    earlyDeaths += 1
                    guard earlyDeaths <= Self.mostEarlyDeaths else { throw WorkerError(endedEarly: death) }
                    queue.insert(job, at: queue.startIndex)
                }
            }
            workers.removeAll { $0.isDead }
        }
    }

    private static let timeBetweenLooks = Duration.milliseconds(500)

    /// Workers that may end before they see a script, in one run: somebody may have killed one. More is no accident.
    private static let mostEarlyDeaths = 3

    /// Gives jobs to idle workers, and makes or replaces workers where the next jobs need it.
    private func assign(
        _ queue: inout ArraySlice<WorkerJob>, _ workers: inout [Worker], _ scopes: [WorkerScope],
        _ prepare: (WorkerJob) -> WorkerJob?
    ) throws {
        for worker in workers where worker.job == nil {
            while worker.job == nil, let index = queue.firstIndex(where: worker.suits) {
                if let job = prepare(queue.remove(at: index)) { worker.start(job) }
            }
        }
        while let next = queue.first, workers.filter({ $0.job != nil }).count < size {
            queue.removeFirst()
            guard let job = prepare(next) else { continue }
            workers.removeAll { $0.job == nil }  // no job that is left suits it
            let memory = ([job] + queue).lazy.filter { $0.scope == job.scope }.map(\.request.scriptMemory).max()
            let worker = try Worker(
                executable, scope: job.scope, scopes[job.scope], scriptMemory: memory ?? 0, sandbox: sandbox)
            worker.start(job)
            workers.append(worker)
        }
    }
}

/// One process, with the job it is at.
private final class Worker {
    private let scope: Int
    /// Bytes that scripts may have: what its lock-down leaves room for.
    private let scriptMemory: Int
    private let process: ChildProcess
    private var buffer = FrameBuffer()
    private(set) var job: WorkerJob?
    private var clock: PatienceClock?
    /// Scripts of the job that are done.
    private var doneCount = 0
    private var lastLook = ContinuousClock.now
    private(set) var isDead = false
    /// How it ended, if that was before it saw a script.
    private(set) var earlyDeath: WorkerDeath?
    private var stage = Stage.mapping
    private let sandbox: SandboxPolicy
    /// Protections that the system refused it.
    private(set) var missing: [MissingProtection] = []

    /// How far it is. It sees no script before it is locked down.
    private enum Stage { case mapping, lockingDown, open }

    private static let epoch = ContinuousClock.now

    var output: Int32 { process.output }

    init(
        _ executable: String, scope: Int, _ data: WorkerScope, scriptMemory: Int, sandbox: SandboxPolicy
    ) throws(WorkerError) {
        self.scope = scope
        self.scriptMemory = scriptMemory
        self.sandbox = sandbox
        var files: [OpenFile] = []
        for file in data.files { files.append(try OpenFile(path: file.path, mark: file.mark)) }
        process = try ChildProcess(executable: executable, inherited: files.map(\.descriptor))
        let setup = WorkerSetup(
            files: data.files.enumerated().map { index, file in
                WorkerSetup.DataFile(descriptor: 3 + index, dataset: file.dataset, network: file.network)
            }, datasets: data.datasets, pseudonymSalt: data.pseudonymSalt, dayStarts: data.dayStarts,
            scriptMemory: scriptMemory)
        send(.setUp(setup))
    }

    /// Whether it can do a job.
    func suits(_ job: WorkerJob) -> Bool {
        job.scope == scope && job.request.scriptMemory <= scriptMemory
    }

    func start(_ job: WorkerJob) {
        self.job = job
        doneCount = 0
        clock = PatienceClock(job.patience, now: reading())
        guard stage == .open else {
            clock?.setHostWork(true, reading())  // it maps its data and locks itself down first
            return
        }
        send(job.request)
    }

    /// A failed write shows as the end of the worker's output.
    private func send(_ request: WorkerRequest) {
        if !process.send(request.frameBytes) { process.end() }
    }

    private func reading() -> PatienceClock.Reading {
        let (seconds, attoseconds) = Self.epoch.duration(to: .now).components
        return PatienceClock.Reading(
            wall: Double(seconds) + Double(attoseconds) * 1e-18, cpu: process.cpuSeconds)
    }

    /// Whether it has to be killed. Asking the system costs something, so it is not done after every reply.
    func isOverTime() -> Bool {
        guard job != nil, !isDead, lastLook.duration(to: .now) > .milliseconds(250) else { return false }
        lastLook = .now
        return clock?.isOver(reading()) ?? false
    }

    /// What has come in.
    ///
    /// - Throws: `WorkerError` where the worker cannot start its work. Once it has seen a script it may be the script
    ///   that speaks, and what is no answer is the end of this worker only.
    func events() throws(WorkerError) -> [WorkerEvent] {
        let bytes = process.receive()
        guard !bytes.isEmpty else { return ended().map { [.died($0)] } ?? [] }
        buffer.append(bytes)
        var events: [WorkerEvent] = []
        do throws(WorkerError) {
            while let message = try buffer.next() {
                guard let reply = try? WorkerReply(wireBytes: message) else {
                    throw WorkerError(.protocolBroken, "A worker sent something that is no reply.")
                }
                if let event = try take(reply) { events.append(event) }
            }
        } catch {
            guard stage == .open else { throw error }
            process.end()
            _ = ended()
            events.append(.died(.brokenProtocol))
        }
        return events
    }

    private func take(_ reply: WorkerReply) throws(WorkerError) -> WorkerEvent? {
        guard stage == .open else {
            try open(reply)
            return nil
        }
        guard let job, reply.answers(job.request, afterTasks: doneCount) else {
            throw WorkerError(.protocolBroken, "A worker sent something that is no answer.")
        }
        switch reply {
        case .defined, .tested, .batchDone: self.job = nil
        case .task:
            doneCount += 1
            clock?.nextScript(reading())
        case .hostWork(let begins):
            clock?.setHostWork(begins, reading())
            return nil
        case .progress(let progress): clock?.note(scriptSeconds: progress.cpuSeconds, reading())
        case .ready, .lockedDown, .grouped, .broken: break
        }
        return .reply(reply)
    }

    /// What it says before it is given its job.
    private func open(_ reply: WorkerReply) throws(WorkerError) {
        switch (stage, reply) {
        case (_, .broken(let reason)): throw WorkerError(.unreadableData, reason)
        case (.mapping, .ready): stage = .lockingDown
        case (.lockingDown, .lockedDown(let missing)):
            guard missing.isEmpty || sandbox == .bestEffort else { throw WorkerError(missing) }
            self.missing = missing
            stage = .open
            if let job { start(job) }
        default: throw WorkerError(.protocolBroken, "A worker sent a reply that nobody had asked for.")
        }
    }

    /// How it ended; nil where it had not seen a script yet, so that no script can be to blame.
    private func ended() -> WorkerDeath? {
        isDead = true
        job = nil
        let death = process.wait()
        if stage != .open { earlyDeath = death }
        return stage == .open ? death : nil
    }

    func killed() -> [WorkerEvent] {
        process.end()
        return ended() == nil ? [] : [.died(.overDeadline)]
    }
}

extension WorkerRequest {
    /// Bytes that its scripts may have.
    fileprivate var scriptMemory: Int {
        switch self {
        case .setUp: 0
        case .define(_, let limits), .module(_, _, let limits), .test(_, let limits): limits.memory
        case .evaluate(let batch): batch.tasks.map(\.limits.memory).max() ?? 0
        }
    }
}

extension WorkerReply {
    /// Whether this can be what a worker says next to a request, so many tasks of which are done.
    fileprivate func answers(_ request: WorkerRequest, afterTasks done: Int) -> Bool {
        switch (self, request) {
        case (.defined, .define), (.defined(nil, _, _), .module), (.tested, .test), (.hostWork, _): true
        case (.grouped, .evaluate(let batch)), (.progress, .evaluate(let batch)): done < batch.tasks.count
        case (.batchDone, .evaluate(let batch)): done == batch.tasks.count
        case (.task(let index, let result), .evaluate(let batch)):
            index == done && index < batch.tasks.count
                && result.groups.allSatisfy { batch.periods.indices.contains($0.period) }
        default: false
        }
    }
}
