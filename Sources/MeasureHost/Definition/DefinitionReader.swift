import LuaSandbox
import LuaSyntax
import MeasureModel

/// Turns the table that a measure file returns into a definition, or says what is wrong with it.
struct DefinitionReader {
    private let table: LuaTable
    private let lines: [String: Int]
    private let firstLine: Int

    static let knownFields = [
        "id", "version", "title", "question", "domain", "type", "direction", "unit", "source", "from", "with",
        "columns", "by", "every", "params", "presets", "chart", "value", "init", "step", "merge", "finish", "tests",
    ]

    /// Reads a definition. `firstLine` is where `measure` was called.
    static func read(
        _ value: LuaValue, lines: [String: Int], firstLine: Int
    ) throws(Failure) -> MeasureDefinition {
        guard let table = value.asTable else {
            throw Failure(.refused, "a measure file must end with `return measure { ... }`", line: firstLine)
        }
        return try DefinitionReader(table: table, lines: lines, firstLine: firstLine).definition()
    }

    private func definition() throws(Failure) -> MeasureDefinition {
        try checkFieldNames()
        let from = try text("from")
        let every = try choice("every", PeriodKind.self, standard: .all)
        let params = try parameters()
        let with = try texts("with") ?? []
        if with.contains(from) {
            throw failure("with", "`with` lists further datasets; `\(from)` is the measure's own")
        }
        return MeasureDefinition(
            id: try identifier(), version: try version(), title: try text("title"),
            question: try optionalText("question"), domain: try choice("domain", MeasureDefinition.Domain.self),
            type: try choice("type", MeasureDefinition.Kind.self),
            direction: table["direction"] == nil
                ? nil : try choice("direction", MeasureDefinition.Direction.self),
            unit: try text("unit"), source: try optionalText("source"), from: from, with: with,
            columns: try texts("columns"), by: try groupings(), every: every, params: params,
            presets: try presets(params),
            chart: try ChartDeclaration(table["chart"], every: every, line: lines["chart"] ?? firstLine)?.chart,
            form: try form(), tests: try testNames(), lines: lines)
    }

    private func failure(_ field: String, _ message: String) -> Failure {
        Failure(.refused, message, line: lines[field] ?? firstLine)
    }

    private func checkFieldNames() throws(Failure) {
        for entry in table.entries {
            guard case .string(let name) = entry.key else {
                throw failure("", "a measure has named fields only; write `name = value`")
            }
            guard Self.knownFields.contains(name) else {
                let near = NameSuggestion.near(name, among: Self.knownFields)
                throw failure(name, "a measure has no field `\(name)`\(near)")
            }
        }
    }

    private func text(_ field: String) throws(Failure) -> String {
        guard let text = try optionalText(field) else { throw failure(field, "the field `\(field)` is missing") }
        return text
    }

    private func optionalText(_ field: String) throws(Failure) -> String? {
        guard let value = table[field] else { return nil }
        guard let text = value.asString else {
            throw failure(field, "`\(field)` must be a text, not a \(value.typeName)")
        }
        guard !text.isEmpty else { throw failure(field, "`\(field)` is empty") }
        try checkVisible(text, field)
        guard text.utf8.count <= Self.longestText else {
            throw failure(field, "`\(field)` has more than \(Self.longestText) bytes")
        }
        return text
    }

    /// Texts of a definition are published: nobody must be shown something else than what stands there.
    private func checkVisible(_ text: String, _ field: String) throws(Failure) {
        guard VisibleText.of(text, keepingLines: true) == text else {
            throw failure(
                field,
                "`\(field)` holds characters that cannot be seen or that turn text around: \(VisibleText.of(text))")
        }
    }

    private static let longestText = 1_000

    /// What parameters, presets and dimensions are called is published too, and read by other programs.
    private func checkName(_ name: String, _ field: String) throws(Failure) {
        guard name.utf8.count <= 80, VisibleText.isName(name) else {
            throw failure(
                field,
                "a name in `\(field)` is blank, longer than 80 bytes, or holds characters that cannot be seen or odd "
                    + "spaces: \(VisibleText.of(name))")
        }
    }

    private func identifier() throws(Failure) -> String {
        let id = try text("id")
        let parts = id.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            guard let first = part.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else {
                return false
            }
            return part.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            }
        }
        guard isPlain, id.utf8.count <= 80 else {
            throw failure("id", "`id` is lower-case words joined by dots, such as team.safety, not `\(id)`")
        }
        return id
    }

    private func version() throws(Failure) -> String {
        let version = try text("version")
        let numbers = version.split(separator: ".", omittingEmptySubsequences: false)
        let areNumbers = numbers.allSatisfy { number in
            number.utf8.count <= 9 && !number.isEmpty && number.utf8.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
                && (number == "0" || !number.hasPrefix("0"))
        }
        guard numbers.count == 3, areNumbers else {
            throw failure("version", "`version` is three numbers, such as 1.0.0, not `\(version)`")
        }
        return version
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ field: String, _ type: Choice.Type, standard: Choice? = nil
    ) throws(Failure) -> Choice {
        if let standard, table[field] == nil { return standard }
        let text = try text(field)
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue)
            let near = NameSuggestion.near(text, among: names)
            throw failure(
                field,
                "`\(field)` cannot be `\(text)`\(near.isEmpty ? "; choose one of " + names.joined(separator: ", ") : near)"
            )
        }
        return choice
    }

    private func texts(_ field: String) throws(Failure) -> [String]? {
        guard let value = table[field] else { return nil }
        guard let list = value.asTable?.list else { throw failure(field, "`\(field)` must be a list of texts") }
        var texts: [String] = []
        for element in list {
            guard let text = element.asString else { throw failure(field, "`\(field)` must be a list of texts") }
            try checkVisible(text, field)
            guard !texts.contains(text) else { throw failure(field, "`\(field)` lists `\(text)` twice") }
            texts.append(text)
        }
        return texts
    }

    private func groupings() throws(Failure) -> [[String]] {
        guard let value = table["by"] else { return [[]] }
        guard let list = value.asTable?.list, !list.isEmpty else {
            throw failure("by", "`by` is a list of lists of dimensions, such as { {}, { \"role\" } }")
        }
        var groupings: [[String]] = []
        for element in list {
            guard let inner = element.asTable?.list else {
                throw failure("by", "`by` is a list of lists: write { { \"role\" } }, not { \"role\" }")
            }
            let dimensions = inner.compactMap(\.asString)
            guard dimensions.count == inner.count, Set(dimensions).count == dimensions.count else {
                throw failure("by", "each list in `by` names dimensions, each once")
            }
            for dimension in dimensions { try checkName(dimension, "by") }
            guard !groupings.contains(where: { Set($0) == Set(dimensions) }) else {
                throw failure("by", "`by` has the grouping { \(dimensions.joined(separator: ", ")) } twice")
            }
            groupings.append(dimensions)
        }
        return groupings
    }

    private func parameters() throws(Failure) -> [MeasureDefinition.Parameter] {
        guard let value = table["params"] else { return [] }
        guard let fields = value.asTable?.record else {
            throw failure("params", "`params` is written { name = { default = 1, min = 0, max = 2, about = \"...\" } }")
        }
        var parameters: [MeasureDefinition.Parameter] = []
        for field in fields {
            guard let record = field.value.asTable, let standard = record["default"]?.asNumber else {
                throw failure("params", "the parameter `\(field.name)` needs a number as `default`")
            }
            try checkName(field.name, "params")
            try checkParameter(field.name, record)
            let parameter = MeasureDefinition.Parameter(
                name: field.name, standard: standard, minimum: record["min"]?.asNumber,
                maximum: record["max"]?.asNumber, about: record["about"]?.asString)
            guard parameter.allows(standard) else {
                throw failure("params", "the default of the parameter `\(field.name)` is not between its min and max")
            }
            parameters.append(parameter)
        }
        return parameters
    }

    private func checkParameter(_ name: String, _ record: LuaTable) throws(Failure) {
        let known = ["default", "min", "max", "about"]
        for entry in record.entries {
            guard case .string(let field) = entry.key, known.contains(field) else {
                let field = if case .string(let text) = entry.key { text } else { "1" }
                let near = NameSuggestion.near(field, among: known)
                throw failure("params", "the parameter `\(name)` has no field `\(field)`\(near)")
            }
            if field == "about" {
                guard let about = entry.value.asString, about.utf8.count <= Self.longestText else {
                    throw failure(
                        "params",
                        "`about` of the parameter `\(name)` must be a text of at most \(Self.longestText) bytes")
                }
                try checkVisible(about, "params")
            } else if entry.value.asNumber == nil {
                throw failure("params", "`\(field)` of the parameter `\(name)` must be a number")
            }
        }
    }

    private func presets(_ parameters: [MeasureDefinition.Parameter]) throws(Failure) -> [MeasureDefinition.Preset] {
        guard let value = table["presets"] else { return [] }
        guard let fields = value.asTable?.record else {
            throw failure("presets", "`presets` is written { strict = { answered = 1 } }")
        }
        var presets: [MeasureDefinition.Preset] = []
        for field in fields {
            try checkName(field.name, "presets")
            guard let record = field.value.asTable?.record else {
                throw failure("presets", "the preset `\(field.name)` gives numbers to parameters: { answered = 1 }")
            }
            var values: [ParameterValue] = []
            for entry in record {
                guard let parameter = parameters.first(where: { $0.name == entry.name }) else {
                    let near = NameSuggestion.near(entry.name, among: parameters.map(\.name))
                    throw failure(
                        "presets", "the preset `\(field.name)` sets `\(entry.name)`, which is no parameter\(near)")
                }
                guard let number = entry.value.asNumber, parameter.allows(number) else {
                    throw failure(
                        "presets",
                        "the preset `\(field.name)` sets `\(entry.name)` to no number between its min and max")
                }
                values.append(ParameterValue(name: entry.name, value: number))
            }
            presets.append(MeasureDefinition.Preset(name: field.name, values: values))
        }
        return presets
    }

    private func form() throws(Failure) -> MeasureDefinition.Form {
        let parts = ["init", "step", "merge", "finish"]
        let present = parts.filter { table[$0] != nil }
        for name in present + (table["value"] == nil ? [] : ["value"]) where table[name] != .function {
            throw failure(name, "`\(name)` must be a function")
        }
        if table["value"] != nil {
            guard present.isEmpty else {
                throw failure("value", "a measure has either `value` or `init`, `step`, `merge` and `finish`")
            }
            return .value
        }
        guard !present.isEmpty else {
            throw failure("value", "the field `value` is missing: value = function(g, p) return g.column:mean() end")
        }
        if let absent = parts.first(where: { table[$0] == nil }) {
            throw failure(absent, "the field `\(absent)` is missing: init, step, merge and finish go together")
        }
        return .mergeable
    }

    private func testNames() throws(Failure) -> [String] {
        guard let value = table["tests"] else { return [] }
        guard let list = value.asTable?.list else {
            throw failure("tests", "`tests` is a list: { { name = \"...\", rows = { ... }, expect = { ... } } }")
        }
        var names: [String] = []
        for (index, test) in list.enumerated() {
            guard let fields = test.asTable else { throw failure("tests", "test \(index + 1) is no table") }
            let name = fields["name"]?.asString ?? "test \(index + 1)"
            try checkVisible(name, "tests")
            guard name.utf8.count <= Self.longestText else {
                throw failure("tests", "the name of test \(index + 1) has more than \(Self.longestText) bytes")
            }
            names.append(name)
        }
        return names
    }
}
