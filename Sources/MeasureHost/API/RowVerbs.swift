import LuaSandbox
import MeasureModel

/// Single rows, for scripts that may look at them.
enum RowVerbs {
    /// `for r in g:rows() do`: the number of rows.
    static func rows(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "rows")
        try host.requireRowAccess("rows", of: group)
        try host.touch(group)
        host.bill(rows: group.count)
        return .integer(Int64(group.count))
    }

    /// `r.name`.
    static func index(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (group, row) = try row(host, arguments)
        guard let name = arguments[1].asString else { throw .message("a row is asked for columns by name") }
        let column = try host.wholeColumn(named: name, of: group)
        let place = group.frameRow(row)
        switch column.values {
        case .numbers(let numbers): return value(numbers[numbers.startIndex + place], column.kind)
        case .labels(let codes, let labels):
            let code = codes[codes.startIndex + place]
            guard code >= 0 else { return .none }
            return .string(host.shown(labels.texts[Int(code)], of: name, in: group))
        }
    }

    /// The cells of a column in the rows from the given one on, as many as a loop takes at a time.
    static func block(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (group, row) = try row(host, arguments)
        guard let name = arguments[1].asString else { return .none }
        let column = try host.wholeColumn(named: name, of: group)
        let places = row..<min(row + 256, group.count)
        switch column.values {
        case .numbers(let numbers):
            let form: LuaColumn.Form = column.kind == .truth ? .truths : .numbers
            let start = numbers.startIndex
            guard case .range(let range) = group.rows else {
                return .column(LuaColumn(places.map { numbers[start + group.frameRow($0)] }[...], form))
            }
            let first = start + range.lowerBound
            return .column(LuaColumn(numbers[first + places.lowerBound..<first + places.upperBound], form))
        case .labels(let codes, _):
            let start = codes.startIndex
            let shown = places.map { place -> Double in
                let code = codes[start + group.frameRow(place)]
                return code < 0 ? .nan : Double(code)
            }
            return .column(LuaColumn(shown[...], .codes))
        }
    }

    /// The text of a code that ``block`` gave.
    static func text(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (group, _) = try row(host, arguments)
        guard let name = arguments[1].asString, case .integer(let code) = arguments[2],
            case .labels(_, let labels) = try host.wholeColumn(named: name, of: group).values
        else { return .none }
        return .string(host.shown(labels.texts[Int(code)], of: name, in: group))
    }

    /// A value as Lua has it: whole numbers as integers, truths as booleans, dates and times in days.
    static func value(_ number: Double, _ kind: ColumnKind) -> LuaValue {
        if number.isNaN { return .none }
        if kind == .truth { return .boolean(number == 1) }
        return Int64(exactly: number).map(LuaValue.integer) ?? .number(number)
    }

    /// `r:why("name")`: the kind of a missing value, nil when it is there.
    static func why(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (group, row) = try row(host, arguments)
        guard let name = arguments[1].asString else { throw .message("why needs a column's name: r:why(\"minutes\")") }
        let column = try host.wholeColumn(named: name, of: group)
        return column.missingKind(group.frameRow(row)).map { .string($0.name) } ?? .none
    }

    /// The valid values of a column as a list, in the order of the rows.
    static func values(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "values")
        try host.requireRowAccess("values", of: column.group)
        try host.touch(column)
        host.bill(rows: column.data.count)
        switch column.data.values {
        case .numbers(let numbers):
            return .column(LuaColumn(numbers, column.data.kind == .truth ? .truths : .numbers))
        case .labels(let codes, let labels):
            let shown = labels.texts.map { LuaValue.string(host.shown($0, of: column)) }
            return .table(LuaTable(list: codes.filter { $0 >= 0 }.map { shown[Int($0)] }))
        }
    }

    // MARK: map

    static func mapCount(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "map")
        try host.requireRowAccess("map", of: column.group)
        try host.touch(column)
        return .integer(Int64(column.data.count))
    }

    static func mapElement(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "map")
        guard case .integer(let row) = arguments[1] else { return .none }
        switch column.data.values {
        case .numbers(let numbers): return value(numbers[numbers.startIndex + Int(row)], column.data.kind)
        case .labels(let codes, let labels):
            let code = codes[codes.startIndex + Int(row)]
            return code < 0 ? .none : .string(host.shown(labels.texts[Int(code)], of: column))
        }
    }

    /// What the function gave: numbers, or yes and no; nil is missing as `not_applicable`.
    static func mapResult(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "map")
        let mapped = arguments.mapped(at: 1)
        host.bill(rows: mapped.count)
        var why = [UInt8](repeating: 0, count: mapped.count)
        var isTruth = true
        let values = mapped.enumerated().map { row, result -> Double in
            switch result {
            case .truth(let truth): return truth ? 1 : 0
            case .number(let number):
                isTruth = false
                if number.isFinite { return number }
                why[row] = MissingKind.notApplicable.rawValue
            case .missing: why[row] = MissingKind.notApplicable.rawValue
            case .untouched: why[row] = column.data.missingKind(row)?.rawValue ?? MissingKind.skipped.rawValue
            }
            return .nan
        }
        let data = ColumnData(kind: isTruth ? .truth : .number, numbers: values, why: why[...])
        return try host.give(.column(ColumnView(group: column.group, data: data, ownsMemory: true)))
    }

    private static func row(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> (GroupView, Int) {
        if case .object(let reference) = arguments[0], reference.kind == ObjectKind.row.rawValue,
            case .group(let group) = host.object(LuaObject(kind: ObjectKind.group.rawValue, id: reference.id))
        {
            return (group, Int(reference.aux))
        }
        throw .message("write r:why(\"name\") with a colon")
    }
}

extension Evaluation {
    /// Single rows are a permission of the measure. One of a plugin has it for the datasets that the plugin declares so:
    /// its own, that of the rows, and all on which they rest. Where nobody knows the rows, they may be of
    /// any dataset that it may look into.
    func requireRowAccess(_ verb: String, of rows: GroupView?) throws(LuaHostError) {
        guard setting.visible.isConfined else {
            guard !setting.mayReadRows else { return }
            throw .message(
                "\(verb) looks at single rows, which this measure may not: write it with column verbs, "
                    + "or list its id under `row_access` in plumbline.yaml")
        }
        let sources = (group?.sources ?? []).union(rows?.sources ?? Set(setting.with))
        guard let hidden = sources.sorted().first(where: { !setting.visible.hasRows(of: $0) }) else { return }
        throw .message(
            "\(verb) looks at single rows of \(hidden), which its plugin does not declare: write it with column verbs, "
                + "or `rows: true` for `\(hidden)` under `reads` in plugin.yaml")
    }

    /// A column over the whole frame, of which rows are read in place.
    func wholeColumn(named name: String, of group: GroupView) throws(LuaHostError) -> ColumnData {
        try checkLength(ofName: name)
        let isReadable =
            (group.readable?.contains(name) ?? true) && setting.visible.has(name, in: group.frame.dataset)
        // A column that was looked up is the script's own, whatever it may name of the dataset.
        if isReadable || group.joined[name] != nil,
            let whole = try wholeColumn(name, of: group.frame, joined: group.joined)
        {
            return whole
        }
        return try column(named: name, of: group).data  // says what is wrong
    }

    /// A column over the whole frame; nil when there is none. Gathering is off the script's clock, but stopping the
    /// clock costs two system calls, so a column that is there already does not.
    func wholeColumn(
        _ name: String, of frame: Frame, joined: [String: GroupView.JoinedColumn] = [:]
    ) throws(LuaHostError) -> ColumnData? {
        if let known = joined[name]?.data ?? frame.gathered(name) { return known }
        guard frame.dataset.hasColumn(name) else { return nil }
        return try data { () throws(DataError) in try frame.column(name) }
    }

    /// A text as scripts see it: person ids become pseudonyms.
    func shown(_ text: String, of column: ColumnView) -> String {
        column.name.map { shown(text, of: $0, in: column.group) } ?? text
    }

    func shown(_ text: String, of name: String, in group: GroupView) -> String {
        guard group.namesPersons(name) else { return text }
        return Pseudonym.of(text, salt: setting.pseudonymSalt)
    }

    /// Data of this dataset's class entered the result.
    func touchClass(of dataset: Dataset) {
        noteClass(dataset.description.dataClass)
    }
}

/// Stands for a person's id in scripts. It hides the id from a reader of results; it is not a secret from someone who
/// knows the ids and the workspace.
enum Pseudonym {
    static func of(_ id: String, salt: UInt64) -> String {
        "p" + String(StableHash.of(id.utf8, seed: salt), radix: 36)
    }
}

/// FNV-1a with 64 bits and a final mix (Fowler, Noll, Vo; the mix of SplitMix64): the same in every process.
enum StableHash {
    static func of(_ bytes: some Sequence<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ seed
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        return hash ^ (hash >> 31)
    }
}
