#if os(Linux)
import Foundation
import PlumblineTestSupport

/// A `plumb` whose workers lack something that the system usually gives.
struct FaultyInstallation {
    private let plumb: URL

    /// No timer can be made, so no script is stopped from within.
    static let noTimers = "--sigpending=0"

    /// Installs it in a folder, with the limits that `prlimit` sets for its workers.
    init(in folder: URL, _ limits: String...) throws {
        plumb = folder.appending(path: "plumb")
        do {
            try FileManager.default.linkItem(at: BuiltProgram.plumb, to: plumb)
        } catch {
            try FileManager.default.copyItem(at: BuiltProgram.plumb, to: plumb)
        }
        let worker = folder.appending(path: "plumb-worker")
        let real = BuiltProgram.folder.appending(path: "plumb-worker").path
        try Data("#!/bin/sh\nexec /usr/bin/prlimit \(limits.joined(separator: " ")) \(real)\n".utf8).write(to: worker)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: worker.path)
    }

    /// Whether the program that sets limits is here.
    static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/prlimit")

    /// A night that looks from a fixed day.
    func night(_ workspace: SmallWorkspace, _ arguments: String...) throws -> Finished {
        try run(
            plumb, ["nightly", "--json", "--as-of", "2026-06-30"] + arguments, in: workspace.folder)
    }
}
#endif
