import Foundation
import PlumblineTestSupport
import Testing

/// Plugins that need others: chosen with them, taken out with them, and never more than they ask for.
struct PluginNeedsTests {
    private static let base = TwoHubs.Draft(name: "hilltop/base", factor: 5)

    /// A plugin that requires a module of `hilltop/base`.
    private static func above(
        _ name: String = "hilltop/climate", version: String = "1.0.0", needs: String = "hilltop/base: \"^1.0\""
    ) -> TwoHubs.Draft {
        .init(
            name: name, version: version, needs: needs,
            files: [
                "modules/factors.lua": "local base = require \"base.factors\"\nreturn { of = base.of }\n",
                "Measures/twice.lua": "local factors = require \"\(name.split(separator: "/")[1]).factors\"\n"
                    + SmallWorkspace.measure("culture.above", value: "return factors.of(g.trust):mean()"),
            ])
    }

    private func names(_ hubs: TwoHubs) throws -> [String] {
        let plugins = try hubs.workspace.plumb("plugin", "list", "--json").json()["plugins"] as? [[String: Any]]
        return (plugins ?? []).compactMap { $0["name"] as? String }
    }

    @Test func whatIsNeededComesAndGoesWithIt() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(Self.base)
            try hubs.publish(.init(name: "hilltop/base", version: "2.0.0", factor: 7))
            try hubs.publish(Self.above())
            try hubs.publish(Self.above("hilltop/weather"))
            try hubs.addApproved("hilltop/climate")
            #expect(try names(hubs) == ["hilltop/base", "hilltop/climate"])
            #expect(try hubs.listed("hilltop/base")?["version"] as? String == "1.0.0")
            #expect(try hubs.listed("hilltop/base")?["wanted"] is NSNull)
            #expect(try hubs.workspace.night().status == 0)
            let observation = try #require(
                try hubs.workspace.observations(of: "hilltop/climate/culture.above").first)
            let provenance = try #require(observation["provenance"] as? [String: Any])
            #expect(provenance["plugins"] as? String == "hilltop/base@1.0.0 hilltop/climate@1.0.0")
            try hubs.addApproved("hilltop/weather")
            let refused = try hubs.workspace.plumb("plugin", "remove", "hilltop/base")
            #expect(refused.status == 4 && refused.errors.contains("needs hilltop/base"), "\(refused.errors)")
            #expect(try hubs.workspace.plumb("plugin", "remove", "hilltop/weather").status == 0)
            #expect(try names(hubs) == ["hilltop/base", "hilltop/climate"])
            #expect(try hubs.workspace.plumb("plugin", "remove", "hilltop/climate").status == 0)
            #expect(try names(hubs).isEmpty)
            let left = try FileManager.default.contentsOfDirectory(
                atPath: hubs.workspace.folder.appending(path: "Plugins").path)
            #expect(left.isEmpty)
        }
    }

    @Test func whatComesWithTheProgramIsTakenFromThere() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(
                .init(
                    needs: "plumbline/hub: \"^1.0\"",
                    files: [
                        "modules/factors.lua":
                            "local scales = require \"hub.scales\"\nreturn { of = function(column) return column * 2 end }\n"
                    ]))
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.listed("plumbline/hub")?["source"] as? String == "shipped")
            let night = try hubs.workspace.night()
            #expect(night.status == 0, "\(night.output)")
        }
    }

    @Test func conflictsAreExplainedAndChangeNothing() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(Self.base)
            try hubs.publish(Self.above())
            try hubs.publish(Self.above("hilltop/weather", needs: "hilltop/base: \"^2.0\""))
            try hubs.addApproved("hilltop/climate")
            let before = try hubs.state()
            let refused = try hubs.add("hilltop/weather")
            #expect(refused.status == 4)
            for part in ["`hilltop/weather`", "needs hilltop/base ^2.0", "1.0.0 is chosen"] {
                #expect(refused.errors.contains(part), "\(refused.errors)")
            }
            #expect(try hubs.state() == before)
        }
    }

    /// What lies in the workspace of other plugins is none of a command's business, whether it is there or not.
    @Test func othersStayAsTheyAre() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.publish(Self.base)
            try hubs.addApproved("hilltop/climate")
            let gone = hubs.workspace.folder.appending(path: "Plugins/climate")
            try FileManager.default.removeItem(at: gone)
            let added = try hubs.add("hilltop/base")
            #expect(added.status == 0, "\(added.errors)")
            #expect(!FileManager.default.fileExists(atPath: gone.path))
            #expect(try hubs.workspace.plumb("plugin", "update", "hilltop/climate").status == 0)
            #expect(FileManager.default.fileExists(atPath: gone.path))
        }
    }

    /// A plugin that is there is no reason that another may require it.
    @Test func onlyWhatIsNeededCanBeRequired() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(Self.base)
            try hubs.publish(Self.above(needs: ""))
            try hubs.addApproved("hilltop/base")
            try hubs.addApproved("hilltop/climate")
            let night = try hubs.workspace.night()
            #expect(night.status == 1)
            #expect(night.output.contains("hilltop/climate does not need hilltop/base"), "\(night.output)")
            #expect(try hubs.workspace.observations(of: "hilltop/climate/culture.above").isEmpty)
        }
    }
}
