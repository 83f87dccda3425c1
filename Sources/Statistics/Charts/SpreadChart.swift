/// The chart below an Xbar chart: standard deviations or ranges of subgroups about their centre line.
public struct SpreadChart: Equatable, Sendable {
    /// The mean standard deviation or range of subgroups of one size; the pooled standard deviation of unequal ones.
    public let center: Double
    /// The lower control limit at each position; NaN where the subgroup is missing or has one value.
    public let lower: [Double]
    /// The upper control limit at each position; NaN where the subgroup is missing or has one value.
    public let upper: [Double]

    /// The spreads of one phase of an Xbar-S or Xbar-R chart.
    ///
    /// - Throws: ``ChartProblem`` where the baseline gives no centre line.
    public init(_ series: ChartSeries, phase: ChartPhase = ChartPhase()) throws(ChartProblem) {
        let ranges = ChartPhase.ranges([phase], count: series.points.count)
        let (phase, range) = ranges[ranges.count - 1]
        let within = try WithinSubgroups(series, range, phase.baselinePositions(in: range))
        let sizes = Set(range.lazy.filter { !series.points[$0].isNaN }.map { series.sizes[$0] })
        let limits = Dictionary(uniqueKeysWithValues: sizes.map { ($0, within.limits(size: $0)) })
        let atPositions = range.map { series.points[$0].isNaN ? nil : limits[series.sizes[$0]] ?? nil }
        center = within.center
        lower = atPositions.map { $0?.lowerBound ?? .nan }
        upper = atPositions.map { $0?.upperBound ?? .nan }
    }
}
