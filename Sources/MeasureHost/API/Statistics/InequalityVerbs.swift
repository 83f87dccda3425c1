import LuaSandbox
import Statistics

/// How unequally amounts are spread, and how much of that lies between groups.
enum InequalityVerbs {
    /// `g.spending:gini()`; of a sample with `{ sample = true }`.
    static func gini(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "gini")
        let options = try host.options(arguments, 1, "gini", known: ["sample"])
        let isSample = try isSample(options)
        let amounts = try host.numbers(column, "gini")
        return try host.give(from: [column]) { () throws(Undefined) in
            let gini = try Gini(amounts.span)
            var computed = Computed(isSample ? gini.sampleValue : gini.value, n: gini.count)
            computed.reason = "the Gini coefficient of a sample needs at least two amounts"
            return computed
        }
    }

    private static func isSample(_ options: LuaTable) throws(LuaHostError) -> Bool {
        switch options["sample"] {
        case nil: return false
        case .boolean(let isSample): return isSample
        default: throw .message("gini: `sample` is true or false")
        }
    }

    /// `g.spending:theil({ index = "T", by = "county" })`, with the parts between and within groups.
    static func theil(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "theil")
        let options = try host.options(arguments, 1, "theil", known: ["index", "by"])
        let measure = try host.choice(
            options, "index", "theil",
            [("T", GeneralizedEntropy.Measure.theilT), ("L", .theilL), ("GE2", .halfSquaredVariation)])
        let amounts = try host.numbers(column, "theil")
        guard let by = try host.column(options, "by", of: column.group, "theil") else {
            let groups = [Int32](repeating: 0, count: amounts.count)
            return try host.give(from: [column]) { () throws(Undefined) in
                let entropy = try GeneralizedEntropy(amounts.span, groups: groups.span, groupCount: 1, measure: measure)
                return Computed(entropy.total, n: entropy.count)
            }
        }
        host.bill(rows: by.data.count)
        let groups = SiteCodes(by)
        return try host.give(from: [column, by]) { () throws(Undefined) in
            let entropy = try GeneralizedEntropy(
                amounts.span, groups: groups.codes.span, groupCount: groups.count, measure: measure)
            var computed = Computed(entropy.total, n: entropy.count)
            computed.add("between", entropy.between)
            computed.add("within", entropy.within)
            computed.add("share_between", entropy.shareBetween)
            return computed
        }
    }
}
