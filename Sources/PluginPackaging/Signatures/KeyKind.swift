/// The kind of a key by its name in OpenSSH's files, and what to say of it where only Ed25519 will do.
struct KeyKind: Equatable {
    /// `ssh-rsa`.
    let name: String

    static let ed25519 = KeyKind(name: "ssh-ed25519")

    private static let plain: [String: String] = [
        "ssh-ed25519": "an Ed25519 key", "ssh-rsa": "an RSA key", "ssh-dss": "a DSA key",
        "ecdsa-sha2-nistp256": "an ECDSA key", "ecdsa-sha2-nistp384": "an ECDSA key",
        "ecdsa-sha2-nistp521": "an ECDSA key", "sk-ssh-ed25519@openssh.com": "a key on a security token",
        "sk-ecdsa-sha2-nistp256@openssh.com": "a key on a security token",
    ]

    /// Whether the name is one that a key is known by.
    var isKnown: Bool { Self.plain[name] != nil || isCertificate }

    private var isCertificate: Bool { name.hasSuffix("-cert-v01@openssh.com") }

    /// What it is, with its name: `an RSA key (ssh-rsa)`.
    var description: String {
        let words = isCertificate ? "a certificate" : Self.plain[name] ?? "a key of a kind that is not known here"
        return "\(words) (\(ForeignText.quoted(name).dropFirst().dropLast()))"
    }

    /// What to do instead of signing with it.
    var advice: String {
        isCertificate
            ? "sign with the plain Ed25519 key, without a certificate"
            : "plugins are signed with plain Ed25519 keys; `ssh-keygen -t ed25519` makes one"
    }
}
