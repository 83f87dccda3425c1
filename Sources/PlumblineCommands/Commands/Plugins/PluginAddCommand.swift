import ArgumentParser
import Foundation
import MeasureModel
import PluginPackaging
import PluginRegistry
import Workspace

struct PluginAddCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add a plugin to the workspace.",
        discussion: """
            Chooses the newest version in the range that fits all others, checks its signature, puts its sources into \
            Plugins/ and locks them in plumb.lock, byte for byte. It runs when it is approved. The path of a folder under \
            Plugins/ locks the hub's own sources instead.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var registry: RegistryOptions
    @Argument(
        help: ArgumentHelp(
            "The plugin, with a range of versions if any will not do (`riverbend/climate@^1.2`), or a folder of the "
                + "workspace.", valueName: "PLUGIN"))
    var plugin: String

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let lock = try PluginsLock(workspace)
        defer { lock.holdUntilHere() }
        let plan = try plan(registry.setting(workspace))
        try plan.carryOut()
        let report = PluginChangeReport(console, plan.changes)
        if plan.changes.isEmpty {
            console.say(
                "\(plugin) is there already; "
                    + (plan.isIdle ? "nothing was changed." : "plumb.lock notes what is asked for."))
        }
        report.show()
        console.emit(.object([("changes", report.json)]))
        return .done
    }

    private func plan(_ setting: PluginPlan.Setting) throws -> PluginPlan {
        let path = URL(filePath: plugin, directoryHint: .isDirectory)
        if isFolderOfPlugin(path, setting.workspace) { return try own(path, setting) }
        let (name, range) = try PluginNotation.parts(plugin)
        return try PluginPlan(adding: name, in: try range.map(PluginNotation.range) ?? .any, setting)
    }

    /// A folder with a manifest, or one that lies where plugins do and should have one.
    private func isFolderOfPlugin(_ path: URL, _ workspace: Workspace) -> Bool {
        let files = FileManager.default
        if files.fileExists(atPath: path.appending(path: PluginManifest.fileName).path) { return true }
        let place = PluginShelf(workspace).folder(path.lastPathComponent)
        return files.fileExists(atPath: path.path)
            && path.resolvingSymlinksInPath().path == place.resolvingSymlinksInPath().path
    }

    private func own(_ path: URL, _ setting: PluginPlan.Setting) throws -> PluginPlan {
        let package = try PluginPackage(folder: path)
        let word = package.manifest.name.word
        let place = PluginShelf(setting.workspace).folder(word)
        guard path.resolvingSymlinksInPath().path == place.resolvingSymlinksInPath().path else {
            throw UsageError(
                "A plugin of one's own lies in the workspace's \(PluginShelf.shownFolder(word)): move \(plugin) there, or "
                    + "pack, sign and publish it, and add it from a registry.")
        }
        return try PluginPlan(addingOwn: package, setting)
    }
}
