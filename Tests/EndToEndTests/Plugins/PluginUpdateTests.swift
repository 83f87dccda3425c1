import Foundation
import PlumblineTestSupport
import Testing

/// Newer versions: what they may read newly, how they differ, and that nothing of them runs unseen; versions that were
/// taken back.
struct PluginUpdateTests {
    private static let twice = "hilltop/climate/culture.twice"

    private func statuses(_ hubs: TwoHubs) throws -> Set<String> {
        Set(try hubs.workspace.observations(of: Self.twice).compactMap { $0["status"] as? String })
            .subtracting(["suppressed"])
    }

    private func update(_ hubs: TwoHubs) throws -> (status: Int32, changes: [[String: Any]], revoked: [String]) {
        let finished = try hubs.workspace.plumb("plugin", "update", "--json")
        let report = try finished.json()
        return (
            finished.status, report["changes"] as? [[String: Any]] ?? [], report["revoked"] as? [String] ?? []
        )
    }

    @Test func aNewerVersionIsShownAndRunsWhenItIsApproved() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.workspace.night().status == 0)
            try hubs.publish(
                .init(version: "1.1.0", reads: "survey: { columns: [trust, role], rows: true }", factor: 3))
            let change = try #require(try update(hubs).changes.first)
            #expect(change["from"] as? String == "1.0.0" && change["to"] as? String == "1.1.0")
            #expect(change["needs_approval"] as? Bool == true)
            let reads = try #require((change["new_reads"] as? [[String: Any]])?.first)
            #expect(reads["columns"] as? [String] == ["role"] && reads["rows"] as? Bool == true)
            let differences = try #require(change["differences"] as? [[String: Any]])
            #expect(
                differences.map { $0["file"] as? String } == [
                    "Measures/twice.lua", "modules/factors.lua", "plugin.yaml",
                ])
            #expect(
                differences[1]["lines"] as? [String] == [
                    "- return { of = function(column) return column * 2 end }",
                    "+ return { of = function(column) return column * 3 end }",
                ])
            // Neither the old one nor the new one runs meanwhile.
            #expect(try hubs.workspace.night().output.contains("1.1.0 is not approved"))
            #expect(try statuses(hubs) == ["stale"])
            #expect(try hubs.workspace.plumb("plugin", "approve", "hilltop/climate").status == 0)
            #expect(try hubs.workspace.night().status == 0)
            #expect(try statuses(hubs) == ["ok"])
        }
    }

    /// A version that nobody approved makes nothing of the next one known.
    @Test func whatIsNewIsNewSinceTheLastApproval() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(.init(version: "1.1.0", reads: "survey: { columns: [trust, role] }"))
            _ = try update(hubs)
            try hubs.publish(.init(version: "1.2.0", reads: "survey: { columns: [trust, role] }", factor: 3))
            let shown = try hubs.workspace.plumb("plugin", "update")
            #expect(shown.output.contains("hilltop/climate 1.1.0 becomes 1.2.0"))
            #expect(shown.output.contains("could not read before: survey: role"), "\(shown.output)")
            #expect(shown.output.contains("beside 1.0.0, which was approved"))
            #expect(shown.output.contains("- version: 1.0.0"))
            let approved = try hubs.workspace.plumb("plugin", "approve", "hilltop/climate", "--json").json()["approved"]
            #expect(
                (approved as? [[String: Any]])?.first?["files"] as? [String] == [
                    "Measures/twice.lua", "modules/factors.lua", "plugin.yaml",
                ])
        }
    }

    @Test func rangesHold() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            for version in ["1.0.0", "1.4.0", "2.0.0"] { try hubs.publish(.init(version: version)) }
            try hubs.addApproved("hilltop/climate@~1.0")
            func outdated() throws -> [[String: Any]] {
                let list = try hubs.workspace.plumb("plugin", "list", "--outdated", "--json").json()["plugins"]
                return try #require(list as? [[String: Any]])
            }
            #expect(try outdated().first?["fitting"] is NSNull)
            #expect(try outdated().first?["newest"] as? String == "2.0.0")
            #expect(try update(hubs).changes.isEmpty)
            #expect(try hubs.add("hilltop/climate@^1.0").status == 0)
            #expect(try hubs.listed("hilltop/climate")?["version"] as? String == "1.4.0")
            #expect(try hubs.add("hilltop/climate").status == 0)
            #expect(try outdated().isEmpty)
            let conflict = try hubs.add("hilltop/climate@^7")
            #expect(conflict.status == 4)
            #expect(conflict.errors.contains("this command asks for ^7; there is 2.0.0"), "\(conflict.errors)")
        }
    }

    // MARK: Taken back

    @Test func aYankedVersionIsKeptAndNotChosen() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.publish(.init(version: "1.1.0", factor: 3))
            try hubs.addApproved("hilltop/climate")
            let yank = ["plugin", "yank", "hilltop/climate@1.1.0", "--to", "registry", "--reason", "Too high."]
            func yanking(_ more: String...) throws -> Finished { try run(BuiltProgram.plumb, yank + more, in: folder) }
            // The word is signed as the version is, or nobody would believe the index any more.
            let unsigned = try yanking()
            #expect(unsigned.status == 4 && unsigned.errors.contains("--key"), "\(unsigned.errors)")
            #expect(try yanking("--key", "hilltop").status == 0)
            #expect(try yanking("--key", "hilltop").output.contains("was yanked already"))
            let (status, changes, revoked) = try update(hubs)
            #expect(status == 0 && changes.isEmpty && revoked.isEmpty)
            #expect(try hubs.workspace.night().status == 0)
            let listed = try hubs.workspace.plumb("plugin", "list", "--outdated")
            #expect(listed.output.contains("yanked: Too high."), "\(listed.output)")
            #expect(try hubs.workspace.plumb("plugin", "remove", "hilltop/climate").status == 0)
            #expect(try hubs.add("hilltop/climate").status == 0)
            #expect(try hubs.listed("hilltop/climate")?["version"] as? String == "1.0.0")
        }
    }

    @Test func aRevokedVersionStops() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.workspace.night().status == 0)
            let revoked = try hubs.plumb(
                "plugin", "yank", "hilltop/climate@1.0.0", "--revoke", "--to", "registry", "--reason", "Harmful.",
                "--key",
                "hilltop")
            #expect(revoked.status == 0, "\(revoked.errors)")
            let (status, changes, marked) = try update(hubs)
            #expect(status == 1 && changes.isEmpty && marked == ["hilltop/climate 1.0.0: Harmful."])
            let night = try hubs.workspace.night()
            #expect(
                night.status == 1 && night.output.contains("its registry revoked 1.0.0 (Harmful.)"), "\(night.output)")
            #expect(try statuses(hubs) == ["stale"])
            #expect(try hubs.workspace.plumb("plugin", "approve", "hilltop/climate").status == 4)
            #expect(try hubs.workspace.plumb("plugin", "approve", "--all").status == 0)
            // Another takes its place as soon as there is one.
            try hubs.publish(.init(version: "1.0.1"))
            let (next, replaced, none) = try update(hubs)
            #expect(next == 0 && none.isEmpty && replaced.first?["to"] as? String == "1.0.1")
            #expect(try hubs.workspace.plumb("plugin", "approve", "--all").status == 0)
            #expect(try hubs.workspace.night().status == 0)
            #expect(try statuses(hubs) == ["ok"])
        }
    }

    // MARK: Keys

    @Test func aKeyIsRotated() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.makeKey("newer")
            let line = "hilltop/* namespaces=\"plumbline-plugin\""
            let later = Date.now.addingTimeInterval(3600)
            let end = later.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted)).replacing("T", with: "")
            try hubs.trust(
                "\(line),valid-before=\"\(end)\" \(try hubs.publicKey("hilltop"))\n\(line) \(try hubs.publicKey("newer"))\n"
            )
            #expect(try hubs.workspace.night().status == 0)
            try hubs.publish(.init(version: "1.1.0"), key: "newer")
            #expect(try update(hubs).changes.first?["to"] as? String == "1.1.0")
        }
    }

    /// The key was stolen: all that it signed stops in each command, its withdrawals with it, and a version by a new key
    /// takes the place.
    @Test func aRevokedKeyStopsWhatItSigned() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.workspace.night().status == 0)
            try hubs.workspace.write("revoked_keys", try hubs.publicKey("hilltop") + "\n")
            let file = "Plugins/climate/Measures/twice.lua"
            let night = try hubs.workspace.night()
            for (finished, status) in [
                (try hubs.workspace.plumb("check"), 1), (try hubs.workspace.plumb("test"), 1),
                (try hubs.workspace.plumb("eval", file), 4), (night, 1),
                (try hubs.workspace.plumb("eval", "--expr", "require(\"climate.factors\").of(g.trust):mean()"), 4),
                (try hubs.workspace.plumb("plugin", "verify"), 4), (try hubs.workspace.plumb("doctor"), 1),
            ] {
                #expect(finished.status == status)
                #expect((finished.output + finished.errors).contains("is revoked"), "\(finished.output)")
            }
            #expect(try statuses(hubs) == ["stale"])
            try hubs.makeKey("newer")
            try hubs.trust("hilltop/* \(try hubs.publicKey("newer"))\n")
            // What the thief takes back stays in the index, and counts as little as what they publish.
            #expect(
                try hubs.plumb(
                    "plugin", "yank", "hilltop/climate@1.0.0", "--to", "registry", "--reason", "x", "--key", "hilltop"
                ).status == 0)
            try hubs.publish(.init(version: "1.0.1"), key: "newer")
            #expect(try update(hubs).changes.first?["to"] as? String == "1.0.1")
            #expect(try hubs.workspace.plumb("plugin", "approve", "--all").status == 0)
            #expect(try hubs.workspace.night().status == 0)
        }
    }

    /// A slip in the name of the file of revoked keys must not let them in again.
    @Test func aFileOfRevokedKeysThatIsNamedMustBeThere() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            let yaml = hubs.workspace.folder.appending(path: "plumbline.yaml")
            let text = try String(contentsOf: yaml, encoding: .utf8)
            try hubs.workspace.write("plumbline.yaml", text + "plugins: { revoked_keys: keys_revoked }\n")
            let refused = try hubs.add("hilltop/climate")
            #expect(refused.status == 4 && refused.errors.contains("keys_revoked"), "\(refused.errors)")
            try hubs.workspace.write("keys_revoked", "")
            #expect(try hubs.add("hilltop/climate").status == 0)
        }
    }

    // MARK: Registries

    @Test func aRegistryMoves() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            let moved = folder.appending(path: "moved")
            try FileManager.default.moveItem(at: hubs.registry, to: moved)
            #expect(try hubs.workspace.plumb("plugin", "update").status == 4)
            let added = try hubs.workspace.plumb("plugin", "add", "hilltop/climate", "--from", "../moved")
            #expect(added.status == 0, "\(added.errors)")
            #expect(try hubs.listed("hilltop/climate")?["source"] as? String == moved.path)
            #expect(try hubs.workspace.night().status == 0, "it is approved as it was")
            #expect(try hubs.workspace.plumb("plugin", "update").status == 0)
        }
    }

    @Test func theRegistryOfTheWorkspaceIsTakenFromItsFolder() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            let yaml = hubs.workspace.folder.appending(path: "plumbline.yaml")
            let text = try String(contentsOf: yaml, encoding: .utf8)
            #expect(try hubs.workspace.plumb("plugin", "add", "hilltop/climate").errors.contains("--from"))
            try hubs.workspace.write("plumbline.yaml", text + "plugins: { registry: ../registry }\n")
            let added = try hubs.plumb("plugin", "add", "hilltop/climate", "--workspace", "ws")
            #expect(added.status == 0, "\(added.errors)")
        }
    }

    @Test func whatNobodySignedNeedsASettingOfItsOwn() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init(), key: nil)
            let refused = try hubs.add("hilltop/climate")
            #expect(refused.status == 4 && refused.errors.contains("not signed"), "\(refused.errors)")
            let yaml = hubs.workspace.folder.appending(path: "plumbline.yaml")
            let text = try String(contentsOf: yaml, encoding: .utf8)
            try hubs.workspace.write("plumbline.yaml", text + "plugins: { signatures: optional }\n")
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.workspace.night().status == 0)
            try hubs.workspace.write("plumbline.yaml", text)
            #expect(try hubs.workspace.night().output.contains("not signed"))
        }
    }
}
