/// How a statistic varies over resamples of the values it was computed from.
///
/// Quantiles of replicates are of type 6, position p (B + 1). An interval whose position would lie beyond the replicates
/// ends at the outermost of them: take at least 999 for a level of 95 %.
///
/// Source: B. Efron & R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 6, 13 and 14; basic interval
/// A. C. Davison & D. V. Hinkley, "Bootstrap Methods and their Application" (1997), section 5.2.
public struct Bootstrap: Hashable, Sendable {
    /// How many values were resampled.
    public let count: Int
    /// The statistic of the values themselves.
    public let value: Double
    /// The statistic of each resample.
    public let replicates: [Double]
    /// The bias correction z0: the normal deviate of the share of replicates below the estimate, ties counted half; nil
    /// where all or none lie below.
    public let biasCorrection: Double?
    /// The acceleration, from leaving out each value in turn; 0 where the statistic then never changes, nil where it was
    /// not asked for.
    public let acceleration: Double?

    /// The ways to an interval. The raw value is the name in a feed.
    public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
        /// Quantiles of the replicates.
        case percentile
        /// Twice the estimate less the opposite quantile.
        case basic
        /// Quantiles at levels corrected for bias and acceleration (B. Efron, JASA 82, 1987).
        case bca

        /// The same method among those of all estimates.
        public var intervalMethod: IntervalMethod {
            switch self {
            case .percentile: .bootstrapPercentile
            case .basic: .bootstrapBasic
            case .bca: .bootstrapBCa
            }
        }
    }

    /// The bootstrap of a statistic.
    ///
    /// - Parameters:
    ///   - values: the values; missing ones must be left out before.
    ///   - resamples: indices into the values, one resample after the other, each of as many indices as there are values.
    ///   - isAccelerated: whether each value is left out in turn, which only the interval BCa needs.
    ///   - statistic: nil where it is undefined.
    /// - Precondition: every index is that of a value, and the resamples are whole.
    public init(
        _ values: Span<Double>, resamples: Span<Int>, isAccelerated: Bool = true,
        statistic: (Span<Double>) -> Double?
    ) throws(Undefined) {
        precondition(
            values.isEmpty || resamples.count.isMultiple(of: values.count),
            "resamples of as many indices as there are values")
        var next = 0
        try self.init(values, count: resamples.count / max(values.count, 1), isAccelerated, statistic) { () in
            next += 1
            return resamples[next - 1]
        }
    }

    /// The bootstrap of a statistic over so many resamples drawn with replacement.
    ///
    /// - Parameters:
    ///   - values: the values; missing ones must be left out before.
    ///   - count: how many resamples.
    ///   - isAccelerated: whether each value is left out in turn, which only the interval BCa needs.
    ///   - statistic: nil where it is undefined.
    public init(
        _ values: Span<Double>, resamples count: Int, using generator: inout SplitMix64, isAccelerated: Bool = true,
        statistic: (Span<Double>) -> Double?
    ) throws(Undefined) {
        let size = values.count
        try self.init(values, count: count, isAccelerated, statistic) { () in generator.below(size) }
    }

    /// - Parameter index: which value is drawn next.
    private init(
        _ values: Span<Double>, count resamples: Int, _ isAccelerated: Bool, _ statistic: (Span<Double>) -> Double?,
        index: () -> Int
    ) throws(Undefined) {
        guard values.count > 1 else { throw Undefined("a bootstrap needs at least two values") }
        guard resamples > 1 else { throw Undefined("a bootstrap needs at least two resamples") }
        guard let value = statistic(values)?.finite else { throw Undefined("the statistic is undefined") }
        var resample = [Double](repeating: 0, count: values.count)
        var replicates: [Double] = []
        replicates.reserveCapacity(resamples)
        for _ in 0..<resamples {
            for place in resample.indices { resample[place] = values[index()] }
            guard let replicate = statistic(resample.span)?.finite else {
                throw Undefined("the statistic is undefined in one of the resamples")
            }
            replicates.append(replicate)
        }
        let below = replicates.reduce(0.0) { $0 + ($1 < value ? 1 : $1 == value ? 0.5 : 0) }
        count = values.count
        self.value = value
        self.replicates = replicates
        biasCorrection = Normal.standard.quantile(below / Double(replicates.count))
        acceleration = isAccelerated ? try Jackknife(values, statistic: statistic).acceleration ?? 0 : nil
    }

    /// Indices for so many resamples of `count` values, drawn with replacement.
    public static func resamples(
        _ resamples: Int, of count: Int, using generator: inout SplitMix64
    ) -> [Int] {
        (0..<resamples * count).map { _ in generator.below(count) }
    }

    /// The standard deviation of the replicates.
    public var standardError: Double { Moments(replicates.span).standardDeviation ?? 0 }

    /// The mean of the replicates less the estimate.
    public var bias: Double { (Moments(replicates.span).mean ?? value) - value }

    /// The two probabilities at which BCa takes quantiles; nil without a bias correction or an acceleration, or where the acceleration is
    /// too large for the level.
    public func correctedLevels(level: ConfidenceLevel = .percent95) -> (low: Double, high: Double)? {
        guard let z0 = biasCorrection, let acceleration else { return nil }
        func corrected(_ z: Double) -> Double? {
            let rest = 1 - acceleration * (z0 + z)
            return rest > 0 ? Normal.standard.cdf(z0 + (z0 + z) / rest) : nil
        }
        guard let low = corrected(-level.normalDeviate), let high = corrected(level.normalDeviate) else { return nil }
        return (low, high)
    }

    /// An interval; nil only for BCa, where its levels are.
    public func interval(_ method: Method = .bca, level: ConfidenceLevel = .percent95) -> Interval? {
        let plain = (low: level.tail, high: 1 - level.tail)
        guard let levels = method == .bca ? correctedLevels(level: level) : plain,
            let found = Quantiles.quantiles(replicates.span, at: [levels.low, levels.high], type: .type6)
        else { return nil }
        let (low, high) = method == .basic ? (2 * value - found[1], 2 * value - found[0]) : (found[0], found[1])
        return Interval(low: low, high: high, level: level, method: method.intervalMethod)
    }
}
