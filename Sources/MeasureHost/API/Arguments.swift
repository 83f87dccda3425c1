import CivilCalendar
import LuaSandbox
import MeasureModel

/// Arguments as verbs want them, with messages that say what to write.
extension Evaluation {
    func group(_ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) -> GroupView {
        if case .object(let reference) = arguments[0], case .group(let group) = object(reference) { return group }
        throw .message("\(verb) is a verb of groups: write g:\(verb)(...) with a colon")
    }

    func column(_ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) -> ColumnView {
        if case .object(let reference) = arguments[0], case .column(let column) = object(reference) { return column }
        throw .message("\(verb) is a verb of columns: write g.name:\(verb)(...) with a colon")
    }

    /// The column at `index`, or the group's column of that name.
    func column(
        _ arguments: borrowing LuaArguments, at index: Int, of group: GroupView, _ verb: String
    ) throws(LuaHostError) -> ColumnView {
        switch arguments[index] {
        case .string(let name): return try column(named: name, of: group)
        case .object(let reference):
            guard case .column(let column) = object(reference) else { break }
            try requireSameRows(column.group, group, verb)
            return column
        default: break
        }
        throw .message("\(verb) needs a column or a column's name, not \(arguments[index].typeName)")
    }

    func column(named name: String, of group: GroupView) throws(LuaHostError) -> ColumnView {
        try checkLength(ofName: name)
        if let known = group.knownParts[name] {
            return ColumnView(group: group.ofColumn(name), data: known, name: name)
        }
        let dataset = group.frame.dataset
        guard group.joined[name] != nil || setting.visible.has(name, in: dataset) else {
            throw noColumn(name, in: dataset)
        }
        if let readable = group.readable, !readable.contains(name), group.joined[name] == nil {
            guard !dataset.isMade else {
                throw .message(
                    "nodes that a graph found in its ties have no column but `id`: look `\(name)` up with "
                        + "net.nodes:join(...), or give the graph `nodes = g.with.roster`")
            }
            let near = NameSuggestion.near(
                name, among: readable.filter { setting.visible.has($0, in: dataset) }.sorted())
            throw .message(
                "the column `\(name)` is not declared: add it to `columns` of the measure\(near)")
        }
        guard let whole = try wholeColumn(name, of: group.frame, joined: group.joined) else {
            throw noColumn(name, in: dataset)
        }
        return ColumnView(
            group: group.ofColumn(name), data: group.part(of: whole, named: name), name: name,
            ownsMemory: group.isPicked)
    }

    /// Looking for a long text among names takes long, and no name is.
    func checkLength(ofName name: String) throws(LuaHostError) {
        guard name.utf8.count > 1024 else { return }
        throw .message("a name of \(name.utf8.count) bytes is looked for; names have at most 1024")
    }

    func requireSameRows(_ left: GroupView, _ right: GroupView, _ verb: String) throws(LuaHostError) {
        guard left !== right else { return }
        guard left.frame === right.frame else {
            throw .message("\(verb) cannot combine columns of different groups")
        }
        switch (left.rows, right.rows) {
        case (.range(let a), .range(let b)) where a == b: return
        case (.list(let a), .list(let b)) where a == b: return
        default: throw .message("\(verb) cannot combine columns of different groups")
        }
    }

    /// Numbers of a column that holds some; a text column is refused.
    func numbers(_ column: ColumnView, _ verb: String) throws(LuaHostError) -> ArraySlice<Double> {
        guard case .numbers(let numbers) = column.data.values else {
            throw .message("\(verb) needs numbers, but \(column.called) holds text: compare it with :is(\"...\")")
        }
        bill(rows: numbers.count)
        return numbers
    }

    func number(
        _ arguments: borrowing LuaArguments, _ index: Int, _ verb: String, _ what: String
    ) throws(LuaHostError) -> Double {
        guard let number = arguments[index].asNumber, !number.isNaN else {
            throw .message("\(verb) needs \(what), not \(arguments[index].called)")
        }
        return number
    }

    func options(
        _ arguments: borrowing LuaArguments, _ index: Int, _ verb: String, known: [String]
    ) throws(LuaHostError) -> LuaTable {
        switch arguments[index] {
        case .none: return LuaTable()
        case .table(let table):
            guard let fields = table.record else {
                throw .message("\(verb): options have names: { \(known.first ?? "name") = ... }")
            }
            for field in fields where !known.contains(field.name) {
                let near = NameSuggestion.near(field.name, among: known)
                throw .message("\(verb) has no option `\(field.name)`\(near)")
            }
            return table
        default: throw .message("\(verb) needs its options as a table, not \(arguments[index].typeName)")
        }
    }

    /// A threshold: a number, or a date as text for columns of dates and times.
    func threshold(_ value: LuaValue, for column: ColumnView, _ verb: String) throws(LuaHostError) -> Threshold {
        if let number = value.asNumber, !number.isNaN { return Threshold(number) }
        if column.data.kind == .empty, value.asString != nil { return Threshold(0) }  // nothing is compared
        if column.data.kind == .date || column.data.kind == .time, let text = value.asString {
            guard let date = CivilDate(text) else {
                throw .message("\(verb): `\(text)` is not a date; write it as \"2026-11-04\"")
            }
            guard column.data.kind == .time else { return Threshold(Double(date.day)) }
            let (start, end) = (date, date.adding(days: 1))
            return Threshold(
                from: Double(setting.dayStarts.instant(of: start)) / Double(CivilTime.microsecondsPerDay),
                upTo: Double(setting.dayStarts.instant(of: end)) / Double(CivilTime.microsecondsPerDay))
        }
        throw .message("\(verb) needs a number to compare \(column.called) with, not \(value.called)")
    }
}

/// What a column is compared with: a number, or the stretch of time that a day is.
struct Threshold {
    private let start: Double
    /// The first moment after it; nil for a number.
    private let end: Double?

    init(_ number: Double) {
        start = number
        end = nil
    }

    init(from start: Double, upTo end: Double) {
        self.start = start
        self.end = end
    }

    static func startsBefore(_ left: Threshold, _ right: Threshold) -> Bool { left.start < right.start }

    /// The number, when it is one.
    var number: Double? { end == nil ? start : nil }

    func isBelow(_ value: Double) -> Bool { end.map { value >= $0 } ?? (value > start) }
    func isAbove(_ value: Double) -> Bool { value < start }
    func holds(_ value: Double) -> Bool { !isBelow(value) && !isAbove(value) }
}

/// Thresholds in order, so that a value is not held against each of them.
struct ThresholdSet {
    private let points: [Threshold]
    private let days: [Threshold]

    init(_ thresholds: [Threshold]) {
        points = thresholds.filter { $0.number != nil }.sorted(by: Threshold.startsBefore)
        days = thresholds.filter { $0.number == nil }.sorted(by: Threshold.startsBefore)
    }

    /// Whether one of them is the value, or the day that it lies in. Days do not overlap, so it can only be the last that
    /// has begun.
    func holds(_ value: Double) -> Bool {
        [points, days].contains { thresholds in
            var (low, high) = (0, thresholds.count)
            while low < high {
                let middle = (low + high) / 2
                if thresholds[middle].isAbove(value) { high = middle } else { low = middle + 1 }
            }
            return low > 0 && thresholds[low - 1].holds(value)
        }
    }
}

extension LuaValue {
    /// As messages call what is no number that verbs can take.
    var called: String { asNumber.map(\.isNaN) == true ? "NaN (the result of 0/0, for example)" : typeName }
}

extension ColumnView {
    /// As messages call it.
    var called: String { name.map { "`\($0)`" } ?? "this column" }
}
