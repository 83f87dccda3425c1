import MeasureModel
import Workspace

/// Plugins of which nothing may run: the letter says why, and their series of the last edition stand as stale.
struct StoppedPlugin {
    /// Its name, or the lock file's where nobody knows which plugins there are.
    let name: String
    private let reason: String
    /// What the ids of its measures begin with; nil for those of all plugins.
    private let prefix: String?
    /// Whether it has measures, as far as anybody knows.
    private let hasMeasures: Bool

    /// Those of a workspace.
    static func all(in plugins: InstalledPlugins, publishing ids: Set<String>) -> [StoppedPlugin] {
        if let problem = plugins.problem {
            return [StoppedPlugin(name: InstalledPlugins.lockFile, reason: problem, prefix: nil, hasMeasures: true)]
        }
        return plugins.all.compactMap { plugin in
            guard let obstacle = plugin.obstacle else { return nil }
            let prefix = "\(plugin.name)/"
            // Of one whose files are gone nobody knows what it had.
            let hasMeasures =
                plugin.sources.isEmpty || !plugin.measureSources.isEmpty || ids.contains { $0.hasPrefix(prefix) }
            return StoppedPlugin(name: plugin.name, reason: obstacle, prefix: prefix, hasMeasures: hasMeasures)
        }
    }

    /// Whether an id is that of one of its measures.
    func owns(_ id: String) -> Bool { prefix.map(id.hasPrefix) ?? id.isOfPlugin }

    /// What failed; nil where it has no measures of its own.
    var failure: Failure? { hasMeasures ? Failure(.refused, reason) : nil }

    /// What is said of one that has modules alone: those who require them fail by themselves.
    var notice: String? { hasMeasures ? nil : "\(name) does not run: \(reason)." }
}

extension String {
    /// Whether a full id is that of a plugin's measure: `hub/plugin/measure`.
    var isOfPlugin: Bool { utf8.count { $0 == UInt8(ascii: "/") } == 2 }
}
