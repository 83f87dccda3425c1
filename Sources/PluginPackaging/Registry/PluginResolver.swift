/// Chooses one version of each plugin that is asked for or needed.
public struct PluginResolver {
    /// A plugin that somebody asks for.
    public struct Request: Equatable, Sendable {
        /// Which.
        public var name: PluginName
        /// Its versions that will do.
        public var range: VersionRange
        /// Who asks, for messages: `plumbline.yaml`.
        public var by: String

        /// A request.
        public init(_ name: PluginName, _ range: VersionRange, by: String) {
            self.name = name
            self.range = range
            self.by = by
        }
    }

    let host: SemanticVersion
    let preferring: [PluginName: SemanticVersion]
    let releases: (PluginName) throws(PluginError) -> [PluginIndex.Release]

    /// A resolver for one version of Plumbline. What is preferred is taken where it fits, even if it was yanked. `releases`
    /// gives the versions of a plugin, none where there is no such plugin.
    public init(
        host: SemanticVersion, preferring: [PluginName: SemanticVersion] = [:],
        releases: @escaping (PluginName) throws(PluginError) -> [PluginIndex.Release]
    ) {
        self.host = host
        self.preferring = preferring
        self.releases = releases
    }

    /// A version for each plugin that is asked for or needed: the newest that fits, but what is preferred first. Plugins are
    /// decided in the order of their names, those first that are known to be needed; the choice for each is the best with
    /// which a choice for the rest is left.
    ///
    /// - Throws: ``PluginError`` with `.conflict`, saying who asks for what, what there is and what was tried; with
    ///   `.unknownPlugin` where a plugin or the version in use is not there; and whatever `releases` throws.
    public func resolve(_ requests: [Request]) throws(PluginError) -> [PluginName: PluginIndex.Release] {
        var search = ResolverSearch(self, requests)
        return try search.run()
    }
}
