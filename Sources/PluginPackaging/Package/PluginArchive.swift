/// The archive of a package: a gzip file of stored blocks, in it a tar file of regular files in the order of their paths,
/// among them `SHA256SUMS`.
enum PluginArchive {
    /// For each file a digest in hexadecimal digits, two spaces, its path and a line feed.
    static let maximumChecksumsSize = PackageRules.mostFiles * (64 + 2 + PackageRules.maximumPathLength + 1)

    static func bytes(of files: [PackageFile]) -> [UInt8] {
        let checksums = PackageFile(path: PackageRules.checksums, bytes: checksums(of: files))
        return StoredGzip.packed(TarArchive.packed(PackageRules.sorted(files + [checksums])))
    }

    /// As `sha256sum` writes them.
    static func checksums(of files: [PackageFile]) -> [UInt8] {
        Array(files.map { "\(hexadecimal($0))  \($0.path)\n" }.joined().utf8)
    }

    private static func hexadecimal(_ file: PackageFile) -> Substring { file.digest.suffix(64) }

    // MARK: Reading

    /// The files in an archive, without `SHA256SUMS`.
    static func files(in archive: [UInt8], rules: PackageRules) throws(PluginError) -> [PackageFile] {
        guard archive.count <= PackageContent.maximumArchiveSize else {
            throw rules.complaint(
                "has \(Shown.count(archive.count)) bytes; it may have \(Shown.count(PackageContent.maximumArchiveSize))"
            )
        }
        let tar = try StoredGzip.unpacked(archive, rules.complaint)
        let entries = try TarReader(tar, rules: rules).entries()
        var files = entries.map { PackageFile(path: $0.path, bytes: Array(tar[$0.content])) }
        guard let at = files.firstIndex(where: { $0.path == PackageRules.checksums }) else {
            throw rules.complaint("has no `\(PackageRules.checksums)`")
        }
        let checksums = files.remove(at: at)
        try check(checksums.bytes, of: files, rules.complaint)
        return files
    }

    private static func check(
        _ checksums: [UInt8], of files: [PackageFile], _ complaint: PackageComplaint
    ) throws(PluginError) {
        guard checksums != self.checksums(of: PackageRules.sorted(files)) else { return }
        var stated: [String: Substring] = [:]
        for line in String(decoding: checksums, as: UTF8.self).split(separator: "\n") {
            stated[String(line.dropFirst(64 + 2))] = line.prefix(64)
        }
        for file in files {
            guard let digest = stated[file.path] else {
                throw complaint(file.path, "which is not in its `\(PackageRules.checksums)`")
            }
            guard digest == hexadecimal(file) else {
                throw complaint(file.path, "which is not what its `\(PackageRules.checksums)` says: it was changed")
            }
        }
        for path in stated.keys.sorted() where !files.contains(where: { $0.path == path }) {
            throw complaint("lacks \(Shown.quoted(path)), which its `\(PackageRules.checksums)` names")
        }
        throw complaint("has a `\(PackageRules.checksums)` that is not written as `sha256sum` writes it")
    }
}

extension PackageContent {
    /// Reads an archive; `called` is what messages call it. It is taken only if it is byte for byte what packing its files
    /// gives; whatever is odd before that is named.
    ///
    /// - Throws: ``PluginError`` with `.badArchive`.
    public init(archive: [UInt8], called name: String) throws(PluginError) {
        let rules = PackageRules(complaint: .archive(name))
        try self.init(files: PluginArchive.files(in: archive, rules: rules), rules: rules)
        guard self.archive == archive else {
            let difference = zip(self.archive, archive).enumerated().first { $0.element.0 != $0.element.1 }
            let byte = difference?.offset ?? min(self.archive.count, archive.count)
            throw rules.complaint("is not what packing its files gives: byte \(Shown.count(byte + 1)) is another")
        }
    }
}
