import Foundation
import PlumblineTestSupport
import Testing

/// Plugins among a workspace's own things: settings, what is declared, and the hub's own plugins.
struct PluginWorkspaceTests {
    private static let id = "hilltop/climate/culture.twice"

    private static func measure(_ id: String, _ value: String, more: String = "") -> String {
        SmallWorkspace.measure(id, value: value, more: more)
    }

    private func configure(_ hubs: TwoHubs, _ more: String) throws {
        let marker = "# more\n"
        let file = hubs.workspace.folder.appending(path: "plumbline.yaml")
        let text = try String(contentsOf: file, encoding: .utf8).split(separator: marker)[0]
        try hubs.workspace.write("plumbline.yaml", text + marker + more + "\n")
    }

    private func overall(_ hubs: TwoHubs) throws -> Double? {
        try hubs.workspace.observations(of: Self.id).compactMap { $0["value"] as? Double }.first
    }

    @Test func measuresAreSetByTheirFullIDs() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let more = """
                params = { more = { default = 0, min = 0, max = 10 } }, presets = { high = { more = 7 } },
                """
            let measure = Self.measure("culture.twice", "return g.trust:mean() + p.more", more: more)
            try hubs.publish(.init(files: ["Measures/twice.lua": measure]))
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.workspace.night().status == 0)
            let plain = try #require(try overall(hubs))
            try configure(hubs, "measures: { \(Self.id): { params: { more: 10 } } }")
            #expect(try hubs.workspace.night().status == 0)
            #expect(try overall(hubs) == plain + 10)
            try configure(hubs, "measures: { \(Self.id): { preset: high } }")
            #expect(try hubs.workspace.night().status == 0)
            #expect(try overall(hubs) == plain + 7)
            try configure(hubs, "measures: { \(Self.id): { enabled: false } }")
            #expect(try hubs.workspace.night().status == 0)
            #expect(try hubs.workspace.observations(of: Self.id).isEmpty)
        }
    }

    /// What is not declared is as if it were not there, whatever the workspace has or allows.
    @Test func whatIsDeclaredIsEnforcedAtNight() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let rows = "local n = 0 for row in g:rows() do n = n + 1 end return n"
            let columns = "columns = { \"trust\" },"
            let files = [
                "Measures/role.lua": Self.measure("culture.role", "return g.role:count()").replacing(columns, with: ""),
                "Measures/nowhere.lua": Self.measure("culture.nowhere", "return g.nowhere:count()")
                    .replacing(columns, with: ""),
                "Measures/rows.lua": Self.measure("culture.rows", rows),
            ]
            try hubs.publish(.init(files: files))
            try hubs.addApproved("hilltop/climate")
            try configure(hubs, "row_access: [ culture.rows, hilltop/climate/culture.rows ]")
            let failures = try #require(try hubs.workspace.night().json()["failures"] as? [[String: Any]])
            var messages: [String: String] = [:]
            for failure in failures {
                messages[failure["measure"] as? String ?? ""] = failure["message"] as? String
            }
            #expect(messages.count == 3)
            let role = try #require(messages["hilltop/climate/culture.role"])
            #expect(role.contains("role"))
            #expect(
                role.replacing("role", with: "nowhere") == messages["hilltop/climate/culture.nowhere"], "\(role)")
            #expect(messages["hilltop/climate/culture.rows"]?.contains("rows: true") == true)
            #expect(try overall(hubs) != nil)

            try hubs.publish(
                .init(version: "1.1.0", reads: "survey: { columns: [trust, role], rows: true }", files: files))
            #expect(try hubs.workspace.plumb("plugin", "update").status == 0)
            #expect(try hubs.workspace.plumb("plugin", "approve", "--all").status == 0)
            let left = try #require(try hubs.workspace.night().json()["failures"] as? [[String: Any]])
            #expect(left.map { $0["measure"] as? String } == ["hilltop/climate/culture.nowhere"])
        }
    }

    // MARK: The hub's own

    /// A workspace with a plugin `riverbend/own` in its folder.
    private func withOwn(_ body: (TwoHubs) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let source = try hubs.write(.init(name: "riverbend/own"))
            try FileManager.default.createDirectory(
                at: hubs.workspace.folder.appending(path: "Plugins"), withIntermediateDirectories: true)
            try FileManager.default.moveItem(
                at: folder.appending(path: source), to: hubs.workspace.folder.appending(path: "Plugins/own"))
            try body(hubs)
        }
    }

    private func edit(_ hubs: TwoHubs, factor: Int) throws {
        try hubs.workspace.write(
            "Plugins/own/modules/factors.lua", "return { of = function(column) return column * \(factor) end }\n")
        try hubs.workspace.write(
            "Plugins/own/Measures/twice.lua",
            "local factors = require \"own.factors\"\n"
                + Self.measure("culture.twice", "return factors.of(g.trust):mean()"))
    }

    @Test func anOwnPluginIsApprovedAfterEachEdit() throws {
        try withOwn { hubs in
            let id = "riverbend/own/culture.twice"
            let unlocked = "`plumb plugin add Plugins/own` locks it"
            #expect(try hubs.workspace.plumb("check").output.contains(unlocked))
            #expect(try hubs.workspace.night().output.contains(unlocked))
            let added = try hubs.workspace.plumb("plugin", "add", "Plugins/own")
            #expect(added.status == 0, "\(added.errors)")
            #expect(try hubs.workspace.night().output.contains("is not approved"))
            #expect(try hubs.workspace.plumb("plugin", "approve", "riverbend/own").status == 0)
            #expect(try hubs.workspace.night().status == 0)
            let before = try #require(try hubs.workspace.observations(of: id).first?["value"] as? Double)
            try edit(hubs, factor: 4)
            let edited = try hubs.workspace.night()
            #expect(edited.status == 1 && edited.output.contains("was edited since"), "\(edited.output)")
            #expect(try hubs.workspace.observations(of: id).first?["status"] as? String == "stale")
            #expect(try hubs.workspace.plumb("plugin", "approve", "riverbend/own").status == 0)
            #expect(try hubs.workspace.night().status == 0)
            #expect(try hubs.workspace.observations(of: id).first?["value"] as? Double == 2 * before)
        }
    }

    /// As folders of modules were before there were plugins.
    @Test func aFolderWithoutAManifestIsSaid() throws {
        try withOwn { hubs in
            try FileManager.default.removeItem(
                at: hubs.workspace.folder.appending(path: "Plugins/own/plugin.yaml"))
            #expect(try hubs.workspace.plumb("check").output.contains("`plumb plugin add Plugins/own` locks it"))
            let refused = try hubs.workspace.plumb("plugin", "add", "Plugins/own")
            #expect(refused.status == 4 && refused.errors.contains("plugin.yaml"), "\(refused.errors)")
        }
    }

    /// Commands about other plugins leave the hub's own sources alone, edited or not, with what lies beside them.
    @Test func ownSourcesAreNeverReplaced() throws {
        try withOwn { hubs in
            #expect(try hubs.workspace.plumb("plugin", "add", "Plugins/own").status == 0)
            #expect(try hubs.workspace.plumb("plugin", "approve", "--all").status == 0)
            // To add it again takes nothing back.
            #expect(try hubs.workspace.plumb("plugin", "add", "Plugins/own").output.contains("nothing was changed"))
            #expect(try hubs.listed("riverbend/own")?["runs"] as? Bool == true)
            try hubs.workspace.write("Plugins/own/.notes", "mine")
            try edit(hubs, factor: 4)
            let before = try hubs.state().filter { $0.key.hasPrefix("own") }
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            #expect(try hubs.workspace.plumb("plugin", "update").status == 0)
            #expect(try hubs.state().filter { $0.key.hasPrefix("own") } == before)
            #expect(try hubs.workspace.plumb("plugin", "remove", "riverbend/own").status == 0)
            #expect(try hubs.state().filter { $0.key.hasPrefix("own") } == before)
        }
    }

    @Test func aPluginOfAnotherHubIsNoneOfOnesOwn() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            let made = try hubs.workspace.plumb("plugin", "new", "hilltop/own", "Plugins/own")
            #expect(made.output.contains("plumb plugin add Plugins/own"))
            let refused = try hubs.workspace.plumb("plugin", "add", "Plugins/own")
            #expect(refused.status == 4 && refused.errors.contains("riverbend/own"), "\(refused.errors)")
        }
    }

    // MARK: What foreign sources are held against

    @Test func anEditedPluginOfAnotherHubDoesNotRunUntilItIsBroughtBack() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            try hubs.addApproved("hilltop/climate")
            let file = "Plugins/climate/modules/factors.lua"
            try hubs.workspace.write(file, "return { of = function(column) return column * 9 end }\n")
            #expect(try hubs.workspace.night().output.contains("was edited since it was added (modules/factors.lua)"))
            #expect(try hubs.workspace.plumb("eval", "Plugins/climate/Measures/twice.lua").status == 4)
            #expect(try hubs.workspace.plumb("plugin", "approve", "hilltop/climate").status == 4)
            // Nobody's work is thrown away.
            let before = try hubs.state()
            for command in ["update", "remove"] {
                let refused = try hubs.workspace.plumb("plugin", command, "hilltop/climate")
                #expect(refused.status == 4 && refused.errors.contains("would be lost"), "\(refused.errors)")
            }
            #expect(try hubs.state() == before)
            try FileManager.default.moveItem(
                at: hubs.workspace.folder.appending(path: "Plugins/climate"), to: folder.appending(path: "aside"))
            #expect(try hubs.workspace.plumb("plugin", "update").status == 0)
            #expect(try hubs.workspace.night().status == 0)
        }
    }

    @Test func theDoctorSaysWhatDoesNotRun() throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init())
            #expect(try hubs.add("hilltop/climate").status == 0)
            func findings() throws -> [(ok: Bool, text: String)] {
                let all = try hubs.workspace.plumb("doctor", "--json").json()["findings"] as? [[String: Any]]
                return (all ?? []).map {
                    ($0["ok"] as? Bool ?? false, "\($0["text"] ?? ""): \($0["advice"] ?? "")")
                }
            }
            #expect(try findings().contains { !$0.ok && $0.text.contains("plumb plugin approve hilltop/climate") })
            #expect(try hubs.workspace.plumb("plugin", "approve", "--all").status == 0)
            #expect(try findings().contains { $0.ok && $0.text.contains("1 plugins are as they were locked") })
            let trusted = try String(
                contentsOf: hubs.workspace.folder.appending(path: "allowed_signers"), encoding: .utf8)
            try hubs.trust("*@example.org cert-authority \(try hubs.publicKey("hilltop"))\n" + trusted)
            #expect(try findings().contains { $0.ok && $0.text.contains("never count for plugins: 1:") })
            try FileManager.default.removeItem(at: hubs.workspace.folder.appending(path: "allowed_signers"))
            #expect(try findings().contains { !$0.ok && $0.text.contains("there is no allowed_signers") })
            try hubs.workspace.write("plumb.lock", "{}\n")
            #expect(try findings().contains { !$0.ok && $0.text.contains("no plugin runs") })
        }
    }
}
