import MeasureModel
import Testing

/// Measures written as init, step, merge and finish.
struct MergeableTests {
    private let source = """
        return measure {
          init = function(p) return { sum = 0, n = 0 } end,
          step = function(s, row, p) if row.x then s.sum = s.sum + row.x s.n = s.n + 1 end end,
          merge = function(a, b) return { sum = a.sum + b.sum, n = a.n + b.n } end,
          finish = function(s, p) if s.n == 0 then return nil end return s.sum / s.n end }
        """

    @Test func theyGoOverTheRows() throws {
        let world = World(
            TestFile(Cells.labels("role", ["a", "b", "a", "b"]), Cells.numbers("x", [1, nil, 5, nil])))
        #expect(try world.ask(file: source, form: .mergeable).value() == 3)
        #expect(
            try world.ask(file: source, form: .mergeable, Question(by: ["role"])).lines == [
                "a@0: 3", "b@0: insufficient",
            ])
        let estimate = try world.ask(file: source, form: .mergeable).estimate()
        #expect(estimate.persons == 4 && estimate.low == nil)
    }

    /// Chunks are 65,536 rows, whatever else happens: each has its own state, and the states are merged in order.
    @Test func chunksAreOfAFixedSize() throws {
        let rows = 65_536 + 10
        let world = World(TestFile(Cells.numbers("x", (0..<rows).map { Double($0 % 7) })))
        let counting = """
            return measure {
              init = function() return { rows = 0, chunks = '' } end,
              step = function(s) s.rows = s.rows + 1 end,
              merge = function(a, b) return { rows = a.rows + b.rows, chunks = a.chunks .. a.rows .. '+' .. b.rows } end,
              finish = function(s) return s.chunks end }
            """
        let answer = try world.ask(file: counting, form: .mergeable, Question(allowsAny: true))
        #expect(answer.groups[0].other == "\"65536+10\"")
    }

    @Test func errorsHaveTheirLine() throws {
        let world = World(TestFile(Cells.numbers("x", [1, 2])))
        let failure = try world.ask(
            file: "return measure {\ninit = function() return {} end,\nstep = function(s, r)\n  s.n = s.n + 1\nend,\n"
                + "merge = function(a) return a end, finish = function(s) return s.n end }", form: .mergeable
        ).failure()
        #expect(failure.code == .luaError && failure.line == 4)
        let missing = try world.ask(file: "return measure { init = function() return 0 end }", form: .mergeable)
            .failure()
        #expect(missing.message.contains("`step` is not a function"))
    }

    @Test func anEstimateOfARowIsNothing() throws {
        let world = World(TestFile(Cells.numbers("x", [1, 2])))
        let odd = """
            return measure { init = function() return nil end, step = function(s, r) return r end,
              merge = function(a, b) return b end, finish = function(s) return s.x end }
            """
        #expect(try world.ask(file: odd, form: .mergeable).value() == 2, "a row outlives its step")
    }
}
