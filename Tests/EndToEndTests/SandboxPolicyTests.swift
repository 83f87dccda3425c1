#if os(Linux)
import Foundation
import PlumblineTestSupport
import Testing

/// What commands do where workers cannot be locked down, seen on a kernel that is made to refuse it.
@Suite(.enabled(if: Kernel.grantsFilters, Comment(rawValue: Kernel.refusal)))
struct SandboxPolicyTests {
    private static let refusal = "the filter of system calls (seccomp): Operation not permitted"

    /// Runs `plumb` as on such a kernel.
    private func plumb(
        _ arguments: String..., in folder: URL, environment: [String: String] = [:]
    ) throws -> Finished {
        try run(Kernel.refusing, ["1", BuiltProgram.plumb.path] + arguments, in: folder, environment: environment)
    }

    private func withWorkspace(sandbox: String?, _ body: (SmallWorkspace) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            if let sandbox {
                let file = workspace.folder.appending(path: "plumbline.yaml")
                try workspace.write(
                    "plumbline.yaml", String(contentsOf: file, encoding: .utf8) + "sandbox: \(sandbox)\n")
            }
            try body(workspace)
        }
    }

    @Test(arguments: [nil, "required"])
    func requiredRunsNoScript(sandbox: String?) throws {
        try withWorkspace(sandbox: sandbox) { workspace in
            for command in [["nightly"], ["test"], ["check"], ["eval", "--expr", "g.trust:mean()"]] {
                let finished = try run(
                    Kernel.refusing, ["1", BuiltProgram.plumb.path] + command + ["--json"], in: workspace.folder)
                #expect(finished.status == 5)
                #expect(finished.errorCode == "not_locked_down")
                #expect(finished.errorMessage?.contains(Self.refusal) == true)
                #expect(finished.errorMessage?.contains("`sandbox: best-effort` in plumbline.yaml") == true)
            }
            let editions = try workspace.plumb("edition", "list", "--json")
            #expect((try editions.json()["editions"] as? [Any])?.isEmpty == true, "\(editions.output)")
        }
    }

    @Test func bestEffortRunsAndTheRunLetterSaysSo() throws {
        try withWorkspace(sandbox: "best-effort") { workspace in
            let night = try plumb("nightly", "--json", "--as-of", "2026-06-30", in: workspace.folder)
            #expect(night.status == 0)
            let notices = try night.json()["notices"] as? [String] ?? []
            #expect(notices.contains { $0.contains(Self.refusal) && $0.contains("`sandbox: best-effort` accepts") })
            #expect(night.errors.contains("Note: Workers were not locked down whole"))
            for command in [["test"], ["check"], ["eval", "--expr", "g.trust:mean()"]] {
                let finished = try run(
                    Kernel.refusing, ["1", BuiltProgram.plumb.path] + command + ["--json"], in: workspace.folder)
                #expect(finished.status == 0)
                #expect(finished.errors.contains(Self.refusal), "\(command)")
            }
        }
    }

    @Test func whereAllIsGrantedNothingIsSaid() throws {
        try withWorkspace(sandbox: "best-effort") { workspace in
            let night = try workspace.night()
            #expect(night.status == 0 && !night.output.contains("not locked down"))
        }
    }

    /// Without a workspace there is no file that could say `best-effort`.
    @Test func withoutAWorkspaceTheEnvironmentDecides() throws {
        try withTemporaryFolder { folder in
            try Data(SmallWorkspace.survey.utf8).write(to: folder.appending(path: "bare.csv"))
            func eval(_ policy: String?) throws -> Finished {
                try plumb(
                    "eval", "--csv", "bare.csv", "--expr", "g.n", "--json", in: folder,
                    environment: policy.map { ["PLUMB_SANDBOX": $0] } ?? [:])
            }
            let refused = try eval(nil)
            #expect(refused.status == 5 && refused.errorCode == "not_locked_down")
            #expect(refused.errorMessage?.contains("PLUMB_SANDBOX=best-effort") == true)
            let accepted = try eval("best-effort")
            #expect(accepted.status == 0 && accepted.errors.contains(Self.refusal))
            let unknown = try eval("off")
            #expect(unknown.status == 2 && unknown.errorMessage?.contains("required or best-effort") == true)
        }
    }

    @Test func whatTheWorkspaceSaysStands() throws {
        let environment = ["PLUMB_SANDBOX": "best-effort"]
        let cases: [(sandbox: String?, status: Int32)] = [("required", 5), (nil, 0)]
        for (sandbox, status) in cases {
            try withWorkspace(sandbox: sandbox) { workspace in
                let finished = try plumb("test", in: workspace.folder, environment: environment)
                #expect(finished.status == status)
            }
        }
    }

    @Test func theDoctorReportsWhatTheKernelGrants() throws {
        try withTemporaryFolder { folder in
            let granted = try run(BuiltProgram.plumb, ["doctor"], in: folder)
            #expect(granted.status == 0)
            #expect(granted.output.contains("ok: workers are locked down: no environment, no files"))
            let refused = try plumb("doctor", in: folder)
            #expect(refused.status == 1)
            #expect(
                refused.output.contains("problem: workers cannot be locked down whole here. Missing: \(Self.refusal)"))
            let accepted = try plumb("doctor", in: folder, environment: ["PLUMB_SANDBOX": "best-effort"])
            #expect(accepted.status == 0 && accepted.output.contains(Self.refusal))
        }
    }

    /// The demo runs measures of our own over generated data.
    @Test func theDemoRunsAllTheSame() throws {
        try withTemporaryFolder { folder in
            let demo = try plumb("demo", "here", "--networks", "2", "--people", "96", in: folder)
            #expect(demo.status == 0, "\(demo.errors)")
            #expect(demo.output.contains(Self.refusal))
        }
    }
}
#endif
