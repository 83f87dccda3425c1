import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Delimited text by RFC 4180, and what people's programs make of it.
struct DelimitedReadingTests {
    @Test(arguments: [
        ("plain", "a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]]),
        ("no line feed at the end", "a,b\n1,2", [["1", "2"]]),
        ("empty last cell", "a,b\n1,", [["1", ""]]),
        ("empty cells", "a,b\n,\n", [["", ""]]),
        ("CRLF", "a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
        ("CR", "a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
        ("CR at the end", "a,b\r1,2\r3,4\r", [["1", "2"], ["3", "4"]]),
        ("mixed ends of lines", "a,b\n1,2\r3,4\r\n5,6", [["1", "2"], ["3", "4"], ["5", "6"]]),
        ("byte order mark", "\u{feff}a,b\n1,2\n", [["1", "2"]]),
        ("quotes", "a,b\n\"1\",\"2\"\n", [["1", "2"]]),
        ("comma in quotes", "a,b\n\"1,5\",2\n", [["1,5", "2"]]),
        ("doubled quotes", "a,b\n\"say \"\"yes\"\"\",\"\"\"\"\n", [["say \"yes\"", "\""]]),
        ("line breaks in quotes", "a,b\n\"1\n2\",\"3\r\n4\r5\"\n", [["1\n2", "3\r\n4\r5"]]),
        ("quotes inside a bare cell", "a,b\n5\" pipe,x\"\"y\n", [["5\" pipe", "x\"\"y"]]),
        ("text behind quotes", "a,b\n\"1\"2,\"3\"\"4\"5\n", [["12", "3\"45"]]),
        ("spaces are kept", "a,b\n 1 ,\" 2 \"\n", [[" 1 ", " 2 "]]),
        ("space before quotes", "a,b\n \"1\",2\n", [[" \"1\"", "2"]]),
        ("quoted nothing", "a,b\n\"\",2\n", [["", "2"]]),
        ("quoted nothing at the end", "a,b\n2,\"\"", [["2", ""]]),
        ("blank lines", "\n\na,b\n\n1,2\n\n\r\n3,4\n\n", [["1", "2"], ["3", "4"]]),
        ("letters of all kinds", "a,b\né,日本\n🙂,\u{7f}\n", [["é", "日本"], ["🙂", "\u{7f}"]]),
        ("a mark in the middle is text", "a,b\n\u{feff},1\n", [["\u{feff}", "1"]]),
        ("no rows", "a,b\n", []), ("no rows, no line feed", "a,b", []),
        (
            "words of eight bytes", "a,b\n12345678,1234567\n123456789,x\n",
            [["12345678", "1234567"], ["123456789", "x"]]
        ),
    ])
    func reads(name: String, text: String, rows: [[String]]) throws {
        #expect(try CSVReading.records(text) == [["a", "b"]] + rows)
    }

    /// One column: a blank line is no row, a quoted nothing is one, as writers of CSV mean it.
    @Test func oneColumn() throws {
        #expect(try CSVReading.records("a\n\n\"\"\n1\n\n").dropFirst() == [[""], ["1"]])
    }

    /// Every cell length across the ends of words, in every column.
    @Test func cellsOfEveryLength() throws {
        let rows = (0..<40).map { length in
            [String(repeating: "x", count: length), String(repeating: "ü", count: length / 2), "\(length)"]
        }
        for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
            let permuted = rows.map { row in order.map { row[$0] } }
            let text = "a,b,c\n" + permuted.map(CSVText.line).joined()
            #expect(try Array(CSVReading.records(text).dropFirst()) == permuted)
        }
    }

    /// A record that is not as wide as the header is no row, and says so.
    @Test func raggedRecordsAreStrays() throws {
        let text = "a,b\n1\n1,2\n\"x\ny\",2,3\n,,,\n3,4\n\"only\nq\"\n"
        let table = try CSVReading.table(text)
        #expect(table.rows.map(\.cells) == [["1", "2"], ["3", "4"]])
        #expect(table.rows.map(\.number) == [2, 5])
        #expect(table.recordCount == 6)
        #expect(table.strays.map(\.place.number) == [1, 3, 4, 6])
        #expect(table.strays.map(\.place.line) == [2, 4, 6, 8])
        let bytes = Array(text.utf8)
        #expect(table.strays.map { bytes[$0.place.byte] } == Array("1\",\"".utf8))
        #expect(table.strays.allSatisfy { $0.column == nil })
        #expect(
            table.strays.map(\.reason) == [1, 3, 4, 1].map { "the row has \($0) cells, the header has 2" })
    }

    /// No text holds NUL: the row is a stray, the rows around it are not.
    @Test func rowsWithNULAreStrays() throws {
        let table = try CSVReading.table("a,b\n1,2\n1,\u{0}\n\u{0},2\n\"x\u{0}y\",2\n3,4\n\u{0}\n")
        #expect(table.rows.map(\.cells) == [["1", "2"], ["3", "4"]])
        #expect(table.strays.map(\.place.line) == [3, 4, 5, 7])
        #expect(table.strays.prefix(3).allSatisfy { $0.reason == "the row holds a NUL byte, which no text has" })
        #expect(table.strays.last?.reason == "the row has 1 cells, the header has 2")
    }

    /// Every row tells where it begins: its number, the line and the byte, whatever stands in the quotes before it.
    @Test func rowsKnowTheirPlace() throws {
        let text = "\u{feff}a,b\n1,2\n\n\"x\ny\r\nz\",3\r\né,\"\r\"\r5,6\n"
        let rows = try CSVReading.table(text).rows
        #expect(rows.map(\.number) == [1, 2, 3, 4])
        #expect(rows.map(\.line) == [2, 4, 7, 9])
        let bytes = Array(text.utf8)
        let firstBytes = rows.map { String(decoding: bytes[$0.byte..<$0.byte + 2], as: UTF8.self) }
        #expect(firstBytes == ["1,", "\"x", "é", "5,"])
    }

    @Test func aFileCanBeReadAgain() throws {
        let file = try CSVReading.file(Array("a\n1\n2\n".utf8))
        #expect(try file.cells().rows == file.cells().rows)
    }
}

/// What we write, we read.
struct CSVTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"yes\"", "\"say \"\"yes\"\"\""), ("a\nb", "\"a\nb\""),
        ("a\rb", "\"a\rb\""), (" a ", " a "), ("\"", "\"\"\"\""), ("é;", "é;"),
    ])
    func quotesWhatNeedsIt(cell: String, written: String) {
        #expect(CSVText.quoted(cell) == written)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("1=1", "1=1"), ("", ""), ("'x", "'x"), ("ü=", "ü="),
    ])
    func makesFormulasHarmless(text: String, harmless: String) {
        #expect(CSVText.harmless(text) == harmless)
    }

    @Test func linesComeBack() throws {
        var random = SplitMix64(seed: 31)
        let pieces = ["a", ",", "\"", "\n", "\r", "\r\n", " ", "é", "=", "1"]
        let records = (0..<300).map { _ in
            (0..<3).map { _ in (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(pieces) }.joined() }
        }
        let text = CSVText.line(["a", "b", "c"]) + records.map(CSVText.line).joined()
        #expect(try CSVReading.records(text).dropFirst().map(\.self) == records)
    }
}
