import ArgumentParser
import Foundation
import MeasureModel
import Nightly
import PluginPackaging
import Workers
import Workspace

struct PluginCheckCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a plugin's folder: manifest, files, modules, measures and their tests.",
        discussion: """
            Modules of plugins that it needs are those of the workspace, of folders beside it, or those that come with plumb.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The plugin's folder.", valueName: "DIR")) var folder = "."

    func execute(_ console: Console) throws -> ExitStatus {
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        let package = try PluginPackage(folder: url)
        let workspace = try common.openWorkspaceIfAny()
        let trial = PluginTrial(package, beside: url, workspace)
        let pool = try Installation.pool(sandbox: Installation.sandbox(of: workspace))
        let (modules, measures) = try trial.run(pool)
        if let notice = pool.missingProtections.notice { console.say(notice) }
        var tally = CheckTally(console) { trial.shown($0, in: folder) }
        for warning in trial.warnings { tally.warn(warning) }
        for module in modules { tally.show(module.failure, module.findings, file: module.module.file) }
        for measure in measures {
            tally.show(measure.failure, measure.findings, file: measure.file.script.name)
            for test in measure.tests ?? [] { tally.show(test, file: measure.file.script.name) }
        }
        let tests = measures.compactMap(\.tests).joined().count
        console.say(
            "\(package.manifest.name) \(package.manifest.version): \(measures.count) measures, \(modules.count) modules, "
                + "\(tests) tests checked: \(tally.errors) errors, \(tally.warnings) warnings")
        console.say("Its measures may read \(PluginText.reads(package.manifest.reads)).")
        console.emit(
            .object([
                ("name", .string(package.manifest.name.description)),
                ("version", .string(package.manifest.version.description)),
                ("digest", .string(package.archiveDigest)), ("reads", PluginText.json(package.manifest.reads)),
                ("measures", .integer(measures.count)), ("modules", .integer(modules.count)),
                ("tests", .integer(tests)), ("errors", .integer(tally.errors)),
                ("warnings", .integer(tally.warnings)),
            ]))
        return tally.errors == 0 ? .done : .findings
    }
}

/// A plugin that is tried where it lies, locked or not, with all that it may read and nothing else.
private struct PluginTrial {
    private let package: PluginPackage
    private let plugin: InstalledPlugin
    private let others: [InstalledPlugin]
    private let workspace: Workspace?

    init(_ package: PluginPackage, beside folder: URL, _ workspace: Workspace?) {
        self.package = package
        self.workspace = workspace
        plugin = InstalledPlugin(package)
        var others = (workspace?.plugins.all ?? []).filter { $0.obstacle == nil }
        for need in package.manifest.needs where !others.contains(where: { $0.name == need.name.description }) {
            let sibling = folder.standardizedFileURL.deletingLastPathComponent()
                .appending(path: need.name.word, directoryHint: .isDirectory)
            let near = [try? PluginPackage(folder: sibling)] + ((try? ShippedPlugins.all()) ?? [])
            if let found = near.compactMap(\.self).first(where: { $0.manifest.name == need.name }) {
                others.append(InstalledPlugin(found))
            }
        }
        self.others = others.filter { $0.word != package.manifest.name.word }
    }

    func run(_ pool: WorkerPool) throws -> (modules: [CheckedModule], measures: [LoadedMeasure]) {
        let library = ModuleLibrary(InstalledPlugins([plugin] + others))
        let config = workspace?.config ?? WorkspaceConfig()
        let loader = MeasureLoader(
            pool: pool, descriptions: workspace?.descriptions ?? [], config: config, memory: nil)
        let modules = try loader.check(CheckedModule.all(of: plugin, in: library))
        var measures = try loader.load(MeasureFile.all(of: plugin, library, config), runTests: true)
        if let workspace {
            let lock = try DataLock(workspace, .using)
            defer { lock.holdUntilHere() }
            let scopes = try workspace.dataScopes(try workspace.openStoreForReading())
            MeasureCheck(workspace) { scopes[$0] }.check(&measures)
        } else {
            for index in measures.indices { measures[index].checkDeclarations() }
        }
        return (modules, measures)
    }

    /// A message with the plugin's files as they are called where it lies, not where it will be locked.
    func shown(_ message: String, in folder: String) -> String {
        let place = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
        return message.replacing("\(PluginShelf.shownFolder(plugin.word))/", with: place)
    }

    /// What readers of the plugin will miss.
    var warnings: [String] {
        let manifest = package.manifest
        var warnings: [String] = []
        if !manifest.changelog.contains(where: { $0.version == manifest.version }) {
            warnings.append("\(PluginManifest.fileName): `changelog` has no entry for \(manifest.version)")
        }
        for need in manifest.needs {
            let found = others.first { $0.name == need.name.description }
            let fits = found.flatMap { try? SemanticVersion($0.version) }.map(need.range.contains)
            if let found, fits == false {
                warnings.append(
                    "\(PluginManifest.fileName): it needs \(need.name) \(need.range), and was tried with \(found.version)"
                )
            }
        }
        return warnings
    }
}

extension InstalledPlugin {
    /// A package as if it were locked and approved.
    init(_ package: PluginPackage) {
        self.init(
            name: package.manifest.name.description, version: package.manifest.version.description,
            reads: package.manifest.reads,
            needs: package.manifest.needs.map(\.name.description),
            sources: package.files.filter { $0.path.hasSuffix(".lua") }.map { Source(path: $0.path, bytes: $0.bytes) })
    }
}
