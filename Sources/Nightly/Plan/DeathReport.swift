import MeasureModel
import Workers

/// What is known of a script whose worker died.
struct DeathReport {
    private let death: WorkerDeath
    private let limits: EvaluationLimits
    private let progress: TaskProgress?
    private let isExact: Bool
    private let occupation: String

    /// A death while a task was evaluated. Where `isExact`, the progress tells the very group.
    init(_ death: WorkerDeath, limits: EvaluationLimits, progress: TaskProgress?, isExact: Bool) {
        self.death = death
        self.limits = limits
        self.progress = progress
        self.isExact = isExact
        occupation = "it was evaluated"
    }

    /// A death while a file was read or its tests ran.
    init(_ death: WorkerDeath, limits: EvaluationLimits, during occupation: String) {
        self.death = death
        self.limits = limits
        progress = nil
        isExact = false
        self.occupation = occupation
    }

    /// The failure, as its author is told.
    func failure(file: String) -> Failure {
        var failure = Failure(code, text, file: file)
        if isExact, let progress {
            failure.group = progress.key
            failure.period = progress.period
            if progress.line.number > 0 { failure.line = Int(progress.line.number) }
        }
        return failure
    }

    private var code: Failure.Code {
        switch death {
        case .overCPULimit, .overDeadline: .cpuLimit
        case .forbiddenCall, .exited, .signal, .brokenProtocol: .crashed
        }
    }

    private var text: String {
        let limit = Amount.seconds(limits.cpuSeconds)
        switch death {
        case .overCPULimit:
            return
                "the CPU limit of \(limit) was reached \(reach), in a call that could not be interrupted, so its worker "
                + "was ended: a very large table, very long texts, or memory filled to its limit?"
        case .overDeadline:
            return
                "it did not stop at its CPU limit of \(limit) and was killed at twice that, \(reach): run `plumb eval` "
                + "with --fuel to see where it is"
        case .forbiddenCall:
            return
                "its worker asked the system for something that no script can ask for and was stopped, \(reach): a hole in "
                + "Plumbline or in Lua was found; please report it with this file"
        case .exited(let status): return "its worker ended with status \(status) \(reach): " + Self.advice
        case .signal(let signal):
            let name = Self.signals[signal].map { ", \($0)" } ?? ""
            return "its worker was ended by signal \(signal)\(name), \(reach): " + Self.advice
        case .brokenProtocol: return "its worker sent what is no answer, \(reach), and was killed: " + Self.advice
        }
    }

    private var reach: String {
        guard let progress else { return "while \(occupation)" }
        return "after \(isExact ? "" : "at least ")\(Amount.count(progress.groupsDone)) of "
            + "\(Amount.count(progress.groups)) groups"
    }

    private static let advice = "try it with `plumb eval`; if it happens again, report it with the file"

    private static let signals = [
        4: "an illegal instruction", 6: "an abort", 7: "a bus error", 8: "a wrong calculation",
        9: "from outside or for want of memory", 11: "an access to memory that is not there",
        24: "too much CPU time for the system",
    ]
}
