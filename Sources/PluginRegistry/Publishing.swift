public import Foundation
public import PluginPackaging
import Workspace

/// Puts plugins into a registry that is a folder. What is there is never changed, only added to.
public struct Publishing {
    private let folder: URL

    /// Publishes into a folder, made where it is not there yet.
    public init(to folder: URL) {
        self.folder = folder
    }

    /// What came of publishing.
    public enum Outcome: Equatable, Sendable {
        case added
        /// The very same was there.
        case wasThere
    }

    /// Adds a version. The index names it last, so that nobody is sent for what is not there yet.
    ///
    /// - Throws: ``PluginError`` when the signature does not fit or the version is taken, `WorkspaceError` when the folder
    ///   cannot be written.
    public func add(_ package: PluginPackage, signature: PluginSignature?, at moment: Date) throws -> Outcome {
        let archive = package.archive
        let (name, version) = (package.manifest.name, package.manifest.version)
        try signature?.check(over: archive, called: "\(name) \(version)")
        return try alone { () throws in
            let index = try index(of: name)
            if let known = index.release(version) {
                guard known.archiveDigest == package.archiveDigest else {
                    throw PluginError(
                        .conflict,
                        "\(name) \(version) is published already, with other content: raise the version in plugin.yaml."
                    )
                }
                return .wasThere
            }
            let release = PluginIndex.Release(of: package, published: moment, signature: signature?.blob)
            try write(archive, to: RegistryPaths(name).archive(version))
            if let signature {
                try write(Array(signature.armored.utf8), to: RegistryPaths(name).signature(version))
            }
            try write(index.appending(release), to: RegistryPaths(name).index)
            return .added
        }
    }

    /// Takes a version back: `yank` leaves it to those who have it, `revoke` stops it there too.
    ///
    /// - Throws: ``PluginError`` when there is no such version or the signature does not fit, `WorkspaceError` when the folder
    ///   cannot be written.
    public func withdraw(_ withdrawal: Withdrawal) throws -> Outcome {
        try alone { () throws in
            let index = try index(of: withdrawal.plugin)
            let release = index.release(withdrawal.version)
            try check(withdrawal, of: release)
            let known = release?.withdrawals.contains {
                $0.kind == withdrawal.kind && Self.key($0) == Self.key(withdrawal)
            }
            guard known != true else { return .wasThere }
            try write(try index.appending(withdrawal), to: RegistryPaths(withdrawal.plugin).index)
            return .added
        }
    }

    private static func key(_ withdrawal: Withdrawal) -> SigningKey? {
        withdrawal.signature.flatMap { try? PluginSignature(blob: $0) }?.key
    }

    /// Who asks for signatures would believe nothing of an index that takes a signed version back without one, for ever.
    private func check(_ withdrawal: Withdrawal, of release: PluginIndex.Release?) throws(PluginError) {
        let shown = "\(withdrawal.plugin) \(withdrawal.version)"
        guard let blob = withdrawal.signature else {
            guard release?.signature != nil else { return }
            throw PluginError(
                .badSignature, "\(shown) is signed, and so is the word that takes it back: name the key with --key.")
        }
        try PluginSignature(blob: blob).check(over: withdrawal.message, called: "the word that takes back \(shown)")
    }

    /// A version that is published.
    ///
    /// - Throws: ``PluginError`` when there is none.
    public func release(_ version: SemanticVersion, of name: PluginName) throws(PluginError) -> PluginIndex.Release {
        let index = try index(of: name)
        guard let release = index.release(version) else {
            let known = index.releases.map(\.version.description).joined(separator: ", ")
            throw PluginError(
                .unknownPlugin,
                "\(folder.path) has no \(name) \(version)" + (known.isEmpty ? "." : "; it has \(known)."))
        }
        return release
    }

    private func index(of name: PluginName) throws(PluginError) -> PluginIndex {
        let file = folder.appending(path: RegistryPaths(name).index)
        let bytes = FileManager.default.fileExists(atPath: file.path) ? try? Data(contentsOf: file) : Data()
        guard let bytes else { throw PluginError(.badIndex, "\(file.path) cannot be read: may it be read by you?") }
        return try PluginIndex(name, bytes: [UInt8](bytes), called: file.path)
    }

    /// One at a time: others wait, so that nobody's line is lost.
    private func alone<Result>(_ work: () throws -> Result) throws -> Result {
        let lock = try LockFile(at: folder.appending(path: ".publishing.lock"))
        lock.waitAlone()
        defer { lock.holdUntilHere() }
        return try work()
    }

    private func write(_ bytes: [UInt8], to path: String) throws(WorkspaceError) {
        let file = folder.appending(path: path)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file, options: .atomic)
        } catch {
            throw WorkspaceError(
                .notWritable, "\(file.path) cannot be written: \(FileTrouble.reason(error)).", file: file.path)
        }
    }
}
