import PlumblineTestSupport
import TabularIO
import Testing

/// The names of columns, and what stands above them.
struct DelimitedHeaderTests {
    @Test func namesAreTexts() throws {
        #expect(try CSVReading.table("\"a \"\"b\"\"\",\"c\nd\",é\n1,2,3").header == ["a \"b\"", "c\nd", "é"])
        #expect(try CSVReading.table("a,b").header == ["a", "b"])
        #expect(try CSVReading.table("a,b\n").rowCount == 0)
    }

    /// Names that come twice are numbered, a number that is taken is passed over, and each is told.
    @Test(arguments: [
        ("a,a,a\n1,2,3\n", ["a", "a_2", "a_3"]), ("a,a,a_2\n1,2,3\n", ["a", "a_3", "a_2"]),
        ("a_2,a,a\n1,2,3\n", ["a_2", "a", "a_3"]), (",b,\n1,2,3\n", ["column_1", "b", "column_3"]),
        ("column_2,,x\n1,2,3\n", ["column_2", "column_3", "x"]), ("é,é\n1,2\n", ["é", "é_2"]),
        ("\"\"\n1\n", ["column_1"]), ("a,A\n1,2\n", ["a", "A"]), ("a, a\n1,2\n", ["a", " a"]),
    ])
    func eachColumnHasItsOwnName(text: String, names: [String]) throws {
        let file = try CSVReading.file(Array(text.utf8))
        #expect(file.header == names)
        #expect(try file.cells().header == names)
        let cells = text.prefix { $0 != "\n" }.split(separator: ",", omittingEmptySubsequences: false)
        let renamed = zip(names, cells).count { $0 != $1 }
        #expect(file.notes.count == renamed, "\(file.notes)")
    }

    @Test func notesSayWhatAColumnIsCalled() throws {
        #expect(
            try CSVReading.file(Array("id,,id\n1,2,3\n".utf8)).notes == [
                "Column 2 of the header has no name: it is left out if it is blank, and otherwise called `column_2`.",
                "The header has `id` more than once; column 3 is called `id_2`.",
            ])
    }

    /// A column without a name and without a cell is an artefact of the program that wrote the file.
    @Test func namelessEmptyColumnsAreLeftOut() throws {
        let table = try CSVReading.table("a,b,,\n1,2,,\n3,,,x\n")
        #expect(table.header == ["a", "b", "column_4"])
        #expect(table.rows.map(\.cells) == [["1", "2", ""], ["3", "", "x"]])
    }

    @Test(arguments: [
        ("a,b\n1,2\n", UInt8(ascii: ",")), ("a;b\n1,5;2\n", UInt8(ascii: ";")),
        ("a\tb\n1,5\t2;3\n", UInt8(ascii: "\t")),
        ("a|b\n1|2\n", UInt8(ascii: "|")), ("a;b,c\n1;2\n3;4\n", UInt8(ascii: ";")),
        ("\"a;b\",c\n\"1;2\",3\n", UInt8(ascii: ",")), ("a,b\n\"x;y\",1\n\"z;w\",2\n", UInt8(ascii: ",")),
        ("a;b;c\n1;2;3\n4;5\n6;7;8\n", UInt8(ascii: ";")), ("a,b;c,d\n1,2;3,4\n", UInt8(ascii: ",")),
    ])
    func separatorsAreFound(text: String, separator: UInt8) throws {
        let found = try CSVReading.records(text)
        #expect(try found == CSVReading.records(text, DelimitedFormat(separator: separator)))
        #expect(found[0].count > 1)
    }

    @Test func oneColumnHasNoSeparator() throws {
        #expect(try CSVReading.records("name\nx\ny z\n") == [["name"], ["x"], ["y z"]])
    }

    @Test func aSeparatorThatIsSaidIsUsed() throws {
        let format = DelimitedFormat(separator: UInt8(ascii: ":"))
        #expect(try CSVReading.records("a,x:b\n1,5:\"2:3\"\n", format) == [["a,x", "b"], ["1,5", "2:3"]])
    }

    @Test(arguments: [
        (";", UInt8(ascii: ";")), ("tab", 9), ("\\t", 9), ("\t", 9), ("|", UInt8(ascii: "|")), (" ", 32), ("x", 120),
    ])
    func separatorsByName(name: String, byte: UInt8) {
        #expect(DelimitedFormat.separator(named: name) == byte)
    }

    @Test(arguments: ["", "\"", "\n", "\r", ",,", "é", "\u{0}", "comma"])
    func namesOfNoSeparator(name: String) {
        #expect(DelimitedFormat.separator(named: name) == nil)
    }

    @Test(arguments: [
        ("# exported by a program\na,b\n1,2\n", ["a", "b"], 3), ("# one\n# two, three\n\na,b\n1,2\n", ["a", "b"], 5),
        ("\u{feff}# one\r\na;b\r\n1;2\r\n", ["a", "b"], 3), ("#id,name\n1,2\n", ["#id", "name"], 2),
        ("# exported\n#id,name\n1,2\n", ["#id", "name"], 3),
        ("# made on Monday, by hand\na,b\n1,2\n", ["a", "b"], 3), ("# id,name\n1,2\n", ["# id", "name"], 2),
        ("#\na,b\n1,2\n", ["a", "b"], 3),
    ])
    func commentsAboveTheHeader(text: String, header: [String], line: Int) throws {
        let table = try CSVReading.table(text)
        #expect(table.header == header)
        #expect(table.rows.map(\.cells) == [["1", "2"]])
        #expect(table.rows.map(\.line) == [line])
    }

    /// Only above the header: a row may begin with `#`.
    @Test func rowsThatLookLikeComments() throws {
        #expect(try CSVReading.records("a,b\n#1,2\n").last == ["#1", "2"])
    }

    @Test(arguments: [
        (0, "#a,b\n1,2\n", ["#a", "b"]), (1, "Report of Monday\na,b\n1,2\n", ["a", "b"]),
        (2, "Report\r\n\r\na,b\r\n1,2\r\n", ["a", "b"]), (1, "it's \"open\na,b\n1,2\n", ["a", "b"]),
        (1, "Report\n\n\na,b\n1,2\n", ["a", "b"]), (1, "\u{feff}x\ra,b\r1,2\r", ["a", "b"]),
    ])
    func linesThatAreSkipped(count: Int, text: String, header: [String]) throws {
        let table = try CSVReading.table(text, DelimitedFormat(skippedLines: count))
        #expect(table.header == header)
        #expect(table.rows.map(\.cells) == [["1", "2"]])
        let ends = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(table.rows.map(\.line) == [ends.count - 1])
        #expect(table.rows.map(\.byte) == [Array(text.utf8).lastIndex(of: UInt8(ascii: "1"))])
    }

    /// A header longer than what is looked at first.
    @Test func wideHeaders() throws {
        let names = (0..<30_000).map { "column number \($0)" }
        let table = try CSVReading.table(CSVText.line(names) + CSVText.line(names.map { String($0.suffix(2)) }))
        #expect(table.header == names)
        #expect(table.rowCount == 1)
        #expect(table.texts("column number 29999") == ["99"])
    }
}
