import Foundation
import PlumblineTestSupport
import Statistics
import Testing

@Suite("Variation between sites as lme4, R and NIST compute it")
struct SitesOracleTests {
    @Test("NIST: one-way ANOVA", .enabled(if: Oracle.isPresent("nist-anova"), Oracle.absenceComment))
    func nist() throws {
        let oracle = try Oracle("nist-anova")
        try oracle.expectAll { quantity in
            let anova = try OneWayAnova(try Sites(quantity, oracle).moments)
            switch quantity.name {
            case "df_between": return [Double(anova.freedomBetween)]
            case "df_within": return [Double(anova.freedomWithin)]
            case "ss_between": return [anova.squaresBetween]
            case "ss_within": return [anova.squaresWithin]
            case "ms_between": return [anova.meanSquareBetween]
            case "ms_within": return [anova.meanSquareWithin]
            case "F": return single(anova.ratio)
            case "r_squared": return single(anova.etaSquared)
            case "residual_sd": return [anova.residualStandardDeviation]
            case "icc1": return single(anova.icc1())
            case "icc2": return single(anova.icc2)
            default: return nil
            }
        }
    }

    @Test("lme4, R: sites-exam", .enabled(if: Oracle.isPresent("sites-exam"), Oracle.absenceComment))
    func sites() throws {
        let oracle = try Oracle("sites-exam")
        for quantity in oracle.quantities where !(try listsAgree(quantity, oracle)) {
            guard
                let got = try analysis(quantity, oracle) ?? components(quantity, oracle) ?? funnel(quantity, oracle)
                    ?? inequality(quantity, oracle)
            else {
                Issue.record("no answer to \(quantity.name) \(quantity.arguments)")
                continue
            }
            quantity.expect(got)
        }
    }

    /// The values of a file by site.
    private struct Sites {
        let names: [String]
        let values: [Double]
        let codes: [Int32]
        let covariate: [Double]

        init(_ quantity: Oracle.Quantity, _ oracle: Oracle) throws {
            let file = try #require(quantity.text("file"))
            let table = try oracle.table(file)
            let group = try #require(quantity.text("group"))
            let cells = try #require(table[group])
            var index: [String: Int32] = [:]
            var names: [String] = []
            let type = quantity.text("type")
            codes = cells.indices.map { row in
                if let type, table["type"]?[row] != type { return -1 }
                if let code = index[cells[row]] { return code }
                index[cells[row]] = Int32(names.count)
                names.append(cells[row])
                return Int32(names.count - 1)
            }
            self.names = names
            let value = try #require(quantity.text("value"))
            values = try oracle.column(value, in: file)
            covariate = try quantity.text("model").map { _ in try oracle.column("standLRT", in: file) } ?? []
        }

        var moments: SiteMoments { SiteMoments(values, sites: codes, siteCount: names.count) }
    }

    private func analysis(_ quantity: Oracle.Quantity, _ oracle: Oracle) throws -> [Double]? {
        let isModel = ["REML", "ML"].contains { quantity.text("method")?.hasPrefix($0) == true }
        guard quantity.text("value") == "normexam", !isModel else { return nil }
        let sites = try Sites(quantity, oracle)
        let anova = try OneWayAnova(sites.moments)
        switch quantity.name {
        case "n_groups": return [Double(anova.sites)]
        case "n_obs": return [Double(anova.count)]
        case "grand_mean": return [anova.grandMean]
        case "ss_between": return [anova.squaresBetween]
        case "ss_within": return [anova.squaresWithin]
        case "eta_squared": return single(anova.etaSquared)
        case "omega_squared": return single(anova.omegaSquared)
        case "anova_F": return single(anova.ratio)
        case "n0": return [anova.size()]
        case "variance_between": return [anova.varianceBetween]
        case "variance_within": return [anova.meanSquareWithin]
        case "icc1": return single(anova.icc1())
        case "icc1_ci": return limits(anova.icc1Interval(level: quantity.level))
        case "design_effect_mean_cluster": return single(anova.designEffect)
        case "site_mean": return byName(sites.names, sites.moments.sites.map(\.mean), first: 15)
        default: return nil
        }
    }

    private func components(_ quantity: Oracle.Quantity, _ oracle: Oracle) throws -> [Double]? {
        guard quantity.text("value") == "normexam" else { return nil }
        let (sites, model) = try model(quantity, oracle)
        switch quantity.name {
        case "intercept": return [model.coefficients[0]]
        case "intercept_se": return [model.standardErrors[0]]
        case "variance_between": return [model.varianceBetween]
        case "variance_within": return [model.varianceWithin]
        case "icc1": return [model.icc]
        case "log_likelihood": return [model.logLikelihood]
        case "fixed_effects": return model.coefficients
        case "fixed_effects_se": return model.standardErrors
        case "proportion_between_variance_explained":
            return [1 - model.varianceBetween / (try VarianceComponents(sites.moments)).varianceBetween]
        case "site_shrunken_mean": return byName(sites.names, model.siteEstimates.map { $0?.value }, first: 15)
        case "site_shrinkage": return byName(sites.names, model.siteEstimates.map { $0?.shrinkage }, first: 15)
        case "site_effect_se": return byName(sites.names, model.siteEstimates.map { $0?.standardError }, first: 15)
        case "reliability_mean": return [model.meanReliability]
        default: return nil
        }
    }

    private func model(_ quantity: Oracle.Quantity, _ oracle: Oracle) throws -> (Sites, VarianceComponents) {
        let sites = try Sites(quantity, oracle)
        guard sites.covariate.isEmpty else {
            return (
                sites,
                try VarianceComponents(
                    sites.values, sites: sites.codes, siteCount: sites.names.count, covariates: [sites.covariate])
            )
        }
        return (sites, try VarianceComponents(sites.moments, method: quantity.text("method") == "ML" ? .ml : .reml))
    }

    /// The first sites in the order of the file, by the order of their names as text.
    private func byName(_ names: [String], _ numbers: [Double?], first: Int) -> [Double] {
        zip(names, numbers).prefix(first).sorted { $0.0 < $1.0 }.compactMap(\.1)
    }

    private func funnel(_ quantity: Oracle.Quantity, _ oracle: Oracle) throws -> [Double]? {
        guard let (names, sites, funnel) = try funnelOf(quantity, oracle) else { return nil }
        let method: Funnel.Method = quantity.text("method")?.hasPrefix("normal") == true ? .normal : .exact
        let limits = sites.map { funnel.limits(trials: $0.trials, level: quantity.level, method: method) }
        switch quantity.name {
        case "target": return [funnel.target]
        case "funnel_lower": return byName(names, limits.map { $0?.lowerBound }, first: names.count)
        case "funnel_upper": return byName(names, limits.map { $0?.upperBound }, first: names.count)
        case "overdispersion_phi": return single(funnel.overdispersion(sites))
        case "chisq_heterogeneity": return single(funnel.heterogeneity(sites))
        default: return nil
        }
    }

    private func funnelOf(
        _ quantity: Oracle.Quantity, _ oracle: Oracle
    ) throws -> (names: [String], sites: [Proportion], funnel: Funnel)? {
        guard let file = quantity.text("file"), let x = quantity.text("x"), let n = quantity.text("n"),
            let id = quantity.text("id")
        else { return nil }
        let table = try oracle.table(file)
        let names = try #require(table[id])
        let sites = zip(try oracle.column(x, in: file), try oracle.column(n, in: file)).compactMap {
            Proportion(successes: Int($0), trials: Int($1))
        }
        let funnel = try quantity.number("target").flatMap { Funnel(target: $0) } ?? Funnel(pooling: sites)
        return (names, sites, funnel)
    }

    private func inequality(_ quantity: Oracle.Quantity, _ oracle: Oracle) throws -> [Double]? {
        let counties = try Sites(quantity, oracle)
        func entropy(_ measure: GeneralizedEntropy.Measure) throws -> GeneralizedEntropy {
            try GeneralizedEntropy(
                counties.values, groups: counties.codes, groupCount: counties.names.count, measure: measure)
        }
        switch quantity.name {
        case "gini" where quantity.text("definition")?.hasPrefix("sample") == true:
            return single(try Gini(counties.values).sampleValue)
        case "gini": return [try Gini(counties.values).value]
        case "theil_T": return [try entropy(.theilT).total]
        case "theil_T_between": return [try entropy(.theilT).between]
        case "theil_T_within": return [try entropy(.theilT).within]
        case "share_between_theil_T": return single(try entropy(.theilT).shareBetween)
        case "theil_L_mld": return [try entropy(.theilL).total]
        case "theil_L_between": return [try entropy(.theilL).between]
        case "theil_L_within": return [try entropy(.theilL).within]
        case "ge2_half_cv2": return [try entropy(.halfSquaredVariation).total]
        case "ge2_between": return [try entropy(.halfSquaredVariation).between]
        case "ge2_within": return [try entropy(.halfSquaredVariation).within]
        // A ratio of variances is one of half squared coefficients of variation: the mean cancels.
        case "variance_between_share": return single(try OneWayAnova(counties.moments).etaSquared)
        case "p90_p10_ratio":
            return Quantiles.quantiles(counties.values, at: [0.1, 0.9]).map { [$0[1] / $0[0]] }
        default: return nil
        }
    }

    /// Holds quantities that are lists of sites against ours; false for one that is not.
    private func listsAgree(_ quantity: Oracle.Quantity, _ oracle: Oracle) throws -> Bool {
        if quantity.name == "funnel_outliers" {
            let found = try funnelOf(quantity, oracle)
            let (names, sites, funnel) = try #require(found)
            let outside = sites.map { site in
                let limits = funnel.limits(trials: site.trials, level: quantity.level)
                guard let limits, let share = site.share, !limits.contains(share) else { return 0 }
                return share > limits.upperBound ? 1 : -1
            }
            let lists = try #require(quantity.value as? [String: [String]])
            #expect(lists["high"] == zip(names, outside).filter { $0.1 > 0 }.map(\.0))
            #expect(lists["low"] == zip(names, outside).filter { $0.1 < 0 }.map(\.0))
            return true
        }
        guard let list = quantity.value as? [String] else { return false }
        let (sites, model) = try model(quantity, oracle)
        let estimates = zip(sites.names, model.siteEstimates.compactMap(\.self))
        switch quantity.name {
        case "sites_above_average": #expect(list == estimates.filter { $0.1.side() > 0 }.map(\.0))
        case "sites_below_average": #expect(list == estimates.filter { $0.1.side() < 0 }.map(\.0))
        case "caterpillar_order": #expect(list == estimates.sorted { $0.1.value < $1.1.value }.map(\.0))
        default: Issue.record("no answer to \(quantity.name)")
        }
        return true
    }
}
