import MeasureModel
import Testing

/// Columns of another dataset, looked up row by row.
struct JoinTests {
    private static let datasets = [
        DatasetDescription(
            name: "survey", dataClass: "staff_survey", persons: .column("who"), periodColumn: "day",
            personColumns: ["who"], dimensions: GroupKey.standardDimensions),
        DatasetDescription(
            name: "roster", dataClass: "staff_record", persons: .column("person"), validFrom: "from", validTo: "to",
            personColumns: ["person"], dimensions: GroupKey.standardDimensions),
        DatasetDescription(name: "sites", dataClass: "practice", persons: .row),
    ]

    /// ann changes her school between the waves; ben is in two networks; dan is on no roster.
    private let world = World(
        TestFile(
            network: "east", Cells.labels("who", ["ann", "ben", "ann", "dan"]),
            Cells.dates("day", ["2025-10-01", "2025-10-01", "2026-03-01", "2025-10-01"]),
            Cells.numbers("x", [1, 2, 4, 8])),
        TestFile(
            network: "west", Cells.labels("who", ["ben"]), Cells.dates("day", ["2025-10-01"]), Cells.numbers("x", [16])),
        TestFile(
            "roster", network: "east", Cells.labels("person", ["ann", "ann", "ben"]),
            Cells.labels("school", ["A", "B", "E"]), Cells.dates("from", ["2025-08-01", "2026-01-15", nil]),
            Cells.dates("to", ["2026-01-14", nil, nil]), Cells.numbers("age", [30, 31, nil])),
        TestFile(
            "roster", network: "west", Cells.labels("person", ["ben"]), Cells.labels("school", ["W"]),
            Cells.dates("from", [nil]), Cells.dates("to", [nil]), Cells.numbers("age", [50])),
        TestFile("sites", Cells.labels("school", ["A", "B", "E", "W"]), Cells.integers("size", [10, 20, 30, 40])),
        datasets: Self.datasets)

    private let waves = [
        period("2025-fall", "2025-09-01", "2025-12-20"), period("2026-spring", "2026-02-01", "2026-06-01"),
    ]

    private func question(_ by: [String] = [], periods: [Period]? = nil, mayReadRows: Bool = true) -> Question {
        Question(by: by, periods: periods ?? waves, with: ["roster", "sites"], mayReadRows: mayReadRows)
    }

    private let schools = """
        local j = g:join('roster', { person = 'who' }, { 'school' })
        local s = {}
        for name, sub in j:each('school') do s[name] = sub.x:sum() end
        s.none = j:where(j.school:missing('not_loaded')).x:sum()
        return s
        """

    @Test func theRowOfTheTimeAndOfTheNetworkCounts() throws {
        let answer = try world.ask(schools, question())
        #expect(answer.lines == ["@0: A=1 E=2 W=16 none=8", "@1: B=4 none=insufficient"])
    }

    @Test func withoutPeriodsTheFirstRowCounts() throws {
        #expect(try world.ask(schools, question(periods: [.all])).lines == ["@0: A=5 E=2 W=16 none=8"])
    }

    /// Rows of a later group too, where the measure says which columns it reads.
    @Test func rowsHaveTheirOwnCells() throws {
        var declared = question(["network"], periods: [.all])
        declared.columns = ["who", "x"]
        let body = """
            local j = g:join('roster', { person = 'who' }, { 'age' })
            local sum = 0
            for r in j:rows() do sum = sum + (r.age or 0) end
            return sum
            """
        #expect(try world.ask(body, declared).lines == ["east@0: 60", "west@0: 50"])
    }

    @Test func rowsThatAreNotTrueYetDoNotCount() throws {
        var early = question(periods: [.all])
        early.asOf = "2025-09-30"
        // Nothing of the survey is there yet, so look at undated rows.
        var undated = world
        undated.datasets[0].periodColumn = nil
        let body = "local j = g:join('roster', { person = 'who' }, { 'school' }) return j.school:isin{ 'B' }:count()"
        #expect(try undated.value(body, early) == 0)
    }

    @Test func columnsCanBeRenamed() throws {
        let body = """
            local j = g:join('roster', { person = 'who' }, { place = 'school', 'age' })
            return { w = j:where(j.place:is('W')).x:sum(), age = j.age:max() }
            """
        #expect(try world.ask(body, question()).lines.first == "@0: age=50 w=16")
    }

    @Test func severalKeysAndFurtherJoins() throws {
        let body = """
            local j = g:join('roster', { person = 'who', network = 'network' }, { 'school' })
            local k = j:join('sites', { school = 'school' }, { 'size' })
            return k.size:sum()
            """
        #expect(try world.message(body, question()).contains("join: no column `school` in survey"))
        let two =
            "local j = g:join('roster', { person = 'who', network = 'network' }, { 'school' }) return j.school:count()"
        #expect(try world.ask(two, question()).lines == ["@0: 3", "@1: 1"])
    }

    @Test func joinedColumnsAreColumns() throws {
        let body = """
            local j = g:where(g.x:below(16)):join('roster', { person = 'who' }, { 'school', 'age' })
            for r in j:rows() do if r.school == 'A' then return r.x + j.age:sum() * 100 end end
            """
        #expect(try world.ask(body, question()).lines.first == "@0: 3001")
        #expect(
            try world.value(
                "local j = g:join('roster', { person = 'who' }, { 'age' }) return (j.age + j.x):max()",
                question(periods: [.all])) == 66)
    }

    /// The number rests on both datasets: the stricter of their classes decides about it.
    @Test func theClassOfTheOtherDatasetEnters() throws {
        let join = "local j = g:join('roster', { person = 'who' }, { 'age' }) "
        for body in [
            "return j.age:mean()", "return j.x:mean()", "return j:where(j.age:above(1)).x:count()", "return 5",
            "return (j.age + j.x):sum()", "return ratio(j.age:sum(), g.x:sum())",
            "return j.age:weighted{ by = 'x' }:mean()",
            "for _, s in j:each('age') do return s.x:sum() end", "return (g.x + j.age):sum()",
            "return g:where(j.age:above(1)).x:sum()", "return g.x:weighted{ by = j.age }:sum()",
            "return (g.x:above(1) & j.age:above(1)):share()",
            "return g:where(j.age:above(1)):where(g:where(j.age:above(1)).x:above(1)).x:count()",
        ] {
            let estimate = try world.ask(join + body, question(periods: [.all])).groups[0].parts[0].estimate
            #expect(estimate?.classes == ["staff_record", "staff_survey"], "\(body)")
        }
        #expect(try world.estimate(join + "return g.x:mean()", question(periods: [.all])).classes == ["staff_survey"])
    }

    @Test func personsOfTheOtherDatasetAreShownAsPseudonyms() throws {
        let body = "local j = g:join('roster', { person = 'who' }, { other = 'person' }) return j.other:values()"
        var asked = question(periods: [.all])
        asked.allowsAny = true
        let text = try world.ask(body, asked).groups[0].other ?? ""
        #expect(!text.contains("ann") && !text.contains("ben"), "\(text)")
        #expect(
            try world.message(
                "local j = g:join('roster', { person = 'who' }, { other = 'person' }) return j.other:is('ann'):count()",
                asked
            ).contains("names persons"))
    }

    @Test func mistakesAreNamed() throws {
        func message(_ arguments: String) throws -> String {
            try world.message("return g:join(\(arguments)).n", question(periods: [.all]))
        }
        #expect(try message("'roster', { person = 'who' }, { 'y' }").contains("no column `y` in roster"))
        #expect(try message("'roster', { person = 'who' }, { 'shcool' }").contains("did you mean `school`?"))
        #expect(
            try message("'roster', { persn = 'who' }, { 'school' }").contains(
                "join: no column `persn` in roster; did you mean `person`?"))
        #expect(
            try message("'roster', { person = 'whom' }, { 'school' }").contains(
                "no column `whom` in survey; did you mean `who`?"))
        #expect(
            try message("'roster', { person = 'who' }, { x = 'age' }").contains(
                "this group has a column `x` already; give the new one another name: { other_x = \"age\" }"))
        #expect(try message("'roster'").contains("join is written g:join(\"roster\""))
        #expect(try message("'roster', {}, { 'age' }").contains("join is written"))
        #expect(try message("'roster', { person = 1 }, { 'age' }").contains("write { their_column = \"our_column\" }"))
        #expect(try message("'roster', { person = 'who' }, { 1 }").contains("name the columns you want as text"))
        #expect(try message("'rooster', { person = 'who' }, { 'age' }").contains("did you mean `roster`?"))
    }
}
