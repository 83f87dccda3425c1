/// How long a worker may take. What its scripts do is measured against their own budgets, what the host does for them is
/// not: gathering a large column is no script's fault.
public struct Patience: Equatable, Sendable {
    /// CPU seconds that each of the job's scripts may use, in the order of the replies.
    public var budgets: [Double]
    /// Seconds that the host's own work may take beside each of them.
    public var hostWork: Double

    /// A patience.
    public init(budgets: [Double], hostWork: Double = 600) {
        self.budgets = budgets
        self.hostWork = hostWork
    }
}

/// Tells when a worker has to be killed: a script that does not stop by itself, at twice its budget.
///
/// Time is measured twice. On a busy machine a script waits for its turn, so the clock on the wall alone would stop honest
/// ones; a worker that was stopped or waits for something uses no CPU time, so that alone would wait for ever. A worker is
/// over its time when twice the budget and two seconds more have passed on the wall, and it has either used twice the
/// budget or does nothing.
///
/// A worker tells now and then how much of its time its script has used. While that is less than the budget, what else
/// passed was the host's, and a script that goes on does so since then. A script that took its worker over may say so
/// falsely, so words buy no more than the host's own work may take: the worker is killed when that is used up, and in any
/// case after ten times as long and that. Only a script that is done ends its share.
struct PatienceClock {
    /// A moment on the wall, and the CPU time of the worker then; nil where the system does not tell.
    struct Reading {
        var wall: Double
        var cpu: Double?
    }

    private static let grace = 2.0
    private static let idleLimit = 1.0

    private let patience: Patience
    private var step = 0
    private var last: Reading
    private var isHostWork = false
    /// Since the script was last seen under its budget.
    private var (wall, cpu, idle) = (0.0, 0.0, 0.0)
    /// What passed on the wall before that, and what the script had used of its time.
    private var (earlierWall, scriptSeconds) = (0.0, 0.0)
    private var hostSeconds = 0.0

    init(_ patience: Patience, now: Reading) {
        self.patience = patience
        last = now
    }

    /// A script is done; the next has its own time.
    mutating func nextScript(_ now: Reading) {
        step += 1
        last = now
        isHostWork = false
        (wall, cpu, idle) = (0, 0, 0)
        (earlierWall, scriptSeconds, hostSeconds) = (0, 0, 0)
    }

    /// The script has used so many seconds since it began.
    mutating func note(scriptSeconds seconds: Double, _ now: Reading) {
        settle(now)
        guard seconds >= scriptSeconds, seconds < budget else { return }
        hostSeconds += (now.cpu == nil ? wall : cpu) - (seconds - scriptSeconds)  // below 0 where words came late
        earlierWall += wall
        scriptSeconds = seconds
        (wall, cpu, idle) = (0, 0, 0)
    }

    /// The host's own work begins or ends.
    mutating func setHostWork(_ begins: Bool, _ now: Reading) {
        settle(now)
        isHostWork = begins
    }

    /// Whether the worker is over its time.
    mutating func isOver(_ now: Reading) -> Bool {
        settle(now)
        let limit = 2 * budget + Self.grace
        if hostSeconds > patience.hostWork || earlierWall + wall >= 10 * limit + patience.hostWork { return true }
        guard wall >= limit else { return false }
        return now.cpu == nil || cpu >= 2 * budget || idle >= Self.idleLimit || wall >= 10 * limit
    }

    private var budget: Double { patience.budgets[min(step, patience.budgets.count - 1)] }

    private mutating func settle(_ now: Reading) {
        let passed = now.wall - last.wall
        let used = now.cpu.flatMap { later in last.cpu.map { later - $0 } } ?? 0
        last = now
        if isHostWork {
            hostSeconds += passed
        } else {
            wall += passed
            cpu += used
            idle = used < passed * 0.01 ? idle + passed : 0
        }
    }
}
