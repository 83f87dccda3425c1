import Foundation
import PlumblineTestSupport
import Statistics
import Testing

@Suite("Descriptives as R and NIST compute them")
struct DescriptivesOracleTests {
    @Test("R: descriptives", .enabled(if: Oracle.isPresent("descriptives"), Oracle.absenceComment))
    func descriptives() throws {
        let oracle = try Oracle("descriptives")
        var checked = 0
        for quantity in oracle.quantities
        where Set(quantity.arguments.keys).isDisjoint(with: ["rows", "weight", "group"]) {
            guard let file = quantity.text("file"), let column = quantity.text("column") else { continue }
            let values = try oracle.column(column, in: file)
            guard let answer = answer(to: quantity, values) else { continue }
            quantity.expect(answer)
            checked += 1
        }
        #expect(checked > 100)
    }

    @Test("R: weighted means", .enabled(if: Oracle.isPresent("descriptives"), Oracle.absenceComment))
    func weightedMeans() throws {
        let oracle = try Oracle("descriptives")
        let quantities = oracle.quantities.filter { $0.name == "weighted_mean" }
        for quantity in quantities {
            let file = try #require(quantity.text("file"))
            let values = try oracle.column(try #require(quantity.text("column")), in: file)
            let weights = try oracle.column(try #require(quantity.text("weight")), in: file)
            quantity.expect([WeightedMoments(values, weights: weights).mean].compactMap(\.self))
        }
        #expect(!quantities.isEmpty)
    }

    @Test("R: mean change of pairs", .enabled(if: Oracle.isPresent("descriptives"), Oracle.absenceComment))
    func pairs() throws {
        let oracle = try Oracle("descriptives")
        let before = try oracle.column("before", in: "input_paired.csv")
        let after = try oracle.column("after", in: "input_paired.csv")
        let change = Moments(zip(after, before).map { $0 - $1 })
        let answers = [
            "n_pairs": [Double(change.count)], "mean_change": [change.mean].compactMap(\.self),
            "sd_change": [change.standardDeviation].compactMap(\.self), "paired_ci": limits(change.meanInterval()),
        ]
        for quantity in oracle.quantities where quantity.text("before") != nil {
            if let answer = answers[quantity.name] { quantity.expect(answer) }
        }
    }

    @Test("NIST: univariate", .enabled(if: Oracle.isPresent("nist-univariate"), Oracle.absenceComment))
    func nist() throws {
        let oracle = try Oracle("nist-univariate")
        for quantity in oracle.quantities {
            let file = try #require(quantity.text("file"))
            quantity.expect(answer(to: quantity, try oracle.column("y", in: file)))
        }
        #expect(!oracle.quantities.isEmpty)
    }

    /// The room's answer, or nil where the quantity is another room's or a later issue's.
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
        case "kurtosis_excess" where quantity.text("type")?.hasPrefix("g2") == true:
            single = Descriptives.excessKurtosis(values)
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
        case "winsorized_mean":
            single = Quantiles.winsorizedMoments(values, share: quantity.number("each_side") ?? 0)?.mean
        case "winsorized_sd":
            single = Quantiles.winsorizedMoments(values, share: quantity.number("each_side") ?? 0)?.standardDeviation
        default: return nil
        }
        return single.map { [$0] } ?? []
    }
}
