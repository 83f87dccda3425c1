import Foundation
import MeasureModel
import Workspace

/// Where modules lie: among the plugins that a lock file names, or in a folder of somebody who writes them.
enum ModuleShelf {
    /// A folder `Plugins` that no lock file vouches for, and what messages call it.
    case folder(URL, shownAs: String)
    /// The plugins of a workspace, and its folder `Plugins`: that is looked at only to say why one is not among them.
    case plugins(InstalledPlugins, folder: URL?)

    /// Why a module is not to be had, as a sentence without a full stop.
    enum Refusal: Error {
        /// The file that would have it is not right.
        case unreadable(file: String, reason: String)
        /// There is none for the one who requires it.
        case missing(String)
    }

    /// The names of all modules, in order.
    var names: [String] {
        switch self {
        case .folder(let folder, _):
            Self.entries(folder).flatMap { plugin in
                Self.entries(folder.appending(path: "\(plugin)/modules")).filter { $0.hasSuffix(".lua") }
                    .map { "\(plugin).\($0.dropLast(4))" }
            }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        case .plugins(let plugins, _):
            plugins.all.flatMap { $0.modules.map(\.name) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
    }

    private static func entries(_ folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { !$0.hasPrefix(".") }
    }

    /// What messages call a module's file.
    func file(of name: String) -> String {
        let words = name.split(separator: ".", maxSplits: 1)
        let shown = if case .folder(_, let shown) = self { shown } else { ModuleLibrary.folderName }
        return "\(shown)/\(words.first ?? "")/modules/\(words.last ?? "").lua"
    }

    /// The locked plugin whose modules begin with this word.
    func plugin(word: some StringProtocol) -> InstalledPlugin? {
        guard case .plugins(let plugins, _) = self else { return nil }
        return plugins[word: String(word)]
    }

    /// The locked plugin of a full name.
    func plugin(name: String) -> InstalledPlugin? {
        guard case .plugins(let plugins, _) = self else { return nil }
        return plugins[name: name]
    }

    /// A module by its name of two words.
    func module(_ name: String, word: String, requiredBy requirer: InstalledPlugin?) throws(Refusal) -> ScriptModule {
        switch self {
        case .folder(let folder, _): return try read(name, in: folder)
        case .plugins(let plugins, let folder):
            guard let plugin = plugins[word: word] else {
                throw .missing(whyMissing(name, word, plugins, folder))
            }
            if let requirer, requirer.name != plugin.name, !requirer.needs.contains(plugin.name) {
                throw .missing(
                    "\(requirer.name) does not need \(plugin.name), so it cannot require `\(name)`: list \(plugin.name) "
                        + "under `needs` in its plugin.yaml")
            }
            if let obstacle = plugin.obstacle {
                throw .missing("\(plugin.name) does not run, so `\(name)` cannot be required: \(obstacle)")
            }
            return try locked(name, of: plugin)
        }
    }

    private func whyMissing(_ name: String, _ word: String, _ plugins: InstalledPlugins, _ folder: URL?) -> String {
        if let problem = plugins.problem { return "no plugin runs, so `\(name)` cannot be required: \(problem)" }
        let isThere =
            folder.map {
                FileManager.default.fileExists(
                    atPath: $0.appending(path: "\(word)/modules", directoryHint: .isDirectory).path)
            } ?? false
        return isThere ? InstalledPlugins.unlockedText(word) : absence(of: name)
    }

    private func absence(of name: String) -> String {
        "there is no module `\(name)`: it would be \(file(of: name))\(Workspace.suggestion(name, names))"
    }

    private func locked(_ name: String, of plugin: InstalledPlugin) throws(Refusal) -> ScriptModule {
        guard let source = plugin.modules.first(where: { $0.name == name })?.source else {
            throw .missing(absence(of: name))
        }
        let file = plugin.shownPath(source.path)
        do throws(ScriptText.Unreadable) {
            return ScriptModule(
                name: name, file: file, source: try ScriptText.of(source.bytes, kind: "modules"),
                plugin: MeasurePlugin.label(plugin.name, plugin.version))
        } catch {
            throw .unreadable(file: file, reason: error.reason)
        }
    }

    private func read(_ name: String, in folder: URL) throws(Refusal) -> ScriptModule {
        let path = name.replacing(".", with: "/modules/", maxReplacements: 1) + ".lua"
        let url = folder.appending(path: path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw .missing(absence(of: name)) }
        let file = file(of: name)
        do throws(ScriptText.Unreadable) {
            return ScriptModule(
                name: name, file: file, source: try ScriptText.of(url, below: folder, kind: "modules"))
        } catch {
            throw .unreadable(file: file, reason: error.reason)
        }
    }
}
