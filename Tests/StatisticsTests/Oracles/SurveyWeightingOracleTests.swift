import PlumblineTestSupport
import Statistics
import Testing

@Suite("Weighted estimates as R's survey package computes them")
struct SurveyWeightingOracleTests {
    @Test("survey-weighted", .enabled(if: Oracle.isPresent("survey-weighted"), Oracle.absenceComment))
    func weighted() throws {
        let sample = try Sample(try Oracle("survey-weighted"))
        try sample.oracle.expectAll { quantity in
            try response(quantity, sample) ?? weights(quantity, sample) ?? respondentMean(quantity, sample)
                ?? estimate(quantity, sample)
        }
    }

    private func response(_ quantity: Oracle.Quantity, _ sample: Sample) throws -> [Double]? {
        let nonresponse = try sample.nonresponse()
        switch quantity.name {
        case "response_rate_unweighted": return single(nonresponse.responseRate)
        case "response_rate_weighted": return single(nonresponse.weightedResponseRate)
        case "nonresponse_factor": return nonresponse.factors.compactMap(\.self)
        default: return nil
        }
    }

    private func weights(_ quantity: Oracle.Quantity, _ sample: Sample) throws -> [Double]? {
        if quantity.name == "raked_weight" {
            return Array(try sample.design("raked to sch.wide, awards, stype").weights.prefix(10))
        }
        guard let name = quantity.text("weight"),
            ["sum_weights", "kish_deff_weighting", "kish_effective_n", "weight_range"].contains(quantity.name)
        else { return nil }
        let weights =
            switch name {
            case "pw": try sample.column("pw")
            case "raked": try sample.design("raked to sch.wide, awards, stype").weights
            case "post-stratified to stype":
                try sample.design("weights only, post-stratified to roster stype").weights
            default: try sample.nonresponse().adjustedWeights.filter { $0 > 0 }
            }
        let summary = try WeightSummary(weights.span)
        switch quantity.name {
        case "sum_weights": return single(summary.sum)
        case "kish_deff_weighting": return single(summary.weightingEffect)
        case "kish_effective_n": return single(summary.effectiveSize)
        default: return [summary.range.lowerBound, summary.range.upperBound]
        }
    }

    /// Means of those who answered, by the three ways to weight them.
    private func respondentMean(_ quantity: Oracle.Quantity, _ sample: Sample) throws -> [Double]? {
        guard let design = quantity.text("design"), design.hasPrefix("respondents") else { return nil }
        let nonresponse = try sample.nonresponse()
        let weights: [Double]
        if design.contains("base weight only") {
            weights = zip(try sample.column("pw"), try sample.hasResponded()).map { $1 ? $0 : 0 }
        } else if design.contains("trimmed") {
            weights = try WeightTrimming.trimmed(nonresponse.adjustedWeights.span, atMedianTimes: 3)
        } else {
            weights = nonresponse.adjustedWeights
        }
        let values = try sample.column(try #require(quantity.text("variable")))
        return single(WeightedMoments(values, weights: weights).mean)
    }

    private func estimate(_ quantity: Oracle.Quantity, _ sample: Sample) throws -> [Double]? {
        let design = try sample.design(try #require(quantity.text("design")))
        let values = try sample.values(quantity)
        let (estimatedMean, estimatedTotal) = (design.mean(of: values.span), design.total(of: values.span))
        let (mean, total) = (try #require(estimatedMean), try #require(estimatedTotal))
        switch quantity.name {
        case "weighted_mean", "weighted_proportion": return single(mean.value)
        case "weighted_total": return single(total.value)
        case "se": return single(quantity.text("stat") == "total" ? total.standardError : mean.standardError)
        case "deff": return single(mean.designEffect)
        case "deft2_replace": return single(mean.designEffectWithReplacement)
        case "ci_normal": return limits(mean.normalInterval(level: quantity.level))
        case "ci_t_design_df":
            #expect(mean.degreesOfFreedom == quantity.number("df").map { Int($0) })
            return limits(mean.interval(level: quantity.level))
        case "weighted_quantile":
            return WeightedQuantiles.quantiles(values.span, weights: design.weights.span, at: quantity.numbers("p"))
                ?? []
        case "weighted_variance": return single(design.variance(of: values.span))
        case "proportion_ci":
            let method = try #require(quantity.text("method").flatMap(SurveyEstimate.ShareMethod.init))
            return limits(mean.shareInterval(method, level: quantity.level))
        default: return nil
        }
    }

    /// The survey's rows and the designs that the quantities name.
    private struct Sample {
        let oracle: Oracle

        init(_ oracle: Oracle) throws {
            self.oracle = oracle
        }

        func column(_ name: String) throws -> [Double] { try oracle.column(name, in: "input.csv") }

        func cells(_ name: String) throws -> [String] { try #require(try oracle.table("input.csv")[name]) }

        func categories(_ name: String) throws -> (codes: [Int32], names: [String]) {
            let cells = try cells(name)
            let names = Set(cells).sorted()
            return (cells.map { Int32(names.firstIndex(of: $0) ?? -1) }, names)
        }

        func hasResponded() throws -> [Bool] { try column("responded").map { $0 == 1 } }

        func nonresponse() throws -> UnitNonresponse {
            let (weights, cells) = (try column("pw"), try categories("stype").codes)
            return try UnitNonresponse(weights: weights.span, hasResponded: try hasResponded(), cells: cells.span)
        }

        /// The values asked for: 1 and 0 for a category, missing outside of a domain.
        func values(_ quantity: Oracle.Quantity) throws -> [Double] {
            let variable = try #require(quantity.text("variable"))
            let level = quantity.text("level")
            guard let domain = quantity.text("domain") else {
                return try level == nil ? column(variable) : cells(variable).map { $0 == level ? 1 : 0 }
            }
            return zip(try column(variable), try cells(domain)).map { $1 == level ? $0 : .nan }
        }

        func margin(_ name: String, _ file: String) throws -> PopulationMargin {
            let (codes, names) = try categories(name)
            let roster = try oracle.table(file)
            let byName = Dictionary(uniqueKeysWithValues: zip(try #require(roster[name]), try #require(roster["Freq"])))
            let counts = names.map { byName[$0].flatMap(Double.init) ?? .nan }
            return try PopulationMargin(categories: codes.span, counts: counts.span)
        }

        func design(_ name: String) throws -> SurveyDesign {
            let (weights, sizes) = (try column("pw"), try column("fpc"))
            let strata = try categories("stype").codes
            let plain = try SurveyDesign(weights: weights.span)
            switch name {
            case "unweighted": return try SurveyDesign(unweighted: weights.count)
            case "stratified, fpc":
                return try SurveyDesign(weights: weights.span, strata: strata.span, populationSizes: sizes.span)
            case "weights only, no strata, no fpc": return plain
            case "weights only, post-stratified to roster stype":
                return try plain.postStratified(to: margin("stype", "input_roster_stype.csv"))
            default:
                return try plain.raked(to: [
                    margin("sch.wide", "input_roster_schwide.csv"), margin("awards", "input_roster_awards.csv"),
                    margin("stype", "input_roster_stype.csv"),
                ])
            }
        }
    }
}
