public import Foundation

/// What a workspace asks of signatures. That one is required, and which keys may sign, are separate: a signature that
/// is there must be good and trusted whatever is required.
public struct SignaturePolicy: Equatable, Sendable {
    /// Whether what is not signed is refused.
    public var isRequired: Bool
    /// Whose signatures count.
    public var signers: AllowedSigners
    /// Keys that never count.
    public var revoked: RevokedKeys

    /// A policy.
    public init(isRequired: Bool = true, signers: AllowedSigners, revoked: RevokedKeys = RevokedKeys()) {
        self.isRequired = isRequired
        self.signers = signers
        self.revoked = revoked
    }

    /// Who signed, and by which line this counts.
    public struct Signer: Equatable, Sendable {
        /// The key.
        public var key: SigningKey
        /// The names of the line in ``AllowedSigners`` that lets it sign.
        public var principals: String

        /// A signer.
        public init(key: SigningKey, principals: String) {
            self.key = key
            self.principals = principals
        }
    }

    /// Decides whether an archive may be used as a plugin.
    ///
    /// - Returns: Who signed it; nil where nobody did and that is allowed.
    /// - Throws: ``PluginError``: `bad_signature` where it is missing or not of these bytes, `untrusted` where its key may
    ///   not sign this plugin.
    public func admit(
        signature: PluginSignature?, over archive: [UInt8], plugin: String, at date: Date
    ) throws(PluginError) -> Signer? {
        guard let signature else {
            guard isRequired else { return nil }
            throw PluginError(
                .badSignature,
                "\(plugin) is not signed, and this workspace asks for signatures: ask its hub for a signed release, or "
                    + "allow unsigned plugins by `plugins: { signatures: optional }` in plumbline.yaml.")
        }
        try signature.check(over: archive, called: plugin)
        guard !revoked.contains(signature.key) else {
            throw PluginError(
                .untrusted,
                "\(plugin) is signed by the key \(signature.key.fingerprint), which is revoked: ask its hub for a "
                    + "release that is signed by its new key.")
        }
        let principals = try signers.principals(for: signature.key, plugin: plugin, at: date)
        return Signer(key: signature.key, principals: principals)
    }
}
