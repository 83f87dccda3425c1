import Columnar
import Foundation
import MeasureHost
import MeasureModel
import PlumblineTestSupport
import Testing

/// Requests in, replies out: what a worker says when something is wrong with more than a script.
struct WorkerServiceTests {
    private func replies(to requests: [WorkerRequest]) throws -> [[WorkerReply]] {
        try onThread(stackSize: 8 << 20) {
            let service = WorkerService()
            return requests.map { request in
                var replies: [WorkerReply] = []
                service.answer(request) { if !$0.isProgress { replies.append($0) } }
                return replies
            }
        }
    }

    private let evaluation = WorkerRequest.evaluate(Question().batch([Question().task(measure("return 1"))]))

    /// A parent is told of work that is no script's, and of every group where a task is alone in its batch.
    @Test func longWorkOfTheHostIsAnnounced() throws {
        let large = World(
            TestFile(
                Cells.labels("role", (0..<200_000).map { $0.isMultiple(of: 2) ? "a" : "b" }),
                Cells.numbers("x", (0..<200_000).map { Double($0) })))
        let question = Question(by: ["role"])
        let batch = question.batch([question.task(measure("return g.x:mean()"))])
        let replies = try large.replies(to: [.evaluate(batch)], withProgress: true)[1]
        var isHostWork = false
        var groups: [GroupKey] = []
        for reply in replies {
            switch reply {
            case .hostWork(let begins):
                #expect(begins != isHostWork, "begins and ends alternate")
                isHostWork = begins
            case .progress(let progress):
                #expect(!isHostWork && progress.groups == 2 && progress.groupsDone == groups.count)
                groups.append(progress.key)
            default: #expect(!isHostWork)
            }
        }
        #expect(replies.first == .hostWork(begins: true), "rows are put into groups before any script runs")
        #expect(groups.map(\.parts) == [[GroupKey.Part("role", "a")], [GroupKey.Part("role", "b")]])
        let small = World(TestFile(Cells.labels("role", ["a"]), Cells.numbers("x", [1])))
        #expect(!(try small.replies(to: [.evaluate(batch)], withProgress: true)[1].contains(.hostWork(begins: true))))
    }

    /// Of many groups the parent is told now and then, with the time that the script has used until then.
    @Test func progressIsNotToldOfEachOfManyGroups() throws {
        let groups = 3 * TaskProgress.mostToldOneByOne
        let many = World(TestFile(Cells.labels("role", (0..<groups).map { "\($0)" })))
        let question = Question(by: ["role"])
        let batch = question.batch([question.task(measure("return g.n"))])
        let replies = try many.replies(to: [.evaluate(batch)], withProgress: true)[1]
        let told = replies.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }
        #expect(told.first?.groupsDone == 0 && told.count < groups)
        let results = replies.compactMap { if case .task(_, let result) = $0 { result } else { nil } }
        let seconds = told.map(\.cpuSeconds) + results.map(\.usage.cpuSeconds)
        #expect(results.first?.groups.count == groups && seconds == seconds.sorted() && seconds[0] > 0)
    }

    /// What every measure of a dataset that is not there is told.
    private static let withoutData = TaskResult(
        groups: [], failure: Failure(.refused, "there are no data of `survey`", file: "Measures/x.lua"))

    @Test func withoutDataThereIsNothingToEvaluate() throws {
        let question = Question()
        let two = WorkerRequest.evaluate(question.batch([1, 2].map { question.task(measure("return \($0)")) }))
        let results = (0..<2).map { WorkerReply.task(index: $0, Self.withoutData) } + [.batchDone]
        #expect(try replies(to: [two]) == [results])
        #expect(try replies(to: [.setUp(WorkerSetup(files: [], datasets: [])), two]) == [[.ready], results])
    }

    @Test func aFileThatIsNoArrowFileBreaksTheSetUp() throws {
        for content in ["", "not a table", String(repeating: "ARROW1\0\0", count: 20)] {
            let replies = try withTemporaryFolder { folder in
                let url = folder.appending(path: "x.arrow")
                try Data(content.utf8).write(to: url)
                let handle = try FileHandle(forReadingFrom: url)
                defer { try? handle.close() }
                let file = WorkerSetup.DataFile(
                    descriptor: Int(handle.fileDescriptor), dataset: "survey", network: nil)
                return try self.replies(to: [.setUp(WorkerSetup(files: [file], datasets: [World.survey]))])
            }
            guard case .broken(let reason) = replies[0][0] else {
                Issue.record("\(replies)")
                continue
            }
            #expect(reason.contains("not a well-formed Arrow file"))
        }
    }

    @Test func aDescriptorThatIsNotOpenBreaksTheSetUp() throws {
        for descriptor in [-1, 987_654, Int.max] {
            let file = WorkerSetup.DataFile(descriptor: descriptor, dataset: "survey", network: nil)
            let replies = try replies(to: [.setUp(WorkerSetup(files: [file], datasets: [World.survey]))])
            guard case .broken = replies[0][0] else {
                Issue.record("\(replies)")
                continue
            }
        }
    }

    /// The bound on a worker's address space follows the data and what scripts may have.
    @Test func theMemoryThatMayBeNeededGrowsWithRowsAndScripts() throws {
        func needed(rows: Int, scriptMemory: Int) throws -> Int {
            let numbers = (0..<rows).map(Double.init)
            let table = try Table(columns: ["x", "y"].map { Column(name: $0, values: .float64(Buffer(numbers))) })
            return try withTemporaryFolder { folder in
                let url = folder.appending(path: "x.arrow")
                try Data(ArrowFileWriter.bytes(of: table)).write(to: url)
                let handle = try FileHandle(forReadingFrom: url)
                defer { try? handle.close() }
                let file = WorkerSetup.DataFile(
                    descriptor: Int(handle.fileDescriptor), dataset: "survey", network: nil)
                let service = WorkerService()
                service.answer(
                    .setUp(WorkerSetup(files: [file], datasets: [World.survey], scriptMemory: scriptMemory))
                ) { #expect($0 == .ready) }
                return service.memoryNeeded
            }
        }
        let small = try needed(rows: 10, scriptMemory: 1 << 20)
        #expect(small >= 1 << 30 && small < 2 << 30)
        #expect(try needed(rows: 10, scriptMemory: 1 << 30) - small >= 1 << 30)
        // Each column is read, and gathered for groupings: 8 bytes a row each time.
        let rows = 100_000
        #expect(try needed(rows: rows, scriptMemory: 1 << 20) - small > (rows - 10) * 2 * 8 * 4)
        #expect(try needed(rows: 1, scriptMemory: .max) > 0)
    }

    @Test func definitionsNeedNoData() throws {
        let script = Script(name: "x.lua", source: Array(DefinitionTests.file().utf8))
        guard
            case .defined(let definition, nil, let findings) = try replies(to: [
                .define(script, limits: EvaluationLimits())
            ])[0][0]
        else {
            Issue.record("not defined")
            return
        }
        #expect(definition?.id == "team.safety" && findings.isEmpty)
    }

    @Test func aSecondSetUpReplacesTheFirst() throws {
        let world = World(TestFile(Cells.numbers("x", [1, 2])))
        let empty = WorkerRequest.setUp(WorkerSetup(files: [], datasets: []))
        let question = Question()
        let sum = WorkerRequest.evaluate(question.batch([question.task(measure("return g.x:sum()"))]))
        let replies = try world.replies(to: [sum, empty, sum])
        #expect(replies[1].count == 3)
        #expect(replies[3] == [.task(index: 0, Self.withoutData), .batchDone])
    }

    @Test func datasetsWithoutFilesAreEmpty() throws {
        let replies = try World(datasets: [World.survey]).replies(to: [evaluation])
        #expect(replies[1].count == 3)
        #expect(replies[1].first == .grouped(BatchSummary()) && replies[1].last == .batchDone)
    }

    /// Everything the worker says goes over the wire: it must read back.
    @Test func repliesReadBackFromTheirBytes() throws {
        let world = World(
            TestFile(Cells.labels("role", ["a\n", "b", nil]), Cells.numbers("x", [1, .infinity, nil])))
        let question = Question(by: ["role"], allowsAny: true)
        let bodies = [
            "return g.x:mean()", "error('\\0\\27')", "return { a = g.x:share() }", "return { 'x', { 1 } }",
            "print('é\\xff') return 1",
            "return g.x:max()",
        ]
        let tasks = bodies.map { question.task(measure($0)) }
        for reply in try world.evaluate([question.batch(tasks)])[0] {
            #expect(try WorkerReply(wireBytes: reply.wireBytes) == reply)
        }
    }

    @Test func infinityInTheDataIsNeverPublished() throws {
        let world = World(TestFile(Cells.numbers("x", [1, .infinity, 2])))
        for verb in ["max", "mean", "sum", "sd", "median"] {
            let part = try world.ask("return g.x:\(verb)()").groups[0].parts.first
            #expect(part?.estimate?.value.isFinite != false, "\(verb)")
        }
    }
}
