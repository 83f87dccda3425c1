import MeasureModel
import Testing

/// Shares, rates and what compares them, through the language.
struct ProportionVerbTests {
    private let world = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "d", "e", "f", "g", "h"]),
            Cells.labels("role", ["t", "t", "t", "t", "c", "c", "c", "c"]),
            Cells.truths("yes", [true, true, true, false, true, false, false, false]),
            Cells.truths("never", [false, false, false, false, false, false, false, false]),
            Cells.integers("answer", [6, 5, 5, 2, 1, 4, 3, nil]),
            Cells.numbers("days", [10, 20, 30, 40, 10, 20, 30, 40]),
            Cells.numbers("none", [nil, nil, nil, nil, nil, nil, nil, nil])), datasets: [World.named])

    private let parts = "local t, c = g:where(g.role:is('t')), g:where(g.role:is('c')) "

    @Test func anIntervalIsMadeAsAsked() throws {
        let methods = ["wilson", "wilson_cc", "clopper_pearson", "jeffreys", "agresti_coull", "wald"]
        var lows: Set<Double> = []
        for method in methods {
            let share = try world.estimate("return g.answer:above(4):share{ method = '\(method)', level = 0.9 }")
            #expect(isClose(share.value, 3.0 / 7) && share.n == 7 && share.method == method && share.level == 0.9)
            let count = try world.estimate("return proportion(3, 7, { method = '\(method)', level = 0.9 })")
            #expect(count.low == share.low && count.high == share.high)
            lows.insert(try #require(share.low))
        }
        #expect(lows.count == methods.count)
        let standard = try world.estimate("return g.yes:share()")
        #expect(standard.method == "wilson" && standard.level == 0.95)
    }

    @Test(arguments: [
        ("return g.yes:share{ method = 'wilsn' }", "`method` is one of"),
        ("return g.yes:share{ levl = 0.9 }", "did you mean `level`?"),
        ("return g.yes:share{ level = 1 }", "above 0 and at most 0.999"),
        ("return proportion(3, 2)", "the first is not above the second"),
        ("return proportion(-1, 2)", "proportion needs counts"),
        ("return proportion(0.5, 2)", "proportion needs counts"),
        ("return proportion(0/0, 2)", "not a finite number"),
        ("return rate(1.5, 2)", "events, a whole number"),
        ("return rate(1, -2)", "not negative"),
        ("return rate(1, 1/0)", "not a finite number"),
        ("return risk_ratio(g.days:mean(), g.yes:share())", "compares two shares"),
        ("return rate_ratio(g.yes:share(), g.yes:share())", "compares two rates"),
        ("return odds_ratio(1, 2)", "compares two estimates"),
        ("return difference(g.yes:share(), g.yes:share(), { independent = 1 })", "true or false"),
        ("return g.answer:net_share(4, { max = 6, min = 1 })", "overlap"),
        ("return outcome_rate('RR7', { I = 1 })", "RR6"),
        ("return outcome_rate('RR1', { I = -1 })", "not negative"),
        ("return outcome_rate('RR1', { X = 1 })", "no option `X`"),
        ("return outcome_rate('RR3', { I = 1, UH = 1 }, { e = 2 })", "`e` is a share"),
        ("return nonresponse_bounds(g.answer:mean(), 0.5)", "range = { 1, 6 }"),
        ("return nonresponse_bounds(g.answer:mean(), 0.5, { range = { 6, 1 } })", "{ lowest, highest }"),
        (
            "return difference(proportion(900000000, 2000000000), proportion(1000000000, 2000000000), { test = 'fisher', independent = true })",
            "takes too long"
        ),
    ]) func wrongArgumentsAreExplained(body: String, words: String) throws {
        #expect(try world.message(body).contains(words))
    }

    @Test func nothingIsInsufficient() throws {
        for (body, reason) in [
            ("proportion(0, 0)", "nobody was counted"), ("rate(0, 0)", "a rate needs an exposure above 0"),
            ("proportion(g.none:sum(), 5)", "there is no valid value"),
            ("g.none:net_share(2, { max = 6, min = 1 })", "there is no valid value"),
            ("risk_ratio(g.yes:share(), g.never:share())", "a risk ratio needs a second share above 0"),
            (
                "odds_ratio(g.yes:share(), g.never:share())",
                "an odds ratio needs a first share below 1 and a second above 0"
            ),
            ("rate_ratio(rate(3, 5), rate(0, 5))", "a rate ratio needs events on the second side"),
            ("outcome_rate('RR1', { I = 0 })", "no case counts in the denominator of this rate"),
            ("nonresponse_bounds(g.none:mean(), g.yes:share())", "there is no valid value"),
        ] {
            let part = try world.ask("return \(body)").part()
            #expect(part.status == .insufficient && part.reason == reason, "\(body): \(part.reason ?? "")")
        }
    }

    @Test func aRateHasGarwoodsInterval() throws {
        let rate = try world.estimate("return rate(g.yes:count(), g.days:sum())")
        #expect(rate.value == 0.02 && rate.numerator == 4 && rate.denominator == 200 && rate.method == "garwood")
        #expect(isClose(rate.low, 1.0898653736 / 200, within: 1e-9))
        #expect(try world.estimate("return rate(0, 60)").low == 0)
    }

    @Test func comparisonsOfDifferentPersonsCarryTests() throws {
        let body =
            parts
            + "local d = difference(t.yes:share(), c.yes:share()) return { chi = d.chi_squared, p = d.p, h = d.cohens_h }"
        let answer = try world.ask(body)
        #expect(answer.groups[0].parts.first { $0.part == "chi" }?.estimate?.value == 2)
        #expect(isClose(answer.groups[0].parts.first { $0.part == "p" }?.estimate?.value, 0.15729920705028513))
        let exact = "return difference(t.yes:share(), c.yes:share(), { test = 'fisher' }).p"
        #expect(isClose(try world.value(parts + exact), 34.0 / 70))
        let means =
            "local d = difference(t.days:mean(), c.days:mean()) return d.t == 0 and d.p == 1 and d.df == 6 and 1 or 0"
        #expect(try world.value(parts + means) == 1)
    }

    /// Counts do not tell who is behind them.
    @Test func countsAreComparedWithAnIntervalWhereTheAuthorSaysSo() throws {
        for verb in ["difference", "risk_ratio", "odds_ratio"] {
            let silent = try world.estimate("return \(verb)(proportion(56, 70), proportion(48, 80))")
            #expect(silent.low == nil)
            let said = try world.estimate(
                "return \(verb)(proportion(56, 70), proportion(48, 80), { independent = true })")
            #expect(said.low != nil && said.value == silent.value)
        }
        let overlap = try world.estimate("return difference(g.yes:share(), g.yes:share(), { independent = true })")
        #expect(overlap.value == 0 && overlap.low != nil)
        let body = "return difference(g.yes:share(), g.yes:share()).p == nil and 1 or 0"
        #expect(try world.value(body) == 1)
        #expect(
            try world.value(
                parts + "return difference(t.yes:share(), c.yes:share(), { independent = false }).p == nil and 1 or 0")
                == 1)
    }

    @Test func ratiosTurnRoundWithTheirSides() throws {
        for verb in ["risk_ratio", "odds_ratio"] {
            let forth = try world.estimate(parts + "return \(verb)(t.yes:share(), c.yes:share())")
            let back = try world.estimate(parts + "return \(verb)(c.yes:share(), t.yes:share())")
            #expect(isClose(forth.value * back.value, 1))
            #expect(isClose(forth.low.map { 1 / $0 }, back.high))
            #expect(forth.persons == 4)
        }
    }

    /// A number of the script's own rests on as few persons as any number that it returns.
    @Test func numbersRestOnTheGroup() throws {
        #expect(try world.estimate("return proportion(5, 10)").persons == 8)
        #expect(try world.estimate("local n = g:where(g.answer:is(6)).n return proportion(n, 10)").persons == 1)
        #expect(try world.estimate("return outcome_rate('RR1', { I = g.yes:count(), R = 3 })").persons == 4)
    }

    @Test func theNetShareIsBestLessWorst() throws {
        let net = try world.estimate("return g.answer:net_share(2, { max = 6, min = 1 })")
        #expect(isClose(net.value, 3.0 / 7 - 2.0 / 7) && net.n == 7 && net.persons == 7 && net.method == "wald")
        let body =
            "local e = g.answer:net_share(1, { bottom = 3, max = 6, min = 1 }) return { top = e.top, bottom = e.bottom }"
        let parts = try world.ask(body).groups[0].parts
        #expect(isClose(parts.first { $0.part == "top" }?.estimate?.value, 1.0 / 7))
        #expect(isClose(parts.first { $0.part == "bottom" }?.estimate?.value, 3.0 / 7))
    }

    @Test func boundsOfNonresponseHaveNoLevel() throws {
        let bounds = try world.estimate("return nonresponse_bounds(g.yes:share(), 0.8)")
        #expect(bounds.value == 0.5 && isClose(bounds.low, 0.4) && isClose(bounds.high, 0.6))
        #expect(bounds.method == "nonresponse_bounds" && bounds.level == nil)
        let scale = "return nonresponse_bounds(g.answer:mean(), g.answer:valid():share(), { range = { 1, 6 } })"
        let mean = try world.estimate(scale)
        #expect(isClose(mean.low, (26.0 + 1) / 8) && isClose(mean.high, (26.0 + 6) / 8))
    }
}
