import Foundation
import PluginPackaging
import PlumblineTestSupport
import Statistics
import Testing

/// Archives that other tools read, and those that nobody should accept.
@Suite(.enabled(if: Python.isAvailable, "needs the Python environment: run `make test`"))
struct PluginArchiveInteropTests {
    @Test func pythonReadsThemAndChecksumsHold() throws {
        try withTemporaryFolder { folder in
            let content = try PackageContent(files: SamplePackage.files)
            let archive = folder.appending(path: "climate.tar.gz")
            try Data(content.archive).write(to: archive)
            let script = """
                import sys, tarfile
                with tarfile.open(sys.argv[1], "r:gz") as file:
                    for m in file.getmembers():
                        print(m.name, m.isreg(), oct(m.mode), m.uid, m.gid, m.uname, m.gname, m.mtime, m.size)
                    file.extractall(sys.argv[2], filter="data")
                """
            let listed = try Python.run(script, [archive.path, folder.appending(path: "out").path])
            #expect(listed.status == 0, "\(listed.errors)")
            let sizes = content.files.map { ($0.path, $0.bytes.count) } + [("SHA256SUMS", -1)]
            let lines = listed.output.split(separator: "\n")
            #expect(lines.count == sizes.count)
            for (path, size) in sizes {
                let expected = "\(path) True 0o644 0 0   0 \(size < 0 ? "" : String(size))"
                #expect(lines.contains { $0.hasPrefix(expected) }, "\(path)")
            }
            let out = folder.appending(path: "out")
            let checked = try run(URL(filePath: "/usr/bin/env"), ["sha256sum", "-c", "SHA256SUMS"], in: out)
            #expect(checked.status == 0, "\(checked.errors)")
            #expect(checked.output.split(separator: "\n").count == content.files.count)
            #expect(try PackageContent(folder: out) == content)
        }
    }

    @Test func hostileArchivesAreRefusedWithTheirReason() throws {
        try withTemporaryFolder { folder in
            let source = folder.appending(path: "source")
            let target = folder.appending(path: "target")
            try SamplePackage.write(SamplePackage.files, to: source)
            try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
            let made = try Python.run(HostileArchives.script, [source.path, target.path])
            #expect(made.status == 0, "\(made.errors)")
            func bytes(_ name: String) throws -> [UInt8] {
                [UInt8](try Data(contentsOf: target.appending(path: "\(name).tar.gz")))
            }
            #expect(try PackageContent(archive: bytes("good"), called: "good") == PackageContent(folder: source))
            for (name, reason) in HostileArchives.expectations {
                let archive = try bytes(name)
                let error = #expect(throws: PluginError.self, "\(name)") {
                    try PackageContent(archive: archive, called: name)
                }
                #expect(error?.code == .badArchive)
                #expect(error?.description.contains(reason) == true, "\(name): \(error?.description ?? "accepted")")
                #expect(error?.description.utf8.allSatisfy { $0 >= 0x20 } == true)
            }
            let written = try FileManager.default.contentsOfDirectory(atPath: target.path)
            #expect(Set(written) == Set((HostileArchives.expectations.map(\.name) + ["good"]).map { "\($0).tar.gz" }))
        }
    }
}

/// Archives with mistakes at random places.
struct PluginArchiveFuzzTests {
    private static func archive() throws -> [UInt8] { try PackageContent(files: SamplePackage.files).archive }

    @Test func flippedBitsAreNeverAccepted() throws {
        let archive = try Self.archive()
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            var flipped = archive
            let bit = random.below(8 * archive.count)
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: PluginError.self, "bit \(bit)") { try PackageContent(archive: flipped, called: "x") }
        }
    }

    @Test func truncatedArchivesAreNeverAccepted() throws {
        let archive = try Self.archive()
        var random = SplitMix64(seed: 8)
        for length in (0..<200).map({ _ in random.below(archive.count) }) + [0, archive.count - 1] {
            #expect(throws: PluginError.self, "\(length) bytes") {
                try PackageContent(archive: Array(archive.prefix(length)), called: "x")
            }
        }
    }

    /// The checksums of the gzip file are made good again, so that the mistake reaches what lies in it.
    @Test func mistakesInTheTarFileAreNeverAccepted() throws {
        let archive = try Self.archive()
        var random = SplitMix64(seed: 9)
        let tar = Array(archive[15..<archive.count - 8])
        #expect(Stored.gzip(tar) == archive)
        for _ in 0..<400 {
            var broken = tar
            switch random.below(4) {
            case 0: broken[random.below(tar.count)] ^= 1 << random.below(8)
            case 1: broken.removeSubrange(0..<512 * random.below(tar.count / 512))
            case 2: broken.removeLast(1 + random.below(tar.count))
            default:
                let from = 512 * random.below(tar.count / 512)
                broken.insert(contentsOf: tar[from..<from + 512], at: 512 * random.below(tar.count / 512))
            }
            guard broken != tar else { continue }
            #expect(throws: PluginError.self) { try PackageContent(archive: Stored.gzip(broken), called: "x") }
        }
    }
}

/// A gzip file of one stored block, written apart from the product.
private enum Stored {
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        let length = UInt16(bytes.count)
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 1] + little(UInt32(length), 2) + little(UInt32(~length), 2)
            + bytes
            + little(crc(bytes), 4) + little(UInt32(bytes.count), 4)
    }

    private static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(value >> (8 * UInt32($0)) & 0xff) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
