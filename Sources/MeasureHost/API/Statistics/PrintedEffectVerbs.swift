import LuaSandbox
import MeasureModel
import Statistics

/// Effect sizes from what a report prints instead of the data, and p values adjusted for how many there are.
enum PrintedEffectVerbs {
    static let verbs: [Verb] = [
        Verb(nil, "hedges_g", hedgesG),
        Verb(nil, "improvement_index", improvementIndex),
        Verb(nil, "adjust_p", adjust),
    ]

    private static let sources = ["d", "t", "p1", "p2", "difference", "sd", "n"]

    /// `hedges_g{ d = 0.25, n1 = 40, n2 = 45 }`, or of t, of two shares, or of an adjusted difference.
    static func hedgesG(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(
            arguments, 0, "hedges_g", known: sources + ["n1", "n2", "icc", "cluster_size", "correction"])
        let correction = try host.choice(options, "correction", "hedges_g", SmallSampleCorrection.self)
        var numbers: [String: Double] = [:]
        var behind: Estimate?
        for name in sources + ["n1", "n2", "icc", "cluster_size"] {
            guard let given = options[name] else { continue }
            switch try EstimateVerbs.operand(host, given, "hedges_g") {
            case .undefined(let reason): return try EstimateVerbs.give(host, reason)
            case .constant(let number): numbers[name] = number
            case .estimate(let estimate):
                numbers[name] = estimate.value
                behind = behind.map { EstimateVerbs.combined($0, estimate, 0) } ?? estimate
            }
        }
        let g = try effect(numbers, correction)
        guard let g else {
            return try host.give(
                .estimate(.insufficient("an effect size needs larger groups, and shares that are neither none nor all"))
            )
        }
        var result = if let behind { EstimateVerbs.combined(behind, behind, g) } else { try host.ownEstimate(g) }
        result.value = g
        var computed = Computed(g, n: result.n)
        computed.addMeaning(ofEffect: g)
        return try host.give(.estimate(HostEstimate(outcome: .value(result), details: computed.details)))
    }

    private static func effect(
        _ numbers: [String: Double], _ correction: SmallSampleCorrection
    ) throws(LuaHostError) -> Double? {
        if let difference = numbers["difference"], let sd = numbers["sd"],
            let n = numbers["n"].flatMap(Int.init(exactly:))
        {
            return EffectSize.hedgesG(
                adjustedDifference: difference, standardDeviation: sd, observations: n, correction: correction)
        }
        guard let n1 = numbers["n1"].flatMap(Int.init(exactly:)), let n2 = numbers["n2"].flatMap(Int.init(exactly:))
        else {
            throw unclear
        }
        if let d = numbers["d"] { return EffectSize.hedgesG(d: d, n1, n2, correction: correction) }
        if let p1 = numbers["p1"], let p2 = numbers["p2"] {
            return EffectSize.coxIndex(p1, of: n1, p2, of: n2, correction: correction)
        }
        guard let t = numbers["t"] else { throw unclear }
        guard let icc = numbers["icc"], let size = numbers["cluster_size"] else {
            return EffectSize.hedgesG(t: t, n1, n2, correction: correction)
        }
        guard let clusters = EffectSize.Clustering(intraclassCorrelation: icc, meanSize: size) else {
            throw .message("hedges_g: `icc` is from 0 to 1 and `cluster_size` at least 1")
        }
        return EffectSize.hedgesG(t: t, n1, n2, clusters: clusters, correction: correction)
    }

    private static var unclear: LuaHostError {
        .message(
            "hedges_g needs n1 and n2 with d, t, or p1 and p2, or a difference with sd and n: "
                + "hedges_g{ d = 0.25, n1 = 40, n2 = 45 }")
    }

    /// `improvement_index(g)`: how many percentile ranks the average of the others would rise.
    static func improvementIndex(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        var result: Estimate
        switch try EstimateVerbs.operand(host, arguments[0], "improvement_index") {
        case .undefined(let reason): return try EstimateVerbs.give(host, reason)
        case .constant(let g): result = try host.ownEstimate(g)
        case .estimate(let estimate): result = EstimateVerbs.shifted(estimate, factor: 1, offset: 0)
        }
        result.value = EffectSize.improvementIndex(g: result.value) ?? result.value
        result.low = result.low.flatMap { EffectSize.improvementIndex(g: $0) }
        result.high = result.high.flatMap { EffectSize.improvementIndex(g: $0) }
        return try EstimateVerbs.give(host, result)
    }

    /// `adjust_p({ 0.01, 0.04 }, { method = "holm" })`: a list in the order of the p values.
    static func adjust(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 1, "adjust_p", known: ["method"])
        let isHolm = try host.choice(options, "method", "adjust_p", [("benjamini_hochberg", false), ("holm", true)])
        let given = arguments[0].asTable?.list
        let p = given?.compactMap(\.asNumber) ?? []
        host.bill(rows: p.count * 4)
        guard let given, p.count == given.count, !p.contains(where: \.isNaN),
            let adjusted = isHolm ? MultipleComparisons.holm(p.span) : MultipleComparisons.benjaminiHochberg(p.span)
        else { throw .message("adjust_p needs a list of p values from 0 to 1: adjust_p{ 0.01, 0.04 }") }
        return .table(LuaTable(list: adjusted.map { .number($0) }))
    }
}
