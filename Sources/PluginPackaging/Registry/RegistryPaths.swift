/// Where things of a plugin lie in a registry, relative to its root.
public struct RegistryPaths: Equatable, Sendable {
    /// The plugin.
    public let name: PluginName

    /// The places of a plugin.
    public init(_ name: PluginName) { self.name = name }

    /// The record of its versions.
    public var index: String { "index/\(name).ndjson" }

    /// The archive of a version.
    public func archive(_ version: SemanticVersion) -> String { "packages/\(name)/\(version).tar.gz" }

    /// The signature over that archive.
    public func signature(_ version: SemanticVersion) -> String { archive(version) + ".sig" }
}
