import LuaSandbox
import MeasureModel
import Statistics

/// Two groups of rows compared: those for which a comparison is true with those for which it is not.
enum EffectSizeVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "mean_difference", meanDifference),
        Verb(.column, "effect_size", effectSize),
    ]

    /// `g.score:mean_difference(g.treated)`: the mean where it is true less the mean where it is false.
    static func meanDifference(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let sides = try Sides(host, arguments, "mean_difference")
        let options = try host.options(arguments, 2, "mean_difference", known: ["method", "level"])
        let level = try host.level(options, "mean_difference")
        let isWelch = try host.choice(options, "method", "mean_difference", [("welch", true), ("student", false)])
        return try sides.give(host) { () throws(Undefined) in
            let effect = StandardizedDifference(sides.yes, sides.no)
            let welch = MeanDifference(sides.yes, sides.no)
            var computed = Computed(
                effect.meanDifference, n: sides.count,
                interval: isWelch ? welch.interval(level: level) : effect.studentInterval(level: level))
            computed.reason = "a difference needs values on both sides"
            computed.add("se", isWelch ? welch.standardError : effect.studentStandardError)
            computed.add("t", isWelch ? welch.statistic : effect.studentT)
            computed.add("df", isWelch ? welch.degreesOfFreedom : Double(effect.degreesOfFreedom))
            computed.add("p", isWelch ? welch.pValue : effect.studentP)
            computed.add("n_yes", sides.yes.count)
            computed.add("n_no", sides.no.count)
            return computed
        }
    }

    /// `g.score:effect_size(g.treated)`: Hedges' g; of a comparison the Cox index.
    static func effectSize(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(
            arguments, 2, "effect_size", known: ["method", "correction", "se", "level", "adjust"])
        let request = Request(
            method: try host.choice(options, "method", "effect_size", [("g", .g), ("d", .d), ("delta", .delta)]),
            correction: try host.choice(options, "correction", "effect_size", SmallSampleCorrection.self),
            error: try host.choice(options, "se", "effect_size", StandardizedDifference.ErrorFormula.self),
            level: try host.level(options, "effect_size"))
        let sides = try Sides(host, arguments, "effect_size")
        guard sides.outcome.data.kind != .truth else {
            return try sides.give(host) { () throws(Undefined) in coxIndex(sides, request) }
        }
        guard options["adjust"] != nil else {
            return try sides.give(host) { () throws(Undefined) in plain(sides, request) }
        }
        return try adjusted(host, sides, options, request)
    }

    /// What was asked of an effect size.
    private struct Request {
        enum Method { case g, d, delta }

        var method: Method
        var correction: SmallSampleCorrection
        var error: StandardizedDifference.ErrorFormula
        var level: ConfidenceLevel
    }

    private static func plain(_ sides: Sides, _ request: Request) -> Computed {
        let effect = StandardizedDifference(sides.yes, sides.no)
        let g = effect.hedgesG(request.correction)
        var computed =
            switch request.method {
            case .g:
                Computed(
                    g, n: sides.count,
                    interval: effect.interval(request.error, correction: request.correction, level: request.level))
            case .d: Computed(effect.cohenD, n: sides.count, interval: effect.exactInterval(level: request.level))
            case .delta: Computed(effect.glassDelta, n: sides.count)
            }
        computed.reason = "an effect size needs values that vary on both sides"
        computed.add("hedges_g", g)
        computed.add("cohen_d", effect.cohenD)
        computed.add("glass_delta", effect.glassDelta)
        computed.add("difference", effect.meanDifference)
        computed.add("sd", effect.pooledStandardDeviation)
        computed.add("se", effect.standardError(request.error, correction: request.correction))
        computed.add("t", effect.studentT)
        computed.add("df", effect.degreesOfFreedom)
        computed.add("p", effect.studentP)
        computed.add("n_yes", sides.yes.count)
        computed.add("n_no", sides.no.count)
        computed.addMeaning(ofEffect: g)
        return computed
    }

    /// Of yes and no: the logarithm of the odds ratio on the scale of g.
    private static func coxIndex(_ sides: Sides, _ request: Request) -> Computed {
        let pair = ProportionPair(Proportion(sides.yesValues.span), Proportion(sides.noValues.span))
        let index = EffectSize.coxIndex(pair, correction: request.correction)
        var computed = Computed(index, n: sides.count)
        computed.reason = "the Cox index needs both answers on both sides"
        computed.add("hedges_g", index)
        computed.add("difference", pair.difference)
        computed.add("n_yes", sides.yes.count)
        computed.add("n_no", sides.no.count)
        computed.addMeaning(ofEffect: index)
        return computed
    }

    /// g of the difference that a regression adjusts for covariates, in standard deviations that are not adjusted.
    private static func adjusted(
        _ host: Evaluation, _ sides: Sides, _ options: LuaTable, _ request: Request
    ) throws(LuaHostError) -> LuaValue {
        guard let covariates = options["adjust"]?.asTable else {
            throw .message("effect_size: `adjust` is a list of columns")
        }
        var plan = try RegressionPlan(host, outcome: sides.outcome, "effect_size")
        plan.add("in group", sides.mask, .numbers)
        try plan.add(host, covariates, factors: [])
        try plan.bill(host)
        let coefficient = try plan.coefficient("in group")
        return try host.give(from: plan.group, comparing: coefficient.parts) { () throws(Undefined) in
            let model = try plan.fit()
            let effect = StandardizedDifference(sides.yes, sides.no)
            guard let difference = model.coefficient(plan.terms[0].id), let sd = effect.pooledStandardDeviation else {
                throw Undefined("an effect size needs values that vary on both sides")
            }
            let g = EffectSize.hedgesG(
                adjustedDifference: difference, standardDeviation: sd, observations: model.observations,
                correction: request.correction)
            var computed = Computed(g, n: model.observations)
            computed.reason = "an effect size needs values that vary on both sides"
            computed.add("hedges_g", g)
            computed.add("difference", difference)
            computed.add("sd", sd)
            computed.add("n_yes", sides.yes.count)
            computed.add("n_no", sides.no.count)
            computed.addMeaning(ofEffect: g)
            return computed
        }
    }
}

extension Computed {
    /// What an effect size means to a reader: percentile ranks gained, and whether groups are alike at baseline.
    mutating func addMeaning(ofEffect g: Double?) {
        guard let g else { return }
        add("improvement_index", EffectSize.improvementIndex(g: g))
        if let band = BaselineEquivalence(g: g) { add("baseline", band.rawValue) }
    }
}

/// An outcome on both sides of a comparison.
struct Sides {
    let outcome: ColumnView
    let mask: ColumnView
    let yesValues: [Double]
    let noValues: [Double]
    let yes: Moments
    let no: Moments

    init(_ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) {
        outcome = try host.column(arguments, verb)
        mask = try host.column(arguments, at: 1, of: outcome.group, verb)
        let numbers = try host.numbers(outcome, verb)
        let truths = try host.truths(mask, verb)
        var (first, second): ([Double], [Double]) = ([], [])
        for (number, truth) in zip(numbers, truths) where !number.isNaN && !truth.isNaN {
            if truth == 1 { first.append(number) } else { second.append(number) }
        }
        (yesValues, noValues) = (first, second)
        (yes, no) = (Moments(first.span), Moments(second.span))
    }

    var count: Int { yes.count + no.count }

    /// Gives what was computed of both: it rests on the side with fewer persons.
    func give(_ host: Evaluation, _ compute: () throws(Undefined) -> Computed) throws(LuaHostError) -> LuaValue {
        let (numbers, truths) = (outcome.data.numbers, mask.data.numbers)
        let parts: [(Int) -> Bool] = [1.0, 0.0].map { side in
            { row in truths[truths.startIndex + row] == side && !numbers[numbers.startIndex + row].isNaN }
        }
        return try host.give(from: outcome.group.resting(on: mask.group), comparing: parts, compute)
    }
}
