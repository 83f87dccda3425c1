import LuaSandbox
import MeasureModel
import Statistics

/// Weights of a design adjusted to counts of the population and to who answered, and what weights do to precision.
enum WeightAdjustmentVerbs {
    static let verbs: [Verb] = [
        Verb(.design, "poststratify", poststratify),
        Verb(.design, "rake", rake),
        Verb(.design, "respondents", respondents),
        Verb(.design, "response", response),
        Verb(.design, "trim", trim),
        Verb(.design, "weights", weights),
        Verb(.design, "effective_size", effectiveSize),
    ]

    // MARK: Population counts

    /// `d:poststratify{ by = "role", roster = g.with.roster }`.
    static func poststratify(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let view = try host.design(arguments, "poststratify")
        guard let table = arguments[1].asTable else {
            throw .message("poststratify needs a margin: d:poststratify{ by = \"role\", roster = g.with.roster }")
        }
        let margin = try Margin(host, table, view, "poststratify")
        return try host.give(
            .design(
                view.changed(resting: margin.group) { (design) throws(SurveyProblem) in
                    try design.postStratified(to: margin.counted(view.places))
                }))
    }

    /// `d:rake{ { by = "role", roster = r }, { by = "school", roster = r } }`.
    static func rake(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let view = try host.design(arguments, "rake")
        let tables = arguments[1].asTable?.list?.compactMap(\.asTable) ?? []
        guard !tables.isEmpty, tables.count == arguments[1].asTable?.entries.count, tables.count <= 20 else {
            throw .message("rake needs a list of margins: d:rake{ { by = \"role\", roster = g.with.roster }, ... }")
        }
        var margins: [Margin] = []
        var group = view.group
        for table in tables {
            let margin = try Margin(host, table, view, "rake")
            group = group.resting(on: margin.group, persons: margin.group.otherPersons)
            margins.append(margin)
        }
        // Raking goes over the rows once for each margin in each round; some dozens of rounds are usual.
        host.bill(rows: view.places.count * margins.count * 100)
        try host.stopIfOver()
        return try host.give(
            .design(
                view.changed(resting: group) { (design) throws(SurveyProblem) in
                    var counted: [PopulationMargin] = []
                    for margin in margins { counted.append(try margin.counted(view.places)) }
                    return try design.raked(to: counted)
                }))
    }

    // MARK: Nonresponse

    /// `d:respondents(mask, { cells = "role" })`: the weight of those who did not answer goes to those who did, within
    /// cells.
    static func respondents(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (view, answers) = try Answers.read(host, arguments, "respondents")
        return try host.give(
            .design(
                view.changed(resting: answers.group) { (design) throws(SurveyProblem) in
                    let nonresponse = try answers.nonresponse(design, view.places)
                    if let cell = nonresponse.emptyCells.first { throw .emptyCategory(category: cell) }
                    return try design.reweighted(nonresponse.adjustedWeights)
                }))
    }

    /// `d:response(mask, { cells = "role" })`: the weighted response rate, and by how much each cell's weights grow.
    static func response(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (view, answers) = try Answers.read(host, arguments, "response")
        guard case .success(let design) = view.design else { return try host.give(view, insufficient: "") }
        let weights = view.weightByRow(design)
        let parts: [(Int) -> Bool] =
            answers.names.indices.map { cell in { row in answers.cells[row] == cell && weights[row] > 0 } }
        return try host.give(from: answers.group, comparing: parts) { () throws(Undefined) in
            let nonresponse = try answers.known(design, view.places)
            var computed = Computed(nonresponse.weightedResponseRate, n: view.places.count)
            computed.add("unweighted", nonresponse.responseRate)
            computed.add("factors", record: Array(zip(answers.names, nonresponse.factors)))
            return computed
        }
    }

    /// `d:trim(3)`: weights cut off at three medians.
    static func trim(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let view = try host.design(arguments, "trim")
        let multiple = try host.number(arguments, 1, "trim", "at how many medians weights are cut off: d:trim(3)")
        guard multiple > 0, multiple.isFinite else {
            throw .message("trim needs a number of medians above 0: d:trim(3)")
        }
        host.bill(rows: view.places.count * 4)
        return try host.give(
            .design(
                view.changed { (design) throws(SurveyProblem) in
                    try design.reweighted(WeightTrimming.trimmed(design.weights.span, atMedianTimes: multiple))
                }))
    }

    // MARK: Weights

    /// The weights as a column.
    static func weights(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let view = try host.design(arguments, "weights")
        host.bill(rows: view.group.count)
        let none = [Double](repeating: .nan, count: view.group.count)
        let weights = if case .success(let design) = view.design { view.weightByRow(design) } else { none }
        return try host.give(
            .column(ColumnView(group: view.group, data: ColumnData(kind: .number, numbers: weights), ownsMemory: true)))
    }

    /// Kish's effective size of the rows with a weight above 0.
    static func effectiveSize(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let view = try host.design(arguments, "effective_size")
        host.bill(rows: view.places.count * 2)
        guard case .success(let design) = view.design else { return try host.give(view, insufficient: "") }
        let weights = view.weightByRow(design)
        return try host.give(from: view.group, where: { weights[$0] > 0 }) { () throws(Undefined) in
            let summary = try Self.summary(weights.filter { $0 > 0 })
            var computed = Computed(summary.effectiveSize, n: summary.count)
            computed.add("weighting_effect", summary.weightingEffect)
            return computed
        }
    }

    private static func summary(_ weights: [Double]) throws(Undefined) -> WeightSummary {
        do throws(SurveyProblem) {
            return try WeightSummary(weights.span)
        } catch {
            throw Undefined(error.reason)
        }
    }
}

/// Who of a sample answered, and in which cell each row is.
private struct Answers {
    /// The design's group, resting on what the answers rest on.
    var group: GroupView
    /// By row of the group.
    var hasAnswered: [Bool]
    /// By row of the group the number of its cell, -1 where it has none.
    var cells: [Int32]
    var names: [String]

    static func read(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> (DesignView, Answers) {
        let view = try host.design(arguments, verb)
        let mask = try host.column(arguments, at: 1, of: view.group, verb)
        let truths = try host.truths(mask, verb)
        let options = try host.options(arguments, 2, verb, known: ["cells"])
        let column = try host.column(options, "cells", of: view.group, verb)
        var answers = Answers(
            group: view.group.resting(on: mask.group), hasAnswered: truths.map { $0 == 1 },
            cells: [Int32](repeating: 0, count: truths.count), names: ["all"])
        guard let column else { return (view, answers) }
        let categories = try Categories(host, column, verb)
        answers.group = answers.group.resting(on: column.group)
        (answers.cells, answers.names) = (categories.codes, categories.names)
        return (view, answers)
    }

    func nonresponse(_ design: SurveyDesign, _ places: [Int]) throws(SurveyProblem) -> UnitNonresponse {
        let cells = places.map { self.cells[$0] }
        return try UnitNonresponse(
            weights: design.weights.span, hasResponded: places.map { hasAnswered[$0] }, cells: cells.span)
    }
}

extension Answers {
    /// The same for an estimate.
    func known(_ design: SurveyDesign, _ places: [Int]) throws(Undefined) -> UnitNonresponse {
        do throws(SurveyProblem) {
            return try nonresponse(design, places)
        } catch {
            throw Undefined(error.reason)
        }
    }
}

/// The different values of a column as numbers from 0, in the order of their texts.
private struct Categories {
    var codes: [Int32]
    var names: [String]

    init(_ host: Evaluation, _ column: ColumnView, _ verb: String) throws(LuaHostError) {
        try host.refusePersons(column, verb)
        host.bill(rows: column.data.count * 2)
        let parts = try GroupVerbs.parts(host, column)
        guard parts.count <= 10_000 else { throw .message("\(verb): a column has more than 10000 categories") }
        codes = [Int32](repeating: -1, count: column.data.count)
        for (code, part) in parts.enumerated() {
            for place in part.1 { codes[Int(place)] = Int32(code) }
        }
        names = parts.map(\.0)
    }
}

/// `{ by = "role", roster = g.with.roster, count = "heads" }`: how many members of each category the population has.
private struct Margin {
    /// The design's group, resting on the roster.
    let group: GroupView
    private let codes: [Int32]
    private let counts: [Double]

    init(_ host: Evaluation, _ table: LuaTable, _ view: DesignView, _ verb: String) throws(LuaHostError) {
        let known = ["by", "roster", "count", "counts"]
        for field in table.record ?? [] where !known.contains(field.name) {
            throw .message("\(verb): a margin has no `\(field.name)`\(NameSuggestion.near(field.name, among: known))")
        }
        guard let by = try host.column(table, "by", of: view.group, verb) else {
            throw .message("\(verb): a margin says `by` which column: { by = \"role\", roster = g.with.roster }")
        }
        let categories = try Categories(host, by, verb)
        let present = Set(view.places.map { categories.codes[$0] })
        let occurring = Set(
            categories.names.indices.filter { present.contains(Int32($0)) }.map { categories.names[$0] })
        let (population, rested) = try Self.population(host, table, by, verb) { occurring.contains($0) }
        group = view.group.resting(on: by.group).resting(on: rested.group, persons: rested.persons)
        let others = population.keys.filter { !categories.names.contains($0) }.sorted()
        codes = categories.codes
        counts = (categories.names + others).map { population[$0] ?? .nan }
    }

    /// How many there are by category, from numbers or from a roster: its rows, or the sums of a column of counts.
    private static func population(
        _ host: Evaluation, _ table: LuaTable, _ by: ColumnView, _ verb: String, _ occurs: (String) -> Bool
    ) throws(LuaHostError) -> ([String: Double], (group: GroupView, persons: Int?)) {
        if let given = table["counts"] {
            var counts: [String: Double] = [:]
            for field in given.asTable?.record ?? [] { counts[field.name] = field.value.asNumber }
            guard !counts.isEmpty, counts.count == given.asTable?.entries.count else {
                throw .message("\(verb): `counts` are numbers by category: { teacher = 120, coach = 8 }")
            }
            return (counts, (by.group, nil))
        }
        guard case .object(let reference) = table["roster"], case .group(let roster) = host.object(reference),
            let name = by.name
        else {
            throw .message("\(verb): a margin needs `roster`, a group with the same column, or `counts` by category")
        }
        try host.touch(roster)
        let column = try host.column(named: name, of: roster)
        let numbers: ArraySlice<Double>? =
            if let count = try host.column(table, "count", of: roster, verb) { try host.numbers(count, verb) } else {
                nil
            }
        host.bill(rows: roster.count)
        var counts: [String: Double] = [:]
        var persons: Int?
        for (text, places) in try GroupVerbs.parts(host, column) {
            // The weights of a category are its count: a sum over a domain tells it.
            if occurs(text) { persons = min(persons ?? .max, try host.persons(roster.subset(places))) }
            counts[text] =
                numbers.map { numbers in
                    places.reduce(0) { $0 + numbers[numbers.startIndex + Int($1)] }
                } ?? Double(places.count)
        }
        return (counts, (roster, persons))
    }

    func counted(_ places: [Int]) throws(SurveyProblem) -> PopulationMargin {
        let categories = places.map { codes[$0] }
        return try PopulationMargin(categories: categories.span, counts: counts.span)
    }
}
