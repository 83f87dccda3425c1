import Foundation
import PlumblineTestSupport
import Testing

/// Registries whose index or archives were changed behind their publishers' backs.
struct HostileIndexTests {
    private func withHubs(_ body: (TwoHubs) throws -> Void) throws {
        try withTemporaryFolder { folder in try body(TwoHubs(in: folder)) }
    }

    @Test func aTamperedArchiveIsRefused() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            let file = hubs.registry.appending(path: "packages/hilltop/climate/1.0.0.tar.gz")
            var bytes = try Data(contentsOf: file)
            let good = bytes
            let at = try #require(bytes.firstRange(of: Data("return { of".utf8))).lowerBound
            bytes[at] = UInt8(ascii: "R")
            for broken in [bytes, good.dropLast(), good + Data([0]), Data()] {
                try broken.write(to: file)
                try hubs.expectRefusal(code: "bad_archive", saying: "is not what its index names", "try again") {
                    try hubs.add("hilltop/climate")
                }
            }
            try good.write(to: file)
            #expect(try hubs.add("hilltop/climate").status == 0)
        }
    }

    /// Every edit that leaves the lines in their form, and some that do not.
    @Test func aTamperedIndexIsRefused() throws {
        try withHubs { hubs in
            for version in ["1.0.0", "1.1.0", "1.2.0"] { try hubs.publish(.init(version: version)) }
            let text = try String(contentsOf: hubs.index(), encoding: .utf8)
            let lines = text.split(separator: "\n").map { "\($0)\n" }
            let digest = try #require(lines[2].firstMatch(of: /"archive":"sha256:(.{64})"/)).1
            let edits: [(String, says: String)] = [
                (text.replacing("\"needs\":{}", with: "\"needs\":{\"evil/hub\":\"*\"}", maxReplacements: 1), "edited"),
                (text.replacing(digest, with: String(repeating: "0", count: 64)), "packages"),
                (lines[0] + lines[2], "edited, removed"), (lines[0] + lines[2] + lines[1], "another order"),
                (lines[1] + lines[2], "edited, removed"), (lines[0] + lines[1] + lines[1], "edited, removed"),
                (text.replacing("\":", with: "\": "), "was edited"), (String(text.dropLast()), "is cut off"),
                (text + "\n", "cut off or edited"), (text + "{}\n", "cut off or edited"),
                (text + "\u{0}", "is cut off"),
                (text.replacing("\"size\":", with: "\"size\":-"), "which none can have"),
                (text.replacing("\"1.1.0\"", with: "\"../../1\""), "is no version"),
                (text.replacing("2026-", with: "202-"), "has no time"),
                (String(repeating: "[", count: 100_000) + "\n", "cut off or edited"),
            ]
            for (edited, words) in edits {
                try Data(edited.utf8).write(to: hubs.index())
                // The newest line is the last: its archive's digest is held against the archive alone.
                try hubs.expectRefusal(saying: words == "packages" ? "is not what its index names" : words) {
                    try hubs.add("hilltop/climate")
                }
            }
            try Data(text.utf8).write(to: hubs.index())
            #expect(try hubs.add("hilltop/climate").status == 0)
        }
    }

    /// The chain is right and the signature good, but the package says something else.
    @Test func anIndexMayNotSayOtherThingsThanThePackage() throws {
        try withHubs { hubs in
            let archive = try hubs.archive(.init())
            let signature = try hubs.signature(over: archive, key: "hilltop")
            for release in [
                ForgedRegistry.Release(version: "1.0.1", archive: archive, signature: signature),
                .init(archive: archive, needs: "\"plumbline/hub\":\"^1.0\"", signature: signature),
                .init(archive: archive, plumb: "*", signature: signature),
            ] {
                var registry = ForgedRegistry(hubs)
                try registry.publish(release)
                try registry.write()
                try hubs.expectRefusal(code: "bad_index", saying: "something else", "tampered") {
                    try hubs.add("hilltop/climate")
                }
            }
            // Under another name, and so for another hub's key.
            try hubs.trust("* \(hubs.publicKey("hilltop"))\n")
            var registry = ForgedRegistry(hubs, "lakeside/climate")
            try registry.publish(.init(archive: archive, signature: signature))
            try registry.write()
            try hubs.expectRefusal(code: "bad_index", saying: "calls itself hilltop/climate") {
                try hubs.add("lakeside/climate")
            }
        }
    }

    /// Whoever saw a newer index is not shown an older one: neither by the copy that was kept, nor in a fresh clone.
    @Test func aReplayedIndexIsRefused() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            let old = try Data(contentsOf: hubs.index())
            try hubs.publish(.init(version: "1.1.0"))
            try hubs.addApproved("hilltop/climate@^1.0")
            for isFreshClone in [false, true] {
                if isFreshClone {
                    try FileManager.default.removeItem(at: hubs.workspace.folder.appending(path: ".plumbline/plugins"))
                }
                try old.write(to: hubs.index())
                for command in [["update"], ["update", "hilltop/climate"], ["list", "--outdated"]] {
                    try hubs.expectRefusal(
                        code: "bad_index", saying: "does not go on from what was seen", "Nothing was"
                    ) {
                        try run(BuiltProgram.plumb, ["plugin"] + command + ["--json"], in: hubs.workspace.folder)
                    }
                }
                try Data().write(to: hubs.index())
                try hubs.expectRefusal(code: "bad_index", saying: "does not go on") { try hubs.plugin("update") }
                try FileManager.default.removeItem(at: hubs.index())
                try hubs.expectRefusal(code: "unknown_plugin", saying: "has no plugin hilltop/climate") {
                    try hubs.plugin("update")
                }
            }
            #expect(try hubs.workspace.night().status == 0)
        }
    }

    /// What an update saw is in the lock file, too: a clone of it cannot be shown less.
    @Test func aRevocationCannotBeTakenBack() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            let before = try Data(contentsOf: hubs.index())
            let yanked = try hubs.plumb(
                "plugin", "yank", "hilltop/climate@1.0.0", "--revoke", "--to", "registry", "--reason", "It leaks.",
                "--key",
                "hilltop")
            #expect(yanked.status == 0, "\(yanked.errors)")
            #expect(try hubs.plugin("update").status == 1)
            #expect(try hubs.listed("hilltop/climate")?["revoked"] as? String == "It leaks.")
            try FileManager.default.removeItem(at: hubs.workspace.folder.appending(path: ".plumbline/plugins"))
            try before.write(to: hubs.index())
            try hubs.expectRefusal(code: "bad_index", saying: "does not go on") { try hubs.plugin("update") }
            try hubs.expectRefusal(code: "not_approved", saying: "was revoked (It leaks.)") {
                try hubs.plugin("approve", "hilltop/climate")
            }
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == false)
            #expect(try hubs.workspace.night().status == 1)
        }
    }

    /// An update that comes to nothing still stops what was revoked.
    @Test func troubleWithOthersDoesNotKeepARevokedVersionRunning() throws {
        try withHubs { hubs in
            try hubs.publish(.init())
            try hubs.publish(.init(name: "hilltop/after"))
            try hubs.addApproved("hilltop/climate")
            try hubs.addApproved("hilltop/after")
            try hubs.plumb(
                "plugin", "yank", "hilltop/climate@1.0.0", "--revoke", "--to", "registry", "--reason", "It leaks.",
                "--key",
                "hilltop")
            try FileManager.default.removeItem(at: hubs.index("hilltop/after"))
            let updated = try hubs.plugin("update")
            #expect(updated.status == 1, "\(updated.output)")
            #expect(updated.errors.contains("has no plugin hilltop/after"))
            #expect(try hubs.listed("hilltop/climate")?["revoked"] as? String == "It leaks.")
            #expect(try hubs.listed("hilltop/after")?["runs"] as? Bool == true)
        }
    }
}
