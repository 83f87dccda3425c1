import LuaSandbox
import MeasureModel
import Statistics

/// The items of a scale as verbs take them: a list of columns, or the name of a scale of the codebook.
///
/// Items that the codebook calls reversed are turned round within their range (lowest + highest - answer); the options
/// `reverse` and `range` say so where there is no codebook, or something else than it does.
struct ScaleItems {
    let group: GroupView
    let names: [String]
    /// For each item the ends of its range when it is reversed, nil otherwise.
    let reversedWithin: [ClosedRange<Double>?]
    let columns: [ColumnView]
    /// The answers of each item, not yet turned round.
    let answers: [ArraySlice<Double>]
    /// The lowest and the highest answer of each item, where they are known.
    let ranges: [ClosedRange<Double>?]

    /// The options that say how answers are to be read.
    static let options = ["reverse", "range"]

    /// The items that a verb of a group was given first.
    init(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) {
        let group = try host.group(arguments, verb)
        let names = try Self.names(host, arguments[1], of: group.frame.dataset, verb)
        try self.init(host, names, of: group, options, verb)
    }

    /// Items by name.
    init(
        _ host: Evaluation, _ names: [String], of group: GroupView, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) {
        self.group = group
        self.names = names
        (ranges, reversedWithin) = try Self.ranges(host, options, names, group.frame.dataset, verb)
        columns = try host.columns(named: names, of: group)
        var answers: [ArraySlice<Double>] = []
        answers.reserveCapacity(names.count)
        for column in columns { answers.append(try host.numbers(column, verb)) }
        self.answers = answers
    }

    /// The answers side by side, reversed items turned round.
    var table: AnswerTable {
        var table = AnswerTable(rows: group.count, reservingColumns: answers.count)
        for (column, range) in zip(answers, reversedWithin) { table.append(column.span, reversedWithin: range) }
        return table
    }

    /// Whether a row answered every item.
    func isComplete(_ row: Int) -> Bool { answers.allSatisfy { !$0[$0.startIndex + row].isNaN } }

    /// Whether a row answered any item.
    func isAnswered(_ row: Int) -> Bool { answers.contains { !$0[$0.startIndex + row].isNaN } }

    /// How many of the items a row must answer, from the option `answered`, a share of them.
    func neededAnswers(_ options: LuaTable, _ verb: String) throws(LuaHostError) -> Int {
        guard let given = options["answered"] else { return 1 }
        guard let share = given.asNumber, (0...1).contains(share) else {
            throw .message("\(verb): `answered` is the share of items a person must answer, from 0 to 1")
        }
        return Int((share * Double(names.count) - 1e-9).rounded(.up))
    }

    /// Why rows without a score have none: the strongest reason among their items.
    func why(_ scores: [Double]) -> ArraySlice<UInt8>? {
        guard columns.contains(where: { $0.data.why != nil }) else { return nil }
        return scores.indices.map { row -> UInt8 in
            guard scores[row].isNaN else { return 0 }
            return columns.reduce(0) { max($0, $1.data.missingKind(row)?.rawValue ?? 0) }
        }[...]
    }
}

extension ScaleItems {
    /// Names of columns, or those that a scale of the codebook has.
    static func names(
        _ host: Evaluation, _ argument: LuaValue, of dataset: Dataset, _ verb: String
    ) throws(LuaHostError) -> [String] {
        if let name = argument.asString {
            let scales = host.setting.visible.scales(of: dataset)
            guard let scale = scales.first(where: { $0.name == name }) else {
                let near = NameSuggestion.near(name, among: scales.map(\.name))
                throw .message("the codebook of \(dataset.description.name) has no scale `\(name)`\(near)")
            }
            return scale.items
        }
        let names = argument.asTable?.list?.compactMap(\.asString) ?? []
        guard !names.isEmpty, names.count == argument.asTable?.entries.count else {
            throw .message("\(verb) needs a list of items: g:\(verb)({ \"safety_1\", \"safety_2\" })")
        }
        guard Set(names).count == names.count else { throw .message("\(verb): an item is listed twice") }
        return names
    }

    /// For each item its range, where it is known, and the same again when it is reversed.
    private static func ranges(
        _ host: Evaluation, _ options: LuaTable, _ names: [String], _ dataset: Dataset, _ verb: String
    ) throws(LuaHostError) -> (all: [ClosedRange<Double>?], reversed: [ClosedRange<Double>?]) {
        let range = try range(options, verb)
        let reversed = try reversed(options, names, verb)
        guard range != nil || reversed != nil || !dataset.description.items.isEmpty else {
            let unknown = [ClosedRange<Double>?](repeating: nil, count: names.count)
            return (unknown, unknown)
        }
        var all: [ClosedRange<Double>?] = []
        var turned: [ClosedRange<Double>?] = []
        for name in names {
            let item = host.setting.visible.item(name, of: dataset)
            let own = range ?? closed(item?.low, item?.high)
            all.append(own)
            guard reversed?.contains(name) ?? item?.isReversed ?? false else {
                turned.append(nil)
                continue
            }
            guard let own else {
                throw .message(
                    "\(verb): to reverse `\(name)` its range is needed: { range = { 1, 6 } }, or in the codebook")
            }
            turned.append(own)
        }
        return (all, turned)
    }

    private static func range(_ options: LuaTable, _ verb: String) throws(LuaHostError) -> ClosedRange<Double>? {
        guard let given = options["range"] else { return nil }
        let ends = given.asTable?.list?.compactMap(\.asNumber) ?? []
        guard ends.count == 2, given.asTable?.entries.count == 2, let range = closed(ends[0], ends[1]) else {
            throw .message("\(verb): `range` is { lowest, highest }")
        }
        return range
    }

    private static func reversed(
        _ options: LuaTable, _ names: [String], _ verb: String
    ) throws(LuaHostError) -> Set<String>? {
        guard let given = options["reverse"] else { return nil }
        guard let reversed = given.asTable?.list?.compactMap(\.asString) else {
            throw .message("\(verb): `reverse` is a list of items")
        }
        let known = Set(names)
        for name in reversed where !known.contains(name) {
            throw .message(
                "\(verb): `\(name)` is reversed but not among the items\(NameSuggestion.near(name, among: names))")
        }
        return Set(reversed)
    }

    private static func closed(_ low: Double?, _ high: Double?) -> ClosedRange<Double>? {
        guard let low, let high, low.isFinite, high.isFinite else { return nil }
        return min(low, high)...max(low, high)
    }
}
