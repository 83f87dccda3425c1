extension ProcessEstimate {
    /// The grand mean of subgroups, and the σ of each subgroup's mean from the spread within subgroups.
    static func subgroups(
        _ series: ChartSeries, _ range: Range<Int>, _ baseline: [Int]
    ) throws(ChartProblem) -> ProcessEstimate {
        let recorded = baseline.filter { !series.points[$0].isNaN }
        let sizes = recorded.map { series.sizes[$0] }
        let sums = recorded.map { series.points[$0] * series.sizes[$0] }
        guard let total = Moments(sizes.span).sum, let sum = Moments(sums.span).sum else { throw .outOfRange }
        do throws(ChartProblem) {
            let within = try WithinSubgroups(series, range, baseline)
            let sigmas = range.map { index in
                series.points[index].isNaN
                    ? .nan : within.sigma(size: series.sizes[index]) / series.sizes[index].squareRoot()
            }
            return try ProcessEstimate(center: sum / total, sigmas: sigmas)
        } catch {
            return try ProcessEstimate(center: sum / total, sigmas: [], problem: error)
        }
    }
}

/// The spread within subgroups: the centre line of an S or R chart, from which the limits of the means follow too.
struct WithinSubgroups {
    /// The mean standard deviation or range of subgroups of one size; the pooled standard deviation of unequal ones.
    let center: Double
    private let kind: ChartKind
    /// d2 of the one size of an R chart, which costs a while to compute.
    private let d2: Double

    init(_ series: ChartSeries, _ range: Range<Int>, _ baseline: [Int]) throws(ChartProblem) {
        kind = series.kind
        let present = range.filter { !series.points[$0].isNaN }
        let isEqual = Set(present.map { series.sizes[$0] }).count <= 1
        if kind == .xbarR, !isEqual { throw .unequalSubgroups }
        let spread = baseline.filter {
            !series.points[$0].isNaN && !series.spreads[$0].isNaN && series.sizes[$0] > 1
        }
        guard !spread.isEmpty else { throw .noSpread }
        let spreads = spread.map { series.spreads[$0] }
        let center =
            isEqual ? Moments(spreads.span).mean : Self.pooled(spreads, degrees: spread.map { series.sizes[$0] - 1 })
        guard let center = center?.finite else { throw .outOfRange }
        self.center = center
        d2 = kind == .xbarR ? BiasConstants.d2(Int(series.sizes[spread[0]])) ?? .nan : .nan
    }

    /// √(Σ (n - 1) s² / Σ (n - 1)) (D. C. Montgomery, "Introduction to Statistical Quality Control", formula 6.31).
    private static func pooled(_ deviations: [Double], degrees: [Double]) -> Double? {
        let squares = zip(deviations, degrees).map { $0 * $0 * $1 }
        guard let sum = Moments(squares.span).sum, let total = Moments(degrees.span).sum else { return nil }
        return (sum / total).squareRoot()
    }

    /// σ of single values, as subgroups of this size estimate it; NaN of a size without a constant, such as 1.
    func sigma(size: Double) -> Double {
        center / (kind == .xbarR ? d2 : BiasConstants.c4(size) ?? .nan)
    }

    /// The limits of the standard deviation or range of a subgroup of this size; nil where it has none.
    func limits(size: Double) -> ClosedRange<Double>? {
        let relative = kind == .xbarR ? BiasConstants.d3(Int(size)).map { $0 / d2 } : BiasConstants.relativeError(size)
        guard let relative, let upper = (center * (1 + 3 * relative)).finite else { return nil }
        return center * max(1 - 3 * relative, 0)...upper
    }
}
