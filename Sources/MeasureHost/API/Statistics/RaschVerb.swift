import LuaSandbox
import Statistics

/// `g:rasch({ trust_1 = -0.4, trust_2 = { -1.2, 0.3, 1.5 } })`: each row's place on a scale whose item difficulties are
/// known, in logits.
enum RaschVerb {
    static func rasch(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "rasch")
        let options = try host.options(
            arguments, 2, "rasch", known: ["answered", "method", "of"] + ScaleItems.options)
        let (table, source) = try itemTable(host, arguments[1])
        let items = try ScaleItems(host, table.map(\.name), of: group, options, "rasch")
        let needed = try items.neededAnswers(options, "rasch")
        let estimator = try host.choice(
            options, "method", "rasch", [("wle", RaschScale.Estimator.weightedLikelihood), ("mle", .maximumLikelihood)])
        let part: (RaschMeasure) -> Double = try host.choice(
            options, "of", "rasch", [("measure", \.value), ("se", \.standardError), ("raw", { Double($0.rawScore) })])
        let scale = try scale(table, items)
        host.bill(rows: group.count * items.names.count)
        let measures: [RaschMeasure?]
        do throws(Undefined) {
            measures = try scale.measures(items.table, answeringAtLeast: needed, estimator: estimator)
        } catch {
            throw .message(
                "rasch: an answer is none that its item has; answers count up from the lowest in steps of 1, "
                    + "{ range = { 1, 6 } } or the codebook says from where, and an item has a difficulty for each step"
            )
        }
        let scores = measures.map { $0.map(part) ?? .nan }
        let data = ColumnData(kind: .number, numbers: scores, why: why(scores, items, needed))
        var rested = group
        if let source {
            // A bank that names nobody takes nothing from the persons who answered.
            let persons = try host.persons(source)
            rested = group.resting(on: source, persons: persons > 0 ? persons : nil)
        }
        return try host.give(.column(ColumnView(group: rested, data: data, ownsMemory: true)))
    }

    /// An item and the difficulties of its steps.
    private typealias Item = (name: String, steps: [Double])

    /// The items: a table of difficulties by name, or rows of a dataset with the columns `item` and `difficulty`.
    private static func itemTable(
        _ host: Evaluation, _ argument: LuaValue
    ) throws(LuaHostError) -> (items: [Item], source: GroupView?) {
        if case .object(let reference) = argument, case .group(let rows) = host.object(reference) {
            return (try itemTable(host, rows), rows)
        }
        guard let fields = argument.asTable?.record, !fields.isEmpty, fields.count <= 200 else {
            throw .message(
                "rasch needs a table of item difficulties, at most 200: g:rasch({ trust_1 = -0.4, trust_2 = { -1, 1 } })"
            )
        }
        var items: [Item] = []
        for (name, value) in fields {
            let steps = value.asNumber.map { [$0] } ?? value.asTable?.list?.compactMap(\.asNumber) ?? []
            guard !steps.isEmpty, value.asTable == nil || steps.count == value.asTable?.entries.count else {
                throw .message("rasch: `\(name)` needs a difficulty, or a list with one for each step")
            }
            items.append((name, steps))
        }
        return (items, nil)
    }

    /// Rows of one item are its steps, in the order of the column `step` where there is one.
    private static func itemTable(_ host: Evaluation, _ rows: GroupView) throws(LuaHostError) -> [Item] {
        let names = try host.column(named: "item", of: rows)
        guard case .labels(let codes, let labels) = names.data.values else {
            throw .message("rasch: the column `item` of the item table holds the items' names")
        }
        let difficulties = try host.numbers(try host.column(named: "difficulty", of: rows), "rasch")
        var order = Array(0..<rows.count)
        if host.setting.visible.columnNames(of: rows.frame.dataset).contains("step") {
            let steps = try host.numbers(try host.column(named: "step", of: rows), "rasch")
            order.sort { (steps[steps.startIndex + $0], $0) < (steps[steps.startIndex + $1], $1) }
        }
        var items: [Item] = []
        var places: [Int32: Int] = [:]
        for row in order {
            let (code, difficulty) = (codes[codes.startIndex + row], difficulties[difficulties.startIndex + row])
            guard code >= 0, !difficulty.isNaN else { throw .message("rasch: the item table has a blank") }
            if let place = places[code] {
                items[place].steps.append(difficulty)
            } else {
                places[code] = items.count
                items.append((labels.texts[Int(code)], [difficulty]))
            }
        }
        guard !items.isEmpty, items.count <= 200 else { throw .message("rasch: the item table holds 1 to 200 items") }
        return items
    }

    private static func scale(_ table: [Item], _ items: ScaleItems) throws(LuaHostError) -> RaschScale {
        var calibrated: [RaschItem] = []
        for (item, range) in zip(table, items.ranges) {
            guard item.steps.count <= 100,
                let known = RaschItem(steps: item.steps, lowestAnswer: range?.lowerBound ?? 0)
            else { throw .message("rasch: `\(item.name)` needs finite difficulties, at most 100") }
            calibrated.append(known)
        }
        guard let scale = RaschScale(calibrated) else { throw .message("rasch needs at least one item") }
        return scale
    }

    /// Rows that answered enough and yet have no finite measure are missing as not applicable.
    private static func why(_ scores: [Double], _ items: ScaleItems, _ needed: Int) -> ArraySlice<UInt8>? {
        let unmeasured = scores.indices.filter { row in
            scores[row].isNaN
                && items.answers.count { !$0[$0.startIndex + row].isNaN } >= max(needed, 1)
        }
        let own = items.why(scores)
        guard !unmeasured.isEmpty else { return own }
        var why = own ?? [UInt8](repeating: 0, count: scores.count)[...]
        for row in unmeasured { why[why.startIndex + row] = MissingKind.notApplicable.rawValue }
        return why
    }
}
