/// The record of one plugin in a registry: which versions were published, and which were taken back.
///
/// One line per event, each with the digest of all bytes before it: nothing can be changed, left out or put in between
/// without breaking all that follows. Who has seen the beginning knows it again with ``isContinuation(of:)``. Signatures are
/// handed on, not verified.
public struct PluginIndex: Equatable, Sendable {
    /// The plugin.
    public let name: PluginName
    /// The file.
    public internal(set) var bytes: [UInt8] = []
    /// The versions in the order in which they were published.
    public internal(set) var releases: [Release] = []
    /// Where each version is among the releases.
    var places: [SemanticVersion: Int] = [:]

    /// The longest file, in bytes.
    public static let maximumSize = 4 << 20
    /// The most lines.
    public static let maximumLines = 10_000

    /// The record of a plugin that nobody has published yet.
    public init(_ name: PluginName) { self.name = name }

    /// The release of a version.
    public func release(_ version: SemanticVersion) -> Release? { places[version].map { releases[$0] } }

    /// Passes over words that take versions back and do not count.
    public mutating func keepWithdrawals(where counts: (Withdrawal, Release) -> Bool) {
        for place in releases.indices {
            let release = releases[place]
            releases[place].withdrawals.removeAll { !counts($0, release) }
        }
    }

    /// How much there is, to remember for ``isContinuation(of:)``.
    public var seen: (byteCount: Int, digest: String) { (bytes.count, Digest.of(bytes)) }

    /// Whether it begins with what was seen before; otherwise it is older than that, or was written anew.
    public func isContinuation(of seen: (byteCount: Int, digest: String)) -> Bool {
        seen.byteCount >= 0 && seen.byteCount <= bytes.count
            && Digest.of(bytes.prefix(seen.byteCount)) == seen.digest
    }
}
