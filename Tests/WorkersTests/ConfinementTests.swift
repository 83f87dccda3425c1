#if os(Linux)
import Foundation
import Glibc
import MeasureModel
import PlumblineTestSupport
import Testing
import Workers

/// What a worker is given, looked at from outside while it runs.
///
/// Its entries under /proc are for root alone once it is locked down.
struct ConfinementTests {
    private struct Seen {
        var environment: [String]
        var descriptors: [Int: String]
        var arguments: [String]
    }

    private struct Enough: Error {}

    /// Looks at the worker of a scope while its second measure runs without end.
    private func look(_ scope: WorkerScope, _ shop: Workshop) throws -> Seen {
        let spin = evaluation("return 1", "while true do end", limits: EvaluationLimits(cpuSeconds: 1000))
        var seen: Seen?
        do {
            try shop.pool(1).run([job(spin)], scopes: [scope]) { _, event in
                guard case .reply(.task) = event else { return [] }
                let pids = ProcessTable.processes(startedAs: shop.worker)
                #expect(pids.count == 1)
                let pid = try #require(pids.first)
                seen = Seen(
                    environment: ProcessTable.content(pid, "environ"), descriptors: ProcessTable.descriptors(pid),
                    arguments: ProcessTable.content(pid, "cmdline"))
                throw Enough()
            }
        } catch is Enough {}
        return try #require(seen)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can look into a worker that is locked down"))
    func aWorkerHasNoEnvironmentAndNoDescriptorsButItsOwn() throws {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder)
            // Descriptors that a child would inherit if it were not told otherwise.
            let strays = [dup(0), dup(1), dup(2)]
            defer { for stray in strays { close(stray) } }
            #expect(strays.allSatisfy { $0 > 2 })
            let scopes = try [shop.scope("east", [[1], [2, 3]]), shop.scope("west", [[4]])]
            for scope in scopes {
                let worker = try look(scope, shop)
                #expect(worker.environment == ["SWIFT_BACKTRACE=enable=no"])
                #expect(worker.arguments == [shop.worker])
                for pipe in [0, 1] { #expect(worker.descriptors[pipe]?.hasPrefix("pipe:") == true) }
                #expect(worker.descriptors[2] == "/dev/null")
                #expect(worker.descriptors.count == 3, "files are mapped, and their descriptors closed")
            }
        }
    }

    /// Some systems start programs with a stack that Lua's 200 levels of calls through C do not fit in.
    @Test func aSmallStackIsMadeLargeEnough() throws {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder)
            let deep = [
                "local function f() return (('x'):gsub('x', f)) end return f()",
                "local function f(a, b) table.sort({ 1, 2, 3 }, f) return a < b end f(1, 2) return 1",
            ]
            let program = try shop.program("ulimit -S -s 192; exec \(shop.worker)")
            let pool = WorkerPool(executable: program, size: 1, sandbox: Kernel.grantsFilters ? .required : .bestEffort)
            let record = try pool.record([job(evaluation(deep))], scopes: [try shop.scope("east", [[1]])])
            #expect(record.outcomes(of: 0) == ["lua_error", "lua_error", "done"])
        }
    }

    @Test func theParentKeepsNothingOfAWorker() throws {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder)
            let scope = try shop.scope("east", [[1]])
            let pool = shop.pool(2)
            _ = try pool.record([job(evaluation("return 1"))], scopes: [scope])
            for _ in 0..<5 {
                _ = try pool.record(
                    [job(evaluation("return 1")), job(evaluation("return 1"), scope: 1, number: 1)],
                    scopes: [scope, scope])
            }
            let open = ProcessTable.descriptors(Int(getpid())).values.filter { $0.hasPrefix(folder.path) }
            #expect(open.isEmpty)
            #expect(ProcessTable.processes(startedAs: shop.worker).isEmpty)
        }
    }
}
#endif
