import CivilCalendar
import Foundation
import MeasureModel
import PlumblineTestSupport
import Workers
import Workspace

@testable import Nightly

/// A small workspace with plugins as a lock file would have them.
struct PluginWorld {
    /// What should have failed did not.
    struct NoFailure: Error {}

    let small: SmallWorkspace
    var plugins: InstalledPlugins

    /// Runs a body in a new workspace with the plugins given.
    static func with(_ plugins: InstalledPlugin..., body: (inout PluginWorld) throws -> Void) throws {
        try withTemporaryFolder { folder in
            var world = PluginWorld(small: try SmallWorkspace(in: folder), plugins: InstalledPlugins(plugins))
            try body(&world)
        }
    }

    /// The workspace as it is now.
    func workspace() throws -> Workspace {
        var workspace = try Workspace.open(small.folder)
        workspace.plugins = plugins
        return workspace
    }

    private var pool: WorkerPool {
        WorkerPool(
            executable: BuiltProgram.folder.appending(path: "plumb-worker").path, size: 1,
            sandbox: Kernel.grantsFilters ? .required : .bestEffort)
    }

    /// Runs a night that looks from a fixed day.
    @discardableResult func night(only: [String]? = nil) throws -> RunLetter {
        let workspace = try workspace()
        var options = Night.Options(asOf: CivilDate(nearest: 20_634))  // 2026-06-30
        options.only = only
        return try Night(workspace, store: try workspace.openStore(), pool: pool, options: options).run()
    }

    /// All measures, read by workers and held against the workspace.
    func checked() throws -> [LoadedMeasure] {
        let workspace = try workspace()
        let loader = MeasureLoader(
            pool: pool, descriptions: workspace.descriptions, config: workspace.config, memory: nil)
        var measures = try loader.load(MeasureFile.all(in: workspace), runTests: true)
        let scopes = try workspace.dataScopes(try workspace.openStoreForReading())
        MeasureCheck(workspace) { scopes[$0] }.check(&measures)
        return measures
    }

    /// What the hub sees of a measure, one word for each observation: values, or how they stand.
    func published(_ id: String, _ field: String = "value") throws -> [String] {
        try small.observations(of: id).map { observation in
            let value = observation[field]
            return if let number = value as? Double { "\(number)" } else { value as? String ?? "none" }
        }
    }

    /// What provenance says of a measure's plugins.
    func provenance(_ id: String) throws -> Set<String?> {
        Set(
            try small.observations(of: id).map { observation in
                (observation["provenance"] as? [String: Any])?["plugins"] as? String
            })
    }
}

extension InstalledPlugin {
    /// A plugin with files, by their paths.
    static func with(
        _ files: [String: String], name: String = "riverbend/climate", version: String = "1.2.0",
        reads: [DatasetReads] = [DatasetReads(dataset: "survey", columns: ["trust"])], needs: [String] = [],
        obstacle: String? = nil
    ) -> InstalledPlugin {
        InstalledPlugin(
            name: name, version: version, reads: reads, needs: needs,
            sources: files.sorted { $0.key < $1.key }.map { Source(path: $0.key, bytes: Array($0.value.utf8)) },
            obstacle: obstacle)
    }

    /// One with a measure of the mean trust.
    static func climate(
        _ value: String = "return g.trust:mean()", version: String = "1.2.0", obstacle: String? = nil,
        more: String = ""
    ) -> InstalledPlugin {
        with(
            ["Measures/trust.lua": SmallWorkspace.measure("team.trust", value: value, more: more)], version: version,
            obstacle: obstacle)
    }

    /// The hub's modules.
    static func hub(obstacle: String? = nil) -> InstalledPlugin {
        with(
            ["modules/scales.lua": "return { of = function(column) return column * 2 end }"], name: "plumbline/hub",
            version: "1.0.0", reads: [], obstacle: obstacle)
    }
}
