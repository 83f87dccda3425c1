import CivilCalendar
import Foundation

/// One line of an index in its one form: the keys in a fixed order, no spaces, text as it is but for `"` and `\`.
enum IndexLine {
    case release(PluginIndex.Release)
    case withdrawal(Withdrawal)

    /// The line with the digest of all bytes before it, and the line feed.
    func bytes(previous: String) -> [UInt8] {
        let fields =
            switch self {
            case .release(let release): Self.fields(release)
            case .withdrawal(let withdrawal): Self.fields(withdrawal)
            }
        let all = fields + [("previous", Self.text(previous))]
        return Array("{\(all.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}\n".utf8)
    }

    private static func fields(_ release: PluginIndex.Release) -> [(String, String)] {
        let needs = release.needs.sorted { $0.name < $1.name }
            .map { "\(text($0.name.description)):\(text($0.range.description))" }
        return [
            ("version", text(release.version.description)), ("archive", text(release.archiveDigest)),
            ("size", String(release.size)), ("plumb", text(release.host.description)),
            ("needs", "{\(needs.joined(separator: ","))}"), ("published", text(RegistryTime.text(release.published))),
            ("signature", base64(release.signature)),
        ]
    }

    private static func fields(_ withdrawal: Withdrawal) -> [(String, String)] {
        [
            (withdrawal.kind.rawValue, text(withdrawal.version.description)),
            ("archive", text(withdrawal.archiveDigest)),
            ("reason", text(withdrawal.reason)), ("at", text(RegistryTime.text(withdrawal.at))),
            ("signature", base64(withdrawal.signature)),
        ]
    }

    private static func text(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    private static func base64(_ bytes: [UInt8]?) -> String {
        bytes.map { text(Data($0).base64EncodedString()) } ?? "null"
    }
}

extension IndexLine {
    /// The longest blob of a signature, in bytes; one of Ed25519 has less than 300.
    private static let maximumSignatureSize = 4096

    /// Any line, before it is known what it says.
    private struct Fields: Decodable {
        var version: String?
        var archive: String
        var size: Int?
        var plumb: String?
        var needs: [String: String]?
        var published: String?
        var yank: String?
        var revoke: String?
        var reason: String?
        var at: String?
        var signature: String?
    }

    /// Reads a line without its line feed.
    ///
    /// - Throws: ``NotationError`` with what is wrong.
    init(_ line: ArraySlice<UInt8>, of plugin: PluginName) throws(NotationError) {
        guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(line)) else {
            throw NotationError("is none of an index: it was cut off or edited")
        }
        guard Digest.isDigest(fields.archive) else { throw NotationError("has no digest of an archive") }
        if let version = fields.version {
            self = .release(try Self.release(version, fields))
        } else if let version = fields.yank {
            self = .withdrawal(try Self.withdrawal(.yank, of: plugin, version, fields))
        } else if let version = fields.revoke {
            self = .withdrawal(try Self.withdrawal(.revoke, of: plugin, version, fields))
        } else {
            throw NotationError("says neither `version` nor `yank` nor `revoke`")
        }
        try check()
    }

    private static func release(_ version: String, _ fields: Fields) throws(NotationError) -> PluginIndex.Release {
        guard let size = fields.size, let plumb = fields.plumb, let needs = fields.needs else {
            throw NotationError("lacks `size`, `plumb` or `needs`")
        }
        var needed: [PluginNeed] = []
        for (name, range) in needs { needed.append(PluginNeed(try PluginName(name), try VersionRange(range))) }
        return PluginIndex.Release(
            version: try SemanticVersion(version), archiveDigest: fields.archive, size: size,
            host: try VersionRange(plumb), needs: needed, published: try RegistryTime.date(fields.published),
            signature: try blob(fields.signature))
    }

    private static func withdrawal(
        _ kind: Withdrawal.Kind, of plugin: PluginName, _ version: String, _ fields: Fields
    ) throws(NotationError) -> Withdrawal {
        Withdrawal(
            kind, of: plugin, try SemanticVersion(version), archiveDigest: fields.archive, reason: fields.reason ?? "",
            at: try RegistryTime.date(fields.at), signature: try blob(fields.signature))
    }

    private static func blob(_ text: String?) throws(NotationError) -> [UInt8]? {
        guard let text else { return nil }
        guard let data = Data(base64Encoded: text), !data.isEmpty else {
            throw NotationError("has a signature that is not written in base64")
        }
        return [UInt8](data)
    }

    /// Refuses what no line may say, whoever wrote it.
    func check() throws(NotationError) {
        switch self {
        case .release(let release):
            guard Digest.isDigest(release.archiveDigest) else { throw NotationError("has no digest of an archive") }
            guard (1...PackageContent.maximumArchiveSize).contains(release.size) else {
                throw NotationError("says that an archive has \(Shown.count(release.size)) bytes, which none can have")
            }
            try Self.checkSignature(release.signature)
        case .withdrawal(let withdrawal):
            let reason = withdrawal.reason
            guard reason.utf8.count <= Withdrawal.maximumReasonLength, Shown.isOneLine(reason),
                reason.contains(where: { $0 != " " })
            else {
                throw NotationError(
                    "needs a reason: one line of at most \(Withdrawal.maximumReasonLength) bytes, without characters that "
                        + "are not seen")
            }
            try Self.checkSignature(withdrawal.signature)
        }
    }

    private static func checkSignature(_ blob: [UInt8]?) throws(NotationError) {
        guard (blob?.count ?? 0) <= maximumSignatureSize else {
            throw NotationError("has a signature of \(Shown.count(blob?.count ?? 0)) bytes, which none can have")
        }
    }
}

/// Moments in an index: `2026-11-30T12:00:00Z`.
enum RegistryTime {
    static func text(_ date: Date) -> String {
        let seconds = min(max(date.timeIntervalSince1970.rounded(.down), 0), latest)
        return CivilTime(utcMicroseconds: Int64(seconds) * 1_000_000).description
    }

    /// The last second of the year 9999.
    private static let latest = 253_402_300_799.0

    static func date(_ text: String?) throws(NotationError) -> Date {
        let bytes = Array((text ?? "").utf8)
        guard let time = CivilTime(iso: bytes.span), time.offsetSeconds == 0 else {
            throw NotationError("has no time such as `2026-11-30T12:00:00Z`")
        }
        return Date(timeIntervalSince1970: Double(time.wallMicroseconds / 1_000_000))
    }
}
