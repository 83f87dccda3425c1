import MeasureModel
import Testing

/// Whether team members and raters agree.
struct AgreementTests {
    /// Team a agrees, b does not, c has one member, and one row has no team.
    private let teams = World(
        TestFile(
            Cells.labels("team", ["a", "a", "a", "b", "b", "c", nil]),
            Cells.numbers("x", [4, 4, 5, 1, 5, 3, 2]), Cells.numbers("y", [5, 5, 5, 1, nil, 2, 2]),
            Cells.numbers("z", [3, 4, 3, 5, 1, 2, 2]), Cells.numbers("none", [nil, nil, nil, nil, nil, nil, nil])))

    private func reason(_ world: World, _ expression: String) throws -> String? {
        let part = try world.ask("return \(expression)").part()
        #expect(part.status == .insufficient && part.estimate == nil, "\(expression)")
        return part.reason
    }

    @Test func membersOfOneTeam() throws {
        let one = try teams.estimate("return g:where(g.team:is('a')):rwg({ 'x' }, { range = { 1, 5 } })")
        #expect(isClose(one.value, 1 - (1.0 / 3) / 2) && one.n == 3 && one.persons == 3 && one.low == nil)
        let variance = 1.0 / 3 / 2
        let two = try teams.value("return g:where(g.team:is('a')):rwg({ 'x', 'z' }, { categories = 5 })")
        #expect(isClose(two, 2 * (1 - variance) / (2 * (1 - variance) + variance)))
        #expect(try teams.value("return g:where(g.team:is('b')):rwg({ 'x' }, { range = { 1, 5 } })") == 0)
        let deviation = try teams.value("return g:where(g.team:is('a')):average_deviation{ 'x', 'y' }")
        #expect(isClose(deviation, 4.0 / 9 / 2))
        #expect(try teams.value("return g:where(g.team:is('c')):average_deviation{ 'x' }") == 0)
    }

    @Test func manyTeamsAtOnce() throws {
        let all = try teams.estimate("return g:rwg({ 'x', 'z' }, { by = 'team', range = { 1, 5 } })")
        #expect(all.n == 5 && all.persons == 5, "c has one member, and nobody knows whose the last row is")
        let a = try teams.value("return g:where(g.team:is('a')):rwg({ 'x', 'z' }, { range = { 1, 5 } })")
        #expect(isClose(all.value, a / 2))
        let body = """
            local e = g:rwg({ 'x', 'z' }, { by = g.team, range = { 1, 5 }, cut = 0.5 })
            assert(e.teams == 2 and e.items == 2 and e.median == e.value)
            return e.share
            """
        #expect(try teams.value(body) == 0.5)
        #expect(try teams.value("return g:average_deviation({ 'x' }, { by = 'team' }).teams") == 3)
    }

    @Test func teamsThatCannotAgreeHaveAReason() throws {
        let options = "{ range = { 1, 5 } }"
        #expect(try reason(teams, "g:where(g.team:is('c')):rwg({ 'x' }, \(options))")?.contains("two members") == true)
        #expect(try reason(teams, "g:where(g.team:is('z')):rwg({ 'x' }, \(options))")?.contains("two members") == true)
        #expect(
            try reason(teams, "g:rwg({ 'none' }, { by = 'team', range = { 1, 5 } })")?.contains("a team with") == true)
        #expect(try reason(teams, "g:rwg({ 'x' }, { by = 'none', range = { 1, 5 } })")?.contains("a team with") == true)
        #expect(try reason(teams, "g:average_deviation{ 'none' }")?.contains("a member") == true)
    }

    @Test func mistakesAboutTeamsAreNamed() throws {
        func message(_ options: String) throws -> String { try teams.message("return g:rwg({ 'x' }, \(options))") }
        #expect(try message("{}").contains("rwg needs the range of the answers"))
        #expect(try message("{ range = { 1, 5.5 } }").contains("`categories`"))
        #expect(try message("{ categories = 1 }").contains("at least 2"))
        #expect(try message("{ random_variance = 0 }").contains("above 0"))
        #expect(try message("{ range = { 1, 5 }, cut = 70 }").contains("from 0 to 1"))
        #expect(try message("{ range = { 1, 5 }, by = 1 }").contains("`by` is a column"))
    }

    // MARK: Raters

    /// Table 2 of Shrout and Fleiss (1979), and a target that one judge left out.
    private let judges = World(
        TestFile(
            Cells.integers("j1", [9, 6, 8, 7, 10, 6, 5]), Cells.integers("j2", [2, 1, 4, 1, 5, 2, nil]),
            Cells.integers("j3", [5, 3, 6, 2, 6, 4, 5]), Cells.integers("j4", [8, 2, 8, 6, 9, 7, 5]),
            Cells.numbers("same", Array(repeating: 4, count: 7)),
            Cells.numbers("huge", Array(repeating: 1e308, count: 7)),
            Cells.labels("first", ["low", "low", "high", "middle", "high", "low", "low"]),
            Cells.labels("second", ["low", "middle", "high", "middle", "high", "high", nil])))

    @Test func shroutAndFleiss() throws {
        let published = [
            ("one_way", "single", 0.17), ("random", "single", 0.29), ("fixed", "single", 0.71),
            ("one_way", "average", 0.44), ("random", "average", 0.62), ("fixed", "average", 0.91),
        ]
        for (model, unit, value) in published {
            let icc = try judges.estimate(
                "return g:icc({ 'j1', 'j2', 'j3', 'j4' }, { model = '\(model)', unit = '\(unit)' })")
            #expect(abs(icc.value - value) < 0.005 && icc.n == 6 && icc.persons == 6 && icc.method == "mean_squares")
        }
    }

    @Test func ratersWhoAgreeInEverythingOrNothing() throws {
        #expect(try reason(judges, "g:icc{ 'j1' }")?.contains("two raters") == true)
        #expect(try reason(judges, "g:icc{ 'same', 'huge' }")?.isEmpty == false)
        #expect(try reason(judges, "g:where(g.j1:above(99)):icc{ 'j1', 'j2' }")?.contains("two targets") == true)
        #expect(try judges.value("return g:icc{ 'j1', 'j3' }") < 1)
    }

    @Test func kappaOfNumbersAndOfTexts() throws {
        // Four of six are alike; by chance 3/6 · 1/6 (low) + 1/6 · 2/6 (middle) + 2/6 · 3/6 (high).
        let kappa = try judges.estimate("return g.first:kappa('second')")
        #expect(isClose(kappa.value, (4.0 / 6 - 11.0 / 36) / (1 - 11.0 / 36)) && kappa.n == 6 && kappa.method == "wald")
        #expect(isClose(try judges.value("return g.first:kappa('second').agreement"), 4.0 / 6))
        let agreement = try judges.estimate("return g.first:agreement(g.second)")
        #expect(isClose(agreement.value, 4.0 / 6) && agreement.n == 6 && agreement.method == "wilson")
        let order = "categories = { 'low', 'middle', 'high' }"
        let weighted = try judges.value("return g.first:kappa('second', { weights = 'linear', \(order) })")
        #expect(weighted > kappa.value - 0.1 && weighted < 1)
        #expect(isClose(try judges.value("return g.j1:kappa('j1')"), 1))
        #expect(try reason(judges, "g.same:kappa('same')")?.contains("two categories") == true)
        #expect(try reason(judges, "g:where(g.j1:above(99)).j1:kappa('j2')")?.contains("both raters") == true)
    }

    @Test func krippendorffTakesRatersWhoLeaveThingsOut() throws {
        let alpha = try judges.estimate("return g:krippendorff({ 'j1', 'j2', 'j3', 'j4' }, { scale = 'interval' })")
        #expect(alpha.n == 7 && alpha.persons == 7)
        #expect(try judges.value("return g:krippendorff({ 'first', 'second' }).judgements") == 12)
        #expect(
            try judges.value("return g:krippendorff{ 'j1', 'j3' }") < 1)
        #expect(try reason(judges, "g:krippendorff{ 'j1' }")?.contains("two raters") == true)
        #expect(
            try reason(judges, "g:krippendorff{ 'same' }") != nil)
        #expect(
            try reason(judges, "g:krippendorff({ 'huge', 'same' }, { scale = 'interval' })")?.isEmpty == false)
    }

    @Test func mistakesAboutRatersAreNamed() throws {
        #expect(try judges.message("return g:icc{ 'j1', 'first' }").contains("icc needs numbers"))
        #expect(try judges.message("return g:icc({ 'j1' }, { model = 2 })").contains("`model` is one of"))
        #expect(try judges.message("return g.first:kappa('j1')").contains("columns of one kind"))
        #expect(
            try judges.message("return g.first:kappa('second', { weights = 'linear' })").contains("order of the texts"))
        #expect(
            try judges.message("return g.first:kappa('second', { categories = { 'low' } })").contains("lacks a text"))
        #expect(
            try judges.message("return g:krippendorff({ 'first', 'second' }, { scale = 'ordinal' })").contains(
                "no order"))
    }
}
