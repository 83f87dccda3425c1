import Foundation
import PlumblineTestSupport
import Testing

/// Modules of plugins in a workspace: found, hashed into what uses them, checked, and named where something is wrong.
struct ModuleTests {
    private static let double = "return { of = function(column) return column * 2 end }\n"

    /// A workspace with a module and a measure that requires it; `culture.trust` requires none.
    private func withWorkspace(_ body: (SmallWorkspace) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try addModule("scales", Self.double, to: workspace)
            try workspace.write("Measures/double.lua", Self.measure("local scales = require \"hub.scales\""))
            try body(workspace)
        }
    }

    /// Writes a module of a plugin of the workspace's own, locks and approves it. What is no plugin is not approved.
    private func addModule(_ name: String, _ text: String, to workspace: SmallWorkspace, plugin: String = "hub") throws
    {
        let folder = "Plugins/\(plugin)"
        let isNew = !FileManager.default.fileExists(atPath: workspace.folder.appending(path: folder).path)
        try FileManager.default.createDirectory(
            at: workspace.folder.appending(path: "\(folder)/modules"), withIntermediateDirectories: true)
        try workspace.write("\(folder)/modules/\(name).lua", text)
        if isNew {
            let manifest = """
                { name: riverbend/\(plugin), version: 1.0.0, plumb: ">=0.1.0", license: Apache-2.0, authors: [Riverbend] }

                """
            try workspace.write("\(folder)/plugin.yaml", manifest)
            try workspace.write("\(folder)/README.md", "# \(plugin)\n")
            #expect(try workspace.plumb("plugin", "add", folder).status == 0)
        }
        _ = try workspace.plumb("plugin", "approve", "riverbend/\(plugin)")
    }

    private static func measure(_ require: String) -> String {
        require + "\n" + SmallWorkspace.measure("culture.double", value: "return scales.of(g.trust):mean()")
    }

    private func tasks(_ night: Finished) throws -> [String: Int] {
        try #require(try night.json()["tasks"] as? [String: Int])
    }

    @Test func aChangedModuleEvaluatesWhatRequiresItAndNothingElse() throws {
        try withWorkspace { workspace in
            let first = try workspace.night()
            #expect(first.status == 0)
            #expect(try tasks(first)["evaluated"] == 4)
            #expect(try workspace.observations(of: "culture.double").first?["value"] as? Double == 7)
            // A module that nobody requires changes nothing.
            try addModule("unused", "return 1", to: workspace)
            #expect(try tasks(try workspace.night())["evaluated"] == 0)
            try addModule("scales", Self.double.replacing("* 2", with: "* 3"), to: workspace)
            let changed = try workspace.night()
            #expect(try tasks(changed) == ["planned": 4, "reused": 2, "evaluated": 2, "failed": 0])
            #expect(try workspace.observations(of: "culture.double").first?["value"] as? Double == 10.5)
        }
    }

    /// A module behind a module counts as well, and back again is back to the same.
    @Test func modulesOfModulesCount() throws {
        try withWorkspace { workspace in
            let scales = "local f = require 'hub.factor' return { of = function(c) return c * f end }"
            try addModule("scales", scales, to: workspace)
            try addModule("factor", "return 2", to: workspace)
            #expect(try workspace.night().status == 0)
            let before = try workspace.published()
            try addModule("factor", "return 4", to: workspace)
            #expect(try tasks(try workspace.night())["evaluated"] == 2)
            #expect(try workspace.published() != before)
            try addModule("factor", "return 2", to: workspace)
            #expect(try tasks(try workspace.night())["evaluated"] == 0)
            let body = { (text: String) in text.split(separator: "\n").filter { $0.contains("culture.double") }.count }
            #expect(body(try workspace.published()) == body(before))
        }
    }

    @Test func aNetworksOwnMeasureUsesTheHubsModules() throws {
        try withWorkspace { workspace in
            try workspace.write("networks/east/Measures/own.lua", Self.measure("local scales = require 'hub.scales'"))
            #expect(try workspace.night().status == 0)
            let own = try workspace.observations(of: "east/culture.double", audience: "east")
            #expect(own.first?["value"] as? Double == 8)
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var require = "local scales = require \"hub.scales\""
        var modules: [String: String] = [:]
        var file = "Measures/double.lua"
        var line: Int?
        var message: String

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "a typing slip", require: "local scales = require \"hub.scale\"", line: 1,
            message:
                "there is no module `hub.scale`: it would be Plugins/hub/modules/scale.lua; did you mean `hub.scales`?"),
        Case(
            name: "no such plugin", require: "\nlocal scales = require \"other.scales\"", line: 2,
            message: "there is no module `other.scales`: it would be Plugins/other/modules/scales.lua"),
        Case(
            name: "behind a module", modules: ["scales": "\nlocal x = require 'hub.gone'\nreturn {}"],
            file: "Plugins/hub/modules/scales.lua", line: 2,
            message: "(Measures/double.lua requires hub.scales requires hub.gone)"),
        Case(
            name: "no name", require: "local scales = require \"../secrets\"", line: 1,
            message: "a module is called `plugin.name`, in lower-case letters, digits and `_`, not `../secrets`"),
        Case(
            name: "a computed name", require: "local name = \"hub.scales\"\nlocal scales = require(name)", line: 2,
            message: "came with this script"),
        Case(
            name: "a circle", modules: ["scales": "return require 'hub.b'", "b": "\n\nreturn require 'hub.scales'"],
            file: "Plugins/hub/modules/b.lua", line: 3,
            message: "modules go round in a circle: hub.scales requires hub.b requires hub.scales"),
        Case(
            name: "nothing returned", modules: ["scales": "local scales = {}"], line: 1,
            message: "the module `hub.scales` returns nothing"),
        Case(
            name: "a syntax error", modules: ["scales": "return {\n  of = = 1 }"],
            file: "Plugins/hub/modules/scales.lua", line: 2, message: "unexpected symbol near '='"),
        Case(
            name: "an error when it is run", modules: ["scales": "\nlocal x = nil\nreturn x.y"],
            file: "Plugins/hub/modules/scales.lua", line: 3,
            message: "attempt to index a nil value (local 'x') (called from Measures/double.lua:1)"),
        Case(
            name: "a comparison that is always false",
            modules: ["scales": "return { of = function(g)\n  return g.trust == 1 end }"],
            file: "Plugins/hub/modules/scales.lua", line: 2, message: "g.trust:is(1)"),
        Case(
            name: "too large", modules: ["scales": String(repeating: "-- x\n", count: 14_000)],
            line: 1, message: "`modules/scales.lua`, of 70,000 bytes: it may have 65,536"),
    ]

    /// The check names file, line and what to do; the night publishes the others.
    @Test(arguments: cases) func whatIsWrongWithAModuleIsFoundByCheck(_ wrong: Case) throws {
        try withWorkspace { workspace in
            for (name, text) in wrong.modules { try addModule(name, text, to: workspace) }
            try workspace.write("Measures/double.lua", Self.measure(wrong.require))
            let check = try workspace.plumb("check", "--no-color")
            #expect(check.status == 1)
            let place = wrong.file + (wrong.line.map { ":\($0)" } ?? "")
            let lines = (check.output + check.errors).split(separator: "\n")
            #expect(
                lines.contains { $0.hasPrefix("error \(place): ") && $0.contains(wrong.message) },
                "\(check.output)\(check.errors)")
            let night = try workspace.night()
            #expect(night.status == 1)
            let failures = try night.json()["failures"] as? [[String: Any]]
            #expect(failures?.count == 1, "\(night.output)")
            #expect(try workspace.observations(of: "culture.trust").first?["value"] as? Double == 3.5)
        }
    }

    @Test func anErrorInAFunctionOfAModuleNamesBothPlaces() throws {
        try withWorkspace { workspace in
            try addModule("scales", "return {\n  of = function(column) return column.x.y end }", to: workspace)
            let eval = try workspace.plumb("eval", "Measures/double.lua", "--json")
            #expect(eval.status == 4)
            let error = try eval.json()["error"] as? [String: Any]
            let place = error?["at"] as? [String: Any]
            #expect(place?["file"] as? String == "Plugins/hub/modules/scales.lua" && place?["line"] as? Int == 2)
            let message = error?["message"] as? String
            #expect(message?.contains("(called from Measures/double.lua:6)") == true, "\(eval.output)")
        }
    }

    @Test func linksOutOfThePluginsAreRefused() throws {
        try withWorkspace { workspace in
            let module = workspace.folder.appending(path: "Plugins/hub/modules/scales.lua")
            try FileManager.default.removeItem(at: module)
            try FileManager.default.createSymbolicLink(
                at: module, withDestinationURL: workspace.folder.appending(path: "plumbline.yaml"))
            let check = try workspace.plumb("check", "--no-color")
            #expect(check.status == 1)
            #expect((check.output + check.errors).contains("`modules/scales.lua`, a link"))
            #expect(!(check.output + check.errors).contains("time_zone"))
        }
    }

    @Test func modulesAreCheckedByThemselves() throws {
        try withWorkspace { workspace in
            try addModule("unused", "total = 1\nreturn g:meen()", to: workspace, plugin: "extra")
            let all = try workspace.plumb("check", "--json").json()
            let modules = try #require(all["modules"] as? [[String: Any]])
            #expect(modules.map { $0["name"] as? String } == ["extra.unused", "hub.scales"])
            #expect(modules[0]["error"] is [String: Any] && modules[1]["error"] is NSNull)
            let one = try workspace.plumb("check", "Plugins/hub/modules/scales.lua")
            #expect(one.status == 0)
            #expect((one.output + one.errors).contains("0 measures, 1 modules checked: 0 errors, 0 warnings"))
        }
    }

    /// Without a workspace modules are looked for beside the folders above the file.
    @Test func measuresWithoutAWorkspaceFindModulesToo() throws {
        try withTemporaryFolder { folder in
            for path in ["Plugins/hub/modules", "Measures/culture"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: path), withIntermediateDirectories: true)
            }
            try Data(Self.double.utf8).write(to: folder.appending(path: "Plugins/hub/modules/scales.lua"))
            try Data(Self.measure("local scales = require 'hub.scales'").utf8).write(
                to: folder.appending(path: "Measures/culture/double.lua"))
            try Data("trust\n1\n2\n".utf8).write(to: folder.appending(path: "survey.csv"))
            let eval = try BuiltProgram.plumb(
                "eval", "--csv", "survey.csv", "Measures/culture/double.lua", "--json", in: folder)
            let observations = try eval.json()["observations"] as? [[String: Any]]
            #expect(observations?.first?["value"] as? Double == 3, "\(eval.output)\(eval.errors)")
        }
    }

    @Test func newWorkspacesHaveTheShippedModules() throws {
        try withTemporaryFolder { folder in
            #expect(try BuiltProgram.plumb("init", "ws", in: folder).status == 0)
            let scales = folder.appending(path: "ws/Plugins/hub/modules/scales.lua")
            #expect(FileManager.default.fileExists(atPath: scales.path))
            let check = try BuiltProgram.plumb("check", in: folder.appending(path: "ws"))
            #expect(check.status == 0, "\(check.output)\(check.errors)")
        }
    }
}
