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
    /// How long the worker may be silent.
    public var patience: Duration

    /// A job.
    public init(scope: Int, request: WorkerRequest, number: Int, patience: Duration) {
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

    /// Runs the jobs and those that `handle` adds while they run.
    ///
    /// - Throws: ``WorkerError`` when workers cannot be started, cannot be locked down or cannot read their data.
    public func run(
        _ jobs: [WorkerJob], scopes: [WorkerScope], handle: (WorkerJob, WorkerEvent) throws -> [WorkerJob]
    ) throws {
        Descriptors.ignoreBrokenPipes()
        Descriptors.raiseFileLimit()
        var queue = jobs[...]
        var workers: [Worker] = []
        while !queue.isEmpty || workers.contains(where: { $0.job != nil }) {
            try assign(&queue, &workers, scopes)
            let busy = workers.filter { $0.job != nil }
            let now = ContinuousClock.now
            let nearest = busy.map(\.deadline).min() ?? now
            let readable = Descriptors.readable(busy.map(\.output), waiting: now.duration(to: nearest))
            for worker in busy {
                guard let job = worker.job else { continue }
                if readable.contains(worker.output) {
                    for event in try worker.events() { queue += try handle(job, event) }
                    if !worker.missing.isEmpty { missingProtections = worker.missing }
                } else if worker.deadline < .now {
                    queue += try handle(job, .died(worker.killed()))
                }
            }
            workers.removeAll { $0.isDead }
        }
    }

    /// Gives jobs to idle workers, and makes or replaces workers where the next jobs need it.
    private func assign(_ queue: inout ArraySlice<WorkerJob>, _ workers: inout [Worker], _ scopes: [WorkerScope]) throws
    {
        for worker in workers where worker.job == nil {
            guard let index = queue.firstIndex(where: { $0.scope == worker.scope }) else { continue }
            worker.start(queue.remove(at: index))
        }
        while let job = queue.first, workers.filter({ $0.job != nil }).count < size {
            workers.removeAll { $0.job == nil }  // its scope has no jobs left
            let memory = queue.lazy.filter { $0.scope == job.scope }.map(\.request.scriptMemory).max()
            let worker = try Worker(
                executable, scope: job.scope, scopes[job.scope], scriptMemory: memory ?? 0, sandbox: sandbox)
            worker.start(queue.removeFirst())
            workers.append(worker)
        }
    }
}

/// One process, with the job it is at.
private final class Worker {
    let scope: Int
    private let process: ChildProcess
    private var buffer = FrameBuffer()
    private(set) var job: WorkerJob?
    private(set) var deadline: ContinuousClock.Instant = .now
    private(set) var isDead = false
    private var stage = Stage.mapping
    private let sandbox: SandboxPolicy
    /// Protections that the system refused it.
    private(set) var missing: [MissingProtection] = []

    /// How far it is. It sees no script before it is locked down.
    private enum Stage { case mapping, lockingDown, open }

    var output: Int32 { process.output }

    init(
        _ executable: String, scope: Int, _ data: WorkerScope, scriptMemory: Int, sandbox: SandboxPolicy
    ) throws(WorkerError) {
        self.scope = scope
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

    func start(_ job: WorkerJob) {
        self.job = job
        deadline = .now + job.patience
        if stage == .open { send(job.request) }
    }

    /// A failed write shows as the end of the worker's output.
    private func send(_ request: WorkerRequest) {
        _ = process.send(FrameBuffer.frame(request.wireBytes))
    }

    /// What has come in.
    func events() throws(WorkerError) -> [WorkerEvent] {
        let bytes = process.receive()
        guard !bytes.isEmpty else { return [.died(ended())] }
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
            // What saw a script may say anything: it is the job that failed, and nobody else's.
            guard stage == .open else { throw error }
            if job != nil { events.append(.died(.senseless)) }
            _ = killed()
        }
        return events
    }

    private func take(_ reply: WorkerReply) throws(WorkerError) -> WorkerEvent? {
        switch (stage, reply) {
        case (_, .broken(let reason)):
            throw WorkerError(.unreadableData, reason)
        case (.mapping, .ready):
            stage = .lockingDown
            return nil
        case (.lockingDown, .lockedDown(let missing)):
            guard missing.isEmpty || sandbox == .bestEffort else { throw WorkerError(missing) }
            self.missing = missing
            stage = .open
            if let job { start(job) }
            return nil
        case (.open, .defined), (.open, .tested), (.open, .batchDone):
            job = nil
        case (.open, .task):
            if let job { deadline = .now + job.patience }
        default:
            throw WorkerError(.protocolBroken, "A worker sent a reply that nobody had asked for.")
        }
        return .reply(reply)
    }

    private func ended() -> WorkerDeath {
        isDead = true
        job = nil
        return process.wait()
    }

    func killed() -> WorkerDeath {
        process.end()
        _ = ended()
        return .overDeadline
    }
}

extension WorkerRequest {
    /// Bytes that its scripts may have.
    fileprivate var scriptMemory: Int {
        switch self {
        case .setUp: 0
        case .define: EvaluationLimits().memory
        case .test(_, let limits): limits.memory
        case .evaluate(let batch): batch.tasks.map(\.limits.memory).max() ?? 0
        }
    }
}
