import Configuration
public import Foundation

/// A folder with `plumbline.yaml`, its measures and codebooks, and the private `.plumbline` with data and store.
public struct Workspace: Sendable {
    /// The folder.
    public let url: URL
    /// What `plumbline.yaml` says.
    public let config: WorkspaceConfig
    /// Codebooks by dataset.
    public let codebooks: [String: Codebook]
    /// Its periods.
    public let calendar: PeriodCalendar
    /// Its plugins, as the lock file has them.
    public var plugins = InstalledPlugins()

    /// The private folder: data, store, run letters.
    public var privateFolder: URL { Self.privateFolder(of: url) }
    static func privateFolder(of root: URL) -> URL { root.appending(path: ".plumbline") }
    /// The Arrow files.
    public var loads: LoadFolder { LoadFolder(url: privateFolder.appending(path: "loads")) }
    /// The store's file.
    public var storeFile: URL { privateFolder.appending(path: "store.sqlite") }
    /// The run letters.
    public var runsFolder: URL { privateFolder.appending(path: "runs") }
    /// The list of the rows of a load that were not loaded.
    func rejectFile(dataset: String, load: String) -> URL {
        privateFolder.appending(path: "rejects/\(dataset)/\(load.replacing("/", with: "_")).csv")
    }

    /// The nearest folder upwards from `start` that holds a `plumbline.yaml`.
    ///
    /// - Throws: ``WorkspaceError`` with `.noWorkspace`.
    public static func find(from start: URL) throws(WorkspaceError) -> URL {
        var folder = start.standardizedFileURL
        while true {
            if FileManager.default.fileExists(atPath: folder.appending(path: WorkspaceConfigReader.fileName).path) {
                return folder
            }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            guard parent.path != folder.path, folder.path != "/" else { break }
            folder = parent
        }
        throw WorkspaceError(
            .noWorkspace,
            "No \(WorkspaceConfigReader.fileName) here or in a folder above; make a workspace with `plumb init DIR`, or "
                + "name one with --workspace.")
    }

    /// Opens the workspace in a folder.
    ///
    /// - Throws: ``WorkspaceError`` when there is none, or when its configuration or a codebook is wrong.
    public static func open(_ url: URL) throws(WorkspaceError) -> Workspace {
        let file = url.appending(path: WorkspaceConfigReader.fileName)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw WorkspaceError(
                .noWorkspace,
                "There is no \(WorkspaceConfigReader.fileName) in \(url.path); make one with `plumb init`.")
        }
        let text = try text(of: file, .badConfiguration)
        let config = try WorkspaceError.about(.badConfiguration) { () throws(ConfigError) in
            try WorkspaceConfigReader.read(text)
        }
        var codebooks: [String: Codebook] = [:]
        for dataset in config.datasets {
            guard let path = dataset.codebook else { continue }
            let file = url.appending(path: path)
            codebooks[dataset.name] = try codebook(at: file, called: path)
        }
        return Workspace(
            url: url, config: config, codebooks: codebooks, calendar: PeriodCalendar(config),
            plugins: InstalledPlugins(of: url, config))
    }

    /// A codebook from a file anywhere.
    public static func codebook(at file: URL) throws(WorkspaceError) -> Codebook {
        try codebook(at: file, called: file.lastPathComponent)
    }

    private static func codebook(at file: URL, called name: String) throws(WorkspaceError) -> Codebook {
        let text = try text(of: file, .badCodebook)
        return try WorkspaceError.about(.badCodebook) { () throws(ConfigError) in
            try CodebookReader.read(text, file: name)
        }
    }

    static func text(of file: URL, _ code: WorkspaceError.Code) throws(WorkspaceError) -> String {
        do {
            return try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw WorkspaceError(
                code, "\(file.lastPathComponent) cannot be read: \(FileTrouble.reason(error)).", file: file.path)
        }
    }

    /// Makes the private folder, for this user only.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`.
    public func preparePrivateFolder() throws(WorkspaceError) {
        try Self.preparePrivateFolder(in: url)
    }

    static func preparePrivateFolder(in root: URL) throws(WorkspaceError) {
        let privateFolder = privateFolder(of: root)
        do {
            // Only the private folder is private, not the workspace where that is made with it.
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            try FileManager.default.createDirectory(
                at: privateFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw WorkspaceError(
                .notWritable, "\(privateFolder.path) cannot be made: \(FileTrouble.reason(error)).",
                file: privateFolder.path)
        }
        guard FileManager.default.isWritableFile(atPath: privateFolder.path) else {
            throw WorkspaceError(
                .notWritable, "\(privateFolder.path) cannot be written: it belongs to another user or is read-only.",
                file: privateFolder.path)
        }
    }

    /// Opens the store for reading and writing.
    public func openStore() throws(WorkspaceError) -> Store {
        try preparePrivateFolder()
        try requireStoreOfLoads()
        return try Store(storeFile)
    }

    /// Opens the store for reading; a workspace that cannot be written is read as it is. Nil when nothing was ever
    /// imported.
    public func openStoreForReading() throws(WorkspaceError) -> Store? {
        if FileManager.default.fileExists(atPath: privateFolder.path),
            !FileManager.default.isReadableFile(atPath: privateFolder.path)
        {
            throw WorkspaceError(
                .notWritable, "\(privateFolder.path) cannot be read: it belongs to another user.",
                file: privateFolder.path)
        }
        try requireStoreOfLoads()
        guard FileManager.default.fileExists(atPath: storeFile.path) else { return nil }
        let isWritable =
            FileManager.default.isWritableFile(atPath: privateFolder.path)
            && FileManager.default.isWritableFile(atPath: storeFile.path)
        return try Store(storeFile, isReadOnly: !isWritable)
    }

    /// A store that is gone or empty while loads lie beside it was lost: a new one would look like a fresh start.
    private func requireStoreOfLoads() throws(WorkspaceError) {
        let files = FileManager.default
        let size = (try? files.attributesOfItem(atPath: storeFile.path))?[.size] as? Int ?? 0
        guard size == 0, !files.fileExists(atPath: storeFile.path + "-wal"),
            let loads = try? files.contentsOfDirectory(atPath: self.loads.url.path), !loads.isEmpty
        else { return }
        throw WorkspaceError(
            .corrupt,
            "The store \(storeFile.path) is \(files.fileExists(atPath: storeFile.path) ? "empty" : "gone"), but there "
                + "are loads: restore it from a copy, or remove \(privateFolder.path) and import again.",
            file: storeFile.path)
    }

    /// The codebook of a dataset; an empty one where there is none.
    public func codebook(of dataset: String) -> Codebook {
        codebooks[dataset] ?? Codebook()
    }

    /// A dataset by name.
    ///
    /// - Throws: ``WorkspaceError`` with `.unknownName`.
    public func dataset(_ name: String) throws(WorkspaceError) -> DatasetConfig {
        guard let dataset = config.dataset(name) else {
            let known = config.datasets.map(\.name)
            throw WorkspaceError(
                .unknownName,
                "\(WorkspaceConfigReader.fileName) has no dataset `\(name)`" + Self.suggestion(name, known)
                    + (known.isEmpty ? "; it has none." : "; it has \(known.joined(separator: ", "))."))
        }
        return dataset
    }
}
