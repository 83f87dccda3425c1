import Foundation

/// The text around bytes that OpenSSH writes: a first and a last line with a name, Base64 between them.
struct Armor {
    /// `SSH SIGNATURE` or `OPENSSH PRIVATE KEY`.
    let name: String

    /// Why a text is none.
    enum Trouble: Error, Equatable {
        case noFirstLine, noLastLine, moreBehind, notBase64
    }

    private var first: String { "-----BEGIN \(name)-----" }
    private var last: String { "-----END \(name)-----" }

    /// The bytes in a text.
    func bytes(of text: String) throws(Trouble) -> [UInt8] {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces.union(.newlines)) }
        guard lines.first == first else { throw .noFirstLine }
        guard let end = lines.firstIndex(of: last) else { throw .noLastLine }
        guard lines[(end + 1)...].allSatisfy(\.isEmpty) else { throw .moreBehind }
        guard let bytes = Base64.bytes(of: lines[1..<end].joined()) else { throw .notBase64 }
        return bytes
    }

    /// The text, in lines of 70 columns as `ssh-keygen` writes them.
    func text(of bytes: [UInt8]) -> String {
        var rest = Base64.text(of: bytes)[...]
        var lines = [first]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(70)))
            rest = rest.dropFirst(70)
        }
        return (lines + [last]).joined(separator: "\n") + "\n"
    }
}

/// Base64 of which bytes have one spelling only.
enum Base64 {
    /// The bytes of a text; nil where it is not what ``text(of:)`` writes of them.
    static func bytes(of text: String) -> [UInt8]? {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
        return Array(data)
    }

    static func text(of bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }
}
