import Testing
import Workspace

struct ContentHashTests {
    /// The examples of FIPS 180-4.
    @Test func agreesWithTheStandard() {
        #expect(
            ContentHash.of(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            ContentHash.of([UInt8]()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func textsKeepTheirBoundaries() {
        let hashes = [
            ContentHash.of("ab", "c"), ContentHash.of("a", "bc"), ContentHash.of("abc"), ContentHash.of("abc", ""),
            ContentHash.of(""), ContentHash.of(),
        ]
        #expect(Set(hashes).count == hashes.count)
    }

    @Test func piecesDoNotMatter() {
        let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var hash = ContentHash()
        for start in stride(from: 0, to: bytes.count, by: 37) { hash.add(Array(bytes[start..<min(start + 37, 1_000)])) }
        #expect(hash.hex() == ContentHash.of(bytes))
    }
}
