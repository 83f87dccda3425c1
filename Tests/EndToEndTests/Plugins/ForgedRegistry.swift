import Foundation
import PluginPackaging
import PlumblineTestSupport

/// A registry that somebody writes by hand: the chain of digests in its index is right, and it says whatever it is told.
struct ForgedRegistry {
    private let hubs: TwoHubs
    private let name: String
    /// The lines of the index.
    var lines: [String] = []

    /// The record of a plugin, still empty.
    init(_ hubs: TwoHubs, _ name: String = "hilltop/climate") {
        self.hubs = hubs
        self.name = name
    }

    /// What the index says of a version.
    struct Release {
        var version = "1.0.0"
        var archive: Data
        /// Nil for the archive's own.
        var size: Int?
        var plumb = ">=0.1.0"
        var needs = ""
        /// In base64; nil for none.
        var signature: String?
    }

    /// Adds a version and puts its archive into its place.
    mutating func publish(_ release: Release) throws {
        try hubs.put(release.archive, "registry/packages/\(name)/\(release.version).tar.gz")
        let signature = release.signature.map { "\"\($0)\"" } ?? "null"
        add(
            "\"version\":\"\(release.version)\",\"archive\":\"\(Digest.of(release.archive))\",\"size\":"
                + "\(release.size ?? release.archive.count),\"plumb\":\"\(release.plumb)\",\"needs\":{\(release.needs)},"
                + "\"published\":\"2026-01-01T00:00:00Z\",\"signature\":\(signature)")
    }

    /// Packs, signs and adds a plugin, with another signature or needs in the index where they are named.
    mutating func publish(_ draft: TwoHubs.Draft, key: String? = "hilltop", needs: String = "") throws {
        let archive = try hubs.archive(draft)
        try publish(
            Release(
                version: draft.version, archive: archive, plumb: draft.plumb, needs: needs,
                signature: try key.map { try hubs.signature(over: archive, key: $0) }))
    }

    /// Takes a version back.
    mutating func withdraw(
        _ kind: String, _ version: String, _ archive: Data, reason: String, key: String?,
        at moment: String = "2026-01-01T00:00:00Z"
    ) throws {
        let digest = Digest.of(archive)
        let message = Data("plumbline-plugin \(kind) \(name) \(version) \(digest) \(moment) \(reason)\n".utf8)
        let signature = try key.map { "\"\(try hubs.signature(over: message, key: $0))\"" } ?? "null"
        add(
            "\"\(kind)\":\"\(version)\",\"archive\":\"\(digest)\",\"reason\":\"\(reason)\","
                + "\"at\":\"\(moment)\",\"signature\":\(signature)")
    }

    private mutating func add(_ fields: String) {
        lines.append("{\(fields),\"previous\":\"\(Digest.of(Array(lines.joined().utf8)))\"}\n")
    }

    /// Writes the index.
    func write() throws {
        try hubs.put(Data(lines.joined().utf8), "registry/index/\(name).ndjson")
    }
}

extension TwoHubs {
    /// Writes a file below the folder of everything.
    func put(_ bytes: Data, _ path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
    }

    /// The bytes of a plugin's archive.
    func archive(_ draft: Draft) throws -> Data {
        try Data(contentsOf: folder.appending(path: try pack(draft, key: nil)))
    }

    /// A signature by `ssh-keygen` in base64, without its armor.
    func signature(over bytes: Data, key: String, namespace: String = "plumbline-plugin") throws -> String {
        try put(bytes, "to-sign")
        let file = folder.appending(path: "to-sign.sig")
        try? FileManager.default.removeItem(at: file)
        let signed = try run(
            URL(filePath: "/usr/bin/env"), ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", key, "to-sign"],
            in: folder)
        guard signed.status == 0 else { throw Refused(description: signed.errors) }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst().dropLast().joined()
    }

    /// The index of a plugin in the registry.
    func index(_ name: String = "hilltop/climate") -> URL { registry.appending(path: "index/\(name).ndjson") }
}
