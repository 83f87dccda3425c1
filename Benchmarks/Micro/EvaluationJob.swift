import CivilCalendar
import Foundation
import MeasureModel

/// One measure over Arrow files, as the benchmark's driver writes it down.
struct EvaluationJob: Decodable {
    struct File: Decodable {
        var path: String
        var network: String?
    }

    struct Stretch: Decodable {
        var label: String
        var start: String
        var end: String
    }

    struct Counting: Decodable {
        var count: String
        var of: [String]
    }

    var files: [File]
    var person: String?
    var persons: Counting?
    var periodColumn: String?
    var dimensions: [String]
    /// Nothing means one period of all rows.
    var periods: [Stretch]
    var script: String
    var columns: [String]?
    var form: String
    var repeats: Int
    /// Whether the values are printed, for the comparison with a peer's.
    var printsValues: Bool

    init(path: String) throws {
        self = try JSONDecoder().decode(EvaluationJob.self, from: Data(contentsOf: URL(filePath: path)))
    }

    /// What a worker is told of the data; each file is opened.
    func setup() throws -> WorkerSetup {
        let opened = try files.map { file in
            let descriptor = unsafe open(file.path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Trouble("\(file.path) cannot be opened") }
            return WorkerSetup.DataFile(descriptor: Int(descriptor), dataset: "data", network: file.network)
        }
        let rule: PersonRule =
            persons.map { .counts(count: $0.count, sites: $0.of) } ?? person.map { .column($0) } ?? .row
        let description = DatasetDescription(
            name: "data", dataClass: "survey", persons: rule, periodColumn: periodColumn, dimensions: dimensions)
        return WorkerSetup(files: opened, datasets: [description])
    }

    /// The work of one repetition.
    func batch() throws -> Batch {
        let source = Array(try Data(contentsOf: URL(filePath: script)))
        guard let form = MeasureDefinition.Form(rawValue: form) else { throw Trouble("`\(form)` is no form") }
        let task = Batch.Task(
            script: Script(name: "benchmark.lua", source: source), form: form, columns: columns, mayReadRows: true,
            limits: EvaluationLimits(cpuSeconds: 600, memory: 4 << 30))
        return Batch(
            from: "data", dimensions: dimensions, periods: try periods.isEmpty ? [.all] : periods.map(Self.period),
            asOf: CivilDate(day: 40_000), asOfInstant: .max, tasks: [task])
    }

    private static func period(_ stretch: Stretch) throws -> Period {
        guard let start = CivilDate(stretch.start), let end = CivilDate(stretch.end) else {
            throw Trouble("\(stretch.label) has no days")
        }
        let perDay = CivilTime.microsecondsPerDay
        return Period(
            kind: .wave, label: stretch.label,
            days: .init(
                start: start, end: end, startInstant: Int64(start.day) * perDay, endInstant: Int64(end.day) * perDay))
    }
}
