import CWorkerShims
public import MeasureModel

/// A worker's side: it gives up for good all that evaluation does not need.
enum LockDown {
    /// Locks this process down; `memoryNeeded` bytes may be mapped beyond what is. Tells what the system refused.
    static func apply(memoryNeeded: Int) -> [MissingProtection] {
        let refusals = plw_lock_down(UInt64(max(0, memoryNeeded)))
        let all = [
            MissingProtection(.noNewPrivileges, refusal: Int(refusals.no_new_privileges)),
            MissingProtection(.hiddenMemory, refusal: Int(refusals.hidden_memory)),
            MissingProtection(.resourceLimits, refusal: Int(refusals.resource_limits)),
            MissingProtection(.systemCallFilter, refusal: Int(refusals.system_call_filter)),
        ]
        return all.filter { $0.refusal != 0 }
    }
}

extension MissingProtection: CustomStringConvertible {
    /// `a filter of system calls (seccomp): Operation not permitted`
    public var description: String {
        let name =
            switch protection {
            case .noNewPrivileges: "the ban on gaining rights (no_new_privs)"
            case .hiddenMemory: "memory that other processes cannot look into (dumpable)"
            case .resourceLimits: "limits of resources (setrlimit)"
            case .systemCallFilter: "the filter of system calls (seccomp)"
            }
        return "\(name): \(SystemError.text(refusal))"
    }
}

extension [MissingProtection] {
    /// All of them in a line.
    public var text: String { map(\.description).joined(separator: ", ") }

    /// What a run that went on without them tells.
    public var notice: String? {
        isEmpty ? nil : "Workers were not locked down whole, which `sandbox: best-effort` accepts. Missing: \(text)."
    }
}

extension WorkerError {
    /// Scripts are not run by workers that lack protections.
    init(_ missing: [MissingProtection]) {
        self.init(
            .notLockedDown,
            "No script was run, because this system refuses to lock workers down. Missing: \(missing.text). Let the "
                + "kernel or the container grant it (a seccomp profile that allows `seccomp` and `prctl`), or accept "
                + "less with `sandbox: best-effort` in plumbline.yaml (without a workspace: PLUMB_SANDBOX=best-effort)."
        )
    }
}
