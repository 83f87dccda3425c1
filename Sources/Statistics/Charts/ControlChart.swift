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

    /// What is drawn at a position, counted from 0; nil beyond the series.
    public func lines(at position: Int) -> ChartLines? {
        phaseIndex(at: position).map { index in
            let phase = phases[index]
            let place = position - phase.range.lowerBound
            return ChartLines(
                phase: index, center: phase.center, lower: phase.lower.isEmpty ? nil : phase.lower[place].finite,
                upper: phase.upper.isEmpty ? nil : phase.upper[place].finite)
        }
    }
}

/// The lines of a chart at one of its positions.
public struct ChartLines: Hashable, Sendable {
    /// The phase, counted from 0.
    public let phase: Int
    /// The centre line; nil where the phase's baseline gives none.
    public let center: Double?
    /// The lower control limit; nil where there is none.
    public let lower: Double?
    /// The upper control limit; nil where there is none.
    public let upper: Double?
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
    /// The moving ranges of the baseline of an XmR chart; nil on other charts and where there are none.
    public let movingRanges: MovingRanges?
    /// Why there is no centre line, or why there are no limits; nil on a run chart, which has none.
    public let problem: ChartProblem?
    /// The runs about the centre line; nil without one.
    public let runs: RunAnalysis?
    /// What each rule set says, in the order asked for.
    public let verdicts: [RuleSetVerdict]

    /// The positions that set the centre line and the limits, counted from 0.
    public var baseline: [Int] { phase.baselinePositions(in: range) }

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
            movingRanges = series.kind == .xmr ? estimate.movingRanges : nil
            let runs = RunAnalysis(scaled.points.span, center: estimate.drawnCenter ?? estimate.center)
            self.runs = runs
            verdicts = PhaseJudge(runs: runs, z: scaled.z, start: range.lowerBound, options: options).verdicts
        case .failure(let failure):
            (center, sigmas, lower, upper, inflation, problem) = (nil, [], [], [], nil, failure)
            movingRanges = nil
            (runs, verdicts) = (nil, [])
        }
    }
}

/// The centre line and limits of a phase on the scale of its points, and the points on the scale of the limits.
private struct ScaledPhase {
    let center: Double
    let lower: [Double]
    let upper: [Double]
    let points: [Double]
    /// (point - centre) / σ; empty without limits.
    let z: [Double]

    init(_ series: ChartSeries, _ range: Range<Int>, _ estimate: ProcessEstimate) {
        let kind = series.kind
        center = kind.toScaleOfPoints(estimate.drawnCenter ?? estimate.center)
        lower = estimate.sigmas.map { kind.toScaleOfPoints(estimate.center - 3 * $0) }
        upper = estimate.sigmas.map { kind.toScaleOfPoints(estimate.center + 3 * $0) }
        points = series.points[range].map(kind.toScaleOfLimits)
        z = zip(points, estimate.sigmas).map { ($0 - estimate.center) / $1 }
    }
}
