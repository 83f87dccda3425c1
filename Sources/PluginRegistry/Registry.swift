public import Foundation
public import PluginPackaging
public import Workspace

/// A registry as a workspace sees it: indexes that only grow, packages that are what their index says, and copies of both for
/// days without a network.
public struct Registry {
    /// Where it is.
    public let place: RegistryPlace
    private let shelf: PluginShelf
    private let policy: SignaturePolicy
    private let access: Access

    /// How registries are asked.
    public struct Access: Sendable {
        /// Whether only what was kept is used.
        public var isOffline = false
        /// Seconds after which no more is waited for.
        public var patience = 30.0

        /// Over the network, with patience.
        public init() {}
    }

    /// A registry for a workspace.
    public init(_ place: RegistryPlace, _ shelf: PluginShelf, _ policy: SignaturePolicy, _ access: Access) {
        self.place = place
        self.shelf = shelf
        self.policy = policy
        self.access = access
    }

    /// The index of a plugin, if it goes on from all that was seen of it: from the copy that was kept, and from what the lock
    /// file remembers.
    ///
    /// - Throws: ``PluginError`` where there is none, or none that can be believed.
    public func index(
        of name: PluginName, seen: LockedPlugin.SeenIndex? = nil, at moment: Date
    ) throws(PluginError) -> PluginIndex {
        let kept = shelf.cachedIndex(name.description, of: place.text)
        let bytes = access.isOffline ? kept : try fetchedIndex(of: name)
        guard let bytes else {
            throw PluginError(
                .unknownPlugin,
                access.isOffline
                    ? "Nothing of \(name) in \(place.text) was kept: run the command without --offline once."
                    : "The registry \(place.text) has no plugin \(name).")
        }
        var index = try PluginIndex(name, bytes: bytes, called: "the index of \(name) in \(place.text)")
        for (count, digest) in [kept.map { ($0.count, Digest.of($0)) }, seen.map { ($0.bytes, $0.digest) }].compactMap(
            \.self)
        {
            guard index.isContinuation(of: (count, digest)) else {
                throw PluginError(
                    .badIndex,
                    "The index of \(name) in \(place.text) does not go on from what was seen of it before: it is an old "
                        + "copy, or somebody rewrote it. Nothing was changed; ask whoever runs the registry.")
            }
        }
        index.keepWithdrawals { counts($0, of: $1, at: moment) }
        return index
    }

    /// Whether a word that takes a version back is to be heard. A version that is signed is taken back by the key that signed
    /// it, or by one that may sign the plugin now. What others say stays in the index for ever, and must not make it useless.
    private func counts(_ withdrawal: Withdrawal, of release: PluginIndex.Release, at moment: Date) -> Bool {
        guard let blob = withdrawal.signature else { return release.signature == nil && !policy.isRequired }
        guard let signature = try? PluginSignature(blob: blob),
            (try? signature.check(over: withdrawal.message, called: release.version.description)) != nil,
            !policy.revoked.contains(signature.key)
        else { return false }
        let signer = release.signature.flatMap { try? PluginSignature(blob: $0) }?.key
        return signature.key == signer || maySign(withdrawal.plugin, signature.key, at: moment)
    }

    private func maySign(_ name: PluginName, _ key: SigningKey, at moment: Date) -> Bool {
        !policy.revoked.contains(key)
            && (try? policy.signers.principals(for: key, plugin: name.description, at: moment)) != nil
    }

    /// Whether a version may be taken, as far as its place in the index tells: whoever can write there may put in a version of
    /// his own, and must not keep people from the others.
    func mayBeTaken(_ release: PluginIndex.Release, of name: PluginName, at moment: Date) -> Bool {
        guard let blob = release.signature else { return !policy.isRequired }
        return (try? PluginSignature(blob: blob)).map { maySign(name, $0.key, at: moment) } ?? false
    }

    private func fetchedIndex(of name: PluginName) throws(PluginError) -> [UInt8]? {
        try place.bytes(
            of: RegistryPaths(name).index,
            Fetching(mostBytes: PluginIndex.maximumSize, patience: access.patience))
    }

    /// A version's package, signed by somebody who may, and saying of itself what the index says of it.
    ///
    /// - Throws: ``PluginError`` where it is not.
    public func package(
        _ release: PluginIndex.Release, of name: PluginName, at moment: Date
    ) throws(PluginError) -> PluginPackage {
        let archive = try archive(release, of: name)
        let shown = "\(name) \(release.version)"
        _ = try policy.admit(
            signature: try Self.signature(release.signature), over: archive,
            plugin: name.description, at: moment)
        let package = try PluginPackage(archive: archive, called: shown)
        let manifest = package.manifest
        guard manifest.name == name, manifest.version == release.version, manifest.needs == release.needs,
            manifest.host == release.host
        else {
            throw PluginError(
                .badIndex,
                "The index in \(place.text) says something else of \(shown) than the package, which calls itself "
                    + "\(manifest.name) \(manifest.version): somebody tampered with it.")
        }
        return package
    }

    private static func signature(_ blob: [UInt8]?) throws(PluginError) -> PluginSignature? {
        guard let blob else { return nil }
        return try PluginSignature(blob: blob)
    }

    private func archive(_ release: PluginIndex.Release, of name: PluginName) throws(PluginError) -> [UInt8] {
        if let kept = shelf.cachedArchive(release.archiveDigest) { return kept }
        let shown = "\(name) \(release.version)"
        guard !access.isOffline else {
            throw PluginError(
                .unreachable, "The archive of \(shown) was not kept: run the command without --offline once.")
        }
        let fetching = Fetching(mostBytes: PackageContent.maximumArchiveSize, patience: access.patience)
        guard let bytes = try place.bytes(of: RegistryPaths(name).archive(release.version), fetching) else {
            throw PluginError(
                .unreachable, "The registry \(place.text) lists \(shown), but its archive is gone: ask whoever runs it."
            )
        }
        guard bytes.count == release.size, Digest.of(bytes) == release.archiveDigest else {
            throw PluginError(
                .badArchive,
                "What \(place.text) gives for \(shown) is not what its index names (\(bytes.count) bytes of "
                    + "\(release.size)): the download was cut off or somebody changed it. Nothing was changed; try again."
            )
        }
        return bytes
    }
}
