public import Foundation
public import MeasureModel
public import Workspace

/// A measure's file, and whose it is.
public struct MeasureFile: Equatable, Sendable {
    /// Its text, under the path its author knows.
    public var script: Script
    /// The network that wrote it; nil for the hub's own.
    public var network: String?
    /// Why its text, or that of a module which it requires, is not there.
    public var obstacle: Failure?

    /// A file.
    public init(script: Script, network: String?, obstacle: Failure? = nil) {
        self.script = script
        self.network = network
        self.obstacle = obstacle
    }

    /// The plugin that it comes from; nil where the workspace wrote it.
    public var plugin: MeasurePlugin? { script.plugin }

    /// The id in feeds: a network's own measures carry its name, those of a plugin the plugin's.
    public func fullID(_ id: String) -> String {
        (plugin?.name ?? network).map { "\($0)/\(id)" } ?? id
    }
}

extension MeasureFile {
    /// All measures of a workspace: the hub's, those of plugins that may run, then each network's, in order of their paths.
    public static func all(in workspace: Workspace) -> [MeasureFile] {
        let library = ModuleLibrary(of: workspace)
        var files = find(in: workspace.url.appending(path: "Measures"), workspace, library, network: nil)
        for plugin in workspace.plugins.all.sorted(by: { $0.name < $1.name }) where plugin.obstacle == nil {
            files += all(of: plugin, library, workspace.config)
        }
        for network in workspace.config.networks {
            let folder = workspace.url.appending(path: "networks/\(network.id)/Measures")
            files += find(in: folder, workspace, library, network: network.id)
        }
        return files
    }

    /// The measures at a path of the command line: a file, or a folder with all in it. Modules are no measures.
    public static func at(_ path: URL, _ workspace: Workspace?) throws(WorkspaceError) -> [MeasureFile] {
        guard let values = try? path.resourceValues(forKeys: [.isDirectoryKey]) else {
            throw WorkspaceError(.badInput, "There is no \(path.path).", file: path.path)
        }
        let library = ModuleLibrary.serving(path, workspace)
        if values.isDirectory == true {
            return find(in: path, workspace, library, network: workspace.flatMap { owner(of: path, $0) })
        }
        guard ModuleLibrary.moduleName(of: path.standardizedFileURL) == nil else { return [] }
        return [workspace.flatMap { locked(path, $0, library) } ?? read(path, workspace, library)]
    }

    /// A measure that is in no file, with the modules that it requires.
    public static func unsaved(_ script: Script, _ workspace: Workspace?) -> MeasureFile {
        var file = MeasureFile(script: script, network: nil)
        let here = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        file.takeModules(workspace.map(ModuleLibrary.init(of:)) ?? ModuleLibrary.serving(here, nil))
        return file
    }

    private static func find(
        in folder: URL, _ workspace: Workspace?, _ library: ModuleLibrary, network: String?
    ) -> [MeasureFile] {
        LuaFiles.all(in: folder).filter { ModuleLibrary.moduleName(of: $0) == nil }.map { path in
            if let workspace, let file = locked(path, workspace, library) { return file }
            var file = read(path, workspace, library, below: folder)
            file.network = network
            return file
        }
    }

    /// A file with its text, or with the reason why that is not there.
    private static func read(
        _ path: URL, _ workspace: Workspace?, _ library: ModuleLibrary, below folder: URL? = nil
    ) -> MeasureFile {
        let name = shownPath(path, workspace)
        var file = MeasureFile(
            script: Script(name: name, source: []), network: workspace.flatMap { owner(of: path, $0) })
        do throws(ScriptText.Unreadable) {
            file.script.source =
                if let folder {
                    try ScriptText.of(path, below: folder, kind: "measures")
                } else {
                    try ScriptText.of(path.resolvingSymlinksInPath(), kind: "measures")
                }
            file.takeModules(library)
        } catch {
            file.obstacle = Failure(.refused, error.reason, file: name)
        }
        return file
    }

    mutating func takeModules(_ library: ModuleLibrary) {
        do throws(Failure) {
            script.modules = try library.modules(of: script)
        } catch {
            obstacle = error
        }
    }

    static func isInside(_ path: URL, _ workspace: Workspace) -> Bool {
        path.standardizedFileURL.path.hasPrefix(workspace.url.standardizedFileURL.path + "/")
    }

    /// The path from the workspace's folder on; as it was given for files outside.
    static func shownPath(_ path: URL, _ workspace: Workspace?) -> String {
        guard let workspace else { return path.relativePath }
        let root = workspace.url.standardizedFileURL.path + "/"
        let full = path.standardizedFileURL.path
        return full.hasPrefix(root) ? String(full.dropFirst(root.count)) : path.relativePath
    }

    /// The network under whose folder a path lies.
    private static func owner(of path: URL, _ workspace: Workspace) -> String? {
        let parts = shownPath(path, workspace).split(separator: "/")
        guard parts.count >= 2, parts[0] == "networks" else { return nil }
        return workspace.config.network(String(parts[1]))?.id
    }
}

/// The Lua files of folders.
enum LuaFiles {
    /// All in a folder and below it, by the bytes of their paths. The folder may be a link to one that several workspaces
    /// share; its files keep the names they have here.
    static func all(in folder: URL) -> [URL] {
        let real = folder.resolvingSymlinksInPath()
        let walk = FileManager.default.enumerator(
            at: real, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        var paths: [URL] = []
        while let next = walk?.nextObject() as? URL {
            guard next.pathExtension == "lua" else { continue }
            paths.append(folder.appending(path: String(next.path.dropFirst(real.path.count + 1))))
        }
        return paths.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
