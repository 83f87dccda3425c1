import MeasureModel
import Testing

/// Without row access a script must not carry few people's answers out under the name of many.
struct LeakTests {
    /// Twenty people, of whom one is a principal; minutes of the principal: 137.
    private let world = World(
        TestFile(
            Cells.labels("who", (1...20).map { "p\($0)" }),
            Cells.labels("role", Array(repeating: "teacher", count: 19) + ["principal"]),
            Cells.labels("comment", (1...19).map { "fine \($0)" } + ["the boss is a crook"]),
            Cells.numbers("minutes", (1...19).map { Double(20 + $0) } + [137]),
            Cells.numbers("trust", (1...20).map { Double($0 % 5 + 1) })),
        datasets: [
            DatasetDescription(
                name: "survey", dataClass: "staff_survey", persons: .column("who"), personColumns: ["who"],
                dimensions: ["role"])
        ])
    private let question = Question(mayReadRows: false)

    /// What a script was shown or could find out goes into everything it returns.
    @Test(arguments: [
        "local v for k in g:where(g.role:is('principal')):each('minutes') do v = tonumber(k) end",
        "local s = g:where(g.role:is('principal')) local v for x = 1, 500 do "
            + "for _ in s:where(s.minutes:is(x)):each('role') do v = x end end",
        "local s = g:where(g.role:is('principal')) local v for x = 1, 500 do "
            + "if pcall(function() s:where(s.minutes - x) end) then v = x end end",
        "local s = g:where(g.role:is('principal')) local v = s.minutes:mean().value",
        "local s = g:where(g.role:is('principal')) local v = s.n * 137",
        "local v = g.role:is('principal'):share().value * 20 * 137",
        "local v = g.minutes:max().value", "local v = g.minutes:quantile(1).value",
    ])
    func whatWasSeenCounts(body: String) throws {
        let estimate = try world.estimate("\(body) return g.trust:mean() * 0 + v", question)
        #expect(estimate.persons == 1, "\(estimate)")
    }

    @Test func errorsShowNoData() throws {
        let bodies = [
            "g:where(g.minutes)", "proportion(g:where(g.role:is('principal')).minutes:sum(), g.trust:count())",
        ]
        for body in bodies { #expect(try !world.message(body, question).contains("137"), "\(body)") }
    }

    /// The extremes of a column are the answers of those who gave them.
    @Test func extremesRestOnThoseWhoHaveThem() throws {
        for verb in ["max()", "min()", "quantile(0)", "quantile(1)", "quantile(0.99)", "quantile(0.02)"] {
            #expect(try world.estimate("return g.minutes:\(verb)", question).persons == 1, "\(verb)")
        }
        #expect(try world.estimate("return g.trust:max()", question).persons == 4)
        #expect(try world.estimate("return g.minutes:median()", question).persons == 20)
        #expect(try world.estimate("return g.minutes:quantile(0.9)", question).persons == 20)
    }

    /// Names of parts are published even where their numbers are hidden.
    @Test func partsAreNotCalledAfterAnswers() throws {
        let comments = try world.ask(
            "local t = {} for k in g:each('comment') do t[k] = g.minutes:mean() end return t", question
        ).failure()
        #expect(comments.code == .invalidResult)
        #expect(comments.message.contains("is called after something in the data"))
        let made = try world.ask(
            "local n = g:where(g.role:is('principal')).minutes:mean().value return { ['v' .. n] = g.trust:mean() }",
            question
        ).failure()
        #expect(made.message.contains("is called after something in the data"))
    }

    @Test func partsMayBeCalledAfterDimensionsAndWordsOfTheScript() throws {
        let roles = try world.ask(
            "local t = {} for k, s in g:each('role') do t[k] = s.trust:mean() end return t", question)
        #expect(roles.groups[0].parts.map(\.part) == ["principal", "teacher"])
        #expect(roles.groups[0].parts.allSatisfy { $0.estimate?.persons == 1 }, "hidden together")
        let words = try world.ask(
            "local n = g.n return { low = g.trust:mean(), ['high up'] = g.minutes:mean() * n }", question)
        #expect(words.groups[0].parts.map(\.part) == ["high up", "low"])
        let counted = try world.ask(
            "local t = {} for i = 1, 2 do t['box_' .. i] = g.trust:is(i):share() end return t", question)
        #expect(counted.groups[0].parts.map(\.part) == ["box_1", "box_2"])
    }

    @Test(arguments: ["''", "'a\\u{202e}b'", "'a\\nb'", "('x'):rep(81)"])
    func namesOfPartsAreReadable(name: String) throws {
        #expect(try world.ask("return { [\(name)] = 1 }", question).failure().code == .invalidResult)
    }

    /// A value's being in another column tells of that column's people.
    @Test func membershipRestsOnBothSides() throws {
        let share = try world.estimate(
            "return g.trust:isin(g:where(g.role:is('principal')).trust):share()", question)
        #expect(share.persons == 1)
        #expect(share.value == 0.2)
        #expect(try world.estimate("return g.role:isin(g.role):share()", question).persons == 20)
        #expect(try world.message("return g.role:isin(g.trust):share()", question).contains("columns of one kind"))
        #expect(try world.message("return g.who:isin(g.role):share()", question).contains("names persons"))
        #expect(try world.estimate("return g.who:isin(g.who):share()", question).persons == 20)
    }

    @Test func unknownVerbsOfColumnsAreNamed() throws {
        #expect(
            try world.message("return g.trust:maen()", question).contains("has no verb `maen`; did you mean `mean`?"))
        #expect(try world.message("local x = g.trust.average", question).contains("a column has no verb `average`"))
    }

    /// What n counts travels with it.
    @Test func whatIsCounted() throws {
        #expect(try world.estimate("return g.trust:mean()", question).counted == .rows)
        #expect(try world.estimate("return proportion(g.trust:sum(), g.minutes:sum())", question).counted == .cases)
        #expect(try world.estimate("return 5", question).counted == .persons)
        #expect(try world.estimate("return ratio(g.trust:sum(), g.minutes:sum())", question).counted == .rows)
    }
}
