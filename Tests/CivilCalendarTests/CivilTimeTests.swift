import CivilCalendar
import Foundation
import PlumblineTestSupport
import Statistics
import Testing

struct CivilTimeTests {
    private func time(_ text: String) -> CivilTime? {
        let bytes = Array(text.utf8)
        return CivilTime(iso: bytes.span)
    }

    @Test(arguments: [
        ("2026-11-04T06:00", "2026-11-04T06:00:00"), ("2026-11-04 06:00", "2026-11-04T06:00:00"),
        ("2026-11-04T23:59:59", "2026-11-04T23:59:59"), ("2026-11-04T00:00:00.5", "2026-11-04T00:00:00.5"),
        ("2026-11-04T00:00:00,25", "2026-11-04T00:00:00.25"),
        ("2026-11-04T00:00:00.123456789", "2026-11-04T00:00:00.123456"),
        ("2026-11-04T06:00Z", "2026-11-04T06:00:00Z"), ("2026-11-04T06:00:00z", "2026-11-04T06:00:00Z"),
        ("2026-11-04T06:00+01:00", "2026-11-04T06:00:00+01:00"), ("2026-11-04T06:00-0530", "2026-11-04T06:00:00-05:30"),
        ("2026-11-04T06:00:30.125+05:45", "2026-11-04T06:00:30.125+05:45"),
        ("2026-11-04T06:00+14", "2026-11-04T06:00:00+14:00"), ("2026-11-04T06:00-00:00", "2026-11-04T06:00:00Z"),
    ])
    func reads(text: String, shown: String) throws {
        #expect(try #require(time(text)).description == shown)
    }

    @Test(arguments: [
        "", "2026-11-04", "2026-11-04T06", "2026-11-04T0600", "2026-11-04t06:00", "2026-11-04T24:00",
        "2026-11-04T06:60",
        "2026-11-04T06:00:60", "2026-11-04T6:00", "2026-11-04T06:00:0", "2026-11-04T06:00:00.",
        "2026-11-04T06:00:00.1234567890", "2026-11-04T06:00 Z", "2026-11-04T06:00ZZ", "2026-11-04T06:00+",
        "2026-11-04T06:00+1", "2026-11-04T06:00+01:", "2026-11-04T06:00+01:0", "2026-11-04T06:00+01:60",
        "2026-11-04T06:00+24:00", "2026-11-04T06:00+01:00:00", "2026-02-30T06:00", "2026-11-04  06:00",
        "2026-11-04T06:00 ", "2026-11-04T06:00 PM", "11/04/2026 06:00", "2026-11-04T-6:00",
    ])
    func refusesWhatIsNoTime(text: String) {
        #expect(time(text) == nil)
    }

    /// A moment written in any offset is the moment that Foundation finds.
    @Test func momentsAgreeWithFoundation() throws {
        var random = SplitMix64(seed: 4)
        var calendar = Calendar(identifier: .gregorian)
        for _ in 0..<2_000 {
            let date = CivilDate(day: Int32.random(in: -130_000...300_000, using: &random))
            let (hour, minute, second) = (
                Int.random(in: 0..<24, using: &random), Int.random(in: 0..<60, using: &random),
                Int.random(in: 0..<60, using: &random)
            )
            let offset = Int.random(in: -14 * 60...14 * 60, using: &random)
            let zone = try #require(TimeZone(secondsFromGMT: offset * 60))
            let sign = offset < 0 ? "-" : "+"
            let text =
                "\(date)T" + [hour, minute, second].map(Self.twoDigits).joined(separator: ":") + sign
                + Self.twoDigits(abs(offset) / 60) + ":" + Self.twoDigits(abs(offset) % 60)
            let read = try #require(time(text))
            let (year, month, day) = date.components
            calendar.timeZone = zone
            let wanted = try #require(
                calendar.date(
                    from: DateComponents(
                        year: year, month: month, day: day, hour: hour, minute: minute, second: second)))
            let instant = read.wallMicroseconds - Int64(read.offsetSeconds ?? 0) * 1_000_000
            #expect(instant == Int64(wanted.timeIntervalSince1970) * 1_000_000, "\(text)")
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"), (1, "1970-01-01T00:00:00.000001Z"),
        (86_400_000_000, "1970-01-02T00:00:00Z"), (-86_400_000_000, "1969-12-31T00:00:00Z"),
        (-86_400_000_001, "1969-12-30T23:59:59.999999Z"), (1_793_772_000_500_000, "2026-11-04T06:00:00.5Z"),
    ])
    func showsMoments(microseconds: Int64, text: String) throws {
        let moment = CivilTime(utcMicroseconds: microseconds)
        #expect(moment.description == text)
        #expect(moment.wallMicroseconds == microseconds)
        #expect(try #require(time(text)).wallMicroseconds == microseconds)
    }

    /// Files may hold any 64 bits; showing them must not stop the program.
    @Test(arguments: [Int64.min, .min + 1, .max, .max - 1])
    func showsTheMostDistantMoments(microseconds: Int64) {
        let moment = CivilTime(utcMicroseconds: microseconds)
        #expect((0..<CivilTime.microsecondsPerDay).contains(moment.microsecondOfDay))
        #expect(!moment.description.isEmpty)
    }
}
