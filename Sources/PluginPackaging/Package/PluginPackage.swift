public import Foundation

/// A plugin as it is shared: its files and what its manifest says.
public struct PluginPackage: Equatable, Sendable {
    /// What `plugin.yaml` says.
    public let manifest: PluginManifest
    /// Its files and their archive.
    public let content: PackageContent

    /// Reads the manifest of a package; `called` is what messages call the package.
    ///
    /// - Throws: ``PluginError`` with `.badPackage`.
    public init(content: PackageContent, called: String = "") throws(PluginError) {
        self.content = content
        let file = called.isEmpty ? PluginManifest.fileName : "\(called)/\(PluginManifest.fileName)"
        manifest = try PluginManifest.read(content.file(PluginManifest.fileName)?.text ?? "", file: file)
    }

    /// Reads the package in a folder.
    ///
    /// - Throws: ``PluginError`` with `.badPackage` or `.notReadable`.
    public init(folder: URL) throws(PluginError) {
        try self.init(content: PackageContent(folder: folder), called: folder.lastPathComponent)
    }

    /// Reads an archive; `called` is what messages call it.
    ///
    /// - Throws: ``PluginError`` with `.badArchive`, or with `.badPackage` where its manifest is wrong.
    public init(archive: [UInt8], called name: String) throws(PluginError) {
        try self.init(content: PackageContent(archive: archive, called: name), called: name)
    }

    /// The files sorted by the bytes of their paths, without `SHA256SUMS`.
    public var files: [PackageFile] { content.files }
    /// The archive.
    public var archive: [UInt8] { content.archive }
    /// The digest of the archive.
    public var archiveDigest: String { content.archiveDigest }
    /// The digest of each file by its path.
    public var digests: [String: String] { content.digests }

    /// What `plumb plugin pack` calls its archive.
    public var archiveName: String { "\(manifest.name.word)-\(manifest.version).tar.gz" }
}
