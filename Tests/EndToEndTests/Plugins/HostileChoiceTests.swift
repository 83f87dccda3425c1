import Foundation
import PlumblineTestSupport
import Testing

/// Plugins that need each other, what is not there, or another program; and versions that somebody takes back.
struct HostileChoiceTests {
    private func withHubs(_ body: (TwoHubs) throws -> Void) throws {
        try withTemporaryFolder { folder in try body(TwoHubs(in: folder)) }
    }

    @Test func circlesAreNamed() throws {
        try withHubs { hubs in
            try hubs.publish(.init(name: "hilltop/one", needs: "hilltop/two: ^1.0"))
            try hubs.publish(.init(name: "hilltop/two", needs: "hilltop/three: ^1.0"))
            try hubs.publish(.init(name: "hilltop/three", needs: "hilltop/one: \"*\""))
            try hubs.expectRefusal(
                code: "conflict", saying: "needs itself in a circle", "hilltop/one", "hilltop/two", "hilltop/three"
            ) { try hubs.add("hilltop/one") }
        }
    }

    @Test func aConflictNamesWhoAsksForWhat() throws {
        try withHubs { hubs in
            try hubs.publish(.init(name: "hilltop/base"))
            try hubs.publish(.init(name: "hilltop/base", version: "2.0.0"))
            try hubs.publish(.init(name: "hilltop/old", needs: "hilltop/base: ^1.0"))
            try hubs.publish(.init(name: "hilltop/young", needs: "hilltop/base: ^2.0"))
            try hubs.addApproved("hilltop/old")
            try hubs.expectRefusal(
                code: "conflict", saying: "hilltop/old 1.0.0 asks for ^1.0", "hilltop/young",
                "1.0.0 (needs hilltop/base ^2.0"
            ) { try hubs.add("hilltop/young") }
            try hubs.publish(.init(name: "hilltop/wants", needs: "hilltop/climate: ^1.0"))
            try hubs.expectRefusal(code: "unknown_plugin", saying: "has no plugin hilltop/climate") {
                try hubs.add("hilltop/wants")
            }
            try hubs.expectRefusal(code: "conflict", saying: "this command asks for ^3.0", "2.0.0 (not in ^3.0)") {
                try hubs.add("hilltop/base@^3.0")
            }
        }
    }

    @Test func aProgramThatIsTooOldIsSaid() throws {
        try withHubs { hubs in
            try hubs.publish(.init(plumb: ">=99.0"))
            try hubs.expectRefusal(code: "conflict", saying: "needs Plumbline >=99.0", "update Plumbline") {
                try hubs.add("hilltop/climate")
            }
        }
    }

    @Test func whatVanishedIsSaid() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(.init(version: "1.1.0"))
            try FileManager.default.removeItem(
                at: hubs.registry.appending(path: "packages/hilltop/climate/1.1.0.tar.gz"))
            try hubs.expectRefusal(code: "unreachable", saying: "lists hilltop/climate 1.1.0, but its archive is gone")
            {
                try hubs.plugin("update")
            }
            try hubs.expectRefusal(code: "conflict", saying: "this command asks for 1.3.0") {
                try hubs.add("hilltop/climate@1.3.0")
            }
            try FileManager.default.removeItem(at: hubs.index())
            try hubs.expectRefusal(code: "unknown_plugin", saying: "has no plugin hilltop/climate") {
                try hubs.add("hilltop/climate")
            }
            try hubs.expectRefusal(code: "unknown_plugin", saying: "has no plugin hilltop/nothing") {
                try hubs.add("hilltop/nothing")
            }
            #expect(try hubs.workspace.night().status == 0)
        }
    }

    /// Only those who may sign a version may take it back.
    @Test func strangersTakeNothingBack() throws {
        try withHubs { hubs in
            try hubs.makeKey("stranger")
            let archive = try hubs.archive(.init())
            var registry = ForgedRegistry(hubs)
            try registry.publish(.init())
            for (key, reason) in [("stranger", "Competition."), (nil, "Nobody says so.")] {
                for kind in ["yank", "revoke"] {
                    try registry.withdraw(kind, "1.0.0", archive, reason: reason, key: key)
                }
            }
            // Nor does the word for one thing count for another.
            try registry.withdraw("yank", "1.0.0", archive, reason: "Meant.", key: "hilltop")
            registry.lines[5] = registry.lines[5].replacing("\"yank\"", with: "\"revoke\"")
            try registry.write()
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.plugin("update").status == 0)
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == true)

            // Nor does a word that nobody signed, where signatures may be missing.
            let yaml = try String(
                contentsOf: hubs.workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try hubs.workspace.write("plumbline.yaml", yaml + "plugins: { signatures: optional }\n")
            #expect(try hubs.plugin("update").status == 0)
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == true)

            // The true word is heard, whatever was said before it.
            try registry.withdraw("revoke", "1.0.0", archive, reason: "Harmful.", key: "hilltop")
            try registry.write()
            let update = try hubs.plugin("update")
            #expect(update.status == 1 && (update.output + update.errors).contains("Harmful."), "\(update)")
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == false)
        }
    }

    /// By the program itself: a stranger's word does not take the place of the hub's own.
    @Test func aStrangersWordDoesNotStandInTheWay() throws {
        try withHubs { hubs in
            try hubs.makeKey("stranger")
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            for key in ["stranger", "hilltop"] {
                let revoked = try hubs.plugin(
                    "yank", "hilltop/climate@1.0.0", "--revoke", "--to", hubs.registry.path, "--reason", "By \(key).",
                    "--key", hubs.folder.appending(path: key).path)
                #expect(revoked.status == 0 && !revoked.output.contains("already"), "\(revoked)")
            }
            let update = try hubs.plugin("update")
            #expect(update.status == 1 && (update.output + update.errors).contains("By hilltop."), "\(update)")
        }
    }

    /// A word dated back to when an expired key was good does not count, but the key that signed a version may take it back.
    @Test func anExpiredKeyTakesBackOnlyItsOwn() throws {
        try withHubs { hubs in
            try hubs.makeKey("old")
            let keys =
                "hilltop/* \(try hubs.publicKey("hilltop"))\nhilltop/* valid-before=\"20260601Z\" \(try hubs.publicKey("old"))\n"
            let archive = try hubs.archive(.init())
            try hubs.trust(keys)
            var registry = ForgedRegistry(hubs)
            try registry.publish(.init())
            try registry.withdraw("revoke", "1.0.0", archive, reason: "Late.", key: "old", at: "2026-01-01T00:00:00Z")
            try registry.write()
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.plugin("update").status == 0)
        }
    }

    /// A version that a stranger signed keeps nobody from the others.
    @Test func aStrangersVersionIsPassedOver() throws {
        try withHubs { hubs in
            try hubs.makeKey("stranger")
            try hubs.publish(.init())
            try hubs.publish(.init(version: "9.9.9"), key: "stranger")
            let added = try hubs.add("hilltop/climate")
            #expect(added.status == 0, "\(added.errors)")
            #expect(try hubs.listed("hilltop/climate")?["version"] as? String == "1.0.0")
            let outdated = try hubs.plugin("list", "--outdated", "--json").json()["plugins"] as? [Any]
            #expect(outdated?.isEmpty == true)
        }
    }

    /// An index can only be added to: what would make it useless does not get into it.
    @Test func aSignedVersionIsTakenBackWithASignature() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try hubs.expectRefusal(code: "bad_signature", saying: "--key") {
                try hubs.plugin("yank", "hilltop/climate@1.0.0", "--to", hubs.registry.path, "--reason", "Late.")
            }
            #expect(try hubs.add("hilltop/climate").status == 0)
        }
    }

    /// A thief's key is revoked, and with it the thief's word against good versions; the index goes on being of use.
    @Test func whatAStolenKeyTookBackDoesNotCount() throws {
        try withHubs { hubs in
            try hubs.makeKey("stolen")
            let archive = try hubs.archive(.init())
            var registry = ForgedRegistry(hubs)
            try registry.publish(.init())
            try registry.withdraw("revoke", "1.0.0", archive, reason: "Stolen.", key: "stolen")
            try registry.write()
            try hubs.trust("hilltop/* \(hubs.publicKey("hilltop"))\nhilltop/* \(hubs.publicKey("stolen"))\n")
            try hubs.expectRefusal(code: "conflict", saying: "revoked: Stolen.") { try hubs.add("hilltop/climate") }
            try hubs.workspace.write("revoked_keys", hubs.publicKey("stolen") + "\n")
            let added = try hubs.add("hilltop/climate")
            #expect(added.status == 0, "\(added.errors)")
        }
    }

    /// Neither a copy of the registry that never heard of it, nor that its key is revoked since, lets run again what was marked
    /// as revoked: somebody takes the plugin out and adds it anew.
    @Test func aMarkOfRevocationStays() throws {
        try withHubs { hubs in
            try hubs.makeKey("stolen")
            try hubs.trust("hilltop/* \(hubs.publicKey("hilltop"))\nhilltop/* \(hubs.publicKey("stolen"))\n")
            let archive = try hubs.archive(.init())
            var registry = ForgedRegistry(hubs)
            try registry.publish(.init())
            try registry.write()
            let copy = hubs.folder.appending(path: "copy")
            try FileManager.default.copyItem(at: hubs.registry, to: copy)
            try hubs.addApproved("hilltop/climate")
            try registry.withdraw("revoke", "1.0.0", archive, reason: "Stolen.", key: "stolen")
            try registry.write()
            #expect(try hubs.plugin("update").status == 1)
            for command in [["update"], ["update"], ["add", "hilltop/climate"]] {
                _ = try run(
                    BuiltProgram.plumb, ["plugin"] + command + ["--from", copy.path], in: hubs.workspace.folder)
                #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == false)
            }
            try hubs.workspace.write("revoked_keys", hubs.publicKey("stolen") + "\n")
            #expect(try hubs.plugin("update", "--from", hubs.registry.path).status == 1)
            #expect(try hubs.plugin("remove", "hilltop/climate").status == 0)
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == true)
        }
    }

    /// A registry full of contradictions costs seconds, not hours.
    @Test func aMazeIsGivenUp() throws {
        try withHubs { hubs in
            for (name, needs) in [("one", "hilltop/two"), ("two", "hilltop/three"), ("three", "hilltop/none")] {
                var registry = ForgedRegistry(hubs, "hilltop/\(name)")
                let others = (0..<60).map { "\"hilltop/x\($0)\":\"*\"" }.sorted().joined(separator: ",")
                for version in 0..<200 {
                    try registry.publish(
                        .init(
                            version: "1.0.\(version)", archive: Data("x".utf8),
                            needs: "\"\(needs)\":\"<1.0.\(version)\",\(others)"
                                .split(separator: ",").sorted().joined(separator: ",")))
                }
                try registry.write()
            }
            try hubs.expectRefusal(saying: "hilltop") { try hubs.add("hilltop/one") }
        }
    }
}
