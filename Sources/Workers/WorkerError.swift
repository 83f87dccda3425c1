/// Why workers cannot do their work, for a reason that is not a script's.
public struct WorkerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Code: String, Sendable {
        /// The worker's program cannot be started.
        case cannotStart = "cannot_start"
        /// A data file cannot be opened or read.
        case unreadableData = "unreadable_data"
        /// The system refuses to lock workers down.
        case notLockedDown = "not_locked_down"
        /// A worker did not keep to the protocol.
        case protocolBroken = "protocol_broken"
    }

    /// The kind.
    public var code: Code
    /// What happened, as a sentence.
    public var description: String

    /// An error.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

/// How a worker ended before its work was done.
public enum WorkerDeath: Equatable, Sendable {
    /// It ended itself because its script went on after the CPU limit.
    case overCPULimit
    /// It asked the system for something that no worker needs, and the lock-down ended it.
    case forbiddenCall
    /// It did not answer in time and was killed.
    case overDeadline
    /// It exited with this status.
    case exited(Int)
    /// This signal ended it.
    case signal(Int)
    /// It sent something that is no answer to what it was asked, and was killed.
    case brokenProtocol
}

extension WorkerError {
    /// A worker that ended before any script was seen: the installation or the machine is at fault.
    init(endedEarly death: WorkerDeath) {
        let end =
            switch death {
            case .exited(let status): "with status \(status)"
            case .signal(let signal): "by signal \(signal)"
            case .forbiddenCall: "by its own lock-down"
            case .overCPULimit, .overDeadline, .brokenProtocol: "without a word"
            }
        self.init(
            .cannotStart,
            "A worker ended \(end) before it saw a script. Is all of Plumbline there, and from one version, with the "
                + "libraries it needs (on Debian: liblua5.4-0 and libseccomp2)? `plumb doctor` tries it.")
    }
}
