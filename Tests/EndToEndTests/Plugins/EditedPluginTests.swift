import Foundation
import PlumblineTestSupport
import Testing

/// Plugins whose files are not what was locked.
struct EditedPluginTests {
    private func withApproved(_ body: (TwoHubs) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            try hubs.publish(.init(files: ["LICENSE": "Apache-2.0\n"]))
            try hubs.addApproved("hilltop/climate")
            try body(hubs)
        }
    }

    private static let files = FileManager.default

    /// Ways to change an installed plugin; each leaves it otherwise than it was.
    private static let edits: [(what: String, edit: @Sendable (TwoHubs, URL) throws -> Void)] = [
        ("manifest", { hubs, _ in try append(hubs, "plugin.yaml", "title: More\n") }),
        ("readme", { hubs, _ in try append(hubs, "README.md", "More.\n") }),
        ("license", { hubs, _ in try append(hubs, "LICENSE", " \n") }),
        ("measure", { hubs, _ in try append(hubs, "Measures/twice.lua", "\n") }),
        ("module", { hubs, _ in try append(hubs, "modules/factors.lua", "-- more\n") }),
        ("added measure", { hubs, _ in try append(hubs, "Measures/more.lua", "return nil\n") }),
        ("added module", { hubs, _ in try append(hubs, "modules/more.lua", "return {}\n") }),
        ("added file", { hubs, _ in try append(hubs, "data.csv", "1\n") }),
        ("removed file", { _, at in try files.removeItem(at: at.appending(path: "LICENSE")) }),
        ("removed module", { _, at in try files.removeItem(at: at.appending(path: "modules/factors.lua")) }),
        ("wrong checksums", { hubs, _ in try append(hubs, "SHA256SUMS", "00  README.md\n") }),
        ("not text", { _, at in try Data([0xff]).write(to: at.appending(path: "README.md")) }),
        ("case", { hubs, _ in try append(hubs, "Measures/Twice.lua", "return nil\n") }),
        (
            "file as link",
            { _, at in
                let file = at.appending(path: "modules/factors.lua")
                let target = at.appending(path: ".factors.lua")
                try files.moveItem(at: file, to: target)
                try files.createSymbolicLink(at: file, withDestinationURL: target)
            }
        ),
        (
            "folder elsewhere",
            { hubs, at in
                try files.removeItem(at: at)
                let other = try hubs.write(.init(factor: 4))
                try files.createSymbolicLink(at: at, withDestinationURL: hubs.folder.appending(path: other))
            }
        ),
        (
            "file as folder",
            { _, at in
                try files.removeItem(at: at)
                try Data("x".utf8).write(to: at)
            }
        ),
        ("no folder", { _, at in try files.removeItem(at: at) }),
    ]

    private static func append(_ hubs: TwoHubs, _ path: String, _ text: String) throws {
        let file = hubs.workspace.folder.appending(path: "Plugins/climate/\(path)")
        try (((try? Data(contentsOf: file)) ?? Data()) + Data(text.utf8)).write(to: file)
    }

    @Test func whatWasEditedDoesNotRunAndIsNotLost() throws {
        try withApproved { hubs in
            try hubs.publish(.init(version: "1.1.0", factor: 3))
            let place = hubs.workspace.folder.appending(path: "Plugins/climate")
            let kept = hubs.folder.appending(path: "kept")
            try Self.files.copyItem(at: place, to: kept)
            for (what, edit) in Self.edits {
                try edit(hubs, place)
                var refused = [["verify"], ["approve", "hilltop/climate"]]
                if what == "module" { refused.append(["fork", "hilltop/climate/culture.twice"]) }
                for command in refused {
                    try hubs.expectRefusal {
                        try run(BuiltProgram.plumb, ["plugin"] + command + ["--json"], in: hubs.workspace.folder)
                    }
                }
                #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == false, "\(what)")
                var destructive = [["update"], ["remove", "hilltop/climate"]]
                if what == "module" { destructive.append(["add", "hilltop/climate@1.1.0"]) }
                for command in destructive where what != "no folder" {
                    try hubs.expectRefusal(code: "changed", saying: "Plugins/climate", "try again") {
                        try run(BuiltProgram.plumb, ["plugin"] + command + ["--json"], in: hubs.workspace.folder)
                    }
                }
                try? Self.files.removeItem(at: place)
                try Self.files.copyItem(at: kept, to: place)
            }
            #expect(try hubs.plugin("verify").status == 0)
        }
    }

    /// The letter names it, other measures run, and its last values stand.
    @Test(arguments: ["module", "folder elsewhere", "no folder"])
    func theNightSaysIt(what: String) throws {
        let edit = try #require(Self.edits.first { $0.what == what }).edit
        try withApproved { hubs in
            #expect(try hubs.workspace.night().status == 0)
            let good = try hubs.workspace.observations(of: "hilltop/climate/culture.twice")
            try edit(hubs, hubs.workspace.folder.appending(path: "Plugins/climate"))
            let night = try hubs.workspace.night()
            #expect(night.status == 1)
            #expect(night.output.contains("hilltop/climate"))
            #expect(night.output.contains("Plugins/climate was edited") || night.output.contains("is not there"))
            let stale = try hubs.workspace.observations(of: "hilltop/climate/culture.twice")
            #expect(stale.count == good.count)
            #expect(stale.contains { $0["status"] as? String == "stale" })
            #expect(stale.allSatisfy { $0["status"] as? String != "ok" })
            #expect(try hubs.workspace.observations(of: "culture.trust").contains { $0["status"] as? String == "ok" })
            for command in ["eval", "test", "check"] {
                let refused = try hubs.workspace.plumb(command, "Plugins/climate/Measures/twice.lua", "--json")
                #expect([1, 3, 4].contains(refused.status), "\(command): \(refused.output)")
            }
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
    func aFolderThatMayNotBeReadDoesNotRun() throws {
        try withApproved { hubs in
            let folder = hubs.workspace.folder.appending(path: "Plugins/climate").path
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
            try hubs.expectRefusal(5, code: "not_readable", saying: "cannot be read") {
                try hubs.asNobody("plugin", "verify", "--json")
            }
            let listed = try hubs.asNobody("plugin", "list", "--json")
            #expect(listed.status == 0)
            #expect(listed.output.contains("cannot be read"))
        }
    }

    /// A link to the very same is fine; taking the plugin out takes the link, not what it leads to.
    @Test func aLinkIsTakenAwayAlone() throws {
        try withApproved { hubs in
            let place = hubs.workspace.folder.appending(path: "Plugins/climate")
            let elsewhere = hubs.folder.appending(path: "elsewhere")
            func link() throws {
                try FileManager.default.moveItem(at: place, to: elsewhere)
                try FileManager.default.createSymbolicLink(at: place, withDestinationURL: elsewhere)
            }
            try link()
            #expect(try hubs.listed("hilltop/climate")?["runs"] as? Bool == true)
            try hubs.publish(.init(version: "1.1.0"))
            #expect(try hubs.plugin("update").status == 0)
            #expect(FileManager.default.fileExists(atPath: elsewhere.appending(path: "LICENSE").path))
            try FileManager.default.removeItem(at: elsewhere)
            try link()
            #expect(try hubs.plugin("remove", "hilltop/climate").status == 0)
            #expect(FileManager.default.fileExists(atPath: elsewhere.appending(path: "plugin.yaml").path))
            #expect(!FileManager.default.fileExists(atPath: place.path))
        }
    }
}
