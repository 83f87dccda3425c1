import Foundation
public import PluginPackaging

/// Folders of plugins that change together: until ``settle()``, all of them can be put back as they were.
///
/// New files are written elsewhere and old folders are moved elsewhere, so that a command that is killed leaves whole folders
/// or none under `Plugins`, never half of one.
public struct PluginFolderExchange {
    private let shelf: PluginShelf
    private var exchanged: [(target: URL, old: URL?)] = []

    /// Nothing is changed yet.
    public init(_ shelf: PluginShelf) {
        self.shelf = shelf
    }

    /// Puts a plugin's files into its folder, in the place of what is there.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`; ``undo()`` brings back what was there.
    public mutating func put(_ content: PackageContent, as word: String) throws(WorkspaceError) {
        let target = shelf.folder(word)
        let draft = try shelf.newDraft()
        try PluginShelf.writing(target) {
            for file in content.files {
                let url = draft.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.bytes).write(to: url)
            }
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        }
        try takeAway(word)
        try PluginShelf.writing(target) { try FileManager.default.moveItem(at: draft, to: target) }
        exchanged.append((target, nil))
    }

    /// Takes a plugin's folder away.
    ///
    /// - Throws: ``WorkspaceError`` with `.notWritable`; that folder is then as it was.
    public mutating func takeAway(_ word: String) throws(WorkspaceError) {
        let target = shelf.folder(word)
        guard FileManager.default.fileExists(atPath: target.path) else { return }
        let old = try shelf.newDraft()
        try PluginShelf.writing(target) { try FileManager.default.moveItem(at: target, to: old) }
        exchanged.append((target, old))
    }

    /// Puts everything back, the last first.
    public func undo() {
        var isWhole = true
        for (target, old) in exchanged.reversed() {
            do {
                if let old {
                    try FileManager.default.moveItem(at: old, to: target)
                } else {
                    try FileManager.default.removeItem(at: target)
                }
            } catch {
                isWhole = false
            }
        }
        // What could not be put back is not thrown away.
        if isWhole { shelf.removeDrafts() }
    }

    /// Removes what was replaced, and what commands left that were interrupted.
    public func settle() {
        shelf.removeDrafts()
    }
}
