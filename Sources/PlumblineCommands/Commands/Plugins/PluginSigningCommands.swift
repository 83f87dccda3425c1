import ArgumentParser
import Foundation
import MeasureModel
import PluginPackaging
import PluginRegistry
import Workspace

/// An archive of a plugin with the signature beside it.
struct ArchiveFile {
    let url: URL

    init(_ path: String) {
        url = URL(filePath: path)
    }

    /// The file of its signature, where `ssh-keygen -Y sign` puts it too.
    var signatureFile: URL { url.appendingPathExtension("sig") }

    func package() throws -> PluginPackage {
        let bytes = try Self.bytes(of: url, most: PackageContent.maximumArchiveSize)
        return try PluginPackage(archive: bytes, called: url.lastPathComponent)
    }

    /// The signature beside it; nil where there is none.
    func signature(in file: URL? = nil) throws -> PluginSignature? {
        let place = file ?? signatureFile
        guard file != nil || FileManager.default.fileExists(atPath: place.path) else { return nil }
        let bytes = try Self.bytes(of: place, most: 64 << 10)
        return try PluginSignature(armored: String(decoding: bytes, as: UTF8.self))
    }

    static func bytes(of file: URL, most: Int) throws -> [UInt8] {
        do {
            let handle = try FileHandle(forReadingFrom: file)
            let bytes = try handle.read(upToCount: most + 1) ?? Data()
            guard bytes.count <= most else {
                throw PluginError(
                    .badArchive, "\(file.lastPathComponent) has more than \(most) bytes: it is nothing of a plugin.")
            }
            return [UInt8](bytes)
        } catch let error as PluginError {
            throw error
        } catch {
            throw PluginError(
                .notReadable, "\(file.path) cannot be read: \(FileTrouble.reason(error)).", file: file.path)
        }
    }

    static func write(_ bytes: [UInt8], to file: URL) throws {
        do {
            try Data(bytes).write(to: file, options: .atomic)
        } catch {
            throw WorkspaceError(
                .notWritable, "\(file.path) cannot be written: \(FileTrouble.reason(error)).", file: file.path)
        }
    }
}

struct PluginPackCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Pack a plugin's folder; the same files give the same bytes.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The plugin's folder.", valueName: "DIR")) var folder = "."
    @Option(help: ArgumentHelp("The folder for the archive (default: here).", valueName: "DIR")) var to: String?

    func execute(_ console: Console) throws -> ExitStatus {
        let package = try PluginPackage(folder: URL(filePath: folder, directoryHint: .isDirectory))
        let file =
            to.map { URL(filePath: $0, directoryHint: .isDirectory).appending(path: package.archiveName) }
            ?? URL(filePath: package.archiveName)
        try ArchiveFile.write(package.archive, to: file)
        console.show("\(file.relativePath)\n\(package.archiveDigest)")
        console.emit(
            .object([
                ("archive", .string(file.relativePath)), ("digest", .string(package.archiveDigest)),
                ("name", .string(package.manifest.name.description)),
                ("version", .string(package.manifest.version.description)),
                ("files", .object(package.digests.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
            ]))
        return .done
    }
}

struct PluginSignCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a packed plugin with an SSH key.",
        discussion: """
            Writes FILE.sig, the same that `ssh-keygen -Y sign -n plumbline-plugin -f KEY FILE` writes. Keys with a passphrase, \
            and public keys whose other half an agent holds, are used by way of ssh-keygen.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The archive that `plumb plugin pack` wrote.", valueName: "FILE")) var file: String
    @Option(help: ArgumentHelp("An Ed25519 key of OpenSSH, such as ~/.ssh/id_ed25519.", valueName: "FILE")) var key:
        String

    func execute(_ console: Console) throws -> ExitStatus {
        let archive = ArchiveFile(file)
        let package = try archive.package()
        let signature = try PluginSigner(key).sign(package.archive)
        try signature.check(over: package.archive, called: archive.url.lastPathComponent)
        try ArchiveFile.write(Array(signature.armored.utf8), to: archive.signatureFile)
        console.show("\(archive.signatureFile.relativePath)\nsigned with \(signature.key.fingerprint)")
        console.emit(
            .object([
                ("signature", .string(archive.signatureFile.relativePath)),
                ("key", .string(signature.key.fingerprint)),
            ]))
        return .done
    }
}

/// Signs with a key that lies in a file, or by way of `ssh-keygen`.
struct PluginSigner {
    private let key: URL

    init(_ path: String) {
        key = URL(filePath: NSString(string: path).expandingTildeInPath)
    }

    func sign(_ message: [UInt8]) throws -> PluginSignature {
        let text = String(decoding: try ArchiveFile.bytes(of: key, most: 64 << 10), as: UTF8.self)
        // A public key is a name for one that an agent holds.
        guard !text.hasPrefix("ssh-"), !text.hasPrefix("sk-") else { return try signByTool(message) }
        do {
            return try SecretKey(text: text, file: key.path).sign(message)
        } catch {
            guard error.code == .lockedKey else { throw error }
            return try signByTool(message)
        }
    }

    /// `ssh-keygen` asks for the passphrase itself, and never tells us. The message is in a file, not in a pipe: a tool that
    /// gives up early would break it.
    private func signByTool(_ message: [UInt8]) throws -> PluginSignature {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumb-sign-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "message")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try ArchiveFile.write(message, to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "ssh-keygen", "-q", "-Y", "sign", "-n", PluginSignature.requiredNamespace, "-f", key.path, file.path,
        ]
        do {
            try process.run()
        } catch {
            throw PluginError(.badSignature, "ssh-keygen cannot be run: install OpenSSH's client.")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw PluginError(.badSignature, "ssh-keygen did not sign with \(key.path); it says why above.")
        }
        let armored = try ArchiveFile.bytes(of: file.appendingPathExtension("sig"), most: 64 << 10)
        return try PluginSignature(armored: String(decoding: armored, as: UTF8.self))
    }
}

struct PluginVerifyCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check signatures and contents of plugins.",
        discussion: """
            Without FILE, every plugin of the workspace is held against plumb.lock. With FILE, a packed plugin is held against \
            the signature beside it and the workspace's keys.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("A packed plugin.", valueName: "FILE")) var file: String?
    @Option(help: ArgumentHelp("The signature (default: FILE.sig).", valueName: "FILE")) var signature: String?
    @Option(help: ArgumentHelp("The keys that may sign (default: the workspace's).", valueName: "FILE"))
    var allowedSigners: String?

    func execute(_ console: Console) throws -> ExitStatus {
        if let file { return try verify(ArchiveFile(file), console) }
        let workspace = try common.openWorkspace()
        let lock = try PluginShelf(workspace).readLock()
        let checking = try PluginChecking(workspace)
        for plugin in lock.plugins {
            _ = try checking.content(of: plugin)
            console.show("\(plugin.name) \(plugin.version) is what plumb.lock names")
        }
        if lock.plugins.isEmpty { console.say("No plugin is locked here.") }
        console.emit(.object([("verified", .array(lock.plugins.map { .string("\($0.name)@\($0.version)") }))]))
        return .done
    }

    private func verify(_ archive: ArchiveFile, _ console: Console) throws -> ExitStatus {
        let package = try archive.package()
        let manifest = package.manifest
        let policy = try policy()
        let signer = try policy.admit(
            signature: try archive.signature(in: signature.map { URL(filePath: $0) }), over: package.archive,
            plugin: manifest.name.description, at: .now)
        let shown = "\(manifest.name) \(manifest.version)"
        console.show(
            signer.map { "\(shown) is signed for \($0.principals) with \($0.key.fingerprint)" }
                ?? "\(shown) is not signed, which is accepted here")
        console.emit(
            .object([
                ("name", .string(manifest.name.description)), ("version", .string(manifest.version.description)),
                ("digest", .string(package.archiveDigest)), ("key", .optional(signer?.key.fingerprint)),
                ("principals", .optional(signer?.principals)),
            ]))
        return .done
    }

    private func policy() throws -> SignaturePolicy {
        guard let allowedSigners else { return try common.openWorkspace().signaturePolicy() }
        let bytes = try ArchiveFile.bytes(of: URL(filePath: allowedSigners), most: 1 << 20)
        let text = String(decoding: bytes, as: UTF8.self)
        return SignaturePolicy(
            isRequired: true, signers: try AllowedSigners(text: text, file: allowedSigners),
            revoked: try common.openWorkspaceIfAny()?.signaturePolicy().revoked ?? RevokedKeys())
    }
}
