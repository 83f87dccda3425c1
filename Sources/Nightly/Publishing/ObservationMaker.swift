import CivilCalendar
import DisclosureControl
import MeasureModel
import Workspace

/// Turns a task's results into observations: identity, status, disclosure control, provenance.
struct ObservationMaker {
    let workspace: Workspace
    let policy: DisclosurePolicy
    let asOf: CivilDate
    /// Under which definition each series was first published.
    let firstDefinitions: [String: String]

    /// One observation, with what sorting and audiences need to know of it.
    final class Made {
        var observation: Observation
        let key: GroupKey
        let grouping: Int
        let start: Int32
        let owner: String?
        let isSuppressed: Bool

        init(
            observation: Observation, key: GroupKey, grouping: Int, start: Int32, owner: String?, isSuppressed: Bool
        ) {
            self.observation = observation
            self.key = key
            self.grouping = grouping
            self.start = start
            self.owner = owner
            self.isSuppressed = isSuppressed
        }
    }

    /// All observations of a series; of groups that failed their last good values, as stale, where there are some.
    func make(_ series: TaskSeries, isStale: Bool) -> [Made] {
        let kept = Set(series.older.flatMap { older in older.groups.map(older.cell) })
        let fresh = series.groups.flatMap { group -> [Made] in
            guard group.failure != nil else {
                return cell(series, group, series.periods[group.period], isStale: isStale)
            }
            guard !kept.contains(series.cell(of: group)) else { return [] }
            return [observation(series, group.key, series.periods[group.period], nil, status: .error, reason: nil)]
        }
        return fresh
            + series.older.flatMap { older in
                older.groups.flatMap { cell(older, $0, older.periods[$0.period], isStale: true) }
            }
    }

    /// What stands for a measure that failed and never had a value.
    func errorObservation(_ definition: MeasureDefinition, id: String, owner: String?, script: Script) -> Made {
        let series = TaskSeries(
            failed: definition, id: id, owner: owner, script: script, asOf: asOf.description)
        let key = GroupKey(owner.map { [GroupKey.Part("network", $0)] } ?? [])
        return observation(series, key, .all, nil, status: .error, reason: nil)
    }

    /// The parts of one cell are published, or hidden, together.
    private func cell(_ series: TaskSeries, _ group: GroupResult, _ period: Period, isStale: Bool) -> [Made] {
        let classes = ([series.definition.from] + series.definition.with)
            .compactMap { workspace.config.dataset($0)?.dataClass }
        let isHidden = PrimarySuppression.hides(group.parts, classes: classes, policy: policy)
        return group.parts.map { part in
            if isHidden {
                return observation(series, group.key, period, part, status: .suppressed, reason: "privacy")
            }
            guard let estimate = part.estimate else {
                return observation(series, group.key, period, part, status: part.status, reason: part.reason)
            }
            let status: Status = isStale ? .stale : isComplete(period) ? .ok : .provisional
            let made = observation(series, group.key, period, part, status: status, reason: nil)
            made.observation.set(estimate)
            made.observation.countedUnit = unit(of: estimate, in: series.definition.from)
            made.observation.set(response(group, estimate, in: series.definition.from))
            return made
        }
    }

    /// The response rate beside a number, and bounds of a share of persons.
    private func response(_ group: GroupResult, _ estimate: Estimate, in dataset: String) -> ResponseRate? {
        guard let count = group.response, isShown(count, of: dataset) else { return nil }
        let threshold = workspace.config.responseThreshold(of: dataset, in: group.key["network"])
        var rate = ResponseRate(count, threshold: threshold)
        if let yes = estimate.numerator, let answered = estimate.denominator, answered == Double(estimate.persons),
            estimate.value == yes / answered
        {
            rate?.bound(yes: yes, answered: answered)
        }
        return rate
    }

    /// Whether those who were to answer, and those who did, are as many as the classes of both datasets ask for.
    private func isShown(_ count: ResponseCount, of dataset: String) -> Bool {
        let config = workspace.config.dataset(dataset)
        let names = [dataset, config?.response?.eligible].compactMap(\.self)
        let classes = names.compactMap { workspace.config.dataset($0)?.dataClass }
        let minimum = policy.strictest(classes)?.rule.minimum ?? .max
        return count.eligible >= minimum && (count.respondents == 0 || count.respondents >= minimum)
    }

    /// What an estimate's n counts. Where rows count people, n counts people only if it is what they were counted out of.
    private func unit(of estimate: Estimate, in dataset: String) -> String {
        guard let config = workspace.config.dataset(dataset) else { return "rows" }
        switch (estimate.counted, config.persons) {
        case (.persons, _): return "persons"
        case (.rows, .counts): return "rows"
        case (.cases, .counts), (.rows, _): return config.unitCounted
        case (.cases, _): return "cases"
        }
    }

    private func isComplete(_ period: Period) -> Bool {
        period.days.map { $0.end <= asOf } ?? true
    }

    private func observation(
        _ series: TaskSeries, _ key: GroupKey, _ period: Period, _ part: PartResult?, status: Status, reason: String?
    ) -> Made {
        let definition = series.definition
        let dataset = workspace.config.dataset(definition.from)
        let classes = part?.estimate?.classes ?? []
        let rule = policy.label(for: classes.isEmpty ? [dataset?.dataClass ?? ""] : classes)
        let policyLabel = (rule.map { "\($0); " } ?? "") + DisclosurePolicy.scope
        let identity = Self.identity(series.id, part?.part, key, period)
        var observation = Observation(
            id: identity, measure: series.id, version: definition.version, part: part?.part,
            params: Dictionary(uniqueKeysWithValues: series.params.map { ($0.name, $0.value) }), preset: series.preset,
            period: .init(
                kind: period.kind.rawValue, label: period.label, start: period.days?.start.description,
                end: period.days?.end.description, complete: isComplete(period)),
            group: Dictionary(uniqueKeysWithValues: key.parts.map { ($0.dimension, $0.value) }),
            unit: definition.unit, countedUnit: dataset?.unitCounted ?? "rows", status: status, reason: reason,
            provenance: .init(
                data: "sha256:" + series.dataHash, script: "sha256:" + series.scriptHash, plugins: series.plugins,
                host: PlumblineVersion.current, policy: policyLabel, asOf: series.asOf))
        if let first = firstDefinitions[identity], first != series.definitionMark {
            observation.flags = [ObservationFlag.definitionChanged.rawValue]
        }
        return Made(
            observation: observation, key: key, grouping: series.grouping,
            start: period.days?.start.day ?? Int32.min, owner: series.owner, isSuppressed: status == .suppressed)
    }

    static func identity(_ measure: String, _ part: String?, _ key: GroupKey, _ period: Period) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(256)
        for word in [measure, part ?? "", period.kind.rawValue, period.label] { append(word) }
        for part in key.parts {
            append(part.dimension)
            append(part.value)
        }
        return "obs_" + ContentHash.of(text).prefix(16)

        // As `ContentHash.add` does for texts.
        func append(_ word: String) {
            text.append(contentsOf: word.utf8)
            text.append(0)
        }
    }
}

extension TaskSeries {
    /// What makes a definition another one: its version and its parameters.
    var definitionMark: String {
        ([definition.version, preset ?? ""] + params.map { "\($0.name)=\(JSON.text(of: $0.value))" }).joined(
            separator: " ")
    }

    /// A series without results, for a measure that failed.
    init(failed definition: MeasureDefinition, id: String, owner: String?, script: Script, asOf: String) {
        self.init(
            scriptName: "", id: id, definition: definition, owner: owner, grouping: 0,
            params: definition.params.map { ParameterValue(name: $0.name, value: $0.standard) }, preset: nil,
            periods: [.all], dataHash: "", scriptHash: script.contentHash, plugins: script.plugins, asOf: asOf,
            groups: [], summary: BatchSummary(),
            older: [])
    }
}

extension Observation {
    /// Takes over a response rate, with the flag of one that is too low.
    mutating func set(_ rate: ResponseRate?) {
        response = rate
        if rate?.isLow == true { raise([.lowResponse]) }
    }

    /// Adds flags, in the order of all.
    mutating func raise(_ raised: [ObservationFlag]) {
        let names = Set(flags + raised.map(\.rawValue))
        flags = ObservationFlag.allCases.map(\.rawValue).filter(names.contains)
    }

    /// Takes over an estimate's numbers and flags.
    mutating func set(_ estimate: Estimate) {
        value = estimate.value == 0 ? 0 : estimate.value
        n = estimate.n
        numerator = estimate.numerator
        denominator = estimate.denominator
        low = estimate.low
        high = estimate.high
        level = estimate.level
        method = estimate.method
        raise(estimate.flags)
    }
}
