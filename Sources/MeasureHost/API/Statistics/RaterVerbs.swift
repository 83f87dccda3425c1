import LuaSandbox
import Statistics

/// Whether those who judge the same things agree: intraclass correlations, kappas, Krippendorff's alpha.
enum RaterVerbs {
    /// More raters would make tables of pairs that nobody reads.
    private static let mostRaters = 200

    /// `g:icc(raters, { model = "random", unit = "average" })`: Shrout and Fleiss.
    static func intraclass(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, "icc", known: ["model", "unit", "level"])
        let raters = try raters(host, arguments, "icc")
        let model = try host.choice(
            options, "model", "icc",
            [("random", RaterReliability.Model.random), ("one_way", .oneWay), ("fixed", .fixed)])
        let unit = try host.choice(
            options, "unit", "icc", [("single", RaterReliability.Unit.single), ("average", .average)])
        let level = try host.level(options, "icc")
        var ratings = AnswerTable(rows: raters[0].group.count, reservingColumns: raters.count)
        for rater in raters {
            let judgements = try host.numbers(rater, "icc")
            ratings.append(judgements.span)
        }
        return try host.give(from: raters) { () throws(Undefined) in
            let reliability = try RaterReliability(ratings)
            var computed = Computed(
                reliability.correlation(model, unit), n: reliability.targets,
                interval: reliability.interval(model, unit, level: level))
            computed.reason = "an intraclass correlation needs targets that are judged differently"
            computed.add("raters", reliability.raters)
            return computed
        }
    }

    /// `g:krippendorff(raters, { scale = "ordinal" })`: any number of raters, who may leave units out.
    static func krippendorff(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, "krippendorff", known: ["scale"])
        let raters = try raters(host, arguments, "krippendorff")
        let scale = try host.choice(
            options, "scale", "krippendorff", KrippendorffAlpha.Level.allCases.map { ($0.rawValue, $0) })
        let judgements = try Judgements(raters, "krippendorff")
        guard scale == .nominal || !judgements.areTexts else {
            throw .message("krippendorff: texts have no order; a scale that is \(scale.rawValue) needs numbers")
        }
        host.bill(rows: judgements.table.rows * judgements.table.columns)
        let table = judgements.table
        return try host.give(from: raters[0].group, where: judgements.isJudgedTwice) { () throws(Undefined) in
            try requireFewValues(table)
            let alpha = try KrippendorffAlpha(table, level: scale)
            var computed = Computed(alpha.value, n: alpha.units)
            computed.add("judgements", alpha.judgements)
            computed.add("raters", table.columns)
            return computed
        }
    }

    /// Expected disagreement looks at every pair of values.
    private static func requireFewValues(_ table: AnswerTable) throws(Undefined) {
        var values: Set<Double> = []
        for row in 0..<table.rows {
            for column in 0..<table.columns where !table[row, column].isNaN { values.insert(table[row, column]) }
            guard values.count <= 5_000 else {
                throw Undefined("Krippendorff's alpha is computed for at most 5,000 different values")
            }
        }
    }

    /// `g.first:kappa(g.second, { weights = "linear" })`: two raters beyond chance.
    static func kappa(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let columns = try pair(host, arguments, "kappa")
        let options = try host.options(arguments, 2, "kappa", known: ["weights", "categories", "level"])
        let weights = try host.choice(options, "weights", "kappa", Kappa.Weights.allCases.map { ($0.rawValue, $0) })
        let level = try host.level(options, "kappa")
        let order = try categories(options)
        let judgements = try Judgements(columns, "kappa", order: order)
        guard weights == .none || !judgements.areTexts || order != nil else {
            throw .message("kappa: weights need the order of the texts: { categories = { \"low\", \"high\" } }")
        }
        return try host.give(from: columns) { () throws(Undefined) in
            let (first, second) = (judgements.table.column(0), judgements.table.column(1))
            let kappa = try Kappa(
                first.span, second.span, weights: weights, categories: judgements.places(of: order ?? []))
            var computed = Computed(kappa.value, n: kappa.count, interval: kappa.interval(level: level))
            computed.add("agreement", kappa.agreement)
            computed.add("se", kappa.standardError)
            return computed
        }
    }

    /// `g.first:agreement(g.second)`: the share of units judged alike.
    static func agreement(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let columns = try pair(host, arguments, "agreement")
        let judgements = try Judgements(columns, "agreement")
        let alike = (0..<judgements.table.rows).map { row -> Double in
            let (first, second) = (judgements.table[row, 0], judgements.table[row, 1])
            return first.isNaN || second.isNaN ? .nan : first == second ? 1 : 0
        }
        let proportion = Proportion(alike.span)
        let group = columns[0].group.resting(on: columns[1].group)
        let mask = ColumnView(group: group, data: ColumnData(kind: .truth, numbers: alike), ownsMemory: true)
        return try host.give(from: group, column: mask, where: { !alike[$0].isNaN }) { () throws(Undefined) in
            var computed = Computed(proportion.share, n: proportion.trials, interval: host.interval(proportion))
            computed.basis = .share(successes: proportion.successes, trials: proportion.trials)
            return computed
        }
    }

    // MARK: -

    private static func raters(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> [ColumnView] {
        let group = try host.group(arguments, verb)
        let names = try ScaleItems.names(host, arguments[1], of: group.frame.dataset, verb)
        guard names.count <= mostRaters else { throw .message("\(verb) takes at most \(mostRaters) raters") }
        var columns: [ColumnView] = []
        for name in names { columns.append(try host.column(named: name, of: group)) }
        return columns
    }

    private static func pair(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> [ColumnView] {
        let first = try host.column(arguments, verb)
        let second = try host.column(arguments, at: 1, of: first.group, verb)
        host.bill(rows: first.data.count + second.data.count)
        return [first, second]
    }

    private static func categories(_ options: LuaTable) throws(LuaHostError) -> [LuaValue]? {
        guard let given = options["categories"] else { return nil }
        guard let list = given.asTable?.list, !list.isEmpty, list.count <= 200 else {
            throw .message("kappa: `categories` is the list of all categories in their order, at most 200")
        }
        return list
    }
}

/// Judgements of several raters in numbers, so that equal ones are equal whatever column they stand in.
private struct Judgements {
    let table: AnswerTable
    /// Whether they were texts, whose numbers mean nothing but their place.
    let areTexts: Bool
    private let places: [String: Double]

    /// - Parameter order: the texts in the order of their numbers, where there is one.
    init(_ columns: [ColumnView], _ verb: String, order: [LuaValue]? = nil) throws(LuaHostError) {
        areTexts = columns.contains { $0.data.kind == .label }
        places = areTexts ? try Self.places(columns, order, verb) : [:]
        var table = AnswerTable(rows: columns[0].group.count, reservingColumns: columns.count)
        for column in columns {
            switch column.data.values {
            case .numbers(let numbers):
                guard !areTexts || column.data.kind == .empty else {
                    throw .message("\(verb) compares columns of one kind: all text or all numbers")
                }
                table.append(numbers.span)
            case .labels(let codes, let labels):
                let numbers = labels.texts.map { [places] in places[$0] ?? .nan }
                let judged = codes.map { $0 < 0 ? .nan : numbers[Int($0)] }
                table.append(judged.span)
            }
        }
        self.table = table
    }

    /// A number for each text: its place in the order, or among all texts.
    private static func places(
        _ columns: [ColumnView], _ order: [LuaValue]?, _ verb: String
    ) throws(LuaHostError) -> [String: Double] {
        var present: Set<String> = []
        for column in columns {
            guard case .labels(let codes, let labels) = column.data.values else { continue }
            for code in Set(codes) where code >= 0 { present.insert(labels.texts[Int(code)]) }
        }
        guard let order else {
            let sorted = present.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($0.element, Double($0.offset)) })
        }
        let texts = order.compactMap(\.asString)
        guard texts.count == order.count, Set(texts).count == texts.count else {
            throw .message("\(verb): `categories` lists each text once")
        }
        guard present.isSubset(of: texts) else { throw .message("\(verb): `categories` lacks a text that was judged") }
        return Dictionary(uniqueKeysWithValues: texts.enumerated().map { ($0.element, Double($0.offset)) })
    }

    /// Whether at least two judged a row.
    func isJudgedTwice(_ row: Int) -> Bool { (0..<table.columns).count { !table[row, $0].isNaN } > 1 }

    /// The numbers of categories that a script lists.
    func places(of categories: [LuaValue]) -> [Double] {
        categories.compactMap { areTexts ? $0.asString.flatMap { places[$0] } : $0.asNumber }.filter { !$0.isNaN }
    }
}
