public import MeasureModel
import PluginPackaging

/// A plugin that the lock file names, with the sources that were checked.
public struct InstalledPlugin: Equatable, Sendable {
    /// The full name: `riverbend/climate`.
    public var name: String
    /// The version that is locked.
    public var version: String
    /// What its measures may read; nothing else exists for them.
    public var reads: [DatasetReads]
    /// The full names of the plugins whose modules it may require.
    public var needs: [String]
    /// Its modules and measures: the very bytes that were checked.
    public var sources: [Source]
    /// Why nothing of it may run, what stands behind the colon in ``refusal``; nil when it may.
    public var obstacle: String?

    /// A plugin, of the values given.
    public init(
        name: String, version: String, reads: [DatasetReads] = [], needs: [String] = [], sources: [Source] = [],
        obstacle: String? = nil
    ) {
        self.name = name
        self.version = version
        self.reads = reads
        self.needs = needs
        self.sources = sources
        self.obstacle = obstacle
    }

    /// That it does not run and why, a sentence without full stop; nil when it does.
    public var refusal: String? { obstacle.map { "\(name) does not run: \($0)" } }

    /// The word before its modules' names, and its folder under `Plugins`: `climate`.
    public var word: String { String(name[(name.lastIndex(of: "/").map(name.index(after:)) ?? name.startIndex)...]) }

    /// One Lua file of a plugin.
    public struct Source: Equatable, Sendable {
        /// The path inside the plugin: `modules/x.lua` or `Measures/a/b.lua`.
        public var path: String
        /// The bytes that were checked.
        public var bytes: [UInt8]

        /// A file, of the values given.
        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }
}

/// The plugins of a workspace, as its lock file has them.
public struct InstalledPlugins: Equatable, Sendable {
    /// Every plugin, those that may not run too.
    public var all: [InstalledPlugin]
    /// Why there is none although there may be some (the lock file cannot be read), a sentence; nil otherwise.
    public var problem: String?

    /// Folders of plugins that the lock file does not name: nothing of them runs.
    public var unlocked: [String] = []

    /// The name of the lock file.
    public static let lockFile = PluginLock.fileName

    /// Plugins, of the values given.
    public init(_ all: [InstalledPlugin] = [], problem: String? = nil) {
        self.all = all
        self.problem = problem
    }

    /// That a folder of a plugin is not locked and how it comes to be, a sentence without full stop.
    public static func unlockedText(_ word: String) -> String {
        let folder = PluginShelf.shownFolder(word)
        return "\(folder) is not in \(lockFile), so nothing of it runs: `plumb plugin add \(folder)` locks it"
    }

    /// That some do not run and why, each a sentence without full stop.
    public var refusals: [String] { [problem].compactMap(\.self) + all.compactMap(\.refusal) }

    /// The plugin whose modules are required with this word: `climate`.
    public subscript(word word: String) -> InstalledPlugin? { all.first { $0.word == word } }

    /// The plugin of this full name: `riverbend/climate`.
    public subscript(name name: String) -> InstalledPlugin? { all.first { $0.name == name } }
}
