import CivilCalendar
import MeasureModel
import Statistics
import Workspace

/// Charts of a measure's series in one grouping, made of nothing but what is published: hidden points are gaps, and
/// limits never come from them.
///
/// A cell that is hidden is hidden from all audiences, and whoever sees a series sees all of it. So the chart of a series
/// is the same for each of them and is drawn once. Were that to change, each audience would need a chart of its own.
struct SeriesCharts {
    private let declared: MeasureDefinition.Chart
    private let kind: ChartKind
    private let rules: RuleSet
    private let phases: [WorkspaceConfig.ChartPhaseStart]
    /// The first days of all periods in order, those without data too.
    private let starts: [Int32]

    /// Nil where the measure declares no chart.
    init?(_ series: TaskSeries, phases: [WorkspaceConfig.ChartPhaseStart]) {
        guard let declared = series.definition.chart, let kind = ChartKind(rawValue: declared.kind),
            let rules = RuleSet(rawValue: declared.rules)
        else { return nil }
        self.declared = declared
        self.kind = kind
        self.rules = rules
        self.phases = phases
        let periods = ([series] + series.older).flatMap(\.periods)
        starts = Set(periods.compactMap { $0.days?.start.day }).sorted()
    }

    private struct Identity: Hashable {
        var key: GroupKey
        var part: String?
    }

    /// Puts every observation that has a number on the chart of its series.
    func draw(_ observations: [ObservationMaker.Made]) {
        let series = Dictionary(grouping: observations) { Identity(key: $0.key, part: $0.observation.part) }
        for (identity, points) in series { draw(points, identity.key) }
    }

    private func draw(_ points: [ObservationMaker.Made], _ key: GroupKey) {
        guard points.contains(where: { $0.observation.value != nil }), let first = points.map(\.start).min(),
            let last = points.map(\.start).max()
        else { return }
        let days = starts.filter { first...last ~= $0 }
        let places = Dictionary(days.enumerated().map { ($1, $0) }) { first, _ in first }
        var course = SeriesCourse(count: days.count)
        for point in points { if let place = places[point.start] { course.put(point.observation, at: place) } }
        let own = phases.filter { $0.concerns(key) }.compactMap { CivilDate($0.start)?.day }
        let chart = SeriesChart(
            course, kind: kind, rules: rules, baseline: declared.baseline,
            phaseStarts: own.compactMap { day in days.firstIndex { $0 >= day } })
        for point in points where point.observation.value != nil {
            guard let place = places[point.start] else { continue }
            var drawn = chart.place(place, phase: 1 + own.count { $0 <= point.start })
            if !point.observation.period.complete { drawn.signals = [] }
            point.observation.put(drawn)
        }
    }
}

extension Observation {
    /// Takes over its place on a chart, and flags what the chart signals.
    fileprivate mutating func put(_ chart: Chart) {
        self.chart = chart
        let signals = chart.signals.compactMap(ChartRule.init)
        if !signals.isEmpty { raise([.signal]) }
        if signals.contains(where: \.isShift) { raise([.shift]) }
    }
}

extension ChartRule {
    /// Whether its pattern is a long run on one side of the centre line.
    fileprivate var isShift: Bool { [.longestRun, .shift, .eightOnOneSide, .nineOnOneSide].contains(self) }
}
