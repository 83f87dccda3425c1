import CivilCalendar
import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing
import Workspace

/// Moments of clocks on the wall: the first of two where clocks go back, none where they go forward.
struct TimeZoneTests {
    /// A change of clocks: the zone and the day around it.
    struct Change: Sendable, CustomTestStringConvertible {
        var zone: String
        var day: String

        init(_ zone: String, _ day: String) { (self.zone, self.day) = (zone, day) }

        var testDescription: String { "\(zone) \(day)" }
    }

    private static let changes = [
        Change("America/Chicago", "2026-03-08"), Change("America/Chicago", "2026-11-01"),
        Change("Europe/Berlin", "2026-03-29"), Change("Europe/Berlin", "2026-10-25"),
        Change("Australia/Lord_Howe", "2026-04-05"), Change("Australia/Lord_Howe", "2026-10-04"),
        Change("America/Sao_Paulo", "2018-11-04"), Change("America/Sao_Paulo", "2019-02-17"),
        Change("America/Havana", "2026-03-08"), Change("America/Havana", "2026-11-01"),
        Change("Asia/Kathmandu", "2026-06-01"), Change("Pacific/Apia", "2011-12-30"), Change("UTC", "2026-01-01"),
    ]

    private func calendar(_ zone: String) -> PeriodCalendar {
        var config = WorkspaceConfig()
        config.timeZone = zone
        return PeriodCalendar(config)
    }

    /// Every quarter of an hour of three days on both sides, against a list of all moments and what the wall shows then.
    @Test(arguments: changes)
    func wallTimesAgreeWithAListOfAllMoments(change: Change) throws {
        let zone = try #require(TimeZone(identifier: change.zone))
        let calendar = calendar(change.zone)
        let middle = Int64(try #require(CivilDate(change.day)).day) * 86_400
        let step: Int64 = 900
        // The wall's clock in seconds, and the first moment that shows it.
        var shown: [Int64: Int64] = [:]
        for moment in stride(from: middle - 5 * 86_400, through: middle + 5 * 86_400, by: Int64.Stride(step)) {
            let wall = moment + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment))))
            if shown[wall] == nil { shown[wall] = moment }
        }
        for wall in stride(from: middle - 3 * 86_400, through: middle + 3 * 86_400, by: Int64.Stride(step)) {
            let day = Int32((Double(wall) / 86_400).rounded(.down))
            let time = CivilTime(
                date: CivilDate(day: day), microsecondOfDay: (wall - Int64(day) * 86_400) * 1_000_000)
            #expect(calendar.instant(of: time) == shown[wall].map { $0 * 1_000_000 }, "\(time)")
        }
    }

    /// A day begins at the first moment at which the wall shows it or, where it was left out, the next.
    @Test(arguments: changes)
    func daysBeginAtTheirFirstMoment(change: Change) throws {
        let zone = try #require(TimeZone(identifier: change.zone))
        let calendar = calendar(change.zone)
        let middle = try #require(CivilDate(change.day))
        for offset in -2...2 {
            let day = middle.adding(days: offset)
            let around = Int64(day.day) * 86_400
            let first = stride(from: around - 2 * 86_400, through: around + 2 * 86_400, by: 900).first { moment in
                let wall = moment + Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment))))
                return wall >= around
            }
            #expect(calendar.instant(ofDay: day) == first.map { $0 * 1_000_000 }, "\(day)")
        }
    }

    @Test func dayOfAMoment() throws {
        let calendar = calendar("America/Chicago")
        func day(_ text: String) throws -> String {
            calendar.day(at: try Date(text, strategy: .iso8601)).description
        }
        #expect(try day("2025-09-01T04:59:59Z") == "2025-08-31")
        #expect(try day("2025-09-01T05:00:00Z") == "2025-09-01")
        #expect(try day("1969-12-31T23:00:00Z") == "1969-12-31")
        #expect(try day("1970-01-01T05:59:00Z") == "1969-12-31")
    }

    @Test func periodsBeginInTheZone() throws {
        let month = try #require(calendar("America/Chicago").period(.month, labelled: "2026-11")?.days)
        #expect(CivilTime(utcMicroseconds: month.startInstant).description == "2026-11-01T05:00:00Z")
        #expect(CivilTime(utcMicroseconds: month.endInstant).description == "2026-12-01T06:00:00Z")
    }
}
