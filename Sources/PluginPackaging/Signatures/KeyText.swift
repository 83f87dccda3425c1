/// A public key as it stands in a line: its kind, Base64, and a comment that is passed over.
enum KeyText {
    case signing(SigningKey)
    case other(KeyKind)

    /// Why there is no key, as the end of a sentence.
    struct Trouble: Error {
        var reason: String
    }

    init(_ text: some StringProtocol) throws(Trouble) {
        let words = text.utf8.split(maxSplits: 2, whereSeparator: Self.isBlank).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let name = words.first else { throw Trouble(reason: "there is no key in it") }
        let kind = KeyKind(name: name)
        guard words.count > 1 else {
            throw Trouble(reason: "behind \(ForeignText.quoted(name)) there is no key in Base64")
        }
        guard let blob = Base64.bytes(of: words[1]) else {
            throw Trouble(reason: "what stands behind \(ForeignText.quoted(name)) is not whole Base64")
        }
        var reader = SSHReader(blob)
        guard let inner = reader.text() else {
            throw Trouble(reason: "what stands behind \(ForeignText.quoted(name)) is no key")
        }
        guard inner == name else {
            throw Trouble(
                reason: "it says \(ForeignText.quoted(name)), but its key is of kind \(ForeignText.quoted(inner))")
        }
        guard kind == .ed25519 else {
            self = .other(kind)
            return
        }
        guard let key = SigningKey(wire: blob) else {
            throw Trouble(reason: "its Ed25519 key is not of 32 bytes")
        }
        self = .signing(key)
    }

    /// The key where it can sign plugins.
    var signingKey: SigningKey? {
        if case .signing(let key) = self { key } else { nil }
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
