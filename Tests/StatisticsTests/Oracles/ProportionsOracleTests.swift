import PlumblineTestSupport
import Statistics
import Testing

@Suite("Proportions and rates as R computes them")
struct ProportionsOracleTests {
    @Test("R: proportions", .enabled(if: Oracle.isPresent("proportions"), Oracle.absenceComment))
    func proportions() throws {
        let oracle = try Oracle("proportions")
        var checked = 0
        for quantity in oracle.quantities {
            let answer = try one(quantity) ?? pair(quantity) ?? rate(quantity) ?? box(quantity, of: oracle)
            guard let answer else { continue }
            quantity.expect(answer)
            checked += 1
        }
        #expect(checked > 100)
    }

    private func level(_ quantity: Oracle.Quantity) -> ConfidenceLevel {
        quantity.number("conf").flatMap(ConfidenceLevel.init) ?? .percent95
    }

    private func proportion(_ quantity: Oracle.Quantity, _ x: String, _ n: String) -> Proportion? {
        guard let successes = quantity.number(x), let trials = quantity.number(n) else { return nil }
        return Proportion(successes: Int(successes), trials: Int(trials))
    }

    private func one(_ quantity: Oracle.Quantity) -> [Double]? {
        guard let proportion = proportion(quantity, "x", "n") else { return nil }
        if quantity.name == "proportion" { return [proportion.share].compactMap(\.self) }
        guard quantity.name.hasPrefix("ci_"),
            let method = Proportion.Method(rawValue: String(quantity.name.dropFirst(3)))
        else { return nil }
        return limits(proportion.interval(method, level: level(quantity)))
    }

    private func pair(_ quantity: Oracle.Quantity) -> [Double]? {
        guard let first = proportion(quantity, "x1", "n1"), let second = proportion(quantity, "x2", "n2") else {
            return nil
        }
        let pair = ProportionPair(first, second)
        let level = level(quantity)
        let prefix = "risk_difference_ci_"
        if quantity.name.hasPrefix(prefix) {
            let method = ProportionPair.DifferenceMethod(rawValue: String(quantity.name.dropFirst(prefix.count)))
            return method.map { limits(pair.differenceInterval($0, level: level)) }
        }
        switch quantity.name {
        case "risk_difference": return [pair.difference].compactMap(\.self)
        case "risk_ratio": return [pair.riskRatio].compactMap(\.self)
        case "risk_ratio_ci_log": return limits(pair.riskRatioInterval(level: level))
        case "odds_ratio": return [pair.oddsRatio].compactMap(\.self)
        case "odds_ratio_ci_log": return limits(pair.oddsRatioInterval(level: level))
        default: return nil
        }
    }

    private func rate(_ quantity: Oracle.Quantity) -> [Double]? {
        guard let events = quantity.number("events"), let exposure = quantity.number("exposure") else { return nil }
        let rate = EventRate(events: Int(events), exposure: exposure)
        switch quantity.name {
        case "rate": return [rate?.value].compactMap(\.self)
        case "rate_ci_exact": return limits(rate?.interval(level: level(quantity)))
        default: return nil
        }
    }

    /// Shares of the top and bottom answers of one survey item.
    private func box(_ quantity: Oracle.Quantity, of oracle: Oracle) throws -> [Double]? {
        guard let item = quantity.text("item"), let group = quantity.text("group") else { return nil }
        let answers = try oracle.column(item, in: "input_items.csv")
        let gender = try oracle.column("gender", in: "input_items.csv")
        let wanted = zip(answers, gender).filter { group == "all" || group == "gender \(Int($0.1))" }.map(\.0)
        let top = Proportion(wanted.map { $0.isNaN ? .nan : $0 >= 5 ? 1 : 0 })
        let bottom = Proportion(wanted.map { $0.isNaN ? .nan : $0 <= 2 ? 1 : 0 })
        switch quantity.name {
        case "top2box_n": return [Double(top.trials)]
        case "top2box_share": return [top.share].compactMap(\.self)
        case "top2box_ci_wilson": return limits(top.interval(level: level(quantity)))
        case "bottom2box_share": return [bottom.share].compactMap(\.self)
        default: return nil
        }
    }
}
