import Foundation
import PluginPackaging
import Testing

/// The record of a plugin in a registry.
struct PluginIndexTests {
    private static let plugin = "riverbend/climate"
    private static let noon = Date(timeIntervalSince1970: 1_796_040_000)

    private static func digest(_ text: String) -> String { Digest.of(Array(text.utf8)) }

    private static func release(_ version: String) throws -> PluginIndex.Release {
        PluginIndex.Release(
            version: try SemanticVersion(version), archiveDigest: digest(version), size: 9000,
            host: try VersionRange(">=0.1.0 <2"),
            needs: [PluginNeed(try PluginName("plumbline/hub"), try VersionRange("^1.0"))], published: noon,
            signature: Array("SSHSIG".utf8))
    }

    private static func withdrawal(
        _ kind: Withdrawal.Kind, _ version: String, _ reason: String = "It counts \"twice\" \\ once."
    ) throws -> Withdrawal {
        Withdrawal(
            kind, of: try PluginName(plugin), try SemanticVersion(version), archiveDigest: digest(version),
            reason: reason,
            at: noon.addingTimeInterval(0.9))
    }

    private static func read(_ bytes: [UInt8]) throws(PluginError) -> PluginIndex {
        let name: PluginName
        do { name = try PluginName(plugin) } catch { throw PluginError(.badIndex, error.description) }
        return try PluginIndex(name, bytes: bytes, called: "climate.ndjson")
    }

    /// Four releases, one of them yanked and one revoked.
    private static func sample() throws -> PluginIndex {
        var index = try read([])
        for version in ["1.0.0", "1.1.0", "1.2.0-rc.1"] { index = try read(index.appending(release(version))) }
        index = try read(index.appending(withdrawal(.yank, "1.0.0")))
        index = try read(index.appending(withdrawal(.revoke, "1.1.0", "Über Nacht zurückgezogen")))
        return try read(index.appending(release("1.2.0")))
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { $0 + "\n" }
    }

    private static func bytes(_ lines: [String]) -> [UInt8] { Array(lines.joined().utf8) }

    @Test func linesHaveTheirOneForm() throws {
        let lines = Self.lines(try Self.sample().bytes)
        #expect(
            lines[0] == """
                {"version":"1.0.0","archive":"\(Self.digest("1.0.0"))","size":9000,"plumb":">=0.1.0, <2",\
                "needs":{"plumbline/hub":"^1.0"},"published":"2026-11-30T12:00:00Z","signature":"U1NIU0lH",\
                "previous":"\(Digest.of([UInt8]()))"}

                """)
        #expect(
            lines[3] == """
                {"yank":"1.0.0","archive":"\(Self.digest("1.0.0"))","reason":"It counts \\"twice\\" \\\\ once.",\
                "at":"2026-11-30T12:00:00Z","signature":null,"previous":"\(Self.digest(lines[..<3].joined()))"}

                """)
    }

    @Test func whatWasWrittenIsRead() throws {
        let index = try Self.sample()
        #expect(index.releases.map(\.version.description) == ["1.0.0", "1.1.0", "1.2.0-rc.1", "1.2.0"])
        #expect(index.releases.map(\.isYanked) == [true, false, false, false])
        #expect(index.releases.map(\.isRevoked) == [false, true, false, false])
        #expect(index.releases[3] == (try Self.release("1.2.0")))
        let yank = try #require(index.release(SemanticVersion(1, 0, 0))?.yank)
        #expect(yank.reason == "It counts \"twice\" \\ once.")
        #expect(yank.at == Self.noon)
        #expect(
            String(decoding: yank.message, as: UTF8.self)
                == "plumbline-plugin yank riverbend/climate 1.0.0 \(Self.digest("1.0.0")) 2026-11-30T12:00:00Z It counts \"twice\" \\ once.\n"
        )
    }

    @Test func editedLinesAreNoticed() throws {
        let index = try Self.sample()
        let lines = Self.lines(index.bytes)
        let edits = [
            ("1.0.0", "1.0.1"), ("9000", "9001"), ("Z\"", "z\""), ("^1.0", "^1.1"), ("\",\"", "\", \""),
            ("yank", "revoke"),
            ("null", "\"AAAA\""), ("\"previous\":\"sha256:", "\"previous\":\"sha256:0"), ("}", ",\"extra\":1}"),
            ("{", "{ "),
            ("U1NI", "U1NJ"), ("twice", "once"),
        ]
        for at in lines.indices {
            for (old, new) in edits where lines[at].contains(old) {
                var edited = lines
                edited[at] = lines[at].replacing(old, with: new, maxReplacements: 1)
                let bytes = Self.bytes(edited)
                guard let read = try? Self.read(bytes) else { continue }
                // Only what is written last has nothing behind it that knows it.
                #expect(at == lines.count - 1, "line \(at + 1): \(old)")
                #expect(!read.isContinuation(of: index.seen))
            }
        }
    }

    @Test func brokenChainsAreNamed() throws {
        let lines = Self.lines(try Self.sample().bytes)
        var tampered: [[String]] = lines.indices.dropLast().map { at in
            var rest = lines
            rest.remove(at: at)
            return rest
        }
        tampered += lines.indices.dropLast().map { at in
            var swapped = lines
            swapped.swapAt(at, at + 1)
            return swapped
        }
        tampered += lines.indices.map { at in lines[...at] + [lines[at]] + lines[(at + 1)...] }
        for lines in tampered {
            let error = #expect(throws: PluginError.self) { try Self.read(Self.bytes(lines)) }
            #expect(error?.code == .badIndex)
            #expect(error?.line != nil)
            #expect(error?.description.contains("does not follow from the lines before it") == true)
        }
    }

    @Test func olderAndRewrittenIndexesAreNoContinuation() throws {
        let index = try Self.sample()
        let lines = Self.lines(index.bytes)
        for count in 0..<lines.count {
            let older = try Self.read(Self.bytes(Array(lines.prefix(count))))
            #expect(!older.isContinuation(of: index.seen))
            #expect(index.isContinuation(of: older.seen))
        }
        #expect(index.isContinuation(of: index.seen))
        let other = try Self.read(try Self.read([]).appending(Self.release("3.0.0")))
        #expect(!index.isContinuation(of: other.seen))
        #expect(!index.isContinuation(of: (byteCount: -1, digest: index.seen.digest)))
    }

    @Test func cutLinesAreNamed() throws {
        let bytes = try Self.sample().bytes
        let error = #expect(throws: PluginError.self) { try Self.read(Array(bytes.dropLast())) }
        #expect(error?.description.contains("Line 6 of the index `climate.ndjson` is cut off") == true)
        for garbage in ["\n", "{}\n", "[]\n", "<html>\n", "\u{0}\n", String(repeating: "[", count: 100_000) + "\n"] {
            let error = #expect(throws: PluginError.self) { try Self.read(bytes + Array(garbage.utf8)) }
            #expect(error?.line == 7)
        }
    }

    @Test func whatContradictsIsNotAppended() throws {
        let index = try Self.sample()
        let releases = ["1.0.0", "1.2.0"]
        for version in releases { #expect(throws: PluginError.self) { try index.appending(Self.release(version)) } }
        let withdrawals = [
            try Self.withdrawal(.yank, "4.0.0"), try Self.withdrawal(.yank, "1.2.0", ""),
            try Self.withdrawal(.yank, "1.2.0", "a\nb"), try Self.withdrawal(.yank, "1.2.0", "a\u{202e}b"),
            try Self.withdrawal(.yank, "1.2.0", String(repeating: "a", count: 501)),
        ]
        for withdrawal in withdrawals { #expect(throws: PluginError.self) { try index.appending(withdrawal) } }
        var other = try Self.withdrawal(.yank, "1.2.0")
        other.archiveDigest = Self.digest("other")
        #expect(throws: PluginError.self) { try index.appending(other) }
        other = try Self.withdrawal(.yank, "1.2.0")
        other.plugin = try PluginName("kent/climate")
        #expect(throws: PluginError.self) { try index.appending(other) }
        // Another's word may not count, so that there may be several of one kind.
        for (kind, version) in [(Withdrawal.Kind.revoke, "1.0.0"), (.yank, "1.0.0"), (.revoke, "1.1.0")] {
            #expect(throws: Never.self) { try index.appending(Self.withdrawal(kind, version)) }
        }
    }

    @Test func sizesAreLimited() throws {
        let error = #expect(throws: PluginError.self) { try Self.read([UInt8](repeating: 10, count: (4 << 20) + 1)) }
        #expect(error?.description.contains("it may have 4,194,304") == true)
    }

    @Test func pathsAreRelative() throws {
        let paths = RegistryPaths(try PluginName(Self.plugin))
        let version = try SemanticVersion("1.2.0-rc.1")
        #expect(paths.index == "index/riverbend/climate.ndjson")
        #expect(paths.archive(version) == "packages/riverbend/climate/1.2.0-rc.1.tar.gz")
        #expect(paths.signature(version) == "packages/riverbend/climate/1.2.0-rc.1.tar.gz.sig")
    }
}
