/// A date with a time of day as written in a file: with an offset from UTC, or naive.
public struct CivilTime: Equatable, Sendable {
    /// The day.
    public var date: CivilDate
    /// Microseconds since midnight.
    public var microsecondOfDay: Int64
    /// Seconds east of UTC; nil when the text says nothing of it.
    public var offsetSeconds: Int?

    /// A date with a time of day.
    public init(date: CivilDate, microsecondOfDay: Int64, offsetSeconds: Int? = nil) {
        self.date = date
        self.microsecondOfDay = microsecondOfDay
        self.offsetSeconds = offsetSeconds
    }

    /// Microseconds in a day.
    public static let microsecondsPerDay: Int64 = 86_400_000_000

    /// Microseconds since 1970-01-01 00:00 of the clock on the wall, the offset left aside.
    public var wallMicroseconds: Int64 {
        Int64(date.day) * Self.microsecondsPerDay + microsecondOfDay
    }

    /// Reads `2026-11-04T06:00`, with a space for the T, with seconds and up to nine decimals (cut to six), and with
    /// `Z`, `+01:00`, `+0100` or `+01` behind it (ISO 8601, RFC 3339). Nil for anything else; 24:00 and leap seconds
    /// are not times.
    public init?(iso bytes: Span<UInt8>) {
        guard bytes.count >= 16, let date = CivilDate(iso: bytes.extracting(0..<10)) else { return nil }
        guard bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":") else {
            return nil
        }
        guard let hour = CivilDate.number(bytes, 11, 2), hour < 24, let minute = CivilDate.number(bytes, 14, 2),
            minute < 60
        else { return nil }
        self.init(date: date, microsecondOfDay: Int64(hour * 60 + minute) * 60_000_000)
        var at = 16
        guard readSeconds(bytes, &at), readOffset(bytes, &at), at == bytes.count else { return nil }
    }

    private mutating func readSeconds(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return true }
        guard at + 3 <= bytes.count, let second = CivilDate.number(bytes, at + 1, 2), second < 60 else { return false }
        microsecondOfDay += Int64(second) * 1_000_000
        at += 3
        guard at < bytes.count, bytes[at] == UInt8(ascii: ".") || bytes[at] == UInt8(ascii: ",") else { return true }
        at += 1
        var scale: Int64 = 100_000
        let start = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 {
            microsecondOfDay += Int64(bytes[at] - UInt8(ascii: "0")) * scale
            scale /= 10
            at += 1
        }
        return (1...9).contains(at - start)
    }

    private mutating func readOffset(_ bytes: Span<UInt8>, _ at: inout Int) -> Bool {
        guard at < bytes.count else { return true }
        if bytes[at] == UInt8(ascii: "Z") || bytes[at] == UInt8(ascii: "z") {
            offsetSeconds = 0
            at += 1
            return true
        }
        guard bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") else { return false }
        let sign = bytes[at] == UInt8(ascii: "-") ? -1 : 1
        guard at + 3 <= bytes.count, let hours = CivilDate.number(bytes, at + 1, 2), hours < 24 else { return false }
        at += 3
        var minutes = 0
        let hasColon = at < bytes.count && bytes[at] == UInt8(ascii: ":")
        if hasColon { at += 1 }
        if hasColon || at < bytes.count {
            guard at + 2 <= bytes.count, let read = CivilDate.number(bytes, at, 2), read < 60 else { return false }
            minutes = read
            at += 2
        }
        offsetSeconds = sign * (hours * 60 + minutes) * 60
        return true
    }
}

extension CivilTime: CustomStringConvertible {
    /// The moment so many microseconds after 1970-01-01 00:00 UTC, in UTC.
    public init(utcMicroseconds: Int64) {
        // Rounded down, so that moments before 1970 have a time of day too.
        let (days, rest) = utcMicroseconds.quotientAndRemainder(dividingBy: Self.microsecondsPerDay)
        self.init(
            date: CivilDate(day: Int32(rest < 0 ? days - 1 : days)),
            microsecondOfDay: rest < 0 ? rest + Self.microsecondsPerDay : rest, offsetSeconds: 0)
    }

    /// As `2026-11-04T06:00:00Z`, decimals only where there are some, the offset where it is known.
    public var description: String {
        let seconds = microsecondOfDay / 1_000_000
        var text =
            "\(date)T"
            + [seconds / 3600, seconds / 60 % 60, seconds % 60]
            .map { CivilDate.padded(Int($0), to: 2) }.joined(separator: ":")
        var fraction = CivilDate.padded(Int(microsecondOfDay % 1_000_000), to: 6)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        if !fraction.isEmpty { text += "." + fraction }
        guard let offsetSeconds else { return text }
        if offsetSeconds == 0 { return text + "Z" }
        let minutes = abs(offsetSeconds) / 60
        return text + (offsetSeconds < 0 ? "-" : "+") + CivilDate.padded(minutes / 60, to: 2) + ":"
            + CivilDate.padded(minutes % 60, to: 2)
    }
}
