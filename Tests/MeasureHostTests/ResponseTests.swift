import MeasureModel
import Testing

/// Who answered out of those who were to, beside every number of a survey whose dataset says who was.
struct ResponseTests {
    private static func datasets(_ persons: PersonRule = .column("who")) -> [DatasetDescription] {
        [
            DatasetDescription(
                name: "survey", dataClass: "staff_survey", persons: persons, periodColumn: "day", eligible: "roster"),
            DatasetDescription(
                name: "roster", dataClass: "staff_record", persons: .column("person"), validFrom: "from",
                validTo: "to"),
        ]
    }

    private static let waves = [
        period("2025-fall", "2025-09-01", "2025-12-20"), period("2026-spring", "2026-02-01", "2026-06-01"),
    ]

    /// Four on the roster, one of them gone after the fall; a answers twice, x is on no roster.
    private func world(_ persons: PersonRule = .column("who")) -> World {
        World(
            TestFile(
                Cells.labels("who", ["a", "a", "b", "x", "a"]),
                Cells.labels("role", ["teacher", "teacher", "coach", "teacher", "teacher"]),
                Cells.numbers("trust", [4, 5, nil, 3, 6]),
                Cells.dates("day", ["2025-10-01", "2025-10-02", "2025-10-01", "2025-10-03", "2026-03-01"])),
            TestFile(
                "roster", Cells.labels("person", ["a", "b", "c", "d", "a"]),
                Cells.labels("role", ["teacher", "coach", "coach", "teacher", "teacher"]),
                Cells.dates("from", ["2025-01-01", "2025-01-01", "2025-01-01", "2025-01-01", "2025-10-01"]),
                Cells.dates("to", [nil, nil, nil, "2025-12-31", nil])),
            datasets: Self.datasets(persons))
    }

    private func responses(_ world: World, by: [String] = []) throws -> [String] {
        let answer = try world.ask("return g.trust:mean()", Question(by: by, periods: Self.waves))
        return answer.groups.map { group in
            let place = "\(group.key.parts.map(\.value).joined(separator: "/"))@\(group.period)"
            return group.response.map { "\(place): \($0.respondents) of \($0.eligible)" } ?? "\(place): none"
        }
    }

    @Test func personsAreCountedOnceAndOnlyThoseOfTheRoster() throws {
        #expect(try responses(world()) == ["@0: 2 of 4", "@1: 1 of 3"])
    }

    @Test func itIsCountedForEachGroup() throws {
        #expect(try responses(world(), by: ["role"]) == ["coach@0: 1 of 2", "teacher@0: 1 of 2", "teacher@1: 1 of 1"])
    }

    @Test func anonymousAnswersAreRows() throws {
        #expect(try responses(world(.row)) == ["@0: 4 of 4", "@1: 1 of 3"])
    }

    @Test func aDimensionThatTheRosterLacksLeavesItOut() throws {
        var world = world()
        world.files[0].columns.append(Cells.labels("team", ["A", "A", "B", "A", "A"]))
        #expect(try responses(world, by: ["team"]) == ["A@0: none", "A@1: none", "B@0: none"])
    }

    @Test func withoutARosterThereIsNone() throws {
        var world = world()
        world.files.removeLast()
        #expect(try responses(world) == ["@0: none", "@1: none"])
    }

    @Test func aRateIsOfThoseWhoWereToAnswer() {
        #expect(ResponseRate(ResponseCount(respondents: 3, eligible: 0), threshold: 0.5) == nil)
        #expect(ResponseRate(ResponseCount(respondents: 3, eligible: 2), threshold: 0.5) == nil)
        var rate = ResponseRate(ResponseCount(respondents: 4, eligible: 10), threshold: 0.5)
        #expect(rate?.isLow == true && rate?.low == nil)
        rate?.bound(yes: 3, answered: 4)
        #expect(rate?.low == 0.3 && rate?.high == 0.9)
        #expect(ResponseRate(ResponseCount(respondents: 5, eligible: 10), threshold: 0.5)?.isLow == false)
        #expect(ResponseRate(ResponseCount(respondents: 0, eligible: 10), threshold: nil)?.isLow == false)
    }
}
