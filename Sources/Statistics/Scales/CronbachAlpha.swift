/// Cronbach's alpha: how much of the variance of a scale's sum its items share.
///
/// It is reported as it comes out, also below 0: an item that should have been reversed shows there.
///
/// Source: k / (k - 1) (1 - Σ item variances / variance of the sum), L. J. Cronbach, Psychometrika 16 (1951).
public struct CronbachAlpha: Hashable, Sendable {
    /// How many persons answered every item (listwise) or any item (pairwise).
    public let persons: Int
    /// How many items the scale has.
    public let items: Int
    /// How missing answers were met.
    public let missing: MissingAnswers
    /// Alpha.
    public let value: Double

    /// The alpha of the persons who answered every item, from the variances alone: no covariance is computed, which makes
    /// it the fast way for many groups.
    ///
    /// Undefined for fewer than two items, for fewer than two such persons, and where their sums do not vary.
    public init(_ answers: AnswerTable) throws(Undefined) {
        guard answers.columns > 1 else { throw .fewItems }
        let totals = answers.totals()
        let persons = Descriptives.count(totals.span)
        guard persons > 1 else { throw .fewCompletePersons }
        var sumOfItems = 0.0
        for item in 0..<answers.columns {
            sumOfItems += Self.squaredDeviations(of: answers.span(ofColumn: item), where: totals.span, count: persons)
        }
        let sumOfTotal = Self.squaredDeviations(of: totals.span, where: totals.span, count: persons)
        self.persons = persons
        items = answers.columns
        missing = .listwise
        value = try Self.value(items: items, sumOfVariances: sumOfItems, varianceOfSum: sumOfTotal)
    }

    init(_ source: ItemCovariances) throws(Undefined) {
        persons = source.persons
        items = source.covariances.rows
        missing = source.missing
        value = try Self.value(of: source.covariances)
    }

    /// The alpha of items with these covariances or correlations.
    static func value(of covariances: Matrix) throws(Undefined) -> Double {
        guard covariances.rows > 1 else { throw .fewItems }
        return try value(
            items: covariances.rows, sumOfVariances: covariances.trace, varianceOfSum: covariances.sum)
    }

    private static func value(
        items: Int, sumOfVariances: Double, varianceOfSum: Double
    ) throws(Undefined) -> Double {
        guard sumOfVariances.isFinite, varianceOfSum.isFinite else { throw .overflow("the variance of an item") }
        // Items that cancel leave rounding errors, of either sign.
        guard varianceOfSum > 1e-14 * sumOfVariances else {
            throw Undefined("alpha needs a sum of the items that varies")
        }
        let k = Double(items)
        return try (k / (k - 1) * (1 - sumOfVariances / varianceOfSum)).finite(or: "alpha")
    }
}

extension CronbachAlpha {
    /// Σ (x - mean)² over the rows whose total is present.
    ///
    /// Two passes, the second also summing the deviations themselves, which takes the rounding of the mean out again: as
    /// accurate as `Moments` for anything but the longest columns, and quicker for the short ones of a team.
    private static func squaredDeviations(
        of values: Span<Double>, where totals: Span<Double>, count: Int
    ) -> Double {
        var sum = Lanes(repeating: 0)
        for start in values.laneStarts {
            sum += values.lanes(from: start).orZero(where: totals.lanes(from: start).isPresent)
        }
        let mean = sum.sum() / Double(count)
        var (squares, rest) = (Lanes(repeating: 0), Lanes(repeating: 0))
        for start in values.laneStarts {
            let deviation = (values.lanes(from: start) - mean).orZero(where: totals.lanes(from: start).isPresent)
            squares += deviation * deviation
            rest += deviation
        }
        return squares.sum() - rest.sum() * rest.sum() / Double(count)
    }

    /// What Feldt's interval multiplies 1 - alpha by: quantiles of F on n - 1 and (n - 1)(k - 1) degrees of freedom.
    public struct FeldtFactors: Hashable, Sendable {
        /// The level they are for.
        public let level: ConfidenceLevel
        /// The upper quantile, which gives the lower limit.
        public let upper: Double
        /// The lower quantile, which gives the upper limit.
        public let lower: Double

        /// The factors for so many persons and items; nil for fewer than two of either. Callers with many groups keep
        /// them.
        public init?(persons: Int, items: Int, level: ConfidenceLevel = .percent95) {
            let freedom = Double(persons - 1)
            guard let ratio = FisherF(numerator: freedom, denominator: freedom * Double(items - 1)),
                let upper = ratio.upperQuantile(level.tail), let lower = ratio.quantile(level.tail)
            else { return nil }
            self.level = level
            self.upper = upper
            self.lower = lower
        }
    }

    /// Feldt's interval. Nil with pairwise covariances, which no number of persons belongs to.
    ///
    /// Source: L. S. Feldt, D. J. Woodruff & F. A. Salih, "Statistical inference for coefficient alpha", Applied
    /// Psychological Measurement 11 (1987).
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        FeldtFactors(persons: persons, items: items, level: level).flatMap { interval($0) }
    }

    /// The same with factors that were made for this many persons and items.
    public func interval(_ factors: FeldtFactors) -> Interval? {
        guard missing == .listwise else { return nil }
        return Interval(
            low: 1 - (1 - value) * factors.upper, high: 1 - (1 - value) * factors.lower, level: factors.level,
            method: .feldt)
    }
}

extension Undefined {
    static let fewItems = Undefined("the reliability of a scale needs at least two items")
    static let fewCompletePersons = Undefined(
        "the reliability of a scale needs at least two persons who answered every item")
}
