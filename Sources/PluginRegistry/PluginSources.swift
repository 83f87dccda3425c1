import Foundation
import PluginPackaging
import Workspace

/// Where the versions of each plugin are found: in the registry that it came from or that is asked now, beside the program, or
/// in the workspace itself.
final class PluginSources {
    private let workspace: Workspace
    private let shelf: PluginShelf
    private let lock: PluginLock
    private let policy: SignaturePolicy
    private let shipped: [PluginPackage]
    private let asked: Registry?
    /// The plugins that the registry asked now is to give, wherever they came from.
    private let moving: Set<PluginName>
    private let access: Registry.Access
    private let moment: Date
    /// Registries that did not answer, by their places: they are not waited for again.
    private var unreachable: [String: PluginError] = [:]
    /// The indexes that were asked for.
    private(set) var indexes: [PluginName: (index: PluginIndex, place: String)] = [:]

    init(_ setting: PluginPlan.Setting, _ lock: PluginLock, moving: Set<PluginName> = []) throws(PluginError) {
        workspace = setting.workspace
        self.lock = lock
        self.moving = moving
        policy = try setting.workspace.signaturePolicy()
        shipped = setting.shipped
        access = setting.access
        moment = setting.moment
        shelf = PluginShelf(setting.workspace)
        asked = setting.registry.map { [shelf, policy, access] in Registry($0, shelf, policy, access) }
    }

    /// Where a plugin comes from.
    enum Source {
        case registry(Registry)
        case package(PluginPackage, LockedPlugin.Source)
    }

    /// The source of a plugin: for one that is locked the one it had, unless another is named for it.
    ///
    /// - Throws: ``PluginError`` where nobody says from where it is to come.
    func source(of name: PluginName) throws(PluginError) -> Source {
        let locked = lock[name]
        if locked?.source == .workspace {
            return .package(try PluginPackage(folder: shelf.folder(name.word)), .workspace)
        }
        if let asked, moving.contains(name) { return .registry(asked) }
        if case .registry(let place) = locked?.source { return .registry(try registry(at: place)) }
        if let package = shipped.first(where: { $0.manifest.name == name }) { return .package(package, .shipped) }
        if let asked { return .registry(asked) }
        if let place = workspace.config.plugins.registry { return .registry(try registry(at: place)) }
        if let registry = try usedRegistry(with: name) { return .registry(registry) }
        throw PluginError(
            .unknownPlugin,
            "Nobody says where \(name) is to come from: name a registry with --from, or as `plugins: { registry: ... }` in "
                + "plumbline.yaml.")
    }

    /// The first registry of other plugins that has this one, for those that they need.
    private func usedRegistry(with name: PluginName) throws(PluginError) -> Registry? {
        for plugin in lock.plugins {
            guard case .registry(let place) = plugin.source else { continue }
            let registry = try registry(at: place)
            if (try? index(of: name, in: registry)) != nil { return registry }
        }
        return nil
    }

    private func registry(at place: String) throws(PluginError) -> Registry {
        Registry(try RegistryPlace(place, base: workspace.url), shelf, policy, access)
    }

    /// The versions of a plugin.
    func releases(of name: PluginName) throws(PluginError) -> [PluginIndex.Release] {
        switch try source(of: name) {
        case .registry(let registry):
            let all = try index(of: name, in: registry).releases
            let open = all.filter {
                $0.archiveDigest == lock[name]?.archive || registry.mayBeTaken($0, of: name, at: moment)
            }
            // Where none may be taken, taking one says why.
            return open.isEmpty ? all : open
        case .package(let package, _):
            return [PluginIndex.Release(of: package, published: .distantPast, signature: nil)]
        }
    }

    /// The index of a plugin that comes from a registry.
    func index(of name: PluginName) throws(PluginError) -> PluginIndex? {
        guard case .registry(let registry) = try source(of: name) else { return nil }
        return try index(of: name, in: registry)
    }

    private func index(of name: PluginName, in registry: Registry) throws(PluginError) -> PluginIndex {
        if let known = indexes[name] { return known.index }
        let place = registry.place.text
        if let error = unreachable[place] { throw error }
        let locked = lock[name]
        let seen = locked?.source == .registry(place) ? locked?.index : nil
        do throws(PluginError) {
            let index = try registry.index(of: name, seen: seen, at: moment)
            indexes[name] = (index, place)
            return index
        } catch {
            if error.code == .unreachable { unreachable[place] = error }
            throw error
        }
    }

    /// Where a plugin comes from, as the lock file has it.
    func place(of name: PluginName) throws(PluginError) -> LockedPlugin.Source {
        switch try source(of: name) {
        case .registry(let registry): .registry(registry.place.text)
        case .package(_, let source): source
        }
    }

    /// A version's package with where it came from.
    func package(
        _ release: PluginIndex.Release, of name: PluginName, at moment: Date
    ) throws(PluginError) -> (package: PluginPackage, source: LockedPlugin.Source) {
        switch try source(of: name) {
        case .registry(let registry):
            return (try registry.package(release, of: name, at: moment), .registry(registry.place.text))
        case .package(let package, let source):
            guard package.archiveDigest == release.archiveDigest else {
                throw PluginError(
                    .changed,
                    "\(name) \(release.version) is not to be had any more, as \(package.manifest.version) takes its place: run "
                        + "`plumb plugin update \(name)`.")
            }
            return (package, source)
        }
    }
}
