import CivilCalendar
import LuaSandbox
import MeasureModel

/// What a group can be asked and split into.
enum GroupVerbs {
    /// `g.n`, `g.keys`, `g.period`, `g.as_of`, `g.with`, and columns by name.
    static func index(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "column")
        guard let name = arguments[1].asString else {
            throw .message("a group is asked for columns by name, not by a \(arguments[1].typeName)")
        }
        switch name {
        case "n":
            try host.touch(group)
            host.take(persons: try host.personsIfAny(group))
            return .integer(Int64(group.count))
        case "keys": return keys(group)
        case "period": return period(host, group)
        case "as_of":
            host.noteAsOfWasRead()
            return .string(host.setting.asOf.description)
        case "with": return try host.give(.companions(group))
        default: return try host.give(.column(try host.column(named: name, of: group)))
        }
    }

    static func column(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "column")
        guard let name = arguments[1].asString else { throw .message("column needs a name: g:column(\"n\")") }
        return try host.give(.column(try host.column(named: name, of: group)))
    }

    private static func keys(_ group: GroupView) -> LuaValue {
        .table(LuaTable(record: group.key.parts.map { ($0.dimension, .string($0.value)) }))
    }

    private static func period(_ host: Evaluation, _ group: GroupView) -> LuaValue {
        guard let period = group.period.map({ host.setting.periods[$0] }) else { return .none }
        var fields: [(String, LuaValue)] = [("kind", .string(period.kind.rawValue)), ("label", .string(period.label))]
        if let days = period.days {
            fields += [("start", .string(days.start.description)), ("stop", .string(days.end.description))]
        }
        return .table(LuaTable(record: fields))
    }

    /// The rows for which a comparison is true; missing is not.
    static func filtered(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "where")
        guard case .object(let reference) = arguments[1], case .column(let mask) = host.object(reference) else {
            throw .message("where needs a comparison: g:where(g.role:is(\"teacher\"))")
        }
        try host.requireSameRows(mask.group, group, "where")
        let truths = try host.truths(mask, "where")
        let start = truths.startIndex
        let places = truths.indices.compactMap { truths[$0] == 1 ? Int32($0 - start) : nil }
        let subset = group.subset(places).resting(on: mask.group)
        try host.touch(subset)
        return try host.give(.group(subset))
    }

    /// Pairs of value and rows, one for each value of a column, sorted by bytes.
    static func each(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "each")
        guard let name = arguments[1].asString else { throw .message("each needs a column's name: g:each(\"school\")") }
        let column = try host.column(named: name, of: group)
        if host.namesPersons(column) { try host.requireRowAccess("each(\"\(name)\")", of: group) }
        host.bill(rows: group.count)
        var entries: [LuaValue] = []
        var labels: [String] = []
        var fewest: Int?
        for (number, (text, places)) in try parts(host, column).enumerated() {
            if number % 256 == 0 { try host.stopIfOver() }
            let shown = host.shown(text, of: column)
            let subset = group.subset(places, key: GroupKey(group.key.parts + [GroupKey.Part(name, shown)]))
            try host.touch(subset)
            fewest = min(fewest ?? .max, try host.persons(subset))
            labels.append(shown)
            entries += [.string(shown), try host.give(.group(subset))]
        }
        host.showed(labels, ofDimension: column.isDimension, fewestPersons: fewest)
        return .table(LuaTable(list: entries))
    }

    /// The different values of a column, sorted, with the places of their rows.
    static func parts(_ host: Evaluation, _ column: ColumnView) throws(LuaHostError) -> [(String, [Int32])] {
        switch column.data.values {
        case .labels(let codes, let labels):
            var places = [[Int32]](repeating: [], count: labels.texts.count)
            try host.inStretches(codes.count) { range in
                for place in range {
                    let code = codes[codes.startIndex + place]
                    if code >= 0 { places[Int(code)].append(Int32(place)) }
                }
            }
            return zip(labels.texts, places).filter { !$1.isEmpty }
        case .numbers(let numbers):
            var places: [Double: [Int32]] = [:]
            try host.inStretches(numbers.count) { range in
                for place in range {
                    let number = numbers[numbers.startIndex + place]
                    if !number.isNaN { places[number, default: []].append(Int32(place)) }
                }
            }
            return places.sorted { $0.key < $1.key }.map { (Dataset.text(of: $0.key, column.data.kind), $0.value) }
        }
    }

    /// The rows of the same key in the preceding calendar period; nil when there are none.
    static func previous(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "previous")
        guard case .range = group.rows else {
            throw .message("previous is asked of the whole group: take g:previous() first, then :where(...)")
        }
        guard let period = group.period, period > 0 else { return .none }
        let frame = group.frame
        let values = frame.dimensions.map { group.key[$0] ?? "" }
        guard let number = frame.group(values, period: period - 1) else { return .none }
        let earlier = GroupView(
            frame: frame, rows: .range(frame.groups[number].rows), key: group.key, period: period - 1,
            readable: group.readable)
        try host.touch(earlier)
        return try host.give(.group(earlier))
    }

    /// `g.with.roster`: the rows of another dataset with the group's keys that are valid in its period.
    static func companion(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        guard case .object(let reference) = arguments[0], case .companions(let group) = host.object(reference),
            let name = arguments[1].asString
        else { throw .message("write g.with.roster") }
        let companion = try Companions.group(host, of: group, dataset: name)
        try host.touch(companion)
        return try host.give(.group(companion))
    }
}
