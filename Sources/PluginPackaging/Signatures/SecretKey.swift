import Crypto
import Foundation

/// An Ed25519 private key from a file of OpenSSH, to sign plugins with. Nothing that is shown of it tells the secret.
public struct SecretKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    /// The public key that belongs to it.
    public let signingKey: SigningKey

    /// Reads a private key without a passphrase; `file` is how messages call it.
    ///
    /// - Throws: ``PluginError``: `locked_key` where the key is behind a passphrase, which only `ssh-keygen` and agents
    ///   can open, `bad_key` for everything else that is no such key.
    public init(text: String, file: String) throws(PluginError) {
        let bytes: [UInt8]
        do {
            bytes = try Armor(name: "OPENSSH PRIVATE KEY").bytes(of: text)
        } catch {
            throw error == .noFirstLine ? Self.otherFormat(text, file) : Self.damaged(file)
        }
        let (signingKey, section) = try Self.parts(of: bytes, file)
        guard let seed = Self.seed(in: section, of: signingKey),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            Array(key.publicKey.rawRepresentation) == signingKey.bytes
        else { throw Self.damaged(file) }
        self.key = key
        self.signingKey = signingKey
    }

    /// The public key of a file, and the section that may be encrypted.
    private static func parts(of bytes: [UInt8], _ file: String) throws(PluginError) -> (SigningKey, [UInt8]) {
        var reader = SSHReader(bytes)
        let magic = Array("openssh-key-v1\0".utf8)
        guard reader.bytes(magic.count) == magic, let cipher = reader.text(), let derivation = reader.text(),
            reader.string() != nil, reader.number() == 1, let keyBlob = reader.string(), let section = reader.string()
        else { throw damaged(file) }
        var keyReader = SSHReader(keyBlob)
        guard let name = keyReader.text() else { throw damaged(file) }
        guard name == KeyKind.ed25519.name else {
            let kind = KeyKind(name: name)
            throw PluginError(.badKey, "\(file) holds \(kind.description); \(kind.advice).", file: file)
        }
        guard cipher == "none", derivation == "none" else { throw locked(file) }
        guard reader.isAtEnd, let key = SigningKey(wire: keyBlob) else { throw damaged(file) }
        return (key, section)
    }

    /// The 32 secret bytes; nil unless the section is whole and belongs to the public key.
    private static func seed(in section: [UInt8], of key: SigningKey) -> [UInt8]? {
        var reader = SSHReader(section)
        guard let check = reader.number(), reader.number() == check, reader.text() == KeyKind.ed25519.name,
            reader.string() == key.bytes, let pair = reader.string(), pair.count == 64,
            Array(pair.suffix(32)) == key.bytes, reader.string() != nil
        else { return nil }
        let padding = reader.remainder()
        guard section.count.isMultiple(of: 8), padding == Array((1..<8).prefix(padding.count)) else { return nil }
        return Array(pair.prefix(32))
    }

    private static func locked(_ file: String) -> PluginError {
        PluginError(
            .lockedKey,
            "\(file) is behind a passphrase. `ssh-keygen -Y sign -n \(PluginSignature.requiredNamespace) -f \(file) "
                + "ARCHIVE` asks for it and signs.", file: file)
    }

    private static func damaged(_ file: String) -> PluginError {
        PluginError(
            .badKey,
            "\(file) is damaged or not whole; restore it from a copy, or make a new key with "
                + "`ssh-keygen -t ed25519`.", file: file)
    }

    private static func otherFormat(_ text: String, _ file: String) -> PluginError {
        let what =
            switch text {
            case _ where text.hasPrefix("-----BEGIN SSH SIGNATURE"): "is a signature, not a key"
            case _ where text.hasPrefix("PuTTY-User-Key-File"):
                "is a key of PuTTY; PuTTYgen writes it as an OpenSSH key by `Conversions, Export OpenSSH key`"
            case _ where text.hasPrefix("-----BEGIN") && text.contains("PRIVATE KEY"):
                "is a private key in an older format; plugins are signed with Ed25519 keys in OpenSSH's own, which "
                    + "`ssh-keygen -t ed25519` makes"
            case _ where text.utf8.split(separator: UInt8(ascii: " ")).first.map(isKeyName) == true:
                "is a public key; signing takes the private one, whose file has the same name without `.pub`"
            default: "is no private key; `ssh-keygen -t ed25519` makes one"
            }
        return PluginError(.badKey, "\(file) \(what).", file: file)
    }

    private static func isKeyName(_ word: Substring.UTF8View.SubSequence) -> Bool {
        KeyKind(name: String(decoding: word, as: UTF8.self)).isKnown
    }

    /// Signs a plugin's archive.
    ///
    /// - Throws: ``PluginError`` (`bad_key`) where the system's cryptography refuses.
    public func sign(_ message: [UInt8]) throws(PluginError) -> PluginSignature {
        let namespace = PluginSignature.requiredNamespace
        let bytes = PluginSignature.signedBytes(of: message, namespace: namespace, hash: .sha512)
        guard let signature = try? key.signature(for: bytes) else {
            throw PluginError(
                .badKey, "the key \(signingKey.fingerprint) cannot sign; sign with `ssh-keygen -Y sign` instead.")
        }
        return PluginSignature(key: signingKey, namespace: namespace, hash: .sha512, signature: Array(signature))
    }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Names the key by its fingerprint.
    public var description: String { "the private key of \(signingKey.fingerprint)" }

    /// The same: the secret is not shown to those who look closer.
    public var debugDescription: String { description }

    /// No part of it is shown.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
