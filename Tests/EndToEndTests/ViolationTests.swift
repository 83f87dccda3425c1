#if os(Linux)
import Foundation
import PlumblineTestSupport
import Testing

/// A measure that violates a limit: it is named, in none of its groupings it counts, and nobody else notices.
@Suite(.enabled(if: FaultyInstallation.isPossible, "skipped: there is no prlimit here"))
struct ViolationTests {
    private static let good = ["culture.trust", "good.after", "good.before"]

    /// A workspace with a night behind it: one measure that will be bad between two good ones, all in the same batches.
    private func withWorkspace(cpu: String, _ body: (URL, SmallWorkspace) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write("plumbline.yaml", text.replacing("cpu: 2s", with: "cpu: \(cpu)"))
            for name in ["good.before", "good.middle", "good.after"] {
                try workspace.write(
                    "Measures/\(name).lua",
                    SmallWorkspace.measure(
                        name == "good.middle" ? "bad.one" : name, value: "return g.trust:mean()"))
            }
            #expect(try workspace.night().status == 0)
            try body(folder, workspace)
        }
    }

    private static let spinsInWest = SmallWorkspace.measure(
        "bad.one", value: "if g.keys.network == \"west\" then while true do end end return g.trust:sum()")

    private func values(_ workspace: SmallWorkspace, _ measures: [String]) throws -> [String] {
        try measures.flatMap { measure in
            try workspace.observations(of: measure).map { observation in
                let value = (observation["value"] as? Double).map { "\($0)" } ?? "none"
                return "\(measure) \(observation["group"] ?? "") \(observation["status"] ?? "") \(value)"
            }
        }
    }

    /// What the night says of the bad measure; the good ones are as they were, and all of the bad one is its last good
    /// value.
    private func failure(
        _ workspace: SmallWorkspace, _ script: String, _ night: () throws -> Finished
    ) throws -> [String: String] {
        let good = try values(workspace, Self.good)
        let before = try values(workspace, ["bad.one"])
        try workspace.write("Measures/good.middle.lua", script)
        let finished = try night()
        #expect(finished.status == 1, "\(finished.errors)")
        #expect(try values(workspace, Self.good) == good)
        #expect(
            try values(workspace, ["bad.one"]) == before.map { $0.replacing(" ok ", with: " stale ") },
            "groupings that went well do not count either")
        let failures = try finished.json()["failures"] as? [[String: String]] ?? []
        #expect(failures.count == 1)
        return failures.first ?? [:]
    }

    @Test(arguments: ["1", "3"]) func oneThatIsStopped(workers: String) throws {
        try withWorkspace(cpu: "200ms") { _, workspace in
            let failure = try failure(workspace, Self.spinsInWest) {
                try run(
                    BuiltProgram.plumb, ["nightly", "--json", "--as-of", "2026-06-30", "--full", "--workers", workers],
                    in: workspace.folder)
            }
            #expect(failure["code"] == "cpu_limit")
            #expect(
                failure["message"]?.hasPrefix(
                    "Measures/good.middle.lua:5: [network=west, 2025-fall] the CPU limit of 0.2 s was reached after 2 of 4 "
                        + "groups, 0.2") == true, "\(failure)")
            #expect(
                failure["message"]?.hasSuffix(
                    "of it in one group of 4 rows: a loop or a pattern without end? Otherwise use column verbs instead of a "
                        + "loop over rows") == true, "\(failure)")
        }
    }

    /// In its other groupings the measure would compute for a quarter of an hour.
    @Test(.timeLimit(.minutes(5))) func oneThatIsNotStartedAgain() throws {
        try withWorkspace(cpu: "1000s") { _, workspace in
            let script = SmallWorkspace.measure(
                "bad.one", value: "if g.keys.network then while true do end end return #(\"x\"):rep(1 << 30)")
            let failure = try failure(workspace, script) { try workspace.night("--full", "--workers", "1") }
            #expect(failure["code"] == "memory_limit")
        }
    }

    /// Where nothing in the worker stops the script, the parent does.
    @Test func oneThatIsKilled() throws {
        try withWorkspace(cpu: "50ms") { folder, workspace in
            let faulty = try FaultyInstallation(in: folder, FaultyInstallation.noTimers)
            let failure = try failure(workspace, Self.spinsInWest) {
                try faulty.night(workspace, "--full", "--workers", "2")
            }
            #expect(failure["code"] == "cpu_limit")
            #expect(
                failure["message"]
                    == "Measures/good.middle.lua: it did not stop at its CPU limit of 0.05 s and was killed at twice that, "
                    + "after at least 0 of 4 groups: run `plumb eval` with --fuel to see where it is")
        }
    }

    /// A worker that crashes takes its batch with it: the rest runs again one by one, and the culprit is named with the
    /// group.
    @Test func oneThatCrashes() throws {
        try withWorkspace(cpu: "60s") { folder, workspace in
            let faulty = try FaultyInstallation(in: folder, "--cpu=1:100", FaultyInstallation.noTimers)
            let failure = try failure(workspace, Self.spinsInWest) {
                try faulty.night(workspace, "--full", "--workers", "2")
            }
            #expect(failure["code"] == "crashed")
            #expect(
                failure["message"]
                    == "Measures/good.middle.lua: [network=west, 2025-fall] its worker was ended by signal 24, too much CPU "
                    + "time for the system, after 2 of 4 groups: try it with `plumb eval`; if it happens again, report it "
                    + "with the file")
        }
    }

    /// Lua puts whole numbers that collide into a table without looking at any clock.
    private static let collisions = "local t = {} for i = 1, 1e6 do t[i * 32767 * 65535 * 131071] = i end"

    @Test func oneThatCannotBeInterrupted() throws {
        try withWorkspace(cpu: "50ms") { _, workspace in
            let script = SmallWorkspace.measure(
                "bad.one",
                value: "\(Self.collisions) return g.trust:sum()")
            let failure = try failure(workspace, script) { try workspace.night("--full") }
            #expect(failure["code"] == "cpu_limit")
            #expect(
                failure["message"]?.contains("[2025-fall] the CPU limit of 0.05 s was reached after 0 of 2 groups")
                    == true)
        }
    }

    /// A worker that dies of the last task of its batch has told before what it found beside, and so do later nights.
    @Test func oneThatIsTheLastOfItsBatch() throws {
        try withWorkspace(cpu: "50ms") { _, workspace in
            let file = workspace.folder.appending(path: "plumbline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try workspace.write("plumbline.yaml", text.replacing("start: 2025-09-01", with: "start: 2025-10-02"))
            func notices(_ night: Finished) throws -> [String]? { try night.json()["notices"] as? [String] }
            let without = try notices(try workspace.night("--full"))
            #expect(without?.contains("survey by everything: 8 rows lie in no wave.") == true, "\(without ?? [])")
            try workspace.write("Measures/zz.lua", SmallWorkspace.measure("zz.last", value: Self.collisions))
            let night = try workspace.night("--full", "--workers", "2")
            #expect(night.status == 1)
            #expect(try notices(night) == without)
            try FileManager.default.removeItem(at: workspace.folder.appending(path: "Measures/zz.lua"))
            #expect(try notices(try workspace.night()) == without)
        }
    }

    /// Of two ways to fail the first in order is told, even where its task has to wait: here another measure takes down
    /// the worker before its turn.
    @Test(arguments: ["1", "2", "3"]) func oneThatFailsInTwoWays(workers: String) throws {
        try withWorkspace(cpu: "200ms") { _, workspace in
            try workspace.write("Measures/a.lua", SmallWorkspace.measure("a.kills", value: Self.collisions))
            let value = "if g.keys.network then return #(\"x\"):rep(1 << 30) end return (\"x\"):rep(2 << 20)"
            try workspace.write("Measures/good.middle.lua", SmallWorkspace.measure("bad.one", value: value))
            let night = try workspace.night("--full", "--workers", workers)
            let failures = try night.json()["failures"] as? [[String: String]] ?? []
            #expect(failures.map { $0["measure"] } == ["a.kills", "bad.one"])
            #expect(failures.map { $0["code"] } == ["cpu_limit", "output_limit"])
        }
    }

    /// What a measure may use is its own: more for one than for all.
    @Test func limitsOfOneMeasure() throws {
        try withWorkspace(cpu: "2s") { _, workspace in
            let file = workspace.folder.appending(path: "plumbline.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let large = SmallWorkspace.measure(
                "bad.one", value: "local t = {} for i = 1, 20000 do t[i] = i end return #t",
                more: "tests = { { name = \"many\", rows = {}, expect = { value = 20000 } } },")
            try workspace.write("Measures/good.middle.lua", large)
            try workspace.write("plumbline.yaml", text.replacing("memory: 64MB", with: "memory: 1MB, block: 256KB"))
            let small = try workspace.night()
            #expect(small.status == 1)
            #expect(small.output.contains("the memory limit of 1 MB was reached"), "\(small.output)")
            try workspace.write(
                "plumbline.yaml",
                text.replacing("memory: 64MB", with: "memory: 1MB, block: 256KB")
                    + "measures: { bad.one: { limits: { memory: 64MB, block: 16MB } } }\n")
            let night = try workspace.night()
            #expect(night.status == 0, "a test that failed for a limit is tried again under another: \(night.output)")
            #expect(try workspace.plumb("eval", "Measures/good.middle.lua").status == 0)
            let doctor = try workspace.plumb("doctor").output
            #expect(doctor.contains("memory: 1 MB (memory of a script, with the columns that the host holds for it)"))
            #expect(doctor.contains("bad.one has its own limits: memory: 64 MB; block: 16 MB"), "\(doctor)")
        }
    }
}
#endif
