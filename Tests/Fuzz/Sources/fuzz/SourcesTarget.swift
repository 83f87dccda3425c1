import CivilCalendar
import Columnar
import Foundation
import MeasureHost
import MeasureModel
import Statistics

/// Measure files from a grammar, and changed ones: each is evaluated within its limits and ends as one of the codes that
/// there are, twice the same, and the same in every process.
struct SourcesTarget: FuzzTarget {
    let name = "sources"

    private static let dataset = DatasetDescription(
        name: "survey", dataClass: "staff_survey", persons: .column("who"), periodColumn: "day", personColumns: ["who"],
        dimensions: ["role"])

    func seeds() -> [[UInt8]] {
        let plain = "return measure { value = function(g, p) return g.x:mean() end }"
        var random = SplitMix64(seed: 4)
        return [Array(plain.utf8)] + (0..<60).map { _ in SourceGenerator.measure(&random) }
    }

    /// Words and signs, and the lines.
    func anatomy(of seed: [UInt8]) -> Anatomy {
        var anatomy = Anatomy()
        var start = 0
        for (offset, byte) in seed.enumerated() where byte == UInt8(ascii: "\n") || byte == UInt8(ascii: " ") {
            anatomy.parts.append(start..<offset + 1)
            start = offset + 1
        }
        anatomy.places = seed.indices.filter { "()[]{}.,:=-+*/<>\"'#".utf8.contains(seed[$0]) }.map {
            Anatomy.Place(offset: $0, width: 1)
        }
        return anatomy
    }

    func fresh(_ random: inout SplitMix64) -> [UInt8]? { SourceGenerator.measure(&random) }

    func read(_ input: FuzzInput) throws -> String? {
        let first = try outcome(of: input.bytes)
        guard try outcome(of: input.bytes) == first else { throw FuzzProblem("two evaluations differ") }
        guard !first.contains("0x7"), !first.contains("0x5") || input.bytes.contains(UInt8(ascii: "x")) else {
            throw FuzzProblem("an address shows: \(first)")
        }
        input.trace.add(first)
        return first.contains("failure: nil") ? nil : first
    }

    /// What a worker says of it, without the time that it took.
    private func outcome(of source: [UInt8]) throws -> String {
        let service = WorkerService()
        try Self.file.withDescriptor { descriptor in
            let file = WorkerSetup.DataFile(descriptor: descriptor, dataset: "survey", network: nil)
            service.answer(.setUp(WorkerSetup(files: [file], datasets: [Self.dataset]))) { _ in }
        }
        let script = Script(name: "x.lua", source: source)
        let limits = EvaluationLimits(cpuSeconds: 30, memory: 3 << 20, fuel: 200_000)
        let forms: [MeasureDefinition.Form] = [.value, .mergeable]
        let tasks = forms.map { Batch.Task(script: script, form: $0, mayReadRows: true, seed: 3, limits: limits) }
        let batch = Batch(
            from: "survey", dimensions: ["role"], periods: [.all], asOf: CivilDate(day: 20_500), asOfInstant: .max,
            tasks: tasks)
        var text = ""
        for request in [WorkerRequest.evaluate(batch), .test(script, limits: limits)] {
            service.answer(request) { reply in
                switch reply {
                case .task(let index, var result):
                    result.usage.cpuSeconds = 0
                    result.usage.memoryPeak = 0
                    text += "\(index): \(result)\n"
                case .progress, .hostWork: break  // said now and then, by the clock
                default: text += "\(reply)\n"
                }
            }
        }
        return text
    }

    private static let file = SurveyFile()
}

/// A small survey in a file that has no name any more.
private struct SurveyFile: Sendable {
    private static func bytes() throws -> [UInt8] {
        let rows = 1...40
        let table = try Table(columns: [
            Column(name: "x", values: .float64(Buffer(rows.map { Double($0 * 7 % 11) }))),
            Column(
                name: "y", values: .float64(Buffer(rows.map { Double($0) })), validity: Bitmap(rows.map { $0 % 5 > 0 })),
            Column(name: "role", values: .text(TextBuffer(rows.map { $0 % 2 == 0 ? "a" : "b" }))),
            Column(name: "who", values: .text(TextBuffer(rows.map { "p\($0 % 13)" }))),
            Column(name: "yes", values: .bool(Bitmap(rows.map { $0 % 3 == 0 }))),
            Column(name: "day", values: .date(Buffer(rows.map { Int32(20_000 + $0) }))),
        ])
        return try ArrowFileWriter.bytes(of: table)
    }

    func withDescriptor(_ body: (Int) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
        try Data(Self.bytes()).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let handle = try FileHandle(forReadingFrom: url)
        defer { try? handle.close() }
        try body(Int(handle.fileDescriptor))
    }
}
