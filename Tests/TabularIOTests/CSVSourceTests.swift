import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// CSV by RFC 4180, and what people's programs make of it.
struct CSVSourceTests {
    @Test(arguments: [
        ("plain", "a,b\n1,2\n3,4\n", [["1", "2"], ["3", "4"]]),
        ("no line feed at the end", "a,b\n1,2", [["1", "2"]]),
        ("empty last cell", "a,b\n1,", [["1", ""]]),
        ("empty cells", "a,b\n,\n", [["", ""]]),
        ("CRLF", "a,b\r\n1,2\r\n3,4\r\n", [["1", "2"], ["3", "4"]]),
        ("CR", "a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
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
        ("blank lines", "\n\na,b\n\n1,2\n\n\r\n3,4\n\n", [["1", "2"], ["3", "4"]]),
        ("ragged rows", "a,b\n1\n1,2,3\n", [["1"], ["1", "2", "3"]]),
        ("letters of all kinds", "a,b\né,日本\n🙂,\u{0}\n", [["é", "日本"], ["🙂", "\u{0}"]]),
        ("a mark in the middle is text", "a,b\n\u{feff},1\n", [["\u{feff}", "1"]]),
    ])
    func reads(name: String, text: String, rows: [[String]]) throws {
        #expect(try CSVReading.records(text) == [["a", "b"]] + rows)
    }

    /// One column: a blank line is no row, a quoted nothing is one, as writers of CSV mean it.
    @Test func oneColumn() throws {
        #expect(try CSVReading.records("a\n\n\"\"\n1\n\n").dropFirst() == [[""], ["1"]])
    }

    @Test func headersAreTexts() throws {
        #expect(try CSVReading.source("\"a \"\"b\"\"\",\"c\nd\",é\n1,2,3").header == ["a \"b\"", "c\nd", "é"])
        #expect(try CSVReading.source("a,b").header == ["a", "b"])
        #expect(try CSVReading.rows(CSVReading.source("a,b\n")).isEmpty)
    }

    @Test func otherSeparators() throws {
        let source = try CSVReading.source("a;b\n1,5;\"2;3\"\n", separator: UInt8(ascii: ";"))
        #expect(source.header == ["a", "b"])
        #expect(try CSVReading.rows(source).map(\.cells) == [["1,5", "2;3"]])
    }

    @Test func cellsBeyondTheLastAreEmpty() throws {
        try CSVReading.source("a,b\n1\n").forEachRow { row in
            #expect(row.count == 1)
            let beyond = row[7].count
            #expect(beyond == 0)
        }
    }

    /// Every row tells where it begins: its number, the line and the byte, whatever stands in the quotes before it.
    @Test func rowsKnowTheirPlace() throws {
        let text = "\u{feff}a,b\n1,2\n\n\"x\ny\r\nz\",3\r\né,\"\r\"\r5,6\n"
        let rows = try CSVReading.rows(CSVReading.source(text))
        #expect(rows.map(\.number) == [1, 2, 3, 4])
        #expect(rows.map(\.line) == [2, 4, 7, 9])
        let bytes = Array(text.utf8)
        let firstBytes = rows.map { String(decoding: bytes[$0.byte..<$0.byte + 2], as: UTF8.self) }
        #expect(firstBytes == ["1,", "\"x", "é", "5,"])
    }

    @Test func aSourceCanBeReadAgain() throws {
        let source = try CSVReading.source("a\n1\n2\n")
        #expect(try CSVReading.rows(source) == CSVReading.rows(source))
    }

    @Test func aVisitCanStop() throws {
        struct Enough: Error {}
        let source = try CSVReading.source("a\n1\n2\n3\n")
        var seen = 0
        #expect(throws: Enough.self) {
            try source.forEachRow { _ in
                seen += 1
                if seen == 2 { throw Enough() }
            }
        }
        #expect(seen == 2)
    }
}

/// Files that are no tables, with the place to look at.
struct CSVRefusalTests {
    private func refusal(_ bytes: [UInt8]) -> TabularError? {
        do {
            _ = try CSVReading.rows(CSVReading.source(bytes))
            return nil
        } catch {
            return error as? TabularError
        }
    }

    @Test(arguments: [
        ("", TabularError.Code.empty, 1, 0), ("\n\r\n\n", .empty, 1, 0), ("\u{feff}", .empty, 1, 0),
        ("a,b\n1,\"2\n3", .unterminatedQuote, 2, 6), ("a,\"b\n", .unterminatedQuote, 1, 2),
        ("a\n\"x\ny\"\n\"z\"\"\n", .unterminatedQuote, 4, 8),
    ])
    func placesOfRefusals(text: String, code: TabularError.Code, line: Int, byte: Int) throws {
        let error = try #require(refusal(Array(text.utf8)))
        #expect(error.code == code)
        #expect(error.line == line)
        #expect(error.byte == byte)
    }

    @Test(arguments: ["a,,c\n", "a,\n", ",\n", "a,b,a\n", "é,é\n", "\"\"\n"])
    func headersWithoutOrWithEqualNames(text: String) throws {
        for (before, line) in [("", 1), ("\n\r\n", 3)] {
            let error = try #require(refusal(Array((before + text).utf8)))
            #expect(error.code == .badHeader)
            #expect(error.line == line)
            #expect(error.byte == before.utf8.count)
        }
    }

    @Test(arguments: [
        ([0xff, 0xfe, 0x61, 0x00], 1, 0), ([0xfe, 0xff, 0x00, 0x61], 1, 0),
        (Array("a\n".utf8) + [0xe9, 0x0a], 2, 2), (Array("a\r\nb\r\nc".utf8) + [0xc3], 3, 7),
        (Array("a\rb\r".utf8) + [0x80], 3, 4), ([0xc0, 0xaf], 1, 0), (Array("a\n".utf8) + [0xed, 0xa0, 0x80], 2, 2),
    ])
    func bytesThatAreNotUTF8(bytes: [UInt8], line: Int, byte: Int) throws {
        let error = try #require(refusal(bytes))
        #expect(error.code == .notUTF8)
        #expect(error.line == line)
        #expect(error.byte == byte)
        #expect(error.description.contains("save it as UTF-8"))
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
        ("1=1", "1=1"),
        ("", ""), ("'x", "'x"), ("ü=", "ü="),
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
