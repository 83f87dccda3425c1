/// What the baseline of a phase says about the process: its centre, and how far each point may stray.
struct ProcessEstimate {
    /// The centre that deviations are measured from, on the scale of the limits.
    var center: Double
    /// The centre line, where it is not `center`.
    var drawnCenter: Double?
    /// σ of each point of the phase; empty where there are no limits to give.
    var sigmas: [Double]
    /// What Laney's charts multiply the theoretical σ by.
    var inflation: Double?
    /// The moving ranges of the baseline of an XmR chart.
    var movingRanges: MovingRanges?
    /// Why `sigmas` is empty.
    var problem: ChartProblem?

    /// - Parameters:
    ///   - range: the positions of the phase.
    ///   - baseline: those of them that count.
    static func of(
        _ series: ChartSeries, range: Range<Int>, baseline: [Int], options: ChartOptions
    ) throws(ChartProblem) -> ProcessEstimate {
        if let impossible = range.first(where: series.isImpossible) { throw .impossiblePoint(impossible) }
        let points = adjacent(series.points, baseline).map(series.kind.toScaleOfLimits)
        let recorded = points.filter { !$0.isNaN }
        guard !recorded.isEmpty else { throw .noPoints }
        let count = range.count
        var estimate =
            switch series.kind {
            case .run: try ProcessEstimate(center: options.knownCenter ?? Quantiles.median(recorded.span), sigmas: [])
            case .xmr: try individuals(points, count: count, options)
            case .p, .pPrime: try ratios(series, range, baseline) { p, n in (p * (1 - p) / n).squareRoot() }
            case .u, .uPrime: try ratios(series, range, baseline) { u, n in (u / n).squareRoot() }
            case .c: try means(recorded, count) { $0.squareRoot() }
            case .g: try rareEvents(recorded, count, options.rareEventCenter)
            case .t: try individuals(points, count: count, ChartOptions())
            case .xbarS, .xbarR: try subgroups(series, range, baseline)
            }
        // Rounding must not put equal points on one side of their own mean.
        let isKnown = options.knownCenter != nil && (series.kind == .run || series.kind == .xmr)
        if !isKnown, recorded.allSatisfy({ $0 == recorded[0] }) { estimate.center = recorded[0] }
        estimate.dropUselessLimits()
        return estimate
    }

    init(center: Double?, sigmas: [Double], problem: ChartProblem? = nil) throws(ChartProblem) {
        guard let center = center?.finite else { throw .outOfRange }
        self.center = center
        self.sigmas = sigmas
        self.problem = problem
    }

    /// The values of the baseline in order, with NaN in the place of those that are left out, so that their neighbours
    /// do not become neighbours.
    private static func adjacent(_ values: [Double], _ baseline: [Int]) -> [Double] {
        guard let first = baseline.first, let last = baseline.last else { return [] }
        var adjacent = [Double](repeating: .nan, count: last - first + 1)
        for index in baseline { adjacent[index - first] = values[index] }
        return adjacent
    }

    /// Limits that cannot be computed with, or that leave no room, are none.
    private mutating func dropUselessLimits() {
        let present = sigmas.lazy.filter { !$0.isNaN }
        if present.contains(where: \.isInfinite) {
            (sigmas, problem) = ([], .outOfRange)
        } else if !sigmas.isEmpty, !present.contains(where: { $0 > 0 }) {
            (sigmas, problem) = ([], .noVariation)
        }
    }

    /// Shewhart's chart of single values: the mean, and σ from moving ranges.
    private static func individuals(
        _ points: [Double], count: Int, _ options: ChartOptions
    ) throws(ChartProblem) -> ProcessEstimate {
        let moments = Moments(points.span)
        let ranges = MovingRanges(points, gaps: options.gaps)
        let center = options.knownCenter ?? moments.mean
        let sigma = options.knownSigma ?? ranges.sigma(options.sigma, deviation: moments.standardDeviation)
        guard let sigma else {
            let problem: ChartProblem = ranges.values.isEmpty ? .tooFewPoints : .outOfRange
            return try ProcessEstimate(center: center, sigmas: [], problem: problem)
        }
        var estimate = try ProcessEstimate(center: center, sigmas: [Double](repeating: sigma, count: count))
        estimate.movingRanges = ranges
        return estimate
    }

    /// A chart of counts, whose σ follows from their mean.
    private static func means(
        _ recorded: [Double], _ count: Int, sigma: (Double) -> Double
    ) throws(ChartProblem) -> ProcessEstimate {
        let mean = Moments(recorded.span).mean
        return try ProcessEstimate(center: mean, sigmas: [Double](repeating: mean.map(sigma) ?? .nan, count: count))
    }

    /// Cases between events, as numbers of failures before a success: geometric, with σ = √(mean (mean + 1)).
    ///
    /// Source: J. C. Benneyan, "Number-between g-type statistical quality control charts", Health Care Management
    /// Science 4 (2001).
    private static func rareEvents(
        _ recorded: [Double], _ count: Int, _ center: RareEventCenter
    ) throws(ChartProblem) -> ProcessEstimate {
        var estimate = try means(recorded, count) { ($0 * ($0 + 1)).squareRoot() }
        switch center {
        case .mean: break
        case .median: estimate.drawnCenter = Quantiles.median(recorded.span)
        case .theoreticalMedian: estimate.drawnCenter = 0.693 * estimate.center
        }
        return estimate
    }

    /// Charts of events over units or exposure: Σ events / Σ sizes, and σ from theory.
    private static func ratios(
        _ series: ChartSeries, _ range: Range<Int>, _ baseline: [Int], sigma: (Double, Double) -> Double
    ) throws(ChartProblem) -> ProcessEstimate {
        let recorded = baseline.filter { !series.points[$0].isNaN }
        let sizes = recorded.map { series.sizes[$0] }
        let events = recorded.map { series.numerators[$0] }
        guard let total = Moments(sizes.span).sum, let count = Moments(events.span).sum else { throw .outOfRange }
        let center = count / total
        let sigmas = range.map { series.points[$0].isNaN ? .nan : sigma(center, series.sizes[$0]) }
        var estimate = try ProcessEstimate(center: center, sigmas: sigmas)
        if series.kind == .pPrime || series.kind == .uPrime {
            let z = recorded.map { (series.points[$0] - center) / sigma(center, series.sizes[$0]) }
            estimate.inflate(z, at: recorded)
        }
        return estimate
    }

    /// Multiplies σ by how much the standardized points of the baseline vary from one to the next, where theory says 1.
    ///
    /// Source: P. B. Laney, "Improved control charts for attributes", Quality Engineering 14 (2002).
    private mutating func inflate(_ z: [Double], at positions: [Int]) {
        guard sigmas.contains(where: { $0 > 0 }) else { return }
        var placed = [Double](repeating: .nan, count: (positions.last ?? -1) + 1)
        for (value, position) in zip(z, positions) { placed[position] = value }
        guard let inflation = MovingRanges(placed, gaps: .notFormed).sigma else {
            (sigmas, problem) = ([], .tooFewPoints)
            return
        }
        self.inflation = inflation
        sigmas = sigmas.map { $0 * inflation }
    }
}
