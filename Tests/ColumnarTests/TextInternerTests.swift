import Columnar
import PlumblineTestSupport
import Statistics
import Testing

/// Texts by number, against a dictionary.
struct TextInternerTests {
    /// Texts of all short lengths over few letters, so that many begin, end or go on alike.
    private static func texts(_ random: inout SplitMix64) -> [String] {
        let letters = ["a", "b", "\0", "é", "日"]
        return (0..<20_000).map { _ in
            (0..<Int.random(in: 0...9, using: &random)).map { _ in random.pick(letters) }.joined()
        }
    }

    @Test func equalTextsHaveOneNumber() {
        var random = SplitMix64(seed: 17)
        var interner = TextInterner()
        var known: [[UInt8]: Int32] = [:]
        for text in Self.texts(&random) {
            let bytes = Array(text.utf8)
            let seen = interner.knownCode(of: bytes.span)
            #expect(seen == known[bytes])
            let code = interner.code(of: bytes.span)
            if let number = known[bytes] { #expect(code == number) } else { #expect(Int(code) == known.count) }
            known[bytes] = code
        }
        #expect(interner.count == known.count)
        for (bytes, code) in known {
            let stored = interner.withText(Int(code)) { text in text.indices.map { text[$0] } }
            #expect(stored == bytes)
        }
    }

    @Test func numbersAreSortedByTheBytesOfTheirTexts() {
        var random = SplitMix64(seed: 18)
        var interner = TextInterner()
        for text in Self.texts(&random) { _ = interner.code(of: text) }
        let sorted = interner.sorted(Array(0..<interner.count)).map { Array(interner[$0].utf8) }
        #expect(sorted == sorted.sorted { $0.lexicographicallyPrecedes($1) })
        #expect(Set(sorted).count == interner.count)
    }

    @Test func bitmapsOfBytes() {
        var random = SplitMix64(seed: 19)
        for count in 0...200 {
            let bytes = (0..<count).map { _ in UInt8(random.next() & 1) }
            let bitmap = Bitmap(zerosOf: bytes)
            #expect(bitmap.count == count)
            #expect((0..<count).map { bitmap[$0] } == bytes.map { $0 == 0 })
            #expect(bitmap.setCount == bytes.count { $0 == 0 })
            let rows = (0..<count).filter { _ in random.chance(40) }.map { Int32($0) }
            let picked = bitmap.picked(rows)
            #expect((0..<rows.count).map { picked[$0] } == rows.map { bytes[Int($0)] == 0 })
        }
    }
}
