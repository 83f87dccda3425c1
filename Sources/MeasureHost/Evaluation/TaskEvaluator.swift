import LuaSandbox
import MeasureModel

/// Evaluates one measure over the groups of a frame, each with a freshly instantiated definition.
struct TaskEvaluator: ~Copyable {
    private let task: Batch.Task
    private let frame: Frame
    private let host: Evaluation
    private let fixedKey: GroupKey
    private let allowsAny: Bool
    private var state: LuaState
    private var groupsInState = 0
    private var groupNumber = 0
    private let readable: Set<String>?
    private var usageBefore = TaskUsage()
    private var log = ""
    private var isLogTruncated = false
    /// Rows of a chunk of a mergeable measure; the same whatever the workers, so that sums come out the same.
    private let chunkRows: Int

    /// Runs the task; failures are part of the result.
    static func run(
        _ task: Batch.Task, frame: Frame, setting: Evaluation.Setting, fixedKey: GroupKey, allowsAny: Bool,
        chunkRows: Int = 65_536
    ) -> TaskResult {
        let host = Evaluation(setting)
        do {
            let state = try open(task, host)
            var evaluator = TaskEvaluator(task, frame, host, fixedKey, allowsAny, chunkRows, state)
            return evaluator.evaluate()
        } catch {
            return TaskResult(groups: [], failure: Failure(error, file: task.script.name))
        }
    }

    private init(
        _ task: Batch.Task, _ frame: Frame, _ host: Evaluation, _ fixedKey: GroupKey, _ allowsAny: Bool,
        _ chunkRows: Int, _ state: consuming LuaState
    ) {
        self.task = task
        self.frame = frame
        self.host = host
        self.fixedKey = fixedKey
        self.allowsAny = allowsAny
        self.chunkRows = chunkRows
        readable = task.columns.map { Set($0 + frame.dimensions) }
        self.state = state
    }

    private static func open(
        _ task: Batch.Task, _ host: Evaluation, after usage: TaskUsage = TaskUsage()
    ) throws(LuaFailure) -> LuaState {
        var state = try LuaState(
            limits: LuaLimits(task.limits).left(after: usage), interface: VerbTable.interface, host: host)
        host.attach(state.meter)
        try state.load(name: task.script.name, source: task.script.source)
        return state
    }

    private mutating func evaluate() -> TaskResult {
        var result = TaskResult(groups: [])
        result.groups.reserveCapacity(frame.groups.count)
        for (number, group) in frame.groups.enumerated() {
            groupNumber = number
            let outcome = evaluate(group)
            usageBefore.groups += 1
            usageBefore.rows += group.rows.count
            if let failure = outcome.failure, failure.code.stopsTheMeasure {
                result.failure = failure
                break
            }
            result.groups.append(outcome)
        }
        result.usage = usage
        keepLog()
        (result.log, result.isLogTruncated) = (log, isLogTruncated)
        result.readsAsOf = host.readsAsOf
        return result
    }

    /// What a state printed stays when the state goes.
    private mutating func keepLog() {
        let more = state.log
        guard log.utf8.count < LuaLimits().logBytes else {
            isLogTruncated = isLogTruncated || !more.text.isEmpty
            return
        }
        log += Failure.withoutTurningMarks(more.text)
        isLogTruncated = isLogTruncated || more.isTruncated
    }

    private var usage: TaskUsage {
        let now = state.usage
        var total = usageBefore
        total.cpuSeconds += now.cpuSeconds
        total.memoryPeak = max(total.memoryPeak, now.memoryPeak)
        total.fuel = now.fuel.map { (total.fuel ?? 0) + Int($0) } ?? total.fuel
        return total
    }

    private mutating func evaluate(_ group: Frame.Group) -> GroupResult {
        let key = key(of: group)
        do {
            do {
                return try attempt(group, key)
            } catch let failure as LuaFailure where failure.code == .memoryLimit && groupsInState > 1 {
                // Garbage of earlier groups must not decide: once more in a fresh state, and that verdict counts.
                usageBefore = usage
                keepLog()
                host.forgetObjects()
                state = try Self.open(task, host, after: usageBefore)
                groupsInState = 0
                return try attempt(group, key)
            }
        } catch let failure as LuaFailure {
            return failed(Failure(failure, file: task.script.name), group, key)
        } catch let failure as Failure {
            return failed(failure, group, key)
        } catch {
            return failed(Failure(.luaError, "the group could not be evaluated"), group, key)
        }
    }

    private func failed(_ failure: Failure, _ group: Frame.Group, _ key: GroupKey) -> GroupResult {
        var failure = failure
        failure.file = task.script.name
        failure.group = key
        failure.period = host.setting.periods[group.period].label
        let progress =
            "after \(usageBefore.groups) of \(frame.groups.count) groups, in one of \(group.rows.count) rows"
        if let advice = LimitAdvice.text(for: failure.code, limits: LuaLimits(task.limits), progress) {
            failure.message = failure.message.isEmpty ? advice : "\(advice) (\(failure.message))"
        }
        return GroupResult(key: key, period: group.period, parts: [], failure: failure)
    }

    private func key(of group: Frame.Group) -> GroupKey {
        GroupKey(fixedKey.parts + zip(frame.dimensions, group.key).map { GroupKey.Part($0, $1) })
    }

    private mutating func attempt(_ group: Frame.Group, _ key: GroupKey) throws -> GroupResult {
        groupsInState += 1
        let view = GroupView(
            frame: frame, rows: .range(group.rows), key: key, period: group.period,
            readable: readable, number: groupNumber)
        let object = host.begin(view)
        try state.instantiate(seed: seed(of: group, key))
        let params = LuaValue.table(LuaTable(record: task.params.map { ($0.name, .number($0.value)) }))
        let value: LuaValue
        switch task.form {
        case .value: value = try state.call("value", [.object(object), params])
        case .mergeable:
            guard host.setting.mayReadRows else {
                throw Failure(
                    .refused,
                    "init, step, merge and finish look at single rows, which this measure may not: "
                        + "list its id under `row_access` in plumbline.yaml, or write `value` with column verbs")
            }
            value = try state.fold(
                group: object, rowKind: ObjectKind.row.rawValue, rows: group.rows.count, chunk: chunkRows,
                params: params)
        }
        let result = try ResultReader(host: host, group: view, allowsAny: allowsAny).read(value)
        return GroupResult(key: key, period: group.period, parts: result.parts, other: result.other)
    }

    /// `math.random` depends on the measure, the group and the period, and on nothing else.
    private func seed(of group: Frame.Group, _ key: GroupKey) -> UInt64 {
        let words = key.parts.flatMap { [$0.dimension, $0.value] } + [host.setting.periods[group.period].label]
        return StableHash.of(words.joined(separator: "\u{1f}").utf8, seed: task.seed)
    }
}

/// Which limit stopped a script, how far it had got, and what would fit.
enum LimitAdvice {
    static func text(for code: Failure.Code, limits: LuaLimits, _ progress: String) -> String? {
        switch code {
        case .cpuLimit:
            return "the CPU limit of \(JSON.text(of: limits.cpuSeconds)) s was reached \(progress): look for a loop "
                + "without end, use column verbs instead of loops over rows, or raise `limits: cpu`"
        case .memoryLimit:
            return
                "the memory limit of \(size(limits.memory)) was reached \(progress): keep fewer tables and columns "
                + "at a time, or raise `limits: memory`"
        case .fuelLimit:
            return "the fuel limit of \(limits.fuel) instructions was reached \(progress): raise --fuel"
        case .outputLimit: return "the result is too large \(progress): return numbers, not tables of rows"
        default: return nil
        }
    }

    /// A number of bytes in the largest unit that names it exactly.
    private static func size(_ bytes: Int) -> String {
        if bytes >= 1 << 20, bytes % (1 << 20) == 0 { return "\(bytes >> 20) MB" }
        if bytes >= 1 << 10, bytes % (1 << 10) == 0 { return "\(bytes >> 10) KB" }
        return "\(bytes) bytes"
    }
}
