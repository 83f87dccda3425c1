import LuaSandbox
import Statistics

/// What a scale is worth: alpha and its companions, omega, halves.
enum ReliabilityVerbs {
    static let verbs: [Verb] = [
        Verb(.group, "alpha", alpha),
        Verb(.group, "omega", omega),
        Verb(.group, "split_half", splitHalf),
        Verb(.group, "rasch", RaschVerb.rasch),
        Verb(.group, "rwg", TeamAgreementVerbs.rwg),
        Verb(.group, "average_deviation", TeamAgreementVerbs.averageDeviation),
        Verb(.group, "icc", RaterVerbs.intraclass),
        Verb(.group, "krippendorff", RaterVerbs.krippendorff),
        Verb(.column, "kappa", RaterVerbs.kappa),
        Verb(.column, "agreement", RaterVerbs.agreement),
    ]

    /// More items would make tables of pairs that nobody reads.
    private static let mostItems = 200

    /// The items of a verb that looks at them pair by pair.
    static func items(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) -> ScaleItems {
        let items = try ScaleItems(host, arguments, options, verb)
        guard items.names.count <= mostItems else { throw .message("\(verb) takes at most \(mostItems) items") }
        return items
    }

    /// Alpha with Feldt's interval. The covariances wait until a companion is asked for: many groups want alpha alone.
    private static func alpha(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let options = try host.options(arguments, 2, "alpha", known: ["missing", "level"] + ScaleItems.options)
        let items = try items(host, arguments, options, "alpha")
        let missing = try missing(host, options, "alpha")
        let level = try host.level(options, "alpha")
        if missing == .pairwise { billPairs(host, items) }
        return try give(host, items, missing) { () throws(Undefined) in
            let alpha =
                switch missing {
                case .listwise: try CronbachAlpha(items.table)
                case .pairwise: try ScaleReliability(items.table, missing: .pairwise).alpha
                }
            var computed = Computed(
                alpha.value, n: alpha.persons,
                interval: host.setting.frames.alphaIntervals.interval(alpha, level: level))
            computed.add("items", alpha.items)
            computed.add(later: companionNames, byteCount: 1024 + 512 * items.names.count) { companions in
                billPairs(host, items)
                guard let scale = try? ScaleReliability(items.table, missing: missing) else { return }
                addCompanions(of: scale, items.names, to: &companions)
            }
            return computed
        }
    }

    private static let companionNames: Set = [
        "standardized", "standardized_rescaled", "inter_item", "item_total", "item_rest", "alpha_if_deleted", "lambda2",
        "lambda6", "sd", "sem",
    ]

    private static func addCompanions(of scale: ScaleReliability, _ names: [String], to companions: inout Computed) {
        companions.add("standardized", try? scale.standardizedAlpha())
        companions.add("standardized_rescaled", try? scale.standardizedAlpha(from: .rescaledCovariances))
        companions.add("inter_item", try? scale.meanInterItemCorrelation())
        companions.add("item_total", record: named(names, scale.itemTotalCorrelations(.total)))
        companions.add("item_rest", record: named(names, scale.itemTotalCorrelations(.rest)))
        companions.add("alpha_if_deleted", record: named(names, scale.alphaIfDeleted()))
        companions.add("lambda2", scale.lambda2)
        companions.add("lambda6", try? scale.lambda6())
        companions.add("sd", scale.totalStandardDeviation)
        companions.add("sem", scale.standardErrorOfMeasurement)
    }

    private static func named(_ names: [String], _ numbers: [Double?]) -> [(String, Double?)] {
        zip(names, numbers).map { ($0, $1) }
    }

    private static func omega(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let options = try host.options(arguments, 2, "omega", known: ["method", "missing"] + ScaleItems.options)
        let items = try items(host, arguments, options, "omega")
        let missing = try missing(host, options, "omega")
        let factoring = try host.choice(
            options, "method", "omega",
            [("ml", ScaleReliability.Factoring.maximumLikelihood), ("minres", .minimumResidual)])
        billPairs(host, items)
        return try give(host, items, missing) { () throws(Undefined) in
            let scale = try ScaleReliability(items.table, missing: missing)
            var computed = Computed(try scale.omega(factoring), n: scale.persons)
            computed.add("items", scale.items)
            return computed
        }
    }

    private static func splitHalf(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, "split_half", known: ["half", "missing"] + ScaleItems.options)
        let items = try items(host, arguments, options, "split_half")
        let missing = try missing(host, options, "split_half")
        let half = try half(options, of: items.names)
        billPairs(host, items)
        return try give(host, items, missing) { () throws(Undefined) in
            let scale = try ScaleReliability(items.table, missing: missing)
            let halves = try scale.splitHalf(half)
            var computed = Computed(halves.spearmanBrown, n: scale.persons)
            computed.reason = "the halves must not contradict each other altogether"
            computed.add("r", halves.correlation)
            computed.add("guttman", halves.guttman)
            computed.add("items", scale.items)
            return computed
        }
    }

    /// The places of the items of the first half; nil for every other one.
    private static func half(_ options: LuaTable, of names: [String]) throws(LuaHostError) -> [Int]? {
        guard let given = options["half"] else { return nil }
        let half = given.asTable?.list?.compactMap(\.asString) ?? []
        guard !half.isEmpty, half.count == given.asTable?.entries.count, Set(half).count == half.count else {
            throw .message("split_half: `half` is a list of the items of the first half, each of them once")
        }
        var places: [Int] = []
        for name in half {
            guard let place = names.firstIndex(of: name) else {
                throw .message(
                    "split_half: `\(name)` is in the half but not among the items\(NameSuggestion.near(name, among: names))"
                )
            }
            places.append(place)
        }
        guard places.count < names.count else { throw .message("split_half: `half` leaves no item for the other half") }
        return places
    }

    private static func missing(
        _ host: Evaluation, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) -> MissingAnswers {
        try host.choice(options, "missing", verb, [("listwise", MissingAnswers.listwise), ("pairwise", .pairwise)])
    }

    /// Covariances look at the rows once for each pair of items.
    private static func billPairs(_ host: Evaluation, _ items: ScaleItems) {
        let count = items.names.count
        host.bill(rows: items.group.count * count * (count + 1) / 2)
    }

    /// Behind it are those who answered every item, or any of them.
    private static func give(
        _ host: Evaluation, _ items: ScaleItems, _ missing: MissingAnswers,
        _ compute: () throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        let isBehind = missing == .listwise ? items.isComplete : items.isAnswered
        guard missing == .pairwise else { return try host.give(from: items.group, where: isBehind, compute) }
        let group = items.group.resting(on: items.group, persons: try personsOfSmallestPair(host, items))
        return try host.give(from: group, where: isBehind, compute)
    }

    /// Each covariance is that of the persons who answered both items.
    private static func personsOfSmallestPair(_ host: Evaluation, _ items: ScaleItems) throws(LuaHostError) -> Int? {
        var fewest: Int?
        for (place, first) in items.columns.enumerated() {
            for second in items.columns[(place + 1)...] {
                let persons = try host.persons(items.group) {
                    !first.data.isMissing($0) && !second.data.isMissing($0)
                }
                fewest = min(fewest ?? persons, persons)
            }
        }
        return fewest
    }
}
