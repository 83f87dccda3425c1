import Crypto
import Foundation

/// An Ed25519 public key, as plugins are signed with.
public struct SigningKey: Hashable, Sendable {
    /// The 32 bytes of the key.
    let bytes: [UInt8]

    /// The key of 32 bytes.
    init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The key in the encoding of OpenSSH; nil unless that is all there is.
    init?(wire: [UInt8]) {
        var reader = SSHReader(wire)
        guard reader.text() == KeyKind.ed25519.name, let bytes = reader.string(), reader.isAtEnd else { return nil }
        self.init(bytes: bytes)
    }

    /// Reads the text of a public key, `ssh-ed25519 AAAA… comment`, as files that end in `.pub` hold it.
    ///
    /// - Throws: ``PluginError`` (`bad_key`) that names what it is instead.
    public init(text: String, file: String? = nil) throws(PluginError) {
        let called = file ?? "the text"
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 1, let line = lines.first else {
            throw PluginError(
                .badKey, "\(called) must hold one public key: `ssh-ed25519 AAAA…`, as files that end in .pub do.",
                file: file)
        }
        let found: KeyText
        do {
            found = try KeyText(line)
        } catch {
            throw PluginError(
                .badKey, "\(called) is no public key: \(error.reason). It should read `ssh-ed25519 AAAA…`.", file: file)
        }
        switch found {
        case .signing(let key):
            self = key
        case .other(let kind):
            throw PluginError(.badKey, "\(called) holds \(kind.description); \(kind.advice).", file: file)
        }
    }

    /// The key in the encoding of OpenSSH.
    var wire: [UInt8] {
        var writer = SSHWriter()
        writer.append(string: KeyKind.ed25519.name)
        writer.append(string: bytes)
        return writer.bytes
    }

    /// The key as a line of text, without a comment.
    public var text: String {
        "\(KeyKind.ed25519.name) \(Base64.text(of: wire))"
    }

    /// The fingerprint as `ssh-keygen -l` shows it: `SHA256:` and Base64 without padding.
    public var fingerprint: String {
        let digest = Base64.text(of: Array(SHA256.hash(data: wire)))
        return "SHA256:" + digest.prefix { $0 != "=" }
    }

    /// Whether a signature of 64 bytes over a message is by this key.
    func signed(_ message: [UInt8], as signature: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
