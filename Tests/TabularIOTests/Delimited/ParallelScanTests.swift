import PlumblineTestSupport
import Statistics
import TabularIO
import Testing

/// A file that is read in parts gives exactly what it gives when it is read from front to back: the same cells, places,
/// strays and errors.
struct ParallelScanTests {
    /// Compares parts of these sizes with one part, and that with the plain reader.
    private func expectAgreement(_ bytes: [UInt8], header: Int, width: Int, partSizes: [Int]) throws {
        let file = try CSVReading.file(bytes, DelimitedFormat(separator: UInt8(ascii: ",")))
        let whole = Reading(file, partSize: bytes.count + 1)
        let plain = PlainCSV(bytes[header...], line: 2, separator: UInt8(ascii: ","))
        guard whole.agrees(with: plain, width: width) else {
            Issue.record("\(String(decoding: bytes.prefix(300), as: UTF8.self).debugDescription): \(whole)")
            return
        }
        for size in partSizes {
            let parts = Reading(file, partSize: size)
            guard parts == whole else {
                Issue.record(
                    "parts of \(size): \(String(decoding: bytes.prefix(300), as: UTF8.self).debugDescription): \(parts)"
                )
                return
            }
        }
    }

    /// All short texts of the letters that matter, in the smallest parts.
    @Test(arguments: Array(",\"\n\ra".utf8)) func allShortTexts(first: UInt8) throws {
        let letters = Array(",\"\n\ra".utf8)
        let header = Array("a,b\n".utf8)
        var text = header + [first]
        func extend(by count: Int) throws {
            try expectAgreement(text, header: header.count, width: 2, partSizes: text.count < 9 ? [1, 2, 3] : [1])
            guard count > 0 else { return }
            for letter in letters {
                text.append(letter)
                try extend(by: count - 1)
                text.removeLast()
            }
        }
        try extend(by: 5)
    }

    @Test func generatedFiles() throws {
        var random = SplitMix64(seed: 61)
        for _ in 0..<400 {
            let file = MessyFile(&random, rowCount: random.below(30), isCut: random.chance(10))
            let sizes = [1, 2, 3] + (0..<5).map { _ in 4 + random.below(196) }
            try expectAgreement(file.bytes, header: file.headerLength, width: file.width, partSizes: sizes)
        }
    }

    /// Bytes of all kinds: where they are no text, all parts agree on the byte.
    @Test func bytesThatAreNoText() throws {
        var random = SplitMix64(seed: 62)
        var refused = 0
        for _ in 0..<100 {
            let messy = MessyFile(&random, rowCount: 1 + random.below(10), isCut: false)
            var bytes = messy.bytes
            for _ in 0...random.below(2) where bytes.count > messy.headerLength {
                let at = messy.headerLength + random.below(bytes.count - messy.headerLength)
                bytes[at] = random.pick([0x80, 0xc3, 0xe9, 0xff, 0xf0, 0xed])
            }
            let file = try CSVReading.file(bytes, DelimitedFormat(separator: UInt8(ascii: ",")))
            let whole = Reading(file, partSize: bytes.count + 1)
            refused += whole.error?.code == .notUTF8 ? 1 : 0
            for size in [1, 2, 5, 17, 64, 1 + random.below(200)] {
                #expect(Reading(file, partSize: size) == whole)
            }
        }
        #expect(refused > 50)
    }

    /// Records that are longer than what is read behind a part, and over several parts.
    @Test func longRecords() throws {
        let long = String(repeating: "0123456789", count: 7_000)
        let wrapped = String(repeating: "line \"\"of\"\" text,\r\n", count: 5_000)
        let texts = [
            "1,\(long)\n2,b\n", "\(long),\(long)\n", "\"\(wrapped)\",2\n3,4\n", "1,2\n\"\(wrapped)\"\n3,4\n",
            "1,\"\(wrapped)\"\r\n2,3\r\n\"\(wrapped)\",\(long)\r\n", "\(long),1,2\n3,4\n", "1,2\n\"\(wrapped)",
            String(repeating: "1,2\n", count: 8_000) + "\"\(wrapped)\",x\n"
                + String(repeating: "3,4\n", count: 8_000),
        ]
        for text in texts {
            try expectAgreement(
                Array(("a,b\n" + text).utf8), header: 4, width: 2, partSizes: [8_192, 100_000])
        }
    }

    /// Parts of the size that is used for real files.
    @Test func largeFiles() throws {
        var random = SplitMix64(seed: 63)
        let piece = MessyFile(&random, rowCount: 400, isCut: false)
        let body = Array(piece.bytes[piece.headerLength...]) + [10]
        let bytes = piece.bytes[..<piece.headerLength] + Array(repeating: body, count: 1_500_000 / body.count).joined()
        let file = try CSVReading.file(Array(bytes), DelimitedFormat(separator: UInt8(ascii: ",")))
        let whole = Reading(file, partSize: bytes.count)
        #expect(whole.rows.count > 10_000)
        #expect(Reading(file, partSize: nil) == whole)
        #expect(Reading(file, partSize: 333_333) == whole)
    }
}

/// A generated file with everything that files have: quotes, line breaks in them, all line ends, blank lines, records
/// that are too long or short, letters of several bytes, NUL.
struct MessyFile {
    let bytes: [UInt8]
    let headerLength: Int
    let width: Int

    init(_ random: inout SplitMix64, rowCount: Int, isCut: Bool) {
        width = 1 + random.below(4)
        let header = (0..<width).map { "column \($0)" }.joined(separator: ",") + "\n"
        headerLength = header.utf8.count
        var text = header
        for _ in 0..<rowCount {
            if random.chance(15) { text += Self.end(&random) }
            let count = random.chance(20) ? 1 + random.below(6) : width
            text += (0..<count).map { _ in Self.cell(&random) }.joined(separator: ",") + Self.end(&random)
        }
        if random.chance(40) { text += (0..<width).map { _ in Self.cell(&random) }.joined(separator: ",") }
        let all = Array(text.utf8)
        guard isCut, all.count > headerLength else {
            bytes = all
            return
        }
        // A letter must not be cut in two.
        let end = headerLength + random.below(all.count - headerLength)
        bytes = Array(all[..<max(headerLength, all[..<end].lastIndex { $0 < 0x80 } ?? end)])
    }

    private static func end(_ random: inout SplitMix64) -> String {
        random.pick(["\n", "\n", "\r\n", "\r"])
    }

    private static func cell(_ random: inout SplitMix64) -> String {
        let bare = ["", "a", "12", " ", "é", "b\"c", "\t", "0.5", "日本", "'", "longer than a word"]
        let inside = bare + [",", "\n", "\r\n", "\r", "\"\"", "x y", ",1\n2,3\n"]
        func words(_ choices: [String]) -> String {
            (0..<random.below(5)).map { _ in random.pick(choices) }.joined()
        }
        if random.chance(1) { return "\u{0}" }
        guard random.chance(40) else {
            // A quote opens a quoted cell only where it comes first.
            let text = words(bare)
            return text.hasPrefix("\"") ? "q" + text : text
        }
        let quoted = "\"" + words(inside).replacing("b\"c", with: "bc") + "\""
        return random.chance(10) ? quoted + words(["a", "1", "b\"c", " "]) : quoted
    }
}
