import LuaSandbox
import MeasureModel
import Statistics

/// The field `chart` of a definition: `{ kind = "p", rules = "anhoej", baseline = 12 }`.
struct ChartDeclaration {
    let chart: MeasureDefinition.Chart

    /// Reads the field; nil where there is none.
    init?(_ value: LuaValue?, every: PeriodKind, line: Int) throws(Failure) {
        guard let value else { return nil }
        guard let fields = value.asTable?.record else {
            throw Failure(
                .refused, "`chart` is written { kind = \"p\", rules = \"anhoej\", baseline = 12 }", line: line)
        }
        let reader = Reader(fields: fields, line: line)
        chart = try reader.chart()
        if every == .all {
            throw Failure(
                .refused, "a chart shows how a value moves: say which periods it has with `every`, such as \"month\"",
                line: line)
        }
    }

    private struct Reader {
        let fields: [(name: String, value: LuaValue)]
        let line: Int

        /// Subgroups are values within a period, of which a series has none.
        private static let kinds = ChartKind.allCases.filter { $0 != .xbarS && $0 != .xbarR }
        private static let baselines = 2...10_000

        func chart() throws(Failure) -> MeasureDefinition.Chart {
            let known = ["kind", "rules", "baseline"]
            for field in fields where !known.contains(field.name) {
                throw failure("`chart` has no field `\(field.name)`\(NameSuggestion.near(field.name, among: known))")
            }
            guard let kind = try word("kind", Self.kinds) else {
                throw failure("`chart` needs a `kind`: \(Self.list(Self.kinds))")
            }
            let rules = try word("rules", RuleSet.allCases) ?? .anhoej
            if rules.needsLimits, kind == .run {
                throw failure("the rules `\(rules.rawValue)` need limits, which a run chart does not have")
            }
            return .init(kind: kind.rawValue, rules: rules.rawValue, baseline: try baseline())
        }

        private func failure(_ message: String) -> Failure { Failure(.refused, message, line: line) }

        private func field(_ name: String) -> LuaValue? { fields.first { $0.name == name }?.value }

        private static func list<Word: RawRepresentable<String>>(_ words: [Word]) -> String {
            "choose one of " + words.map(\.rawValue).joined(separator: ", ")
        }

        private func word<Word: RawRepresentable<String> & Equatable>(
            _ name: String, _ words: [Word]
        ) throws(Failure) -> Word? {
            guard let value = field(name) else { return nil }
            guard let text = value.asString, let word = Word(rawValue: text), words.contains(word) else {
                let near = value.asString.map { NameSuggestion.near($0, among: words.map(\.rawValue)) } ?? ""
                let said = value.asString.map { "`\($0)`" } ?? "a \(value.typeName)"
                throw failure(
                    "`\(name)` of `chart` cannot be \(said)" + (near.isEmpty ? "; \(Self.list(words))" : near))
            }
            return word
        }

        private func baseline() throws(Failure) -> Int? {
            guard let value = field("baseline") else { return nil }
            guard let count = value.asNumber.flatMap({ Int(exactly: $0) }), Self.baselines ~= count else {
                throw failure(
                    "`baseline` of `chart` is a number of periods from \(Self.baselines.lowerBound) to "
                        + "\(Self.baselines.upperBound)")
            }
            return count
        }
    }
}
