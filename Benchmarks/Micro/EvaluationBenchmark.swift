import Foundation
import MeasureHost
import MeasureModel
import Workers

/// Evaluates a measure as a worker does, from mapped columns to estimates; each repetition starts from nothing.
struct EvaluationBenchmark {
    let job: EvaluationJob

    private struct Figures: Encodable {
        /// The whole batch: columns read, grouped and gathered, the script run over every group.
        var seconds: [Double] = []
        /// The script's own CPU time in each repetition, its verbs included, shared gathering not.
        var scriptSeconds: [Double] = []
        var groups = 0
        var values: [Value] = []
    }

    private struct Value: Encodable {
        var key: [String]
        var period: Int
        var part: String?
        var value: Double?
        var n: Int?
        var low: Double?
        var high: Double?
    }

    func run() throws {
        var figures = Figures()
        WorkerMain.keepMemory()
        for _ in 0..<job.repeats { try repeatOnce(&figures) }
        try report(figures)
    }

    private func repeatOnce(_ figures: inout Figures) throws {
        let service = WorkerService()
        var trouble: String?
        service.answer(.setUp(try job.setup())) { if case .broken(let reason) = $0 { trouble = reason } }
        let batch = try job.batch()
        var result: TaskResult?
        figures.seconds.append(
            seconds {
                service.answer(.evaluate(batch)) { reply in
                    if case .task(_, let task) = reply { result = task }
                    if case .broken(let reason) = reply { trouble = reason }
                }
            })
        if let trouble { throw Trouble(trouble) }
        guard let result else { throw Trouble("no result") }
        if let failure = result.failure ?? result.groups.lazy.compactMap(\.failure).first {
            throw Trouble("\(failure)")
        }
        figures.scriptSeconds.append(result.usage.cpuSeconds)
        figures.groups = result.groups.count
        if job.printsValues { figures.values = values(result) }
    }

    private func values(_ result: TaskResult) -> [Value] {
        result.groups.flatMap { group in
            group.parts.map { part in
                Value(
                    key: group.key.parts.map(\.value), period: group.period, part: part.part,
                    value: part.estimate?.value, n: part.estimate?.n, low: part.estimate?.low,
                    high: part.estimate?.high)
            }
        }
    }
}
