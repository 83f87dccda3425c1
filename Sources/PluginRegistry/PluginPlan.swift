public import Foundation
public import PluginPackaging
public import Workspace

/// Which plugins a workspace is to have, found out whole before anything is changed.
///
/// A plan is made under ``PluginsLock`` and carried out under the same.
public struct PluginPlan {
    /// What changes, in order of the names.
    public internal(set) var changes: [PluginChange] = []
    /// Locked versions that their registries revoked, each with the reason.
    public var revoked: [String] {
        new.plugins.compactMap { plugin in plugin.revoked.map { "\(plugin.name) \(plugin.version): \($0)" } }
    }
    /// Why nothing else was done than to mark what was revoked; nil where all was done.
    public private(set) var trouble: PluginError?
    let shelf: PluginShelf
    let old: PluginLock
    var new: PluginLock
    /// The packages to be installed.
    var packages: [PluginName: PluginPackage] = [:]
    /// The indexes that were asked for, to be kept.
    var indexes: [PluginName: (index: PluginIndex, place: String)] = [:]

    /// What a plan is made from.
    public struct Setting {
        /// The workspace.
        public var workspace: Workspace
        /// This program's version.
        public var host: SemanticVersion
        /// The plugins that came with the program.
        public var shipped: [PluginPackage]
        /// The registry that was named; nil where none was.
        public var registry: RegistryPlace?
        /// How registries are asked.
        public var access = Registry.Access()
        /// Now.
        public var moment: Date

        /// What a plan is made from.
        public init(
            _ workspace: Workspace, host: SemanticVersion, shipped: [PluginPackage] = [],
            registry: RegistryPlace? = nil, moment: Date
        ) {
            self.workspace = workspace
            self.host = host
            self.shipped = shipped
            self.registry = registry
            self.moment = moment
        }
    }

    /// Whether the lock file stays as it is.
    public var isIdle: Bool { new == old }

    /// A plan that adds a plugin in a range of versions, or asks for another range of one that is there, or for another
    /// registry.
    ///
    /// - Throws: ``PluginError`` when nothing fits or something cannot be trusted, `WorkspaceError` when what was fetched
    ///   cannot be kept.
    public init(adding name: PluginName, in range: VersionRange, _ setting: Setting) throws {
        try self.init(setting)
        var wanted = wantedRanges
        wanted[name] = range
        try resolve(wanted, renewing: [name], try PluginSources(setting, new, moving: [name]), setting)
    }

    /// A plan that takes the newest versions that fit: of some plugins, or of all.
    ///
    /// - Throws: like ``init(adding:in:_:)``.
    public init(updating names: [PluginName]?, _ setting: Setting) throws {
        try self.init(setting)
        for name in names ?? [] { _ = try old.required(name) }
        let renewing = Set(names ?? old.plugins.map(\.name))
        let sources = try PluginSources(setting, new, moving: registryPlugins(among: renewing))
        let unanswered = markRevoked(renewing, sources)
        let marked = new
        do throws(PluginError) {
            if let unanswered { throw unanswered }
            try resolve(wantedRanges, renewing: renewing, sources, setting)
        } catch {
            let isNews = marked.plugins.map(\.revoked) != old.plugins.map(\.revoked)
            guard isNews || (error.code == .conflict && !revoked.isEmpty) else { throw error }
            // What was revoked must not run, whether anything takes its place or not.
            (new, packages, changes, trouble) = (marked, [:], [], error)
        }
    }

    /// A plan that takes a plugin out, with those that only it needed.
    ///
    /// - Throws: ``PluginError`` when it is not there or another needs it.
    public init(removing name: PluginName, _ setting: Setting) throws {
        try self.init(setting)
        _ = try old.required(name)
        if let needing = old.plugins.first(where: { $0.needs(name) }) {
            throw PluginError(.conflict, "\(needing.name) needs \(name): remove \(needing.name) first.")
        }
        new[name] = nil
        dropUnneeded()
        try noteRemovals()
    }

    /// A plan that locks a folder of the workspace as the hub's own plugin.
    ///
    /// - Throws: ``PluginError`` when the folder is no package, or not the hub's.
    public init(addingOwn package: PluginPackage, _ setting: Setting) throws {
        try self.init(setting)
        let manifest = package.manifest
        guard manifest.name.hub == setting.workspace.config.hub else {
            throw PluginError(
                .untrusted,
                "\(manifest.name) is a plugin of \(manifest.name.hub), and plumbline.yaml says that this is a workspace of "
                    + "\(setting.workspace.config.hub): call it \(setting.workspace.config.hub)/\(manifest.name.word) in "
                    + "plugin.yaml if it is yours, or add it from a registry, where it is signed.")
        }
        let known = old[manifest.name]
        if known?.source == .workspace, known?.archive == package.archiveDigest { return }
        var wanted = wantedRanges
        wanted[manifest.name] = .any
        new[manifest.name] = LockedPlugin(
            package, source: .workspace, wanted: .any, signature: nil, at: setting.moment)
        packages[manifest.name] = package
        try resolve(wanted, renewing: [], try PluginSources(setting, new), setting)
    }

    /// A plan that changes nothing, and shows again what is to be approved: of some plugins, or of all that wait.
    ///
    /// - Throws: ``PluginError`` when one is not locked.
    public init(reviewing names: [PluginName]?, _ setting: Setting) throws {
        try self.init(setting)
        let waiting = try PluginApproval(setting.workspace).waiting()
        for name in names ?? waiting {
            let plugin = try old.required(name)
            guard waiting.contains(name) else { continue }
            let package = try PluginPackage(folder: shelf.folder(plugin.word))
            let before = approved(plugin)
            changes.append(
                PluginChange(
                    name, from: before?.manifest.version, to: package, since: before,
                    approved: plugin.approval?.reads, needsApproval: true))
        }
    }

    private init(_ setting: Setting) throws(PluginError) {
        shelf = PluginShelf(setting.workspace)
        old = try shelf.readLock()
        new = old
    }

    private var wantedRanges: [PluginName: VersionRange] {
        Dictionary(uniqueKeysWithValues: old.plugins.compactMap { plugin in plugin.wanted.map { (plugin.name, $0) } })
    }

    /// Those of some plugins that came from a registry.
    private func registryPlugins(among names: Set<PluginName>) -> Set<PluginName> {
        names.filter { name in
            if case .registry = old[name]?.source { true } else { false }
        }
    }
}

extension PluginLock {
    /// A plugin by its name.
    ///
    /// - Throws: ``PluginError`` with `.unknownPlugin` where it is not locked.
    func required(_ name: PluginName) throws(PluginError) -> LockedPlugin {
        if let plugin = self[name] { return plugin }
        throw PluginError(
            .unknownPlugin,
            "There is no plugin \(name) in \(Self.fileName)"
                + Workspace.endProposing(name.description, plugins.map(\.name.description)))
    }
}
