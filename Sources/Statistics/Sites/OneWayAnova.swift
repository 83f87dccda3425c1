/// The one-way analysis of variance: how much of the variation of values lies between sites.
///
/// Sites may differ in size. A negative variance between sites, and so a negative intraclass correlation, is reported
/// and not cut off.
public struct OneWayAnova: Hashable, Sendable {
    /// How many sites have values.
    public let sites: Int
    /// How many values there are.
    public let count: Int
    /// The mean of all values.
    public let grandMean: Double
    /// Σ n (site mean - grand mean)².
    public let squaresBetween: Double
    /// Σ (value - site mean)².
    public let squaresWithin: Double
    private let sumOfSquaredSizes: Double

    /// The analysis of the values of several sites.
    ///
    /// Undefined for fewer than two sites and where no site has two values.
    public init(_ moments: SiteMoments) throws(Undefined) {
        let present = moments.present.map { moments.sites[$0] }
        guard present.count > 1 else { throw Undefined("a comparison of sites needs at least two sites with values") }
        guard moments.all.count > present.count else {
            throw Undefined("a comparison of sites needs a site with at least two values")
        }
        var (between, within, squaredSizes) = (0.0, CompensatedSum(), 0.0)
        for site in present {
            let (n, deviation) = (Double(site.count), moments.all.meanDifference(to: site))
            between += n * deviation * deviation
            within.add(site.sumOfSquaredDeviations ?? .infinity)
            squaredSizes += n * n
        }
        guard let grandMean = moments.all.mean, between.isFinite, within.value.isFinite else {
            throw .overflow("a sum of squares")
        }
        sites = present.count
        count = moments.all.count
        self.grandMean = grandMean
        squaresBetween = between
        squaresWithin = within.value
        sumOfSquaredSizes = squaredSizes
    }

    /// Sites less one.
    public var freedomBetween: Int { sites - 1 }
    /// Values less sites.
    public var freedomWithin: Int { count - sites }
    /// The mean square between sites.
    public var meanSquareBetween: Double { squaresBetween / Double(freedomBetween) }
    /// The mean square within sites, which estimates the variance there.
    public var meanSquareWithin: Double { squaresWithin / Double(freedomWithin) }
    /// The square root of the mean square within sites.
    public var residualStandardDeviation: Double { meanSquareWithin.squareRoot() }

    /// F, the ratio of the mean squares; nil where no site varies within.
    public var ratio: Double? { squaresWithin > 0 ? (meanSquareBetween / meanSquareWithin).finite : nil }

    /// The probability, were all sites alike, of an F as large as this.
    public var pValue: Double? {
        guard let ratio else { return nil }
        return FisherF(numerator: Double(freedomBetween), denominator: Double(freedomWithin))?.upperTail(ratio)
    }

    /// Eta squared, also R²: the share of the sum of squares between sites; nil where all values are equal.
    public var etaSquared: Double? { (squaresBetween / (squaresBetween + squaresWithin)).finite }

    /// Omega squared, eta squared less what chance adds to it (W. L. Hays, "Statistics for Psychologists", 1963); nil
    /// where all values are equal.
    public var omegaSquared: Double? {
        let between = squaresBetween - Double(freedomBetween) * meanSquareWithin
        return (between / (squaresBetween + squaresWithin + meanSquareWithin)).finite
    }
}

extension OneWayAnova {
    /// Which number stands for the size of unequal sites.
    public enum SiteSize: String, CaseIterable, Codable, Hashable, Sendable {
        /// (N - Σ n² / N) / (k - 1), for which the estimator is unbiased (S. R. Searle; A. Donner).
        case unbiased = "n0"
        /// N / k (P. D. Bliese; R's multilevel::ICC1).
        case arithmeticMean = "mean"
    }

    /// The size that stands for all.
    public func size(_ size: SiteSize = .unbiased) -> Double {
        let (k, n) = (Double(sites), Double(count))
        return size == .unbiased ? (n - sumOfSquaredSizes / n) / (k - 1) : n / k
    }

    /// The variance between sites by the method of moments, (MSB - MSW) / n0. May be negative.
    public var varianceBetween: Double { (meanSquareBetween - meanSquareWithin) / size() }

    /// ICC(1), the correlation of two values of one site: (MSB - MSW) / (MSB + (n - 1) MSW); nil where all values are
    /// equal.
    public func icc1(_ size: SiteSize = .unbiased) -> Double? {
        let difference = meanSquareBetween - meanSquareWithin
        return (difference / (meanSquareBetween + (self.size(size) - 1) * meanSquareWithin)).finite
    }

    /// ICC(2), the reliability of a site's mean: (MSB - MSW) / MSB; nil where all sites have the same mean.
    public var icc2: Double? { ((meanSquareBetween - meanSquareWithin) / meanSquareBetween).finite }

    /// Searle's interval of ICC(1), with n0 for the size of a site: exact for equal sizes, close otherwise.
    ///
    /// Source: S. R. Searle, "Linear Models" (1971), section 9.9.
    public func icc1Interval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let ratio,
            let fisher = FisherF(numerator: Double(freedomBetween), denominator: Double(freedomWithin)),
            let upper = fisher.upperQuantile(level.tail), let lower = fisher.quantile(level.tail)
        else { return nil }
        func correlation(_ ratio: Double) -> Double { (ratio - 1) / (ratio + size() - 1) }
        return Interval(
            low: correlation(ratio / upper), high: correlation(ratio / lower), level: level, method: .meanSquares)
    }

    /// How much larger the variance of the grand mean is than that of as many independent values: 1 + (N / k - 1) ICC(1).
    ///
    /// Source: L. Kish, "Survey Sampling" (1965), section 5.4.
    public var designEffect: Double? {
        icc1().map { 1 + (size(.arithmeticMean) - 1) * $0 }
    }
}
