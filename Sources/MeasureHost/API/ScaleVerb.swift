import LuaSandbox
import MeasureModel
import Statistics

/// `g:scale(items, { answered = 0.5 })`: for each row the mean of the items it answered.
///
/// Items are a list of columns or the name of a scale of the codebook. Items that the codebook calls reversed are turned
/// round within their range (low + high - answer); `reverse` and `range` say so where there is no codebook. A row with
/// less than the share `answered` of the items has no score; it is missing for the strongest reason among its items.
enum ScaleVerb {
    static func scale(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "scale")
        let items = try items(arguments[1], of: group.frame.dataset.description)
        let options = try host.options(arguments, 2, "scale", known: ["answered", "reverse", "range", "method"])
        let needed = try neededAnswers(options, items.count)
        let isSum = try isSum(options)
        let turned = try turnedItems(options, items, group.frame.dataset.description)
        var columns: [ArraySlice<Double>] = []
        var views: [ColumnView] = []
        for item in items {
            let view = try host.column(named: item, of: group)
            views.append(view)
            columns.append(try host.numbers(view, "scale"))
        }
        var scores = [Double](repeating: .nan, count: group.count)
        for row in 0..<group.count {
            var sum = 0.0
            var answered = 0
            for (index, column) in columns.enumerated() {
                let answer = column[column.startIndex + row]
                guard !answer.isNaN else { continue }
                sum += turned[index].map { $0 - answer } ?? answer
                answered += 1
            }
            if answered >= needed, answered > 0 {
                scores[row] = isSum ? sum / Double(answered) * Double(items.count) : sum / Double(answered)
            }
        }
        let data = ColumnData(kind: .number, numbers: scores, why: why(scores, views))
        return try host.give(.column(ColumnView(group: group, data: data, ownsMemory: true)))
    }

    private static func items(
        _ argument: LuaValue, of dataset: DatasetDescription
    ) throws(LuaHostError) -> [String] {
        if let name = argument.asString {
            guard let scale = dataset.scales.first(where: { $0.name == name }) else {
                let near = NameSuggestion.near(name, among: dataset.scales.map(\.name))
                throw .message("the codebook of \(dataset.name) has no scale `\(name)`\(near)")
            }
            return scale.items
        }
        let names = argument.asTable?.list?.compactMap(\.asString) ?? []
        guard !names.isEmpty, names.count == argument.asTable?.entries.count else {
            throw .message("scale needs a list of items: g:scale({ \"safety_1\", \"safety_2\" })")
        }
        guard Set(names).count == names.count else { throw .message("scale: an item is listed twice") }
        return names
    }

    private static func neededAnswers(_ options: LuaTable, _ itemCount: Int) throws(LuaHostError) -> Int {
        guard let given = options["answered"] else { return 1 }
        guard let share = given.asNumber, (0...1).contains(share) else {
            throw .message("scale: `answered` is the share of items a person must answer, from 0 to 1")
        }
        return Int((share * Double(itemCount) - 1e-9).rounded(.up))
    }

    private static func isSum(_ options: LuaTable) throws(LuaHostError) -> Bool {
        switch options["method"] {
        case nil, .string("mean"): return false
        case .string("sum"): return true
        default: throw .message("scale: `method` is \"mean\" or \"sum\"")
        }
    }

    /// For each item low + high when it is reversed, nil otherwise.
    private static func turnedItems(
        _ options: LuaTable, _ items: [String], _ dataset: DatasetDescription
    ) throws(LuaHostError) -> [Double?] {
        let range = options["range"]?.asTable?.list?.compactMap(\.asNumber)
        if options["range"] != nil, range?.count != 2 { throw .message("scale: `range` is { lowest, highest }") }
        let reversed = options["reverse"]?.asTable?.list?.compactMap(\.asString)
        if options["reverse"] != nil, reversed == nil { throw .message("scale: `reverse` is a list of items") }
        let known = Set(items)
        for name in reversed ?? [] where !known.contains(name) {
            throw .message(
                "scale: `\(name)` is reversed but not among the items\(NameSuggestion.near(name, among: items))")
        }
        let reversedNames = reversed.map { Set($0) }
        var turned: [Double?] = []
        for name in items {
            let item = dataset.items.first { $0.name == name }
            guard reversedNames.map({ $0.contains(name) }) ?? item?.isReversed ?? false else {
                turned.append(nil)
                continue
            }
            guard let low = range?[0] ?? item?.low, let high = range?[1] ?? item?.high else {
                throw .message(
                    "scale: to reverse `\(name)` its range is needed: { range = { 1, 6 } }, or in the codebook")
            }
            turned.append(low + high)
        }
        return turned
    }

    private static func why(_ scores: [Double], _ items: [ColumnView]) -> ArraySlice<UInt8>? {
        guard items.contains(where: { $0.data.why != nil }) else { return nil }
        return scores.indices.map { row -> UInt8 in
            guard scores[row].isNaN else { return 0 }
            return items.reduce(0) { max($0, $1.data.missingKind(row)?.rawValue ?? 0) }
        }[...]
    }
}
