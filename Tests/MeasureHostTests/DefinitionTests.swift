import MeasureModel
import Testing

/// What is said of a measure file before any data are seen: every field, with its line and the nearest name.
struct DefinitionTests {
    /// A good file; each field stands in a line of its own.
    static let fields: [(name: String, text: String)] = [
        ("id", "\"team.safety\""), ("version", "\"1.2.3\""), ("title", "\"Safety\""), ("question", "\"Safe?\""),
        ("domain", "\"within_team\""), ("type", "\"driver\""), ("direction", "\"higher\""), ("unit", "\"points\""),
        ("source", "\"adapted\""), ("from", "\"survey\""), ("with", "{ \"roster\" }"), ("columns", "{ \"a\", \"b\" }"),
        ("by", "{ {}, { \"district\" }, { \"role\", \"team\" } }"), ("every", "\"wave\""),
        ("params", "{ answered = { default = 0.5, min = 0, max = 1, about = \"share\" }, k = { default = 2 } }"),
        ("presets", "{ strict = { answered = 1 } }"), ("chart", "nil"),
        ("value", "function(g, p) return g.a:mean() end"),
        ("tests", "{ { name = \"one\", rows = {}, expect = {} }, { rows = {}, expect = {} } }"),
    ]

    /// The file with one field replaced; an empty text leaves it out.
    static func file(replacing name: String = "", with text: String = "", adding more: String = "") -> String {
        var lines = ["return measure {"]
        for field in fields {
            let value = field.name == name ? text : field.text
            if !value.isEmpty { lines.append("  \(field.name) = \(value),") } else { lines.append("") }
        }
        return (lines + [more, "}"]).joined(separator: "\n")
    }

    static func line(of name: String) -> Int { (fields.firstIndex { $0.name == name } ?? -1) + 2 }

    private func define(_ source: String) throws -> (MeasureDefinition?, Failure?, [Finding]) {
        let script = Script(name: "Measures/x.lua", source: Array(source.utf8))
        guard
            case .defined(let definition, let failure, let findings) = try World().replies(to: [
                .define(script, limits: EvaluationLimits())
            ])[1][0]
        else { throw World.Unexpected(replies: []) }
        return (definition, failure, findings)
    }

    @Test func aGoodFileIsRead() throws {
        let (definition, failure, findings) = try define(Self.file())
        #expect(failure == nil && findings.isEmpty)
        var read = try #require(definition)
        #expect(read.lines["columns"] == Self.line(of: "columns"))
        #expect(read.lines["columns.b"] == Self.line(of: "columns"))
        #expect(read.lines["tests.2"] == Self.line(of: "tests"))
        read.lines = [:]
        #expect(
            read
                == MeasureDefinition(
                    id: "team.safety", version: "1.2.3", title: "Safety", question: "Safe?", domain: .withinTeam,
                    type: .driver, direction: .higher, unit: "points", source: "adapted", from: "survey",
                    with: ["roster"], columns: ["a", "b"], by: [[], ["district"], ["role", "team"]], every: .wave,
                    params: [
                        MeasureDefinition.Parameter(
                            name: "answered", standard: 0.5, minimum: 0, maximum: 1, about: "share"),
                        MeasureDefinition.Parameter(name: "k", standard: 2),
                    ],
                    presets: [
                        MeasureDefinition.Preset(
                            name: "strict", values: [ParameterValue(name: "answered", value: 1)])
                    ], tests: ["one", "test 2"]))
    }

    @Test func optionalFieldsMayBeAbsent() throws {
        for name in ["question", "direction", "source", "with", "columns", "by", "every", "presets", "chart", "tests"] {
            let (definition, failure, _) = try define(Self.file(replacing: name))
            #expect(failure == nil, "\(name): \(failure?.message ?? "")")
            if name == "by" { #expect(definition?.by == [[]]) }
            if name == "every" { #expect(definition?.every == .all) }
            if name == "columns" { #expect(definition?.columns == nil) }
        }
    }

    @Test func requiredFieldsAreNamed() throws {
        for name in ["id", "version", "title", "domain", "type", "unit", "from"] {
            let (definition, failure, _) = try define(Self.file(replacing: name))
            #expect(definition == nil)
            #expect(failure?.code == .refused && failure?.message == "the field `\(name)` is missing", "\(name)")
            #expect(failure?.line == 1, "where `measure` was called")
            #expect(failure?.file == "Measures/x.lua")
        }
        #expect(
            try define(Self.file(replacing: "value")).1?.message.hasPrefix(
                "the field `value` is missing: value = function(g, p)") == true)
    }

    @Test func aChartIsRead() throws {
        for (text, chart) in [
            ("{ kind = \"p\", baseline = 12 }", MeasureDefinition.Chart(kind: "p", rules: "anhoej", baseline: 12)),
            ("{ kind = \"run\", rules = \"ihi\" }", .init(kind: "run", rules: "ihi")),
            ("{ kind = \"xmr\", rules = \"nelson\" }", .init(kind: "xmr", rules: "nelson")),
        ] {
            let (definition, failure, findings) = try define(Self.file(replacing: "chart", with: text))
            #expect(failure == nil && findings.isEmpty, "\(failure?.message ?? "")")
            #expect(definition?.chart == chart)
        }
        let timeless = Self.file(replacing: "chart", with: "{ kind = \"p\" }").replacing("\"wave\"", with: "\"all\"")
        let failure = try define(timeless).1
        #expect(failure?.message.hasPrefix("a chart shows how a value moves") == true)
        #expect(failure?.line == Self.line(of: "chart"))
    }

    static let mistakes: [(field: String, text: String, message: String)] = [
        ("id", "3", "`id` must be a text, not a number"), ("id", "\"Team.safety\"", "lower-case words joined by dots"),
        ("id", "\"team..safety\"", "such as team.safety, not `team..safety`"), ("id", "\"team.1\"", "lower-case words"),
        ("id", "\"\"", "`id` is empty"), ("id", "\"a/b\"", "lower-case words"),
        ("id", "(\"x\"):rep(81)", "lower-case words joined by dots"),
        ("version", "\"1.0\"", "`version` is three numbers, such as 1.0.0, not `1.0`"),
        ("version", "\"1.0.x\"", "`version` is three numbers"), ("version", "\"1.0.01\"", "`version` is three numbers"),
        ("version", "\"1.-2.0\"", "`version` is three numbers"),
        ("version", "\"+1.0.0\"", "`version` is three numbers"),
        ("version", "1.0", "`version` must be a text, not a number"),
        ("title", "{}", "`title` must be a text, not a table"),
        ("title", "\"\"", "`title` is empty"), ("question", "true", "`question` must be a text, not a boolean"),
        ("domain", "\"within_taem\"", "`domain` cannot be `within_taem`; did you mean `within_team`?"),
        ("domain", "\"zzzzzzzz\"", "choose one of hub, roles, improvement, within_team"),
        ("type", "\"drvier\"", "did you mean `driver`?"), ("direction", "\"up\"", "choose one of higher, lower"),
        ("unit", "1", "`unit` must be a text"), ("from", "{}", "`from` must be a text"),
        ("with", "\"roster\"", "`with` must be a list of texts"), ("with", "{ 1 }", "`with` must be a list of texts"),
        ("columns", "{ \"a\", \"a\" }", "`columns` lists `a` twice"),
        ("columns", "{ a = 1 }", "`columns` must be a list"),
        ("by", "{ \"role\" }", "`by` is a list of lists: write { { \"role\" } }, not { \"role\" }"),
        ("by", "{}", "`by` is a list of lists of dimensions"),
        ("by", "\"role\"", "`by` is a list of lists of dimensions"),
        ("by", "{ { \"role\", \"role\" } }", "each list in `by` names dimensions, each once"),
        ("by", "{ { 1 } }", "each list in `by` names dimensions"),
        (
            "by", "{ { \"nope\\27\" } }",
            "a name in `by` is blank, longer than 80 bytes, or holds characters that cannot"
        ),
        ("params", "{ [\"a\\27\"] = { default = 1 } }", "a name in `params` is blank"),
        ("params", "{ a = { default = 1, about = \"\\u{202e}x\" } }", "`params` holds characters that cannot be seen"),
        ("presets", "{ [\" \"] = { answered = 1 } }", "a name in `presets` is blank"),
        ("tests", "{ { name = \"\\27[31m\", expect = { n = 0 } } }", "`tests` holds characters that cannot be seen"),
        (
            "tests", "{ { name = (\"x\"):rep(1001), expect = { n = 0 } } }",
            "the name of test 1 has more than 1000 bytes"
        ),
        ("title", "(\"x\"):rep(1001)", "`title` has more than 1000 bytes"),
        ("by", "{ { \"a\", \"b\" }, { \"b\", \"a\" } }", "`by` has the grouping { b, a } twice"),
        ("every", "\"weak\"", "`every` cannot be `weak`; did you mean `week`?"),
        ("chart", "\"p\"", "`chart` is written { kind = \"p\""), ("chart", "{ \"p\" }", "`chart` is written"),
        ("chart", "{}", "`chart` needs a `kind`: choose one of run, xmr, p,"),
        ("chart", "{ kind = 1 }", "`kind` of `chart` cannot be a number"),
        ("chart", "{ kind = \"xmR\" }", "`kind` of `chart` cannot be `xmR`; did you mean `xmr`?"),
        ("chart", "{ kind = \"xbar_s\" }", "`kind` of `chart` cannot be `xbar_s`"),
        ("chart", "{ kind = \"p\", rules = \"anhøj\" }", "`rules` of `chart` cannot be `anhøj`"),
        ("chart", "{ kind = \"run\", rules = \"nelson\" }", "need limits, which a run chart does not have"),
        ("chart", "{ kind = \"p\", baseline = 1 }", "`baseline` of `chart` is a number of periods from 2 to 10000"),
        ("chart", "{ kind = \"p\", baseline = \"12\" }", "`baseline` of `chart` is a number"),
        ("chart", "{ kind = \"p\", basline = 12 }", "`chart` has no field `basline`; did you mean `baseline`?"),
        ("params", "{ 1 }", "`params` is written { name = { default = 1"),
        ("params", "{ a = 1 }", "the parameter `a` needs a number as `default`"),
        ("params", "{ a = { min = 1 } }", "the parameter `a` needs a number as `default`"),
        ("params", "{ a = { default = 1, mni = 0 } }", "has no field `mni`; did you mean `min`?"),
        ("params", "{ a = { default = 1, min = \"0\" } }", "`min` of the parameter `a` must be a number"),
        ("params", "{ a = { default = 1, about = 3 } }", "`about` of the parameter `a` must be a text"),
        (
            "params", "{ a = { default = 5, max = 2 } }",
            "the default of the parameter `a` is not between its min and max"
        ),
        ("params", "{ a = { default = 0/0 } }", "the default of the parameter `a` is not between"),
        ("presets", "{ 1 }", "`presets` is written"),
        ("presets", "{ s = 1 }", "the preset `s` gives numbers to parameters"),
        ("presets", "{ s = { answred = 1 } }", "sets `answred`, which is no parameter; did you mean `answered`?"),
        ("presets", "{ s = { answered = 2 } }", "sets `answered` to no number between its min and max"),
        ("presets", "{ s = { answered = \"1\" } }", "sets `answered` to no number"),
        ("value", "1", "`value` must be a function"), ("tests", "1", "`tests` is a list"),
        ("tests", "{ a = {} }", "`tests` is a list"), ("tests", "{ {}, 1 }", "test 2 is no table"),
    ]

    @Test(arguments: mistakes) func aMistakeIsNamedAtItsLine(field: String, text: String, message: String) throws {
        let (definition, failure, _) = try define(Self.file(replacing: field, with: text))
        #expect(definition == nil)
        #expect(failure?.code == .refused)
        #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "no failure")")
        #expect(failure?.line == Self.line(of: field))
    }

    @Test func unknownFieldsAreNamed() throws {
        let (_, failure, _) = try define(Self.file(adding: "  colums = {},"))
        #expect(failure?.message == "a measure has no field `colums`; did you mean `columns`?")
        #expect(failure?.line == Self.fields.count + 2)
        #expect(
            try define(Self.file(adding: "  3,")).1?.message == "a measure has named fields only; write `name = value`")
    }

    @Test func theTwoFormsDoNotMix() throws {
        let four = "init = print, step = print, merge = print, finish = print"
        #expect(try define(Self.file(replacing: "value", with: "nil, \(four)")).0?.form == .mergeable)
        #expect(
            try define(Self.file(adding: four)).1?.message.contains(
                "either `value` or `init`, `step`, `merge` and `finish`") == true)
        let three = "nil, init = print, step = print, finish = print"
        #expect(
            try define(Self.file(replacing: "value", with: three)).1?.message
                == "the field `merge` is missing: init, step, merge and finish go together")
        let wrong = "nil, init = print, step = 3, merge = print, finish = print"
        #expect(try define(Self.file(replacing: "value", with: wrong)).1?.message == "`step` must be a function")
    }

    @Test func filesThatAreNoMeasures() throws {
        for source in ["", "return 1", "local x = 1"] {
            let failure = try define(source).1
            #expect(failure?.message.contains("must end with `return measure { ... }`") == true)
        }
        let syntax = try define("\nreturn measure {\n  id = = 1 }").1
        #expect(syntax?.code == .syntaxError && syntax?.line == 3)
        #expect(try define("error('no')").1?.code == .luaError)
        #expect(try define("return measure { x = ('x'):rep(1e9) }").1?.code == .memoryLimit)
    }

    @Test func definitionsMayBeComputed() throws {
        let source = """
            local function define(name)
              return measure { id = "made." .. name, version = "1.0.0", title = name, domain = "hub", type = "outcome",
                unit = "points", from = "survey", value = function(g) return 1 end }
            end
            return define("up")
            """
        let (definition, failure, _) = try define(source)
        #expect(failure == nil)
        #expect(definition?.id == "made.up")
        // Without fields to point at, the line is that of the call.
        let wrong = source.replacing("\"outcome\"", with: "\"outcom\"")
        #expect(try define(wrong).1?.line != nil)
    }

    @Test func findingsComeWithTheDefinition() throws {
        let (definition, _, findings) = try define(
            Self.file(replacing: "value", with: "function(g) return g:where(g.a == 3).n end"))
        #expect(definition != nil)
        #expect(findings.count == 1 && findings[0].isError)
        #expect(findings[0].line == Self.line(of: "value"))
        #expect(findings[0].message.contains(":is("))
        let broken = try define(Self.file(replacing: "id", adding: "").replacing("g.a:mean()", with: "g.c:mean()"))
        #expect(broken.1 != nil)
    }
}
