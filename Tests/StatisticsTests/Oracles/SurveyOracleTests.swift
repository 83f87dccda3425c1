import PlumblineTestSupport
import Statistics
import Testing

@Suite("Weighted survey data as R's survey package computes them")
struct SurveyOracleTests {
    @Test("survey: weights without strata", .enabled(if: Oracle.isPresent("survey-weighted"), Oracle.absenceComment))
    func weighted() throws {
        let oracle = try Oracle("survey-weighted")
        let weights = try oracle.column("pw", in: "input.csv")
        var checked = 0
        for quantity in oracle.quantities {
            guard let answer = try weightedAnswer(to: quantity, of: oracle, weights) else { continue }
            quantity.expect(answer)
            checked += 1
        }
        #expect(checked > 15)
    }

    private func weightedAnswer(
        to quantity: Oracle.Quantity, of oracle: Oracle, _ weights: [Double]
    ) throws -> [Double]? {
        if quantity.text("weight") == "pw" {
            let moments = WeightedMoments(weights, weights: weights)
            switch quantity.name {
            case "sum_weights": return [moments.sumOfWeights].compactMap(\.self)
            case "kish_effective_n": return [moments.effectiveSize].compactMap(\.self)
            default: return nil
            }
        }
        let isPlain = quantity.text("design") == "unweighted"
        guard isPlain || quantity.text("design") == "weights only, no strata, no fpc",
            let variable = quantity.text("variable"),
            quantity.name != "proportion_ci" || quantity.text("method") == "mean"
        else { return nil }
        let table = try oracle.table("input.csv")
        let cells = try #require(table[variable])
        let values =
            quantity.text("level") != nil && quantity.text("domain") == nil
            ? cells.map { $0 == quantity.text("level") ? 1 : 0 } : cells.map { Double($0) ?? .nan }
        // A domain keeps the whole sample: the weights of the rest are 0.
        let inDomain = try quantity.text("domain").map { domain in
            try #require(table[domain]).map { $0 == quantity.text("level") }
        }
        let used = weights.indices.map { (isPlain ? 1 : weights[$0]) * (inDomain?[$0] == false ? 0 : 1) }
        return answer(to: quantity, WeightedMoments(values, weights: used))
    }

    private func answer(to quantity: Oracle.Quantity, _ moments: WeightedMoments) -> [Double]? {
        switch (quantity.name, quantity.text("stat")) {
        case ("weighted_mean", _), ("weighted_proportion", _): [moments.mean].compactMap(\.self)
        case ("se", "mean"), ("se", "proportion"): [moments.meanStandardError].compactMap(\.self)
        case ("ci_t_design_df", _), ("proportion_ci", _): limits(moments.meanInterval())
        case ("weighted_total", _): [moments.total].compactMap(\.self)
        case ("se", "total"): [moments.totalStandardError].compactMap(\.self)
        default: nil
        }
    }
}
