/// A run or control chart of a series: centre line, limits and signals, phase by phase.
///
/// Phases know nothing of each other: each has its own centre line, and no run crosses from one into the next. Within a
/// phase the centre line and limits of its baseline hold for all points.
public struct ControlChart: Equatable, Sendable {
    /// The phases in time order.
    public let phases: [ChartedPhase]

    /// The chart of a series.
    ///
    /// - Parameter phases: where the chart starts anew; with none, the whole series is one phase and its own baseline.
    public init(_ series: ChartSeries, phases: [ChartPhase] = [], options: ChartOptions = ChartOptions()) {
        self.phases = ChartPhase.ranges(phases, count: series.points.count).map { phase, range in
            ChartedPhase(series, phase, range, options)
        }
    }

    /// The phase that a position, counted from 0, belongs to, counted from 0 too; nil beyond the series.
    public func phaseIndex(at position: Int) -> Int? { phases.firstIndex { $0.range.contains(position) } }
}

/// One phase of a chart.
public struct ChartedPhase: Equatable, Sendable {
    /// The phase as declared.
    public let phase: ChartPhase
    /// Its positions in the series, counted from 0.
    public let range: Range<Int>
    /// The centre line; nil where the baseline gives none.
    public let center: Double?
    /// σ of each position of `range`, on the scale of the points; NaN where a position has none. Empty where there are
    /// no limits. On a t chart, σ of the times to the power of 1 / 3.6.
    public let sigmas: [Double]
    /// The lower control limit at each position, never below what is possible; NaN and empty as `sigmas`.
    public let lower: [Double]
    /// The upper control limit at each position, never above what is possible; NaN and empty as `sigmas`.
    public let upper: [Double]
    /// What a p' or u' chart multiplies σ by, Laney's σ_z; nil on other charts.
    public let inflation: Double?
    /// Why there is no centre line, or why there are no limits; nil on a run chart, which has none.
    public let problem: ChartProblem?
    /// The runs about the centre line; nil without one.
    public let runs: RunAnalysis?
    /// What each rule set says, in the order asked for.
    public let verdicts: [RuleSetVerdict]

    init(_ series: ChartSeries, _ phase: ChartPhase, _ range: Range<Int>, _ options: ChartOptions) {
        self.phase = phase
        self.range = range
        let baseline = phase.baselinePositions(in: range)
        switch Result(catching: { () throws(ChartProblem) -> ProcessEstimate in
            try ProcessEstimate.of(series, range: range, baseline: baseline, options: options)
        }) {
        case .success(let estimate):
            let scaled = ScaledPhase(series, range, estimate)
            (center, sigmas, lower, upper) = (scaled.center, estimate.sigmas, scaled.lower, scaled.upper)
            (inflation, problem) = (estimate.inflation, estimate.problem)
            let points = Array(series.points[range])
            let runs = RunAnalysis(points.span, center: scaled.center)
            self.runs = runs
            verdicts = PhaseJudge(runs: runs, z: scaled.z, start: range.lowerBound, options: options).verdicts
        case .failure(let failure):
            (center, sigmas, lower, upper, inflation, problem) = (nil, [], [], [], nil, failure)
            (runs, verdicts) = (nil, [])
        }
    }
}

/// The centre line and limits of a phase on the scale of its points.
private struct ScaledPhase {
    let center: Double
    let lower: [Double]
    let upper: [Double]
    /// (point - centre) / σ; empty without limits.
    let z: [Double]

    init(_ series: ChartSeries, _ range: Range<Int>, _ estimate: ProcessEstimate) {
        let isTime = series.kind == .t
        let bounds = series.kind.bounds
        func onScale(_ limit: Double) -> Double {
            limit.isNaN ? .nan : isTime ? TimeScale.time(limit) : limit.clamped(to: bounds)
        }
        center = estimate.drawnCenter ?? onScale(estimate.center)
        lower = estimate.sigmas.map { onScale(estimate.center - 3 * $0) }
        upper = estimate.sigmas.map { onScale(estimate.center + 3 * $0) }
        z = zip(series.points[range], estimate.sigmas).map { point, sigma in
            ((isTime ? TimeScale.spread(point) : point) - estimate.center) / sigma
        }
    }
}
