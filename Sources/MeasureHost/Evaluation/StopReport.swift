import LuaSandbox
import MeasureModel

/// What is known when a script was stopped: which limit, how far it had got, and what would fit. Estimates are made only
/// from what was measured; otherwise the author is told what to look at.
struct StopReport {
    let limits: EvaluationLimits
    let refusal: LuaRefusal?
    var reach = Reach.loading

    /// Where a script was stopped.
    enum Reach {
        /// Before any group.
        case loading
        /// Among the groups of a task.
        case groups(GroupReach)
    }

    /// How far a task had got.
    struct GroupReach {
        var done: Int
        var all: Int
        /// Rows of the group in which it was stopped.
        var rows: Int
        /// What the groups before that one used.
        var before: TaskUsage
        /// What all used.
        var now: TaskUsage
    }

    /// The text for a stop by a limit; nil for other failures.
    func text(for code: LuaFailure.Code) -> String? {
        switch code {
        case .cpuLimit: cpu
        case .memoryLimit: memory
        case .fuelLimit: fuel
        case .outputLimit:
            "the result is larger than \(Amount.bytes(limits.result)) (`limits.result`), \(progress): "
                + "return numbers, not tables of rows"
        default: nil
        }
    }

    private var progress: String {
        guard case .groups(let reach) = reach else { return "while the file was being loaded" }
        return "after \(Amount.count(reach.done)) of \(Amount.count(reach.all)) groups"
    }

    private var cpu: String {
        let reached = "the CPU limit of \(Amount.seconds(limits.cpuSeconds)) was reached \(progress)"
        guard case .groups(let reach) = reach else {
            return reached + ": a loop without end? A file has only to define its measure"
        }
        let inGroup = reach.now.cpuSeconds - reach.before.cpuSeconds
        guard inGroup < limits.cpuSeconds / 2, reach.done > 0 else {
            return reached + ", \(Amount.seconds(inGroup)) of it in one group of \(Self.rows(reach.rows)): a loop or a "
                + "pattern without end? Otherwise use column verbs instead of a loop over rows"
        }
        let needed = reach.before.cpuSeconds / Double(reach.done) * Double(reach.all)
        let most = 86_400.0
        return reached + ": at this pace all would need about \(Amount.seconds(needed)); use column verbs instead of a "
            + "loop over rows"
            + (needed < most * 0.8
                ? ", or set `limits.cpu` for this measure to at least \(JSON.text(of: Amount.atLeast(needed * 1.1)))s"
                : "")
    }

    private var memory: String {
        let reached = "the memory limit of \(Amount.bytes(limits.memory)) was reached \(progress)"
        if case .loading = reach {
            return reached + ": build nothing large there, a file has only to define its measure"
        }
        guard let refusal else {
            return reached + ": keep fewer tables and columns at a time, or raise `limits.memory` for this measure"
        }
        let asked = Amount.roughBytes(refusal.size)
        let total = refusal.held.addingReportingOverflow(refusal.size)
        let wanted = total.overflow || total.partialValue > 1 << 40 ? nil : Amount.sizeHolding(total.partialValue)
        if refusal.isBlock {
            return reached + ", by one text or list of \(asked), where one may have "
                + "\(Amount.bytes(limits.largestBlock)): build no such long ones"
                + (wanted.map {
                    ", or set `limits.memory` for this measure to at least \($0) and `limits.block` to at least "
                        + Amount.sizeHolding(refusal.size)
                } ?? "")
        }
        return reached + ", when \(asked) more were asked for: keep fewer tables and columns at a time"
            + (wanted.map { ", or set `limits.memory` for this measure to at least \($0)" } ?? "")
    }

    private var fuel: String {
        let limit = limits.fuel ?? 0
        let reached = "the fuel limit of \(Amount.instructions(limit)) was reached \(progress)"
        guard case .groups(let reach) = reach else { return reached + ": a loop without end? Otherwise raise it" }
        let before = reach.before.fuel ?? 0
        guard limit - before < limit / 2, reach.done > 0 else {
            return reached
                + ", \(Amount.instructions(limit - before)) of it in one group of \(Self.rows(reach.rows)): a "
                + "loop without end? Otherwise raise it"
        }
        let needed = Double(before) / Double(reach.done) * Double(reach.all)
        guard needed < 1e15 else { return reached + ": use column verbs instead of a loop over rows" }
        return reached + ": at this pace all would need about \(Amount.instructions(Int(needed))); set it to at least "
            + JSON.text(of: Amount.atLeast(needed * 1.1))
    }

    private static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(Amount.count(count)) rows" }
}

extension LuaFailure {
    /// What to do about an error that Lua words for people who know it.
    var hint: String? {
        if code == .memoryLimit, traceback.count >= Self.deepCalls { return "does a function call itself without end?" }
        guard code == .luaError else { return nil }
        let ends = [
            ("pattern too complex", "a pattern nests at most 200 levels: write a shorter one"),
            ("C stack overflow", "calls through `pcall`, `gsub`, `sort` or a metatable nest at most 200 levels"),
            ("stack overflow", "does a function call itself without end?"),
            ("error while handling an error", "the handler of `xpcall` failed, or calls nest too deeply"),
        ]
        return ends.first { message.hasSuffix($0.0) }?.1
    }

    /// So many calls are on the stack where a function calls itself.
    private static let deepCalls = 20
}
