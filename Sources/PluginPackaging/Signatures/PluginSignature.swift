import Crypto
import Foundation

/// A signature over a plugin's archive, in OpenSSH's format (SSHSIG) by an Ed25519 key.
///
/// A value has the right form; whether it is good is what ``check(over:called:)`` says, and whether its key may sign
/// a plugin is what ``AllowedSigners`` says.
public struct PluginSignature: Hashable, Sendable {
    /// The namespace that signatures of plugins have, so that one made for something else is of no use here.
    public static let requiredNamespace = "plumbline-plugin"

    /// The key that signed.
    public let key: SigningKey
    /// What the signature was made for.
    public let namespace: String
    /// How the message was digested before it was signed.
    let hash: Hash
    /// The 64 bytes of Ed25519.
    let signature: [UInt8]

    /// The digests that signatures may rest on.
    enum Hash: String {
        case sha256, sha512

        func digest(of message: [UInt8]) -> [UInt8] {
            switch self {
            case .sha256: Array(SHA256.hash(data: message))
            case .sha512: Array(SHA512.hash(data: message))
            }
        }
    }

    private static let magic = Array("SSHSIG".utf8)
    private static let armor = Armor(name: "SSH SIGNATURE")
    /// Far more than a signature by Ed25519 takes.
    private static let longestText = 8192

    init(key: SigningKey, namespace: String, hash: Hash, signature: [UInt8]) {
        self.key = key
        self.namespace = namespace
        self.hash = hash
        self.signature = signature
    }

    /// Reads the text that `ssh-keygen -Y sign` writes; `file` is how messages call it.
    ///
    /// - Throws: ``PluginError`` (`bad_signature`) that says what is wrong with it.
    public init(armored text: String, file: String? = nil) throws(PluginError) {
        guard text.utf8.count <= Self.longestText else {
            throw Self.refusal("is too long for a signature by an Ed25519 key", file)
        }
        let blob: [UInt8]
        do {
            blob = try Self.armor.bytes(of: text)
        } catch {
            throw Self.refusal(Self.words(error), file)
        }
        try self.init(blob: blob, file: file)
    }

    private static func words(_ trouble: Armor.Trouble) -> String {
        switch trouble {
        case .noFirstLine: "does not begin with `-----BEGIN SSH SIGNATURE-----`"
        case .noLastLine: "was cut off: its last line `-----END SSH SIGNATURE-----` is missing"
        case .moreBehind: "goes on behind its last line"
        case .notBase64: "was damaged: what stands between its first and last line is not Base64"
        }
    }

    /// Reads the bytes of a signature; `file` is how messages call them.
    ///
    /// - Throws: ``PluginError`` (`bad_signature`) that says what is wrong with them.
    public init(blob: [UInt8], file: String? = nil) throws(PluginError) {
        var reader = SSHReader(blob)
        guard reader.bytes(Self.magic.count) == Self.magic else {
            throw Self.refusal("does not begin with SSHSIG", file)
        }
        guard let version = reader.number() else { throw Self.endsEarly(file) }
        guard version == 1 else {
            throw Self.refusal("is of version \(version) of SSHSIG, and only version 1 is known", file)
        }
        guard let keyBlob = reader.string() else { throw Self.endsEarly(file) }
        key = try Self.key(keyBlob, file)
        guard let namespace = reader.string() else { throw Self.endsEarly(file) }
        self.namespace = try Self.words(namespace, "namespace", file)
        guard let reserved = reader.string() else { throw Self.endsEarly(file) }
        guard reserved.isEmpty else {
            throw Self.refusal("holds something in the place that SSHSIG keeps empty", file)
        }
        guard let hashName = reader.string() else { throw Self.endsEarly(file) }
        hash = try Self.hash(Self.words(hashName, "hash", file), file)
        guard let inner = reader.string() else { throw Self.endsEarly(file) }
        guard reader.isAtEnd else { throw Self.refusal("has bytes behind its end", file) }
        signature = try Self.signature(inner, file)
    }

    private static func key(_ blob: [UInt8], _ file: String?) throws(PluginError) -> SigningKey {
        var reader = SSHReader(blob)
        guard let name = reader.text() else { throw refusal("names no kind of key", file) }
        let kind = KeyKind(name: name)
        guard kind == .ed25519 else {
            throw PluginError(
                .badSignature, "\(called(file)) was made with \(kind.description): \(kind.advice).", file: file)
        }
        guard let key = SigningKey(wire: blob) else {
            throw refusal("has an Ed25519 key that is not of 32 bytes", file)
        }
        return key
    }

    private static func words(_ bytes: [UInt8], _ what: String, _ file: String?) throws(PluginError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw refusal("has a \(what) that is no text", file)
        }
        return text
    }

    private static func hash(_ name: String, _ file: String?) throws(PluginError) -> Hash {
        guard let hash = Hash(rawValue: name) else {
            throw refusal("rests on the hash \(ForeignText.quoted(name)), and only sha512 and sha256 are known", file)
        }
        return hash
    }

    private static func signature(_ blob: [UInt8], _ file: String?) throws(PluginError) -> [UInt8] {
        var reader = SSHReader(blob)
        guard let kind = reader.text(), let signature = reader.string() else { throw endsEarly(file) }
        guard kind == KeyKind.ed25519.name else {
            throw refusal("says it is of kind \(ForeignText.quoted(kind)), but its key is Ed25519", file)
        }
        guard signature.count == 64 else {
            throw refusal("is \(signature.count) bytes long, and Ed25519 makes 64", file)
        }
        guard reader.isAtEnd else { throw refusal("has bytes behind its end", file) }
        return signature
    }

    private static func called(_ file: String?) -> String { file.map { "the signature \($0)" } ?? "the signature" }

    private static func endsEarly(_ file: String?) -> PluginError {
        refusal("was cut off: it ends too early", file)
    }

    private static func refusal(_ what: String, _ file: String?) -> PluginError {
        PluginError(
            .badSignature,
            "\(called(file)) \(what); fetch it anew, or sign again with `plumb plugin sign` or `ssh-keygen -Y sign`.",
            file: file)
    }

    /// The bytes of the signature, as ``init(blob:file:)`` reads them.
    public var blob: [UInt8] {
        var inner = SSHWriter()
        inner.append(string: KeyKind.ed25519.name)
        inner.append(string: signature)
        var writer = SSHWriter()
        writer.append(Self.magic)
        writer.append(number: 1)
        writer.append(string: key.wire)
        writer.append(string: namespace)
        writer.append(string: "")
        writer.append(string: hash.rawValue)
        writer.append(string: inner.bytes)
        return writer.bytes
    }

    /// The signature as `ssh-keygen -Y sign` writes it.
    public var armored: String {
        Self.armor.text(of: blob)
    }

    /// What is signed in place of a message.
    static func signedBytes(of message: [UInt8], namespace: String, hash: Hash) -> [UInt8] {
        var writer = SSHWriter()
        writer.append(magic)
        writer.append(string: namespace)
        writer.append(string: "")
        writer.append(string: hash.rawValue)
        writer.append(string: hash.digest(of: message))
        return writer.bytes
    }

    /// Checks that this is the signature of a plugin over exactly these bytes; `name` is how messages call them.
    ///
    /// - Throws: ``PluginError`` (`bad_signature`) that says why it is not.
    public func check(over message: [UInt8], called name: String) throws(PluginError) {
        guard namespace == Self.requiredNamespace else {
            throw PluginError(
                .badSignature,
                "the signature of \(name) was made for \(ForeignText.quoted(namespace)), not for plugins: sign with "
                    + "`ssh-keygen -Y sign -n \(Self.requiredNamespace)`.")
        }
        guard key.signed(Self.signedBytes(of: message, namespace: namespace, hash: hash), as: signature) else {
            throw PluginError(
                .badSignature,
                "the signature of \(name) is not of these bytes: one of the two was changed, or belongs to another "
                    + "version. Fetch both anew; if that does not help, ask whoever published it.")
        }
    }
}
