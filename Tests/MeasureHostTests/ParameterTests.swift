import MeasureModel
import Testing

/// Parameters reach the script as numbers, and so do the group's own facts.
struct ParameterTests {
    private let world = World(TestFile(Cells.numbers("x", [1, 2, 3, 4])))

    @Test func theyAreFieldsOfP() throws {
        let question = Question(params: [
            ParameterValue(name: "least", value: 3), ParameterValue(name: "share", value: 0.5),
        ])
        #expect(try world.value("return g.x:at_least(p.least):count()", question) == 2)
        #expect(try world.value("return p.share * p.least", question) == 1.5)
        #expect(try world.value("local n = 0 for _ in pairs(p) do n = n + 1 end return n", question) == 2)
        #expect(try world.value("return p.other == nil and 1 or 0", question) == 1)
        #expect(try world.value("local n = 0 for _ in pairs(p) do n = n + 1 end return n") == 0)
    }

    @Test func changingThemChangesNothing() throws {
        let world = World(TestFile(Cells.labels("role", ["a", "b"]), Cells.numbers("x", [1, 2])))
        let question = Question(by: ["role"], params: [ParameterValue(name: "n", value: 1)])
        #expect(try world.ask("p.n = p.n + 1 return p.n", question).lines == ["a@0: 2", "b@0: 2"])
    }

    @Test func mergeableMeasuresGetThemInEveryStep() throws {
        let source = """
            return measure {
              init = function(p) return { start = p.n } end,
              step = function(s, r, p) s.start = s.start + p.n end,
              merge = function(a, b) return { start = a.start + b.start } end,
              finish = function(s, p) return s.start * p.n end }
            """
        let question = Question(params: [ParameterValue(name: "n", value: 3)])
        #expect(try world.ask(file: source, form: .mergeable, question).value() == 45)
    }
}
