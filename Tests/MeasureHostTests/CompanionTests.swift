import MeasureModel
import Testing

/// `g.with.roster`: the other dataset's rows with the group's keys that are true in its period.
struct CompanionTests {
    private static let datasets = [
        DatasetDescription(name: "survey", dataClass: "staff_survey", persons: .column("who"), periodColumn: "day"),
        DatasetDescription(
            name: "roster", dataClass: "staff_record", persons: .column("person"), validFrom: "from", validTo: "to"),
        DatasetDescription(name: "events", dataClass: "practice", persons: .row, periodColumn: "held"),
        DatasetDescription(name: "sites", dataClass: "practice", persons: .row),
    ]

    private let world = World(
        TestFile(
            network: "east", Cells.labels("who", ["a", "b", "a"]), Cells.labels("school", ["A", "B", "A"]),
            Cells.dates("day", ["2025-10-01", "2025-10-01", "2026-03-01"])),
        TestFile(
            network: "west", Cells.labels("who", ["c"]), Cells.labels("school", ["A"]),
            Cells.dates("day", ["2025-10-01"])),
        TestFile(
            "roster", network: "east", Cells.labels("person", ["a", "b", "d", "e", "f", "g"]),
            Cells.labels("school", ["A", "B", "A", "A", "A", nil]),
            Cells.dates("from", [nil, nil, "2025-12-19", "2025-12-20", "2025-01-01", nil]),
            Cells.dates("to", [nil, nil, nil, nil, "2025-08-31", nil])),
        TestFile(
            "roster", network: "west", Cells.labels("person", ["c"]), Cells.labels("school", ["A"]),
            Cells.dates("from", [nil]), Cells.dates("to", [nil])),
        TestFile(
            "events", network: "east", Cells.dates("held", ["2025-10-05", "2026-03-05", "2026-03-06"]),
            Cells.labels("school", ["A", "A", "B"])),
        TestFile("sites", network: "east", Cells.numbers("size", [10])), datasets: Self.datasets)

    private let waves = [
        period("2025-fall", "2025-09-01", "2025-12-20"), period("2026-spring", "2026-02-01", "2026-06-01"),
    ]

    private func question(_ by: [String], asOf: String = "2026-06-30") -> Question {
        Question(by: by, periods: waves, asOf: asOf, with: ["roster", "events", "sites"])
    }

    @Test func rowsWithTheKeysThatAreValidCount() throws {
        let answer = try world.ask("return g.with.roster.n", question(["network", "school"]))
        // In fall a and d (from the last day of the wave); e begins the day after, f had gone before.
        #expect(answer.lines == ["east/A@0: 2", "east/A@1: 3", "east/B@0: 1", "west/A@0: 1"])
    }

    @Test func rowsWithoutAKeyBelongToCoarserGroups() throws {
        #expect(
            try world.ask("return g.with.roster.n", question(["network"])).lines == [
                "east@0: 4", "east@1: 5", "west@0: 1",
            ])
        #expect(try world.ask("return g.with.roster.n", question([])).lines == ["@0: 5", "@1: 6"])
    }

    @Test func theDayOfTheRunBoundsWhatIsKnown() throws {
        let early = question(["network", "school"], asOf: "2025-12-18")
        #expect(try world.ask("return g.with.roster.n", early).lines == ["east/A@0: 1", "east/B@0: 1", "west/A@0: 1"])
    }

    @Test func everythingIsValidInEverything() throws {
        let all = Question(by: ["network"], with: ["roster"])
        #expect(try world.ask("return g.with.roster.n", all).lines == ["east@0: 6", "west@0: 1"])
    }

    @Test func datedRowsBelongToTheirPeriod() throws {
        #expect(
            try world.ask("return g.with.events.n", question(["network", "school"])).lines == [
                "east/A@0: 1", "east/A@1: 1", "east/B@0: 0", "west/A@0: 0",
            ])
    }

    @Test func undatedRowsCountInAllPeriods() throws {
        #expect(
            try world.ask("return g.with.sites.n", question(["network"])).lines == [
                "east@0: 1", "east@1: 1", "west@0: 0",
            ])
    }

    @Test func aDimensionThatIsNotThereIsAnError() throws {
        let answer = try world.ask("return g.with.sites.n", question(["network", "school"]))
        #expect(
            answer.groups[0].failure?.message.contains("sites has no column `school`, by which the measure is grouped")
                == true)
    }

    @Test func aCompanionIsAGroup() throws {
        let body = """
            local r = g.with.roster
            return { share = proportion(g.who:distinct(), r.person:distinct()), own = r:where(r.school:is('A')).n,
                     key = r.keys.network == g.keys.network and 1 or 0 }
            """
        let answer = try world.ask(body, question(["network"]))
        let share = try #require(answer.groups[0].parts.first { $0.part == "share" }?.estimate)
        #expect(share.value == 0.5)
        #expect(share.classes == ["staff_record", "staff_survey"])
        #expect(share.persons == 2, "the smaller side")
    }

    @Test func lookingAtItIsNoted() throws {
        let answer = try world.ask("local n = g.with.events.n return 5", question(["network"]))
        #expect(answer.groups[0].parts[0].estimate?.persons == 1)
        #expect(answer.groups[0].parts[0].estimate?.classes == ["practice", "staff_survey"])
    }

    @Test func itIsAskedByName() throws {
        #expect(try world.ask("return g.with[1]", question([])).failure().message.contains("write g.with.roster"))
        #expect(
            try world.ask("g.with.roster = 1 return 1", question([])).failure().message.contains("cannot be changed"))
    }

    /// Rows that `each` took apart have companions with the same key.
    @Test func partsOfAGroupHaveTheirOwnCompanions() throws {
        let body = """
            local t = {} for school, part in g:each('school') do t[school] = part.with.roster.n end return t
            """
        let asked = Question(by: ["network"], periods: waves, with: ["roster", "sites"], allowsAny: true)
        #expect(try world.ask(body, asked).lines == ["east@0: A=2 B=1", "east@1: A=3", "west@0: A=1"])
        let missing = "for _, part in g:each('school') do return part.with.sites.n end"
        #expect(
            try world.message(missing, Question(periods: [waves[0]], with: ["sites"]))
                .contains("sites has no column `school`, by which the rows were split"))
    }
}
