public import Foundation
public import PluginPackaging

/// Where a workspace keeps its plugins: the lock file, the folders under `Plugins`, and a private cache of archives and
/// indexes that makes it independent of registries.
public struct PluginShelf: Sendable {
    /// The workspace's folder.
    public let root: URL
    private let cache: URL

    /// The shelf of a workspace.
    public init(_ workspace: Workspace) {
        self.init(root: workspace.url)
    }

    /// The shelf of the workspace in a folder, whose `plumbline.yaml` need not be there yet.
    public init(root: URL) {
        self.root = root
        cache = Workspace.privateFolder(of: root).appending(path: "plugins")
    }

    /// The lock file.
    public var lockFile: URL { root.appending(path: PluginLock.fileName) }

    /// The folder of all plugins.
    public static let folderName = "Plugins"

    /// The folder of a plugin, by the last part of its name.
    public func folder(_ word: String) -> URL {
        root.appending(path: "\(Self.folderName)/\(word)", directoryHint: .isDirectory)
    }

    /// How messages call that folder.
    public static func shownFolder(_ word: String) -> String { "\(folderName)/\(word)" }

    /// The names of all folders that hold something of a plugin, locked or not, in order.
    var pluginFolders: [String] {
        let folders = root.appending(path: Self.folderName, directoryHint: .isDirectory)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folders.path)) ?? []
        return names.filter { name in
            !name.hasPrefix(".")
                && [PluginManifest.fileName, "modules", "Measures"].contains {
                    FileManager.default.fileExists(atPath: folder(name).appending(path: $0).path)
                }
        }.sorted()
    }

    // MARK: The lock file

    /// What the lock file says; nothing is locked where there is none.
    ///
    /// - Throws: ``PluginError`` with `.badLock`, or `.notReadable` where the file system does not give it.
    public func readLock() throws(PluginError) -> PluginLock {
        guard FileManager.default.fileExists(atPath: lockFile.path) else { return PluginLock() }
        guard let bytes = try? Data(contentsOf: lockFile) else {
            throw PluginError(
                .notReadable, "\(PluginLock.fileName) cannot be opened: may it be read by you?",
                file: PluginLock.fileName)
        }
        return try PluginLock(bytes: bytes)
    }

    /// Puts a lock file in the place of the one that is there, in one step.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    public func write(_ lock: PluginLock) throws(WorkspaceError) {
        try Self.writing(lockFile) { try lock.bytes.write(to: lockFile, options: .atomic) }
    }

    // MARK: Folders of plugins

    private var drafts: URL { cache.appending(path: "drafts", directoryHint: .isDirectory) }

    /// A place for a folder that is not yet, or no longer, under `Plugins`.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    func newDraft() throws(WorkspaceError) -> URL {
        try Workspace.preparePrivateFolder(in: root)
        let folder = drafts
        try Self.writing(folder) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        return folder.appending(path: UUID().uuidString)
    }

    /// Removes all such folders; whoever does holds ``PluginsLock``.
    func removeDrafts() {
        try? FileManager.default.removeItem(at: drafts)
    }

    // MARK: The cache

    /// An archive by its digest, if it was kept and is what it was.
    public func cachedArchive(_ digest: String) -> [UInt8]? {
        guard let bytes = try? Data(contentsOf: archiveFile(digest)), Digest.of(bytes) == digest else { return nil }
        return [UInt8](bytes)
    }

    /// The package of an archive by its digest, if it was kept; `name` is what messages call it.
    public func cachedPackage(_ digest: String, called name: PluginName) -> PluginPackage? {
        cachedArchive(digest).flatMap { try? PluginPackage(archive: $0, called: name.description) }
    }

    /// Keeps an archive.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    public func keep(archive: [UInt8]) throws(WorkspaceError) {
        try keep(Data(archive), in: archiveFile(Digest.of(archive)))
    }

    /// The bytes of a plugin's index as they came from a registry last.
    public func cachedIndex(_ name: String, of registry: String) -> [UInt8]? {
        (try? Data(contentsOf: indexFile(name, registry))).map { [UInt8]($0) }
    }

    /// Keeps the bytes of an index.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    public func keep(index: [UInt8], _ name: String, of registry: String) throws(WorkspaceError) {
        try keep(Data(index), in: indexFile(name, registry))
    }

    private func archiveFile(_ digest: String) -> URL {
        cache.appending(path: "archives/\(digest.replacing(":", with: "-")).tar.gz")
    }

    private func indexFile(_ name: String, _ registry: String) -> URL {
        cache.appending(path: "indexes/\(ContentHash.of(registry).prefix(16))/\(name).ndjson")
    }

    private func keep(_ bytes: Data, in file: URL) throws(WorkspaceError) {
        try Workspace.preparePrivateFolder(in: root)
        try Self.writing(file) {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: file, options: .atomic)
        }
    }

    static func writing(_ file: URL, _ write: () throws -> Void) throws(WorkspaceError) {
        do {
            try write()
        } catch {
            throw WorkspaceError(
                .notWritable, "\(file.path) cannot be written: \(FileTrouble.reason(error)).", file: file.path)
        }
    }
}

/// Keeps two commands from changing a workspace's plugins at once.
public struct PluginsLock: ~Copyable {
    private let file: LockFile

    /// Takes the lock of a workspace.
    ///
    /// - Throws: ``WorkspaceError`` with `.locked` when another command has it.
    public init(_ workspace: Workspace) throws(WorkspaceError) {
        let file = try LockFile("plugins.lock", in: workspace)
        try file.takeAlone(
            orSay: "Another command changes the plugins of this workspace; wait for it to end and try again.")
        self.file = file
    }

    /// Keeps the lock alive up to the place where it is asked.
    public borrowing func holdUntilHere() {}
}
