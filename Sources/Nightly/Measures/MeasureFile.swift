public import Foundation
public import MeasureModel
public import Workspace

/// A measure's file, and whose it is.
public struct MeasureFile: Equatable, Sendable {
    /// Its text, under the path its author knows.
    public var script: Script
    /// The network that wrote it; nil for the hub's own.
    public var network: String?

    /// A file.
    public init(script: Script, network: String?) {
        self.script = script
        self.network = network
    }

    /// The id in feeds: a network's own measures carry its name.
    public func fullID(_ id: String) -> String {
        network.map { "\($0)/\(id)" } ?? id
    }
}

extension MeasureFile {
    /// All measures of a workspace: the hub's, then each network's, in order of their paths.
    public static func all(in workspace: Workspace) throws(WorkspaceError) -> [MeasureFile] {
        var files = try find(in: workspace.url.appending(path: "Measures"), workspace, network: nil)
        for network in workspace.config.networks {
            let folder = workspace.url.appending(path: "networks/\(network.id)/Measures")
            files += try find(in: folder, workspace, network: network.id)
        }
        return files
    }

    /// The measures at a path of the command line: a file, or a folder with all in it.
    public static func at(_ path: URL, _ workspace: Workspace?) throws(WorkspaceError) -> [MeasureFile] {
        guard let values = try? path.resourceValues(forKeys: [.isDirectoryKey]) else {
            throw WorkspaceError(.badInput, "There is no \(path.path).", file: path.path)
        }
        if values.isDirectory == true {
            return try find(in: path, workspace, network: workspace.flatMap { owner(of: path, $0) })
        }
        return [try read(path, workspace)]
    }

    private static func find(
        in folder: URL, _ workspace: Workspace?, network: String?
    ) throws(WorkspaceError) -> [MeasureFile] {
        // A folder may be a link to one that several workspaces share; its files keep the names they have here.
        let real = folder.resolvingSymlinksInPath()
        let walk = FileManager.default.enumerator(
            at: real, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        var paths: [URL] = []
        while let next = walk?.nextObject() as? URL {
            guard next.pathExtension == "lua" else { continue }
            paths.append(folder.appending(path: String(next.path.dropFirst(real.path.count + 1))))
        }
        var files: [MeasureFile] = []
        for path in paths.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
            var file = try read(path, workspace)
            file.network = network
            files.append(file)
        }
        return files
    }

    private static func read(_ path: URL, _ workspace: Workspace?) throws(WorkspaceError) -> MeasureFile {
        guard var data = try? Data(contentsOf: path) else {
            throw WorkspaceError(.badInput, "\(path.path) cannot be read.", file: path.path)
        }
        // Some editors begin a file with a byte order mark, which is no part of the script.
        if data.starts(with: [0xef, 0xbb, 0xbf]) { data = data.dropFirst(3) }
        return MeasureFile(
            script: Script(name: shownPath(path, workspace), source: [UInt8](data)),
            network: workspace.flatMap { owner(of: path, $0) })
    }

    /// The path from the workspace's folder on; as it was given for files outside.
    private static func shownPath(_ path: URL, _ workspace: Workspace?) -> String {
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
