import Foundation
import PlumblineTestSupport
import Testing

@testable import PluginPackaging

/// A signature that is anything but whole, and of these bytes, is refused with a sentence of its own.
struct SignaturesFormTests {
    private static let message = Array("an archive".utf8)

    /// The parts of a signature's bytes, each of which can be wrong.
    private struct Parts {
        var magic = "SSHSIG"
        var version: UInt32 = 1
        var keyKind = "ssh-ed25519"
        var key: [UInt8]
        var moreOfKey: [UInt8] = []
        var namespace = Array("plumbline-plugin".utf8)
        var reserved: [UInt8] = []
        var hash = "sha512"
        var kind = "ssh-ed25519"
        var signature: [UInt8]
        var moreOfSignature: [UInt8] = []
        var more: [UInt8] = []

        var blob: [UInt8] {
            var keyBlob = SSHWriter()
            keyBlob.append(string: keyKind)
            keyBlob.append(string: key)
            keyBlob.append(moreOfKey)
            var inner = SSHWriter()
            inner.append(string: kind)
            inner.append(string: signature)
            inner.append(moreOfSignature)
            var writer = SSHWriter()
            writer.append(Array(magic.utf8))
            writer.append(number: version)
            writer.append(string: keyBlob.bytes)
            writer.append(string: namespace)
            writer.append(string: reserved)
            writer.append(string: hash)
            writer.append(string: inner.bytes)
            writer.append(more)
            return writer.bytes
        }
    }

    private static func good() throws -> PluginSignature {
        try SSHKeygen.with { try $0.keyPair("key").sign(message) }
    }

    @Test func everyFlawHasItsSentence() throws {
        let good = try Self.good()
        let parts = Parts(key: good.key.bytes, signature: good.signature)
        #expect(parts.blob == good.blob)
        let flaws: [(words: String, flaw: (inout Parts) -> Void)] = [
            ("does not begin with SSHSIG", { $0.magic = "SSHSIh" }),
            ("of version 2", { $0.version = 2 }), ("of version 0", { $0.version = 0 }),
            ("an RSA key (ssh-rsa)", { $0.keyKind = "ssh-rsa" }),
            ("a key on a security token", { $0.keyKind = "sk-ssh-ed25519@openssh.com" }),
            ("a certificate (ssh-ed25519-cert-v01@openssh.com)", { $0.keyKind = "ssh-ed25519-cert-v01@openssh.com" }),
            ("a kind that is not known here (ssh-?)", { $0.keyKind = "ssh-\u{7}" }),
            ("an Ed25519 key that is not of 32 bytes", { $0.key.removeLast() }),
            ("an Ed25519 key that is not of 32 bytes", { $0.moreOfKey = [0] }),
            ("namespace that is no text", { $0.namespace = [0xff] }),
            ("made for `git`", { $0.namespace = Array("git".utf8) }),
            ("made for ``", { $0.namespace = [] }),
            ("made for `plumbline-plugin?`", { $0.namespace += [0] }),
            ("made for `Plumbline-plugin`", { $0.namespace[0] = UInt8(ascii: "P") }),
            ("keeps empty", { $0.reserved = [0] }),
            ("the hash `sha1`", { $0.hash = "sha1" }), ("the hash `SHA512`", { $0.hash = "SHA512" }),
            ("not of these bytes", { $0.hash = "sha256" }),
            ("of kind `ssh-rsa`", { $0.kind = "ssh-rsa" }),
            ("is 63 bytes long", { $0.signature.removeLast() }), ("is 65 bytes long", { $0.signature += [0] }),
            ("bytes behind its end", { $0.moreOfSignature = [0] }), ("bytes behind its end", { $0.more = [0] }),
            ("not of these bytes", { $0.key[0] ^= 1 }), ("not of these bytes", { $0.signature[0] ^= 1 }),
        ]
        for (words, flaw) in flaws {
            var flawed = parts
            flaw(&flawed)
            expectRefusal(.badSignature, saying: words) {
                try PluginSignature(blob: flawed.blob).check(over: Self.message, called: "climate-1.0.0.tar.gz")
            }
        }
    }

    /// The order of the group added to the second half gives a signature that satisfies the equation as well.
    @Test func aSecondSpellingOfTheSameSignatureIsRefused() throws {
        let order: [UInt8] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ]
        let good = try Self.good()
        var parts = Parts(key: good.key.bytes, signature: good.signature)
        var carry = 0
        for (index, byte) in order.enumerated() {
            let sum = Int(parts.signature[32 + index]) + Int(byte) + carry
            parts.signature[32 + index] = UInt8(sum & 0xff)
            carry = sum >> 8
        }
        expectRefusal(.badSignature, saying: "not of these bytes") {
            try PluginSignature(blob: parts.blob).check(over: Self.message, called: "x")
        }
    }

    @Test func anotherMessageIsRefused() throws {
        let good = try Self.good()
        try good.check(over: Self.message, called: "x")
        for message in [[], Self.message + [0], Self.message.dropLast() + [0], Array("another one".utf8)] {
            expectRefusal(.badSignature, saying: "not of these bytes") { try good.check(over: message, called: "x") }
        }
    }

    @Test func everyFlippedBitIsRefused() throws {
        let good = try Self.good().blob
        for bit in 0..<(good.count * 8) {
            var bytes = good
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            let error = #expect(throws: PluginError.self, "bit \(bit)") {
                try PluginSignature(blob: bytes).check(over: Self.message, called: "x")
            }
            #expect(error?.code == .badSignature)
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let good = try Self.good()
        for count in 0..<good.blob.count {
            #expect(throws: PluginError.self, "\(count) bytes") {
                try PluginSignature(blob: Array(good.blob.prefix(count)))
            }
        }
        // The line feed at the very end may be missing.
        for count in 0..<(good.armored.count - 1) {
            #expect(throws: PluginError.self, "\(count) characters") {
                try PluginSignature(armored: String(good.armored.prefix(count)))
            }
        }
    }

    @Test func lengthsThatReachFarCostNothing() throws {
        let good = try Self.good()
        var bytes = Array(good.blob.prefix(10))
        bytes += [0xff, 0xff, 0xff, 0xff, 0]
        expectRefusal(.badSignature, saying: "ends too early") { try PluginSignature(blob: bytes) }
    }

    @Test func everyFlawOfTheTextHasItsSentence() throws {
        let good = try Self.good().armored
        let flaws = [
            ("", "does not begin with"), (" " + "x" + good, "does not begin with"),
            ("\n" + good, "does not begin with"),
            (String(good.dropLast(2)), "last line"), (good + "x", "goes on behind its last line"),
            (good + good, "goes on behind its last line"),
            (good.replacing("U1NI", with: "U1N!"), "not Base64"), (good.replacing("U1NI", with: "U1N"), "not Base64"),
            (String(repeating: good, count: 40), "too long"),
            ("-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n", "does not begin with SSHSIG"),
            ("-----BEGIN OPENSSH PRIVATE KEY-----\n", "does not begin with"),
        ]
        for (text, words) in flaws {
            expectRefusal(.badSignature, saying: words) { try PluginSignature(armored: text, file: "x.sig") }
        }
    }

    @Test func bytesHaveOneSpellingInBase64() {
        #expect(Base64.bytes(of: "QQ==") == [0x41])
        for text in ["QR==", "QQ=", "QQ", "Q Q==", "QQ==\n", "QQ==QQ==", "QQ-="] {
            #expect(Base64.bytes(of: text) == nil, "\(text)")
        }
    }

    @Test func linesMayEndAsOnOtherSystems() throws {
        let good = try Self.good()
        #expect(try PluginSignature(armored: good.armored.replacing("\n", with: "\r\n")) == good)
        #expect(try PluginSignature(armored: good.armored + "\n") == good)
    }

    @Test func theFileIsNamed() throws {
        let error = #expect(throws: PluginError.self) {
            try PluginSignature(armored: "x", file: "climate-1.0.0.tar.gz.sig")
        }
        #expect(error?.file == "climate-1.0.0.tar.gz.sig")
        #expect(error?.description.hasPrefix("the signature climate-1.0.0.tar.gz.sig does not begin") == true)
    }
}
