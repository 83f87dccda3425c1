import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing
import Workspace

@testable import Nightly

/// What `require` finds: modules of plugins that are locked, may run, and are needed by the one who asks.
struct PluginModuleTests {
    private func plugin(
        _ name: String, _ modules: [String: String], needs: [String] = [], obstacle: String? = nil
    ) -> InstalledPlugin {
        .with(
            Dictionary(uniqueKeysWithValues: modules.map { ("modules/\($0.key).lua", $0.value) }), name: name,
            version: "1.0.0", reads: [], needs: needs, obstacle: obstacle)
    }

    private func modules(
        _ library: ModuleLibrary, _ source: String, of plugin: String? = nil
    ) throws(Failure) -> [ScriptModule] {
        let script = Script(
            name: "x.lua", source: Array(source.utf8), plugin: plugin.map { MeasurePlugin(name: $0, version: "1.0.0") })
        return try library.modules(of: script)
    }

    private func failure(_ library: ModuleLibrary, _ source: String, of plugin: String? = nil) throws -> Failure {
        do {
            let found = try modules(library, source, of: plugin)
            Issue.record("it found \(found.map(\.name))")
            throw PluginWorld.NoFailure()
        } catch let failure as Failure {
            return failure
        }
    }

    @Test func theyComeFromTheLockedBytes() throws {
        let library = ModuleLibrary(
            InstalledPlugins([plugin("plumbline/hub", ["scales": "\u{feff}return 1", "unused": ""])]))
        #expect(library.names == ["hub.scales", "hub.unused"])
        #expect(
            try modules(library, "\nlocal s = require 'hub.scales'") == [
                ScriptModule(
                    name: "hub.scales", file: "Plugins/hub/modules/scales.lua", source: Array("return 1".utf8),
                    plugin: "plumbline/hub@1.0.0")
            ])
    }

    @Test func aPluginRequiresItsOwnAndThoseItNeeds() throws {
        let library = ModuleLibrary(
            InstalledPlugins([
                plugin("a/one", ["x": "require 'two.x'"], needs: ["a/two"]),
                plugin("a/two", ["x": "return require 'three.x'"]),
                plugin("a/three", ["x": ""]), plugin("a/four", ["x": ""]),
            ]))
        #expect(try modules(library, "require 'four.x'").map(\.name) == ["four.x"], "the workspace's own may any")
        #expect(try modules(library, "require 'three.x'", of: "a/three").map(\.name) == ["three.x"])
        let direct = try failure(library, "\nrequire 'four.x'", of: "a/one")
        #expect(
            direct
                == Failure(
                    .refused,
                    "a/one does not need a/four, so it cannot require `four.x`: list a/four under `needs` in its plugin.yaml",
                    file: "x.lua", line: 2))
        // What one needs, its needs need not.
        let indirect = try failure(library, "require 'three.x' require 'one.x'")
        #expect(indirect.file == "Plugins/two/modules/x.lua" && indirect.line == 1)
        #expect(indirect.message.contains("a/two does not need a/three"), "\(indirect.message)")
        #expect(indirect.message.hasSuffix("(x.lua requires one.x requires two.x requires three.x)"))
    }

    @Test func whatMayNotRunIsSaidWhereItIsRequired() throws {
        let library = ModuleLibrary(
            InstalledPlugins([plugin("a/one", ["x": "return 1"], obstacle: "its key was revoked")]))
        let failure = try failure(library, "\n\nlocal x = require('one.x')")
        #expect(failure.code == .refused && failure.file == "x.lua" && failure.line == 3)
        #expect(failure.message == "a/one does not run, so `one.x` cannot be required: its key was revoked")
    }

    @Test func whatIsNotThereIsProposed() throws {
        let library = ModuleLibrary(InstalledPlugins([plugin("a/one", ["scales": ""])]))
        #expect(
            try failure(library, "require 'one.scale'").message
                == "there is no module `one.scale`: it would be Plugins/one/modules/scale.lua; did you mean `one.scales`?"
        )
        #expect(
            try failure(library, "require 'two.scales'").message.hasPrefix(
                "there is no module `two.scales`: it would be"))
    }

    @Test func aBrokenLockFileIsSaidAtEveryRequire() throws {
        let library = ModuleLibrary(InstalledPlugins(problem: "plumb.lock is no YAML"))
        #expect(
            try failure(library, "require 'one.x'").message
                == "no plugin runs, so `one.x` cannot be required: plumb.lock is no YAML")
    }

    @Test func circlesAreNamed() throws {
        let library = ModuleLibrary(
            InstalledPlugins([
                plugin("a/one", ["x": "require 'two.x'"], needs: ["a/two"]),
                plugin("a/two", ["x": "require 'one.x'"], needs: ["a/one"]),
            ]))
        #expect(
            try failure(library, "require 'one.x'").message
                == "modules go round in a circle: one.x requires two.x requires one.x")
    }

    // MARK: In a workspace

    @Test func aFolderThatIsNotLockedIsNotRun() throws {
        try PluginWorld.with { world in
            let folder = world.small.folder.appending(path: "Plugins/local")
            for path in ["modules", "Measures"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: path), withIntermediateDirectories: true)
            }
            try world.small.write("Plugins/local/modules/x.lua", "return 1")
            try world.small.write("Plugins/local/Measures/y.lua", SmallWorkspace.measure("a.b", value: "return 1"))
            let advice =
                "Plugins/local is not in plumb.lock, so nothing of it runs: `plumb plugin add Plugins/local` locks it"
            let workspace = try world.workspace()
            #expect(try failure(ModuleLibrary(of: workspace), "require 'local.x'").message == advice)
            #expect(MeasureFile.all(in: workspace).map(\.script.name) == ["Measures/trust.lua"])
            let given = try MeasureFile.at(folder.appending(path: "Measures/y.lua"), workspace)
            #expect(given.map(\.obstacle?.message) == [advice])
            #expect(given.map(\.script.source) == [[]])
            #expect(CheckedModule.at(folder, workspace).map(\.failure?.message) == [advice])
        }
    }

    @Test func measuresComeAfterTheHubsAndBeforeTheNetworks() throws {
        var second = InstalledPlugin.climate()
        second.name = "alpine/other"
        second.sources.append(.init(path: "Measures/a/b.lua", bytes: Array("return 2".utf8)))
        second.sources.append(.init(path: "modules/m.lua", bytes: []))
        try PluginWorld.with(.climate(), second, .climate(obstacle: "no").renamed("gone/away")) { world in
            try world.small.write("networks/east/Measures/own.lua", "return 3")
            let files = MeasureFile.all(in: try world.workspace())
            #expect(
                files.map(\.script.name) == [
                    "Measures/trust.lua", "Plugins/other/Measures/a/b.lua", "Plugins/other/Measures/trust.lua",
                    "Plugins/climate/Measures/trust.lua", "networks/east/Measures/own.lua",
                ])
            #expect(
                files.map { $0.fullID("x") } == [
                    "x", "alpine/other/x", "alpine/other/x", "riverbend/climate/x", "east/x",
                ])
            #expect(files.allSatisfy { $0.obstacle == nil })
            // With dimensions come those to which they belong, and the network.
            #expect(files[3].plugin?.reads == [DatasetReads(dataset: "survey", columns: ["network", "trust"])])
        }
    }

    @Test func aPathOfALockedMeasureIsTheLockedMeasure() throws {
        try PluginWorld.with(.climate(), .climate(obstacle: "nobody approved it").renamed("gone/away")) { world in
            func at(_ path: String) throws -> MeasureFile? {
                let url = world.small.folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("return 'edited'".utf8).write(to: url)
                return try MeasureFile.at(url, try world.workspace()).first
            }
            let locked = try at("Plugins/climate/Measures/trust.lua")
            #expect(locked?.script.source == world.plugins.all[0].sources[0].bytes)
            #expect(locked?.plugin?.name == "riverbend/climate" && locked?.obstacle == nil)
            #expect(
                try at("Plugins/climate/Measures/new.lua")?.obstacle?.message
                    == "riverbend/climate 1.2.0 has no such measure")
            #expect(
                try at("Plugins/away/Measures/trust.lua")?.obstacle?.message
                    == "gone/away does not run: nobody approved it")
        }
    }
}

extension InstalledPlugin {
    fileprivate func renamed(_ name: String) -> InstalledPlugin {
        var copy = self
        copy.name = name
        return copy
    }
}
