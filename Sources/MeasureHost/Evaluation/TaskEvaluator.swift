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
    /// What states before this one used, and groups that are finished.
    private var usageBefore = TaskUsage()
    private var usageAtGroup = TaskUsage()
    private var printed = PrintedText()
    private var resultBytes = 0
    private var firstFailure: Failure?
    /// When the parent was told last how far this is.
    private var toldAt: ContinuousClock.Instant?
    private let tellsEachGroup: Bool
    /// Rows of a chunk of a mergeable measure; the same whatever the workers, so that sums come out the same.
    private let chunkRows: Int

    /// Runs the task; failures are part of the result.
    static func run(
        _ task: Batch.Task, frame: Frame, setting: Evaluation.Setting, fixedKey: GroupKey, allowsAny: Bool,
        chunkRows: Int = 65_536, tellsEachGroup: Bool = false
    ) -> TaskResult {
        let host = Evaluation(setting)
        do {
            let limits = LuaLimits(task.limits)
            var state = try LuaState(limits: limits, interface: VerbTable.interface, host: host)
            host.attach(state.meter)
            do {
                try state.load(task.script)
            } catch {
                let report = StopReport(limits: task.limits, refusal: state.refusal)
                return TaskResult(groups: [], failure: Failure(error, report, file: task.script.name))
            }
            var evaluator = TaskEvaluator(task, frame, host, fixedKey, allowsAny, chunkRows, tellsEachGroup, state)
            return evaluator.evaluate()
        } catch {
            return TaskResult(groups: [], failure: Failure(error, file: task.script.name))
        }
    }

    private init(
        _ task: Batch.Task, _ frame: Frame, _ host: Evaluation, _ fixedKey: GroupKey, _ allowsAny: Bool,
        _ chunkRows: Int, _ tellsEachGroup: Bool, _ state: consuming LuaState
    ) {
        self.task = task
        self.frame = frame
        self.host = host
        self.fixedKey = fixedKey
        self.allowsAny = allowsAny
        self.chunkRows = chunkRows
        self.tellsEachGroup = tellsEachGroup && frame.groups.count <= TaskProgress.mostToldOneByOne
        readable = task.columns.map { Set($0 + frame.dimensions) }
        self.state = state
    }

    /// Goes on in a fresh state, with what is left of the limits.
    private mutating func renewState() throws(LuaFailure) {
        usageBefore = usage
        printed.add(state.log)
        host.forgetObjects()
        var limits = LuaLimits(task.limits).left(after: usageBefore)
        limits.logBytes -= min(limits.logBytes, printed.text.utf8.count)
        limits.logLines -= min(limits.logLines, UInt32(clamping: printed.lineCount))
        state = try LuaState(limits: limits, interface: VerbTable.interface, host: host)
        host.attach(state.meter)
        try state.load(task.script)
        groupsInState = 0
    }

    private mutating func evaluate() -> TaskResult {
        var result = TaskResult(groups: [])
        result.groups.reserveCapacity(frame.groups.count)
        for (number, group) in frame.groups.enumerated() {
            groupNumber = number
            usageAtGroup = usage
            let outcome = bounded(evaluate(group))
            usageBefore.groups += 1
            usageBefore.rows += group.rows.count
            if let failure = outcome.failure, failure.code.stopsTheMeasure {
                result.failure = failure
                break
            }
            result.groups.append(outcome)
        }
        result.usage = usage
        printed.add(state.log)
        (result.log, result.isLogTruncated) = (printed.text, printed.isTruncated)
        result.readsAsOf = host.readsAsOf
        return result
    }

    /// All results of a task are one message to the parent, which holds those of all tasks: they have an end.
    private mutating func bounded(_ outcome: GroupResult) -> GroupResult {
        resultBytes += outcome.approximateSize
        firstFailure = firstFailure ?? outcome.failure
        let endsHere = outcome.failure?.code.stopsTheMeasure == true
        guard resultBytes > Self.mostResultBytes, !endsHere else { return outcome }
        let advice =
            firstFailure.map { "mend what fails, first of all: \(Failure.escaped($0.message, limit: 200))" }
            ?? "return fewer parts"
        let failure = Failure(
            .outputLimit,
            "the results of all groups together are larger than \(Amount.bytes(Self.mostResultBytes)), after "
                + "\(Amount.count(usageBefore.groups)) of \(Amount.count(frame.groups.count)) groups: \(advice)",
            file: task.script.name, group: outcome.key, period: host.setting.periods[outcome.period].label)
        return GroupResult(key: outcome.key, period: outcome.period, parts: [], failure: failure)
    }

    private static let mostResultBytes = 64 << 20

    /// Tells the parent where this is: now and then, and with its last words, should the script have to be ended. What the
    /// script has used by then is what the parent takes for its time; the rest was the host's.
    private mutating func tellProgress(_ group: Frame.Group, _ key: GroupKey) {
        let announcements = host.setting.frames.announcements
        guard let say = announcements.say else { return }
        let progress = TaskProgress(
            groupsDone: usageBefore.groups, groups: frame.groups.count, key: key,
            period: host.setting.periods[group.period].label, cpuSeconds: usage.cpuSeconds)
        var lastWords = WorkerReply.progress(progress).frameBytes
        if lastWords.count > LuaState.farewellSize {
            lastWords = WorkerReply.progress(progress.cut(toBytes: LuaState.farewellSize)).frameBytes
        }
        state.setFarewell(lastWords, descriptor: Self.replies, secondsUsed: progress.cpuSeconds)
        let now = ContinuousClock.now
        if !tellsEachGroup, let toldAt, toldAt.duration(to: now) < Self.silence { return }
        toldAt = now
        say(.progress(progress))
    }

    /// How long the parent is left without news, at the least: a message for each of many groups would take longer than
    /// they do.
    private static let silence = Duration.milliseconds(50)

    /// The descriptor on which a worker answers.
    private static let replies: Int32 = 1

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
                try renewState()
                return try attempt(group, key)
            }
        } catch let failure as LuaFailure {
            return failed(Failure(failure, report(group), file: task.script.name), group, key)
        } catch let failure as Failure {
            return failed(failure, group, key)
        } catch {
            return failed(Failure(.luaError, "the group could not be evaluated"), group, key)
        }
    }

    private func failed(_ failure: Failure, _ group: Frame.Group, _ key: GroupKey) -> GroupResult {
        var failure = failure
        failure.file = failure.file ?? task.script.name
        failure.group = key
        failure.period = host.setting.periods[group.period].label
        return GroupResult(key: key, period: group.period, parts: [], failure: failure)
    }

    private func report(_ group: Frame.Group) -> StopReport {
        let reach = StopReport.GroupReach(
            done: usageBefore.groups, all: frame.groups.count, rows: group.rows.count, before: usageAtGroup, now: usage)
        return StopReport(limits: task.limits, refusal: state.refusal, reach: .groups(reach))
    }

    private func key(of group: Frame.Group) -> GroupKey {
        GroupKey(fixedKey.parts + zip(frame.dimensions, group.key).map { GroupKey.Part($0, $1) })
    }

    private mutating func attempt(_ group: Frame.Group, _ key: GroupKey) throws -> GroupResult {
        groupsInState += 1
        tellProgress(group, key)
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
            try requireRowAccess()
            value = try state.fold(
                group: object, rowKind: ObjectKind.row.rawValue, rows: group.rows.count, chunk: chunkRows,
                params: params)
        }
        let result = try ResultReader(host: host, group: view, allowsAny: allowsAny).read(value)
        return GroupResult(
            key: key, period: group.period, parts: result.parts, other: result.other,
            response: ResponseCounter(host: host).count(view, number: groupNumber))
    }

    private func requireRowAccess() throws(Failure) {
        let dataset = frame.dataset.description.name
        let verbs = "init, step, merge and finish look at single rows"
        guard host.setting.visible.hasRows(of: dataset) else {
            throw Failure(
                .refused,
                "\(verbs) of \(dataset), which its plugin does not declare: write `value` with column verbs, or "
                    + "`rows: true` for `\(dataset)` under `reads` in plugin.yaml")
        }
        guard host.setting.mayReadRows else {
            throw Failure(
                .refused,
                "\(verbs), which this measure may not: "
                    + "list its id under `row_access` in plumbline.yaml, or write `value` with column verbs")
        }
    }

    /// `math.random` depends on the measure, the group and the period, and on nothing else.
    private func seed(of group: Frame.Group, _ key: GroupKey) -> UInt64 {
        let words = key.parts.flatMap { [$0.dimension, $0.value] } + [host.setting.periods[group.period].label]
        return StableHash.of(words.joined(separator: "\u{1f}").utf8, seed: task.seed)
    }
}

extension GroupResult {
    /// About as many bytes as it takes, in a message and in memory.
    fileprivate var approximateSize: Int {
        var bytes = other?.utf8.count ?? 0
        for part in key.parts { bytes += part.dimension.utf8.count + part.value.utf8.count }
        for part in parts { bytes += 128 + (part.part?.utf8.count ?? 0) + (part.reason?.utf8.count ?? 0) }
        guard let failure else { return bytes }
        return 2 * bytes + 128 + failure.message.utf8.count + (failure.file?.utf8.count ?? 0) + 8
            * failure.traceback.count
    }
}

/// What a task printed, over all states it ran in.
private struct PrintedText {
    private(set) var text = ""
    private(set) var isTruncated = false

    var lineCount: Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

    mutating func add(_ more: (text: String, isTruncated: Bool)) {
        text += VisibleText.of(more.text, keepingLines: true)
        isTruncated = isTruncated || more.isTruncated
    }
}
