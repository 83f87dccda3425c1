import CivilCalendar
import Foundation
import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

@testable import Workspace

/// Waves, days, weeks, months, quarters and school years.
struct PeriodTests {
    private func calendar(_ change: (inout WorkspaceConfig) -> Void = { _ in }) -> PeriodCalendar {
        var config = WorkspaceConfig()
        config.timeZone = "America/Chicago"
        change(&config)
        return PeriodCalendar(config)
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    private func labels(_ periods: [Period]) -> [String] { periods.map(\.label) }

    private func bounds(_ period: Period?) -> [String?] {
        [period?.days?.start.description, period?.days?.end.description]
    }

    /// The label says what a wave is called, its dates when it was: "spring" before "fall" is right where it came first.
    @Test func wavesAreInOrderOfTheirDates() throws {
        let calendar = calendar {
            $0.waves = [
                .init(id: "spring", start: "2025-02-01", end: "2025-06-01"),
                .init(id: "fall", start: "2025-09-01", end: "2025-12-20"),
                .init(id: "a-winter", start: "2026-01-10", end: "2026-01-20"),
            ]
        }
        #expect(labels(calendar.waves) == ["spring", "fall", "a-winter"])
        #expect(
            labels(calendar.periods(.wave, from: try day("2025-09-01"), through: try day("2025-09-02")))
                == ["spring", "fall", "a-winter"], "all are given")
        #expect(bounds(calendar.period(.wave, labelled: "fall")) == ["2025-09-01", "2025-12-20"])
        #expect(calendar.period(.wave, labelled: "winter") == nil)
        #expect(calendar.period(.all, labelled: "all") == nil)
    }

    @Test(arguments: [
        (PeriodKind.day, "2026-11-04", "2026-11-04", "2026-11-05"), (.month, "2026-11", "2026-11-01", "2026-12-01"),
        (.month, "2026-12", "2026-12-01", "2027-01-01"), (.week, "2026-W45", "2026-11-02", "2026-11-09"),
        (.week, "2026-W01", "2025-12-29", "2026-01-05"), (.week, "2026-W53", "2026-12-28", "2027-01-04"),
        (.quarter, "2026-Q4", "2026-10-01", "2027-01-01"), (.quarter, "2026-Q1", "2026-01-01", "2026-04-01"),
        (.schoolYear, "2026-27", "2026-07-01", "2027-07-01"), (.schoolYear, "1999-00", "1999-07-01", "2000-07-01"),
    ])
    func labelsNamePeriods(kind: PeriodKind, label: String, start: String, end: String) {
        #expect(bounds(calendar().period(kind, labelled: label)) == [start, end])
    }

    @Test(arguments: [
        (PeriodKind.day, "2026-11-4"), (.month, "2026-13"), (.month, "2026-1"), (.month, "2026-11-04"), (.month, "x"),
        (.week, "2026-W54"), (.week, "2026-W00"), (.week, "2025-W53"), (.week, "2026-45"), (.week, "W45"),
        (.week, "2026-W9999999999"), (.week, "2026-W400000000"), (.week, "2026-W-1"), (.quarter, "2026-Q5"),
        (.quarter, "2026-Q0"), (.quarter, "2026Q4"), (.quarter, "2026-4"), (.schoolYear, "2026-28"),
        (.schoolYear, "2026"), (.schoolYear, "2026-2027"), (.schoolYear, "0-1"), (.day, ""), (.month, ""), (.week, ""),
        (.quarter, ""), (.schoolYear, ""), (.month, "99999999999999999999-01"),
    ])
    func labelsThatNameNothing(kind: PeriodKind, label: String) {
        #expect(calendar().period(kind, labelled: label) == nil)
    }

    @Test func unitsBeginWhereTheConfigurationSays() {
        let calendar = calendar {
            $0.calendar.schoolYear = .init(month: 8, day: 15)
            $0.calendar.quarter = .init(month: 10, day: 15)
            $0.calendar.firstWeekday = 7
        }
        #expect(bounds(calendar.period(.schoolYear, labelled: "2026-27")) == ["2026-08-15", "2027-08-15"])
        #expect(bounds(calendar.period(.quarter, labelled: "2026-Q1")) == ["2026-10-15", "2027-01-15"])
        #expect(bounds(calendar.period(.quarter, labelled: "2026-Q2")) == ["2027-01-15", "2027-04-15"])
        #expect(bounds(calendar.period(.week, labelled: "2026-W44")) == ["2026-11-01", "2026-11-08"])
        #expect(bounds(calendar.period(.week, labelled: "2026-W01")) == ["2026-01-04", "2026-01-11"])
    }

    /// Whatever the rules, periods follow on one another, hold their days, and are found again by their labels.
    @Test func periodsTileTheCalendar() throws {
        var random = SplitMix64(seed: 61)
        for _ in 0..<60 {
            let calendar = calendar {
                $0.calendar.schoolYear = .init(
                    month: Int.random(in: 1...12, using: &random), day: Int.random(in: 1...28, using: &random))
                $0.calendar.quarter = .init(
                    month: Int.random(in: 1...12, using: &random), day: Int.random(in: 1...28, using: &random))
                $0.calendar.firstWeekday = Int.random(in: 1...7, using: &random)
            }
            let first = CivilDate(day: Int32.random(in: -8_000...40_000, using: &random))
            let last = first.adding(days: Int.random(in: 0...900, using: &random))
            for kind in [PeriodKind.day, .week, .month, .quarter, .schoolYear] {
                let periods = calendar.periods(kind, from: first, through: last)
                let days = periods.compactMap(\.days)
                #expect(days.count == periods.count)
                let starts = try #require(days.first?.start)
                let ends = try #require(days.last?.end)
                #expect(starts <= first && last < ends)
                for (earlier, later) in zip(days, days.dropFirst()) {
                    #expect(earlier.end == later.start)
                    #expect(earlier.endInstant == later.startInstant)
                }
                #expect(Set(labels(periods)).count == periods.count)
                for period in periods { #expect(calendar.period(kind, labelled: period.label) == period) }
                #expect(days.allSatisfy { $0.startInstant == calendar.instant(ofDay: $0.start) })
            }
        }
    }

    @Test func weeksAgreeWithISO8601() throws {
        var iso = Calendar(identifier: .iso8601)
        iso.timeZone = .gmt
        let calendar = calendar { $0.timeZone = "UTC" }
        for number: Int32 in stride(from: 10_000, to: 40_000, by: 9) {
            let day = CivilDate(day: number)
            let wanted = iso.dateComponents(
                [.yearForWeekOfYear, .weekOfYear], from: Date(timeIntervalSince1970: Double(number) * 86_400))
            let week = wanted.weekOfYear ?? 0
            let label = "\(wanted.yearForWeekOfYear ?? 0)-W\(week < 10 ? "0" : "")\(week)"
            #expect(labels(calendar.periods(.week, from: day, through: day)) == [label])
        }
    }

    @Test func allIsEverything() throws {
        let periods = calendar().periods(.all, from: try day("2026-01-01"), through: try day("2026-01-01"))
        #expect(periods == [.all])
    }
}
