public import Foundation
public import PluginPackaging

/// Whose plugins a workspace runs: what `plugins` of `plumbline.yaml` and the files of keys say.
extension Workspace {
    /// Who may sign, and whether somebody must.
    ///
    /// - Throws: ``PluginError`` that names the line of a file of keys that cannot be understood.
    public func signaturePolicy() throws(PluginError) -> SignaturePolicy {
        try Self.signaturePolicy(config.plugins, in: url)
    }

    static func signaturePolicy(
        _ settings: WorkspaceConfig.PluginSettings, in root: URL
    ) throws(PluginError) -> SignaturePolicy {
        SignaturePolicy(
            isRequired: settings.requiresSignatures,
            signers: try AllowedSigners(
                text: String(decoding: try bytes(settings.allowedSigners, in: root) ?? [], as: UTF8.self),
                file: settings.allowedSigners),
            revoked: try revokedKeys(settings, in: root))
    }

    /// A slip in the file's name must not bring revoked keys back.
    private static func revokedKeys(
        _ settings: WorkspaceConfig.PluginSettings, in root: URL
    ) throws(PluginError) -> RevokedKeys {
        let name = settings.revokedKeys
        let bytes = try bytes(name, in: root)
        guard bytes != nil || name == WorkspaceConfig.PluginSettings().revokedKeys else {
            throw PluginError(
                .badTrust,
                "plumbline.yaml names \(name) for revoked keys, and it is not there, so that nobody's signature counts: make "
                    + "it, empty while no key is revoked.", file: name)
        }
        return try RevokedKeys(bytes: bytes ?? [], file: name)
    }

    /// Where the keys stand that may sign.
    public var allowedSignersFile: URL { Self.place(config.plugins.allowedSigners, in: url) }

    /// From the workspace on, or a whole path.
    private static func place(_ name: String, in root: URL) -> URL {
        URL(filePath: name, relativeTo: URL(filePath: root.path, directoryHint: .isDirectory))
    }

    /// Nil where there is no such file; one that cannot be read is no file without keys.
    private static func bytes(_ name: String, in root: URL) throws(PluginError) -> [UInt8]? {
        let file = place(name, in: root)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        guard let bytes = try? Data(contentsOf: file) else {
            throw PluginError(
                .notReadable, "\(name) cannot be opened, so that nobody's signature counts: may it be read by you?",
                file: name)
        }
        return [UInt8](bytes)
    }
}
