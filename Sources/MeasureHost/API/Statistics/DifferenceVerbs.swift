import LuaSandbox
import MeasureModel
import Statistics

/// Two estimates compared: by their difference, and shares and rates by their ratio.
enum DifferenceVerbs {
    static let verbs: [Verb] = [
        Verb(nil, "risk_ratio", riskRatio),
        Verb(nil, "odds_ratio", oddsRatio),
        Verb(nil, "rate_ratio", rateRatio),
    ]

    /// `difference(a, b)`: a less b. Two means of different persons get Welch's interval, two shares Newcombe's, two rates
    /// Wald's; where somebody is behind both, no interval is claimed.
    static func difference(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(
            arguments, 2, "difference", known: ["method", "level", "independent", "test"])
        let request = Request(
            level: try host.level(options, "difference"),
            method: try host.choice(options, "method", "difference", ProportionPair.DifferenceMethod.self),
            isExact: try host.choice(options, "test", "difference", [("chi_squared", false), ("fisher", true)]))
        switch try EstimateVerbs.operands(host, arguments, "difference") {
        case (.undefined(let reason), _), (_, .undefined(let reason)): return try EstimateVerbs.give(host, reason)
        case (.estimate(let a), .estimate(let b)):
            let pair = try Pair(host, arguments, options, "difference")
            return try give(host, a, b, try compared(host, a.value - b.value, pair, request))
        case (.estimate(let a), .constant(let k)):
            return try EstimateVerbs.give(host, EstimateVerbs.shifted(a, factor: 1, offset: -k))
        case (.constant(let k), .estimate(let a)):
            return try EstimateVerbs.give(host, EstimateVerbs.shifted(a, factor: -1, offset: k))
        case (.constant, .constant): throw .message("difference needs estimates: difference(a:mean(), b:mean())")
        }
    }

    /// What was asked of a difference.
    private struct Request {
        var level: ConfidenceLevel
        var method: ProportionPair.DifferenceMethod
        /// Whether p is Fisher's.
        var isExact: Bool
    }

    private static func compared(
        _ host: Evaluation, _ value: Double, _ pair: Pair, _ request: Request
    ) throws(LuaHostError) -> Computed {
        var computed = Computed(value, n: 0)
        switch pair.bases {
        case (.mean(let first), .mean(let second)) where pair.isIndependent:
            let difference = MeanDifference(first, second)
            computed.interval = difference.interval(level: request.level)
            computed.add("se", difference.standardError)
            computed.add("t", difference.statistic)
            computed.add("df", difference.degreesOfFreedom)
            computed.add("p", difference.pValue)
        case (.share, .share):
            guard let shares = pair.shares else { break }
            computed.add("cohens_h", shares.cohensH)
            guard pair.isIndependent else { break }
            computed.interval = shares.differenceInterval(request.method, level: request.level)
            computed.add("chi_squared", shares.chiSquared)
            computed.add("p", request.isExact ? try fisher(host, shares) : shares.chiSquaredP)
        case (.rate(let first), .rate(let second)) where pair.isIndependent:
            computed.interval = RatePair(first, second).differenceInterval(level: request.level)
        default: break
        }
        return computed
    }

    /// Fisher's p goes through all tables with these margins.
    private static func fisher(_ host: Evaluation, _ shares: ProportionPair) throws(LuaHostError) -> Double? {
        let successes = shares.first.successes.addingReportingOverflow(shares.second.successes)
        let tables = successes.overflow ? shares.first.trials : min(shares.first.trials, successes.partialValue)
        let trials = shares.first.trials.addingReportingOverflow(shares.second.trials)
        guard !trials.overflow, tables <= 1_000_000 else {
            throw .message("difference: Fisher's test of more than a million takes too long; leave out `test`")
        }
        host.bill(rows: tables * 8)
        try host.stopIfOver()
        return shares.fisherP
    }

    // MARK: Ratios

    static func riskRatio(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try shareRatio(host, arguments, "risk_ratio", "a risk ratio needs a second share above 0") { shares, level in
            (shares.riskRatio, shares.riskRatioInterval(level: level))
        }
    }

    static func oddsRatio(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let reason = "an odds ratio needs a first share below 1 and a second above 0"
        return try shareRatio(host, arguments, "odds_ratio", reason) { shares, level in
            (shares.oddsRatio, shares.oddsRatioInterval(level: level))
        }
    }

    private static func shareRatio(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String, _ reason: String,
        _ ratio: (ProportionPair, ConfidenceLevel) -> (Double?, Interval?)
    ) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, verb, known: ["level", "independent"])
        let level = try host.level(options, verb)
        return try self.ratio(host, arguments, verb) { (a, b) throws(LuaHostError) in
            let pair = try Pair(host, arguments, options, verb)
            guard let shares = pair.shares else {
                throw .message("\(verb) compares two shares: \(verb)(a:share(), b:share()), or made by proportion")
            }
            let (value, interval) = ratio(shares, level)
            var computed = Computed(value, n: 0, interval: pair.isIndependent ? interval : nil)
            computed.reason = reason
            return try give(host, a, b, computed)
        }
    }

    /// `rate_ratio(a, b, { method = "exact" })` of two rates.
    static func rateRatio(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, "rate_ratio", known: ["method", "level", "independent"])
        let method = try host.choice(options, "method", "rate_ratio", RatePair.RatioMethod.self)
        let level = try host.level(options, "rate_ratio")
        return try ratio(host, arguments, "rate_ratio") { (a, b) throws(LuaHostError) in
            let pair = try Pair(host, arguments, options, "rate_ratio")
            guard case (.rate(let first), .rate(let second)) = pair.bases else {
                throw .message("rate_ratio compares two rates: rate_ratio(rate(events, days), rate(others, days))")
            }
            let rates = RatePair(first, second)
            var computed = Computed(
                rates.ratio, n: 0, interval: pair.isIndependent ? rates.ratioInterval(method, level: level) : nil)
            computed.reason = "a rate ratio needs events on the second side"
            return try give(host, a, b, computed)
        }
    }

    private static func ratio(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String,
        _ compute: (Estimate, Estimate) throws(LuaHostError) -> LuaValue
    ) throws(LuaHostError) -> LuaValue {
        switch try EstimateVerbs.operands(host, arguments, verb) {
        case (.undefined(let reason), _), (_, .undefined(let reason)): try EstimateVerbs.give(host, reason)
        case (.estimate(let a), .estimate(let b)): try compute(a, b)
        default: throw .message("\(verb) compares two estimates: \(verb)(a, b)")
        }
    }

    /// What was computed of two estimates: it rests on those behind both.
    private static func give(
        _ host: Evaluation, _ a: Estimate, _ b: Estimate, _ computed: Computed
    ) throws(LuaHostError) -> LuaValue {
        guard let value = computed.value else { return try host.give(.estimate(.insufficient(computed.reason))) }
        guard value.isFinite else { return try host.give(.estimate(.insufficient("the result is not finite"))) }
        var result = EstimateVerbs.combined(a, b, value)
        result.set(computed.interval)
        return try host.give(.estimate(HostEstimate(outcome: .value(result), details: computed.details)))
    }
}

/// Two estimates as comparisons need them: what they were made of, and whether different persons are behind them.
private struct Pair {
    var bases: (HostEstimate.Basis?, HostEstimate.Basis?)
    var isIndependent: Bool

    /// Both shares, where they are some.
    var shares: ProportionPair? {
        guard case (.share(let x1, let n1), .share(let x2, let n2)) = bases,
            let first = Proportion(successes: x1, trials: n1), let second = Proportion(successes: x2, trials: n2)
        else { return nil }
        return ProportionPair(first, second)
    }

    init(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) {
        guard case .object(let left) = arguments[0], case .estimate(let a) = host.object(left),
            case .object(let right) = arguments[1], case .estimate(let b) = host.object(right)
        else {
            (bases, isIndependent) = ((nil, nil), false)
            return
        }
        bases = (a.basis, b.basis)
        switch options["independent"] {
        case nil: isIndependent = try Self.areApart(host, a, b)
        case .boolean(let given): isIndependent = given
        default: throw .message("\(verb): `independent` is true or false")
        }
    }

    /// Whether it shows that nobody is behind both.
    private static func areApart(
        _ host: Evaluation, _ a: HostEstimate, _ b: HostEstimate
    ) throws(LuaHostError) -> Bool {
        guard let left = a.column, let right = b.column, left.group.frame.dataset === right.group.frame.dataset
        else { return false }
        return try !host.share(left, right)
    }
}
