import LuaSandbox
import Statistics

/// A chart as an estimate: the centre line of its last phase, and what the chart shows besides.
struct ChartFindings {
    private let request: ChartRequest
    private let chart: ControlChart
    private let last: ChartedPhase
    /// The points that set its centre line.
    private let baseline: Set<Int>

    private static let runDetails = [
        "useful", "above", "below", "runs", "longest_run", "longest_run_max", "crossings", "crossings_min",
        "longest_trend", "runs_low", "runs_high", "runs_verdict",
    ]

    private static let rangeDetails = ["sigma", "lower", "upper", "mean_moving_range", "moving_range_limit"]

    init(_ request: ChartRequest) {
        self.request = request
        chart = ControlChart(request.series, phases: request.phases, options: request.options)
        last = chart.phases[chart.phases.count - 1]
        baseline = Set(last.baseline)
    }

    /// Whether a row is among those that set the centre line.
    func isBehind(_ row: Int) -> Bool { request.pointOfRow[row].map(baseline.contains) ?? false }

    /// The points each of which the centre line may tell: those of a median that lie in the middle, else all that set it.
    var centralPoints: Set<Int> {
        let points = request.series.points
        guard request.series.kind == .run else { return baseline }
        let sorted = baseline.filter { !points[$0].isNaN }.sorted { points[$0] < points[$1] }
        guard let low = sorted.dropFirst((sorted.count - 1) / 2).first,
            let high = sorted.dropFirst(sorted.count / 2).first
        else { return baseline }
        // Any of several that are equal may be the one.
        return Set(sorted.filter { points[$0] >= points[low] && points[$0] <= points[high] })
    }

    /// The points whose neighbour has a value, too, of which σ is made; nil where it is made of something else.
    var rangedPoints: Set<Int>? {
        guard last.movingRanges != nil, request.options.gaps == .notFormed else { return nil }
        let valid = baseline.filter { !request.series.points[$0].isNaN }
        return valid.filter { valid.contains($0 - 1) || valid.contains($0 + 1) }
    }

    /// The points that counts and rules speak of: those on either side of the centre line, those at which a pattern is
    /// complete, and those that set the lines of a phase.
    var toldPoints: [Set<Int>] {
        let center = last.center ?? .nan
        let points = request.series.points
        let sides = [last.range.filter { points[$0] > center }, last.range.filter { points[$0] < center }]
        let signals = chart.phases.flatMap(\.verdicts).flatMap(\.signals).map(\.positions)
        return Set((sides + signals + chart.phases.map(\.baseline)).map(Set.init)).sorted { $0.count < $1.count }
    }

    func computed(restingOn fewest: Int, ranged: Int?) throws(Undefined) -> Computed {
        guard let center = last.center else { throw Undefined(last.problem?.reason ?? ChartProblem.noPoints.reason) }
        var computed = Computed(center, n: request.pointOfRow.indices.reduce(0) { $0 + (isBehind($1) ? 1 : 0) })
        computed.add("kind", request.series.kind.rawValue)
        if let problem = last.problem { computed.add("problem", problem.reason) }
        addLimits(to: &computed)
        addRuns(to: &computed)
        addSignals(to: &computed)
        addMovingRanges(to: &computed)
        addSubgroups(to: &computed)
        computed.add("phases", table: phases)
        if let ranged { computed.rest(Self.rangeDetails, on: ranged) }
        let fewest = min(fewest, ranged ?? .max)
        computed.rest(Self.runDetails + ["rules", "rule_sets", "phases", "zero_gaps"], on: fewest)
        return computed
    }

    // MARK: Lines

    private func addLimits(to computed: inout Computed) {
        computed.add("sigma", Self.common(last.sigmas))
        computed.add("lower", Self.common(last.lower, where: last.sigmas))
        computed.add("upper", Self.common(last.upper, where: last.sigmas))
        computed.add("sigma_z", last.inflation)
        computed.add("zero_gaps", request.zeroGaps)
        computed.add("points", perRow: request.series.points.map(\.self))
        if !request.sizes.isEmpty { computed.add("sizes", perRow: request.sizes.map(\.self)) }
        computed.add("sigmas", perRow: perPoint(\.sigmas))
        computed.add("lowers", perRow: perPoint(\.lower))
        computed.add("uppers", perRow: perPoint(\.upper))
    }

    /// Values of all phases by point; false where a phase has none.
    private func perPoint(_ values: KeyPath<ChartedPhase, [Double]>) -> [Double?] {
        chart.phases.flatMap { phase -> [Double?] in
            let own = phase[keyPath: values]
            return own.isEmpty ? [Double?](repeating: nil, count: phase.range.count) : own.map(\.self)
        }
    }

    /// The one value of all points, where σ is the same for all of them; nil otherwise.
    private static func common(_ values: [Double], where sigmas: [Double]? = nil) -> Double? {
        let present = Set((sigmas ?? values).lazy.filter { !$0.isNaN })
        return present.count == 1 ? values.first { !$0.isNaN } : nil
    }

    private var phases: LuaTable {
        LuaTable(
            list: chart.phases.map { phase in
                let numbers = [
                    ("center", phase.center), ("sigma", Self.common(phase.sigmas)),
                    ("lower", Self.common(phase.lower, where: phase.sigmas)),
                    ("upper", Self.common(phase.upper, where: phase.sigmas)),
                ]
                let fields = numbers.compactMap { name, number in number.map { (name, LuaValue.number($0)) } }
                let start = ("start", LuaValue.integer(Int64(phase.range.lowerBound + 1)))
                return .table(LuaTable(record: fields + [start]))
            })
    }

    // MARK: Runs and signals

    private func addRuns(to computed: inout Computed) {
        guard let runs = last.runs else { return }
        computed.add("useful", runs.useful)
        computed.add("above", runs.above)
        computed.add("below", runs.below)
        computed.add("runs", runs.runs)
        computed.add("longest_run", runs.longestRun)
        computed.add("longest_run_max", runs.longestPlausibleRun)
        computed.add("crossings", runs.crossings)
        computed.add("crossings_min", runs.fewestPlausibleCrossings)
        computed.add("longest_trend", runs.longestTrend)
        let plausible = runs.plausibleRuns()
        computed.add("runs_low", plausible?.lowerBound)
        computed.add("runs_high", plausible?.upperBound)
        if let verdict = runs.runsVerdict() { computed.add("runs_verdict", verdict.rawValue) }
    }

    private func addSignals(to computed: inout Computed) {
        let verdicts = chart.phases.flatMap(\.verdicts)
        let found = verdicts.flatMap(\.signals)
        let judged = ChartRule.allCases.filter { rule in verdicts.contains { $0.ruleSet.rules.contains(rule) } }
        let positions = judged.filter { !$0.isOfWholePhase }.map { rule in
            let positions = Set(found.filter { $0.rule == rule }.flatMap(\.positions)).sorted()
            return (rule.rawValue, LuaValue.table(LuaTable(list: positions.map { .integer(Int64($0 + 1)) })))
        }
        computed.add("signals", table: LuaTable(record: positions), showsRows: true)
        let rules = last.verdicts.flatMap(\.signals).map(\.rule)
        computed.add("rules", table: LuaTable(record: judged.map { ($0.rawValue, .boolean(rules.contains($0))) }))
        let sets = last.verdicts.map { ($0.ruleSet.rawValue, LuaValue.boolean($0.isSignal)) }
        computed.add("rule_sets", table: LuaTable(record: sets))
    }

    // MARK: Ranges and subgroups

    private func addMovingRanges(to computed: inout Computed) {
        guard let ranges = last.movingRanges else { return }
        computed.add("mean_moving_range", ranges.mean)
        computed.add("moving_range_limit", ranges.upperLimit)
        let points = request.series.points
        computed.add(
            "moving_ranges",
            perRow: chart.phases.flatMap { phase in
                phase.range.map { $0 > phase.range.lowerBound ? abs(points[$0] - points[$0 - 1]) : nil }
            })
    }

    private func addSubgroups(to computed: inout Computed) {
        guard !request.spreads.isEmpty else { return }
        computed.add("spreads", perRow: request.spreads.map(\.self))
        guard let chart = try? SpreadChart(request.series, phase: last.phase) else { return }
        let before = [Double?](repeating: nil, count: last.range.lowerBound)
        computed.add("spread_center", chart.center)
        computed.add("spread_lower", Self.common(chart.lower, where: last.sigmas))
        computed.add("spread_upper", Self.common(chart.upper, where: last.sigmas))
        computed.add("spread_lowers", perRow: before + chart.lower.map(\.self))
        computed.add("spread_uppers", perRow: before + chart.upper.map(\.self))
    }
}

extension ChartProblem {
    /// Why there is no number. A reason names no position: it would speak of a row.
    fileprivate var reason: String {
        if case .impossiblePoint = self {
            return "a point cannot be: it is infinite, negative where events are counted, or has more events than units"
        }
        return explanation
    }
}
