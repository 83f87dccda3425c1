import LuaSandbox
import MeasureModel
import Statistics

/// Who answered a survey, and what those who did not could change.
enum ResponseVerbs {
    static let verbs: [Verb] = [
        Verb(nil, "outcome_rate", outcomeRate),
        Verb(nil, "nonresponse_bounds", bounds),
    ]

    private static let codes = ["I", "P", "R", "NC", "O", "UH", "UO", "ineligible"]

    /// `outcome_rate("RR3", { I = 812, R = 203, NC = 148, UH = 210 }, { e = 0.75 })`: a rate of AAPOR's definitions.
    static func outcomeRate(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let names = Dispositions.Rate.allCases.map(\.rawValue)
        guard let name = arguments[0].asString, let rate = Dispositions.Rate(rawValue: name) else {
            throw .message("outcome_rate needs a rate's name: one of \(names.joined(separator: ", "))")
        }
        let given = try host.options(arguments, 1, "outcome_rate", known: codes)
        let options = try host.options(arguments, 2, "outcome_rate", known: ["e"])
        var counts: [String: Double] = [:]
        var behind: Estimate?
        for code in codes {
            guard let value = given[code] else { continue }
            switch try EstimateVerbs.operand(host, value, "outcome_rate") {
            case .undefined(let reason): return try EstimateVerbs.give(host, reason)
            case .constant(let count): counts[code] = count
            case .estimate(let count):
                counts[code] = count.value
                behind = behind.map { EstimateVerbs.combined($0, count, 0) } ?? count
            }
        }
        guard let dispositions = dispositions(counts) else {
            throw .message("outcome_rate needs counts that are not negative: { I = 812, R = 203, NC = 148 }")
        }
        let eligible = try share(host, options, "e", "outcome_rate")
        guard let value = dispositions.rate(rate, eligibleShare: eligible) else {
            return try host.give(.estimate(.insufficient("no case counts in the denominator of this rate")))
        }
        let total = counts.values.reduce(0, +)
        var result =
            if let behind { EstimateVerbs.shifted(behind, factor: 1, offset: 0) } else { try host.ownEstimate(0) }
        result.value = value
        (result.n, result.counted) = (total < 9e15 ? Int(total) : .max, .cases)
        result.set(nil)
        var computed = Computed(value, n: result.n)
        computed.add("eligible_share", dispositions.eligibleShare)
        return try host.give(.estimate(HostEstimate(outcome: .value(result), details: computed.details)))
    }

    private static func dispositions(_ counts: [String: Double]) -> Dispositions? {
        func count(_ code: String) -> Double { counts[code] ?? 0 }
        return Dispositions(
            interviews: count("I"), partials: count("P"), refusals: count("R"), noncontacts: count("NC"),
            others: count("O"), unknownHouseholds: count("UH"), unknownOthers: count("UO"),
            ineligible: count("ineligible"))
    }

    private static func share(
        _ host: Evaluation, _ options: LuaTable, _ name: String, _ verb: String
    ) throws(LuaHostError) -> Double? {
        guard let given = options[name] else { return nil }
        guard let share = given.asNumber, (0.0...1).contains(share) else {
            throw .message("\(verb): `\(name)` is a share from 0 to 1")
        }
        return share
    }

    /// `nonresponse_bounds(mean, rate, { range = { 1, 6 } })`: the mean of those who answered, between what it would be
    /// over everybody had all others been at one end of the scale or at the other.
    static func bounds(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, "nonresponse_bounds", known: ["range"])
        let scale = try range(options)
        let (mean, rate): (Estimate, Double)
        var result: Estimate
        switch try EstimateVerbs.operands(host, arguments, "nonresponse_bounds") {
        case (.undefined(let reason), _), (_, .undefined(let reason)): return try EstimateVerbs.give(host, reason)
        case (.estimate(let a), .estimate(let b)):
            (mean, rate) = (a, b.value)
            result = EstimateVerbs.combined(a, b, a.value)
            (result.n, result.counted) = (a.n, a.counted)
        case (.estimate(let a), .constant(let k)):
            (mean, rate, result) = (a, k, EstimateVerbs.shifted(a, factor: 1, offset: 0))
        default:
            throw .message(
                "nonresponse_bounds needs an estimate of those who answered and the share of all who did: "
                    + "nonresponse_bounds(g.x:mean(), g.responded:share())")
        }
        guard let bounds = NonresponseBounds.mean(mean.value, responseRate: rate, scale: scale) else {
            throw .message(
                "nonresponse_bounds needs a mean within the scale and a rate from 0 to 1; give the scale's ends: "
                    + "{ range = { 1, 6 } }")
        }
        (result.low, result.high) = (bounds.lowerBound, bounds.upperBound)
        (result.level, result.method) = (nil, "nonresponse_bounds")
        return try host.give(.estimate(HostEstimate(outcome: .value(result))))
    }

    private static func range(_ options: LuaTable) throws(LuaHostError) -> ClosedRange<Double> {
        guard let given = options["range"] else { return 0...1 }
        let ends = given.asTable?.list?.compactMap(\.asNumber) ?? []
        guard ends.count == 2, ends[0] < ends[1] else {
            throw .message("nonresponse_bounds: `range` is { lowest, highest }")
        }
        return ends[0]...ends[1]
    }
}
