/// The absolute differences of neighbouring points, from which charts of single values take their σ.
public struct MovingRanges: Equatable, Sendable {
    /// The ranges in time order.
    public let values: [Double]

    /// The moving ranges of values in time order.
    public init(_ values: Span<Double>, gaps: MovingRangeGaps = .notFormed) {
        self.init(values.array, gaps: gaps)
    }

    init(_ values: [Double], gaps: MovingRangeGaps) {
        var ranges: [Double] = []
        var previous = Double.nan
        for value in values where !(gaps == .closed && value.isNaN) {
            let range = abs(value - previous)
            if !range.isNaN { ranges.append(range) }
            previous = value
        }
        self.values = ranges
    }

    /// Their mean; nil of nothing.
    public var mean: Double? { Moments(values.span).mean }

    /// σ from the mean moving range and the exact d2; nil of nothing.
    public var sigma: Double? { mean.map { $0 / BiasConstants.d2OfPairs } }

    /// The upper limit of the moving ranges themselves: D4 = 1 + 3 d3 / d2 times their mean; nil of nothing.
    public var upperLimit: Double? {
        mean.flatMap { ($0 * (1 + 3 * BiasConstants.d3OfPairs / BiasConstants.d2OfPairs)).finite }
    }

    /// σ in the way of `rule`; nil where there are too few ranges.
    ///
    /// - Parameter deviation: the sample standard deviation of the values themselves.
    func sigma(_ rule: IndividualsSigma, deviation: Double?) -> Double? {
        switch rule {
        case .meanMovingRange: sigma
        case .meanMovingRangeRounded: mean.map { $0 / 1.128 }
        case .medianMovingRange: Quantiles.median(values.span).map { $0 / Self.medianOfStandardRange }
        case .screenedMovingRange: screened.sigma
        case .sampleStandardDeviation: deviation
        }
    }

    private init(ranges: [Double]) { values = ranges }

    private var screened: MovingRanges {
        guard let mean else { return self }
        let kept = values.filter { $0 < 3.267 * mean }
        // Where all are 0 none is below 0, and nothing needs to be taken out.
        return kept.isEmpty ? self : MovingRanges(ranges: kept)
    }

    /// √2 Φ⁻¹(3/4) = 0.9538726.
    private static let medianOfStandardRange = 2.0.squareRoot() * Normal.standardUpperQuantile(0.25)
}
