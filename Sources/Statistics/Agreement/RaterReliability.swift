/// The six intraclass correlations of Shrout and Fleiss: how reliable judgements are when every rater judged every
/// target.
///
/// Targets with a judgement missing are left out. A negative correlation is reported, not cut off.
///
/// Source: P. E. Shrout & J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological
/// Bulletin 86 (1979).
public struct RaterReliability: Hashable, Sendable {
    /// Which raters the reliability speaks of.
    public enum Model: Int, CaseIterable, Codable, Hashable, Sendable {
        /// Each target is judged by raters of its own.
        case oneWay = 1
        /// The raters are a sample; their levels count as disagreement.
        case random = 2
        /// These raters only; their levels do not count.
        case fixed = 3
    }

    /// Whose judgement is meant.
    public enum Unit: String, CaseIterable, Codable, Hashable, Sendable {
        /// That of a single rater.
        case single
        /// The mean of all raters.
        case average
    }

    /// How many targets were judged by everybody.
    public let targets: Int
    /// How many raters there are.
    public let raters: Int
    private let betweenTargets: Double
    private let withinTargets: Double
    private let betweenRaters: Double
    private let residual: Double

    /// The mean squares of targets in rows and raters in columns.
    public init(_ ratings: AnswerTable) throws(Undefined) {
        let complete = ratings.complete()
        guard complete.columns > 1 else { throw Undefined("an intraclass correlation needs at least two raters") }
        guard complete.rows > 1 else {
            throw Undefined("an intraclass correlation needs at least two targets that everybody judged")
        }
        let (n, k) = (Double(complete.rows), Double(complete.columns))
        let targetMeans = complete.scores()
        let columns = (0..<complete.columns).map { complete.column($0) }
        let raterMeans = columns.map { Moments($0.span).mean ?? .infinity }
        let betweenTargets = k * (Moments(targetMeans.span).sumOfSquaredDeviations ?? .infinity)
        let betweenRaters = n * (Moments(raterMeans.span).sumOfSquaredDeviations ?? .infinity)
        let grandMean = Moments(raterMeans.span).mean ?? .infinity
        var (within, residual) = (0.0, 0.0)
        for row in 0..<complete.rows {
            for (column, mean) in raterMeans.enumerated() {
                let deviation = complete[row, column] - targetMeans[row]
                within += deviation * deviation
                let rest = deviation - (mean - grandMean)
                residual += rest * rest
            }
        }
        guard (betweenTargets + within + residual + betweenRaters).isFinite else {
            throw .overflow("a mean square of the judgements")
        }
        guard betweenTargets + within > 0 else {
            throw Undefined("an intraclass correlation needs judgements that differ")
        }
        targets = complete.rows
        raters = complete.columns
        self.betweenTargets = betweenTargets / (n - 1)
        withinTargets = within / (n * (k - 1))
        self.betweenRaters = betweenRaters / (k - 1)
        self.residual = residual / ((n - 1) * (k - 1))
    }

    /// ICC(model, 1) or ICC(model, k); nil where it is 0 / 0.
    public func correlation(_ model: Model, _ unit: Unit = .single) -> Double? {
        let (n, k) = (Double(targets), Double(raters))
        let error = model == .oneWay ? withinTargets : residual
        let bias = model == .random ? (betweenRaters - residual) / n : 0
        let others = unit == .single ? (k - 1) * error + k * bias : bias
        return ((betweenTargets - error) / (betweenTargets + others)).finite
    }

    /// The interval of ICC(model, 1) or ICC(model, k), from the F distribution; for `random` with Satterthwaite's degrees
    /// of freedom. Nil where the judgements leave no residual.
    public func interval(_ model: Model, _ unit: Unit = .single, level: ConfidenceLevel = .percent95) -> Interval? {
        let k = Double(raters)
        guard let (low, high) = model == .random ? randomLimits(level) : ratioLimits(model, level) else { return nil }
        // Spearman and Brown take the limits for one rater to those for the mean of k.
        func scaled(_ r: Double) -> Double { unit == .single ? r : k * r / (1 + (k - 1) * r) }
        return Interval(low: scaled(low), high: scaled(high), level: level, method: .meanSquares)
    }

    /// Limits of (F - 1) / (F + k - 1) for F the ratio of the mean squares.
    private func ratioLimits(_ model: Model, _ level: ConfidenceLevel) -> (Double, Double)? {
        let (n, k) = (Double(targets), Double(raters))
        let error = model == .oneWay ? withinTargets : residual
        let freedom = model == .oneWay ? n * (k - 1) : (n - 1) * (k - 1)
        guard error > 0, let upper = FisherF(numerator: n - 1, denominator: freedom)?.upperQuantile(level.tail),
            let lower = FisherF(numerator: freedom, denominator: n - 1)?.upperQuantile(level.tail)
        else { return nil }
        let ratios = (betweenTargets / error / upper, betweenTargets / error * lower)
        return ((ratios.0 - 1) / (ratios.0 + k - 1), (ratios.1 - 1) / (ratios.1 + k - 1))
    }

    private func randomLimits(_ level: ConfidenceLevel) -> (Double, Double)? {
        let (n, k) = (Double(targets), Double(raters))
        guard residual > 0, let icc = correlation(.random) else { return nil }
        let a = k * icc * betweenRaters / residual
        let b = n * (1 + (k - 1) * icc) - k * icc
        let freedom = (k - 1) * (n - 1) * (a + b) * (a + b) / ((n - 1) * a * a + b * b)
        guard let upper = FisherF(numerator: n - 1, denominator: freedom)?.upperQuantile(level.tail),
            let lower = FisherF(numerator: freedom, denominator: n - 1)?.upperQuantile(level.tail)
        else { return nil }
        let rest = k * betweenRaters + (k * n - k - n) * residual
        return (
            n * (betweenTargets - upper * residual) / (upper * rest + n * betweenTargets),
            n * (lower * betweenTargets - residual) / (rest + n * lower * betweenTargets)
        )
    }
}
