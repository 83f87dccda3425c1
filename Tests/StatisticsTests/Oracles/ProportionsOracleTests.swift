import PlumblineTestSupport
import Statistics
import Testing

@Suite("Proportions and rates as R computes them")
struct ProportionsOracleTests {
    @Test("R: proportions", .enabled(if: Oracle.isPresent("proportions"), Oracle.absenceComment))
    func proportions() throws {
        let oracle = try Oracle("proportions")
        try oracle.expectAll { quantity in
            try one(quantity) ?? pair(quantity) ?? rate(quantity) ?? rates(quantity) ?? box(quantity, of: oracle)
                ?? outcome(quantity)
        }
    }

    private func proportion(_ quantity: Oracle.Quantity, _ x: String, _ n: String) -> Proportion? {
        guard let successes = quantity.number(x), let trials = quantity.number(n) else { return nil }
        return Proportion(successes: Int(successes), trials: Int(trials))
    }

    private func one(_ quantity: Oracle.Quantity) -> [Double]? {
        guard let proportion = proportion(quantity, "x", "n") else { return nil }
        if quantity.name == "proportion" { return single(proportion.share) }
        guard quantity.name.hasPrefix("ci_"),
            let method = Proportion.Method(rawValue: String(quantity.name.dropFirst(3)))
        else { return nil }
        return limits(proportion.interval(method, level: quantity.level))
    }

    private func pair(_ quantity: Oracle.Quantity) -> [Double]? {
        guard let first = proportion(quantity, "x1", "n1"), let second = proportion(quantity, "x2", "n2") else {
            return nil
        }
        let pair = ProportionPair(first, second)
        let level = quantity.level
        let prefix = "risk_difference_ci_"
        if quantity.name.hasPrefix(prefix) {
            let method = ProportionPair.DifferenceMethod(rawValue: String(quantity.name.dropFirst(prefix.count)))
            return method.map { limits(pair.differenceInterval($0, level: level)) }
        }
        switch quantity.name {
        case "risk_difference": return single(pair.difference)
        case "risk_ratio": return single(pair.riskRatio)
        case "risk_ratio_ci_log": return limits(pair.riskRatioInterval(level: level))
        case "odds_ratio": return single(pair.oddsRatio)
        case "odds_ratio_ci_log": return limits(pair.oddsRatioInterval(level: level))
        case "two_proportion_chisq": return single(pair.chiSquared)
        case "two_proportion_p": return single(pair.chiSquaredP)
        case "cohen_h": return single(pair.cohensH)
        case "fisher_p_two_sided": return single(pair.fisherP)
        default: return nil
        }
    }

    private func rate(_ quantity: Oracle.Quantity) -> [Double]? {
        guard let events = quantity.number("events"), let exposure = quantity.number("exposure") else { return nil }
        let rate = EventRate(events: Int(events), exposure: exposure)
        switch quantity.name {
        case "rate": return single(rate?.value)
        case "rate_ci_exact": return limits(rate?.interval(level: quantity.level))
        default: return nil
        }
    }

    private func rates(_ quantity: Oracle.Quantity) throws -> [Double]? {
        guard let events1 = quantity.number("events1"), let events2 = quantity.number("events2"),
            let exposure1 = quantity.number("exposure1"), let exposure2 = quantity.number("exposure2")
        else { return nil }
        let pair = RatePair(
            try #require(EventRate(events: Int(events1), exposure: exposure1)),
            try #require(EventRate(events: Int(events2), exposure: exposure2)))
        let level = quantity.level
        switch quantity.name {
        case "rate_ratio": return single(pair.ratio)
        case "rate_ratio_ci_log": return limits(pair.ratioInterval(.log, level: level))
        case "rate_ratio_ci_exact": return limits(pair.ratioInterval(.exact, level: level))
        case "rate_difference": return single(pair.difference)
        case "rate_difference_ci_wald": return limits(pair.differenceInterval(level: level))
        default: return nil
        }
    }

    /// Outcome rates of a survey.
    private func outcome(_ quantity: Oracle.Quantity) throws -> [Double]? {
        guard let interviews = quantity.number("I") else { return nil }
        let count = { quantity.number($0) ?? 0 }
        let dispositions = try #require(
            Dispositions(
                interviews: interviews, partials: count("P"), refusals: count("R"), noncontacts: count("NC"),
                others: count("O"), unknownHouseholds: count("UH"), unknownOthers: count("UO"),
                ineligible: count("ineligible")))
        if quantity.name == "e_cass" { return single(dispositions.eligibleShare) }
        return Dispositions.Rate(rawValue: quantity.name).map { rate in
            single(dispositions.rate(rate, eligibleShare: quantity.number("e")))
        }
    }

    /// Shares of the top and bottom answers of one survey item.
    private func box(_ quantity: Oracle.Quantity, of oracle: Oracle) throws -> [Double]? {
        guard let item = quantity.text("item"), let group = quantity.text("group") else { return nil }
        let answers = try oracle.column(item, in: "input_items.csv")
        let gender = try oracle.column("gender", in: "input_items.csv")
        let wanted = zip(answers, gender).filter { group == "all" || group == "gender \(Int($0.1))" }.map(\.0)
        let net = NetShare(wanted.span, topFrom: quantity.numbers("box").min() ?? 5, bottomUpTo: 2)
        switch quantity.name {
        case "top2box_n": return [Double(net.top.trials)]
        case "top2box_share": return single(net.top.share)
        case "top2box_ci_wilson": return limits(net.top.interval(level: quantity.level))
        case "bottom2box_share": return single(net.bottom.share)
        case "net_top2_minus_bottom2": return single(net.value)
        default: return nil
        }
    }
}
