import LuaSandbox
import MeasureModel
import Statistics

/// What a verb computed, on its way to a script: a number and what it carries besides.
struct Computed {
    var value: Double?
    /// How many rows, pairs, items or ties it rests on; see the verb.
    var n: Int
    /// What n counts.
    var counted = Counted.rows
    var interval: Interval?
    var basis: HostEstimate.Basis?
    /// Why there is no value.
    var reason = "there is no valid value"
    private(set) var details: [String: HostEstimate.Detail] = [:]
    private(set) var deferred: HostEstimate.DeferredDetails?

    init(_ value: Double?, n: Int, interval: Interval? = nil) {
        self.value = value
        self.n = n
        self.interval = interval
    }

    /// A number beside it; nothing where it is undefined.
    mutating func add(_ name: String, _ number: Double?) {
        details[name] = number.flatMap { $0.isFinite ? HostEstimate.Detail(value: .number($0)) : nil }
    }

    /// A count beside it.
    mutating func add(_ name: String, _ count: Int?) {
        details[name] = count.map { HostEstimate.Detail(value: .integer(Int64($0))) }
    }

    /// A count of rows beside it, which rests on the persons in those, where there are any.
    mutating func add(_ name: String, _ count: Int, restingOn persons: Int?) {
        details[name] = HostEstimate.Detail(value: .integer(Int64(count)), persons: count == 0 ? nil : persons)
    }

    mutating func add(_ name: String, _ truth: Bool) {
        details[name] = HostEstimate.Detail(value: .boolean(truth))
    }

    mutating func add(_ name: String, _ text: String) {
        details[name] = HostEstimate.Detail(value: .string(text))
    }

    /// Both ends of an interval as `name_low` and `name_high`.
    mutating func add(_ name: String, _ interval: Interval?) {
        add(name + "_low", interval?.low)
        add(name + "_high", interval?.high)
    }

    /// A list in an order that the verb says; undefined numbers are false, so that the places stay.
    mutating func add(_ name: String, list: [Double?]) {
        details[name] = HostEstimate.Detail(value: .table(LuaTable(list: list.map(Self.shown))))
    }

    /// A list with an element for each row, for scripts that may look at rows.
    mutating func add(_ name: String, perRow list: [Double?]) {
        let numbers = list.compactMap(\.self).filter(\.isFinite)
        // Without gaps it can be handed over as it is.
        let value: LuaValue =
            numbers.count == list.count
            ? .column(LuaColumn(numbers[...], .numbers)) : .table(LuaTable(list: list.map(Self.shown)))
        details[name] = HostEstimate.Detail(value: value, showsRows: true)
    }

    /// Numbers by name, without those that are undefined.
    mutating func add(_ name: String, record: [(String, Double?)]) {
        let fields = record.compactMap { name, number in
            number.flatMap { $0.isFinite ? (name, LuaValue.number($0)) : nil }
        }
        details[name] = HostEstimate.Detail(value: .table(LuaTable(record: fields)))
    }

    /// Anything a table can hold; `showsRows` where it speaks of single rows.
    mutating func add(_ name: String, table: LuaTable, showsRows: Bool = false) {
        details[name] = HostEstimate.Detail(value: .table(table), showsRows: showsRows)
    }

    /// Details that tell of some of the rows rest on the persons in those.
    mutating func rest(_ names: [String], on persons: Int) {
        for name in names { details[name]?.persons = persons }
    }

    /// Details that take longer than the number, added when one of them is read.
    ///
    /// - Parameter byteCount: about what they will take.
    mutating func add(later names: Set<String>, byteCount: Int, _ add: @escaping (inout Computed) -> Void) {
        deferred = HostEstimate.DeferredDetails(names: names, byteCount: byteCount) { [n] in
            var companions = Computed(nil, n: n)
            add(&companions)
            return companions.details
        }
    }

    private static func shown(_ number: Double?) -> LuaValue {
        number.flatMap { $0.isFinite ? .number($0) : nil } ?? .boolean(false)
    }
}

extension Evaluation {
    /// Gives what was computed from rows of a group: `isBehind` says which. Undefined is `insufficient` with its reason.
    func give(
        from group: GroupView, column: ColumnView? = nil, where isBehind: ((Int) -> Bool)? = nil,
        _ compute: () throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        let computed: Computed
        do throws(Undefined) {
            computed = try compute()
        } catch {
            return try give(.estimate(.insufficient(error.reason)))
        }
        guard let value = computed.value else { return try give(.estimate(.insufficient(computed.reason))) }
        guard value.isFinite else { return try give(.estimate(.insufficient("the result is not finite"))) }
        let own = if let isBehind { try persons(group, where: isBehind) } else { try persons(group) }
        let counted = min(own, group.otherPersons ?? .max)
        var estimate = Estimate(
            value: value, n: computed.n, counted: computed.counted, persons: counted, classes: group.classes)
        estimate.set(computed.interval)
        if computed.interval != nil, counted == 1, computed.n > 1 { estimate.flags = [.singlePersonInterval] }
        return try give(
            .estimate(
                HostEstimate(
                    outcome: .value(estimate), basis: computed.basis, column: column, details: computed.details,
                    deferred: computed.deferred)))
    }

    /// Gives what was computed from the rows in which all of these columns, of one group, have a value.
    func give(
        from columns: [ColumnView], _ compute: () throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        guard let first = columns.first else { throw .message("there are no columns") }
        // What chose the rows of one column is behind all that is computed from them together.
        let group = columns.dropFirst().reduce(first.group) { $0.resting(on: $1.group) }
        return try give(from: group, where: { row in columns.allSatisfy { !$0.data.isMissing(row) } }, compute)
    }

    /// A level for intervals, from the option `level`.
    func level(_ options: LuaTable, _ verb: String) throws(LuaHostError) -> ConfidenceLevel {
        guard let given = options["level"] else { return level }
        guard let level = given.asNumber.flatMap(ConfidenceLevel.init), level.value <= 0.999 else {
            throw .message("\(verb): `level` is a share such as 0.95, above 0 and at most 0.999")
        }
        return level
    }

    /// One of several words, from an option; the first is what counts without it.
    func choice<Value>(
        _ options: LuaTable, _ name: String, _ verb: String, _ choices: [(word: String, value: Value)]
    ) throws(LuaHostError) -> Value {
        guard let given = options[name] else { return choices[0].value }
        guard let word = given.asString, let choice = choices.first(where: { $0.word == word }) else {
            let words = choices.map { "\"\($0.word)\"" }.joined(separator: ", ")
            throw .message("\(verb): `\(name)` is one of \(words)")
        }
        return choice.value
    }

    /// A column given by an option, as a column or its name; nil where it is not given.
    func column(
        _ options: LuaTable, _ name: String, of group: GroupView, _ verb: String
    ) throws(LuaHostError) -> ColumnView? {
        switch options[name] {
        case nil: return nil
        case .string(let column): return try self.column(named: column, of: group)
        case .object(let reference):
            guard case .column(let given) = object(reference) else { break }
            try requireSameRows(given.group, group, verb)
            return given
        default: break
        }
        throw .message("\(verb): `\(name)` is a column or a column's name")
    }
}
