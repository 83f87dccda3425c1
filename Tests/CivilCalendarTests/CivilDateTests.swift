import CivilCalendar
import Foundation
import PlumblineTestSupport
import Testing

struct CivilDateTests {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    /// Foundation changes to the Julian calendar before 1582, so its range begins after that.
    @Test func agreesWithFoundation() throws {
        let first = try #require(CivilDate(year: 1583, month: 1, day: 1))
        let last = try #require(CivilDate(year: 4000, month: 12, day: 31))
        for day in stride(from: first.day, through: last.day, by: 11) {
            let date = CivilDate(day: day)
            let wanted = Self.calendar.dateComponents(
                [.year, .month, .day, .weekday], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            let (year, month, dayOfMonth) = date.components
            #expect((year, month, dayOfMonth) == (wanted.year, wanted.month, wanted.day))
            #expect(CivilDate(year: year, month: month, day: dayOfMonth) == date)
            // Foundation counts from Sunday = 1.
            #expect(date.weekday == ((wanted.weekday ?? 0) + 5) % 7 + 1)
        }
    }

    /// Every month from year 1 to 9999, counted day by day with the rule for leap years.
    @Test func countsDaysWithoutAGap() {
        var day: Int32 = -719_162
        for year in 1...9999 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, length) in zip(1..., [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                let first = CivilDate(year: year, month: month, day: 1)
                let isRight =
                    first?.day == day && CivilDate(day: day + Int32(length) - 1).components == (year, month, length)
                    && CivilDate(year: year, month: month, day: length + 1) == nil
                if !isRight { Issue.record("\(year)-\(month)") }
                day += Int32(length)
            }
        }
        #expect(CivilDate(day: day - 1).description == "9999-12-31")
    }

    @Test(arguments: [
        ("0001-01-01", -719_162, 1), ("1600-02-29", -135_081, 2), ("1969-12-31", -1, 3), ("1970-01-01", 0, 4),
        ("2000-02-29", 11_016, 2), ("2026-11-04", 20_761, 3), ("9999-12-31", 2_932_896, 5),
    ])
    func knownDays(text: String, day: Int32, weekday: Int) throws {
        let date = try #require(CivilDate(text))
        #expect(date.day == day)
        #expect(date.weekday == weekday)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "", "2026", "2026-1-1", "2026-02-30", "2025-02-29", "1900-02-29", "2026-00-10", "2026-13-01", "2026-04-31",
        "2026-01-00", "0000-01-01", "2026/11/04", "20261104", "2026-11-04 ", " 2026-11-04", "2026-11-4", "02026-11-04",
        "-026-11-04", "+026-11-04", "2026-11-0x", "２０26-11-04", "04-11-2026", "2026-11-04T00:00",
    ])
    func refusesWhatIsNoDay(text: String) {
        #expect(CivilDate(text) == nil)
    }

    /// Broken files say such things.
    @Test func daysBeyondAllTextAreBounded() {
        #expect(CivilDate(nearest: 20_000).day == 20_000)
        #expect(CivilDate(nearest: 1e300).description == "9999-12-31")
        #expect(CivilDate(nearest: -.infinity).description == "0001-01-01")
        #expect(CivilDate(nearest: .nan).description == "0001-01-01")
        #expect(CivilDate(day: .max).adding(days: 1).day == .max)
        #expect(CivilDate(day: .min).adding(days: -1).day == .min)
        #expect(CivilDate(day: .max).firstOfMonth(adding: 1).day == .max)
        #expect(CivilTime(utcMicroseconds: .max).description.hasSuffix("Z"))
        #expect(CivilTime(utcMicroseconds: .min).description.hasSuffix("Z"))
    }

    @Test func movesByDaysAndMonths() throws {
        let date = try #require(CivilDate("2024-02-28"))
        #expect(date.adding(days: 1).description == "2024-02-29")
        #expect(date.adding(days: -59).description == "2023-12-31")
        #expect(date.firstOfMonth().description == "2024-02-01")
        #expect(date.firstOfMonth(adding: 11).description == "2025-01-01")
        #expect(date.firstOfMonth(adding: -2).description == "2023-12-01")
        #expect(date.firstOfMonth(adding: -26).description == "2021-12-01")
        #expect(date < date.adding(days: 1))
    }
}
