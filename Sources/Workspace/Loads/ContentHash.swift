import Columnar
import Crypto
import Foundation

/// SHA-256 of contents, as the feed and file names show it.
public struct ContentHash: Sendable {
    private var hasher = SHA256()

    /// Nothing hashed yet.
    public init() {}

    /// Adds bytes.
    public mutating func add(_ bytes: [UInt8]) {
        hasher.update(data: bytes)
    }

    /// Adds a text and a mark behind it, so that "ab", "c" and "a", "bc" differ.
    public mutating func add(_ text: String) {
        add(Array(text.utf8) + [0])
    }

    /// The hash in lower-case hexadecimal digits.
    public func hex() -> String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * SHA256.byteCount)
        for byte in hasher.finalize() {
            digits.append(Self.digit(byte >> 4))
            digits.append(Self.digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The hash of texts.
    public static func of(_ texts: String...) -> String {
        var hash = ContentHash()
        for text in texts { hash.add(text) }
        return hash.hex()
    }

    /// The hash of bytes.
    public static func of(_ bytes: [UInt8]) -> String {
        var hash = ContentHash()
        hash.add(bytes)
        return hash.hex()
    }

    static func of(_ column: Column) -> String {
        var hash = ContentHash()
        column.visitContent { hash.add($0) }
        return hash.hex()
    }
}
