import CivilCalendar
import LuaSandbox
import MeasureModel

/// Comparisons: they turn a column into yes, no and missing.
enum MaskVerbs {
    static func isValue(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "is")
        return try matches(host, column, [arguments[1]], "is")
    }

    static func isIn(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "isin")
        if case .object(let reference) = arguments[1], case .column(let other) = host.object(reference) {
            return try isIn(host, column, other)
        }
        guard let list = arguments[1].asTable?.list else {
            throw .message("isin needs a list: \(column.called):isin{ \"a\", \"b\" }")
        }
        return try matches(host, column, list, "isin")
    }

    /// Whether another column, of any group, has the value: `g.school:isin(g.with.adoption.school)`. The answer rests on
    /// the other column's persons, too.
    private static func isIn(
        _ host: Evaluation, _ column: ColumnView, _ other: ColumnView
    ) throws(LuaHostError) -> LuaValue {
        if !host.namesPersons(other) { try host.refusePersons(column, "isin") }
        host.bill(rows: column.data.count + other.data.count)
        try host.touch(other)
        let truths: [Double]
        switch (column.data.values, other.data.values) {
        case (.labels(let codes, let labels), .labels(let otherCodes, let otherLabels)):
            var isThere = [Bool](repeating: false, count: otherLabels.texts.count)
            for code in otherCodes where code >= 0 { isThere[Int(code)] = true }
            let isWanted = labels.texts.map { text in otherLabels.numbers[text].map { isThere[Int($0)] } ?? false }
            truths = try host.mapped(codes) { $0 < 0 ? .nan : isWanted[Int($0)] ? 1 : 0 }
        case (.numbers(let numbers), .numbers(let others)):
            let there = Set(others.filter { !$0.isNaN })
            truths = try host.mapped(numbers) { $0.isNaN ? .nan : there.contains($0) ? 1 : 0 }
        default:
            guard column.data.kind == .empty || other.data.kind == .empty else {
                throw .message("isin compares columns of one kind: both text or both numbers")
            }
            truths = (0..<column.data.count).map { column.data.isMissing($0) ? .nan : 0 }
        }
        let persons = other.data.validCount > 0 ? try host.persons(other) : nil
        let rested = ColumnView(
            group: column.group.resting(on: other.group, persons: persons), data: column.data,
            name: column.name, ownsMemory: column.ownsMemory)
        return try self.truths(host, rested, truths)
    }

    static func atLeast(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try compare(host, arguments, "at_least", number: { $0 >= $1 }) { !$1.isAbove($0) }
    }

    static func atMost(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try compare(host, arguments, "at_most", number: { $0 <= $1 }) { !$1.isBelow($0) }
    }

    static func above(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try compare(host, arguments, "above", number: { $0 > $1 }) { $1.isBelow($0) }
    }

    static func below(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try compare(host, arguments, "below", number: { $0 < $1 }) { $1.isAbove($0) }
    }

    static func between(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "between")
        let numbers = try host.numbers(column, "between")
        let low = try host.threshold(arguments[1], for: column, "between")
        let high = try host.threshold(arguments[2], for: column, "between")
        return try truths(host, column, numbers.map { $0.isNaN ? .nan : !low.isAbove($0) && !high.isBelow($0) ? 1 : 0 })
    }

    /// The `k` best answers of an item: its upper end comes from the codebook, from `{ max = }`, or is the largest
    /// answer in all the data.
    static func topBox(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "top_box")
        let numbers = try host.numbers(column, "top_box")
        let boxes = try host.number(arguments, 1, "top_box", "how many of the best answers count: top_box(2)")
        let options = try host.options(arguments, 2, "top_box", known: ["max"])
        let given = options["max"]?.asNumber
        guard let top = if let given { given } else { try host.upperEnd(of: column) } else {
            throw .message(
                "top_box needs the item's best answer: declare its range in the codebook or give { max = 6 }")
        }
        let limit = top - boxes + 1
        return try truths(host, column, numbers.map { $0.isNaN ? .nan : $0 >= limit ? 1 : 0 })
    }

    /// Whether there is a value; never missing itself.
    static func valid(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        var column = try host.column(arguments, "valid")
        // Whether a row was found tells of ours; what stands in it is theirs.
        if let name = column.name, column.group.joined[name] != nil {
            column = ColumnView(group: column.group.ofColumn(nil), data: column.data)
        }
        host.bill(rows: column.data.count)
        return try truths(
            host, column, (0..<column.data.count).map { column.data.isMissing($0) ? 0 : 1 }, keepsWhy: false)
    }

    /// Whether the value is missing, for any reason or for the one that is named; never missing itself.
    static func missing(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "missing")
        host.bill(rows: column.data.count)
        let wanted = try kind(arguments[1], "missing")
        let result = (0..<column.data.count).map { row -> Double in
            guard let kind = column.data.missingKind(row) else { return 0 }
            return wanted == nil || kind == wanted ? 1 : 0
        }
        return try truths(host, column, result, keepsWhy: false)
    }

    /// The kind of missing that an argument names; nil where there is none.
    static func kind(_ value: LuaValue, _ verb: String) throws(LuaHostError) -> MissingKind? {
        switch value {
        case .none: return nil
        case .string(let name):
            guard let kind = MissingKind(name: name) else {
                let near = NameSuggestion.near(name, among: MissingKind.allCases.map(\.name))
                throw .message("`\(name)` is no kind of missing\(near)")
            }
            return kind
        default: throw .message("\(verb) needs a kind of missing as text, or nothing")
        }
    }

    // MARK: -

    /// `number` compares with a number, `holds` with a stretch of time.
    @inline(__always)
    private static func compare(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String, number: (Double, Double) -> Bool,
        _ holds: (Double, Threshold) -> Bool
    ) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, verb)
        let numbers = try host.numbers(column, verb)
        let limit = try host.threshold(arguments[1], for: column, verb)
        guard let plain = limit.number else {
            return try truths(host, column, numbers.map { $0.isNaN ? .nan : holds($0, limit) ? 1 : 0 })
        }
        var result = [Double](repeating: .nan, count: numbers.count)
        var target = result.mutableSpan
        let source = numbers.span
        for row in source.indices {
            let value = source[row]
            target[row] = value.isNaN ? .nan : number(value, plain) ? 1 : 0
        }
        return try truths(host, column, result)
    }

    private static func matches(
        _ host: Evaluation, _ column: ColumnView, _ wanted: [LuaValue], _ verb: String
    ) throws(LuaHostError) -> LuaValue {
        host.bill(rows: column.data.count + wanted.count)
        switch column.data.values {
        case .labels(let codes, let labels):
            try host.refusePersons(column, verb)
            var isWanted = [Bool](repeating: false, count: labels.texts.count)
            for (number, value) in wanted.enumerated() {
                if number % 256 == 0 { try host.stopIfOver() }
                guard let text = value.asString else {
                    throw .message("\(column.called) holds text: compare it with a text, not with a \(value.typeName)")
                }
                if let code = labels.numbers[text] { isWanted[Int(code)] = true }
            }
            return try truths(host, column, host.mapped(codes) { $0 < 0 ? .nan : isWanted[Int($0)] ? 1 : 0 })
        case .numbers(let numbers):
            var thresholds: [Threshold] = []
            for value in wanted { thresholds.append(try threshold(value, for: column, host, verb)) }
            try host.stopIfOver()
            let accepted = ThresholdSet(thresholds)
            let matches = try host.mapped(numbers) { $0.isNaN ? .nan : accepted.holds($0) ? 1 : 0 }
            return try truths(host, column, matches)
        }
    }

    private static func threshold(
        _ value: LuaValue, for column: ColumnView, _ host: Evaluation, _ verb: String
    ) throws(LuaHostError) -> Threshold {
        if case .boolean(let truth) = value, column.data.kind == .truth || column.data.kind == .empty {
            return Threshold(truth ? 1 : 0)
        }
        if column.data.kind == .truth, value.asString != nil {
            throw .message("\(column.called) holds yes and no: compare it with true or false, or take it as it is")
        }
        return try host.threshold(value, for: column, verb)
    }

    static func truths(
        _ host: Evaluation, _ column: ColumnView, _ values: [Double], keepsWhy: Bool = true
    ) throws(LuaHostError) -> LuaValue {
        let data = ColumnData(kind: .truth, numbers: values, why: keepsWhy ? column.data.why : nil)
        return try host.give(.column(ColumnView(group: column.group, data: data, ownsMemory: true)))
    }
}

extension Evaluation {
    /// The upper end of an item's scale: the codebook's, or the largest answer in all the data.
    func upperEnd(of column: ColumnView) throws(LuaHostError) -> Double? {
        let dataset = column.group.frame.dataset
        guard let name = column.name, setting.visible.has(name, in: dataset) else { return nil }
        if let high = dataset.description.items.first(where: { $0.name == name })?.high { return high }
        let whole = try data { () throws(DataError) in try dataset.column(name) }
        return whole?.numbers.reduce(nil) { best, value in value.isNaN ? best : max(best ?? value, value) }
    }

    /// Whether a column holds person ids.
    func namesPersons(_ column: ColumnView) -> Bool {
        column.name.map { column.group.namesPersons($0) } ?? false
    }

    /// Person ids can be counted and joined on, never picked out.
    func refusePersons(_ column: ColumnView, _ verb: String) throws(LuaHostError) {
        guard let name = column.name, namesPersons(column) else { return }
        throw .message("`\(name)` names persons: scripts see pseudonyms and cannot pick one out with \(verb)")
    }
}
