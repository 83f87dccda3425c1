import Foundation
import PlumblineTestSupport
import Statistics
import Testing

@Suite("Descriptives as R and NIST compute them")
struct DescriptivesOracleTests {
    @Test("R: descriptives", .enabled(if: Oracle.isPresent("descriptives"), Oracle.absenceComment))
    func descriptives() throws {
        let oracle = try Oracle("descriptives")
        let bootstraps = BootstrapAnswers(oracle)
        try oracle.expectAll { quantity in
            if PairsOracleTests.answers(quantity) { return quantity.wanted }
            if quantity.text("resamples") != nil { return try bootstraps.answer(to: quantity) }
            if quantity.text("x") != nil { return try AssociationAnswers.answer(to: quantity, oracle) }
            let file = try #require(quantity.text("file"))
            let column = try #require(quantity.text("column"))
            let values = try oracle.column(column, in: file)
            guard let weight = quantity.text("weight") else { return answer(to: quantity, values) }
            return weightedAnswer(to: quantity, values, try oracle.column(weight, in: file))
        }
    }

    @Test("NIST: univariate", .enabled(if: Oracle.isPresent("nist-univariate"), Oracle.absenceComment))
    func nist() throws {
        let oracle = try Oracle("nist-univariate")
        try oracle.expectAll { quantity in
            let file = try #require(quantity.text("file"))
            return answer(to: quantity, try oracle.column("y", in: file))
        }
    }

    private func weightedAnswer(to quantity: Oracle.Quantity, _ values: [Double], _ weights: [Double]) -> [Double]? {
        let moments = WeightedMoments(values, weights: weights)
        switch quantity.name {
        case "weighted_mean": return single(moments.mean)
        case "weighted_sd":
            let text = quantity.text("denominator") ?? ""
            let isPlain = text == "sum w"
            return single(
                moments.standardDeviation(
                    isPlain ? .population : text.contains("frequency") ? .frequency : .reliability))
        case "weighted_quantile":
            let quantiles = WeightedQuantiles(values.span, weights: weights.span)
            let isInterpolated = quantity.text("rule")?.hasPrefix("Hmisc") == true
            return quantity.numbers("p").compactMap {
                quantiles?.quantile(at: $0, rule: isInterpolated ? .interpolated : .inverse)
            }
        default: return nil
        }
    }

    /// The room's answer about one column.
    private func answer(to quantity: Oracle.Quantity, _ values: [Double]) -> [Double]? {
        let moments = Moments(values)
        let single: Double?
        switch quantity.name {
        case "n": single = Double(moments.count)
        case "n_missing": single = Double(values.count - moments.count)
        case "mean": single = moments.mean
        case "sd": single = moments.standardDeviation
        case "se_mean": single = moments.standardError
        case "cv": single = moments.coefficientOfVariation
        case "min": single = Descriptives.minimum(values)
        case "max": single = Descriptives.maximum(values)
        case "skewness" where quantity.text("type")?.hasPrefix("g1") == true: single = Descriptives.skewness(values)
        case "skewness": single = Descriptives.sampleSkewness(values)
        case "kurtosis_excess" where quantity.text("type")?.hasPrefix("g2") == true:
            single = Descriptives.excessKurtosis(values)
        case "kurtosis_excess": single = Descriptives.sampleExcessKurtosis(values)
        case "geometric_mean": single = Descriptives.geometricMean(values)
        case "jackknife_se_mean": single = (try? Jackknife(values) { Descriptives.mean($0) })?.standardError
        case "jackknife_acceleration":
            single = (try? Jackknife(values) { Quantiles.median($0) })?.acceleration
        case "autocorr_lag1": single = Descriptives.lag1Autocorrelation(values)
        case "mean_ci_t": return limits(moments.meanInterval())
        default: return orderAnswer(to: quantity, values)
        }
        return single.map { [$0] } ?? []
    }

    private func orderAnswer(to quantity: Oracle.Quantity, _ values: [Double]) -> [Double]? {
        let type = quantity.number("type").flatMap { QuantileType(rawValue: Int($0)) } ?? .type7
        let single: Double?
        switch quantity.name {
        case "median": single = Quantiles.median(values)
        case "quantile": return Quantiles.quantiles(values, at: quantity.numbers("p"), type: type) ?? []
        case "iqr": single = Quantiles.interquartileRange(values, type: type)
        case "fivenum_tukey":
            let five = FiveNumberSummary(values)
            return five.map { [$0.minimum, $0.lowerHinge, $0.median, $0.upperHinge, $0.maximum] } ?? []
        case "mad": single = Quantiles.medianAbsoluteDeviation(values, constant: quantity.number("constant") ?? 1)
        case "trimmed_mean":
            single = Quantiles.trimmedMean(values, share: quantity.number("trim_each_side") ?? 0)
        case "trimmed_mean_se_yuen":
            single = Quantiles.trimmedMeanStandardError(values, share: quantity.number("trim_each_side") ?? 0)
        case "winsorized_mean":
            single = Quantiles.winsorizedMoments(values, share: quantity.number("each_side") ?? 0)?.mean
        case "winsorized_sd":
            single = Quantiles.winsorizedMoments(values, share: quantity.number("each_side") ?? 0)?.standardDeviation
        default: return nil
        }
        return single.map { [$0] } ?? []
    }
}
