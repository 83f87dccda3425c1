import CivilCalendar
import MeasureModel
import Testing

/// Rows belong to the period of their date; the parent computes the periods, the worker only looks them up.
struct PeriodTests {
    private static let waves = [
        period("2025-fall", "2025-09-01", "2025-12-20"), period("2026-spring", "2026-02-01", "2026-06-01"),
    ]

    private static let dated = DatasetDescription(
        name: "survey", dataClass: "staff_survey", persons: .row, periodColumn: "day")

    private func world(_ days: [String?]) -> World {
        World(
            TestFile(Cells.dates("day", days), Cells.numbers("x", days.indices.map { Double(1 << $0) })),
            datasets: [Self.dated])
    }

    @Test func periodsAreHalfOpen() throws {
        let world = world([
            "2025-08-31", "2025-09-01", "2025-12-19", "2025-12-20", "2026-02-01", "2026-05-31", "2026-06-01",
        ])
        let answer = try world.ask("return g.x:sum()", Question(periods: Self.waves))
        #expect(answer.lines == ["@0: 6", "@1: 48"])
        #expect(answer.summary.rowsOutsidePeriods == 3)
        #expect(answer.summary.rowsAfterAsOf == 0)
    }

    @Test func rowsWithoutADateAreOutside() throws {
        let world = world([nil, "2025-09-02", nil])
        let answer = try world.ask("return g.x:sum()", Question(periods: Self.waves))
        #expect(answer.lines == ["@0: 2"])
        #expect(answer.summary.rowsOutsidePeriods == 2)
        let all = try world.ask("return g.x:sum()")
        #expect(all.lines == ["@0: 7"], "in everything they count")
        #expect(all.summary.rowsOutsidePeriods == 0)
    }

    @Test func rowsAfterTheDayOfTheRunAreNotThereYet() throws {
        let world = world(["2025-09-01", "2026-02-01", "2026-02-02", "2026-03-01"])
        let waves = try world.ask("return g.x:sum()", Question(periods: Self.waves, asOf: "2026-02-01"))
        #expect(waves.lines == ["@0: 1", "@1: 2"])
        #expect(waves.summary.rowsAfterAsOf == 2)
        let all = try world.ask("return g.x:sum()", Question(asOf: "2026-02-01"))
        #expect(all.lines == ["@0: 3"])
        #expect(all.summary.rowsAfterAsOf == 2)
        #expect(try world.ask("return 1", Question(asOf: "2020-01-01")).groups.isEmpty)
    }

    @Test func momentsAreComparedWithMoments() throws {
        // The day of the run ends, and the wave begins, at six in the morning UTC: another zone's midnight.
        let hour: Int64 = 3_600_000_000
        let start = Int64(CivilDate("2026-02-01")?.day ?? 0) * 24 * hour + 6 * hour
        let end = start + 48 * hour
        let wave = Period(
            kind: .wave, label: "w",
            days: Period.Days(
                start: CivilDate(day: 20_485), end: CivilDate(day: 20_487), startInstant: start, endInstant: end))
        let world = World(
            TestFile(
                Cells.times("day", [start - 1, start, start + 24 * hour - 1, start + 24 * hour, end - 1, end, nil]),
                Cells.numbers("x", [1, 2, 4, 8, 16, 32, 64])), datasets: [Self.dated])
        let late = try world.ask("return g.x:sum()", Question(periods: [wave], asOfInstant: end + hour))
        #expect(late.lines == ["@0: 30"])
        #expect(late.summary.rowsOutsidePeriods == 3)
        let early = try world.ask(
            "return g.x:sum()", Question(periods: [wave], asOf: "2026-02-01", asOfInstant: start + 24 * hour))
        #expect(early.lines == ["@0: 6"])
        #expect(early.summary.rowsAfterAsOf == 3)
    }

    @Test func groupsAreOrderedByKeyThenPeriod() throws {
        let world = World(
            TestFile(
                Cells.labels("role", ["b", "a", "b", "a"]),
                Cells.dates("day", ["2026-03-01", "2026-03-01", "2025-10-01", "2025-10-01"]),
                Cells.numbers("x", [1, 2, 3, 4])), datasets: [Self.dated])
        let answer = try world.ask("return g.x:sum()", Question(by: ["role"], periods: Self.waves))
        #expect(answer.lines == ["a@0: 4", "a@1: 2", "b@0: 3", "b@1: 1"])
    }

    @Test func aGroupKnowsItsPeriod() throws {
        let world = world(["2025-09-01", "2026-03-01"])
        let body = "return g.period.kind .. ' ' .. g.period.label .. ' ' .. g.period.start .. ' ' .. g.period.stop"
        let answer = try world.ask(body, Question(periods: Self.waves, allowsAny: true))
        #expect(
            answer.groups.map(\.other) == [
                "\"wave 2025-fall 2025-09-01 2025-12-20\"", "\"wave 2026-spring 2026-02-01 2026-06-01\"",
            ])
        let all = "return g.period.kind .. tostring(g.period.start)"
        #expect(try world.ask(all, Question(allowsAny: true)).groups[0].other == "\"allnil\"")
    }

    @Test func theDayOfTheRunIsNoticed() throws {
        let world = world(["2025-09-01"])
        let asked = try world.ask("return days(g.as_of) - days('2026-06-01')", Question())
        #expect(try asked.value() == 29)
        #expect(asked.result.readsAsOf)
        #expect(try world.ask("return 1").result.readsAsOf == false)
    }

    @Test func undatedDataBelongToEverythingOnly() throws {
        let world = World(TestFile(Cells.numbers("x", [1, 2])))
        #expect(try world.ask("return g.x:sum()").lines == ["@0: 3"])
        #expect(try world.ask("return g.x:sum()", Question(periods: Self.waves)).groups.isEmpty)
    }

    @Test func aLoadWithoutTheDateIsOutside() throws {
        let world = World(
            TestFile(Cells.dates("day", ["2025-09-01"]), Cells.numbers("x", [1])),
            TestFile(Cells.numbers("x", [2, 4])), datasets: [Self.dated])
        let answer = try world.ask("return g.x:sum()", Question(periods: Self.waves))
        #expect(answer.lines == ["@0: 1"])
        #expect(answer.summary.rowsOutsidePeriods == 2)
    }

    @Test func daysAreNumbersToComputeWith() throws {
        let world = World(
            TestFile(
                Cells.dates("from", ["2026-03-01", "2026-03-05", nil]),
                Cells.dates("to", ["2026-03-11", "2026-03-06", "2026-03-06"])))
        #expect(try world.value("return (g.to - g.from):mean()") == 5.5)
        #expect(try world.value("return (g.to - g.from):count()") == 2)
        #expect(try world.value("return (g.to - days('2026-03-01')):max()") == 10)
        #expect(try world.value("return g.to:at_least('2026-03-07'):count()") == 1)
        #expect(try world.value("return (g.from + 10):is('2026-03-11'):count()") == 1)
        #expect(try world.value("return g.from:between('2026-03-01', '2026-03-04'):count()") == 1)
        #expect(try world.message("return g.to:at_least('soon')").contains("write it as \"2026-11-04\""))
        #expect(try world.message("return days('4.11.2026')").contains("days needs a date as text"))
    }

    /// A day compared with a column of times is that day in the workspace's zone.
    @Test func daysAreComparedWithMomentsInTheZone() throws {
        let hour: Int64 = 3_600_000_000
        let midnight = Int64(CivilDate("2026-03-01")?.day ?? 0) * 24 * hour + 6 * hour
        let world = World(
            TestFile(Cells.times("at", [midnight - 1, midnight, midnight + 24 * hour - 1, midnight + 24 * hour, nil])))
        var chicago = world
        chicago.dayStarts = DayStarts(steps: [DayStarts.Step(from: .min, offsetSeconds: -6 * 3600)])
        for (mask, here, utc) in [
            ("is('2026-03-01')", 2.0, 2.0), ("at_least('2026-03-01')", 3, 4), ("above('2026-03-01')", 1, 2),
            ("below('2026-03-01')", 1, 0), ("at_most('2026-03-01')", 3, 2),
            ("between('2026-02-28', '2026-03-01')", 3, 2),
            ("isin{ '2026-02-28', '2026-03-02' }", 2, 2),
        ] {
            #expect(try chicago.value("return g.at:\(mask):count()") == here, "\(mask)")
            #expect(try world.value("return g.at:\(mask):count()") == utc, "\(mask) in UTC")
        }
    }
}
