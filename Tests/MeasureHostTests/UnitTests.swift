import MeasureModel
import PlumblineTestSupport
import Testing

/// One value for each unit that rows belong to, and the gaps between a unit's values.
struct UnitTests {
    private let world = World(
        TestFile(
            Cells.numbers("hours", [1, 2, nil, 4, 8, nil]),
            Cells.labels("team", ["a", "b", "a", "a", nil, "c"]),
            Cells.dates(
                "day", ["2026-01-10", "2026-01-02", "2026-01-01", "2026-01-05", "2026-01-03", "2026-01-09"]),
            Cells.numbers("number", [7, 7, 7, 8, 8, nil])))

    private func values(_ column: String) throws -> String {
        let answer = try world.ask("return \(column):values()", Question(allowsAny: true))
        return try #require(answer.groups.first?.other, "\(answer.result)")
    }

    @Test(arguments: [
        ("g.hours:per('team')", "[2.5,2]"), ("g.hours:per('team', { give = 'sum' })", "[5,2]"),
        ("g.hours:per('team', { give = 'count' })", "[2,1,0]"), ("g.team:per('team', { give = 'count' })", "[3,1,1]"),
        ("g.hours:per('team', { give = 'min' })", "[1,2]"), ("g.hours:per('team', { give = 'max' })", "[4,2]"),
        ("g.hours:per('team', { least = 2 })", "[2.5]"),
        ("g.hours:per('team', { give = 'count', least = 1 })", "[2,1]"),
        ("g.hours:per(g.number, { give = 'sum' })", "[3,12]"),
        ("g.hours:above(1):per('team', { give = 'max' })", "[1,1]"),
        ("g.day:gaps('team')", "[5,4]"), ("g.hours:gaps(g.number)", "[1,4]"), ("g.hours:gaps('team')", "[3]"),
    ])
    func eachUnitCountsOnce(_ column: String, _ expected: String) throws {
        #expect(try values(column) == expected)
    }

    @Test func nIsTheNumberOfUnits() throws {
        let mean = try world.estimate("return g.hours:per('team'):mean()")
        #expect(mean.value == 2.25 && mean.n == 2)
        let share = try world.estimate("return g.hours:per('team'):at_least(2.5):share()")
        #expect(share.value == 0.5 && share.n == 2)
    }

    @Test func whyThereIsNoneIsKept() throws {
        let body =
            "local c = g.hours:per('team') return { later = c:missing('not_applicable'):count(), blank = c:missing('skipped'):count() }"
        let answer = try world.ask(body)
        #expect(try answer.value("later") == 1 && answer.value("blank") == 3)
    }

    @Test func subsetsHaveUnitsOfTheirOwn() throws {
        #expect(try world.value("return g:where(g.hours:above(1)).hours:per('team'):mean()") == 3)
        #expect(
            try world.ask("return g:where(g.hours:above(99)).hours:per('team'):mean()").part().status == .insufficient)
    }

    @Test(arguments: [
        ("g.hours:per()", "per needs a column or a column's name"), ("g.team:per('team')", "per needs numbers"),
        ("g.hours:per('team', { give = 'mode' })", "`give` is one of \"mean\", \"sum\", \"count\", \"min\", \"max\""),
        ("g.hours:per('team', { least = -1 })", "`least` is how many values a unit needs"),
        ("g.hours:gaps()", "gaps needs a column or a column's name"), ("g.team:gaps('team')", "gaps needs numbers"),
    ])
    func otherArgumentsAreRefused(_ body: String, _ message: String) throws {
        #expect(try world.message("return \(body):mean()").contains(message))
    }

    /// Only whoever is in the first rows counts as a person behind it: fewer, never more.
    @Test func personsAreThoseOfTheFirstRows() throws {
        #expect(try world.estimate("return g.hours:per('team'):mean()").persons == 2)
    }
}
