import MeasureModel
import Statistics

/// What was published of a series, position by position; NaN where nothing was.
struct SeriesCourse {
    private(set) var values: [Double]
    private(set) var numerators: [Double]
    private(set) var denominators: [Double]
    /// Positions whose number is hidden.
    private(set) var hidden: Set<Int> = []
    /// Positions of periods that are not over: they are shown, but neither judged nor a part of the baseline.
    private(set) var provisional: Set<Int> = []

    init(count: Int) {
        values = [Double](repeating: .nan, count: count)
        numerators = values
        denominators = values
    }

    mutating func put(_ observation: Observation, at place: Int) {
        if !observation.period.complete { provisional.insert(place) }
        guard let value = observation.value else {
            if observation.status == Status.suppressed.rawValue { hidden.insert(place) }
            return
        }
        values[place] = value
        numerators[place] = observation.numerator ?? .nan
        denominators[place] = observation.denominator ?? .nan
    }

    /// The same without what is provisional.
    var settled: SeriesCourse {
        var copy = self
        for place in provisional {
            (copy.values[place], copy.numerators[place], copy.denominators[place]) = (.nan, .nan, .nan)
        }
        return copy
    }

    /// Shares and rates are charted by what they are made of, other values as they are.
    func series(_ kind: ChartKind) -> ChartSeries {
        switch kind {
        case .p, .pPrime: .shares(numerators.span, of: denominators.span, adjusted: kind == .pPrime)
        case .u, .uPrime: .rates(numerators.span, per: denominators.span, adjusted: kind == .uPrime)
        case .c: .counts(values.span)
        case .g: .casesBetween(values.span)
        case .t: .timeBetween(values.span)
        case .run: .run(values.span)
        case .xmr, .xbarS, .xbarR: .individuals(values.span)
        }
    }

    /// Whether values are there but nothing that such a chart could be made of.
    func lacksCounts(_ kind: ChartKind) -> Bool {
        [.p, .pPrime, .u, .uPrime].contains(kind) && numerators.allSatisfy(\.isNaN)
    }
}

/// The chart of one series.
struct SeriesChart {
    private let course: SeriesCourse
    private let kind: ChartKind
    private let rules: RuleSet
    /// The chart of complete points, which alone are judged.
    private let judged: ControlChart
    /// The chart of all points, for the limits at provisional ones.
    private let shown: ControlChart
    /// The last judged point of each phase: what speaks of the phase as a whole is said there.
    private let lastJudged: [Int?]

    /// - Parameter phaseStarts: positions at which the chart starts anew.
    init(
        _ course: SeriesCourse, kind: ChartKind, rules: RuleSet, baseline: Int?, phaseStarts: [Int]
    ) {
        self.course = course
        self.kind = kind
        self.rules = rules
        let phases = Set(phaseStarts + [0]).sorted().map {
            ChartPhase(start: $0, baseline: baseline, excluding: course.provisional)
        }
        let settled = course.settled
        let points = settled.series(kind)
        judged = ControlChart(points, phases: phases)
        shown = course.provisional.isEmpty ? judged : ControlChart(course.series(kind), phases: phases)
        lastJudged = judged.phases.map { phase in phase.range.last { !points.points[$0].isNaN } }
    }

    /// What the feed says of the point at a position.
    func place(_ position: Int, phase number: Int) -> Observation.Chart {
        var place = Observation.Chart(kind: kind.rawValue, phase: number, rules: rules.rawValue, reason: nil)
        guard let index = judged.phaseIndex(at: position) else { return place }
        let phase = judged.phases[index]
        let chart = course.provisional.contains(position) ? shown : judged
        place.reason = obstacle(phase) ?? phase.problem?.words
        guard obstacle(phase) == nil, let lines = chart.lines(at: position), let center = lines.center, center.isFinite
        else {
            return place
        }
        place.status = Status.ok.rawValue
        (place.center, place.lower, place.upper) = (center, lines.lower, lines.upper)
        guard !course.provisional.contains(position) else { return place }
        let isLast = lastJudged[index] == position
        place.signals = signals(phase, rules, at: position, isLast: isLast).map(\.rawValue)
        guard phase.verdicts.contains(where: { $0.ruleSet == rules }) else { return place }
        place.disagree = phase.verdicts.map(\.ruleSet).filter { other in
            signals(phase, other, at: position, isLast: isLast).isEmpty != place.signals.isEmpty
        }.map(\.rawValue)
        return place
    }

    /// Rules whose pattern is complete at a position; what the phase as a whole shows is said at its last point.
    private func signals(_ phase: ChartedPhase, _ set: RuleSet, at position: Int, isLast: Bool) -> [ChartRule] {
        let here = phase.verdicts.rules(of: set, at: position)
        let whole = isLast ? phase.verdicts.rules(of: set).filter(\.isOfWholePhase) : []
        return set.rules.filter { here.contains($0) || whole.contains($0) }
    }

    /// Why there is no chart though there may be points.
    private func obstacle(_ phase: ChartedPhase) -> String? {
        let baseline = phase.range.prefix(phase.phase.baseline ?? phase.range.count)
        if baseline.contains(where: { course.hidden.contains($0) && !course.provisional.contains($0) }) {
            return "the baseline has hidden points"
        }
        return course.lacksCounts(kind) ? "a \(kind.rawValue) chart needs a numerator and a denominator" : nil
    }
}

extension ChartProblem {
    /// Why, for readers who see periods and not positions.
    fileprivate var words: String {
        switch self {
        case .noPoints: "the baseline has no complete period with a value"
        case .tooFewPoints: "limits need at least two complete periods in a row in the baseline"
        case .impossiblePoint: "a value is not possible on this chart"
        case .noSpread, .noVariation, .unequalSubgroups, .outOfRange: explanation
        }
    }
}
