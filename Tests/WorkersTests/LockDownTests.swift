#if os(Linux)
import Foundation
import Glibc
import HostileCalls
import MeasureModel
import PlumblineTestSupport
import Testing
import Workers

/// What somebody can do who runs machine code of his own in a worker: the host of `hostile-worker` makes any call of the
/// system for a script, after the lock-down.
@Suite(.enabled(if: Kernel.grantsFilters, Comment(rawValue: Kernel.refusal)))
struct LockDownTests {
    /// Calls that no worker needs. Names in brackets are questions that a worker may ask.
    private static let forbidden = HostileCall.names.filter { !$0.hasPrefix("(") && !Sanitizers.calls.contains($0) }

    private func withHostileWorkers(_ body: (Workshop, WorkerScope) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder, program: "hostile-worker")
            try body(shop, shop.scope("east", [[1, 2]]))
        }
    }

    @Test func everyCallThatNoWorkerNeedsEndsIt() throws {
        #expect(Self.forbidden.count > 100)
        try expectEnd(of: Self.forbidden)
    }

    @Test(.disabled(if: Sanitizers.areOn, "sanitizers make these calls themselves"))
    func callsThatOnlySanitizersNeedEndIt() throws {
        #expect(Sanitizers.calls.isSubset(of: HostileCall.names))
        try expectEnd(of: Sanitizers.calls.sorted())
    }

    /// A worker that makes such a call dies of it.
    private func expectEnd(of calls: [String]) throws {
        try withHostileWorkers { shop, scope in
            let target = shop.folder.appending(path: "made").path
            let jobs = calls.enumerated().map { job(HostileCall.measure($1, target), number: $0) }
            let record = try shop.pool(2).record(jobs, scopes: [scope])
            for (number, name) in calls.enumerated() {
                #expect(record.events(of: number) == [.died(.forbiddenCall)], "\(name)")
            }
            #expect(!FileManager.default.fileExists(atPath: target))
            #expect(ProcessTable.processes(startedAs: shop.worker).isEmpty)
        }
    }

    /// By the only call that can still tell one from the other, 0, 1 and 2 are open.
    @Test func aWorkerHasNoEnvironmentAndThreeDescriptors() throws {
        try withHostileWorkers { shop, scope in
            let questions = ["(itself)", "(variables)", "(descriptors)"]
            let record = try shop.pool(1).record(
                [job(evaluation(questions.map { HostileCall.body($0) }))], scopes: [scope])
            #expect(record.outcomes(of: 0) == ["1", "0", "7", "done"])
        }
    }

    @Test(.disabled(if: Sanitizers.areOn, "sanitizers need terabytes of addresses"))
    func memoryIsBounded() throws {
        try withHostileWorkers { shop, scope in
            let questions = ["(much memory)", "(too much memory)", "(much memory)"]
            let record = try shop.pool(1).record(
                [job(evaluation(questions.map { HostileCall.body($0) }))], scopes: [scope])
            #expect(record.outcomes(of: 0) == ["1", "\(-ENOMEM)", "1", "done"])
        }
    }

    /// A crash is told as what it was, not as a call that the lock-down forbids.
    @Test func anAbortIsNoForbiddenCall() throws {
        try withHostileWorkers { shop, scope in
            let record = try shop.pool(1).record([job(HostileCall.measure("(abort)"))], scopes: [scope])
            #expect(record.events(of: 0) == [.died(.signal(Int(SIGABRT)))])
        }
    }

    @Test func othersAreNotHarmed() throws {
        try withHostileWorkers { shop, scope in
            let good = "return g.x:sum()"
            let mixed = evaluation([good, HostileCall.body("socket, IPv4"), good])
            let record = try shop.pool(1).record(
                [job(mixed, number: 0), job(evaluation(good), number: 1)], scopes: [scope])
            #expect(record.outcomes(of: 0) == ["3", "forbiddenCall"])
            #expect(record.outcomes(of: 1) == ["3", "done"])
        }
    }
}

/// Measures for `hostile-worker`.
enum HostileCall {
    /// All calls that it knows.
    static let names = (0..<hostile_count()).map { unsafe String(cString: hostile_name($0)) }

    /// The body of a measure that makes a call.
    static func body(_ name: String, _ path: String = "") -> String {
        "return native('\(name)', '\(path)')"
    }

    static func measure(_ name: String, _ path: String = "") -> WorkerRequest {
        evaluation(body(name, path))
    }
}
#endif
