import Foundation
import PlumblineTestSupport
import Testing

/// Plugins that are signed by nobody, by the wrong key, at the wrong time, or over something else.
struct HostileSignatureTests {
    private static let optional = "plugins: { signatures: optional }\n"

    private func withHubs(_ body: (TwoHubs) throws -> Void) throws {
        try withTemporaryFolder { folder in try body(TwoHubs(in: folder)) }
    }

    /// Makes signatures a matter of choice in the workspace.
    private func allowUnsigned(_ hubs: TwoHubs) throws {
        let file = hubs.workspace.folder.appending(path: "plumbline.yaml")
        try hubs.workspace.write("plumbline.yaml", String(contentsOf: file, encoding: .utf8) + Self.optional)
    }

    /// The key signs well; the workspace's files say that it does not count. The setting that lets unsigned plugins in
    /// changes nothing of that.
    @Test(arguments: [false, true])
    func aKeyThatDoesNotCountIsRefused(isOptional: Bool) throws {
        try withHubs { hubs in
            if isOptional { try allowUnsigned(hubs) }
            try hubs.makeKey("other")
            try hubs.publish(.init())
            let key = try hubs.publicKey("hilltop")
            let other = try hubs.publicKey("other")
            let cases: [(signers: String, revoked: String, says: String)] = [
                ("", "", "lets nobody sign"), ("hilltop/* \(other)\n", "", "does not know"),
                ("lakeside/* \(key)\n", "", "may sign for `lakeside/*` only"),
                ("hilltop \(key)\n", "", "may sign for `hilltop` only"),
                ("*,!hilltop/climate \(key)\n", "", "only"),
                ("hilltop/* namespaces=\"file,git\" \(key)\n", "", "may sign for the namespaces `file,git` only"),
                ("hilltop/* valid-before=\"20200101Z\" \(key)\n", "", "was valid until 2020-01-01T00:00:00Z"),
                ("hilltop/* valid-after=\"20990101Z\" \(key)\n", "", "is not valid before 2099-01-01T00:00:00Z"),
                ("hilltop/* cert-authority \(key)\n", "", "cert-authority"),
                ("hilltop/* \(key)\n", "\(key)\n", "which is revoked"),
                ("hilltop/* \(key)\n", "ssh-ed25519 AAAA\n", "a line cannot be read"),
                ("hilltop/* ssh-ed25519 AAAA\n", "", "a line cannot be read"),
            ]
            for (signers, revoked, says) in cases {
                try hubs.trust(signers)
                try hubs.workspace.write("revoked_keys", revoked)
                try hubs.expectRefusal(saying: says) { try hubs.add("hilltop/climate") }
            }
            try hubs.workspace.write("revoked_keys", "\(other)\n")
            try hubs.trust("hilltop/* \(key)\n")
            #expect(try hubs.add("hilltop/climate").status == 0)
        }
    }

    /// A signature that is there must be good.
    @Test(arguments: [false, true])
    func aSignatureOverSomethingElseIsRefused(isOptional: Bool) throws {
        try withHubs { hubs in
            if isOptional { try allowUnsigned(hubs) }
            let first = try hubs.archive(.init())
            let second = try hubs.archive(.init(version: "1.1.0"))
            let other = try hubs.signature(over: first, key: "hilltop")
            let signatures: [(String, says: String)] = [
                (other, "not of these bytes"),
                (
                    try hubs.signature(over: second, key: "hilltop", namespace: "file"),
                    "was made for `file`, not for plugins"
                ),
                (try hubs.signature(over: second, key: "hilltop", namespace: "Plumbline-plugin"), "not for plugins"),
                ("U1NIU0lH", "cut off"), ("AAAA", "does not begin with SSHSIG"), ("????", "not written in base64"),
                (String(repeating: "A", count: 8000), "which none can have"),
            ]
            for (signature, says) in signatures {
                var registry = ForgedRegistry(hubs)
                try registry.publish(.init(version: "1.1.0", archive: second, signature: signature))
                try registry.write()
                try hubs.expectRefusal(saying: says) { try hubs.add("hilltop/climate") }
            }
        }
    }

    @Test func anUnsignedPluginIsTakenOnlyWhereThatIsAllowed() throws {
        try withHubs { hubs in
            try hubs.publish(.init(), key: nil)
            try hubs.expectRefusal(code: "bad_signature", saying: "is not signed", "signatures: optional") {
                try hubs.add("hilltop/climate")
            }
            // That a key is configured lets nobody in, and that none is keeps nobody out.
            let settings = try String(
                contentsOf: hubs.workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try allowUnsigned(hubs)
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == true)
            try hubs.workspace.write("plumbline.yaml", settings)
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == false)
            let night = try hubs.workspace.night()
            #expect(night.status == 1)
            #expect(night.output.contains("hilltop/climate is not signed"))
            try hubs.expectRefusal(code: "bad_signature", saying: "is not signed") { try hubs.plugin("verify") }
        }
    }

    /// A registry that drops signatures, or a publisher who lost the key, does not get in by the back door.
    @Test func whatWasSignedStaysSigned() throws {
        try withHubs { hubs in
            try allowUnsigned(hubs)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(.init(version: "1.1.0"), key: nil)
            try hubs.expectRefusal(code: "bad_signature", saying: "1.0.0 was signed, and 1.1.0 is not", "remove") {
                try hubs.plugin("update")
            }
            #expect(try hubs.plugin("remove", "hilltop/climate").status == 0)
            #expect(try hubs.add("hilltop/climate").status == 0)
        }
    }

    /// A list of revoked keys that is named and gone is no empty list.
    @Test func aListOfRevokedKeysMustBeThere() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            let settings = hubs.workspace.folder.appending(path: "plumbline.yaml")
            try hubs.workspace.write(
                "plumbline.yaml",
                String(contentsOf: settings, encoding: .utf8) + "plugins: { revoked_keys: keys/revoked }\n")
            try hubs.expectRefusal(code: "bad_trust", saying: "names keys/revoked for revoked keys", "make it") {
                try hubs.plugin("verify")
            }
            let night = try hubs.workspace.night()
            #expect(night.status == 1)
            #expect(night.output.contains("keys/revoked"))
        }
    }

    /// A key that is revoked later stops what it signed; one that runs out later does not.
    @Test func revokingAKeyStopsWhatItSigned() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.workspace.night().status == 0)
            try hubs.workspace.write("revoked_keys", "\(hubs.publicKey("hilltop"))\n")
            // Whatever file of signers is named beside.
            try hubs.expectRefusal(code: "untrusted", saying: "which is revoked") {
                try hubs.plugin("verify", "../climate-1.0.0.tar.gz", "--allowed-signers", "allowed_signers")
            }
            let night = try hubs.workspace.night()
            #expect(night.status == 1)
            #expect(night.output.contains("which is revoked"))
            let values = try hubs.workspace.observations(of: "hilltop/climate/culture.twice")
            #expect(!values.isEmpty && values.allSatisfy { $0["status"] as? String != "ok" })
            for command in [
                ["eval", "Plugins/climate/Measures/twice.lua"], ["test", "Plugins/climate/Measures/twice.lua"],
            ] {
                let refused = try run(BuiltProgram.plumb, command + ["--json"], in: hubs.workspace.folder)
                #expect([1, 4].contains(refused.status), "\(command): \(refused.output)")
                #expect((refused.output + refused.errors).contains("which is revoked"), "\(command): \(refused.output)")
            }
        }
    }
}
