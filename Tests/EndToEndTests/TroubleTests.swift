import Foundation
import PlumblineTestSupport
import Testing

/// Trouble from outside: killed processes, two nights at once, a folder that cannot be written, a broken configuration.
struct TroubleTests {
    /// A measure that takes its time, so that something can happen meanwhile.
    private static let slow = SmallWorkspace.measure(
        "slow.one", value: "local x = 0 for i = 1, 3e7 do x = x + i % 7 end return g.trust:mean() + 0 * x")

    private func slowWorkspace(in folder: URL) throws -> SmallWorkspace {
        let workspace = try SmallWorkspace(in: folder)
        #expect(try workspace.night().status == 0)
        try workspace.write("Measures/slow.lua", Self.slow)
        return workspace
    }

    /// Ids of the processes that a process has started; waits until there is one.
    private func children(of parent: Int32) -> [Int32] {
        let path = "/proc/\(parent)/task/\(parent)/children"
        while FileManager.default.fileExists(atPath: path) {
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            let ids = text.split(separator: " ").compactMap { Int32($0) }
            if !ids.isEmpty { return ids }
        }
        return []
    }

    /// Whether a process runs; one that ended and that nobody asked about does not.
    private func isRunning(_ process: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
        return !status.contains(") Z ")
    }

    @Test func aWorkerKilledInTheMiddleCostsNobodyElseAnything() throws {
        try withTemporaryFolder { folder in
            let workspace = try slowWorkspace(in: folder)
            let night = try BuiltProgram.start(
                "nightly", "--as-of", "2026-06-30", "--workers", "1", in: workspace.folder)
            for child in children(of: night.processIdentifier) { kill(child, SIGKILL) }
            night.waitUntilExit()
            #expect([0, 1].contains(night.terminationStatus))
            let trust = try workspace.observations(of: "culture.trust").map { $0["status"] as? String }
            #expect(trust == ["ok", "ok", "ok", "ok", "suppressed", "ok"])
            #expect(try workspace.night().status == 0)
            #expect(try workspace.observations(of: "slow.one").count == 6)
        }
    }

    @Test func aNightKilledInTheMiddleLeavesTheLastEdition() throws {
        try withTemporaryFolder { folder in
            let workspace = try slowWorkspace(in: folder)
            let before = try workspace.published()
            let night = try BuiltProgram.start("nightly", "--as-of", "2026-06-30", in: workspace.folder)
            _ = children(of: night.processIdentifier)
            kill(night.processIdentifier, SIGKILL)
            night.waitUntilExit()
            #expect(try workspace.published() == before)
            let next = try workspace.night()
            #expect(next.status == 0, "the lock died with its process: \(next.errors)")
            #expect(try next.json()["edition"] as? Int == 2)
        }
    }

    @Test func twoNightsAtOnce() throws {
        try withTemporaryFolder { folder in
            let workspace = try slowWorkspace(in: folder)
            let first = try BuiltProgram.start("nightly", "--as-of", "2026-06-30", in: workspace.folder)
            _ = children(of: first.processIdentifier)
            let second = try workspace.night()
            #expect(second.status == 5)
            #expect(second.errorCode == "locked")
            first.waitUntilExit()
            #expect(first.terminationStatus == 0)
            #expect(try workspace.night().json()["edition"] is NSNull)
        }
    }

    /// Nobody goes on computing for a parent that was killed.
    @Test(.timeLimit(.minutes(1))) func workersEndWithTheirParent() throws {
        try withTemporaryFolder { folder in
            let workspace = try slowWorkspace(in: folder)
            let night = try BuiltProgram.start("nightly", "--as-of", "2026-06-30", in: workspace.folder)
            let workers = children(of: night.processIdentifier)
            #expect(!workers.isEmpty)
            kill(night.processIdentifier, SIGKILL)
            night.waitUntilExit()
            while workers.contains(where: isRunning) {}
        }
    }

    /// A store that was lost beside its loads is not a fresh start.
    @Test(arguments: [false, true]) func aStoreThatIsLost(isEmptied: Bool) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            #expect(try workspace.night().status == 0)
            let store = workspace.folder.appending(path: ".plumbline/store.sqlite")
            for suffix in ["-wal", "-shm", ""] {
                try? FileManager.default.removeItem(at: URL(filePath: store.path + suffix))
            }
            if isEmptied { try Data().write(to: store) }
            for command in [["nightly"], ["data"], ["edition", "list"], ["import", "survey", "survey.csv"]] {
                let finished = try run(BuiltProgram.plumb, command + ["--json"], in: workspace.folder)
                #expect(finished.status == 5, "\(command)")
                #expect(finished.errorMessage?.contains("but there are loads: restore it from a copy") == true)
            }
        }
    }

    @Test func noWorkspace() throws {
        try withTemporaryFolder { folder in
            for command in [["nightly"], ["check"], ["edition", "list"], ["data"], ["import", "survey", "x.csv"]] {
                let finished = try run(BuiltProgram.plumb, command + ["--json"], in: folder)
                #expect(finished.status == 2)
                #expect(finished.errorCode == "no_workspace")
                #expect(finished.errors.contains("plumb init"))
            }
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root can become somebody else"))
    func aWorkspaceThatCannotBeWritten() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            _ = try workspace.night()
            let before = try workspace.published()
            for path in [folder.path, workspace.folder.path, workspace.folder.appending(path: ".plumbline").path] {
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            }
            func asNobody(_ arguments: String...) throws -> Finished {
                try run(
                    URL(filePath: "/usr/bin/setpriv"),
                    ["--reuid=65534", "--regid=65534", "--clear-groups", BuiltProgram.plumb.path] + arguments,
                    in: workspace.folder)
            }
            for command in [["nightly"], ["import", "survey", "survey.csv", "--as", "again"]] {
                let refused = try run(
                    URL(filePath: "/usr/bin/setpriv"),
                    ["--reuid=65534", "--regid=65534", "--clear-groups", BuiltProgram.plumb.path] + command + [
                        "--json"
                    ],
                    in: workspace.folder)
                #expect(refused.status == 5)
                #expect(refused.errorCode == "not_writable", "\(refused.errors)")
            }
            // Looking is allowed.
            #expect(try asNobody("check").status == 0)
            #expect(try asNobody("edition", "show").output.contains("culture.trust"))
            #expect(try asNobody("eval", "Measures/trust.lua").status == 0)
            #expect(try workspace.published() == before)
        }
    }

    @Test func aWrongKeyInTheConfiguration() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            _ = try workspace.night()
            let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write("plumbline.yaml", text.replacing("datasets:", with: "dataset:"))
            for command in [["nightly"], ["check"], ["import", "survey", "survey.csv"]] {
                let finished = try run(BuiltProgram.plumb, command + ["--json"], in: workspace.folder)
                #expect(finished.status == 3)
                #expect(finished.errorCode == "bad_configuration")
                #expect(finished.errorMessage?.contains("did you mean `datasets`?") == true)
                #expect(finished.errorPlace["line"] as? Int == 7)
            }
            try workspace.write("plumbline.yaml", text)
            #expect(try workspace.night().json()["edition"] is NSNull, "nothing was harmed")
        }
    }

    @Test(arguments: [
        ("empty", "", "is empty"), ("header", "respondent,network,role,trust,submitted\n", "has a header but no rows"),
        ("cut", "respondent,network,role,trust,submitted\na,east,\"coach,4,2025-10-01\n", "never closes"),
        ("latin", "respondent,network,role,trust,submitted\na,east,\u{1}FF,4,2025-10-01\n", "not UTF-8"),
    ])
    func filesThatAreNoTables(name: String, text: String, message: String) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            _ = try workspace.night()
            var bytes = Array(text.utf8)
            if name == "latin", let mark = bytes.firstIndex(of: 1) {
                bytes.replaceSubrange(mark...mark + 2, with: [0xe9])
            }
            try Data(bytes).write(to: workspace.folder.appending(path: "bad.csv"))
            let before = try workspace.plumb("data", "survey", "--json").output
            let imported = try workspace.plumb("import", "survey", "bad.csv", "--json")
            #expect(imported.status == 3)
            #expect(imported.errorMessage?.contains(message) == true, "\(imported.errorMessage ?? "")")
            #expect(try workspace.plumb("data", "survey", "--json").output == before)
            let evaluated = try workspace.plumb("eval", "--csv", "bad.csv", "--expr", "g.trust:mean()", "--json")
            #expect(evaluated.status == 3)
            #expect(try workspace.night().json()["edition"] is NSNull)
        }
    }
}
