import Foundation
import PlumblineTestSupport

/// A file system in memory that is soon full.
enum SmallDisk {
    /// Whether one can be mounted here.
    static let isAvailable: Bool = {
        guard getuid() == 0 else { return false }
        return (try? with(kilobytes: 64) { _ in true }) ?? false
    }()

    private struct CannotMount: Error {}

    /// Runs `body` with a folder that has so much room.
    static func with<Result>(kilobytes: Int, _ body: (URL) throws -> Result) throws -> Result {
        try withTemporaryFolder { folder in
            let mount = try run(
                URL(filePath: "/bin/mount"), ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", folder.path])
            guard mount.status == 0 else { throw CannotMount() }
            defer { _ = try? run(URL(filePath: "/bin/umount"), [folder.path]) }
            return try body(folder)
        }
    }

    /// Fills the disk up to so many kilobytes.
    static func fill(_ disk: URL, leaving kilobytes: Int) throws {
        let attributes = try FileManager.default.attributesOfFileSystem(forPath: disk.path)
        let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
        try Data(count: max(0, free - kilobytes * 1_024)).write(to: disk.appending(path: "filler"))
    }

    /// Makes room again.
    static func empty(_ disk: URL) throws {
        try FileManager.default.removeItem(at: disk.appending(path: "filler"))
    }
}
