import Foundation
import PluginPackaging
import Workspace

/// What lies in the workspace, and carrying a plan out.
extension PluginPlan {
    /// Whether a plugin's folder holds what is locked.
    func isInstalled(_ plugin: LockedPlugin) -> Bool {
        (try? PackageContent(folder: shelf.folder(plugin.word)))?.archiveDigest == plugin.archive
    }

    /// The package of a locked version, from its folder or from what was kept; nil where neither has it.
    func installed(_ plugin: LockedPlugin) -> PluginPackage? {
        if let package = try? PluginPackage(folder: shelf.folder(plugin.word)),
            package.archiveDigest == plugin.archive
        {
            return package
        }
        return shelf.cachedPackage(plugin.archive, called: plugin.name)
    }

    /// The package that was approved last; nil where none was, or it was not kept.
    func approved(_ plugin: LockedPlugin) -> PluginPackage? {
        plugin.approval.flatMap { shelf.cachedPackage($0.archive, called: plugin.name) }
    }

    /// A folder is replaced or taken away only where nothing of somebody's work is in it: where it holds what is locked, what
    /// is to come, or another version that a command put there before it was interrupted.
    ///
    /// - Throws: ``PluginError`` with `.changed`.
    func checkFolder(_ word: String, _ next: PluginPackage?) throws(PluginError) {
        let folder = shelf.folder(word)
        let shown = PluginShelf.shownFolder(word)
        guard FileManager.default.fileExists(atPath: folder.path) else { return }
        let content: PackageContent
        do throws(PluginError) {
            content = try PackageContent(folder: folder)
        } catch {
            throw PluginError(
                .changed, "\(shown) is there and no package (\(error.description)). Move it away and try again.")
        }
        let digest = content.archiveDigest
        let locked = old.plugins.first { $0.word == word }
        if digest == locked?.archive || digest == next?.content.archiveDigest { return }
        if shelf.cachedArchive(digest) != nil { return }
        throw PluginError(
            .changed,
            locked == nil
                ? "\(shown) is there, but \(PluginLock.fileName) does not name it: move it away and try again."
                : "\(shown) was edited since it was added, and that would be lost: move it away and try again; to change a "
                    + "measure, `plumb plugin fork` it.")
    }

    /// Changes the workspace, all of it or nothing: the folders first, the lock file last.
    ///
    /// - Throws: `WorkspaceError` when the workspace cannot be written; it is then as it was.
    public func carryOut() throws {
        for (name, fetched) in indexes {
            try shelf.keep(index: fetched.index.bytes, name.description, of: fetched.place)
        }
        for package in packages.values { try shelf.keep(archive: package.archive) }
        var folders = PluginFolderExchange(shelf)
        do {
            try exchange(&folders)
            if new != old { try shelf.write(new) }
        } catch {
            folders.undo()
            throw error
        }
        folders.settle()
    }

    /// The hub's own sources lie where they were written, with what does not belong into packages beside them, and stay there.
    private func exchange(_ folders: inout PluginFolderExchange) throws(WorkspaceError) {
        for plugin in new.plugins where plugin.source != .workspace && !isInstalled(plugin) {
            if let package = packages[plugin.name] { try folders.put(package.content, as: plugin.word) }
        }
        for plugin in old.plugins where plugin.source != .workspace {
            if !new.plugins.contains(where: { $0.word == plugin.word }) { try folders.takeAway(plugin.word) }
        }
    }

    /// Takes out what nobody asked for and nobody needs any more.
    mutating func dropUnneeded() {
        while let idle = new.plugins.first(where: { plugin in
            plugin.wanted == nil && !new.plugins.contains { $0.needs(plugin.name) }
        }) {
            new[idle.name] = nil
        }
    }
}

extension LockedPlugin {
    /// Whether it needs another.
    func needs(_ name: PluginName) -> Bool { needs.contains { $0.name == name } }
}
