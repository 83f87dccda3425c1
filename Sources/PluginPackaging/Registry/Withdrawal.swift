public import Foundation

/// The word of a hub that a version is not to be used: signed, like the version.
public struct Withdrawal: Equatable, Sendable {
    /// How far it goes.
    public enum Kind: String, Sendable, CaseIterable {
        /// Nobody should choose it anew; who has locked it keeps it.
        case yank
        /// It must not run anywhere.
        case revoke
    }

    /// How far it goes.
    public var kind: Kind
    /// Of which plugin.
    public var plugin: PluginName
    /// Which version.
    public var version: SemanticVersion
    /// The digest of that version's archive.
    public var archiveDigest: String
    /// Why, in one line.
    public var reason: String
    /// When, in whole seconds.
    public var at: Date
    /// The SSHSIG blob over ``message``; nil where nobody signed.
    public var signature: [UInt8]?

    /// The longest reason, in bytes.
    public static let maximumReasonLength = 500

    /// A withdrawal.
    public init(
        _ kind: Kind, of plugin: PluginName, _ version: SemanticVersion, archiveDigest: String, reason: String,
        at: Date,
        signature: [UInt8]? = nil
    ) {
        self.kind = kind
        self.plugin = plugin
        self.version = version
        self.archiveDigest = archiveDigest
        self.reason = reason
        self.at = at
        self.signature = signature
    }

    /// What is signed: one line of text, so that `ssh-keygen` can sign it from a file.
    public var message: [UInt8] {
        Array(
            "plumbline-plugin \(kind.rawValue) \(plugin) \(version) \(archiveDigest) \(RegistryTime.text(at)) \(reason)\n"
                .utf8)
    }
}
