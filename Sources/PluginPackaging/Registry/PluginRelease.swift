public import Foundation

extension PluginIndex {
    /// A version that was published.
    public struct Release: Equatable, Sendable {
        /// The version.
        public var version: SemanticVersion
        /// The digest of its archive.
        public var archiveDigest: String
        /// The archive's length in bytes.
        public var size: Int
        /// The versions of Plumbline that can run it.
        public var host: VersionRange
        /// The plugins that it needs, by name.
        public var needs: [PluginNeed]
        /// When it was published, in whole seconds.
        public var published: Date
        /// The SSHSIG blob over the archive; nil where nobody signed.
        public var signature: [UInt8]?
        /// The words that took it back, whoever said them, in the order of the index.
        public var withdrawals: [Withdrawal]

        /// A version. Releases are made by hand too, of plugins that come from no registry.
        public init(
            version: SemanticVersion, archiveDigest: String, size: Int, host: VersionRange = .any,
            needs: [PluginNeed] = [], published: Date, signature: [UInt8]? = nil, withdrawals: [Withdrawal] = []
        ) {
            self.version = version
            self.archiveDigest = archiveDigest
            self.size = size
            self.host = host
            self.needs = needs.sorted { $0.name < $1.name }
            self.published = published
            self.signature = signature
            self.withdrawals = withdrawals
        }

        /// The word that nobody should choose it anew.
        public var yank: Withdrawal? { withdrawals.first { $0.kind == .yank } }
        /// The word that it must not run.
        public var revocation: Withdrawal? { withdrawals.first { $0.kind == .revoke } }
        /// Whether nobody should choose it anew.
        public var isYanked: Bool { yank != nil }
        /// Whether it must not run.
        public var isRevoked: Bool { revocation != nil }
    }
}

extension PluginIndex.Release {
    /// The release that a package makes.
    public init(of package: PluginPackage, published: Date, signature: [UInt8]?) {
        self.init(
            version: package.manifest.version, archiveDigest: package.archiveDigest, size: package.archive.count,
            host: package.manifest.host, needs: package.manifest.needs, published: published, signature: signature)
    }
}
