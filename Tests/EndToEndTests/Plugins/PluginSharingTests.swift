import Foundation
import PlumblineTestSupport
import Testing

/// One hub publishes, another adds, reviews, approves, and runs the plugin with no network left.
struct PluginSharingTests {
    private func value(_ hubs: TwoHubs, _ measure: String) throws -> [String: Any] {
        let all = try hubs.workspace.observations(of: measure)
        return try #require(
            all.first { ($0["group"] as? [String: Any])?.isEmpty == true && ($0["status"] as? String) == "ok" })
    }

    @Test func aPluginTravelsFromOneHubToAnother() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            let server = try StaticServer(hubs.registry)
            let added = try hubs.workspace.plumb(
                "plugin", "add", "hilltop/climate@^1.0", "--from", server.address, "--json")
            #expect(added.status == 0, "\(added.errors)")
            server.stop()
            let changes = try #require(try added.json()["changes"] as? [[String: Any]])
            #expect(changes.map { $0["name"] as? String } == ["hilltop/climate"])
            let reads = try #require(changes[0]["new_reads"] as? [[String: Any]])
            #expect(reads.first?["dataset"] as? String == "survey")
            #expect(reads.first?["columns"] as? [String] == ["trust"])

            // Nothing of it runs before somebody approved it, and the letter says so.
            let waiting = try hubs.workspace.night()
            #expect(waiting.status == 1)
            #expect(waiting.output.contains("plumb plugin approve hilltop/climate"))
            #expect(try hubs.workspace.observations(of: "hilltop/climate/culture.twice").isEmpty)

            #expect(try hubs.workspace.plumb("plugin", "approve", "hilltop/climate").status == 0)
            #expect(try hubs.workspace.plumb("check").status == 0)
            let night = try hubs.workspace.night()
            #expect(night.status == 0, "\(night.output)")
            let twice = try value(hubs, "hilltop/climate/culture.twice")
            let once = try value(hubs, "culture.trust")
            #expect(twice["value"] as? Double == (once["value"] as? Double).map { 2 * $0 })
            let provenance = try #require(twice["provenance"] as? [String: Any])
            #expect(provenance["plugins"] as? String == "hilltop/climate@1.0.0")
            #expect((once["provenance"] as? [String: Any])?["plugins"] is NSNull)
        }
    }

    /// The registry is gone, and so is the folder: what was kept brings it back.
    @Test func whatWasKeptNeedsNoRegistry() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            let before = try hubs.state()
            try FileManager.default.removeItem(at: hubs.registry)
            try FileManager.default.removeItem(at: hubs.workspace.folder.appending(path: "Plugins/climate"))
            #expect(try hubs.workspace.night().status == 1)
            #expect(try hubs.workspace.plumb("plugin", "update").status == 4)
            let back = try hubs.workspace.plumb("plugin", "update", "--offline")
            #expect(back.status == 0, "\(back.errors)")
            #expect(try hubs.state() == before)
            #expect(try hubs.workspace.night().status == 0)
        }
    }

    /// What this program signs and packs is what OpenSSH and tar know.
    @Test func otherToolsReadWhatWasPublished() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            let package = "registry/packages/hilltop/climate/1.0.0.tar.gz"
            func shell(_ command: String) throws -> Finished {
                try run(URL(filePath: "/bin/sh"), ["-c", command], in: folder)
            }
            let verified = try shell(
                "ssh-keygen -Y verify -f ws/allowed_signers -I hilltop/climate -n plumbline-plugin -s \(package).sig "
                    + "< \(package)")
            #expect(verified.status == 0, "\(verified.errors)")
            let unpacked = try shell(
                "mkdir out && tar xzf \(package) -C out && cd out && sha256sum --strict -c SHA256SUMS && cat plugin.yaml"
            )
            #expect(unpacked.status == 0, "\(unpacked.errors)")
            #expect(unpacked.output.contains("name: hilltop/climate"))
            // What ssh-keygen signs is as good.
            let signed = try shell(
                "cp \(package) climate-1.0.0.tar.gz && rm -f climate-1.0.0.tar.gz.sig && ssh-keygen -q -Y sign -n "
                    + "plumbline-plugin -f hilltop climate-1.0.0.tar.gz")
            #expect(signed.status == 0, "\(signed.errors)")
            #expect(
                try hubs.plumb("plugin", "verify", "climate-1.0.0.tar.gz", "--workspace", "ws").status == 0)
        }
    }

    @Test func aMeasureIsForkedWithItsLineage() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate@1")
            let forked = try hubs.workspace.plumb("plugin", "fork", "hilltop/climate/culture.twice", "--json")
            #expect(forked.status == 0, "\(forked.errors)")
            let file = hubs.workspace.folder.appending(path: "Measures/twice.lua")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.hasPrefix("-- Forked from hilltop/climate 1.0.0, Measures/twice.lua (sha256:"))
            try Data(text.replacing(":mean()", with: ":median()").utf8).write(to: file)
            func drift() throws -> [String: Any] {
                let forks = try hubs.workspace.plumb("plugin", "list", "--json").json()["forks"] as? [[String: Any]]
                return try #require(forks?.first)
            }
            #expect(try drift()["upstream"] as? String == "unchanged")
            #expect(try drift()["added"] as? Int == 1)
            #expect(try hubs.workspace.night().status == 0)
            #expect(try !hubs.workspace.observations(of: "culture.twice").isEmpty)

            try hubs.publish(.init(version: "1.1.0", factor: 3))
            let updated = try hubs.workspace.plumb("plugin", "update")
            #expect(updated.status == 0, "\(updated.errors)")
            #expect(try hubs.workspace.plumb("plugin", "approve", "--all").status == 0)
            #expect(try drift()["upstream"] as? String == "changed")
            #expect(try drift()["upstream_version"] as? String == "1.1.0")
        }
    }

    /// What was shown when a version came is shown again to whoever approves it, until somebody does.
    @Test func whatWaitsIsShownAgain() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(.init(version: "1.1.0", reads: "survey: { columns: [trust, role] }", factor: 3))
            #expect(try hubs.workspace.plumb("plugin", "update").status == 0)
            let before = try hubs.state()
            let shown = try hubs.workspace.plumb("plugin", "approve", "--all", "--dry-run", "--json")
            #expect(shown.status == 0, "\(shown.errors)")
            let change = try #require((try shown.json()["changes"] as? [[String: Any]])?.first)
            #expect(change["from"] as? String == "1.0.0" && change["to"] as? String == "1.1.0")
            #expect((change["new_reads"] as? [[String: Any]])?.first?["columns"] as? [String] == ["role"])
            #expect((change["differences"] as? [[String: Any]])?.isEmpty == false)
            #expect(try hubs.state() == before)
            #expect(try hubs.workspace.plumb("plugin", "approve", "hilltop/climate").status == 0)
            let after = try hubs.workspace.plumb("plugin", "approve", "--all", "--dry-run")
            #expect(after.output.contains("Nothing waits for approval."))
        }
    }

    /// A new version's new need is looked for where the version came from.
    @Test func needsComeFromTheSameRegistry() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(.init(name: "hilltop/base"))
            try hubs.publish(.init(version: "1.1.0", needs: "hilltop/base: \"^1.0\""))
            let updated = try hubs.workspace.plumb("plugin", "update")
            #expect(updated.status == 0, "\(updated.errors)")
            #expect(try hubs.listed("hilltop/base")?["version"] as? String == "1.0.0")
        }
    }

    /// One registry that is gone keeps nobody from what another has.
    @Test func aSilentRegistryDoesNotSilenceOthers() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            try hubs.publish(.init(version: "1.1.0"))
            let other = folder.appending(path: "other")
            let archive = try hubs.pack(.init(name: "hilltop/base"))
            #expect(try hubs.plumb("plugin", "publish", "--to", other.path, archive).status == 0)
            #expect(try hubs.workspace.plumb("plugin", "add", "hilltop/base", "--from", other.path).status == 0)
            try FileManager.default.removeItem(at: other)
            let listed = try hubs.workspace.plumb("plugin", "list", "--outdated", "--json")
            #expect(listed.status == 4)
            #expect(listed.errors.contains(other.path))
            let plugins = try listed.json()["plugins"] as? [[String: Any]]
            #expect(plugins?.map { $0["fitting"] as? String } == ["1.1.0"])
        }
    }
}
