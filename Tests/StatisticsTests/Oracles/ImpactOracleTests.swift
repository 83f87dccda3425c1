import PlumblineTestSupport
import Statistics
import Testing

@Suite("Effects and regressions as R computes them")
struct ImpactOracleTests {
    @Test(
        "every quantity of impact",
        .enabled(if: Oracle.isPresent("impact-star") && Oracle.isPresent("impact-did"), Oracle.absenceComment),
        arguments: ["impact-star", "impact-did"])
    func impact(_ name: String) throws {
        let oracle = try Oracle(name)
        let models = RegressionAnswers(oracle)
        #expect(!oracle.quantities.isEmpty)
        for quantity in oracle.quantities {
            let answer =
                try formulas(quantity) ?? effects(oracle, quantity) ?? differences(oracle, quantity)
                ?? models.answer(to: quantity)
            guard let answer else {
                Issue.record("nothing answers \(quantity.name) \(quantity.arguments)")
                continue
            }
            quantity.expect(answer)
        }
    }

    /// Effect sizes from printed numbers, and adjusted p values.
    private func formulas(_ quantity: Oracle.Quantity) throws -> [Double]? {
        let p = quantity.numbers("p")
        let (n1, n2) = (Int(quantity.number("n1") ?? 0), Int(quantity.number("n2") ?? 0))
        switch quantity.name {
        case "wwc_g_from_d": return [EffectSize.hedgesG(d: quantity.number("d") ?? .nan, n1, n2)].compactMap(\.self)
        case "wwc_g_from_t":
            let clusters = quantity.number("icc").flatMap {
                EffectSize.Clustering(
                    intraclassCorrelation: $0, meanSize: quantity.number("mean_cluster_n") ?? .nan)
            }
            return [EffectSize.hedgesG(t: quantity.number("t") ?? .nan, n1, n2, clusters: clusters)].compactMap(\.self)
        case "wwc_improvement_index":
            return [EffectSize.improvementIndex(g: quantity.number("g") ?? .nan)].compactMap(\.self)
        case "wwc_cox_index":
            return [
                EffectSize.coxIndex(
                    quantity.number("p1") ?? .nan, of: n1, quantity.number("p2") ?? .nan, of: n2)
            ].compactMap(\.self)
        case "benjamini_hochberg_adjusted": return MultipleComparisons.benjaminiHochberg(p.span)
        case "holm_adjusted": return MultipleComparisons.holm(p.span)
        default: return nil
        }
    }

    /// Differences of means between small classes and regular ones.
    private func effects(_ oracle: Oracle, _ quantity: Oracle.Quantity) throws -> [Double]? {
        guard let outcome = quantity.text("outcome") else { return nil }
        let values = try oracle.column(outcome, in: "input.csv")
        let small = try oracle.column("small", in: "input.csv")
        let effect = StandardizedDifference(
            Moments(zip(values, small).filter { $0.1 == 1 }.map(\.0)),
            Moments(zip(values, small).filter { $0.1 == 0 }.map(\.0)))
        let welch = MeanDifference(effect.first, effect.second)
        let correction: SmallSampleCorrection =
            quantity.text("correction")?.hasPrefix("exact") ?? false ? .exact : .approximate
        let single: Double?
        switch quantity.name {
        case "n_treated_control": return [Double(effect.first.count), Double(effect.second.count)]
        case "mean_difference": single = effect.meanDifference
        case "sd_pooled": single = effect.pooledStandardDeviation
        case "cohen_d": single = effect.cohenD
        case "hedges_g": single = effect.hedgesG(correction)
        case "glass_delta": single = effect.glassDelta
        case "g_se":
            single = effect.standardError(quantity.text("formula")?.hasPrefix("omega") ?? false ? .withD : .withG)
        case "g_ci": return limits(effect.interval())
        case "d_ci": return limits(effect.exactInterval())
        case "t_student": single = effect.studentT
        case "welch_t": single = welch.statistic
        case "welch_df": single = welch.degreesOfFreedom
        case "welch_p": single = welch.pValue
        case "welch_ci": return limits(welch.interval())
        case "improvement_index": single = effect.hedgesG().flatMap { EffectSize.improvementIndex(g: $0) }
        case "g_from_adjusted_difference":
            var design = RegressionDesign(response: values.span)
            design.add("small", small.span)
            for covariate in quantity.arguments["covariates"] as? [String] ?? [] {
                let codes = codes(try #require(try oracle.table("input.csv")[covariate]))
                design.addCategories(covariate, codes.span)
            }
            let model = try LinearModel(design)
            #expect(Double(model.observations) == quantity.number("n_for_correction"))
            single = EffectSize.hedgesG(
                adjustedDifference: try #require(model.coefficient("small")),
                standardDeviation: try #require(effect.pooledStandardDeviation), observations: model.observations)
        default: return nil
        }
        return [single].compactMap(\.self)
    }

    /// Differences in differences without a regression.
    private func differences(_ oracle: Oracle, _ quantity: Oracle.Quantity) throws -> [Double]? {
        guard ["did_of_means", "change_score_welch_t"].contains(quantity.name) else { return nil }
        let outcome = try oracle.column("lemp", in: "input.csv")
        let treated = try oracle.column("first_treated", in: "input.csv").map { $0 == 2007 ? 1.0 : 0 }
        let post = try oracle.column("year", in: "input.csv").map { $0 == 2007 ? 1.0 : 0 }
        if quantity.name == "did_of_means" {
            let difference = DifferenceInDifferences(outcome.span, treated: treated.span, post: post.span)
            return [difference.value].compactMap(\.self)
        }
        let counties = try oracle.column("county", in: "input.csv")
        var changes: [Double: (treated: Double, change: Double)] = [:]
        for row in outcome.indices {
            changes[counties[row], default: (treated[row], 0)].change += post[row] == 1 ? outcome[row] : -outcome[row]
        }
        func moments(_ treated: Double) -> Moments { Moments(changes.values.filter { $0.0 == treated }.map(\.1)) }
        return [MeanDifference(moments(1), moments(0)).statistic].compactMap(\.self)
    }
}

/// A code per text; empty is missing.
private func codes(_ texts: [String]) -> [Double] {
    let known = Set(texts).subtracting([""]).sorted()
    return texts.map { text in known.firstIndex(of: text).map(Double.init) ?? .nan }
}

/// Answers from regressions, each fitted once.
private final class RegressionAnswers {
    private let oracle: Oracle
    private var models: [String: LinearModel] = [:]

    init(_ oracle: Oracle) { self.oracle = oracle }

    func answer(to quantity: Oracle.Quantity) throws -> [Double]? {
        guard let text = quantity.text("model") else { return nil }
        let model = try models[text] ?? fit(text, quantity)
        models[text] = model
        if let diagnostic = try diagnostic(quantity, model) { return diagnostic }
        let estimate = try model.estimate(quantity.text("term") ?? "", errors: errors(quantity))
        switch quantity.name {
        case "coefficient": return [estimate.value]
        case "se": return [estimate.standardError]
        case "satterthwaite_df": return [estimate.degreesOfFreedom]
        case "p_value": return [estimate.p].compactMap(\.self)
        case "ci": return limits(estimate.interval())
        default: return nil
        }
    }

    private func diagnostic(_ quantity: Oracle.Quantity, _ model: LinearModel) throws -> [Double]? {
        switch quantity.name {
        case "n_obs": return [Double(model.observations)]
        case "r_squared": return [model.rSquared].compactMap(\.self)
        case "n_clusters": return [model.clusterCount].compactMap { $0.map(Double.init) }
        case "residual_autocorr_lag1": return [model.residualAutocorrelation].compactMap(\.self)
        case "durbin_watson": return [model.durbinWatson].compactMap(\.self)
        case "effect_at_last_row":
            let interruption = Int(quantity.number("interruption_at_row") ?? 0) - 1
            let last = model.observations - 1
            return [try model.effect(at: last, interruption: interruption, errors: .classical).value]
        default: return nil
        }
    }

    private func errors(_ quantity: Oracle.Quantity) -> RegressionErrors {
        let type = quantity.text("type") ?? "classical"
        if type.hasPrefix("Newey") {
            let isCorrected = quantity.text("small_sample_adjust") != nil
            return .neweyWest(lag: Int(quantity.number("lag") ?? 0), corrected: isCorrected)
        }
        if type.contains("CR0") { return .cr0 }
        if type.contains("CR1") { return .cr1 }
        if type.contains("CR2") { return .cr2 }
        return type == "HC1" ? .hc1 : type == "HC3" ? .hc3 : .classical
    }

    private func fit(_ text: String, _ quantity: Oracle.Quantity) throws -> LinearModel {
        if text.hasPrefix("drivers") { return try seatbelts(text, quantity) }
        if text.hasPrefix("lemp") { return try counties(text) }
        let outcome = try oracle.column(String(text.prefix(4)), in: "input.csv")
        let small = try oracle.column("small", in: "input.csv")
        let schools = codes(try #require(try oracle.table("input.csv")["school"]))
        var design = RegressionDesign(response: outcome.span)
        design.add("small", small.span)
        for covariate in ["gender", "lunch"] where text.contains(covariate) {
            let codes = codes(try #require(try oracle.table("input.csv")[covariate]))
            design.addCategories(covariate, codes.span)
        }
        if text.contains("factor(school)") { design.absorb(schools.span) }
        design.cluster(by: schools.span)
        return try LinearModel(design)
    }

    private func seatbelts(_ text: String, _ quantity: Oracle.Quantity) throws -> LinearModel {
        let drivers = try oracle.column("drivers", in: "input_seatbelts.csv")
        let months = try oracle.column("month", in: "input_seatbelts.csv")
        var design = RegressionDesign.interruptedSeries(
            drivers.span, interruption: Int(quantity.number("interruption_at_row") ?? 0) - 1)
        if text.contains("month") { design.addCategories("month", months.span) }
        return try LinearModel(design)
    }

    private func counties(_ text: String) throws -> LinearModel {
        let outcome = try oracle.column("lemp", in: "input.csv")
        let treated = try oracle.column("first_treated", in: "input.csv").map { $0 == 2007 ? 1.0 : 0 }
        let post = try oracle.column("year", in: "input.csv").map { $0 == 2007 ? 1.0 : 0 }
        let population = try oracle.column("lpop", in: "input.csv")
        let counties = try oracle.column("county", in: "input.csv")
        var design = RegressionDesign.differenceInDifferences(outcome.span, treated: treated.span, post: post.span)
        if text.contains("lpop") { design.add("lpop", population.span) }
        design.cluster(by: counties.span)
        return try LinearModel(design)
    }
}
