import MeasureModel
import Nightly

/// What `plumb eval` shows.
struct EvalReport {
    private let tasks: [PlannedTask]
    private let results: [TaskResult]
    /// The first thing that went wrong.
    let failure: Failure?

    init(_ tasks: [PlannedTask], _ results: [TaskResult]) {
        self.tasks = tasks
        self.results = results
        failure = results.lazy.compactMap { $0.failure ?? $0.groups.lazy.compactMap(\.failure).first }.first
    }

    /// Whether there is nothing to show.
    var isEmpty: Bool {
        cells.allSatisfy { $0.result.parts.isEmpty && $0.result.other == nil }
    }

    private var usage: TaskUsage {
        results.map(\.usage).reduce(into: TaskUsage()) { total, one in
            total.cpuSeconds += one.cpuSeconds
            total.memoryPeak = max(total.memoryPeak, one.memoryPeak)
            total.fuel = one.fuel.map { (total.fuel ?? 0) + $0 } ?? total.fuel
            total.groups += one.groups
            total.rows += one.rows
        }
    }

    private var log: [String] {
        results.flatMap { result in
            result.log.split(separator: "\n").map(String.init) + (result.isLogTruncated ? [Self.cutOff] : [])
        }
    }

    private static let cutOff = "… (the rest was cut off: `limits.log` and `limits.log_lines` say how much is kept)"

    private struct Cell {
        var key: GroupKey
        var period: Period
        var result: GroupResult
    }

    private var cells: [Cell] {
        zip(tasks, results).flatMap { task, result in
            result.groups.map { Cell(key: $0.key, period: task.batch.periods[$0.period], result: $0) }
        }
    }

    var json: JSON {
        let usage = usage
        return .object([
            ("observations", .array(cells.flatMap { cell in cell.result.parts.map { json(cell, $0) } })),
            ("result", other), ("log", .array(log.map(JSON.string))),
            (
                "usage",
                .object([
                    ("cpu_seconds", .number((usage.cpuSeconds * 1e6).rounded() / 1e6)),
                    ("memory_peak", .integer(usage.memoryPeak)), ("fuel", .optional(usage.fuel)),
                    ("groups", .integer(usage.groups)), ("rows", .integer(usage.rows)),
                ])
            ),
            ("error", failure.map { ErrorReport($0).json } ?? .null),
        ])
    }

    /// Strings, booleans, arrays and nested tables; with several groups a list that says which is whose.
    private var other: JSON {
        let others = cells.compactMap { cell in cell.result.other.map { (cell, $0) } }
        guard let first = others.first else { return .null }
        if cells.count == 1 { return .verbatim(first.1) }
        return .array(
            others.map { cell, text in
                .object([
                    ("group", group(cell.key)), ("period", .string(cell.period.label)), ("value", .verbatim(text)),
                ])
            })
    }

    private func group(_ key: GroupKey) -> JSON {
        .object(key.parts.map { ($0.dimension, .string($0.value)) })
    }

    private func json(_ cell: Cell, _ part: PartResult) -> JSON {
        let estimate = part.estimate
        return .object([
            ("group", group(cell.key)),
            (
                "period",
                .object([
                    ("kind", .string(cell.period.kind.rawValue)), ("label", .string(cell.period.label)),
                ])
            ),
            ("part", .optional(part.part)), ("status", .string(part.status.rawValue)),
            ("reason", .optional(part.reason)), ("value", .optional(estimate?.value)), ("n", .optional(estimate?.n)),
            ("numerator", .optional(estimate?.numerator)), ("denominator", .optional(estimate?.denominator)),
            ("low", .optional(estimate?.low)), ("high", .optional(estimate?.high)),
            ("level", .optional(estimate?.level)), ("method", .optional(estimate?.method)),
        ])
    }

    var text: String {
        var table = TextTable(["group", "period", "part", "value", "interval", "n", "status"], rightAligned: [3, 5])
        for cell in cells {
            for part in cell.result.parts {
                table.add([
                    cell.key.text, VisibleText.of(cell.period.label), VisibleText.of(part.part ?? ""),
                    part.estimate.map { ObservationTable.short($0.value) } ?? "",
                    ObservationTable.interval(part.estimate?.low, part.estimate?.high),
                    part.estimate.map { "\($0.n)" } ?? "",
                    part.status.rawValue + (part.reason.map { ": \(VisibleText.of($0))" } ?? ""),
                ])
            }
        }
        var text = cells.contains { !$0.result.parts.isEmpty } ? table.text : ""
        for cell in cells { if let other = cell.result.other { text += "\(cell.key.text): \(other)\n" } }
        if !log.isEmpty { text += log.map { "| \($0)\n" }.joined() }
        let usage = usage
        text +=
            "\(usage.groups) groups, \(usage.rows) rows, \(ObservationTable.short(usage.cpuSeconds * 1000)) ms CPU, "
            + "\(usage.memoryPeak / 1024) KB" + (usage.fuel.map { ", \($0) instructions" } ?? "") + "\n"
        return text
    }
}
