/// A day of the proleptic Gregorian calendar, without a time zone, counted from 1970-01-01.
///
/// Year 0001 to 9999 in text. The conversions follow H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013):
/// a year is counted from March, so that the leap day comes last.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before.
    public var day: Int32

    /// The day with this number.
    public init(day: Int32) {
        self.day = day
    }

    /// The day with this number, or the first or last that text can name (0001-01-01, 9999-12-31) where it lies beyond: what a
    /// broken file says must not end the program. A number that is none counts as the first.
    public init(nearest number: Double) {
        day = number >= Self.first ? Int32(min(number, Self.last)) : Int32(Self.first)
    }

    private static let first = -719_162.0
    private static let last = 2_932_896.0

    /// The day of this year, month (1 to 12) and day of the month; nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= Self.length(ofMonth: month, year: year) else { return nil }
        self.day = Self.dayNumber(year: year, month: month, day: day)
    }

    /// The day before `other`, in time.
    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.day < right.day
    }

    /// Year, month (1 to 12) and day of the month.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(day) + 719_468  // days since 0000-03-01
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    public var weekday: Int {
        let fromMonday = (Int(day) + 3) % 7  // 1970-01-01 was a Thursday
        return (fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1
    }

    /// The day `count` days later.
    public func adding(days count: Int) -> CivilDate {
        CivilDate(day: Int32(clamping: Int(day) + count))
    }

    /// The first day of the month `count` months later.
    public func firstOfMonth(adding count: Int = 0) -> CivilDate {
        let (year, month, _) = components
        let months = year * 12 + month - 1 + count
        return CivilDate(day: Self.dayNumber(year: months / 12, month: months % 12 + 1, day: 1))
    }

    private static func dayNumber(year: Int, month: Int, day: Int) -> Int32 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(clamping: era * 146_097 + dayOfEra - 719_468)
    }

    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension CivilDate: CustomStringConvertible, LosslessStringConvertible {
    /// The day as `2026-11-04`.
    public var description: String {
        let (year, month, day) = components
        return Self.padded(year, to: 4) + "-" + Self.padded(month, to: 2) + "-" + Self.padded(day, to: 2)
    }

    /// Reads `2026-11-04`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(iso: bytes.span)
    }

    /// Reads the ten bytes of `2026-11-04`; nil for anything else.
    public init?(iso bytes: Span<UInt8>) {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        guard let year = Self.number(bytes, 0, 4), let month = Self.number(bytes, 5, 2),
            let day = Self.number(bytes, 8, 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func number(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for index in start..<start + count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }
}
