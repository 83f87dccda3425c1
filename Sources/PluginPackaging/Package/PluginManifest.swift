public import MeasureModel

/// What `plugin.yaml` says of a plugin.
public struct PluginManifest: Equatable, Sendable {
    /// What it is called.
    public var name: PluginName
    /// Which version this is.
    public var version: SemanticVersion
    /// What people call it.
    public var title: String?
    /// The versions of Plumbline that can run it.
    public var host: VersionRange
    /// The plugins whose modules it may require, by name.
    public var needs: [PluginNeed]
    /// What its measures may read, by dataset.
    public var reads: [DatasetReads]
    /// On which terms it is shared, as SPDX names them.
    public var license: String
    /// Who wrote it.
    public var authors: [String]
    /// What changed, the newest version first.
    public var changelog: [Change]

    /// What changed with a version.
    public struct Change: Equatable, Sendable {
        /// The version.
        public var version: SemanticVersion
        /// What changed, in a sentence or a few.
        public var text: String
    }

    /// The name of its file in a package.
    public static let fileName = "plugin.yaml"
}
