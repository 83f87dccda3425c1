import CivilCalendar
import Foundation

/// Times of `valid-after` and `valid-before`: `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, with `Z` in UTC.
enum SignerTime {
    /// Seconds since 1970; nil where the text is no such time, or none after 1970 began.
    static func seconds(_ text: String, in zone: TimeZone) -> Int? {
        var digits = text[...]
        let isUTC = ["Z", "z", "UTC", "utc"].contains { ending in
            guard digits.hasSuffix(ending) else { return false }
            digits = digits.dropLast(ending.count)
            return true
        }
        guard let wall = wallSeconds(digits) else { return nil }
        let seconds = isUTC ? wall : wall - standardOffset(of: zone, wall: wall)
        return seconds > 0 ? seconds : nil
    }

    private static func wallSeconds(_ digits: Substring) -> Int? {
        let bytes = digits.utf8.map { Int($0) - 48 }
        guard [8, 12, 14].contains(bytes.count), bytes.allSatisfy({ (0...9).contains($0) }) else { return nil }
        func number(_ start: Int, _ count: Int) -> Int {
            guard start < bytes.count else { return 0 }
            return bytes[start..<(start + count)].reduce(0) { $0 * 10 + $1 }
        }
        guard let date = CivilDate(year: number(0, 4), month: number(4, 2), day: number(6, 2)), number(8, 2) < 24,
            number(10, 2) < 60, number(12, 2) < 60
        else { return nil }
        return Int(date.day) * 86_400 + number(8, 2) * 3600 + number(10, 2) * 60 + number(12, 2)
    }

    /// OpenSSH takes local times for standard time, in summer too. Whoever wants no doubt writes `Z`.
    private static func standardOffset(of zone: TimeZone, wall: Int) -> Int {
        let nearby = Date(timeIntervalSince1970: Double(wall - zone.secondsFromGMT()))
        return zone.secondsFromGMT(for: nearby) - Int(zone.daylightSavingTimeOffset(for: nearby))
    }
}
