import Foundation
import MeasureModel
import PluginPackaging
import Testing

/// The lock file: what is written is read, and whatever else is there is refused.
struct PluginLockTests {
    private static func lock() throws -> PluginLock {
        let digest = Digest.of(Data("archive".utf8))
        var climate = LockedPlugin(
            name: try PluginName("riverbend/climate"), version: SemanticVersion(1, 2, 0),
            source: .registry("https://plugins.riverbend.example/"), wanted: try VersionRange("^1.2"), archive: digest,
            signature: Data([1, 2, 3]), added: Date(timeIntervalSince1970: 1_790_000_000.75),
            needs: [PluginNeed(try PluginName("plumbline/hub"), .any)], files: ["README.md": digest])
        climate.approval = .init(
            archive: digest, reads: [DatasetReads(dataset: "survey", columns: ["b", "a"])],
            at: Date(timeIntervalSince1970: 1_790_000_100))
        climate.index = .init(bytes: 17, digest: digest)
        let hub = LockedPlugin(
            name: try PluginName("plumbline/hub"), version: SemanticVersion(1, 0, 0), source: .shipped,
            archive: digest, added: Date(timeIntervalSince1970: 0), revoked: "it \"does\" harm\n")
        return PluginLock([climate, hub])
    }

    @Test func whatIsWrittenIsRead() throws {
        let lock = try Self.lock()
        let read = try PluginLock(bytes: lock.bytes)
        #expect(read == lock)
        #expect(read.bytes == lock.bytes)
        #expect(read.plugins.map(\.name.description) == ["plumbline/hub", "riverbend/climate"])
        #expect(read.plugins[1].isApproved)
        #expect(!read.plugins[0].isApproved)
        #expect(try PluginLock(bytes: PluginLock().bytes) == PluginLock())
    }

    /// Every byte counts.
    @Test func noByteCanBeChanged() throws {
        let bytes = try Self.lock().bytes
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1
            #expect(throws: PluginError.self, "byte \(place)") { try PluginLock(bytes: changed) }
        }
    }

    @Test func noByteCanBeTakenAwayOrAdded() throws {
        let bytes = try Self.lock().bytes
        for count in 0..<bytes.count {
            #expect(throws: PluginError.self, "the first \(count) bytes") { try PluginLock(bytes: bytes.prefix(count)) }
        }
        #expect(throws: PluginError.self) { try PluginLock(bytes: bytes + Data("\n".utf8)) }
        #expect(throws: PluginError.self) { try PluginLock(bytes: Data(" ".utf8) + bytes) }
    }

    @Test func anotherFormIsNamed() throws {
        let text = String(decoding: try Self.lock().bytes, as: UTF8.self)
        let error = #expect(throws: PluginError.self) {
            try PluginLock(bytes: Data(text.replacing("\"form\" : 1", with: "\"form\" : 2").utf8))
        }
        #expect(error?.code == .badLock)
        #expect(error?.description.contains("form 2") == true)
    }
}
