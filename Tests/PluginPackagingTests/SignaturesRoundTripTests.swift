import Foundation
import PluginPackaging
import PlumblineTestSupport
import Testing

/// Signatures go both ways between Plumbline and the real `ssh-keygen`.
struct SignaturesRoundTripTests {
    private static let messages: [[UInt8]] = [
        [], Array("an archive\n".utf8), (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) },
    ]

    @Test func oursAreTakenByOpenSSH() throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            try keygen.write("allowed_signers", "riverbend/* \(secret.signingKey.text)\n")
            for message in Self.messages {
                try keygen.write("file", message)
                try keygen.write("file.sig", secret.sign(message).armored)
                #expect(try keygen.verifies("file"))
                #expect(try !keygen.verifies("file", as: "hillside/climate"))
                try keygen.write("file", message + [0])
                #expect(try !keygen.verifies("file"))
            }
        }
    }

    @Test(arguments: ["sha256", "sha512"])
    func thoseOfOpenSSHAreTakenByUs(hash: String) throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            for message in Self.messages {
                try keygen.write("file", message)
                let text = try keygen.sign("file", key: "key", hash: hash)
                let signature = try PluginSignature(armored: text)
                try signature.check(over: message, called: "file")
                #expect(signature.key == secret.signingKey)
                #expect(signature.namespace == PluginSignature.requiredNamespace)
                #expect(signature.armored == text)
                #expect(try PluginSignature(blob: signature.blob) == signature)
            }
        }
    }

    @Test(arguments: ["git", "file", "Plumbline-Plugin", "plumbline-plugin "])
    func oneForSomethingElseIsRefused(namespace: String) throws {
        try SSHKeygen.with { keygen in
            try keygen.makeKey("key")
            try keygen.write("file", "an archive")
            let signature = try PluginSignature(
                armored: keygen.sign("file", key: "key", namespace: namespace))
            #expect(signature.namespace == namespace)
            expectRefusal(.badSignature, saying: "was made for `\(namespace)`, not for plugins") {
                try signature.check(over: Array("an archive".utf8), called: "file")
            }
        }
    }

    @Test func oneBehindAPassphraseIsTakenToo() throws {
        try SSHKeygen.with { keygen in
            try keygen.makeKey("key", passphrase: "five words")
            try keygen.write("file", "an archive")
            try keygen.write("askpass", "#!/bin/sh\necho five words\n")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o700], ofItemAtPath: keygen.folder.appending(path: "askpass").path)
            let signed = try keygen.run(
                ["-q", "-Y", "sign", "-n", "plumbline-plugin", "-f", "key", "file"],
                environment: [
                    "SSH_ASKPASS": keygen.folder.appending(path: "askpass").path, "SSH_ASKPASS_REQUIRE": "force",
                ])
            #expect(signed.status == 0, "\(signed.errors)")
            let signature = try PluginSignature(armored: keygen.read("file.sig"))
            try signature.check(over: Array("an archive".utf8), called: "file")
        }
    }

    @Test func keysReadAndShowAsOpenSSHShowsThem() throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            let line = try keygen.read("key.pub")
            let key = try SigningKey(text: line)
            #expect(key == secret.signingKey)
            #expect(line == key.text + " a comment\n")
            let shown = try keygen.run(["-l", "-f", "key.pub"]).output
            #expect(shown.split(separator: " ")[1] == key.fingerprint)
        }
    }

    @Test func otherKindsOfKeysAreNamed() throws {
        try SSHKeygen.with { keygen in
            let message = Array("an archive".utf8)
            try keygen.write("file", message)
            for (type, name) in [("rsa", "an RSA key (ssh-rsa)"), ("ecdsa", "an ECDSA key (ecdsa-sha2-nistp256)")] {
                try keygen.makeKey(type, type: type, more: type == "rsa" ? ["-b", "2048"] : [])
                let text = try keygen.sign("file", key: type)
                expectRefusal(.badSignature, saying: name) { try PluginSignature(armored: text) }
                expectRefusal(.badKey, saying: name) { try SigningKey(text: keygen.read("\(type).pub")) }
                expectRefusal(.badKey, saying: name) { try SecretKey(text: keygen.read(type), file: type) }
            }
            expectRefusal(.badKey, saying: "a key on a security token (sk-ssh-ed25519@openssh.com)") {
                try SigningKey(text: tokenKeyLine())
            }
        }
    }

    @Test func whatIsNoPublicKeyIsSaid() throws {
        let key = try SSHKeygen.with { try $0.keyPair("key").signingKey.text }
        let base64 = key.dropFirst("ssh-ed25519 ".count)
        let cases = [
            ("", "must hold one public key"), ("\(key)\n\(key)", "must hold one public key"),
            ("ssh-ed25519", "there is no key in Base64"), ("ssh-ed25519 \(base64.dropLast())", "not whole Base64"),
            ("ssh-rsa \(base64)", "its key is of kind `ssh-ed25519`"), ("ssh-ed25519 AAAA", "is no key"),
            ("ssh-ed25519 \(base64.prefix(48))", "not of 32 bytes"),
            ("\u{1b}[2J AAAA", "`?[2J`"),
        ]
        for (text, words) in cases {
            expectRefusal(.badKey, saying: words) { try SigningKey(text: text) }
        }
    }
}

/// Expects an error of plugins of a kind with words in its text.
func expectRefusal<Result>(
    _ code: PluginError.Code, saying words: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Result
) {
    let error = #expect(throws: PluginError.self, sourceLocation: sourceLocation) { _ = try body() }
    guard let error else { return }
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(
        error.description.contains(words), "\"\(error)\" does not say \"\(words)\"", sourceLocation: sourceLocation)
}
