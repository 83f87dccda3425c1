import Foundation
public import PluginPackaging
import TabularIO

/// Holds what lies under `Plugins` against the lock file, and says of each plugin whether it may run.
public struct PluginChecking: Sendable {
    private let shelf: PluginShelf
    private let policy: SignaturePolicy
    private let hub: String

    /// Whose plugins come with the program.
    private static let shippingHub = "plumbline"

    /// Checks the plugins of a workspace.
    ///
    /// - Throws: ``PluginError`` that names the line of a file of keys that cannot be understood.
    public init(_ workspace: Workspace) throws(PluginError) {
        try self.init(of: workspace.url, workspace.config)
    }

    fileprivate init(of root: URL, _ config: WorkspaceConfig) throws(PluginError) {
        shelf = PluginShelf(root: root)
        policy = try Workspace.signaturePolicy(config.plugins, in: root)
        hub = config.hub
    }

    /// A plugin's files, if they are those that the lock file names and somebody trusted signed them.
    ///
    /// - Throws: ``PluginError`` that says what differs.
    public func content(of plugin: LockedPlugin) throws(PluginError) -> PackageContent {
        let folder = shelf.folder(plugin.word)
        guard FileManager.default.fileExists(atPath: folder.path) else {
            let way =
                plugin.source == .workspace
                ? "bring it back, or run `plumb plugin remove \(plugin.name)`"
                : "bring it back with `plumb plugin update \(plugin.name)`"
            throw PluginError(.changed, "\(Self.shown(plugin)) is not there: \(way)")
        }
        let place = folder.resolvingSymlinksInPath()
        guard (try? place.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true else {
            throw PluginError(
                .changed,
                "\(Self.shown(plugin)) is no folder: move it away and run `plumb plugin update \(plugin.name)`")
        }
        let content = try PackageContent(folder: folder)
        guard content.archiveDigest == plugin.archive else { throw Self.edited(plugin, content) }
        try checkSignature(plugin, content)
        return content
    }

    /// Why a plugin may not run, though its files are what they should be; nil when it may.
    func refusal(_ plugin: LockedPlugin, among lock: PluginLock) -> String? {
        if let reason = plugin.revoked {
            return
                "its registry revoked \(plugin.version) (\(reason)): run `plumb plugin update \(plugin.name)`, and `plumb plugin "
                + "remove \(plugin.name)` if nothing takes its place"
        }
        if let current = try? SemanticVersion(PlumblineVersion.current), !plugin.host.contains(current) {
            return
                "\(plugin.version) needs plumb \(plugin.host), and this is \(current): use another version of one of the two"
        }
        guard plugin.isApproved else {
            return "\(plugin.version) is not approved: look at \(Self.shown(plugin)) and run `plumb plugin approve "
                + "\(plugin.name)`"
        }
        if let unfit = plugin.needs.first(where: { need in
            lock[need.name].map { !need.range.contains($0.version) } ?? false
        }) {
            return "it needs \(unfit.name) \(unfit.range), and another version is here: run `plumb plugin update`"
        }
        let missing = plugin.needs.first { lock[$0.name] == nil }
        return missing.map {
            "it needs \($0.name), which is not here: run `plumb plugin add \($0.name)`"
        }
    }

    private func checkSignature(_ plugin: LockedPlugin, _ content: PackageContent) throws(PluginError) {
        var signature: PluginSignature?
        if let blob = plugin.signature {
            signature = try PluginSignature(blob: [UInt8](blob))
        } else if isAtHome(plugin) {
            return
        }
        _ = try policy.admit(
            signature: signature, over: content.archive, plugin: plugin.name.description, at: plugin.added)
    }

    /// What came with the program is as trusted as that, and the hub's own as the measures beside it.
    private func isAtHome(_ plugin: LockedPlugin) -> Bool {
        switch plugin.source {
        case .shipped: plugin.name.hub == Self.shippingHub
        case .workspace: plugin.name.hub == hub
        case .registry: false
        }
    }

    private static func edited(_ plugin: LockedPlugin, _ content: PackageContent) -> PluginError {
        let digests = content.digests
        let names = Set(digests.keys).union(plugin.files.keys).filter { digests[$0] != plugin.files[$0] }.sorted()
        let shownNames = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", ..." : "")
        let advice =
            switch plugin.source {
            case .workspace: "look at it and run `plumb plugin approve \(plugin.name)`"
            case .registry, .shipped:
                "move the folder away and run `plumb plugin update \(plugin.name)` to bring it back; to change a measure, "
                    + "`plumb plugin fork` it"
            }
        return PluginError(
            .changed, "\(shown(plugin)) was edited since it was added (\(shownNames)): \(advice)", file: names.first)
    }

    private static func shown(_ plugin: LockedPlugin) -> String { PluginShelf.shownFolder(plugin.word) }
}

extension InstalledPlugins {
    /// The plugins of a workspace, each with its sources if it may run, and else with the reason why not.
    init(of root: URL, _ config: WorkspaceConfig) {
        let shelf = PluginShelf(root: root)
        do throws(PluginError) {
            let lock = try shelf.readLock()
            if lock.plugins.isEmpty {
                self.init([])
            } else {
                let checking = try PluginChecking(of: root, config)
                self.init(
                    Parallel.map(lock.plugins.count) { InstalledPlugin(lock.plugins[$0], among: lock, checking) })
            }
            unlocked = shelf.pluginFolders.filter { self[word: $0] == nil }
        } catch {
            self.init([], problem: error.description)
        }
    }
}

extension InstalledPlugin {
    fileprivate init(_ plugin: LockedPlugin, among lock: PluginLock, _ checking: PluginChecking) {
        self.init(
            name: plugin.name.description, version: plugin.version.description,
            needs: plugin.needs.map(\.name.description))
        do throws(PluginError) {
            let content = try checking.content(of: plugin)
            obstacle = checking.refusal(plugin, among: lock)
            reads = plugin.approval?.reads ?? []
            sources = content.files.filter { $0.path.hasSuffix(".lua") }.map { Source(path: $0.path, bytes: $0.bytes) }
        } catch {
            obstacle = error.clause
            // Which files there were; nothing of them is read.
            sources = plugin.files.keys.filter { $0.hasSuffix(".lua") }.sorted().map { Source(path: $0, bytes: []) }
        }
    }
}
