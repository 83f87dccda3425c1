import PluginPackaging
import Testing

/// Digests, against those of `sha256sum`.
struct DigestTests {
    private static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    private static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func digestsAreThoseOfTheStandard() {
        #expect(Digest.of([UInt8]()) == "sha256:\(Self.empty)")
        #expect(Digest.hexadecimal(of: Array("abc".utf8)) == Self.abc)
    }

    @Test func digestsAreKnown() {
        #expect(Digest.isDigest("sha256:\(Self.abc)"))
        let others = [
            "", Self.abc, "sha256:", "sha256:\(Self.abc.uppercased())", "sha256:\(Self.abc)0", "sha512:\(Self.abc)",
        ]
        for text in others + ["sha256:\(Self.abc.dropLast())g", "sha256:\(Self.abc)\n"] {
            #expect(!Digest.isDigest(text), "\(text)")
        }
    }
}
