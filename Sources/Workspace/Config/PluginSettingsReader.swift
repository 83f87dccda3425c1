import Configuration

/// Reads `plugins` of `plumbline.yaml`.
struct PluginSettingsReader {
    private enum Signatures: String, CaseIterable {
        case required, optional
    }

    static func read(_ node: ConfigNode) throws(ConfigError) -> WorkspaceConfig.PluginSettings {
        let fields = try node.fields(known: ["signatures", "allowed_signers", "revoked_keys", "registry"])
        var settings = WorkspaceConfig.PluginSettings()
        if let signatures = fields["signatures"] {
            settings.requiresSignatures = try signatures.choice(Signatures.self) == .required
        }
        if let file = fields["allowed_signers"] { settings.allowedSigners = try place(file) }
        if let file = fields["revoked_keys"] { settings.revokedKeys = try place(file) }
        settings.registry = try fields["registry"].map(place)
        return settings
    }

    private static func place(_ node: ConfigNode) throws(ConfigError) -> String {
        let text = try node.text()
        guard !text.isEmpty else { throw node.failure("`\(node.path)` is empty: name a place, or leave the key out") }
        return text
    }
}
