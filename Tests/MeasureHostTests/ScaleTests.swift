import MeasureModel
import Testing

/// `g:scale`: for each row the mean of the items it answered.
struct ScaleTests {
    private static let described = DatasetDescription(
        name: "survey", dataClass: "c", persons: .row,
        items: [
            ItemDescription(name: "a", low: 1, high: 6), ItemDescription(name: "b", low: 1, high: 6),
            ItemDescription(name: "r", low: 1, high: 6, isReversed: true), ItemDescription(name: "s", isReversed: true),
        ], scales: [ScaleDescription(name: "safety", items: ["a", "b", "r"])])

    private let world = World(
        TestFile(
            Cells.integers("a", [1, 2, nil, nil]), Cells.integers("b", [3, nil, 4, nil]),
            Cells.integers("r", [6, 5, nil, nil]),
            Cells.integers("s", [1, 2, 3, 4]), Cells.labels("t", ["x", "y", "z", "x"])), datasets: [described])

    private func scores(_ arguments: String) throws -> String? {
        let body = """
            local c, t = g:scale(\(arguments)), {}
            local known, values, n = c:valid():map(function(v) return v and 1 or 0 end):values(), c:values(), 0
            for i, k in ipairs(known) do if k == 1 then n = n + 1 t[i] = values[n] else t[i] = '-' end end
            return t
            """
        return try world.ask(body, Question(allowsAny: true)).groups[0].other
    }

    @Test func theMeanOfTheAnswers() throws {
        #expect(try scores("{ 'a', 'b' }") == "[2,2,4,\"-\"]")
        #expect(try scores("{ 'a', 'b' }, { answered = 0 }") == "[2,2,4,\"-\"]")
        #expect(try scores("{ 'a', 'b' }, { answered = 0.5 }") == "[2,2,4,\"-\"]")
        #expect(try scores("{ 'a', 'b' }, { answered = 0.51 }") == "[2,\"-\",\"-\",\"-\"]")
        #expect(try scores("{ 'a', 'b' }, { answered = 1 }") == "[2,\"-\",\"-\",\"-\"]")
        #expect(try scores("{ 'a' }") == "[1,2,\"-\",\"-\"]")
    }

    /// Two of three are 0.666...: rounding must not ask for a third.
    @Test func sharesOfItemsAreExact() throws {
        let three = World(TestFile(Cells.numbers("a", [1]), Cells.numbers("b", [3]), Cells.numbers("c", [nil])))
        for share in ["2/3", "0.6666666666666666", "0.6"] {
            #expect(try three.value("return g:scale({ 'a', 'b', 'c' }, { answered = \(share) }):mean()") == 2)
        }
        #expect(
            try three.ask("return g:scale({ 'a', 'b', 'c' }, { answered = 0.7 }):mean()").part().status == .insufficient
        )
    }

    @Test func sumsStandForAllItems() throws {
        #expect(try scores("{ 'a', 'b' }, { method = 'sum' }") == "[4,4,8,\"-\"]")
        #expect(try scores("{ 'a', 'b' }, { method = 'mean' }") == "[2,2,4,\"-\"]")
    }

    @Test func reversedItemsAreTurnedRound() throws {
        #expect(try scores("{ 'a', 'r' }") == "[1,2,\"-\",\"-\"]", "by the codebook: 7 less the answer")
        #expect(try scores("{ 'a', 'r' }, { reverse = {} }") == "[3.5,3.5,\"-\",\"-\"]")
        #expect(try scores("{ 'a', 'r' }, { reverse = { 'a' } }") == "[6,5,\"-\",\"-\"]")
        #expect(try scores("{ 's' }, { range = { 1, 4 } }") == "[4,3,2,1]")
    }

    @Test func scalesOfTheCodebookHaveNames() throws {
        #expect(try scores("'safety'") == (try scores("{ 'a', 'b', 'r' }")))
        #expect(
            try world.message("return g:scale('saftey'):mean()").contains(
                "the codebook of survey has no scale `saftey`; did you mean `safety`?"))
    }

    @Test func mistakesAreNamed() throws {
        func message(_ arguments: String) throws -> String { try world.message("return g:scale(\(arguments)):mean()") }
        #expect(try message("").contains("scale needs a list of items"))
        #expect(try message("{}").contains("scale needs a list of items"))
        #expect(try message("{ 1 }").contains("scale needs a list of items"))
        #expect(try message("{ 'a', 'a' }").contains("an item is listed twice"))
        #expect(try message("{ 'a', 'z' }").contains("no column `z`"))
        #expect(try message("{ 'a', 't' }").contains("scale needs numbers, but `t` holds text"))
        #expect(try message("{ 'a' }, { answered = 2 }").contains("from 0 to 1"))
        #expect(try message("{ 'a' }, { answerd = 1 }").contains("did you mean `answered`?"))
        #expect(try message("{ 'a' }, { method = 'max' }").contains("`method` is \"mean\" or \"sum\""))
        #expect(try message("{ 'a' }, { range = { 1 } }").contains("`range` is { lowest, highest }"))
        #expect(try message("{ 'a' }, { reverse = 'a' }").contains("`reverse` is a list of items"))
        #expect(try message("{ 'a', 'b' }, { reverse = { 'bb' } }").contains("is reversed but not among the items"))
        #expect(try message("{ 's' }").contains("to reverse `s` its range is needed"))
        #expect(try message("{ 'a' }, { 1 }").contains("options have names"))
        #expect(try message("{ 'a' }, 1").contains("needs its options as a table"))
    }
}
