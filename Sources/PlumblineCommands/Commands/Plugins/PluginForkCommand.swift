import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import PluginPackaging
import PluginRegistry
import Workspace

struct PluginForkCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "fork", abstract: "Copy a plugin's measure into the workspace, to adapt it.",
        discussion: """
            The copy begins with the line that says where it comes from; `plumb plugin list` shows how it and its origin drift \
            apart. It keeps its id without the plugin's name, and may go on requiring the plugin's modules.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(
        help: ArgumentHelp(
            "The measure by its id in feeds (`riverbend/climate/team.safety`), or a file of the plugin "
                + "(`riverbend/climate/Measures/safety.lua`).", valueName: "MEASURE"))
    var measure: String
    @Option(help: ArgumentHelp("The new file (default: Measures/ and the file's name).", valueName: "FILE"))
    var to: String?

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let (plugin, source) = try find(in: workspace)
        let name = to ?? "Measures/" + (source.path.split(separator: "/").last.map(String.init) ?? "fork.lua")
        let target =
            to.map { URL(filePath: $0) } ?? workspace.url.appending(path: name)
        guard !FileManager.default.fileExists(atPath: target.path) else {
            throw UsageError("\(name) is there already: name another file with --to.")
        }
        let lineage = ForkLineage(plugin, source)
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw WorkspaceError(
                .notWritable, "\(name) cannot be written: \(FileTrouble.reason(error)).", file: target.path)
        }
        try ArchiveFile.write(lineage.text(of: source.bytes), to: target)
        let id = source.path == measure.dropFirst(plugin.name.count + 1) ? "\(plugin.name)/ID" : measure
        console.show(
            "\(name) is a copy of \(plugin.name) \(plugin.version), \(source.path). To run it instead of the plugin's, write "
                + "`measures: { \(id): { enabled: false } }` into plumbline.yaml.")
        console.emit(
            .object([
                ("file", .string(name)), ("plugin", .string(plugin.name)), ("version", .string(plugin.version)),
                ("path", .string(source.path)),
            ]))
        return .done
    }

    /// The file of a measure; the ids are in the files, so that workers read them.
    private func find(in workspace: Workspace) throws -> (InstalledPlugin, InstalledPlugin.Source) {
        if let problem = workspace.plugins.problem { throw PluginError(.badLock, problem) }
        guard let plugin = workspace.plugins.all.first(where: { measure.hasPrefix("\($0.name)/") }) else {
            let known = workspace.plugins.all.map(\.name)
            throw PluginError(
                .unknownPlugin,
                "`\(measure)` is of no plugin that is locked here"
                    + (known.isEmpty ? "." : " (\(known.joined(separator: ", "))).")
            )
        }
        if let refusal = plugin.refusal { throw PluginError(.changed, "\(refusal).") }
        let rest = measure.dropFirst(plugin.name.count + 1)
        if let source = plugin.sources.first(where: { $0.path == rest && $0.path.hasPrefix("Measures/") }) {
            return (plugin, source)
        }
        let loader = MeasureLoader(
            pool: try Installation.pool(sandbox: Installation.sandbox(of: workspace)),
            descriptions: workspace.descriptions, config: workspace.config, memory: nil)
        let files = MeasureFile.all(in: workspace).filter { $0.plugin?.name == plugin.name }
        let loaded = try loader.load(files, runTests: false)
        guard let found = loaded.first(where: { $0.id == measure }),
            let source = plugin.sources.first(where: {
                found.file.script.name == "\(PluginShelf.shownFolder(plugin.word))/\($0.path)"
            })
        else {
            throw PluginError(
                .unknownPlugin,
                "\(plugin.name) has no measure `\(rest)`\(Workspace.endProposing(measure, loaded.compactMap(\.id)))")
        }
        return (plugin, source)
    }
}
