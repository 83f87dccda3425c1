import CivilCalendar
import Columnar
import PlumblineTestSupport
import TabularIO
import Testing

struct ColumnBuilderTests {
    private func builder(_ type: TypeGuess.CellType) -> ColumnBuilder {
        // Naive times are taken as UTC; in the hour from 02:00 there was no such time.
        ColumnBuilder(type, zone: "America/Chicago") { time in
            time.microsecondOfDay / 3_600_000_000 == 2 ? nil : time.wallMicroseconds
        }
    }

    private func add(_ cells: [String?], to builder: inout ColumnBuilder, reason: String = "skipped") throws {
        for cell in cells {
            guard let cell else {
                builder.appendMissing(reason)
                continue
            }
            try withCell(cell) { try builder.append($0) }
        }
    }

    private func columns(_ type: TypeGuess.CellType, _ cells: [String?]) throws -> [Column] {
        var builder = builder(type)
        try add(cells, to: &builder)
        #expect(builder.count == cells.count)
        return builder.finish(name: "x", standardReason: "skipped", companionSuffix: ".missing")
    }

    private func texts(_ column: Column) -> [String?] { (0..<column.count).map { column.text($0) } }

    @Test(arguments: [
        (TypeGuess.CellType.integer, ["1", nil, "-5"], ["1", nil, "-5"], ColumnType.integer(.int8)),
        (.number, ["1.5", nil, "2", "1e3"], ["1.5", nil, "2.0", "1000.0"], .float64),
        (.boolean, ["yes", nil, "FALSE"], ["true", nil, "false"], .bool),
        (.date, ["2026-11-04", nil], ["2026-11-04", nil], .date),
        (
            .timestamp, ["2026-11-04T06:00", nil, "2026-11-04T06:00-06:00", "2026-11-04"],
            ["2026-11-04T06:00:00Z", nil, "2026-11-04T12:00:00Z", "2026-11-04T00:00:00Z"],
            .timestamp(.microseconds, zone: "America/Chicago")
        ),
        (.text, ["b", nil, "a", "b", " c "], ["b", nil, "a", "b", " c "], .dictionary),
    ])
    func readsCellsOfItsType(
        type: TypeGuess.CellType, cells: [String?], shown: [String?], columnType: ColumnType
    ) throws {
        let columns = try columns(type, cells)
        #expect(columns.count == 1, "nothing to tell about missing cells")
        #expect(columns[0].type == columnType)
        #expect(texts(columns[0]) == shown)
        #expect((columns[0].validity == nil) == !cells.contains(nil))
    }

    @Test(arguments: [
        ([0, 127, -128], IntegerKind.int8), ([128], .int16), ([-129], .int16), ([32_767, -32_768], .int16),
        ([32_768], .int32), ([-32_769, 1], .int32), ([2_147_483_647, -2_147_483_648], .int32),
        ([2_147_483_648], .int64),
        ([Int64.max], .int64), ([], .int8),
    ])
    func wholeNumbersTakeTheSmallestIntegers(values: [Int64], kind: IntegerKind) throws {
        let column = try columns(.integer, values.map { "\($0)" })[0]
        #expect(column.type == .integer(kind))
        #expect(texts(column) == values.map { "\($0)" })
    }

    @Test(arguments: [
        (TypeGuess.CellType.integer, "x", "`x` is not a whole number"),
        (.integer, "1.5", "`1.5` is not a whole number"),
        (.number, "1,5", "`1,5` is not a number"), (.boolean, "1", "`1` is not true or false"),
        (.date, "4.11.2026", "`4.11.2026` is not a date such as 2026-11-04"),
        (.timestamp, "noon", "`noon` is not a time such as 2026-11-04T06:00"),
        (
            .timestamp, "2026-03-08T02:30",
            "`2026-03-08T02:30` never was: clocks in America/Chicago were set forward then"
        ),
        (.number, "NaN", "`NaN` is no value: declare it as a missing code in the codebook"),
        (.integer, "-Inf", "`-Inf` is no value: declare it as a missing code in the codebook"),
    ])
    func saysWhyACellIsNoValue(type: TypeGuess.CellType, cell: String, reason: String) {
        var builder = builder(type)
        #expect(throws: CellProblem(reason)) { try withCell(cell) { try builder.append($0) } }
        #expect(builder.count == 0, "nothing was added")
    }

    @Test func longCellsAreShownInPart() {
        var builder = builder(.integer)
        let cell = String(repeating: "é", count: 60)
        #expect(throws: CellProblem("`\(String(repeating: "é", count: 20))…` is not a whole number")) {
            try withCell(cell) { try builder.append($0) }
        }
        // A letter that the limit would cut in two is left out.
        #expect(throws: CellProblem("`a\(String(repeating: "é", count: 19))…` is not a whole number")) {
            try withCell("a" + cell) { try builder.append($0) }
        }
    }

    @Test func daysCanBeAddedAsSuch() throws {
        var builder = builder(.date)
        builder.append(date: CivilDate(day: 20_761))
        builder.appendMissing("skipped")
        #expect(
            texts(builder.finish(name: "d", standardReason: "skipped", companionSuffix: "?")[0]) == ["2026-11-04", nil])
    }

    /// The companion says why, where there is a reason beside the usual one.
    @Test func companions() throws {
        for type in TypeGuess.CellType.allCases {
            var builder = builder(type)
            for reason in ["skipped", "not_asked", "skipped", "not_applicable"] { builder.appendMissing(reason) }
            let columns = builder.finish(name: "x", standardReason: "skipped", companionSuffix: ".missing")
            #expect(columns.map(\.name) == ["x", "x.missing"])
            #expect(columns[0].missingCount == 4)
            #expect(texts(columns[1]) == ["skipped", "not_asked", "skipped", "not_applicable"])
        }
        var builder = builder(.integer)
        try add(["1", nil], to: &builder)
        try add([nil, "2"], to: &builder, reason: "not_asked")
        let columns = builder.finish(name: "x", standardReason: "skipped", companionSuffix: ".missing")
        #expect(texts(columns[1]) == [nil, "skipped", "not_asked", nil])
    }

    /// Rows that are taken back leave no trace, in values, labels and reasons.
    @Test func truncationLeavesNoTrace() throws {
        let samples: [TypeGuess.CellType: (String, String)] = [
            .integer: ("1", "70000"), .number: ("1.5", "2.5"), .boolean: ("yes", "no"), .text: ("b", "a"),
            .date: ("2026-11-04", "2026-11-05"), .timestamp: ("2026-11-04T06:00", "2026-11-05T06:00"),
        ]
        for type in TypeGuess.CellType.allCases {
            let (kept, dropped) = try #require(samples[type])
            var builder = builder(type)
            try add([kept, nil], to: &builder)
            try add([dropped, nil], to: &builder, reason: "not_asked")
            builder.truncate(to: 2)
            builder.truncate(to: 5)
            try add([kept], to: &builder)
            let truncated = builder.finish(name: "x", standardReason: "skipped", companionSuffix: ".missing")
            let plain = try columns(type, [kept, nil, kept])
            #expect(truncated.count == 1)
            #expect(content(truncated[0]) == content(plain[0]), "\(type)")
        }
    }

    private func content(_ column: Column) -> [UInt8] {
        var bytes: [UInt8] = []
        column.visitContent { bytes += $0 }
        return bytes
    }

    @Test func labelsAreSortedByBytes() throws {
        let column = try columns(.text, ["ä", "Z", "z", nil, "10", "9", "Z"])[0]
        let coded = try #require(column.codes())
        #expect(coded.labels == ["10", "9", "Z", "z", "ä"])
        #expect(coded.codes == [4, 2, 3, -1, 0, 1, 2])
    }

    /// Where nearly every row has a text of its own there is no dictionary.
    @Test func manyDifferentTexts() throws {
        let different = (0..<600).map { "answer \($0)" }
        #expect(try columns(.text, different)[0].type == .text)
        #expect(try texts(columns(.text, different + [nil])[0]) == different + [nil])
        #expect(try columns(.text, Array(different.prefix(256)))[0].type == .dictionary)
        #expect(try columns(.text, Array(different.prefix(300)) + Array(different.prefix(300)))[0].type == .dictionary)
    }

    @Test func equalRowsGiveEqualContentsInAnyHistory() throws {
        var first = builder(.text)
        try add(["z", "a", "b"], to: &first)
        var second = builder(.text)
        try add(["q", "b"], to: &second)
        second.truncate(to: 0)
        try add(["z", "a", "b"], to: &second)
        let columns = [first, second].map { $0.finish(name: "x", standardReason: "", companionSuffix: "")[0] }
        #expect(content(columns[0]) == content(columns[1]))
    }
}
