public import Foundation
public import PluginPackaging
import Workspace

/// Choosing versions, and checking their packages.
extension PluginPlan {
    /// Chooses versions: of those to be renewed the newest that fit, of the others those that are locked, and only where that
    /// cannot be also others of them.
    mutating func resolve(
        _ wanted: [PluginName: VersionRange], renewing: Set<PluginName>, _ sources: PluginSources, _ setting: Setting
    ) throws(PluginError) {
        let everything = Set(new.plugins.map(\.name))
        let chosen: [PluginName: PluginIndex.Release]
        do {
            chosen = try choose(wanted, renewing, sources, setting)
        } catch {
            guard error.code == .conflict, !renewing.isSuperset(of: everything) else { throw error }
            chosen = try choose(wanted, renewing.union(everything), sources, setting)
        }
        try take(chosen, wanted, renewing, sources, setting)
        remember(sources)
    }

    /// Marks locked versions that their registries revoked, for good: an index that does not tell of it is an older one, or that
    /// of another registry. Who knows better takes the plugin out and adds it again.
    ///
    /// - Returns: What was in the way, if anything was; all others are marked nevertheless.
    mutating func markRevoked(_ names: Set<PluginName>, _ sources: PluginSources) -> PluginError? {
        var trouble: PluginError?
        for name in names.sorted() {
            guard let plugin = new[name], case .registry = plugin.source else { continue }
            do throws(PluginError) {
                let revocation = try sources.index(of: name)?.release(plugin.version)?.revocation
                if let revocation { new[name]?.revoked = revocation.reason }
            } catch {
                trouble = trouble ?? error
            }
        }
        remember(sources)
        return trouble
    }

    /// Keeps how much of each index was seen, so that nobody can show less of it again, wherever the lock file goes.
    private mutating func remember(_ sources: PluginSources) {
        indexes = sources.indexes
        for (name, fetched) in indexes where new[name]?.source == .registry(fetched.place) {
            new[name]?.index = .init(fetched.index)
        }
    }

    private func choose(
        _ wanted: [PluginName: VersionRange], _ renewing: Set<PluginName>, _ sources: PluginSources, _ setting: Setting
    ) throws(PluginError) -> [PluginName: PluginIndex.Release] {
        let requests = wanted.sorted { $0.key < $1.key }.map {
            PluginResolver.Request(
                $0.key, $0.value, by: old[$0.key]?.wanted == $0.value ? PluginLock.fileName : "this command")
        }
        let staying = new.plugins.filter { !renewing.contains($0.name) && $0.revoked == nil }
        let preferred = Dictionary(uniqueKeysWithValues: staying.map { ($0.name, $0.version) })
        let resolver = PluginResolver(host: setting.host, preferring: preferred) { (name) throws(PluginError) in
            // What stays as it is needs no registry.
            if let locked = staying.first(where: { $0.name == name }) { return [PluginIndex.Release(locked)] }
            return try sources.releases(of: name).map { release in
                var release = release
                // Who has it keeps it until something newer takes its place.
                if release.archiveDigest == new[name]?.archive { release.withdrawals.removeAll { $0.kind == .yank } }
                return release
            }
        }
        return try resolver.resolve(requests)
    }

    /// Has every chosen version's package at hand, checked, before anything is changed.
    private mutating func take(
        _ chosen: [PluginName: PluginIndex.Release], _ wanted: [PluginName: VersionRange],
        _ renewing: Set<PluginName>, _ sources: PluginSources, _ setting: Setting
    ) throws(PluginError) {
        for (name, release) in chosen.sorted(by: { $0.key < $1.key }) {
            if var entry = new[name], entry.archive == release.archiveDigest {
                entry.wanted = wanted[name]
                if renewing.contains(name) { entry.source = try sources.place(of: name) }
                new[name] = entry
                if old[name]?.archive != entry.archive {
                    note(entry, from: old[name], to: packages[name])
                } else if renewing.contains(name), entry.source != .workspace, !isInstalled(entry) {
                    packages[name] = try sources.package(release, of: name, at: entry.added).package
                }
            } else {
                try takeNew(release, of: name, wanted[name], sources, setting)
            }
        }
        for plugin in new.plugins where chosen[plugin.name] == nil { new[plugin.name] = nil }
        for (name, package) in packages.sorted(by: { $0.key < $1.key }) { try checkFolder(name.word, package) }
        try noteRemovals()
        changes.sort { $0.name < $1.name }
    }

    private mutating func takeNew(
        _ release: PluginIndex.Release, of name: PluginName, _ wanted: VersionRange?, _ sources: PluginSources,
        _ setting: Setting
    ) throws(PluginError) {
        if let before = old[name], before.signature != nil, release.signature == nil {
            throw PluginError(
                .badSignature,
                "\(name) \(before.version) was signed, and \(release.version) is not: ask its hub why. If that is meant, "
                    + "remove it with `plumb plugin remove \(name)` and add it again.")
        }
        let (package, source) = try sources.package(release, of: name, at: setting.moment)
        var entry = LockedPlugin(
            package, source: source, wanted: wanted, signature: release.signature, at: setting.moment)
        let before = new[name]
        entry.approval = before?.approval
        new[name] = entry
        packages[name] = package
        note(entry, from: before, to: package)
    }

    private mutating func note(_ entry: LockedPlugin, from before: LockedPlugin?, to package: PluginPackage?) {
        let known = before.flatMap { approved($0) ?? installed($0) }
        var change = PluginChange(
            entry.name, from: before?.version, to: package, since: known, approved: before?.approval?.reads,
            needsApproval: !entry.isApproved)
        change.revoked = before?.revoked
        changes.append(change)
    }

    /// Names the plugins that go.
    mutating func noteRemovals() throws(PluginError) {
        for plugin in old.plugins where new[plugin.name] == nil {
            if plugin.source != .workspace { try checkFolder(plugin.word, nil) }
            changes.append(PluginChange(plugin.name, from: plugin.version))
        }
    }
}

extension PluginIndex.Release {
    /// The version that is locked.
    fileprivate init(_ plugin: LockedPlugin) {
        self.init(
            version: plugin.version, archiveDigest: plugin.archive, size: 0, host: plugin.host, needs: plugin.needs,
            published: plugin.added, signature: plugin.signature.map { [UInt8]($0) })
    }
}

extension LockedPlugin.SeenIndex {
    fileprivate init(_ index: PluginIndex) {
        self.init(bytes: index.seen.byteCount, digest: index.seen.digest)
    }
}

extension LockedPlugin {
    init(_ package: PluginPackage, source: Source, wanted: VersionRange?, signature: [UInt8]?, at moment: Date) {
        self.init(
            name: package.manifest.name, version: package.manifest.version, source: source, wanted: wanted,
            archive: package.archiveDigest, signature: signature.map { Data($0) }, added: moment,
            host: package.manifest.host, needs: package.manifest.needs, files: package.digests)
    }

    /// A plugin that came with the program, as trusted as the program.
    public init(shipped package: PluginPackage, at moment: Date) {
        self.init(package, source: .shipped, wanted: .any, signature: nil, at: moment)
        approval = Approval(archive: archive, reads: package.manifest.reads, at: moment)
    }
}
