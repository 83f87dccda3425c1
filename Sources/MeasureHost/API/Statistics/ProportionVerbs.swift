import LuaSandbox
import MeasureModel
import Statistics

/// Shares and rates of data that come as counts, and the net share of a scale's two ends.
enum ProportionVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "net_share", netShare),
        Verb(nil, "rate", rate),
    ]

    /// `proportion(a, b, { method = "jeffreys" })`: a counted out of b, for data that come as counts.
    static func proportion(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, "proportion", known: ["method", "level"])
        let method = try host.choice(options, "method", "proportion", Proportion.Method.self)
        let level = try host.level(options, "proportion")
        guard case .counts(let a, let b, var result) = try counts(host, arguments, "proportion") else {
            return try undefined(host, arguments, "proportion")
        }
        guard let successes = Int(exactly: a), let trials = Int(exactly: b),
            let proportion = Proportion(successes: successes, trials: trials)
        else {
            throw .message("proportion needs counts, whole numbers of which the first is not above the second")
        }
        try requireCountable(trials, "proportion")
        guard let share = proportion.share else {
            return try host.give(.estimate(.insufficient("nobody was counted")))
        }
        result.value = share
        (result.n, result.counted) = (trials, .cases)
        (result.numerator, result.denominator) = (a, b)
        // A single case has an interval only for who asks for one.
        let isAsked = options["method"] != nil
        result.set(
            isAsked ? proportion.interval(method, level: level) : host.interval(proportion, method, level))
        return try host.give(
            .estimate(HostEstimate(outcome: .value(result), basis: .share(successes: successes, trials: trials))))
    }

    /// `rate(events, exposure)`: events per unit of exposure, with Garwood's exact interval.
    static func rate(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let level = try host.level(try host.options(arguments, 2, "rate", known: ["level"]), "rate")
        guard case .counts(let events, let exposure, var result) = try counts(host, arguments, "rate") else {
            return try undefined(host, arguments, "rate")
        }
        guard let count = Int(exactly: events), count >= 0, exposure >= 0 else {
            throw .message(
                "rate needs events, a whole number, and an exposure that is not negative: rate(events, days)")
        }
        try requireCountable(count, "rate")
        guard let rate = EventRate(events: count, exposure: exposure), let value = rate.value else {
            return try host.give(.estimate(.insufficient("a rate needs an exposure above 0")))
        }
        result.value = value
        (result.numerator, result.denominator) = (events, exposure)
        result.set(rate.interval(level: level))
        return try host.give(.estimate(HostEstimate(outcome: .value(result), basis: .rate(rate))))
    }

    /// `col:net_share(2, { max = 6, min = 1 })`: the share of the best answers less that of the worst.
    static func netShare(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "net_share")
        let numbers = try host.numbers(column, "net_share")
        let boxes = try host.number(arguments, 1, "net_share", "how many of the best answers count: net_share(2)")
        let options = try host.options(arguments, 2, "net_share", known: ["bottom", "max", "min", "level"])
        let level = try host.level(options, "net_share")
        let bottomBoxes = options["bottom"]?.asNumber ?? boxes
        guard let top = if let given = options["max"]?.asNumber { given } else { try host.upperEnd(of: column) },
            let bottom = if let given = options["min"]?.asNumber { given } else { try host.lowerEnd(of: column) }
        else {
            throw .message(
                "net_share needs the item's range: declare it in the codebook or give { min = 1, max = 6 }")
        }
        let (from, upTo) = (top - boxes + 1, bottom + bottomBoxes - 1)
        guard upTo < from else { throw .message("net_share: the best and the worst answers overlap; take fewer") }
        return try host.give(from: [column]) { () throws(Undefined) in
            let net = NetShare(numbers.span, topFrom: from, bottomUpTo: upTo)
            var computed = Computed(net.value, n: net.top.trials, interval: net.interval(level: level))
            computed.add("top", net.top.share)
            computed.add("bottom", net.bottom.share)
            return computed
        }
    }

    // MARK: -

    /// Sums of counts must be exact, and fit.
    private static func requireCountable(_ count: Int, _ verb: String) throws(LuaHostError) {
        guard count <= 1_000_000_000_000_000 else { throw .message("\(verb) counts at most 1e15") }
    }

    /// Two numbers that verbs count with, and the estimate that carries what is made of them.
    private enum Counts {
        case counts(Double, Double, Estimate)
        case undefined
    }

    private static func counts(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> Counts {
        switch try EstimateVerbs.operands(host, arguments, verb) {
        case (.undefined, _), (_, .undefined): .undefined
        case (.estimate(let a), .estimate(let b)): .counts(a.value, b.value, EstimateVerbs.combined(a, b, 0))
        case (.estimate(let a), .constant(let k)): .counts(a.value, k, EstimateVerbs.shifted(a, factor: 1, offset: 0))
        case (.constant(let k), .estimate(let b)): .counts(k, b.value, EstimateVerbs.shifted(b, factor: 1, offset: 0))
        case (.constant(let a), .constant(let b)): .counts(a, b, try host.ownEstimate(0))
        }
    }

    /// The operand that has no value, with its reason.
    private static func undefined(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> LuaValue {
        switch try EstimateVerbs.operands(host, arguments, verb) {
        case (.undefined(let given), _), (_, .undefined(let given)): try host.give(.estimate(given))
        default: try host.give(.estimate(.insufficient("there is no valid value")))
        }
    }
}

extension Evaluation {
    /// One of the cases of an enumeration, by its raw value; the first is what counts without it.
    func choice<Value: CaseIterable & RawRepresentable<String>>(
        _ options: LuaTable, _ name: String, _ verb: String, _: Value.Type
    ) throws(LuaHostError) -> Value {
        if options[name] == nil, let standard = Value.allCases.first { return standard }
        return try choice(options, name, verb, Value.allCases.map { ($0.rawValue, $0) })
    }

    /// The interval of a share; none for a single observation.
    func interval(
        _ proportion: Proportion, _ method: Proportion.Method = .wilson, _ level: ConfidenceLevel = .percent95
    ) -> Interval? {
        proportion.trials > 1 ? proportion.interval(method, level: level) : nil
    }

    /// The lower end of an item's scale: the codebook's, or the smallest answer in all the data.
    func lowerEnd(of column: ColumnView) throws(LuaHostError) -> Double? {
        let dataset = column.group.frame.dataset
        guard let name = column.name, setting.visible.has(name, in: dataset) else { return nil }
        if let low = dataset.description.items.first(where: { $0.name == name })?.low { return low }
        let whole = try data { () throws(DataError) in try dataset.column(name) }
        return whole?.numbers.reduce(nil) { least, value in value.isNaN ? least : min(least ?? value, value) }
    }
}
