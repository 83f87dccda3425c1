import CivilCalendar
import Columnar
import Foundation
import MeasureModel
import PlumblineTestSupport
import Workers

/// A folder with data files and programs to start as workers.
struct Workshop {
    let folder: URL

    /// The worker as it was built, under a name that no other test's worker has.
    let worker: String

    /// `program` is a worker as it was built.
    init(in folder: URL, program: String = "plumb-worker") throws {
        self.folder = folder
        worker = folder.appending(path: "worker-\(UUID().uuidString)").path
        try FileManager.default.createSymbolicLink(
            atPath: worker, withDestinationPath: BuiltProgram.folder.appending(path: program).path)
    }

    /// A pool of workers that are locked down as far as this machine's kernel grants it.
    func pool(_ size: Int) -> WorkerPool {
        WorkerPool(executable: worker, size: size, sandbox: Kernel.grantsFilters ? .required : .bestEffort)
    }

    /// A scope with one file of a survey for each list of numbers.
    func scope(_ network: String, _ loads: [[Double]]) throws -> WorkerScope {
        var files: [WorkerScope.File] = []
        for (index, numbers) in loads.enumerated() {
            let url = folder.appending(path: "\(network)-\(index).arrow")
            let table = try Table(columns: [Column(name: "x", values: .float64(Buffer(numbers)))])
            try Data(ArrowFileWriter.bytes(of: table)).write(to: url)
            files.append(WorkerScope.File(path: url.path, dataset: "survey", network: network))
        }
        return WorkerScope(
            files: files, datasets: [DatasetDescription(name: "survey", dataClass: "staff_survey", persons: .row)])
    }

    /// A shell script that stands for a worker.
    func program(_ lines: String) throws -> String {
        let url = folder.appending(path: "program-\(UUID().uuidString)")
        try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: url)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
        return url.path
    }
}

/// Evaluates measures whose `value` have these bodies, each for everything.
func evaluation(_ bodies: String..., limits: EvaluationLimits = EvaluationLimits()) -> WorkerRequest {
    evaluation(bodies, limits: limits)
}

/// Evaluates measures whose `value` have these bodies, each for everything.
func evaluation(_ bodies: [String], limits: EvaluationLimits = EvaluationLimits()) -> WorkerRequest {
    .evaluate(
        Batch(
            from: "survey", dimensions: [], periods: [.all], asOf: CivilDate(day: 20_634), asOfInstant: .max,
            allowsAnyResult: true,
            tasks: bodies.map { body in
                Batch.Task(
                    script: Script(
                        name: "x.lua", source: Array("return measure { value = function(g) \(body) end }".utf8)),
                    form: .value, mayReadRows: true, limits: limits)
            }))
}

extension Patience {
    /// One that ends after so long on the wall.
    static func seconds(_ seconds: Double) -> Patience { Patience(budgets: [(seconds - 2) / 2]) }
}

/// A job with all the time it needs.
func job(_ request: WorkerRequest, scope: Int = 0, number: Int = 0, patience: Patience = .seconds(300)) -> WorkerJob {
    WorkerJob(scope: scope, request: request, number: number, patience: patience)
}

/// What happened to jobs, by their numbers.
struct Record {
    private(set) var events: [(number: Int, event: WorkerEvent)] = []

    mutating func add(_ job: WorkerJob, _ event: WorkerEvent) { events.append((job.number, event)) }

    /// The events of one job in order.
    func events(of number: Int) -> [WorkerEvent] { events.filter { $0.number == number }.map(\.event) }

    /// The numbers and outcomes that a job's tasks gave.
    func outcomes(of number: Int) -> [String] {
        events(of: number).compactMap { event in
            switch event {
            case .reply(.task(_, let result)):
                let group = result.groups.first
                let value = group?.parts.first?.estimate.map { JSON.text(of: $0.value) }
                return result.failure?.code.rawValue ?? group?.failure?.code.rawValue ?? group?.other ?? value
                    ?? "nothing"
            case .reply(.batchDone): return "done"
            case .reply(.progress), .reply(.grouped): return nil
            case .reply(let reply): return "\(reply)"
            case .died(let death): return "\(death)"
            }
        }
    }
}

extension WorkerPool {
    /// Runs jobs and records what happens.
    func record(_ jobs: [WorkerJob], scopes: [WorkerScope]) throws -> Record {
        var record = Record()
        try run(jobs, scopes: scopes) { job, event in
            record.add(job, event)
            return []
        }
        return record
    }
}
