#if os(Linux)
import Foundation
import PlumblineTestSupport
import Testing

/// A measure that makes its worker call the system: it is named, and nothing else differs from a night without it.
@Suite(.enabled(if: Kernel.grantsFilters, Comment(rawValue: Kernel.refusal)))
struct NativeNightTests {
    /// An installation whose worker makes calls of the system for scripts.
    private func installation(in folder: URL) throws -> URL {
        let programs = folder.appending(path: "bin")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        for (name, program) in [("plumb", "plumb"), ("plumb-worker", "hostile-worker")] {
            let built = BuiltProgram.folder.appending(path: program)
            let here = programs.appending(path: name)
            if (try? FileManager.default.linkItem(at: built, to: here)) == nil {
                try FileManager.default.copyItem(at: built, to: here)
            }
        }
        return programs.appending(path: "plumb")
    }

    @Test func aForbiddenCallIsTheMeasuresFailure() throws {
        try withTemporaryFolder { folder in
            let plumb = try installation(in: folder)
            let workspace = try SmallWorkspace(in: folder)
            func night() throws -> Finished {
                try run(plumb, ["nightly", "--json", "--full", "--as-of", "2026-06-30"], in: workspace.folder)
            }
            try workspace.write(
                "Measures/zeal.lua", SmallWorkspace.measure("culture.zeal", value: "return g.trust:max()"))
            #expect(try night().status == 0)
            let before = try workspace.published()
            try workspace.write(
                "Measures/ulterior.lua",
                SmallWorkspace.measure(
                    "culture.ulterior",
                    value: "local call = _ENV['native'] return call and call('openat, a system file') or 1"))
            let hostile = try night()
            #expect(hostile.status == 1)
            let failures = try hostile.json()["failures"] as? [[String: Any]] ?? []
            #expect(failures.count == 1, "\(hostile.output)")
            #expect(failures.first?["measure"] as? String == "culture.ulterior")
            #expect(failures.first?["code"] as? String == "crashed")
            let message = failures.first?["message"] as? String ?? ""
            #expect(message.contains("asked the system for something that no script can ask for"), "\(message)")
            let others = try workspace.published().split(separator: "\n").filter { !$0.contains("culture.ulterior") }
            #expect(others == before.split(separator: "\n"))
        }
    }
}
#endif
