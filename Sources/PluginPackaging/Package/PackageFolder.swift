public import Foundation

extension PackageContent {
    /// Reads the package in a folder. Hidden files and those that systems and editors leave behind are passed over. A file
    /// `SHA256SUMS`, as an unpacked archive has it, must be right.
    ///
    /// - Throws: ``PluginError`` with `.badPackage`, or `.notReadable` where the file system does not give it.
    public init(folder: URL) throws(PluginError) {
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw PluginError(.notReadable, "There is no folder \(Shown.quoted(folder.path)).", file: folder.path)
        }
        var walk = PackageFolder(folder)
        try walk.read("")
        try self.init(files: walk.files, rules: walk.rules)
        guard walk.checksums == nil || walk.checksums == PluginArchive.checksums(of: files) else {
            throw walk.rules.complaint(
                PackageRules.checksums, "which does not say what the files are: remove it, it is written when packing")
        }
    }
}

/// Collects the files of a package in a folder, following no link in it.
private struct PackageFolder {
    private let root: String
    let rules: PackageRules
    private(set) var files: [PackageFile] = []
    private(set) var checksums: [UInt8]?

    /// The folder itself may be a link.
    init(_ folder: URL) {
        root = folder.resolvingSymlinksInPath().path
        rules = PackageRules(complaint: .folder(folder.lastPathComponent))
    }

    /// Reads what is below a path that is empty or ends in `/`.
    mutating func read(_ place: String) throws(PluginError) {
        for name in try names(place) where !PackageRules.isLitter(name) {
            let path = place + name
            let attributes = try attributes(path)
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory:
                try checkFolder(path)
                try read(path + "/")
            case .typeRegular:
                try readFile(path, size: (attributes[.size] as? NSNumber)?.intValue ?? 0)
            case .typeSymbolicLink:
                throw rules.complaint(path, "a link: put what it leads to in its place")
            default:
                throw rules.complaint(path, "which is neither a file nor a folder")
            }
        }
    }

    private mutating func readFile(_ path: String, size: Int) throws(PluginError) {
        if path == PackageRules.checksums {
            checksums = try bytes(path, atMost: PluginArchive.maximumChecksumsSize)
            return
        }
        try rules.checkPath(path)
        try rules.checkSize(path, size)
        let bytes = try bytes(path, atMost: PackageRules.maximumFileSize)
        files.append(PackageFile(path: path, bytes: bytes))
        try rules.checkCount(files.count)
    }

    private func checkFolder(_ path: String) throws(PluginError) {
        let steps = path.split(separator: "/")
        guard steps[0] == PackageRules.measures || path == PackageRules.modules else {
            throw rules.complaint(path, rules.outOfPlace(path))
        }
        guard path.utf8.count < PackageRules.maximumPathLength else {
            throw rules.complaint(path, "whose path is longer than \(PackageRules.maximumPathLength) characters")
        }
    }

    private func names(_ place: String) throws(PluginError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(place)").sorted()
        } catch {
            throw unreadable(place, error)
        }
    }

    private func attributes(_ path: String) throws(PluginError) -> [FileAttributeKey: Any] {
        do {
            return try FileManager.default.attributesOfItem(atPath: "\(root)/\(path)")
        } catch {
            throw unreadable(path, error)
        }
    }

    /// At most so many bytes and one more: a file that grows meanwhile is seen to be too large and not read whole.
    private func bytes(_ path: String, atMost limit: Int) throws(PluginError) -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: "\(root)/\(path)"))
            defer { try? handle.close() }
            return [UInt8](try handle.read(upToCount: limit + 1) ?? Data())
        } catch {
            throw unreadable(path, error)
        }
    }

    private func unreadable(_ path: String, _ error: any Error) -> PluginError {
        let file = path.isEmpty ? root : "\(root)/\(path)"
        let reason = error.localizedDescription
        return PluginError(
            .notReadable,
            "\(Shown.quoted(file)) cannot be read: \(reason.hasSuffix(".") ? String(reason.dropLast()) : reason).",
            file: file)
    }
}
