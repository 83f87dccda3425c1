import ArgumentParser
import Foundation
import MeasureModel
import PluginPackaging
import PluginRegistry
import Workspace

struct PluginPublishCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Put a packed, signed plugin into a registry's folder.",
        discussion: """
            The folder is made where it is not there yet; any web server, bucket or git checkout can show it. Nothing in it is \
            ever changed: a version that is there stays as it is. Several may publish at once.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The archive, with its signature in FILE.sig.", valueName: "FILE")) var file: String
    @Option(help: ArgumentHelp("The registry's folder.", valueName: "DIR")) var to: String
    @Flag(help: "Publish it without a signature; workspaces take it only with `signatures: optional`.")
    var unsigned = false

    func execute(_ console: Console) throws -> ExitStatus {
        let archive = ArchiveFile(file)
        let package = try archive.package()
        let signature = try archive.signature()
        guard signature != nil || unsigned else {
            throw PluginError(
                .badSignature,
                "There is no \(archive.signatureFile.lastPathComponent): sign it with `plumb plugin sign --key KEY \(file)`."
            )
        }
        let folder = URL(filePath: to, directoryHint: .isDirectory)
        let outcome = try Publishing(to: folder).add(package, signature: signature, at: .now)
        let shown = "\(package.manifest.name) \(package.manifest.version)"
        console.show(outcome == .added ? "\(shown) is published in \(to)" : "\(shown) is in \(to) already")
        console.emit(
            .object([
                ("name", .string(package.manifest.name.description)),
                ("version", .string(package.manifest.version.description)),
                ("digest", .string(package.archiveDigest)), ("added", .bool(outcome == .added)),
            ]))
        return .done
    }
}

struct PluginYankCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "yank", abstract: "Take a published version back.",
        discussion: """
            A yanked version is not chosen any more; who has it keeps it. With --revoke it also stops running where it is locked, \
            as soon as `plumb plugin update` sees it: for versions that do harm.
            """)

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The version, such as riverbend/climate@1.2.0.", valueName: "NAME@VERSION"))
    var plugin: String
    @Option(help: ArgumentHelp("The registry's folder.", valueName: "DIR")) var to: String
    @Option(help: ArgumentHelp("Why, in one line.", valueName: "TEXT")) var reason: String
    @Option(help: ArgumentHelp("The key that signs it (none for registries of unsigned plugins).", valueName: "FILE"))
    var key: String?
    @Flag(help: "Stop it where it is locked, too.") var revoke = false

    func execute(_ console: Console) throws -> ExitStatus {
        let (name, text) = try PluginNotation.parts(plugin)
        guard let text else { throw UsageError("Name one version, such as \(name)@1.2.0.") }
        let version = try PluginNotation.version(text)
        let publishing = Publishing(to: URL(filePath: to, directoryHint: .isDirectory))
        let release = try publishing.release(version, of: name)
        var withdrawal = Withdrawal(
            revoke ? .revoke : .yank, of: name, version, archiveDigest: release.archiveDigest, reason: reason, at: .now)
        withdrawal.signature = try key.map { try PluginSigner($0).sign(withdrawal.message).blob }
        let outcome = try publishing.withdraw(withdrawal)
        let done = revoke ? "revoked" : "yanked"
        console.show("\(name) \(version) \(outcome == .added ? "is \(done)" : "was \(done) already")")
        console.emit(
            .object([
                ("name", .string(name.description)), ("version", .string(version.description)),
                ("withdrawal", .string(withdrawal.kind.rawValue)), ("added", .bool(outcome == .added)),
            ]))
        return .done
    }
}
