import PlumblineTestSupport
import Statistics
import Testing

@Suite("Survey data as R's psych and survey packages compute them")
struct SurveyOracleTests {
    /// Items and person means: what a scale needs of this room. Alpha itself is a later issue's, but its Feldt interval
    /// tests the F distribution here.
    @Test("psych: scale-bfi", .enabled(if: Oracle.isPresent("scale-bfi"), Oracle.absenceComment))
    func scale() throws {
        let oracle = try Oracle("scale-bfi")
        let table = try oracle.table("input.csv").mapValues { $0.map { Double($0) ?? .nan } }
        var alpha: Double?
        var complete = 0
        var checked = 0
        for quantity in oracle.quantities {
            let scale = try #require(Scale(quantity, table))
            switch quantity.name {
            case "alpha" where quantity.text("missing") == "listwise": alpha = quantity.wanted.first
            case "n_complete":
                complete = scale.personMeans(atLeast: scale.items.count).count { !$0.isNaN }
                quantity.expect([Double(complete)])
                checked += 1
            case "alpha_ci_feldt":
                quantity.expect(feldt(try #require(alpha), people: complete, items: scale.items.count))
                checked += 1
            default:
                if let answer = answer(to: quantity, scale) {
                    quantity.expect(answer)
                    checked += 1
                }
            }
        }
        #expect(checked > 40)
    }

    private func answer(to quantity: Oracle.Quantity, _ scale: Scale) -> [Double]? {
        let listwise = quantity.text("missing") == "listwise"
        let least = listwise ? scale.items.count : Int(quantity.number("min_answered") ?? 1)
        switch quantity.name {
        case "n_answered_by_item": return scale.items.map { Double(Descriptives.count($0)) }
        case "item_means": return scale.items.compactMap { Descriptives.mean($0) }
        case "item_sds": return scale.items.compactMap { Moments($0).standardDeviation }
        case "person_mean_scored_n": return [Double(Descriptives.count(scale.personMeans(atLeast: least)))]
        case "person_mean_mean": return [Descriptives.mean(scale.personMeans(atLeast: least))].compactMap(\.self)
        case "person_mean_sd":
            return [Moments(scale.personMeans(atLeast: least)).standardDeviation].compactMap(\.self)
        default: return nil
        }
    }

    /// 1 - (1 - alpha) F(1 - γ/2) and 1 - (1 - alpha) F(γ/2) on n - 1 and (n - 1)(k - 1) degrees of freedom.
    private func feldt(_ alpha: Double, people: Int, items: Int) -> [Double] {
        let n = Double(people - 1)
        let fisher = FisherF(numerator: n, denominator: n * Double(items - 1))
        return [fisher?.upperQuantile(0.025), fisher?.quantile(0.025)].compactMap { $0.map { 1 - (1 - alpha) * $0 } }
    }

    /// The rows of a group over the items of a scale, reversed where the key says so.
    private struct Scale {
        let items: [[Double]]

        init?(_ quantity: Oracle.Quantity, _ table: [String: [Double]]) {
            guard let names = quantity.arguments["items"] as? [String], let gender = table["gender"] else { return nil }
            let reversed = quantity.arguments["reversed"] as? [String] ?? []
            let ends = quantity.numbers("range").reduce(0, +)
            let level = quantity.number("level")
            let rows = gender.indices.filter { level == nil || gender[$0] == level }
            items = names.map { name in
                rows.map { row in
                    let answer = table[name]?[row] ?? .nan
                    return reversed.contains(name) ? ends - answer : answer
                }
            }
        }

        /// The mean of the items each person answered, missing below a least number of answers.
        func personMeans(atLeast least: Int) -> [Double] {
            items[0].indices.map { person in
                let answers = Moments(items.map { $0[person] })
                return answers.count >= least ? answers.mean ?? .nan : .nan
            }
        }
    }

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
