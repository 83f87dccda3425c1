import CivilCalendar
import Columnar
import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Columns of cells as columns of values.
struct ColumnReaderTests {
    @Test(arguments: [
        (CellType.integer, ["1", "", "-5"], ["1", nil, "-5"], ColumnType.integer(.int8)),
        (.number, ["1.5", "", "2", "1e3"], ["1.5", nil, "2.0", "1000.0"], .float64),
        (.boolean, ["yes", "", "FALSE"], ["true", nil, "false"], .bool),
        (.date, ["2026-11-04", ""], ["2026-11-04", nil], .date),
        (
            .timestamp, ["2026-11-04T06:00", "", "2026-11-04T06:00-06:00", "2026-11-04"],
            ["2026-11-04T06:00:00Z", nil, "2026-11-04T12:00:00Z", "2026-11-04T00:00:00Z"],
            .timestamp(.microseconds, zone: "America/Chicago")
        ),
        (.text, ["b", "", "a", "b", " c "], ["b", nil, "a", "b", " c "], .dictionary),
        (.text, ["7", "x", "7", "", "y"], ["7", "x", "7", nil, "y"], .dictionary),
    ])
    func readsCellsOfItsType(
        type: CellType, cells: [String], shown: [String?], columnType: ColumnType
    ) throws {
        for declared in [nil, type] where declared != nil || type != .text || cells.contains("b") {
            let read = try Columns.read(cells, declared: declared)
            #expect(read.type == type)
            #expect(read.problems.isEmpty)
            let columns = read.columns(named: "x", rows: nil)
            #expect(columns.count == 1, "nothing to tell about missing cells")
            #expect(columns[0].type == columnType)
            #expect(columns[0].texts == shown)
            #expect((0..<cells.count).map { read.text($0) } == shown)
            #expect((columns[0].validity == nil) == !cells.contains(""))
        }
    }

    @Test(arguments: [
        ([0, 127, -128], IntegerKind.int8), ([128], .int16), ([-129], .int16), ([32_767, -32_768], .int16),
        ([32_768], .int32), ([-32_769, 1], .int32), ([2_147_483_647, -2_147_483_648], .int32),
        ([2_147_483_648], .int64), ([9_007_199_254_740_992], .int64), ([-9_007_199_254_740_994], .int64), ([], .int8),
        ([200, 210], .int16),
    ])
    func wholeNumbersTakeTheSmallestIntegers(values: [Int64], kind: IntegerKind) throws {
        let column = try Columns.of(values.map { "\($0)" }, declared: .integer)[0]
        #expect(column.type == .integer(kind))
        #expect(column.texts == values.map { "\($0)" })
    }

    @Test(arguments: [
        (CellType.integer, "x", "`x` is not a whole number"), (.integer, "1.5", "`1.5` is not a whole number"),
        (.integer, "007", "`007` is not a whole number"),
        (
            .integer, "9223372036854775808",
            "`9223372036854775808` has more digits than are kept exactly: declare the column as text"
        ),
        (
            .number, "9007199254740993",
            "`9007199254740993` has more digits than are kept exactly: declare the column as text"
        ),
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
    func saysWhyACellIsNoValue(type: CellType, cell: String, reason: String) throws {
        let read = try Columns.read(["", cell, ""], declared: type)
        #expect(read.problems == [.init(row: 1, reason: reason)])
        #expect(read.text(1) == nil)
    }

    @Test func longCellsAreShownInPart() throws {
        let cell = String(repeating: "é", count: 60)
        #expect(
            try Columns.read([cell], declared: .integer).problems.map(\.reason) == [
                "`\(String(repeating: "é", count: 20))…` is not a whole number"
            ])
        // A letter that the limit would cut in two is left out.
        #expect(
            try Columns.read(["a" + cell], declared: .integer).problems.map(\.reason) == [
                "`a\(String(repeating: "é", count: 19))…` is not a whole number"
            ])
    }

    @Test func aReaderOfDaysDecidesAboutDates() throws {
        let reader = ColumnReader(
            zone: "UTC",
            day: { cell throws(CellProblem) in
                guard cell.count == 1 else { throw CellProblem("`\(String(copying: cell))` is no day of ours") }
                return CivilDate(day: 20_761)
            }
        ) { _ in nil }
        let cells = try CSVReading.column(["x", "2026-11-04", ""])
        let read = reader.read([ColumnFeed(cells: cells)], rowCount: 3, declared: .date)
        #expect(read.problems == [.init(row: 1, reason: "`2026-11-04` is no day of ours")])
        #expect(read.columns(named: "d", rows: nil)[0].texts == ["2026-11-04", nil, nil])
    }

    @Test func labelsAreSortedByBytes() throws {
        let column = try Columns.of(["ä", "Z", "z", "", "10", "9", "Z"])[0]
        let coded = try #require(column.codes())
        #expect(coded.labels == ["10", "9", "Z", "z", "ä"])
        #expect(coded.codes == [4, 2, 3, -1, 0, 1, 2])
        let alike = try Columns.of(["abcdefgh2", "abcdefgh10", "abcdefgh", "abcdefg", "abcdefgh1"])[0]
        #expect(alike.codes()?.labels == ["abcdefg", "abcdefgh", "abcdefgh1", "abcdefgh10", "abcdefgh2"])
    }

    /// Where nearly every row has a text of its own there is no dictionary.
    @Test func manyDifferentTexts() throws {
        let different = (0..<600).map { "answer \($0)" }
        #expect(try Columns.of(different)[0].type == .text)
        #expect(try Columns.of(different + [""])[0].texts == different + [nil])
        #expect(try Columns.of(Array(different.prefix(256)))[0].type == .dictionary)
        #expect(try Columns.of(Array(different.prefix(300)) + Array(different.prefix(300)))[0].type == .dictionary)
    }

    /// Digits beyond what a double holds make the column text, and are all there.
    @Test func largeWholeNumbersAreExact() throws {
        for large in ["9007199254740993", "-9007199254740995", "9223372036854775807", "9223372036854775808", "007"] {
            let column = try Columns.of([large, "1"])[0]
            #expect(column.type == .dictionary, "\(large)")
            #expect(column.texts == [large, "1"])
        }
        #expect(try Columns.of(["9007199254740992", "-9007199254740994"])[0].type == .integer(.int64))
        #expect(try Columns.of(["9007199254740992", "1.5"])[0].type == .float64)
    }

    /// NaN and infinity are rejected where a column is of numbers, texts where it is of texts.
    @Test func namesOfNoNumber() throws {
        for (cells, rows) in [(["1", "NaN", "2.5"], [1]), (["Inf", "3", "-inf"], [0, 2]), (["nan"], [0])] {
            let read = try Columns.read(cells)
            #expect(read.problems.map(\.row) == rows)
            #expect(read.problems.allSatisfy { $0.reason.contains("declare it as a missing code") })
        }
        let texts = try Columns.read(["nan", "x"])
        #expect(texts.problems.isEmpty)
        #expect(texts.columns(named: "x", rows: nil)[0].texts == ["nan", "x"])
        let coded = try Columns.read(["1", "NaN"], missing: ["NaN": "not_applicable"])
        #expect(coded.problems.isEmpty && coded.type == .integer)
    }

    @Test func typesCanBeDecidedFromWhatTheyLookLike() throws {
        let cells = try CSVReading.column(["2026-11-04T06:00", "2026-11-04", ""])
        let reader = Columns.reader()
        for seen in [CellType.timestamp, .text] {
            let read = reader.read([ColumnFeed(cells: cells)], rowCount: 3) { guess in
                #expect(guess == .timestamp)
                return seen
            }
            #expect(read.type == seen)
        }
    }

    @Test func noRowsAtAll() throws {
        for type in CellType.allCases {
            let columns = try Columns.of([], declared: type)
            #expect(columns.count == 1)
            #expect(columns[0].count == 0)
        }
    }
}

/// Why values are missing.
struct MissingCellTests {
    /// The companion says why, where there is a reason beside the usual one.
    @Test func companions() throws {
        let codes = ["-9": "not_asked", "-8": "not_applicable", "-7": "skipped"]
        for type in CellType.allCases {
            let columns = try Columns.of(["", "-9", "-7", "-8"], declared: type, missing: codes)
            #expect(columns.map(\.name) == ["x", "x.missing"])
            #expect(columns[0].missingCount == 4)
            #expect(columns[1].texts == ["skipped", "not_asked", "skipped", "not_applicable"])
            #expect(try Columns.of(["", "-7"], declared: type, missing: codes).count == 1)
        }
        let mixed = try Columns.of(["1", "", "-9", "2"], missing: codes)
        #expect(mixed[0].texts == ["1", nil, nil, "2"])
        #expect(mixed[1].texts == [nil, "skipped", "not_asked", nil])
    }

    /// In rows of people who were not asked a blank is nobody's answer; a value stays one, and so does another code.
    @Test func peopleWhoWereNotAsked() throws {
        for type in CellType.allCases {
            let value = Columns.sample(type)
            let columns = try Columns.of(
                ["", "", value, "-8"], declared: type, missing: ["-8": "not_applicable"],
                isUnasked: [true, false, true, true])
            #expect(columns[0].texts.map { $0 == nil } == [true, true, false, true])
            #expect(columns[1].texts == ["not_asked", "skipped", nil, "not_applicable"])
        }
    }

    /// What cells mean comes first; codes apply to what is written and to what it means.
    @Test func valuesByOtherNames() throws {
        let values = ["agree": "5", "disagree": "1", "no answer": "99", "none": "", "99": "4", "": "7"]
        let read = try Columns.read(
            ["agree", "3", "no answer", "none", "disagree", "98", "99", ""], values: values,
            missing: ["99": "not_applicable", "98": "not_asked"])
        #expect(read.type == .integer)
        let columns = read.columns(named: "x", rows: nil)
        #expect(columns[0].texts == ["5", "3", nil, nil, "1", nil, "4", nil])
        #expect(columns[1].texts == [nil, nil, "not_applicable", "skipped", nil, "not_asked", nil, "skipped"])
    }

    /// A cell that means something unreadable is named by what it means.
    @Test func valuesThatCannotBeRead() throws {
        let read = try Columns.read(["high", "1"], declared: .integer, values: ["high": "five"])
        #expect(read.problems == [.init(row: 0, reason: "`five` is not a whole number")])
    }
}

/// Columns of some of the rows, and of rows that are read in different ways.
struct ColumnRowsTests {
    @Test(arguments: CellType.allCases) func rowsArePicked(type: CellType) throws {
        let value = Columns.sample(type)
        let read = try Columns.read([value, "", value, "-9"], declared: type, missing: ["-9": "not_asked"])
        let shown = try #require(read.text(0))
        #expect(read.columns(named: "x", rows: [2, 0]).map(\.texts) == [[shown, shown]])
        #expect(read.columns(named: "x", rows: [2, 0])[0].validity == nil)
        #expect(read.columns(named: "x", rows: [1, 2]).map(\.texts) == [[nil, shown]])
        #expect(read.columns(named: "x", rows: [3, 2]).map(\.texts) == [[nil, shown], ["not_asked", nil]])
        #expect(read.columns(named: "x", rows: []).map(\.count) == [0])
    }

    /// Equal rows give equal columns, byte for byte, whatever other rows the file has and in whatever parts it is read.
    @Test(arguments: CellType.allCases) func equalRowsGiveEqualColumns(type: CellType) throws {
        var random = SplitMix64(seed: 91)
        let missing = ["-9": "not_asked", "-8": "not_applicable"]
        for _ in 0..<40 {
            let wanted = (0..<random.below(40)).map { _ in Columns.cell(type, &random) }
            var cells: [String] = []
            var rows: [Int32] = []
            for cell in wanted {
                for _ in 0..<random.below(4) { cells.append(Columns.cell(type, &random, isWild: true)) }
                rows.append(Int32(cells.count))
                cells.append(cell)
            }
            for _ in 0..<random.below(4) { cells.append(Columns.cell(type, &random, isWild: true)) }
            let alone = try Columns.of(wanted, declared: type, missing: missing)
            let among = try Columns.read(
                cells, declared: type, missing: missing, partSize: 1 + random.below(200)
            ).columns(named: "x", rows: rows)
            #expect(alone.map(\.name) == among.map(\.name))
            #expect(alone.map(\.type) == among.map(\.type))
            #expect(alone.map(\.content) == among.map(\.content))
        }
    }

    /// Two kinds of rows, each with a column and codes of its own, become one column.
    @Test func feedsAreReadTogether() throws {
        let (one, other) = (
            try CSVReading.column(["1", "x", "-9", "x"]), try CSVReading.column(["y", "low", "y", "-9"])
        )
        let isFirst = [true, false, true, false]
        let feeds = [
            ColumnFeed(cells: one, meanings: CellMeanings(values: [:], missing: ["-9": "not_asked"]), rows: isFirst),
            ColumnFeed(
                cells: other, meanings: CellMeanings(values: ["low": "300"], missing: [:]), rows: isFirst.map { !$0 }),
        ]
        let read = Columns.reader().read(feeds, rowCount: 4)
        #expect(read.type == .integer, "cells of other rows do not count")
        let columns = read.columns(named: "x", rows: nil)
        #expect(columns[0].texts == ["1", "300", nil, "-9"])
        #expect(columns[1].texts == [nil, nil, "not_asked", nil])
        let texts = Columns.reader().read(feeds, rowCount: 4, declared: .text).columns(named: "x", rows: nil)
        #expect(texts[0].texts == ["1", "300", nil, "-9"])
        #expect(texts[0].codes()?.labels == ["-9", "1", "300"])
    }

    /// Rows that no feed has are blank.
    @Test func rowsOfNoFeed() throws {
        let feed = ColumnFeed(cells: try CSVReading.column(["1", "2", "3"]), rows: [true, false, true])
        let read = Columns.reader().read([feed], rowCount: 3)
        #expect(read.columns(named: "x", rows: nil).map(\.texts) == [["1", nil, "3"]])
        #expect(Columns.reader().read([], rowCount: 2).columns(named: "x", rows: nil).map(\.texts) == [[nil, nil]])
    }

    @Test func labelsOfFeeds() throws {
        let feed = ColumnFeed(
            cells: try CSVReading.column(["long one", "b", "", "long one", "gone"]),
            meanings: CellMeanings(values: ["b": "long one"], missing: ["gone": "not_asked"]))
        let labels = ColumnReader.labels([feed], rowCount: 5)
        #expect(
            labels.codes.map { $0 < 0 ? nil : labels.texts[Int($0)] } == ["long one", "long one", nil, "long one", nil])
    }
}
