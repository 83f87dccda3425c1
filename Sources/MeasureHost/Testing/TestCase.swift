import CivilCalendar
import LuaSandbox
import MeasureModel

/// One test of a measure file, read from its table.
struct TestCase {
    var name: String
    /// Rows by dataset.
    var data: [String: [LuaTable]]
    /// Rows of the preceding period.
    var previous: [LuaTable]?
    var key: GroupKey
    var period: Period
    var asOf: CivilDate
    var params: [ParameterValue]
    var expect: LuaTable
    var tolerance: Double

    static let knownFields = [
        "name", "rows", "data", "previous", "keys", "period", "as_of", "params", "preset", "expect", "within",
    ]

    /// Reads a test; the error's text says what is wrong with it.
    init(_ table: LuaTable, _ definition: MeasureDefinition, number: Int) throws(TestProblem) {
        for entry in table.entries {
            guard case .string(let field) = entry.key, Self.knownFields.contains(field) else {
                let field = if case .string(let name) = entry.key { name } else { "1" }
                throw TestProblem(
                    "a test has no field `\(field)`\(NameSuggestion.near(field, among: Self.knownFields))")
            }
        }
        name = table["name"]?.asString ?? "test \(number)"
        data = try Self.data(table, definition)
        previous = try table["previous"].map { (value) throws(TestProblem) in try Self.previousRows(value, definition) }
        if previous != nil, definition.every == .all {
            throw TestProblem("`previous` needs periods: the measure says every = \"all\"")
        }
        key = GroupKey(
            (table["keys"]?.asTable?.record ?? []).compactMap { field in
                field.value.asString.map { GroupKey.Part(field.name, $0) }
            })
        asOf = try Self.date(table["as_of"], "as_of") ?? CivilDate(day: 47_482)  // 2100-01-01
        period = try Self.period(table["period"], definition.every)
        params = try Self.params(table, definition)
        guard let expect = table["expect"]?.asTable else {
            throw TestProblem("the test says nothing of what it expects: expect = { value = 1 }")
        }
        for field in expect.record ?? [] where !Self.expectations.contains(field.name) {
            let near = NameSuggestion.near(field.name, among: Self.expectations)
            throw TestProblem("`expect` has no field `\(field.name)`\(near)")
        }
        guard expect.record?.isEmpty == false else {
            throw TestProblem(
                "`expect` names nothing, so the test would pass whatever comes out: expect = { value = 1 }")
        }
        self.expect = expect
        tolerance = table["within"]?.asNumber ?? 1e-9
        guard tolerance >= 0, tolerance.isFinite else {
            throw TestProblem("`within` is how far numbers may be off: a number from 0 on, such as 0.01")
        }
    }

    static let expectations = ["value", "n", "low", "high", "parts", "status", "error"]

    private static func data(
        _ table: LuaTable, _ definition: MeasureDefinition
    ) throws(TestProblem) -> [String: [LuaTable]] {
        var data: [String: [LuaTable]] = [:]
        if let rows = table["rows"] { data[definition.from] = try Self.rows(rows, "rows") }
        guard let datasets = table["data"] else { return data }
        guard let fields = datasets.asTable?.record else {
            throw TestProblem("`data` is written { \(definition.from) = { { ... } } }")
        }
        let known = [definition.from] + definition.with
        for field in fields {
            guard known.contains(field.name) else {
                let near = NameSuggestion.near(field.name, among: known)
                throw TestProblem("`data` has rows of `\(field.name)`, which the measure does not use\(near)")
            }
            data[field.name] = try Self.rows(field.value, "data.\(field.name)")
        }
        return data
    }

    private static func previousRows(
        _ value: LuaValue, _ definition: MeasureDefinition
    ) throws(TestProblem) -> [LuaTable] {
        if let own = value.asTable?[definition.from] { return try rows(own, "previous") }
        return try rows(value, "previous")
    }

    private static func rows(_ value: LuaValue, _ field: String) throws(TestProblem) -> [LuaTable] {
        guard let list = value.asTable?.list else {
            throw TestProblem("`\(field)` is a list of rows: { { item = 4 }, { item = 5 } }")
        }
        var rows: [LuaTable] = []
        for (index, element) in list.enumerated() {
            guard let row = element.asTable, row.record != nil else {
                throw TestProblem("row \(index + 1) of `\(field)` is no record: write { item = 4 }")
            }
            rows.append(row)
        }
        return rows
    }

    private static func date(_ value: LuaValue?, _ field: String) throws(TestProblem) -> CivilDate? {
        guard let value else { return nil }
        guard let date = value.asString.flatMap(CivilDate.init) else {
            throw TestProblem("`\(field)` is a date as text, such as \"2026-11-04\"")
        }
        return date
    }

    private static func period(_ value: LuaValue?, _ kind: PeriodKind) throws(TestProblem) -> Period {
        var label = "test"
        var start = CivilDate(day: 1)
        var end = CivilDate(day: 2)
        switch value {
        case nil: break
        case .string(let text): label = text
        case .table(let table):
            label = table["label"]?.asString ?? label
            start = try date(table["start"], "period.start") ?? start
            end = try date(table["stop"], "period.stop") ?? start.adding(days: 1)
        default: throw TestProblem("`period` is a label or { label = , start = , stop = }")
        }
        return Period(
            kind: kind, label: label,
            days: Period.Days(
                start: start, end: end, startInstant: Int64(start.day) * CivilTime.microsecondsPerDay,
                endInstant: Int64(end.day) * CivilTime.microsecondsPerDay))
    }

    private static func params(
        _ table: LuaTable, _ definition: MeasureDefinition
    ) throws(TestProblem) -> [ParameterValue] {
        var overrides: [ParameterValue] = []
        if let name = table["preset"]?.asString {
            guard let preset = definition.presets.first(where: { $0.name == name }) else {
                let near = NameSuggestion.near(name, among: definition.presets.map(\.name))
                throw TestProblem("the measure has no preset `\(name)`\(near)")
            }
            overrides += preset.values
        }
        for field in table["params"]?.asTable?.record ?? [] {
            guard let number = field.value.asNumber else { throw TestProblem("`params` gives numbers to parameters") }
            overrides.append(ParameterValue(name: field.name, value: number))
        }
        do {
            return try definition.params(with: overrides)
        } catch {
            throw TestProblem(error.message)
        }
    }
}

/// What is wrong with a test, or with what the measure gave in it.
struct TestProblem: Error {
    var text: String

    init(_ text: String) {
        self.text = text
    }
}
