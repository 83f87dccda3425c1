import MeasureModel
import Testing

/// Numbers and texts as people read them.
struct WordsTests {
    @Test func counts() {
        #expect(
            [0, 7, 999, 1000, 4000, 12_345_678].map(Amount.count) == ["0", "7", "999", "1,000", "4,000", "12,345,678"])
        #expect(Amount.count(-1234) == "-1,234")
        #expect(Amount.count(.min) == "-9,223,372,036,854,775,808")
        #expect(
            [1, 999_999, 12_449_999, 3_000_000_000].map(Amount.instructions) == [
                "1 instruction", "999,999 instructions", "12.4 million instructions", "3.0 billion instructions",
            ])
    }

    @Test func sizes() {
        #expect(
            [0, 1023, 1024, 1536 << 10, 64 << 20, 2 << 30].map(Amount.bytes) == [
                "0 bytes", "1,023 bytes", "1 KB", "1,536 KB", "64 MB", "2 GB",
            ])
        #expect(
            [56, 1536, 9_999_999, 700 << 20, 5 << 40].map(Amount.roughBytes) == [
                "56 bytes", "1.5 KB", "9.5 MB", "700 MB", "5 TB",
            ])
        #expect(
            [0, 1 << 20, 1 << 20 + 1, 300 << 20, 3 << 30].map(Amount.sizeHolding) == [
                "1MB", "1MB", "2MB", "512MB", "4GB",
            ])
    }

    @Test func namesCanBeToldApart() {
        for name in ["a", "two words", "é", "部", "x1.y_z", "=1", "<b>"] { #expect(VisibleText.isName(name), "\(name)") }
        for name in [
            "", " ", " a", "a ", "a  b", "a\u{a0}b", "\u{3000}", "\u{2800}", "a\u{34f}", "a\u{fe0f}", "a\u{200d}b",
            "a\n",
            "\u{1b}", "\u{202e}x", "\u{e000}", "\u{ffff}", "\u{17b4}",
        ] { #expect(!VisibleText.isName(name), "\(name.debugDescription)") }
    }

    @Test func seconds() {
        #expect(
            [10, 0.05, 0.2014, 128.3, 1234, 0].map(Amount.seconds) == [
                "10 s", "0.05 s", "0.201 s", "128 s", "1230 s", "0 s",
            ])
        #expect([128, 99.1, 0.123, 1].map(Amount.atLeast) == [130, 100, 0.13, 1])
    }

    /// Everything that is not seen, or turns what is around it: in texts written out, in JSON as an escape that reads back.
    @Test(
        arguments: [
            "\u{0}", "\u{7}", "\u{1b}", "\u{7f}", "\u{9b}", "\u{ad}", "\u{61c}", "\u{115f}", "\u{180e}", "\u{200b}",
            "\u{200d}",
            "\u{200e}", "\u{2028}", "\u{202e}", "\u{2060}", "\u{2066}", "\u{206f}", "\u{3164}", "\u{feff}", "\u{fff9}",
            "\u{e0041}",
            "\u{e0100}",
        ] as [Unicode.Scalar])
    func hiddenCharacters(scalar: Unicode.Scalar) {
        let code = "\\u{\(String(scalar.value, radix: 16))}"
        #expect(VisibleText.of("a\(scalar)b") == "a\(code)b")
        #expect(Failure.escaped("a\(scalar)b") == "a\(code)b")
        #expect(JSON.string("a\(scalar)b").text().utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
        #expect(JSON.string("a\(scalar)b").text().hasPrefix("\"a\\u"))
    }

    @Test(arguments: ["plain", "é 学 ñ", "\u{1f600}", "e\u{301}", "ไทย", "العربية", "a b\u{a0}c"])
    func whatIsSeenStays(text: String) {
        #expect(VisibleText.of(text) == text)
        #expect(JSON.string(text).text() == "\"\(text)\"")
    }

    @Test func linesAreKeptWhereTheyAreWanted() {
        #expect(VisibleText.of("a\tb\nc\r\u{1b}", keepingLines: true) == "a\tb\nc\\u{d}\\u{1b}")
    }

    @Test func aFailureHasAtMost512Bytes() {
        let key = GroupKey([.init("school", "A-014"), .init("role", "teacher")])
        let failure = Failure(
            .cpuLimit, "too slow", file: "Measures/x.lua", line: 5, group: key, period: "2026-10")
        #expect(failure.text() == "Measures/x.lua:5: [school=A-014, role=teacher, 2026-10] too slow")
        #expect(Failure(.cpuLimit, "too slow", group: GroupKey(), period: "all").text() == "too slow")
        let long = String(repeating: "\u{202e}", count: 300)
        let large = Failure(
            .luaError, long, file: long, line: 5, group: GroupKey([.init("school", long)]), period: long)
        #expect(large.text().utf8.count <= 512 && large.text().utf8.count > 490)
        #expect(large.text().contains("] \\u{202e}"), "what happened has its room")
        #expect(large.text().utf8.allSatisfy { $0 >= 0x20 })
    }
}
