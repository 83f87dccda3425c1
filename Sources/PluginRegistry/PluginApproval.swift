public import Foundation
public import MeasureModel
public import PluginPackaging
public import Workspace

/// Consent: what a plugin is and may read, looked at and written into the lock file.
public struct PluginApproval {
    /// What was approved, or is there to be looked at.
    public struct Item: Equatable, Sendable {
        /// The plugin.
        public var name: PluginName
        /// Its version.
        public var version: SemanticVersion
        /// What its measures may read.
        public var reads: [DatasetReads]
        /// Files that changed since it was approved last; all where nobody did, or what was approved was not kept.
        public var files: [String]
    }

    private let workspace: Workspace
    private let shelf: PluginShelf

    /// Approves in a workspace.
    public init(_ workspace: Workspace) {
        self.workspace = workspace
        shelf = PluginShelf(workspace)
    }

    /// Approves plugins by their names: what lies in their folders is what was looked at. Of the hub's own plugins also what was
    /// edited; of others only what is locked and signed.
    ///
    /// - Throws: ``PluginError`` when one is not there or not what is locked, `WorkspaceError` when the lock file cannot be
    ///   written.
    public func approve(_ names: [PluginName], at moment: Date) throws -> [Item] {
        var lock = try shelf.readLock()
        var items: [Item] = []
        var packages: [PluginPackage] = []
        for name in names {
            let plugin = try lock.required(name)
            if let reason = plugin.revoked {
                throw PluginError(
                    .notApproved, "\(name) \(plugin.version) was revoked (\(reason)): update or remove it.")
            }
            let package = try package(of: plugin)
            let (entry, item) = approved(plugin, package, at: moment)
            lock[name] = entry
            items.append(item)
            packages.append(package)
        }
        for package in packages { try shelf.keep(archive: package.archive) }
        if try lock != shelf.readLock() { try shelf.write(lock) }
        return items
    }

    /// The plugins that nobody approved as they are, but those that were revoked.
    ///
    /// - Throws: ``PluginError`` with `.badLock`.
    public func waiting() throws(PluginError) -> [PluginName] {
        try shelf.readLock().plugins.filter { plugin in
            guard plugin.revoked == nil else { return false }
            guard plugin.isApproved, plugin.source == .workspace else { return !plugin.isApproved }
            return (try? PackageContent(folder: shelf.folder(plugin.word)))?.archiveDigest != plugin.archive
        }.map(\.name)
    }

    private func package(of plugin: LockedPlugin) throws(PluginError) -> PluginPackage {
        if plugin.source == .workspace {
            let package = try PluginPackage(folder: shelf.folder(plugin.word))
            guard package.manifest.name == plugin.name else {
                throw PluginError(
                    .changed,
                    "\(PluginShelf.shownFolder(plugin.word)) calls itself \(package.manifest.name) now: remove "
                        + "\(plugin.name) and add the folder again.")
            }
            return package
        }
        let content = try PluginChecking(workspace).content(of: plugin)
        return try PluginPackage(content: content, called: plugin.name.description)
    }

    private func approved(
        _ plugin: LockedPlugin, _ package: PluginPackage, at moment: Date
    ) -> (LockedPlugin, Item) {
        let content = package.content
        let digests = content.digests
        let known = plugin.approval.flatMap { shelf.cachedPackage($0.archive, called: plugin.name)?.digests } ?? [:]
        var entry = plugin
        if plugin.source == .workspace {
            entry = LockedPlugin(package, source: .workspace, wanted: plugin.wanted, signature: nil, at: moment)
            if entry.archive == plugin.archive { entry.added = plugin.added }
        }
        if !plugin.isApproved || entry.archive != plugin.archive {
            entry.approval = .init(
                archive: content.archiveDigest, reads: package.manifest.reads,
                at: moment)
        } else {
            entry.approval = plugin.approval
        }
        let files = Set(digests.keys).union(known.keys).filter { digests[$0] != known[$0] }
        return (
            entry,
            Item(
                name: plugin.name, version: entry.version, reads: package.manifest.reads,
                files: files.sorted())
        )
    }
}
