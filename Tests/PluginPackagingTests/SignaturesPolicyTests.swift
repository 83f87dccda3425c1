import Foundation
import PluginPackaging
import PlumblineTestSupport
import Testing

/// Whether a signature is needed, and whose counts, are two things.
struct SignaturesPolicyTests {
    private static let plugin = "riverbend/climate"
    private static let archive = Array("an archive".utf8)
    private static let now = Date(timeIntervalSince1970: 1_796_040_000)

    private static func policy(
        _ signers: String, revoked: String = "", isRequired: Bool = true
    ) throws -> SignaturePolicy {
        SignaturePolicy(
            isRequired: isRequired, signers: try AllowedSigners(text: signers, file: "allowed_signers"),
            revoked: try RevokedKeys(bytes: Array(revoked.utf8), file: "revoked_keys"))
    }

    private static func admit(
        _ policy: SignaturePolicy, _ signature: PluginSignature?
    ) throws
        -> SignaturePolicy.Signer?
    {
        try policy.admit(signature: signature, over: archive, plugin: plugin, at: now)
    }

    @Test func unsignedPassesOnlyWhereThatIsAllowed() throws {
        let key = try SSHKeygen.with { try $0.keyPair("key").signingKey.text }
        #expect(try AllowedSigners(text: "# nobody\n", file: "x") == AllowedSigners(text: "", file: "x"))
        for signers in ["", "* \(key)"] {
            expectRefusal(.badSignature, saying: "riverbend/climate is not signed") {
                try Self.admit(Self.policy(signers), nil)
            }
            #expect(try Self.admit(Self.policy(signers, isRequired: false), nil) == nil)
        }
    }

    @Test(arguments: [true, false])
    func oneThatIsThereMustBeGood(isRequired: Bool) throws {
        let secret = try SSHKeygen.with { try $0.keyPair("key") }
        let key = secret.signingKey
        let good = try secret.sign(Self.archive)
        let line = "riverbend/* \(key.text)\n"
        #expect(
            try Self.admit(Self.policy(line, isRequired: isRequired), good)
                == SignaturePolicy.Signer(key: key, principals: "riverbend/*"))
        expectRefusal(.badSignature, saying: "the signature of riverbend/climate is not of these bytes") {
            try Self.admit(Self.policy(line, isRequired: isRequired), secret.sign([1]))
        }
        expectRefusal(.untrusted, saying: "lets nobody sign") {
            try Self.admit(Self.policy("", isRequired: isRequired), good)
        }
        expectRefusal(.untrusted, saying: "valid until") {
            try Self.admit(
                Self.policy("* valid-before=\"20200101Z\" \(key.text)", isRequired: isRequired), good)
        }
        expectRefusal(.untrusted, saying: "not valid before") {
            try Self.admit(
                Self.policy("* valid-after=\"20300101Z\" \(key.text)", isRequired: isRequired), good)
        }
        expectRefusal(.untrusted, saying: "which is revoked") {
            try Self.admit(Self.policy(line, revoked: "# lost\n\(key.text) old\n", isRequired: isRequired), good)
        }
    }

    @Test func revokedFilesAreThoseOfOpenSSH() throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            let other = try keygen.keyPair("other").signingKey
            let key = secret.signingKey.text
            try keygen.makeKey("ecdsa", type: "ecdsa")
            let ecdsa = try keygen.read("ecdsa.pub")
            try keygen.write("allowed_signers", "* \(key)")
            try keygen.write("file", Self.archive)
            try keygen.write("file.sig", secret.sign(Self.archive).armored)
            let files = [
                "", "# nothing\n", "\(other.text)\n", "\(key)\n", "  \(key) lost in June", "\n\(other.text)\n\(key)\n",
                "# \(key)\n", "\(ecdsa)\n\(other.text)\n", "\(ecdsa)\n\(key)\r\n",
            ]
            for file in files {
                try keygen.write("revoked_keys", file)
                let theirs = try keygen.verifies("file", revoked: "revoked_keys")
                let ours = try RevokedKeys(bytes: Array(file.utf8), file: "revoked_keys")
                #expect(ours.contains(secret.signingKey) == !theirs, "\(file)")
            }
        }
    }

    @Test func unreadableListsOfRevokedKeysAreRefused() throws {
        try SSHKeygen.with { keygen in
            try keygen.makeKey("key")
            #expect(try keygen.run(["-k", "-f", "krl", "key.pub"]).status == 0)
            let krl = try Data(contentsOf: keygen.folder.appending(path: "krl"))
            expectRefusal(.badTrust, saying: "is a binary list (KRL)") {
                try RevokedKeys(bytes: Array(krl), file: "revoked_keys")
            }
            expectRefusal(.badTrust, saying: "is no text") { try RevokedKeys(bytes: [0xff], file: "revoked_keys") }
            let key = try keygen.read("key.pub")
            for line in ["SHA256:abc", String(key.prefix(40)), "* \(key)", "ssh-ed25519"] {
                let error = #expect(throws: PluginError.self) {
                    try RevokedKeys(bytes: Array("# ours\n\(line)".utf8), file: "revoked_keys")
                }
                #expect(error?.code == .badTrust)
                #expect(error?.line == 2)
            }
        }
    }
}
