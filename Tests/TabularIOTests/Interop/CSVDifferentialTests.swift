import CivilCalendar
import Foundation
import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Generated files, read by us and by Python's csv module and pyarrow.
@Suite(.enabled(if: Python.isAvailable, "needs the Python environment: run `make test`"))
struct CSVDifferentialTests {
    private static func run<Answer: Decodable>(_ script: String, on files: [[UInt8]], as: Answer.Type) throws -> Answer
    {
        try withTemporaryFolder { folder in
            for (number, bytes) in files.enumerated() {
                try Data(bytes).write(to: folder.appending(path: "\(number).csv"))
            }
            let path = Repository.root.appending(path: "Tests/Interop/\(script).py").path
            let finished = try PlumblineTestSupport.run(
                Python.interpreter, [path, folder.path, "\(files.count)"])
            try #require(finished.status == 0, "\(finished.errors)")
            return try JSONDecoder().decode(Answer.self, from: Data(finished.output.utf8))
        }
    }

    /// Every record of Python's is a row of ours, or a stray where it is not as wide as the header.
    @Test func pythonReadsTheSameRecords() throws {
        var random = SplitMix64(seed: 41)
        var files: [[UInt8]] = []
        while files.count < 400 {
            let file = MessyFile(&random, rowCount: random.below(12), isCut: false)
            // To Python NUL is a letter like others.
            guard !file.bytes.contains(0) else { continue }
            files.append((random.chance(20) ? [0xef, 0xbb, 0xbf] : []) + file.bytes)
        }
        let theirs = try Self.run("csv_records", on: files, as: [[[String]]].self)
        for (bytes, wanted) in zip(files, theirs) {
            let file = try CSVReading.file(bytes, DelimitedFormat(separator: UInt8(ascii: ",")))
            let table = try file.cells(partSize: 1 + random.below(200))
            let (header, records) = (wanted[0], wanted.dropFirst())
            #expect(file.header == header)
            let numbered = zip(1..., records)
            let shown = String(decoding: bytes, as: UTF8.self).debugDescription
            #expect(table.rows.map(\.cells) == records.filter { $0.count == header.count }, "\(shown)")
            #expect(table.rows.map(\.number) == numbered.filter { $1.count == header.count }.map(\.0), "\(shown)")
            #expect(
                table.strays.map(\.reason)
                    == records.filter { $0.count != header.count }.map {
                        "the row has \($0.count) cells, the header has \(header.count)"
                    })
        }
    }

    struct TheirColumn: Decodable {
        var name, type: String
        var texts: [String?]
    }

    /// Types and values of generated columns, as pyarrow finds them. The generator keeps to what both have rules for.
    /// Where the rules differ, ours are proven elsewhere: leading zeros (text to us), whole numbers that no double
    /// holds (text to us), NaN and infinity (rejected here), days among times (times to both, but not of one column
    /// of theirs with offsets), `1` and `0` (numbers to us), a lone CR, a column of blanks (of whole numbers here, of
    /// nothing there), and a quote behind a quoted cell.
    @Test func pyarrowFindsTheSameColumns() throws {
        var random = SplitMix64(seed: 42)
        let files = (0..<150).map { _ in Self.typedFile(&random) }
        let theirs = try Self.run("csv_columns", on: files.map { Array($0.utf8) }, as: [[TheirColumn]].self)
        var seen: [String: Int] = [:]
        for (text, wanted) in zip(files, theirs) {
            let table = try CSVReading.table(text)
            #expect(table.header == wanted.map(\.name))
            for (cells, their) in zip(table.columns, wanted) {
                let read = ColumnReader(zone: "UTC") { $0.wallMicroseconds }.read(
                    [ColumnFeed(cells: cells)], rowCount: table.rowCount)
                seen[their.type, default: 0] += 1
                #expect(read.type.rawValue == (their.type == "nothing" ? "integer" : their.type), "\(cells.texts)")
                #expect(read.problems.isEmpty)
                let ours = (0..<table.rowCount).map { read.text($0) }
                if their.type == "number" {
                    #expect(ours.map { $0.flatMap(Double.init) } == their.texts.map { $0.flatMap(Double.init) })
                } else {
                    #expect(ours == their.texts)
                }
            }
        }
        #expect(["integer", "number", "boolean", "date", "timestamp", "text"].allSatisfy { seen[$0, default: 0] > 20 })
    }

    private static func typedFile(_ random: inout SplitMix64) -> String {
        let end = random.pick(["\n", "\r\n"])
        let kinds = (0..<2 + random.below(5)).map { _ in random.below(8) }
        var text = kinds.indices.map { "c\($0)" }.joined(separator: ",") + end
        for _ in 0..<1 + random.below(40) {
            if random.chance(5) { text += end }
            let row = kinds.map { kind in random.chance(10) ? random.pick(["", "\"\""]) : cell(kind, &random) }
            text += (random.chance(5) ? row + [""] : row).joined(separator: ",") + end
        }
        return text
    }

    private static func cell(_ kind: Int, _ random: inout SplitMix64) -> String {
        let number = random.below(2_000_000) - 1_000_000
        let day = "20\(10 + random.below(20))-0\(1 + random.below(9))-\(10 + random.below(19))"
        func quoted(_ cell: String) -> String { random.chance(20) ? "\"\(cell)\"" : cell }
        switch kind {
        case 0: return quoted("\(number)")
        case 1: return quoted("\(number)\(random.below(9_000_000))")
        case 2: return quoted("\(Double(number) / 1_024)")
        case 3: return quoted(random.pick(["\(number)", "\(number).5", "1e\(random.below(30))", "-0.0", ".5", "5."]))
        case 4: return quoted(random.pick(["true", "FALSE", "yes", "no"]))
        case 5: return quoted(day)
        case 6: return quoted("\(day)\(random.pick([" ", "T"]))0\(random.below(10)):\(10 + random.below(50)):07")
        default:
            return CSVText.quoted(
                random.pick(["a", "é,ö", "say \"yes\"", "two\nlines", " spaces ", "日本", "\(number)x", "n/a", "NULL"]))
        }
    }
}

/// Times by patterns, read by us and by Python's strptime.
@Suite(.enabled(if: Python.isAvailable, "needs the Python environment: run `make test`"))
struct DatePatternDifferentialTests {
    /// The generator keeps to what both read alike. Beyond that, Python reads minutes and seconds of one digit, seconds
    /// up to 61, tabs for blanks, and literals in any case; we read decimals of seconds, names of months in either length,
    /// and no blank where the pattern has one.
    @Test func strptimeReadsTheSame() throws {
        var random = SplitMix64(seed: 43)
        let patterns = [
            "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p",
            "%d-%b-%Y %I:%M:%S %p", "%Y%m%dT%H%M%S", "%Y-%m-%d %H:%M:%S%z", "%y/%m/%d", "%d%%%m%%%Y",
        ]
        let cases = (0..<4_000).map { _ in
            let pattern = random.pick(patterns)
            return (pattern, Self.cell(pattern, &random))
        }
        let path = Repository.root.appending(path: "Tests/Interop/strptime_read.py").path
        let finished = try run(
            Python.interpreter, [path], input: cases.map { "\($0)\t\($1)\n" }.joined())
        try #require(finished.status == 0, "\(finished.errors)")
        let theirs = finished.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
            String.init)
        #expect(theirs.count == cases.count)
        for ((pattern, cell), wanted) in zip(cases, theirs) {
            let format = CellFormat(dates: DatePattern(pattern))
            let ours = withCell(cell) { format.time($0) }.map { time in
                "\(time)".replacing("Z", with: "+00:00")
            }
            #expect(ours == (wanted.isEmpty ? nil : wanted), "`\(cell)` by `\(pattern)`")
        }
        let read = theirs.count { !$0.isEmpty }
        #expect((1_500..<3_500).contains(read), "\(read) are times, the others are none")
    }

    private static func cell(_ pattern: String, _ random: inout SplitMix64) -> String {
        func number(_ range: ClosedRange<Int>, isPadded: Bool) -> String {
            let wild = random.chance(6) ? random.pick([0, range.upperBound + 1, range.upperBound + 9]) : nil
            let value = wild ?? range.lowerBound + random.below(range.count)
            return value < 10 && (isPadded || random.chance(50)) ? "0\(value)" : "\(value)"
        }
        // Digits that follow each other must be padded: Python would try every way to share them out.
        let isDense = pattern.hasPrefix("%Y%m")
        var cell = ""
        var letters = pattern.makeIterator()
        while let letter = letters.next() {
            guard letter == "%" else {
                cell.append(random.chance(1) ? "x" : letter)
                continue
            }
            switch letters.next() {
            case "Y": cell += "\(1900 + random.below(200))"
            case "y": cell += number(0...99, isPadded: true)
            case "m": cell += number(1...12, isPadded: isDense)
            case "d": cell += number(1...random.pick([28, 31]), isPadded: isDense)
            case "H": cell += number(0...23, isPadded: isDense)
            case "I": cell += number(1...12, isPadded: false)
            case "M": cell += number(0...59, isPadded: true)
            case "S": cell += number(0...59, isPadded: true).replacing("60", with: "62")
            case "b": cell += random.pick(["Jan", "feb", "MAR", "May", "Jun", "Dec", "Okt"])
            case "B": cell += random.pick(["January", "may", "JUNE", "september", "Mai"])
            case "p": cell += random.pick(["AM", "pm", "PM", "a.m."])
            case "z": cell += random.pick(["Z", "+00:00", "-06:00", "+0530", "+5", "", "CST"])
            default: cell += "%"
            }
        }
        return random.chance(3) ? cell + random.pick(["0", " ", "x"]) : cell
    }
}
