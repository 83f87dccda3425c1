import LuaSandbox
import MeasureModel
import Statistics

/// `g:regression("score", { "treated", "role" }, { term = "treated", cluster = "school" })`: one coefficient of an
/// ordinary least squares fit.
enum RegressionVerbs {
    static let verbs: [Verb] = [Verb(.group, "regression", regression)]

    static func regression(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "regression")
        let outcome = try host.column(arguments, at: 1, of: group, "regression")
        guard let terms = arguments[2].asTable, !terms.entries.isEmpty else {
            throw .message("regression needs its terms: g:regression(\"score\", { \"treated\", \"role\" })")
        }
        let options = try host.options(
            arguments, 3, "regression", known: ["term", "factors", "absorb"] + ErrorRequest.options)
        let factors = try names(options, "factors", "regression")
        var plan = try RegressionPlan(host, outcome: outcome, "regression")
        try plan.add(host, terms, factors: factors)
        if let column = try host.column(options, "absorb", of: group, "regression") {
            plan.absorbed = plan.codes(resting: column)
        }
        let request = try ErrorRequest(host, options, &plan, of: group, "regression")
        try plan.bill(host)
        let coefficient = try plan.coefficient(options["term"]?.asString ?? plan.terms[0].name)
        return try host.give(from: plan.group, comparing: coefficient.parts) { () throws(Undefined) in
            try request.computed(try plan.fit(), [coefficient.id: 1])
        }
    }

    /// A list of names, from an option.
    private static func names(_ options: LuaTable, _ name: String, _ verb: String) throws(LuaHostError) -> [String] {
        guard let given = options[name] else { return [] }
        let names = given.asTable?.list?.compactMap(\.asString) ?? []
        guard !names.isEmpty else { throw .message("\(verb): `\(name)` is a list of names") }
        return names
    }
}

/// Which errors a coefficient is given with.
struct ErrorRequest {
    /// The options that say it.
    static let options = ["cluster", "errors", "lag", "corrected", "level"]

    let errors: RegressionErrors
    let level: ConfidenceLevel

    /// Reads the options; clusters go into the plan. Without a word errors are classical, with clusters CR1.
    init(
        _ host: Evaluation, _ options: LuaTable, _ plan: inout RegressionPlan, of group: GroupView, _ verb: String
    ) throws(LuaHostError) {
        if let column = try host.column(options, "cluster", of: group, verb) {
            host.bill(rows: column.data.count)
            plan.cluster = plan.codes(resting: column)
        }
        let standard: RegressionErrors = plan.cluster == nil ? .classical : .cr1
        try self.init(host, options, rows: plan.outcome.count, standard: standard, verb)
        guard plan.cluster == nil, [.cr0, .cr1, .cr2].contains(errors) else { return }
        throw .message("\(verb): errors by cluster need `cluster`, a column")
    }

    init(
        _ host: Evaluation, _ options: LuaTable, rows: Int, standard: RegressionErrors, _ verb: String
    ) throws(LuaHostError) {
        level = try host.level(options, verb)
        let lag = options["lag"]?.asNumber ?? Self.usualLag(rows)
        guard let lag = Int(exactly: lag), 0...10_000 ~= lag else {
            throw .message("\(verb): `lag` is a whole number from 0 to 10000")
        }
        let isCorrected: Bool
        switch options["corrected"] {
        case nil: isCorrected = false
        case .boolean(let given): isCorrected = given
        default: throw .message("\(verb): `corrected` is true or false")
        }
        let choices: [(String, RegressionErrors)] = [
            ("classical", .classical), ("HC1", .hc1), ("HC3", .hc3), ("CR0", .cr0), ("CR1", .cr1), ("CR2", .cr2),
            ("newey_west", .neweyWest(lag: lag, corrected: isCorrected)),
        ]
        if options["errors"] != nil {
            errors = try host.choice(options, "errors", verb, choices)
        } else if case .neweyWest = standard {
            errors = .neweyWest(lag: lag, corrected: isCorrected)
        } else {
            errors = standard
        }
        if case .neweyWest = errors { host.bill(rows: min(rows, lag) * rows) }
    }

    /// Newey and West's rule of thumb, ⌊4 (n / 100)^(2/9)⌋.
    private static func usualLag(_ rows: Int) -> Double {
        rows > 0 ? LagRule.neweyWest(rows: rows) : 0
    }

    /// A combination of coefficients with what belongs to it.
    func computed(_ model: LinearModel, _ weights: [String: Double]) throws(Undefined) -> Computed {
        let estimate: RegressionEstimate
        guard weights.keys.allSatisfy({ model.terms.contains($0) }) else {
            throw Undefined("no row that is complete has this category, or it is the one that others are compared with")
        }
        estimate = try model.estimate(of: weights, errors: errors)
        var computed = Computed(estimate.value, n: model.observations, interval: estimate.interval(level: level))
        computed.add("se", estimate.standardError)
        computed.add("df", estimate.degreesOfFreedom)
        computed.add("t", estimate.t)
        computed.add("p", estimate.p)
        computed.add("r_squared", model.rSquared)
        computed.add("clusters", model.clusterCount)
        return computed
    }
}
