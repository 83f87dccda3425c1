/// A random-intercept model: values = intercept + covariates + a site's own effect + the rest, effect and rest normal
/// with a variance each. The sites' effects are estimated too, drawn towards 0 by as much as chance may have made them.
public struct VarianceComponents: Sendable {
    /// The ways to fit it. The raw value is the name in a feed.
    public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
        /// Restricted maximum likelihood, which allows for the coefficients having been estimated: the default.
        case reml
        /// Maximum likelihood, for comparing models whose covariates differ.
        case ml
    }

    /// How it was fitted.
    public let method: Method
    /// How many sites have values.
    public let sites: Int
    /// How many values there are.
    public let count: Int
    /// The variance between sites, 0 or more.
    public let varianceBetween: Double
    /// The variance within sites.
    public let varianceWithin: Double
    /// The natural logarithm of the (restricted) likelihood.
    public let logLikelihood: Double
    /// The intercept, then a slope per covariate.
    public let coefficients: [Double]
    /// The standard errors of these, the variances taken as known.
    public let standardErrors: [Double]
    /// The value of an average site at the means of the covariates; without covariates the intercept.
    public let center: Double
    /// What became of each site, by code; nil for a site without values.
    public let siteEstimates: [SiteEstimate?]

    /// A model without covariates.
    ///
    /// Undefined for fewer than two sites, where no site has two values, and where values do not vary within sites.
    public init(_ moments: SiteMoments, method: Method = .reml) throws(Undefined) {
        let sums = try SiteRegressionSums(moments)
        try self.init(sums, siteCount: moments.sites.count, method: method)
    }

    /// A model with covariates, over the rows where nothing is missing.
    ///
    /// - Parameters:
    ///   - sites: a site per value, below `siteCount`; negative for none.
    ///   - covariates: columns as long as the values.
    /// - Precondition: all columns are equally long.
    public init(
        _ values: Span<Double>, sites: Span<Int32>, siteCount: Int, covariates: [[Double]], method: Method = .reml
    ) throws(Undefined) {
        precondition(values.count == sites.count, "\(values.count) values but \(sites.count) sites")
        precondition(covariates.allSatisfy { $0.count == values.count }, "covariates as long as the values")
        let sums = try SiteRegressionSums(values, sites: sites, siteCount: siteCount, covariates: covariates)
        try self.init(sums, siteCount: siteCount, method: method)
    }

    private init(_ sums: SiteRegressionSums, siteCount: Int, method: Method) throws(Undefined) {
        guard sums.within > 0 else { throw Undefined("variance components need values that vary within sites") }
        guard sums.count > sums.covariates + 1 else {
            throw Undefined("variance components need more values than coefficients")
        }
        let fit = try ProfileLikelihood(sums: sums, isRestricted: method == .reml).maximum()
        self.method = method
        sites = sums.sizes.count
        count = sums.count
        varianceWithin = fit.varianceWithin
        varianceBetween = fit.ratio * fit.varianceWithin
        logLikelihood = -fit.deviance / 2
        center = sums.grandMean + fit.coefficients[0]
        (coefficients, standardErrors) = Self.fromCenter(fit, sums)
        siteEstimates = Self.estimates(fit, sums, siteCount)
    }

    /// The coefficients for covariates measured from 0 instead of from their means.
    private static func fromCenter(
        _ fit: ProfileLikelihood.Point, _ sums: SiteRegressionSums
    ) -> ([Double], [Double]) {
        let contrast = [1] + sums.covariateMeans.map { -$0 }
        var coefficients = fit.coefficients
        coefficients[0] = sums.grandMean + zip(fit.coefficients, contrast).reduce(0) { $0 + $1.0 * $1.1 }
        var variances = fit.inverse.diagonal
        variances[0] = fit.inverse.quadraticForm(contrast)
        return (coefficients, variances.map { ($0 * fit.varianceWithin).squareRoot() })
    }

    private static func estimates(
        _ fit: ProfileLikelihood.Point, _ sums: SiteRegressionSums, _ siteCount: Int
    ) -> [SiteEstimate?] {
        let terms = fit.coefficients.count
        var estimates = [SiteEstimate?](repeating: nil, count: siteCount)
        for (place, code) in sums.codes.enumerated() {
            let expected = (0..<terms).reduce(0) { $0 + fit.coefficients[$1] * sums.terms[place * terms + $1] }
            let reach = sums.sizes[place] * fit.ratio
            let shrinkage = reach / (1 + reach)
            estimates[code] = SiteEstimate(
                count: Int(sums.sizes[place]), mean: sums.grandMean + sums.responses[place], shrinkage: shrinkage,
                effect: shrinkage * (sums.responses[place] - expected), center: sums.grandMean + fit.coefficients[0],
                standardError: (fit.ratio * fit.varianceWithin / (1 + reach)).squareRoot())
        }
        return estimates
    }

    /// The share of the variance that lies between sites, at given covariates.
    public var icc: Double { varianceBetween / (varianceBetween + varianceWithin) }

    /// The mean of the sites' reliabilities (their shrinkage).
    public var meanReliability: Double {
        siteEstimates.reduce(0) { $0 + ($1?.shrinkage ?? 0) } / Double(sites)
    }

    /// The normal interval of a coefficient; 0 is the intercept.
    public func interval(ofCoefficient index: Int, level: ConfidenceLevel = .percent95) -> Interval? {
        Interval(
            center: coefficients[index], margin: level.normalDeviate * standardErrors[index], level: level,
            method: .wald)
    }
}

/// A site's mean, drawn towards the average of all sites by as much as it may owe to chance (an empirical Bayes estimate,
/// the best linear unbiased predictor).
///
/// Source: G. K. Robinson, "That BLUP is a good thing", Statistical Science 6 (1991).
public struct SiteEstimate: Hashable, Sendable {
    /// How many values the site has.
    public let count: Int
    /// The mean of its values.
    public let mean: Double
    /// The share of its distance from what is expected that is kept: τ² / (τ² + σ² / n), the reliability of its mean.
    public let shrinkage: Double
    /// The distance kept.
    public let effect: Double
    /// The value of an average site.
    public let center: Double
    /// The standard deviation of the effect given the values, the variances taken as known: √(τ² (1 - shrinkage)). The
    /// uncertainty of the average is not in it.
    public let standardError: Double

    /// The shrunken mean: that of an average site plus the effect.
    public var value: Double { center + effect }

    /// The interval of the shrunken mean.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        Interval(center: value, margin: level.normalDeviate * standardError, level: level, method: .shrunken)
    }

    /// 1 where the whole interval lies above the average site, -1 where it lies below, 0 otherwise.
    public func side(level: ConfidenceLevel = .percent95) -> Int {
        let margin = level.normalDeviate * standardError
        return effect > margin ? 1 : effect < -margin ? -1 : 0
    }
}
