public import Foundation
public import MeasureModel
public import Workspace

/// A measure's file, and whose it is.
public struct MeasureFile: Equatable, Sendable {
    /// Its text, under the path its author knows.
    public var script: Script
    /// The network that wrote it; nil for the hub's own.
    public var network: String?
    /// Why its text is not there, as a sentence without a full stop.
    public var obstacle: String?

    /// A file.
    public init(script: Script, network: String?, obstacle: String? = nil) {
        self.script = script
        self.network = network
        self.obstacle = obstacle
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
        return [read(path, workspace)]
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
            let target = path.resolvingSymlinksInPath()
            // What leads elsewhere would show words of other files in messages.
            let isInside = target.path.hasPrefix(real.path + "/")
            var file = read(path, workspace, isInside ? nil : "the file is a link that leads out of the folder")
            file.network = network
            files.append(file)
        }
        return files
    }

    /// A file with its text, or with the reason why that is not there: one file must not cost the others their night.
    private static func read(_ path: URL, _ workspace: Workspace?, _ obstacle: String? = nil) -> MeasureFile {
        var file = MeasureFile(
            script: Script(name: shownPath(path, workspace), source: []),
            network: workspace.flatMap { owner(of: path, $0) }, obstacle: obstacle)
        guard obstacle == nil else { return file }
        do throws(Unreadable) {
            file.script.source = try text(of: path.resolvingSymlinksInPath())
        } catch {
            file.obstacle = error.reason
        }
        return file
    }

    /// Why a file has no text.
    private struct Unreadable: Error {
        var reason: String
    }

    private static func text(of path: URL) throws(Unreadable) -> [UInt8] {
        let most = EvaluationLimits().source
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        guard let values = try? path.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey]),
            values.isRegularFile == true
        else { throw Unreadable(reason: "the file is no file with text") }
        guard let size = values.fileSize, size <= most + mark.count else {
            throw Unreadable(
                reason:
                    "the source has \(values.fileSize ?? 0) bytes; at most \(most) are allowed (`limits.source`): make "
                    + "several measures of it")
        }
        guard let handle = try? FileHandle(forReadingFrom: path) else {
            throw Unreadable(reason: "the file cannot be opened: may it be read by you?")
        }
        let data = (try? handle.read(upToCount: most + mark.count + 1)) ?? Data()
        // Some editors begin a file with a byte order mark, which is no part of the script.
        return [UInt8](data.starts(with: mark) ? data.dropFirst(mark.count) : data)
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
