public import Foundation
import LuaSyntax
public import MeasureModel
public import Workspace

/// The Lua modules that measures share: `Plugins/<plugin>/modules/<name>.lua` is what `require "<plugin>.<name>"` finds.
///
/// Texts are read once. Which modules one requires is found out from its tokens alone: nothing of a script runs here.
public final class ModuleLibrary {
    private let folder: URL
    private let shownFolder: String
    private var known: [String: ScriptModule] = [:]

    /// The modules in a folder `Plugins`, which messages call `shownAs`.
    public init(_ folder: URL, shownAs: String) {
        self.folder = folder
        shownFolder = shownAs
    }

    /// The modules of a workspace.
    public convenience init(of workspace: Workspace) {
        self.init(workspace.url.appending(path: "Plugins"), shownAs: "Plugins")
    }

    /// The modules for a file or folder: those of its workspace, or of the nearest folder upwards that has `Plugins`.
    static func serving(_ path: URL, _ workspace: Workspace?) -> ModuleLibrary {
        if let workspace, MeasureFile.isInside(path, workspace) { return ModuleLibrary(of: workspace) }
        var folder = path.standardizedFileURL
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            let plugins = folder.appending(path: "Plugins")
            if FileManager.default.fileExists(atPath: plugins.path) {
                return ModuleLibrary(plugins, shownAs: plugins.path)
            }
        }
        return ModuleLibrary(URL(filePath: "Plugins"), shownAs: "Plugins")
    }

    /// The names of all modules, in order.
    public var names: [String] {
        func entries(_ folder: URL) -> [String] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
            return names.filter { !$0.hasPrefix(".") }
        }
        return entries(folder).flatMap { plugin in
            entries(folder.appending(path: "\(plugin)/modules")).filter { $0.hasSuffix(".lua") }
                .map { "\(plugin).\($0.dropLast(4))" }
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The module that a file is, if it lies where modules do.
    static func moduleName(of path: URL) -> (plugins: URL, name: String)? {
        let modules = path.deletingLastPathComponent()
        let plugin = modules.deletingLastPathComponent()
        let plugins = plugin.deletingLastPathComponent()
        guard path.pathExtension == "lua", modules.lastPathComponent == "modules",
            plugins.lastPathComponent == "Plugins"
        else { return nil }
        return (plugins, "\(plugin.lastPathComponent).\(path.deletingPathExtension().lastPathComponent)")
    }

    /// One module and those that it requires.
    ///
    /// - Throws: `Failure` that names the file which could not be read, or which requires what is not there.
    public func module(_ name: String) throws(Failure) -> (ScriptModule, requires: [ScriptModule]) {
        let module = try read(name, for: Demand(by: nil, line: nil, path: [name]))
        return (module, try modules(of: module.source, file: module.file, path: [name]))
    }

    /// All modules that a script needs, by name.
    ///
    /// - Throws: `Failure` that names the place where something is required that is not there.
    public func modules(of script: Script) throws(Failure) -> [ScriptModule] {
        try modules(of: script.source, file: script.name, path: [script.name])
    }

    private func modules(of source: [UInt8], file: String, path: [String]) throws(Failure) -> [ScriptModule] {
        var found: [String: ScriptModule] = [:]
        try collect(source, file, path, &found)
        return found.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func collect(
        _ source: [UInt8], _ file: String, _ path: [String], _ found: inout [String: ScriptModule]
    ) throws(Failure) {
        for required in RequiredModule.all(in: source) {
            let demand = Demand(by: file, line: required.position.line, path: path + [required.name])
            if let start = path.firstIndex(of: required.name) {
                throw demand.failure(
                    "modules go round in a circle: " + demand.path[start...].joined(separator: " requires "))
            }
            guard found[required.name] == nil else { continue }
            let module = try read(required.name, for: demand)
            found[module.name] = module
            guard found.count <= Script.mostModules else {
                throw demand.failure("more than \(Script.mostModules) modules are required: join some of them")
            }
            try collect(module.source, module.file, demand.path, &found)
        }
    }

    /// Where a module is asked for, and by what way it came to that.
    private struct Demand {
        var by: String?
        var line: Int?
        var path: [String]

        func failure(_ message: String) -> Failure {
            Failure(.refused, Failure.escaped(message), file: by, line: line)
        }

        /// The way there, where it is longer than one step.
        var way: String {
            path.count > 2 ? " (\(path.joined(separator: " requires ")))" : ""
        }
    }

    /// What messages call a module's file.
    func file(of name: String) -> String {
        let words = name.split(separator: ".", maxSplits: 1)
        return "\(shownFolder)/\(words.first ?? "")/modules/\(words.last ?? "").lua"
    }

    private func read(_ name: String, for demand: Demand) throws(Failure) -> ScriptModule {
        if let module = known[name] { return module }
        let words = name.split(separator: ".", omittingEmptySubsequences: false)
        guard words.count == 2, words.allSatisfy(Self.isWord) else {
            throw demand.failure(
                "a module is called `plugin.name`, in lower-case letters, digits and `_`, not `\(name)`\(demand.way)")
        }
        let file = file(of: name)
        let url = folder.appending(path: "\(words[0])/modules/\(words[1]).lua")
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw demand.failure(
                "there is no module `\(name)`: it would be \(file)\(Workspace.suggestion(name, names))\(demand.way)")
        }
        do throws(ScriptText.Unreadable) {
            let source = try ScriptText.of(url, below: folder, kind: "modules")
            let module = ScriptModule(name: name, file: file, source: source)
            known[name] = module
            return module
        } catch {
            throw Failure(.refused, "\(error.reason)\(demand.way)", file: file)
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
