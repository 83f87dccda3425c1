import MeasureModel
import Testing

/// What a scale is worth: alpha and its companions, omega, halves, Rasch measures.
struct ReliabilityTests {
    private static let described = DatasetDescription(
        name: "survey", dataClass: "c", persons: .column("who"),
        items: ["a", "b", "c", "r"].map { ItemDescription(name: $0, low: 1, high: 6, isReversed: $0 == "r") },
        scales: [ScaleDescription(name: "safety", items: ["a", "b", "r"])])

    private static let a: [Double?] = [5, 4, 6, 3, 5, 2, nil]
    private static let b: [Double?] = [4, 4, 6, 4, 5, 1, 3]
    private static let c: [Double?] = [5, 3, 5, 2, 6, 2, 4]

    private static func file(_ order: [Int] = Array(a.indices)) -> TestFile {
        TestFile(
            Cells.labels("who", order.map { "p\($0 % 6)" }), Cells.numbers("a", order.map { a[$0] }),
            Cells.numbers("b", order.map { b[$0] }), Cells.numbers("c", order.map { c[$0] }),
            Cells.numbers("r", order.map { b[$0].map { 7 - $0 } }), Cells.numbers("same", order.map { _ in 3 }),
            Cells.numbers("huge", order.map { $0 % 2 == 0 ? 1e300 : -1e300 }),
            Cells.numbers("infinite", order.map { $0 == 0 ? .infinity : 1 }),
            Cells.numbers("none", order.map { _ in nil }), Cells.labels("text", order.map { "\($0)" }))
    }

    private let world = World(file(), datasets: [described])

    private func reason(_ expression: String) throws -> String? {
        let part = try world.ask("return \(expression)").part()
        #expect(part.status == .insufficient && part.estimate == nil, "\(expression)")
        return part.reason
    }

    @Test func alphaHasFeldtsInterval() throws {
        let alpha = try world.estimate("return g:alpha{ 'a', 'b', 'c' }")
        // By numpy: 3/2 (1 - 7.9333 / 20.8), and F quantiles on 5 and 10 degrees of freedom by scipy.
        #expect(isClose(alpha.value, 0.9278846153846154, within: 1e-12))
        #expect(alpha.n == 6 && alpha.persons == 6 && alpha.method == "feldt" && alpha.level == 0.95)
        #expect(isClose(alpha.low, 0.694513, within: 1e-5) && isClose(alpha.high, 0.989105, within: 1e-5))
        let narrow = try world.estimate("return g:alpha({ 'a', 'b', 'c' }, { level = 0.5 })")
        #expect(narrow.level == 0.5 && (narrow.low ?? 0) > (alpha.low ?? 1))
    }

    @Test func pairwiseAnswersOfMoreCountWithoutAnInterval() throws {
        let pairwise = try world.estimate("return g:alpha({ 'a', 'b', 'c' }, { missing = 'pairwise' })")
        #expect(pairwise.n == 7 && pairwise.persons == 6 && pairwise.low == nil && pairwise.method == nil)
    }

    @Test func companionsAreReadAsFields() throws {
        let body = """
            local alpha = g:alpha{ 'a', 'b', 'c' }
            assert(alpha.items == 3 and alpha.item_rest.a > 0.8 and alpha.item_total.a > alpha.item_rest.a)
            assert(alpha.alpha_if_deleted.c < 1 and alpha.inter_item > 0.7 and alpha.lambda2 >= alpha.value)
            assert(math.abs(alpha.sem - alpha.sd * math.sqrt(1 - alpha.value)) < 1e-12)
            assert(math.abs(alpha.standardized - alpha.standardized_rescaled) < 1e-12 and alpha.lambda6)
            assert(alpha.p == nil and alpha.teams == nil)
            return alpha.standardized
            """
        var question = Question()
        question.mayReadRows = false
        #expect(try world.value(body, question) > 0.9)
        #expect(try world.value("return g:alpha({ 'a', 'b' }).alpha_if_deleted.a or 0") == 0)
    }

    @Test func itemsAreReversedAsTheCodebookSays() throws {
        let named = try world.value("return g:alpha('safety')")
        #expect(isClose(named, try world.value("return g:alpha({ 'a', 'b', 'r' }, { reverse = { 'r' } })")))
        #expect(try world.value("return g:alpha({ 'a', 'r' }, { reverse = {} })") < 0, "not cut off")
        #expect(
            try world.message("return g:alpha({ 'a', 'infinite' }, { reverse = { 'infinite' } })").contains("range"))
        #expect(try world.message("return g:alpha('saftey')").contains("did you mean `safety`?"))
    }

    @Test func undefinedReliabilityHasAReason() throws {
        #expect(try reason("g:alpha{ 'a' }") == "the reliability of a scale needs at least two items")
        #expect(
            try reason("g:alpha{ 'same', 'none' }")?.contains("two persons") == true)
        #expect(try reason("g:where(g.a:is(5) & g.b:is(4)):alpha{ 'a', 'b' }")?.contains("two persons") == true)
        #expect(try reason("g:where(g.a:above(99)):alpha{ 'a', 'b' }")?.contains("two persons") == true)
        #expect(try reason("g:where(g.a:is(5) & g.b:is(99)):alpha{ 'a', 'b' }")?.contains("two persons") == true)
        #expect(try reason("g:where(g.a:is(5)):alpha{ 'same', 'a' }")?.contains("varies") == true)
        #expect(try reason("g:alpha{ 'a', 'huge' }")?.contains("too large") == true)
        #expect(try reason("g:alpha{ 'a', 'infinite' }")?.contains("infinite") == true)
        #expect(try reason("g:alpha({ 'a', 'none' }, { missing = 'pairwise' })")?.contains("pair of items") == true)
        #expect(try reason("g:omega{ 'a', 'b' }") == "omega needs at least three items")
        #expect(try reason("g:omega{ 'a', 'b', 'same' }")?.contains("same by everybody") == true)
        #expect(try reason("g:omega{ 'a', 'b', 'huge' }") != nil)
        #expect(try reason("g:split_half{ 'a' }")?.contains("two items") == true)
        #expect(try reason("g:split_half{ 'a', 'same' }")?.contains("varies") == true)
        #expect(try reason("g:split_half({ 'b', 'r' }, { reverse = {} })")?.contains("varies") == true)
    }

    @Test func halvesAreNamedByItems() throws {
        let every = try world.value("return g:split_half{ 'a', 'b', 'c' }")
        #expect(isClose(every, try world.value("return g:split_half({ 'a', 'b', 'c' }, { half = { 'c', 'a' } })")))
        #expect(try world.value("local s = g:split_half{ 'a', 'b', 'c' } return s.value - s.guttman") > 0)
        func message(_ half: String) throws -> String {
            try world.message("return g:split_half({ 'a', 'b' }, { half = \(half) })")
        }
        #expect(try message("{ 'z' }").contains("`z` is in the half but not among the items"))
        #expect(try message("{}").contains("list of the items of the first half"))
        #expect(try message("{ 'a', 'b' }").contains("no item for the other half"))
    }

    @Test func omegaOfOneFactor() throws {
        let three = try world.estimate("return g:omega{ 'a', 'b', 'c' }")
        #expect((0.9...1).contains(three.value) && three.n == 6 && three.low == nil)
        let minres = try world.value("return g:omega({ 'a', 'b', 'c' }, { method = 'minres' })")
        #expect((0.9...1).contains(minres))
        #expect(
            try world.message("return g:omega({ 'a', 'b', 'c' }, { method = 'pca' })").contains("\"ml\", \"minres\""))
    }

    @Test func rowsMayStandInAnyOrder() throws {
        let turned = World(Self.file([6, 2, 4, 0, 5, 1, 3]), datasets: [Self.described])
        for expression in [
            "g:alpha{ 'a', 'b', 'c' }", "g:alpha({ 'a', 'b', 'c' }, { missing = 'pairwise' })",
            "g:omega{ 'a', 'b', 'c' }", "g:split_half{ 'a', 'b', 'c' }", "g:average_deviation{ 'a', 'b' }",
            "g:icc{ 'a', 'b', 'c' }", "g:krippendorff{ 'a', 'b', 'c' }", "g.a:kappa('b')",
        ] {
            let (one, other) = (try world.value("return \(expression)"), try turned.value("return \(expression)"))
            #expect(isClose(one, other, within: 1e-12), "\(expression)")
        }
    }

    /// Alpha does not mind the units of all items, nor where each of them begins.
    @Test func unitsDoNotMatter() throws {
        let moved = World(
            TestFile(
                Cells.numbers("a", Self.a.map { $0.map { 1e6 + 3 * $0 } }),
                Cells.numbers("b", Self.b.map { $0.map { 3 * $0 } }),
                Cells.numbers("c", Self.c.map { $0.map { -50 + 3 * $0 } })))
        for verb in ["alpha", "omega", "split_half"] {
            let expression = "return g:\(verb){ 'a', 'b', 'c' }"
            #expect(isClose(try world.value(expression), try moved.value(expression), within: 1e-9), "\(verb)")
        }
    }

    @Test func mistakesAreNamed() throws {
        #expect(try world.message("return g:alpha()").contains("alpha needs a list of items: g:alpha("))
        #expect(
            try world.message("return g:alpha{ 'a', 'text' }").contains("alpha needs numbers, but `text` holds text"))
        #expect(try world.message("return g:alpha({ 'a', 'b' }, { misssing = 1 })").contains("did you mean `missing`?"))
        #expect(try world.message("return g:alpha({ 'a', 'b' }, { level = 95 })").contains("`level` is a share"))
        #expect(try world.message("return g:alpha({ 'a', 'b' }, { range = { 0/0, 1 } })").contains("`range` is"))
    }

    @Test func alphaOfManyGroups() throws {
        let answer = try world.ask("return g:alpha{ 'a', 'b' }", Question(by: ["who"]))
        #expect(answer.groups.count == 6 && answer.groups.allSatisfy { $0.parts[0].status == .insufficient })
    }
}
