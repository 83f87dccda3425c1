import MeasureModel
import Testing

/// Comparisons, Kleene's `& | ~`, and what rests on them.
struct LogicTests {
    /// Every pair of yes, no and missing.
    private static let truths: [Bool?] = [true, false, nil]

    private let world = World(
        TestFile(
            Cells.truths("p", Self.truths.flatMap { left in Self.truths.map { _ in left } }),
            Cells.truths("q", Self.truths.flatMap { _ in Self.truths }),
            Cells.numbers("x", [1, 2, 3, 4, 5, nil, 7, 8, 9]),
            Cells.labels("role", ["a", "b", nil, "a", "c", "b", "a", nil, "c"]),
            Cells.integers("digit", [0, 1, 1, 0, nil, 1, 0, 1, 1])))

    /// Yes, no and missing of a mask, row by row.
    private func table(_ mask: String, of world: World? = nil) throws -> String {
        let world = world ?? self.world
        let body = """
            local m, t = \(mask), {}
            local yes, known = m:map(function(v) return v and 1 or 0 end), m:valid():map(function(v) return v and 1 or 0 end):values()
            local values, n, s = yes:values(), 0, ''
            for _, k in ipairs(known) do
              if k == 1 then n = n + 1 s = s .. (values[n] == 1 and 'y' or 'n') else s = s .. '-' end
            end
            return s
            """
        let text = try world.ask(body, Question(allowsAny: true)).groups[0].other ?? ""
        return text.replacing("\"", with: "")
    }

    @Test func logicIsThreeValued() throws {
        #expect(try table("g.p & g.q") == "yn-" + "nnn" + "-n-")
        #expect(try table("g.p | g.q") == "yyy" + "yn-" + "y--")
        #expect(try table("g.p ~ g.q") == "ny-" + "yn-" + "---", "one or the other")
        #expect(try table("~g.p") == "nnn" + "yyy" + "---")
        #expect(try table("~(g.p & g.q)") == (try table("~g.p | ~g.q")))
        #expect(try table("~(g.p | g.q)") == (try table("~g.p & ~g.q")))
        #expect(try table("(g.p & g.q) | g.p") == (try table("g.p")))
    }

    @Test func comparisonsWithMissingAreMissing() throws {
        #expect(try table("g.x:at_least(5)") == "nnnny-yyy")
        #expect(try table("g.x:above(5)") == "nnnnn-yyy")
        #expect(try table("g.x:at_most(5)") == "yyyyy-nnn")
        #expect(try table("g.x:below(5)") == "yyyyn-nnn")
        #expect(try table("g.x:between(2, 4)") == "nyyyn-nnn")
        #expect(try table("g.x:between(4, 2)") == "nnnnn-nnn")
        #expect(try table("g.x:is(5)") == "nnnny-nnn")
        #expect(try table("g.x:isin{ 1, 5, 9 }") == "ynnny-nny")
        #expect(try table("g.x:isin{}") == "nnnnn-nnn")
        #expect(try table("g.role:is('a')") == "yn-ynny-n")
        #expect(try table("g.role:isin{ 'a', 'c', 'zzz' }") == "yn-yyny-y")
        #expect(try table("g.role:is('zzz')") == "nn-nnnn-n")
        #expect(try table("g.p:is(true)") == "yyynnn---")
        #expect(try table("g.x:valid()") == "yyyyynyyy")
        #expect(try table("g.x:missing()") == "nnnnnynnn")
    }

    @Test func whereKeepsOnlyTrue() throws {
        #expect(try world.value("return g:where(g.x:at_least(5)).n") == 4)
        #expect(try world.value("return g:where(~g.x:at_least(5)).n") == 4)
        #expect(try world.value("return g:where(g.p).n") == 3)
    }

    @Test func whereNeedsAMaskOfTheSameRows() throws {
        #expect(
            try world.message("return g:where(g.p):where(g.q).n").contains("cannot combine columns of different groups")
        )
        #expect(try world.value("local s = g:where(g.p) return s:where(s.q).n") == 1)
        #expect(try world.message("return g:where(true).n").contains("where needs a comparison"))
        #expect(try world.message("return g:where(g.x).n").contains("needs yes or no, but `x` holds other numbers"))
        #expect(try world.message("return g:where(g.role).n").contains("where needs numbers, but `role` holds text"))
    }

    @Test func shareDropsMissingFromItsDenominator() throws {
        let share = try world.estimate("return g.p:share()")
        #expect(share.value == 0.5 && share.n == 6 && share.numerator == 3 && share.denominator == 6)
        #expect(try world.estimate("return g.x:at_least(5):share()").denominator == 8)
        #expect(try world.estimate("return (g.p | g.q):share()").value == 5.0 / 6)
    }

    @Test func columnsOfZeroAndOneAreTruths() throws {
        #expect(try world.value("return g.digit:share()") == 5.0 / 8)
        #expect(try table("~g.digit") == "ynny-nynn")
        #expect(try table("g.digit & g.p") == (try table("g.p & g.digit:is(1)")))
        #expect(try world.message("return g.x:share()").contains("compare it first, for instance with :at_least(4)"))
        #expect(try world.value("return g.digit:count()") == 8, "without a comparison values are counted")
        #expect(try world.value("return g.digit:is(1):count()") == 5)
    }

    @Test func topBoxesCountFromTheUpperEnd() throws {
        #expect(try table("g.x:top_box(2)") == "nnnnn-nyy", "the largest answer in all the data")
        #expect(try table("g.x:top_box(2, { max = 8 })") == "nnnnn-yyy")
        let item = DatasetDescription(
            name: "survey", dataClass: "c", persons: .row, items: [ItemDescription(name: "x", low: 1, high: 6)])
        var coded = world
        coded.datasets = [item]
        #expect(try table("g.x:top_box(2)", of: coded) == "nnnny-yyy")
        #expect(
            try world.message("return (g.x + 0):top_box(1)").contains(
                "declare its range in the codebook or give { max = 6 }"))
        #expect(try world.message("return g.x:top_box()").contains("top_box(2)"))
        #expect(try world.message("return g.x:top_box(1, { mix = 3 })").contains("did you mean `max`?"))
    }

    @Test func mistakesAreNamed() throws {
        #expect(try world.message("return g.x:is('a')").contains("needs a number to compare `x` with, not string"))
        #expect(
            try world.message("return g.role:is(3)").contains(
                "`role` holds text: compare it with a text, not with a number"))
        #expect(
            try world.message("return g.role:at_least(3)").contains("at_least needs numbers, but `role` holds text"))
        #expect(
            try world.message("return g.p:is('Yes')").contains("`p` holds yes and no: compare it with true or false"))
        #expect(try world.message("return g.x:isin('a')").contains("isin needs a list: `x`:isin"))
        #expect(try world.message("return g.x:at_least(0/0)").contains("needs a number to compare"))
        #expect(try world.message("return g.x:below()").contains("needs a number to compare"))
        #expect(try world.message("return g.p & true").contains("`&` works on columns and numbers, not on a boolean"))
        #expect(try world.message("return g.p | 1").contains("`|` joins two comparisons: (a | b)"))
        #expect(try world.message("return g.x & g.p").contains("& needs yes or no, but `x` holds other numbers"))
        #expect(
            try world.message("return g.x.is(3)").contains("is is a verb of columns: write g.name:is(...) with a colon")
        )
    }
}
