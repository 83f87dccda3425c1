import CivilCalendar
import Columnar
import Foundation
import MeasureHost
import MeasureModel
import PlumblineTestSupport
import Testing

/// Data in files, and a worker's whole work over them: requests in, replies out.
struct World: Sendable {
    /// In the order of their rows: by load, by network.
    var files: [TestFile]
    var datasets: [DatasetDescription]
    var salt: UInt64 = 7
    var dayStarts = DayStarts.utc

    init(_ files: TestFile..., datasets: [DatasetDescription] = [World.survey]) {
        self.files = files
        self.datasets = datasets
    }

    /// An anonymous survey: every row is a person.
    static let survey = DatasetDescription(
        name: "survey", dataClass: "staff_survey", persons: .row, dimensions: GroupKey.standardDimensions)

    /// A survey whose column `who` tells persons apart.
    static let named = DatasetDescription(
        name: "survey", dataClass: "staff_survey", persons: .column("who"), personColumns: ["who"],
        dimensions: GroupKey.standardDimensions)

    /// Puts requests to one worker, after its set-up. Lua runs on a thread with the stack it wants.
    func replies(to requests: [WorkerRequest], withProgress: Bool = false) throws -> [[WorkerReply]] {
        try withTemporaryFolder { folder in
            var handles: [FileHandle] = []
            for (index, file) in files.enumerated() {
                let url = folder.appending(path: "\(index).arrow")
                try Data(ArrowFileWriter.bytes(of: Table(columns: file.columns))).write(to: url)
                handles.append(try FileHandle(forReadingFrom: url))
            }
            let setup = WorkerSetup(
                files: zip(files, handles).map { file, handle in
                    WorkerSetup.DataFile(
                        descriptor: Int(handle.fileDescriptor), dataset: file.dataset, network: file.network)
                }, datasets: datasets, pseudonymSalt: salt, dayStarts: dayStarts)
            defer { for handle in handles { try? handle.close() } }
            return try onThread(stackSize: 8 << 20) {
                let service = WorkerService()
                return ([.setUp(setup)] + requests).map { request in
                    var replies: [WorkerReply] = []
                    service.answer(request) { if withProgress || !$0.isProgress { replies.append($0) } }
                    return replies
                }
            }
        }
    }

    /// Evaluates batches one after the other in one worker.
    func evaluate(_ batches: [Batch]) throws -> [[WorkerReply]] {
        let replies = try replies(to: batches.map(WorkerRequest.evaluate))
        #expect(replies[0] == [.ready])
        return Array(replies.dropFirst())
    }

    /// Evaluates one measure whose `value` has this body.
    func ask(_ body: String, _ question: Question = Question()) throws -> Answer {
        try answer(question.batch([question.task(measure(body))]))
    }

    /// Evaluates one measure file.
    func ask(file source: String, form: MeasureDefinition.Form, _ question: Question = Question()) throws -> Answer {
        try answer(question.batch([question.task(source, form: form)]))
    }

    private func answer(_ batch: Batch) throws -> Answer {
        let replies = try evaluate([batch])[0]
        var rest = replies[...]
        var summary = BatchSummary()  // stays where rows cannot be grouped
        if case .grouped(let found) = rest.first {
            summary = found
            rest.removeFirst()
        }
        guard rest.count == 2, case .task(index: 0, let result) = rest.first, rest.last == .batchDone
        else { throw Unexpected(replies: replies) }
        return Answer(result: result, summary: summary)
    }

    /// The worker said something else than one task and the end of the batch.
    struct Unexpected: Error {
        var replies: [WorkerReply]
    }
}

extension WorkerReply {
    /// Whether it only tells how far the worker is.
    var isProgress: Bool {
        switch self {
        case .progress, .hostWork: true
        default: false
        }
    }
}

/// A file whose `value` has this body; the body begins in line 1.
func measure(_ body: String) -> String {
    "return measure { value = function(g, p) \(body)\nend }"
}

/// How a measure is evaluated.
struct Question: Sendable {
    var by: [String] = []
    var fixedKey = GroupKey()
    var periods: [Period] = [.all]
    var asOf = "2026-06-30"
    /// The end of that day; in UTC unless a test says otherwise.
    var asOfInstant: Int64?
    var columns: [String]?
    var with: [String] = []
    var params: [ParameterValue] = []
    var mayReadRows = true
    var allowsAny = false
    var seed: UInt64 = 1
    var limits = EvaluationLimits()
    var plugin: MeasurePlugin?

    func task(_ source: String, form: MeasureDefinition.Form = .value) -> Batch.Task {
        Batch.Task(
            script: Script(name: "Measures/x.lua", source: Array(source.utf8), plugin: plugin), form: form,
            columns: columns,
            with: with, params: params, mayReadRows: mayReadRows, seed: seed, limits: limits)
    }

    func batch(_ tasks: [Batch.Task]) -> Batch {
        let day = CivilDate(asOf) ?? CivilDate(day: 0)
        return Batch(
            from: "survey", dimensions: by, fixedKey: fixedKey, periods: periods, asOf: day,
            asOfInstant: asOfInstant ?? (Int64(day.day) + 1) * 86_400_000_000, allowsAnyResult: allowsAny, tasks: tasks)
    }
}

/// Calendar months and the like, in UTC.
func period(_ label: String, _ start: String, _ end: String, _ kind: PeriodKind = .wave) -> Period {
    let first = CivilDate(start) ?? CivilDate(day: 0)
    let last = CivilDate(end) ?? CivilDate(day: 0)
    return Period(
        kind: kind, label: label,
        days: Period.Days(
            start: first, end: last, startInstant: Int64(first.day) * 86_400_000_000,
            endInstant: Int64(last.day) * 86_400_000_000))
}
