public import Foundation
import LuaSyntax
public import MeasureModel
public import Workspace

/// The Lua modules that measures share: `require "<plugin>.<name>"` finds `modules/<name>.lua` of a plugin that the
/// workspace has locked, and nothing else.
///
/// Texts are read once. Which modules one requires is found out from its tokens alone: nothing of a script runs here.
public final class ModuleLibrary {
    private let shelf: ModuleShelf
    private var known: [String: ScriptModule] = [:]

    /// The folder of a workspace in which its plugins lie.
    static let folderName = PluginShelf.folderName

    /// The modules of plugins. `folder` is where they lie, to say of one that is there and not among them how it comes to
    /// be.
    public init(_ plugins: InstalledPlugins, in folder: URL? = nil) {
        shelf = .plugins(plugins, folder: folder)
    }

    /// The modules in a folder `Plugins` of somebody who writes them, which messages call `shownAs`.
    public init(_ folder: URL, shownAs: String) {
        shelf = .folder(folder, shownAs: shownAs)
    }

    /// The modules of a workspace.
    public convenience init(of workspace: Workspace) {
        self.init(workspace.plugins, in: Self.folder(of: workspace))
    }

    /// Where the plugins of a workspace lie.
    static func folder(of workspace: Workspace) -> URL {
        workspace.url.appending(path: folderName).standardizedFileURL
    }

    /// The modules for a file or folder: those of its workspace, or of the nearest folder upwards that has `Plugins`.
    static func serving(_ path: URL, _ workspace: Workspace?) -> ModuleLibrary {
        if let workspace, MeasureFile.isInside(path, workspace) { return ModuleLibrary(of: workspace) }
        var folder = path.standardizedFileURL
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            let plugins = folder.appending(path: Self.folderName)
            if FileManager.default.fileExists(atPath: plugins.path) {
                return ModuleLibrary(plugins, shownAs: plugins.path)
            }
        }
        return ModuleLibrary(URL(filePath: Self.folderName), shownAs: Self.folderName)
    }

    /// The names of all modules, in order.
    public var names: [String] { shelf.names }

    /// The module that a file is, if it lies where modules do.
    static func moduleName(of path: URL) -> (plugins: URL, name: String)? {
        let modules = path.deletingLastPathComponent()
        let plugin = modules.deletingLastPathComponent()
        let plugins = plugin.deletingLastPathComponent()
        guard path.pathExtension == "lua", modules.lastPathComponent == "modules",
            plugins.lastPathComponent == folderName
        else { return nil }
        return (plugins, "\(plugin.lastPathComponent).\(path.deletingPathExtension().lastPathComponent)")
    }

    /// One module and those that it requires.
    ///
    /// - Throws: `Failure` that names the file which could not be read, or which requires what is not there.
    public func module(_ name: String) throws(Failure) -> (ScriptModule, requires: [ScriptModule]) {
        let module = try read(name, for: Demand(by: nil, line: nil, path: [name]))
        return (module, try modules(of: module.source, file: module.file, path: [name], plugin(of: name)))
    }

    /// All modules that a script needs, by name.
    ///
    /// - Throws: `Failure` that names the place where something is required that is not there.
    public func modules(of script: Script) throws(Failure) -> [ScriptModule] {
        let plugin = script.plugin.flatMap { shelf.plugin(name: $0.name) }
        return try modules(of: script.source, file: script.name, path: [script.name], plugin)
    }

    /// The locked plugin to which a module belongs.
    private func plugin(of name: String) -> InstalledPlugin? {
        shelf.plugin(word: name.prefix { $0 != "." })
    }

    /// Those that a text requires, as one of a plugin may where it is one.
    private func modules(
        of source: [UInt8], file: String, path: [String], _ plugin: InstalledPlugin?
    ) throws(Failure) -> [ScriptModule] {
        var found: [String: ScriptModule] = [:]
        try collect(source, file, path, plugin, &found)
        return found.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func collect(
        _ source: [UInt8], _ file: String, _ path: [String], _ plugin: InstalledPlugin?,
        _ found: inout [String: ScriptModule]
    ) throws(Failure) {
        for required in RequiredModule.all(in: source) {
            let demand = Demand(
                by: file, line: required.position.line, path: path + [required.name], plugin: plugin)
            if let start = path.firstIndex(of: required.name) {
                throw demand.failure(
                    "modules go round in a circle: " + demand.path[start...].joined(separator: " requires "))
            }
            // Read even where it was found before: not everyone may require it.
            let module = try read(required.name, for: demand)
            guard found[required.name] == nil else { continue }
            found[module.name] = module
            guard found.count <= Script.mostModules else {
                throw demand.failure("more than \(Script.mostModules) modules are required: join some of them")
            }
            try collect(module.source, module.file, demand.path, self.plugin(of: module.name), &found)
        }
    }

    /// Where a module is asked for, and by what way it came to that.
    private struct Demand {
        var by: String?
        var line: Int?
        var path: [String]
        /// The plugin that asks; nil for the workspace's own.
        var plugin: InstalledPlugin?

        func failure(_ message: String) -> Failure {
            Failure(.refused, Failure.escaped(message), file: by, line: line)
        }

        /// The way there, where it is longer than one step.
        var way: String {
            path.count > 2 ? " (\(path.joined(separator: " requires ")))" : ""
        }
    }

    /// What messages call a module's file.
    func file(of name: String) -> String { shelf.file(of: name) }

    private func read(_ name: String, for demand: Demand) throws(Failure) -> ScriptModule {
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        guard words.count == 2, words.allSatisfy(Self.isWord) else {
            throw demand.failure(
                "a module is called `plugin.name`, in lower-case letters, digits and `_`, not `\(name)`\(demand.way)")
        }
        // What a plugin may require differs from one to the next; what the workspace's own may does not.
        if demand.plugin == nil, let module = known[name] { return module }
        do throws(ModuleShelf.Refusal) {
            let module = try shelf.module(name, word: String(words[0]), requiredBy: demand.plugin)
            known[name] = module
            return module
        } catch {
            switch error {
            case .missing(let reason): throw demand.failure(reason + demand.way)
            case .unreadable(let file, let reason): throw Failure(.refused, reason + demand.way, file: file)
            }
        }
    }

    private static func isWord(_ word: Substring) -> Bool {
        guard let first = word.utf8.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") else { return false }
        return word.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "_")
        }
    }
}
