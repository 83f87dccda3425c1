/// Keys whose signatures never count, from a file with a public key in each line.
public struct RevokedKeys: Equatable, Sendable {
    private let keys: Set<SigningKey>

    /// No keys.
    public init() {
        keys = []
    }

    /// Reads the file; `file` is how messages call it.
    ///
    /// - Throws: ``PluginError`` (`bad_trust`) with the line that cannot be read: a key that is only nearly spelled must
    ///   not stay in force.
    public init(bytes: [UInt8], file: String) throws(PluginError) {
        guard !bytes.starts(with: "SSHKRL\n".utf8) else {
            throw PluginError(
                .badTrust,
                "\(file) is a binary list (KRL), which is not read here: write the revoked public keys into it instead, "
                    + "one `ssh-ed25519 AAAA…` a line, which `ssh-keygen` reads as well.", file: file)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PluginError(
                .badTrust, "\(file) is no text: it should hold one `ssh-ed25519 AAAA…` a line.", file: file)
        }
        let found = try TrustFile.lines(of: text, file: file) { line, _ throws(KeyText.Trouble) -> KeyText? in
            let content = line.drop(while: KeyText.isBlank)
            guard let first = content.first, first != UInt8(ascii: "#") else { return nil }
            return try KeyText(Substring(content))
        }
        keys = Set(found.compactMap(\.signingKey))
    }

    /// Whether a key is revoked.
    public func contains(_ key: SigningKey) -> Bool {
        keys.contains(key)
    }
}
