/// What a worker gives up, by the system's own means, before it sees a script.
public enum Protection: String, CaseIterable, Sendable {
    /// Nothing it could start would gain rights (`no_new_privs`).
    case noNewPrivileges = "no_new_privs"
    /// Other processes of the same user cannot look into its memory.
    case hiddenMemory = "hidden_memory"
    /// No files, descriptors, processes or core dumps, and a bounded address space.
    case resourceLimits = "resource_limits"
    /// Any system call but the few that evaluation needs ends it (`seccomp`).
    case systemCallFilter = "system_call_filter"
}

/// A protection that the system refused to a worker.
public struct MissingProtection: Equatable, Sendable {
    /// Which.
    public var protection: Protection
    /// The system's error number.
    public var refusal: Int

    /// A missing protection.
    public init(_ protection: Protection, refusal: Int) {
        self.protection = protection
        self.refusal = refusal
    }
}

/// What to do where the system refuses workers a protection.
public enum SandboxPolicy: String, CaseIterable, Sendable {
    /// Run no script.
    case required
    /// Run with those protections that there are, and say which are missing.
    case bestEffort = "best-effort"
}
