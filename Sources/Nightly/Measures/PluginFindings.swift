public import MeasureModel
public import Workspace

/// What a check of a whole workspace says of its plugins, beside what it says of their measures.
public enum PluginFindings {
    /// Plugins that do not run, folders that are not locked, and settings of measures that no plugin has.
    public static func all(in workspace: Workspace, _ measures: [LoadedMeasure]) -> [Finding] {
        stopped(workspace.plugins) + unlocked(workspace.plugins) + strangers(workspace, measures)
    }

    private static func stopped(_ plugins: InstalledPlugins) -> [Finding] {
        plugins.refusals.map {
            Finding(isError: true, rule: rule, message: $0, line: 1, column: 1, file: InstalledPlugins.lockFile)
        }
    }

    private static func unlocked(_ plugins: InstalledPlugins) -> [Finding] {
        plugins.unlocked.map {
            Finding(
                isError: false, rule: rule, message: InstalledPlugins.unlockedText($0), line: 1, column: 1,
                file: InstalledPlugins.lockFile)
        }
    }

    private static func strangers(_ workspace: Workspace, _ measures: [LoadedMeasure]) -> [Finding] {
        guard workspace.plugins.problem == nil else { return [] }
        let known = measures.compactMap { measure in measure.definition.map { measure.file.fullID($0.id) } }
            .filter(\.isOfPlugin)
        // Of those that do not run nobody looks into the measures.
        let unseen =
            workspace.plugins.all.filter { $0.obstacle != nil }.map(\.name)
            + measures.filter { $0.definition == nil }.compactMap(\.file.plugin?.name)
        let ids = workspace.config.measures.keys.filter { id in
            id.isOfPlugin && !known.contains(id) && !unseen.contains { id.hasPrefix("\($0)/") }
        }
        return ids.sorted().map { id in
            Finding(
                isError: false, rule: rule,
                message: "`measures` sets something for `\(id)`, which no plugin has\(Workspace.suggestion(id, known))",
                line: 1, column: 1, file: "plumbline.yaml")
        }
    }

    private static let rule = "plugins"
}
