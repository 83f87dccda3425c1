public import Foundation
public import MeasureModel

/// What `plumb.lock` records of a plugin.
public struct LockedPlugin: Equatable, Sendable, Codable {
    /// Its name, `riverbend/climate`.
    public var name: PluginName
    /// Its version.
    public var version: SemanticVersion
    /// Where it came from.
    public var source: Source
    /// The range that somebody asked for; nil where only other plugins need it.
    public var wanted: VersionRange?
    /// The digest of its archive.
    public var archive: String
    /// The signature over the archive, a SSHSIG blob; nil for a plugin that nobody signed.
    public var signature: Data?
    /// When it was added, in whole seconds: the moment at which the signing key had to be valid, so that a key that runs out later
    /// does not stop what was reviewed.
    public var added: Date
    /// The versions of Plumbline that can run it.
    public var host: VersionRange
    /// The plugins whose modules it may require, with the ranges it asks for.
    public var needs: [PluginNeed]
    /// The digest of each file, by its path in the package.
    public var files: [String: String]
    /// What was approved last, which need not be what is locked; nil until somebody approves.
    public var approval: Approval?
    /// Why its registry took it back; nil where it did not.
    public var revoked: String?
    /// How much of its registry's index was seen: nobody can show less again.
    public var index: SeenIndex?

    /// Where a plugin came from.
    public enum Source: Equatable, Sendable {
        /// A registry, by its address or folder.
        case registry(String)
        /// A folder of this workspace: the hub's own sources.
        case workspace
        /// It came with the program.
        case shipped
    }

    /// What was approved.
    public struct Approval: Equatable, Sendable, Codable {
        /// The digest of the archive that was looked at.
        public var archive: String
        /// What it may read, as it was shown.
        public var reads: [DatasetReads]
        /// When.
        public var at: Date

        /// An approval.
        public init(archive: String, reads: [DatasetReads], at: Date) {
            self.archive = archive
            self.reads = reads
            self.at = LockedPlugin.wholeSeconds(at)
        }
    }

    /// The beginning of an index.
    public struct SeenIndex: Equatable, Sendable, Codable {
        /// Its length in bytes.
        public var bytes: Int
        /// Its digest.
        public var digest: String

        /// A beginning.
        public init(bytes: Int, digest: String) {
            self.bytes = bytes
            self.digest = digest
        }
    }

    /// A plugin, not yet approved.
    public init(
        name: PluginName, version: SemanticVersion, source: Source, wanted: VersionRange? = nil, archive: String,
        signature: Data? = nil, added: Date, host: VersionRange = .any, needs: [PluginNeed] = [],
        files: [String: String] = [:],
        approval: Approval? = nil, revoked: String? = nil, index: SeenIndex? = nil
    ) {
        self.name = name
        self.version = version
        self.source = source
        self.wanted = wanted
        self.archive = archive
        self.signature = signature
        self.added = Self.wholeSeconds(added)
        self.host = host
        self.needs = needs
        self.files = files
        self.approval = approval
        self.revoked = revoked
        self.index = index
    }

    /// The word before the names of its modules, and the name of its folder under `Plugins`.
    public var word: String { name.word }

    /// The file has no fractions of seconds.
    static func wholeSeconds(_ date: Date) -> Date {
        Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
    }

    /// Whether what is locked is what was approved.
    public var isApproved: Bool { approval?.archive == archive }
}

extension LockedPlugin.Source: Codable {
    private static let workspaceText = "workspace"
    private static let shippedText = "shipped"

    /// Reads it from the lock file.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        switch text {
        case Self.workspaceText: self = .workspace
        case Self.shippedText: self = .shipped
        default: self = .registry(text)
        }
    }

    /// Writes it into the lock file.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// How the lock file and people call it.
    public var text: String {
        switch self {
        case .registry(let place): place
        case .workspace: Self.workspaceText
        case .shipped: Self.shippedText
        }
    }
}
