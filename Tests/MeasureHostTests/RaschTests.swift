import MeasureModel
import Testing

/// `g:rasch`: each row's place on a scale whose item difficulties are known.
struct RaschTests {
    private let world = World(
        TestFile(
            Cells.integers("a", [1, 0, 1, nil, 1]), Cells.integers("b", [0, 0, 1, nil, nil]),
            Cells.why("b", [nil, nil, nil, "not_asked", "not_asked"]), Cells.integers("c", [3, 1, 5, nil, 2])),
        TestFile(
            "items", Cells.labels("item", ["c", "a", "c", "c", "c"]),
            Cells.numbers("difficulty", [1, 0, -1, -0.5, 0.5]),
            Cells.integers("step", [4, 1, 1, 2, 3])),
        datasets: [
            DatasetDescription(
                name: "survey", dataClass: "staff_survey", persons: .row,
                items: [ItemDescription(name: "a", low: 0, high: 1), ItemDescription(name: "c", low: 1, high: 5)]),
            DatasetDescription(name: "items", dataClass: "calibration", persons: .row),
        ])

    private func values(_ call: String, with: [String] = []) throws -> String? {
        let body = "local t = {} for i, v in ipairs(\(call):values()) do t[i] = ('%.6f'):format(v) end return t"
        return try world.ask(body, Question(with: with, allowsAny: true)).groups[0].other
    }

    @Test func measuresInLogits() throws {
        // Two items of one difficulty: one of two is the difficulty itself, and Warm's estimate keeps the ends finite.
        #expect(try values("g:rasch{ a = 0.4, b = 0.4 }").map { $0.contains("0.400000") } == true)
        #expect(try world.value("return g:rasch({ a = 0, b = 0 }, { answered = 1 }):count()") == 3)
        #expect(
            try values("g:rasch({ a = 0, b = 0 }, { answered = 1, of = 'raw' })")
                == #"["1.000000","0.000000","2.000000"]"#)
        // 1 / √(2 · ¼)
        #expect(
            try world.value("return g:where(g.a:is(1) & g.b:is(0)):rasch({ a = 0, b = 0 }, { of = 'se' }):mean()")
                .rounded(to: 6) == 1.414214)
    }

    @Test func extremeScoresHaveNoMaximumOfLikelihood() throws {
        let call = "g:rasch({ a = 0, b = 0 }, { method = 'mle' })"
        #expect(try world.value("return \(call):count()") == 1)
        #expect(
            try world.value("return \(call):missing('not_applicable'):count()") == 3, "answered, and yet no measure")
        #expect(try world.value("return \(call):missing('not_asked'):count()") == 1, "nothing answered")
    }

    @Test func itemsWithStepsCountFromTheirLowestAnswer() throws {
        let steps = "{ c = { -1, -0.5, 0.5, 1 } }"
        #expect(try values("g:rasch(\(steps))") == (try values("g:rasch(\(steps), { range = { 1, 6 } })")))
        // The middle of steps that lie evenly about 0.
        #expect(try world.value("return g:where(g.c:is(3)):rasch(\(steps)):mean()").rounded(to: 9) == 0)
    }

    @Test func anItemTableMayBeADataset() throws {
        let rows = try values("g:rasch(g.with.items, { answered = 0.1 })", with: ["items"])
        #expect(rows == (try values("g:rasch({ a = 0, c = { -1, -0.5, 0.5, 1 } }, { answered = 0.1 })")))
        let measure = try world.estimate("return g:rasch(g.with.items):mean()", Question(with: ["items"]))
        #expect(Set(measure.classes) == ["staff_survey", "calibration"] && measure.persons == 4)
    }

    @Test func mistakesAreNamed() throws {
        func message(_ arguments: String) throws -> String { try world.message("return g:rasch(\(arguments)):mean()") }
        #expect(try message("").contains("a table of item difficulties"))
        #expect(try message("{ 'a' }").contains("a table of item difficulties"))
        #expect(try message("{ a = {} }").contains("`a` needs a difficulty"))
        #expect(try message("{ a = { 1, 'x' } }").contains("`a` needs a difficulty"))
        #expect(try message("{ a = 1/0 }").contains("finite"))
        #expect(try message("{ z = 0 }").contains("no column `z`"))
        #expect(try message("{ c = 0 }").contains("an answer is none that its item has"))
        #expect(try message("{ a = 0 }, { method = 'eap' }").contains("\"wle\", \"mle\""))
    }
}

extension Double {
    fileprivate func rounded(to places: Int) -> Double {
        let factor = (0..<places).reduce(1.0) { factor, _ in factor * 10 }
        return (self * factor).rounded() / factor
    }
}
