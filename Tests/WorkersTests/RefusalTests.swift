#if os(Linux)
import Foundation
import Glibc
import MeasureModel
import PlumblineTestSupport
import Testing
import Workers

/// Kernels and containers that refuse to lock a worker down. One that does is made: a filter lets the calls fail.
@Suite(.enabled(if: Kernel.grantsFilters, Comment(rawValue: Kernel.refusal)))
struct RefusalTests {
    /// Runs a batch on a worker that such a kernel starts.
    private func outcomes(
        _ bodies: [String], of program: String = "plumb-worker", refusing: String, _ sandbox: SandboxPolicy
    ) throws -> (outcomes: [String], missing: [MissingProtection]) {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder, program: program)
            let starter = try shop.program("exec '\(Kernel.refusing.path)' \(refusing) '\(shop.worker)'")
            let pool = WorkerPool(executable: starter, size: 1, sandbox: sandbox)
            let record = try pool.record([job(evaluation(bodies))], scopes: [shop.scope("east", [[1, 2]])])
            return (record.outcomes(of: 0), pool.missingProtections)
        }
    }

    @Test(arguments: [
        (EPERM, "Operation not permitted"), (EINVAL, "Invalid argument"), (ENOSYS, "Function not implemented"),
    ])
    func whereItIsRequiredNoScriptIsRun(number: Int32, reason: String) throws {
        do {
            _ = try outcomes(["return 1"], refusing: "\(number)", .required)
            Issue.record("a script was run")
        } catch let error as WorkerError {
            #expect(error.code == .notLockedDown)
            let text =
                "Missing: the filter of system calls (seccomp): \(reason). Let the kernel or the container grant it"
            #expect(error.description.contains(text), "\(error)")
            #expect(error.description.contains("`sandbox: best-effort` in plumbline.yaml"))
        }
    }

    @Test func bestEffortRunsAndSaysWhatIsMissing() throws {
        for number in [EPERM, EINVAL, ENOSYS] {
            let (outcomes, missing) = try outcomes(["return g.x:sum()"], refusing: "\(number)", .bestEffort)
            #expect(outcomes == ["3", "done"])
            #expect(missing == [MissingProtection(.systemCallFilter, refusal: Int(number))])
        }
    }

    @Test func everyRefusalIsNamed() throws {
        let (_, missing) = try outcomes(["return 1"], refusing: "--new-privileges-too \(EPERM)", .bestEffort)
        #expect(
            missing == [
                MissingProtection(.noNewPrivileges, refusal: Int(EPERM)),
                MissingProtection(.systemCallFilter, refusal: Int(EPERM)),
            ])
        let notice = try #require(missing.notice)
        #expect(notice.contains("(no_new_privs): Operation not permitted"))
        #expect(notice.contains("(seccomp): Operation not permitted"))
    }

    @Test func whatIsInForceIsNoNews() throws {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder)
            let pool = WorkerPool(executable: shop.worker, size: 1, sandbox: .bestEffort)
            let record = try pool.record([job(evaluation("return 1"))], scopes: [shop.scope("east", [[1]])])
            #expect(record.outcomes(of: 0) == ["1", "done"])
            #expect(pool.missingProtections.isEmpty && pool.missingProtections.notice == nil)
        }
    }

    /// The limits of resources stand behind the filter; and the calls of these tests do get something without it.
    @Test func withoutTheFilterLimitsHold() throws {
        let bodies = [
            "openat, a system file", "openat, a new file", "socket, IPv4", "pipe2", "memfd_create", "mmap, code",
        ].map { HostileCall.body($0, "/nowhere/made") }
        let (outcomes, _) = try outcomes(bodies, of: "hostile-worker", refusing: "\(EPERM)", .bestEffort)
        #expect(outcomes.prefix(5) == Array(repeating: "\(-EMFILE)", count: 5)[...])
        #expect((Int(outcomes[5]) ?? 0) > 0, "memory for code")
    }
}
#endif
