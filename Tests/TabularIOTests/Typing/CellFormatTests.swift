import CivilCalendar
import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Numbers with other marks.
struct CellFormatTests {
    private static let comma = CellFormat(decimal: UInt8(ascii: ","))
    private static let german = CellFormat(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: "."))
    private static let english = CellFormat(thousands: UInt8(ascii: ","))
    private static let swiss = CellFormat(thousands: UInt8(ascii: "'"))
    private static let spaced = CellFormat(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: " "))

    @Test(arguments: [
        (comma, "1,54", 1.54), (comma, "-0,5", -0.5), (comma, "7", 7), (comma, "1,5e3", 1_500), (comma, ",5", 0.5),
        (german, "1.234,5", 1_234.5), (german, "1.234.567", 1_234_567), (german, "12,25", 12.25),
        (german, "1.234", 1_234), (english, "1,234.5", 1_234.5), (english, "-12,345,678", -12_345_678),
        (english, "1234.5", 1_234.5), (english, "999", 999), (english, "+1,000", 1_000), (swiss, "1'234.25", 1_234.25),
        (spaced, "1 234,5", 1_234.5), (spaced, " 1 234 ", 1_234), (english, "1e3", 1_000),
    ])
    func numbers(format: CellFormat, cell: String, value: Double) {
        #expect(withCell(cell) { format.number($0) } == value)
    }

    @Test(arguments: [
        (comma, "1.5"), (comma, "1,2,3"), (comma, "1.234,5"), (german, "1,234.5"), (german, "1.23"),
        (german, "1.2345"), (german, ".123"), (german, "1..234"), (english, "1,23"), (english, "1,234,56"),
        (english, "1234,567"), (english, ",123"), (english, "1,234,"), (english, "1,234e5"), (english, "1.234,567"),
        (english, "0,123"), (swiss, "1,234"), (spaced, "1  234"), (spaced, "1 23"), (english, "$1,000"),
    ])
    func textsThatAreNoNumbers(format: CellFormat, cell: String) {
        #expect(withCell(cell) { format.number($0) } == nil)
        #expect(withCell(cell) { format.integer($0) } == nil)
    }

    @Test func columnsWithMarks() throws {
        let whole = try Columns.read(["1,234", "-5", "12,345,678"], format: Self.english)
        #expect(whole.type == .integer)
        #expect((0..<3).map { whole.text($0) } == ["1234", "-5", "12345678"])
        let real = try Columns.read(["1,54", "1,7", "2"], format: Self.comma)
        #expect(real.type == .number)
        #expect((0..<3).map { real.text($0) } == ["1.54", "1.7", "2.0"])
        #expect(try Columns.read(["1,54", "22.1"], format: Self.comma).type == .text)
    }

    /// Too many digits are told as such, whatever marks stand between them.
    @Test func longWholeNumbers() throws {
        let read = try Columns.read(["9,007,199,254,740,993"], format: Self.english, declared: .number)
        #expect(
            read.problems.map(\.reason) == [
                "`9,007,199,254,740,993` has more digits than are kept exactly: declare the column as text"
            ])
    }

    /// What one writes with marks, one reads.
    @Test func generatedNumbersComeBack() {
        var random = SplitMix64(seed: 93)
        for _ in 0..<3_000 {
            let format = random.pick([Self.comma, Self.german, Self.english, Self.swiss, Self.spaced, CellFormat()])
            let digits = "\(random.below(random.pick([10, 10_000, 1_000_000_000])))"
            let fraction = random.chance(50) ? "\(random.below(1_000))" : nil
            var grouped = digits
            if let mark = format.thousands, random.chance(70) {
                var at = digits.count - 3
                while at > 0 {
                    grouped.insert(Character(Unicode.Scalar(mark)), at: grouped.index(grouped.startIndex, offsetBy: at))
                    at -= 3
                }
            }
            let sign = random.pick(["", "-"])
            let cell = sign + grouped + (fraction.map { "\(Character(Unicode.Scalar(format.decimal)))\($0)" } ?? "")
            let plain = sign + digits + (fraction.map { ".\($0)" } ?? "")
            #expect(withCell(cell) { format.number($0) } == Double(plain), "\(cell)")
            #expect(withCell(cell) { format.integer($0) } == (fraction == nil ? Int64(plain) : nil), "\(cell)")
        }
    }
}

/// Days and times by a pattern.
struct DatePatternTests {
    private func time(_ cell: String, _ pattern: String) throws -> String? {
        let format = CellFormat(dates: DatePattern(pattern))
        return withCell(cell) { format.time($0) }?.description
    }

    @Test(arguments: [
        ("%m/%d/%Y", "11/04/2026", "2026-11-04T00:00:00"), ("%m/%d/%Y", "1/5/2023", "2023-01-05T00:00:00"),
        ("%d.%m.%y", "04.11.26", "2026-11-04T00:00:00"), ("%d.%m.%y", "04.11.69", "1969-11-04T00:00:00"),
        ("%d.%m.%y", "04.11.68", "2068-11-04T00:00:00"), ("%d %b %Y", "4 Nov 2026", "2026-11-04T00:00:00"),
        ("%B %d, %Y", "november 4,  2026", "2026-11-04T00:00:00"), ("%b %d, %Y", "May 4, 2026", "2026-05-04T00:00:00"),
        ("%B %d %Y", "Jun 4 2026", "2026-06-04T00:00:00"), ("%Y%m%d", "20261104", "2026-11-04T00:00:00"),
        ("%m/%d/%Y %H:%M", "11/04/2026 6:05", "2026-11-04T06:05:00"),
        ("%m/%d/%Y %I:%M %p", "11/04/2026 12:05 AM", "2026-11-04T00:05:00"),
        ("%m/%d/%Y %I:%M %p", "11/04/2026 12:05 pm", "2026-11-04T12:05:00"),
        ("%m/%d/%Y %I:%M:%S %p", "11/04/2026 1:05:09 PM", "2026-11-04T13:05:09"),
        ("%Y-%m-%d %H:%M:%S", "2026-11-04 06:05:09.25", "2026-11-04T06:05:09.25"),
        ("%Y-%m-%dT%H:%M%z", "2026-11-04T06:05-06:00", "2026-11-04T06:05:00-06:00"),
        ("%Y-%m-%dT%H:%M%z", "2026-11-04T06:05Z", "2026-11-04T06:05:00Z"),
        ("%Y-%m-%dT%H:%M%z", "2026-11-04T06:05+0530", "2026-11-04T06:05:00+05:30"),
        ("%d%%%m%%%Y", "4%11%2026", "2026-11-04T00:00:00"), ("%d/%m/%Y", "29/02/2024", "2024-02-29T00:00:00"),
    ])
    func reads(pattern: String, cell: String, shown: String) throws {
        #expect(try time(cell, pattern) == shown)
    }

    @Test(arguments: [
        ("%m/%d/%Y", "13/04/2026"), ("%m/%d/%Y", "11/31/2026"), ("%m/%d/%Y", "02/29/2026"), ("%m/%d/%Y", "11/04/26"),
        ("%m/%d/%Y", "11/04/20266"), ("%m/%d/%Y", "11-04-2026"), ("%m/%d/%Y", "11/04/2026 "), ("%m/%d/%Y", ""),
        ("%m/%d/%Y", "011/4/2026"), ("%m/%d/%Y", "0/4/2026"), ("%d %b %Y", "4 Nev 2026"), ("%d %b %Y", "4 11 2026"),
        ("%m/%d/%Y %H:%M", "11/04/2026 24:00"), ("%m/%d/%Y %H:%M", "11/04/2026 06:60"),
        ("%m/%d/%Y %I:%M %p", "11/04/2026 13:05 PM"), ("%m/%d/%Y %I:%M %p", "11/04/2026 0:05 AM"),
        ("%m/%d/%Y %I:%M %p", "11/04/2026 1:05"), ("%Y-%m-%d %H:%M:%S", "2026-11-04 06:05:60"),
        ("%Y-%m-%dT%H:%M%z", "2026-11-04T06:05"), ("%Y-%m-%dT%H:%M%z", "2026-11-04T06:05+25:00"),
    ])
    func readsNothingElse(pattern: String, cell: String) throws {
        #expect(try time(cell, pattern) == nil)
    }

    @Test(arguments: ["%m/%d", "%Y-%m", "%d.%Y", "%Y-%m-%d %Q", "%Y-%m-%d%", "", "days", "%H:%M", "%j %Y"])
    func patternsThatNameNoDay(pattern: String) {
        #expect(DatePattern(pattern) == nil)
    }

    /// A pattern with an hour is one of times, one without is one of days; ISO is not read beside it.
    @Test func columnsByAPattern() throws {
        let days = CellFormat(dates: DatePattern("%m/%d/%Y"))
        #expect(try Columns.read(["11/04/2026", "1/5/2023"], format: days).type == .date)
        #expect(try Columns.read(["2026-11-04"], format: days).type == .text)
        let times = CellFormat(dates: DatePattern("%m/%d/%Y %H:%M"))
        let read = try Columns.read(["11/04/2026 06:00", "11/04/2026 02:30"], format: times)
        #expect(read.type == .timestamp)
        #expect(read.text(0) == "2026-11-04T06:00:00Z")
        #expect(
            read.problems.map(\.reason) == [
                "`11/04/2026 02:30` never was: clocks in America/Chicago were set forward then"
            ])
        #expect(
            try Columns.read(["soon"], format: times, declared: .timestamp).problems.map(\.reason) == [
                "`soon` is not a time such as `%m/%d/%Y %H:%M` says"
            ])
    }
}
