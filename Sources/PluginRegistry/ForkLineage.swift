import PluginPackaging
public import Workspace

/// Where a measure that was copied out of a plugin comes from; it stands in the file's first line, so that it goes wherever the
/// file goes.
public struct ForkLineage: Equatable, Sendable {
    /// The plugin.
    public var plugin: String
    /// Its version then.
    public var version: String
    /// The file in the plugin.
    public var path: String
    /// That file's digest then.
    public var digest: String

    /// The lineage of a plugin's file.
    public init(_ plugin: InstalledPlugin, _ source: InstalledPlugin.Source) {
        self.plugin = plugin.name
        version = plugin.version
        path = source.path
        digest = Digest.of(source.bytes)
    }

    /// The lineage in a measure's text; nil where there is none.
    public init?(in source: [UInt8]) {
        let first = String(decoding: source.prefix(1024).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        let form = /-- Forked from ([^ ]+) ([^ ]+), (.+) \((sha256:[0-9a-f]{64})\)\./
        guard let found = first.wholeMatch(of: form) else { return nil }
        (plugin, version, path, digest) = (
            String(found.1), String(found.2), String(found.3), String(found.4)
        )
    }

    /// The text of the copy: its lineage and what was copied.
    public func text(of source: [UInt8]) -> [UInt8] {
        // A byte order mark belongs to the beginning of a file alone.
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        return Array("\(line)\n".utf8) + (source.starts(with: mark) ? Array(source.dropFirst(mark.count)) : source)
    }

    private var line: String { "-- Forked from \(plugin) \(version), \(path) (\(digest))." }

    /// How a copy stands to what its plugin holds now.
    public struct Drift: Equatable, Sendable {
        /// What became of the original.
        public enum Upstream: String, Sendable {
            case unchanged, changed, gone
        }

        /// What became of the original.
        public var upstream: Upstream
        /// The plugin's version now; nil where it is gone.
        public var version: String?
        /// How the copy differs from the original as it is now; nil where that is gone.
        public var difference: SourceDifference?
    }

    /// How a copy with this lineage stands to the plugins of a workspace.
    public func drift(of copy: [UInt8], in plugins: InstalledPlugins) -> Drift {
        let now = plugins[name: plugin]
        // Of one that may not run the sources may not be what was checked.
        guard let source = now?.sources.first(where: { $0.path == path }), !source.bytes.isEmpty else {
            return Drift(upstream: .gone, version: now?.version)
        }
        let own = Array(copy.drop { $0 != UInt8(ascii: "\n") }.dropFirst())
        return Drift(
            upstream: Digest.of(source.bytes) == digest ? .unchanged : .changed, version: now?.version,
            difference: SourceDifference(path, from: source.bytes, to: own))
    }
}
