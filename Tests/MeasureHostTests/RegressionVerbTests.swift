import MeasureModel
import Testing

/// Regressions, difference in differences and interrupted series, through the language.
struct RegressionVerbTests {
    /// Six units, three of them treated, before and after.
    private let world = World(
        TestFile(
            Cells.labels("unit", ["a", "b", "c", "d", "e", "f", "a", "b", "c", "d", "e", "f", "z"]),
            Cells.labels("arm", ["t", "t", "t", "c", "c", "c", "t", "t", "t", "c", "c", "c", "t"]),
            Cells.labels("kind", ["x", "y", "z", "x", "y", "z", "x", "y", "z", "x", "y", "z", "x"]),
            Cells.integers("wave", [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]),
            Cells.numbers("y", [1, 2, 3, 1, 2, 4, 5, 7, 8, 2, 4, 5, 100]),
            Cells.numbers("size", [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9]),
            Cells.numbers("one", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
            Cells.numbers("endless", [.infinity, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
            Cells.numbers("none", [nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil])),
        datasets: [
            DatasetDescription(
                name: "survey", dataClass: "staff_survey", persons: .column("unit"), personColumns: ["unit"])
        ])

    private let setting = "treated = g.arm:is('t'), post = g.wave:is(2)"
    private let balanced = "local g = g:where(~g.y:is(100)) "

    @Test func aSlopeIsThatOfLeastSquares() throws {
        let difference = try world.estimate("return g:regression('y', { t = g.arm:is('t') })")
        let means = try world.estimate("return g.y:mean_difference(g.arm:is('t'), { method = 'student' })")
        #expect(isClose(difference.value, means.value) && isClose(difference.low, means.low, within: 1e-10))
        #expect(difference.n == 13 && difference.persons == 3 && difference.method == "regression_t")
        let text = try world.estimate("return g:regression('y', { 'arm' }, { term = 'arm=t' })")
        #expect(isClose(text.value, means.value) && text.persons == 3)
        let factor = try world.estimate(
            "return g:regression('y', { 'wave' }, { term = 'wave=2', factors = { 'wave' } })")
        #expect(isClose(factor.value, try world.value("return g:regression('y', { 'wave' })")))
    }

    @Test func groupsCanBeTakenOut() throws {
        let absorbed = try world.estimate(balanced + "return g:regression('y', { 'size' }, { absorb = 'kind' })")
        let spelled = try world.estimate(balanced + "return g:regression('y', { 'size', 'kind' })")
        #expect(
            isClose(absorbed.value, spelled.value, within: 1e-9) && isClose(absorbed.low, spelled.low, within: 1e-9))
    }

    @Test func everyKindOfErrorIsThere() throws {
        for (errors, method) in [
            ("classical", "regression_t"), ("HC1", "heteroskedastic"), ("HC3", "heteroskedastic"),
            ("CR0", "cluster_cr0"),
            ("CR1", "cluster_cr1"), ("CR2", "cluster_cr2"), ("newey_west", "newey_west"),
        ] {
            let estimate = try world.estimate(
                balanced + "return g:regression('y', { 'size' }, { errors = '\(errors)', cluster = 'unit', lag = 1 })")
            #expect(estimate.method == method && estimate.low != nil)
        }
        #expect(
            try world.estimate(balanced + "return g:regression('y', { 'size' }, { cluster = 'unit' })").method
                == "cluster_cr1")
    }

    @Test func theDifferenceInDifferencesIsThatOfFourMeans() throws {
        let did = try world.estimate(balanced + "return g:did('y', { \(setting) })")
        let expected = (20.0 / 3 - 2) - (11.0 / 3 - 7.0 / 3)
        #expect(isClose(did.value, expected) && did.n == 12 && did.persons == 3)
        let clustered = try world.estimate(balanced + "return g:did('y', { \(setting), cluster = 'unit' })")
        #expect(isClose(clustered.value, expected) && clustered.method == "cluster_cr1")
        let change = balanced + "return g:did('y', { \(setting) }).treated_change"
        #expect(isClose(try world.value(change), 20.0 / 3 - 2))
        let covariates = try world.estimate(balanced + "return g:did('y', { \(setting), covariates = { 'size' } })")
        #expect(covariates.value != did.value && covariates.n == 12)
    }

    /// A unit that was seen once says nothing of a change: an unbalanced panel.
    @Test func changesAreOfUnitsSeenTwice() throws {
        let all = try world.estimate("return g:did('y', { \(setting), unit = 'unit' })")
        let without = try world.estimate(balanced + "return g:did('y', { \(setting), unit = 'unit' })")
        #expect(isClose(all.value, without.value) && all.n == 6 && all.method == "welch")
        // With all units seen twice it is the bias-reduced error of the clustered regression.
        let t = balanced + "return g:did('y', { \(setting), unit = 'unit' }).t"
        let bell = balanced + "return g:did('y', { \(setting), cluster = 'unit', errors = 'CR2' }).t"
        #expect(isClose(try world.value(t), try world.value(bell), within: 1e-9))
    }

    @Test(
        arguments: [
            ("g:regression('y', { 'one' })", "term 1 is a combination of other columns of the regression"),
            (
                "g:regression('y', { 'size', twice = g.size * 2 })",
                "term 2 is a combination of other columns of the regression"
            ),
            (
                "g:regression('y', { 'endless' })",
                "the regression leaves the range of numbers: the values are infinite or too large"
            ),
            ("g:regression('y', { 'none' })", "a regression needs rows on which nothing is missing"),
            ("g:regression('none', { 'size' })", "a regression needs rows on which nothing is missing"),
            ("g:regression('y', { 'size' }, { cluster = 'one' })", "errors by cluster need at least two clusters"),
            (
                "g:regression('y', { 'arm' }, { term = 'arm=q' })",
                "no row that is complete has this category, or it is the one that others are compared with"
            ),
            (
                "g:regression('y', { 'arm' }, { term = 'arm=c' })",
                "no row that is complete has this category, or it is the one that others are compared with"
            ),
            ("g:did('y', { treated = g.arm:is('t'), post = g.wave:is(9) })", nil),
            (
                "g:did('y', { treated = g.arm:is('q'), post = g.wave:is(2), unit = 'unit' })",
                "changes need units on both sides that were seen before and after"
            ),
            (
                "g:did('y', { treated = g.wave:is(2), post = g.size:above(4), unit = 'unit' })",
                "a unit is treated in some of its rows and not in others"
            ),
            (
                "g:interrupted_series('y', { at = 1 })",
                "an interrupted series needs values before and after the interruption"
            ),
            (
                "g:interrupted_series('y', { at = 99 })",
                "an interrupted series needs values before and after the interruption"
            ),
            (
                "g:interrupted_series('y', { post = g.y:is(-5) })",
                "an interrupted series needs values before and after the interruption"
            ),
            ("g:interrupted_series('none', { at = 5 })", nil),
            ("g:interrupted_series('y', { at = 13 })", nil),
        ] as [(String, String?)]) func undefinedIsInsufficient(call: String, reason: String?) throws
    {
        let part = try world.ask("return \(call)").part()
        #expect(part.status == .insufficient && part.reason?.isEmpty == false, "\(part)")
        if let reason { #expect(part.reason == reason) }
    }

    /// What a script calls a term, and what its data are called, never stand in a published reason.
    @Test func reasonsNameNothing() throws {
        for call in [
            "g:regression('y', { ['Ada Lovelace'] = g.one })",
            "g:regression('y', { 'kind', q = g.kind:is('z') }, { term = 'q' })",
            "g:regression('y', { 'wave', 'kind', p = g.wave * 2 }, { term = 'wave=2', factors = { 'wave', 'p' } })",
        ] {
            let part = try world.ask("return \(call)").part()
            let reason = try #require(part.reason)
            #expect(part.status == .insufficient && !reason.contains("Ada") && !reason.contains("="), "\(reason)")
        }
    }

    @Test(arguments: [
        ("g:regression('y')", "needs its terms"), ("g:regression('y', {})", "needs its terms"),
        ("g:regression('y', { 'siz' })", "did you mean `size`?"), ("g:regression('y', { g.y * 2 })", "needs a name"),
        ("g:regression('y', { 'size', 'size' })", "named twice"), ("g:regression('y', { 'unit' })", "names persons"),
        ("g:regression('y', { 'arm' })", "whose coefficient"),
        ("g:regression('y', { 'size' }, { term = 'sice' })", "did you mean `size`?"),
        ("g:regression('y', { 'size' }, { errors = 'CR2' })", "need `cluster`"),
        ("g:regression('y', { 'size' }, { errors = 'HC9' })", "`errors` is one of"),
        ("g:regression('y', { 'size' }, { errors = 'newey_west', lag = -1 })", "`lag` is a whole number"),
        ("g:regression('y', { 'arm', 'arm:size' })", "no product"),
        ("g:regression('arm', { 'size' })", "needs numbers"),
        ("g:did('y', { post = g.wave:is(2) })", "did needs who was treated"),
        ("g:did('y', { treated = 'size', post = g.wave:is(2) })", "needs yes or no"),
        ("g:did('y', { treated = g.arm:is('t'), post = g.wave:is(2), unit = 'unit', errors = 'HC1' })", "leave out"),
        ("g:interrupted_series('y')", "needs `post`"), ("g:interrupted_series('y', { at = 2.5 })", "needs `post`"),
        ("g:interrupted_series('y', { at = 5, term = 'jump' })", "`term` is one of"),
        ("g:interrupted_series('y', { at = 5, errors = 'CR1' })", "no errors by cluster"),
    ]) func wrongArgumentsAreExplained(call: String, words: String) throws {
        let message = try world.message("local v = \(call) return 1")
        #expect(message.contains(words), "\(message)")
    }

    // MARK: Interrupted series

    /// A trend of 2, a jump of 5 and a trend of 3 more from the sixth row on; rows stand in no order.
    private func series(gap: Bool = false) -> World {
        let order = [3, 0, 9, 5, 7, 1, 2, 8, 6, 4]
        let values = order.map { t -> Double? in
            gap && t == 2 ? nil : 2 * Double(t) + (t >= 5 ? 5 + 3 * Double(t - 5) : 0) + (t % 2 == 0 ? 0.1 : -0.1)
        }
        return World(
            TestFile(
                Cells.numbers("y", values), Cells.numbers("t", order.map(Double.init)),
                Cells.truths("law", order.map { $0 >= 5 })))
    }

    @Test(arguments: [false, true]) func aJumpAndAChangeOfTrendAreFound(gap: Bool) throws {
        let world = series(gap: gap)
        let call = "g:interrupted_series('y', { time = 't', post = 'law', term = "
        #expect(isClose(try world.value("return \(call)'level' })"), 5, within: 0.1))
        #expect(isClose(try world.value("return \(call)'slope' })"), 3, within: 0.1))
        #expect(isClose(try world.value("return \(call)'time' })"), 2, within: 0.1))
        #expect(isClose(try world.value("return \(call)'effect' })"), 17, within: 0.1))
        let start = try world.value("return \(call)'effect', after = 0 })")
        #expect(isClose(start, try world.value("return \(call)'level' })")))
        let estimate = try world.estimate("return \(call)'level' })")
        #expect(estimate.method == "newey_west" && estimate.n == (gap ? 9 : 10) && estimate.persons == (gap ? 4 : 5))
        let at = try world.estimate("return g:interrupted_series('y', { time = 't', at = 6 })")
        #expect(at.value == estimate.value && at.low == estimate.low)
    }

    @Test func orderMattersOnlyThroughTime() throws {
        let plain = try series().estimate("return g:interrupted_series('y', { at = 6 })")
        let ordered = try series().estimate("return g:interrupted_series('y', { time = 't', at = 6 })")
        #expect(plain.value != ordered.value)
    }
}
