@testable import Statistics

/// The room's functions on arrays, for tests only: a span cannot be handed to `#expect`, which takes its arguments
/// apart.
extension Moments {
    init(_ values: [Double]) { self.init(values.span) }
}

extension WeightedMoments {
    init(_ values: [Double], weights: [Double]) { self.init(values.span, weights: weights.span) }
}

extension SiteMoments {
    init(_ values: [Double], sites: [Int32], siteCount: Int) {
        self.init(values.span, sites: sites.span, siteCount: siteCount)
    }
}

extension VarianceComponents {
    init(
        _ values: [Double], sites: [Int32], siteCount: Int, covariates: [[Double]], method: Method = .reml
    ) throws(Undefined) {
        try self.init(values.span, sites: sites.span, siteCount: siteCount, covariates: covariates, method: method)
    }
}

extension GeneralizedEntropy {
    init(_ amounts: [Double], groups: [Int32], groupCount: Int, measure: Measure) throws(Undefined) {
        try self.init(amounts.span, groups: groups.span, groupCount: groupCount, measure: measure)
    }
}

extension Gini {
    init(_ amounts: [Double]) throws(Undefined) { try self.init(amounts.span) }
}

extension Kappa {
    init(
        _ first: [Double], _ second: [Double], weights: Weights = .none, categories: [Double] = []
    ) throws(Undefined) {
        try self.init(first.span, second.span, weights: weights, categories: categories)
    }
}

extension SignedRanks {
    init?(_ differences: [Double]) { self.init(differences.span) }
}

extension Jackknife {
    init(_ values: [Double], statistic: (Span<Double>) -> Double?) throws(Undefined) {
        try self.init(values.span, statistic: statistic)
    }
}

extension Bootstrap {
    init(_ values: [Double], resamples: [Int], statistic: (Span<Double>) -> Double?) throws(Undefined) {
        try self.init(values.span, resamples: resamples.span, statistic: statistic)
    }

    init(
        _ values: [Double], resamples count: Int, using generator: inout SplitMix64,
        statistic: (Span<Double>) -> Double?
    ) throws(Undefined) {
        try self.init(values.span, resamples: count, using: &generator, statistic: statistic)
    }
}

extension Correlation {
    static func of(_ kind: Kind, _ x: [Double], _ y: [Double]) throws(Undefined) -> Correlation {
        switch kind {
        case .pearson: try pearson(x.span, y.span)
        case .spearman: try spearman(x.span, y.span)
        case .kendall: try kendall(x.span, y.span)
        }
    }
}

extension Concordance {
    init(_ x: [Double], _ y: [Double]) { self.init(x.span, y.span) }
}

extension PolychoricCorrelation {
    init(_ x: [Double], _ y: [Double]) throws(Undefined) { try self.init(x.span, y.span) }
}

extension AnswerTable {
    /// Columns of equal length, none of them reversed.
    init(columns: [[Double]]) {
        self.init(rows: columns.first?.count ?? 0)
        for column in columns { append(column.span) }
    }
}

extension Proportion {
    init(_ answers: [Double]) { self.init(answers.span) }
}

extension FiveNumberSummary {
    init?(_ values: [Double]) { self.init(values.span) }
}

extension Descriptives {
    static func count(_ values: [Double]) -> Int { count(values.span) }
    static func sum(_ values: [Double]) -> Double? { sum(values.span) }
    static func mean(_ values: [Double]) -> Double? { mean(values.span) }
    static func range(_ values: [Double]) -> ClosedRange<Double>? { range(values.span) }
    static func minimum(_ values: [Double]) -> Double? { minimum(values.span) }
    static func maximum(_ values: [Double]) -> Double? { maximum(values.span) }
    static func skewness(_ values: [Double]) -> Double? { skewness(values.span) }
    static func excessKurtosis(_ values: [Double]) -> Double? { excessKurtosis(values.span) }
    static func sampleSkewness(_ values: [Double]) -> Double? { sampleSkewness(values.span) }
    static func sampleExcessKurtosis(_ values: [Double]) -> Double? { sampleExcessKurtosis(values.span) }
    static func geometricMean(_ values: [Double]) -> Double? { geometricMean(values.span) }
    static func geometricMeanInterval(_ values: [Double]) -> Interval? { geometricMeanInterval(values.span) }
    static func skewnessByDeviation(_ values: [Double]) -> Double? { skewnessByDeviation(values.span) }
    static func excessKurtosisByDeviation(_ values: [Double]) -> Double? { excessKurtosisByDeviation(values.span) }
    static func lag1Autocorrelation(_ values: [Double]) -> Double? { lag1Autocorrelation(values.span) }
}

extension Quantiles {
    static func quantile(_ values: [Double], at p: Double, type: QuantileType = .type7) -> Double? {
        quantile(values.span, at: p, type: type)
    }

    static func quantiles(
        _ values: [Double], at probabilities: [Double], type: QuantileType = .type7
    ) -> [Double]? {
        quantiles(values.span, at: probabilities, type: type)
    }

    static func estimate(
        _ values: [Double], at p: Double, type: QuantileType = .type7, level: ConfidenceLevel = .percent95
    ) -> QuantileEstimate? {
        estimate(values.span, at: p, type: type, level: level)
    }

    static func interval(_ values: [Double], at p: Double, level: ConfidenceLevel = .percent95) -> Interval? {
        interval(values.span, at: p, level: level)
    }

    static func median(_ values: [Double]) -> Double? { median(values.span) }

    static func interquartileRange(_ values: [Double], type: QuantileType = .type7) -> Double? {
        interquartileRange(values.span, type: type)
    }

    static func medianAbsoluteDeviation(_ values: [Double], constant: Double = 1.4826) -> Double? {
        medianAbsoluteDeviation(values.span, constant: constant)
    }

    static func trimmedMean(_ values: [Double], share: Double) -> Double? {
        trimmedMean(values.span, share: share)
    }

    static func trimmedMeanStandardError(_ values: [Double], share: Double) -> Double? {
        trimmedMeanStandardError(values.span, share: share)
    }

    static func trimmedMeanInterval(_ values: [Double], share: Double) -> Interval? {
        trimmedMeanInterval(values.span, share: share)
    }

    static func trimmedCount(_ values: [Double], share: Double) -> Int? { trimmedCount(values.span, share: share) }

    static func winsorizedMoments(_ values: [Double], share: Double) -> Moments? {
        winsorizedMoments(values.span, share: share)
    }
}

extension OrderSelection {
    static func values(atRanks ranks: [Int], of column: [Double]) -> [Double] {
        values(atRanks: ranks, of: column.span)
    }

    static func sorted(_ column: [Double]) -> [Double] { sorted(column.span) }
}
