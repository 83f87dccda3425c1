#if os(Linux)
import Foundation
import MeasureModel
import PlumblineTestSupport
import Testing
import Workers

/// Workers that are stopped, killed or lie in the middle of their work.
struct KillTests {
    private static let limits = EvaluationLimits(cpuSeconds: 1000)

    /// Evaluates two good measures around one that spins, and does something to the worker once the first is done.
    private func outcomes(
        patience: Patience = .seconds(300), _ harm: @escaping (Int32) -> Void
    ) throws -> [String] {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder)
            let scope = try shop.scope("east", [[1, 2]])
            var record = Record()
            try shop.pool(1).run(
                [
                    job(
                        evaluation(["return g.x:sum()", "while true do end", "return 3"], limits: Self.limits),
                        patience: patience)
                ],
                scopes: [scope]
            ) { job, event in
                record.add(job, event)
                if case .reply(.task) = event {
                    for pid in ProcessTable.processes(startedAs: shop.worker) { harm(Int32(pid)) }
                }
                return []
            }
            #expect(ProcessTable.processes(startedAs: shop.worker).isEmpty)
            return record.outcomes(of: 0)
        }
    }

    @Test func aWorkerThatIsStoppedIsKilled() throws {
        #expect(try outcomes(patience: .seconds(3)) { kill($0, SIGSTOP) } == ["3", "overDeadline"])
    }

    @Test func aWorkerThatIsKilledIsTold() throws {
        try expectTold(SIGKILL)
    }

    @Test(
        .disabled(if: Sanitizers.areOn, "AddressSanitizer takes these signals itself"), arguments: [SIGSEGV, SIGBUS])
    func aWorkerThatCrashesIsTold(signal: Int32) throws {
        try expectTold(signal)
    }

    private func expectTold(_ signal: Int32) throws {
        #expect(try outcomes { kill($0, signal) } == ["3", "signal(\(signal))"])
    }

    /// A worker that has seen scripts may be one of them: what it sends beside the point ends it, and nothing else.
    @Test(arguments: [
        WorkerReply.ready, .broken("the data are gone"), .batchDone, .tested([], failure: nil),
        .task(index: 1, TaskResult(groups: [])), .task(index: -1, TaskResult(groups: [])),
        .task(index: 0, TaskResult(groups: [GroupResult(key: GroupKey(), period: 7, parts: [])])),
        .task(index: 0, TaskResult(groups: [GroupResult(key: GroupKey(), period: -1, parts: [])])),
    ])
    func aWorkerThatLiesIsKilled(lie: WorkerReply) throws {
        #expect(try events(after: lie.frameBytes) == [.died(.brokenProtocol)])
    }

    @Test(arguments: [[255, 255, 255, 255], [0, 0, 0, 0], [1, 0, 0, 0, 99]] as [[UInt8]])
    func bytesThatAreNoReplyAreALie(bytes: [UInt8]) throws {
        #expect(try events(after: bytes) == [.died(.brokenProtocol)])
    }

    /// Replies without end keep nobody waiting.
    @Test func aWorkerThatNeverStopsSendingIsKilled() throws {
        let progress = WorkerReply.progress(
            TaskProgress(groupsDone: 0, groups: 1, key: GroupKey(), period: "all", cpuSeconds: 0))
        for words in [[progress], [.hostWork(begins: true), .hostWork(begins: false)]] {
            let events = try events(
                after: words.flatMap(\.frameBytes), isEndless: true, patience: Patience(budgets: [0], hostWork: 1))
            #expect(events.last == .died(.overDeadline))
        }
    }

    /// What a program says that pretends to be a worker: ready, then these bytes, once or without end.
    private func events(
        after bytes: [UInt8], isEndless: Bool = false, patience: Patience = .seconds(300)
    ) throws -> [WorkerEvent] {
        try withTemporaryFolder { folder in
            let shop = try Workshop(in: folder)
            let opening = WorkerReply.ready.frameBytes + WorkerReply.lockedDown(missing: []).frameBytes
            for (name, content) in [("ready", opening), ("words", bytes)] {
                try Data(content).write(to: folder.appending(path: name))
            }
            let words = folder.appending(path: "words").path
            let program = try shop.program(
                "/bin/cat \(folder.appending(path: "ready").path)\n"
                    + (isEndless
                        ? "while /bin/cat \(words); do :; done" : "/bin/cat \(words); exec /bin/cat >/dev/null"))
            return try WorkerPool(executable: program, size: 1).record(
                [job(evaluation("return 1"), patience: patience)], scopes: [WorkerScope()]
            ).events(of: 0)
        }
    }
}
#endif
