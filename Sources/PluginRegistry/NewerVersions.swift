public import PluginPackaging
import Workspace

/// Which newer versions of a workspace's plugins their sources have.
public struct NewerVersions: Equatable, Sendable {
    /// The newest that the range in the lock file lets in; nil where that is what is locked.
    public var fitting: SemanticVersion?
    /// The newest of all; nil where that is what is locked.
    public var newest: SemanticVersion?
    /// Why the locked version was yanked or revoked; nil where it was not.
    public var withdrawn: String?

    /// What there is of each plugin, and what was in the way of some, if anything was.
    ///
    /// - Throws: ``PluginError`` where the lock file or a file of keys cannot be read.
    public static func all(
        _ setting: PluginPlan.Setting
    ) throws(PluginError) -> (found: [PluginName: NewerVersions], trouble: PluginError?) {
        let lock = try PluginShelf(setting.workspace).readLock()
        let sources = try PluginSources(setting, lock)
        var newer: [PluginName: NewerVersions] = [:]
        var trouble: PluginError?
        for plugin in lock.plugins where plugin.source != .workspace {
            do throws(PluginError) {
                newer[plugin.name] = NewerVersions(plugin, try sources.releases(of: plugin.name), setting.host)
            } catch {
                trouble = trouble ?? error
            }
        }
        return (newer, trouble)
    }

    private init(_ plugin: LockedPlugin, _ releases: [PluginIndex.Release], _ host: SemanticVersion) {
        let open = releases.filter { release in
            !release.isYanked && !release.isRevoked && release.version > plugin.version
                && release.host.contains(host)
        }
        newest = open.map(\.version).filter { !$0.isPrerelease }.max()
        fitting = open.map(\.version).filter { (plugin.wanted ?? .any).contains($0) }.max()
        let locked = releases.first { $0.version == plugin.version }
        withdrawn =
            locked?.revocation.map { "revoked: \($0.reason)" } ?? locked?.yank.map { "yanked: \($0.reason)" }
    }
}
