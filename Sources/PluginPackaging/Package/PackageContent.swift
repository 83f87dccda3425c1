/// The files of a package, checked against the rules of packages, and the one archive that they make.
///
/// The manifest is among them but not read: what was locked is known by its digest, and a night checks many.
public struct PackageContent: Equatable, Sendable {
    /// The files sorted by the bytes of their paths, without `SHA256SUMS`.
    public let files: [PackageFile]
    /// The archive: the same files are the same bytes on every machine.
    public let archive: [UInt8]
    /// The digest of the archive.
    public let archiveDigest: String

    /// The most bytes that an archive can have.
    public static let maximumArchiveSize = 5 << 20

    /// Makes a package of files.
    ///
    /// - Throws: ``PluginError`` with `.badPackage`, naming the rule that a file breaks.
    public init(files: [PackageFile]) throws(PluginError) {
        try self.init(files: files, rules: PackageRules(complaint: .files))
    }

    init(files: [PackageFile], rules: PackageRules) throws(PluginError) {
        self.files = PackageRules.sorted(files)
        try rules.check(self.files)
        archive = PluginArchive.bytes(of: self.files)
        archiveDigest = Digest.of(archive)
    }

    /// The digest of each file by its path.
    public var digests: [String: String] {
        Dictionary(files.map { ($0.path, $0.digest) }) { first, _ in first }
    }

    /// The file at a path.
    public func file(_ path: String) -> PackageFile? { files.first { $0.path == path } }
}
