import Foundation
import PluginPackaging
import Testing

/// Private keys are read where that is possible, and never shown.
struct SignaturesSecretKeyTests {
    @Test func aPassphraseIsRecognised() throws {
        try SSHKeygen.with { keygen in
            try keygen.makeKey("key", passphrase: "five words")
            expectRefusal(.lockedKey, saying: "ssh-keygen -Y sign -n plumbline-plugin -f key") {
                try SecretKey(text: keygen.read("key"), file: "key")
            }
            try keygen.makeKey("rsa", type: "rsa", passphrase: "five words", more: ["-b", "2048"])
            expectRefusal(.badKey, saying: "an RSA key") { try SecretKey(text: keygen.read("rsa"), file: "rsa") }
        }
    }

    @Test func otherFormatsAreNamed() throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            try keygen.makeKey("pem", type: "rsa", more: ["-b", "2048", "-m", "PEM"])
            try keygen.makeKey("pkcs8", type: "ecdsa", more: ["-m", "PKCS8"])
            let cases = [
                (try keygen.read("pem"), "older format"), (try keygen.read("pkcs8"), "older format"),
                (try keygen.read("key.pub"), "is a public key"), (tokenKeyLine(), "is a public key"),
                (try secret.sign([]).armored, "is a signature"),
                ("PuTTY-User-Key-File-3: ssh-ed25519\n", "PuTTY"), ("", "is no private key"),
                ("hello there", "is no private key"),
                (String(try keygen.read("key").dropLast(20)), "damaged"),
                ("-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----\n", "damaged"),
            ]
            for (text, words) in cases {
                expectRefusal(.badKey, saying: words) { try SecretKey(text: text, file: "key") }
            }
        }
    }

    @Test func aFlippedBitGivesTheSameKeyOrNone() throws {
        try SSHKeygen.with { keygen in
            let good = try keygen.keyPair("key").signingKey
            let lines = try keygen.read("key").split(separator: "\n")
            let bytes = try #require(Data(base64Encoded: lines.dropFirst().dropLast().joined()))
            var refused = 0
            for bit in 0..<(bytes.count * 8) {
                var flipped = bytes
                flipped[bit / 8] ^= 1 << UInt8(bit % 8)
                let text = "\(lines[0])\n\(flipped.base64EncodedString())\n\(lines[lines.count - 1])\n"
                do {
                    #expect(try SecretKey(text: text, file: "key").signingKey == good)
                } catch let error as PluginError {
                    refused += 1
                    #expect(!lines.dropFirst().dropLast().contains { error.description.contains($0) })
                }
            }
            // All but those in the comment and its length, which nothing depends on.
            let comment = "a comment".utf8.count + 4
            #expect(refused >= (bytes.count - comment) * 8)
        }
    }

    @Test func theSecretIsNotShown() throws {
        try SSHKeygen.with { keygen in
            let secret = try keygen.keyPair("key")
            var dumped = ""
            dump(secret, to: &dumped)
            let expected = "the private key of \(secret.signingKey.fingerprint)"
            #expect("\(secret)" == expected)
            #expect(String(reflecting: secret) == expected)
            #expect(dumped == "- \(expected)\n")
        }
    }
}
