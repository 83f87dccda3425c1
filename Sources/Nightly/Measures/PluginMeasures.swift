import Foundation
import MeasureModel
public import Workspace

// Measures of plugins: the bytes that the lock file vouches for, never what lies in the folder.

extension MeasureFile {
    /// All measures of a plugin, in order of their paths, whether it may run or not. `config` says which dimensions belong
    /// to which.
    public static func all(
        of plugin: InstalledPlugin, _ library: ModuleLibrary, _ config: WorkspaceConfig
    ) -> [MeasureFile] {
        plugin.measureSources.map { MeasureFile($0, of: plugin, library, config) }
    }

    private init(
        _ source: InstalledPlugin.Source, of plugin: InstalledPlugin, _ library: ModuleLibrary,
        _ config: WorkspaceConfig
    ) {
        let name = plugin.shownPath(source.path)
        self.init(script: Script(name: name, source: [], plugin: MeasurePlugin(plugin, config)), network: nil)
        if let reason = plugin.refusal {
            obstacle = Failure(.refused, reason, file: name)
            return
        }
        do throws(ScriptText.Unreadable) {
            script.source = try ScriptText.of(source.bytes, kind: "measures")
            takeModules(library)
        } catch {
            obstacle = Failure(.refused, error.reason, file: name)
        }
    }

    /// The measure that a path below `Plugins` of a workspace stands for; nil for other paths.
    static func locked(_ path: URL, _ workspace: Workspace, _ library: ModuleLibrary) -> MeasureFile? {
        let shown = shownPath(path, workspace)
        let parts = shown.split(separator: "/", maxSplits: 2).map(String.init)
        guard parts.count == 3, parts[0] == ModuleLibrary.folderName, isInside(path, workspace) else { return nil }
        guard let plugin = workspace.plugins[word: parts[1]] else {
            let reason = workspace.plugins.problem ?? InstalledPlugins.unlockedText(parts[1])
            return MeasureFile(
                script: Script(name: shown, source: []), network: nil,
                obstacle: Failure(.refused, reason, file: shown))
        }
        if let source = plugin.measureSources.first(where: { $0.path == parts[2] }) {
            return MeasureFile(source, of: plugin, library, workspace.config)
        }
        let reason = plugin.refusal ?? "\(plugin.name) \(plugin.version) has no such measure"
        return MeasureFile(
            script: Script(name: shown, source: []), network: nil, obstacle: Failure(.refused, reason, file: shown))
    }
}

extension MeasurePlugin {
    /// A plugin as its measures' scripts carry it. With a dimension it may read those to which that belongs, and the
    /// network, which keys carry anyway.
    init(_ plugin: InstalledPlugin, _ config: WorkspaceConfig) {
        self.init(
            name: plugin.name, version: plugin.version,
            reads: plugin.reads.map { reads in
                DatasetReads(
                    dataset: reads.dataset,
                    columns: reads.columns.map { config.withAncestors($0 + ["network"]) }, rows: reads.rows)
            })
    }
}

extension InstalledPlugin {
    /// Its measures, in order of their paths.
    var measureSources: [Source] {
        sources.filter { $0.path.hasPrefix("Measures/") && $0.path.hasSuffix(".lua") }.sortedByPath
    }

    /// Its modules with their names, such as `climate.scales`, in order.
    var modules: [(name: String, source: Source)] {
        sources.filter { $0.path.hasPrefix("modules/") && $0.path.hasSuffix(".lua") }.sortedByPath.map { source in
            ("\(word).\(source.path.dropFirst("modules/".count).dropLast(".lua".count))", source)
        }
    }

    /// What messages call one of its files.
    func shownPath(_ path: String) -> String { "\(ModuleLibrary.folderName)/\(word)/\(path)" }
}

extension [InstalledPlugin.Source] {
    fileprivate var sortedByPath: Self { sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) } }
}
