import Foundation
import PlumblineTestSupport
import Testing

/// A plugin on its author's machine: made, tried in workers, packed; no workspace is needed.
struct PluginAuthoringTests {
    /// What `plugin check` says of a draft.
    private func check(_ draft: TwoHubs.Draft) throws -> Finished {
        try withTemporaryFolder { folder in
            for (path, text) in draft.all {
                let file = folder.appending(path: "climate/\(path)")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: file)
            }
            return try BuiltProgram.plumb("plugin", "check", "climate", in: folder)
        }
    }

    private static func twice(_ value: String, tests: String = "") -> [String: String] {
        ["Measures/twice.lua": SmallWorkspace.measure("culture.twice", value: value, more: tests)]
    }

    @Test func whatIsNewIsCleanAndPacksToTheSameBytes() throws {
        try withTemporaryFolder { folder in
            #expect(try BuiltProgram.plumb("plugin", "new", "hilltop/climate", in: folder).status == 0)
            let checked = try BuiltProgram.plumb("plugin", "check", "climate", "--json", in: folder)
            #expect(checked.status == 0, "\(checked.errors)")
            let report = try checked.json()
            #expect(report["errors"] as? Int == 0 && report["warnings"] as? Int == 0)
            #expect(report["measures"] as? Int == 1 && report["modules"] as? Int == 1 && report["tests"] as? Int == 3)
            #expect(try BuiltProgram.plumb("plugin", "pack", "climate", in: folder).status == 0)
            // Hidden files and other times of files are no part of it.
            try Data().write(to: folder.appending(path: "climate/.DS_Store"))
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)],
                ofItemAtPath: folder.appending(path: "climate/README.md").path)
            try FileManager.default.createDirectory(
                at: folder.appending(path: "again"), withIntermediateDirectories: true)
            let again = try BuiltProgram.plumb("plugin", "pack", "climate", "--to", "again", "--json", in: folder)
            #expect(try again.json()["digest"] as? String == report["digest"] as? String)
            let name = "climate-0.1.0.tar.gz"
            #expect(
                try Data(contentsOf: folder.appending(path: name))
                    == Data(contentsOf: folder.appending(path: "again/\(name)")))
            #expect(try BuiltProgram.plumb("plugin", "new", "hilltop/climate", in: folder).status == 2)
        }
    }

    @Test func aTestThatFailsIsFound() throws {
        let test = "tests = { { name = \"odd\", rows = { { trust = 3 } }, expect = { value = 4 } } },"
        let checked = try check(.init(files: Self.twice("return g.trust:mean()", tests: test)))
        #expect(checked.status == 1)
        #expect(
            checked.output.contains("error climate/Measures/twice.lua:3: odd: value: expected 4, got 3"),
            "\(checked.output)")
    }

    @Test func whatIsNotDeclaredIsFound() throws {
        let checked = try check(.init(reads: "survey: { columns: [role] }"))
        #expect(checked.status == 1)
        #expect(
            checked.output.contains(
                "error climate/Measures/twice.lua:4: hilltop/climate declares no column `trust` of survey"),
            "\(checked.output)")
        let rows = "local n = 0 for row in g:rows() do n = n + 1 end return n"
        #expect(try check(.init(files: Self.twice(rows))).output.contains("declares `rows: true` for `survey`"))
    }

    @Test(arguments: [
        ("modules/factors.lua", "return {", "climate/modules/factors.lua:2: "),
        ("modules/factors.lua", "error(\"never\")", "never"),
        ("Measures/twice.lua", "local x = require \"climate.factor\"", "did you mean `climate.factors`?"),
        ("Measures/twice.lua", "local x = require \"hub.scales\"", "there is no module `hub.scales`"),
        ("modules/more.lua", "return require \"climate.more\"", "go round in a circle"),
    ])
    func aModuleThatDoesNotLoadIsFound(file: String, text: String, message: String) throws {
        let checked = try check(.init(files: [file: text + "\n"]))
        #expect(checked.status == 1)
        #expect(checked.output.contains(message), "\(checked.output)")
    }

    @Test func aModuleOfAPluginThatIsNeededIsFound() throws {
        let require = ["modules/more.lua": "return require \"hub.scales\"\n"]
        #expect(try check(.init(needs: "plumbline/hub: \"^1.0\"", files: require)).status == 0)
        let tooOld = try check(.init(needs: "plumbline/hub: \"^7.0\"", files: require))
        #expect(tooOld.output.contains("it needs plumbline/hub ^7.0, and was tried with"), "\(tooOld.output)")
    }

    /// A key with a passphrase is `ssh-keygen`'s business, which asks somebody for it; here that is a script.
    @Test(arguments: [("secret", 0), ("wrong", 4)]) func keysWithAPassphraseSign(answer: String, status: Int32) throws {
        try withTemporaryFolder { folder in
            let hubs = try TwoHubs(in: folder)
            // More than a pipe holds.
            let long = String(repeating: "- Something was changed.\n", count: 5_000)
            let archive = try hubs.pack(.init(files: ["CHANGELOG.md": long]), key: nil)
            try hubs.makeKey("locked", passphrase: "secret")
            let ask = folder.appending(path: "ask")
            try Data("#!/bin/sh\necho \(answer)\n".utf8).write(to: ask)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: ask.path)
            let signed = try run(
                BuiltProgram.plumb, ["plugin", "sign", "--key", "locked", archive], in: folder,
                environment: ["SSH_ASKPASS": ask.path, "SSH_ASKPASS_REQUIRE": "force"])
            #expect(signed.status == status, "\(signed.errors)")
            guard status == 0 else { return }
            try hubs.trust("hilltop/climate \(hubs.publicKey("locked"))\n")
            let verified = try hubs.plumb("plugin", "verify", archive, "--workspace", "ws")
            #expect(verified.status == 0, "\(verified.errors)")
        }
    }

    /// What ships with the program is as clean as it asks others to be.
    @Test func theShippedPluginsAreClean() throws {
        let plugins = Repository.root.appending(path: "Plugins")
        let names = try FileManager.default.contentsOfDirectory(atPath: plugins.path).filter { !$0.hasPrefix(".") }
        #expect(!names.isEmpty)
        for name in names {
            let checked = try BuiltProgram.plumb("plugin", "check", name, "--json", in: plugins)
            #expect(checked.status == 0, "\(checked.errors)")
            #expect(try checked.json()["warnings"] as? Int == 0, "\(checked.errors)")
        }
    }

    @Test func newWorkspacesHaveTheShippedPluginsApproved() throws {
        try withTemporaryFolder { folder in
            #expect(try BuiltProgram.plumb("init", "new", in: folder).status == 0)
            func mode(_ file: URL) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            }
            let demo = try BuiltProgram.plumb("demo", "demo", "--networks", "2", "--people", "100", in: folder)
            #expect(demo.status == 0, "\(demo.errors)")
            for name in ["new", "demo"] {
                let workspace = folder.appending(path: name)
                let plugins = try BuiltProgram.plumb("plugin", "list", "--json", in: workspace).json()["plugins"]
                let hub = try #require((plugins as? [[String: Any]])?.first)
                #expect(hub["name"] as? String == "plumbline/hub" && hub["source"] as? String == "shipped")
                #expect(hub["runs"] as? Bool == true)
                #expect(try mode(workspace.appending(path: ".plumbline")) == 0o700)
                #expect(try mode(workspace) == mode(workspace.appending(path: "Plugins")))
            }
        }
    }
}
