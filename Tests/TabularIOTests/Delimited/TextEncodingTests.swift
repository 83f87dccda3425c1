import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// Files whose letters are not written as UTF-8.
struct TextEncodingTests {
    private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
            return isBig ? bytes.reversed() : bytes
        }
    }

    private static let text = "name,note\r\nJosé,\"日本,\n🙂\"\r\n\u{10ffff},\u{ffff}\r\nz,\r\n"
    private static let rows = [["José", "日本,\n🙂"], ["\u{10ffff}", "\u{ffff}"], ["z", ""]]

    @Test(arguments: [false, true]) func utf16WithMark(isBig: Bool) throws {
        let bytes = Self.utf16("\u{feff}" + Self.text, isBig: isBig)
        // The mark is believed before what is said.
        for encoding in [nil, TextEncoding.utf8, .windows1252] {
            let table = try CSVReading.table(bytes, DelimitedFormat(encoding: encoding))
            #expect(table.header == ["name", "note"])
            #expect(table.rows.map(\.cells) == Self.rows)
        }
    }

    @Test(arguments: [false, true]) func utf16WithoutMark(isBig: Bool) throws {
        let bytes = Self.utf16(Self.text, isBig: isBig)
        let table = try CSVReading.table(
            bytes, DelimitedFormat(encoding: isBig ? .utf16BigEndian : .utf16LittleEndian))
        #expect(table.rows.map(\.cells) == Self.rows)
        let error = try #require(CSVReading.refusal(bytes))
        #expect(error.code == .badHeader)
        #expect(error.description.contains("NUL") && error.description.contains("utf-16"))
    }

    @Test(
        arguments: [
            ([0x61, 0x00, 0x0a, 0x00, 0x61], 4), ([0x61, 0x00, 0x00, 0xd8], 2),
            ([0x61, 0x00, 0x00, 0xdc, 0x61, 0x00], 2),
            ([0x3d, 0xd8, 0x61, 0x00], 0), ([0x61, 0x00, 0x3d, 0xd8, 0x3d, 0xd8, 0x42, 0xde], 2),
        ] as [([UInt8], Int)])
    func halvesOfLetters(bytes: [UInt8], byte: Int) throws {
        let error = try #require(CSVReading.refusal(bytes, DelimitedFormat(encoding: .utf16LittleEndian)))
        #expect(error.code == .badEncoding)
        #expect(error.byte == byte)
        #expect(error.description.contains("is not utf-16le"))
        let marked = try #require(CSVReading.refusal([0xff, 0xfe] + bytes))
        #expect(marked.byte == byte + 2)
    }

    /// All letters of the encoding, those that the standard leaves undefined as control characters.
    @Test func windows1252() throws {
        let upper = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".unicodeScalars)
        for byte in UInt8(0x80)...0xff {
            let bytes = Array("a,b\n".utf8) + [0x78, byte, 0x2c, byte, 0x0a]
            let rows = try CSVReading.table(bytes, DelimitedFormat(encoding: .windows1252)).rows
            let letter = byte < 0xa0 ? upper[Int(byte) - 0x80] : Unicode.Scalar(byte)
            #expect(rows.map(\.cells) == [["x\(letter)", "\(letter)"]])
        }
        let plain = try CSVReading.table("a,b\n1,2\n", DelimitedFormat(encoding: .windows1252)).rows
        #expect(plain.map(\.cells) == [["1", "2"]])
    }

    @Test(arguments: [
        ("UTF-8", TextEncoding.utf8), ("utf8", .utf8), ("utf-16", .utf16LittleEndian), ("UTF-16LE", .utf16LittleEndian),
        ("utf-16be", .utf16BigEndian), ("Windows-1252", .windows1252), ("cp1252", .windows1252),
        ("latin1", .windows1252), ("ISO-8859-1", .windows1252),
    ])
    func names(name: String, encoding: TextEncoding) {
        #expect(TextEncoding(name: name) == encoding)
    }

    @Test(arguments: ["", "ascii", "utf-32", "koi8-r"]) func namesOfNone(name: String) {
        #expect(TextEncoding(name: name) == nil)
    }

    /// Each row's byte is one of the file as it is, not of the text in UTF-8.
    @Test func bytesAreThoseOfTheFile() throws {
        var random = SplitMix64(seed: 71)
        let words = ["a", "é", "ÿ", "日", "🙂", "\"x\ny\""]
        let lines = (0..<20_000).map { number in "\(number),\(random.pick(words))\(random.pick(["", "\r"]))\n" }
        let text = "name,note\n" + lines.joined()
        for (encoding, isBig) in [(TextEncoding.utf16LittleEndian, false), (.utf16BigEndian, true)] {
            for mark in ["", "\u{feff}"] {
                let bytes = Self.utf16(mark + text, isBig: isBig)
                let file = try CSVReading.file(bytes, DelimitedFormat(encoding: encoding))
                let table = try file.cells()
                #expect(table.rowCount == lines.count)
                for row in stride(from: 0, to: lines.count, by: 97) {
                    let wanted = Self.utf16("\(row),", isBig: isBig)
                    let byte = file.sourceByte(of: table.places[row].byte)
                    #expect(Array(bytes[byte..<byte + wanted.count]) == wanted)
                }
            }
        }
        let latin = Array("n\n".utf8) + Array(repeating: [0xe9, 0x80, 0x0a], count: 50_000).joined()
        let file = try CSVReading.file(Array(latin), DelimitedFormat(encoding: .windows1252))
        let table = try file.cells()
        for row in stride(from: 0, to: 50_000, by: 111) {
            #expect(file.sourceByte(of: table.places[row].byte) == 2 + 3 * row)
        }
    }
}
