import Crypto
public import Foundation

/// SHA-256 as files of plugins write it: `sha256:` and hexadecimal digits.
public enum Digest {
    private static let prefix = "sha256:"

    /// The digest of bytes.
    public static func of(_ bytes: some DataProtocol) -> String {
        prefix + hexadecimal(of: bytes)
    }

    /// The digest in hexadecimal digits alone.
    public static func hexadecimal(of bytes: some DataProtocol) -> String {
        hexadecimal(SHA256.hash(data: bytes))
    }

    /// The digest of what was hashed so far.
    static func of(_ hash: SHA256) -> String { prefix + hexadecimal(hash.finalize()) }

    private static func hexadecimal(_ digest: SHA256Digest) -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * SHA256Digest.byteCount)
        for byte in digest { digits += [digit(byte >> 4), digit(byte & 15)] }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// Whether a text is a digest.
    public static func isDigest(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst(prefix.utf8.count)
        return text.hasPrefix(prefix) && digits.count == 2 * SHA256Digest.byteCount
            && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 || $0 &- UInt8(ascii: "a") < 6 }
    }
}
