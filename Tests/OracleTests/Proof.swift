import CivilCalendar
import Columnar
import Foundation
import MeasureModel
import Nightly
import PlumblineTestSupport
import Workers
import Workspace

/// Reference answers held against what measures compute, as measures: in a worker, through nothing but what a script can
/// call. `Answers/area_N.lua` says for each quantity of an area how an analyst would write it.
struct Proof {
    /// How a quantity came out.
    enum Verdict: Equatable {
        case pass
        /// Nothing answers it.
        case notCovered
        /// What was wanted and what came.
        case fail(String)
    }

    /// A quantity and its verdict.
    struct Line {
        var place: String
        var area: String
        var verdict: Verdict
    }

    private let pool = WorkerPool(
        executable: BuiltProgram.folder.appending(path: "plumb-worker").path, size: 2,
        sandbox: Kernel.grantsFilters ? .required : .bestEffort)

    /// Holds every quantity of a case against its answer.
    func run(_ reference: ReferenceCase) throws -> [Line] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "proof-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (scope, dates) = try scope(of: reference, in: folder)
        return try ProofScript.scripts(
            reference, tables: scope.datasets.map(\.name), dates: dates
        ).flatMap { script in
            let answers = answers(script, scope)
            return zip(script.quantities, answers).map { quantity, answer in
                Line(
                    place: "\(reference.name): \(quantity.name) \(quantity.arguments.lua)", area: reference.areaName,
                    verdict: Self.verdict(answer, quantity))
            }
        }
    }

    /// What a script answers; where it is stopped, each of its quantities is asked alone, so that one costs no others.
    private func answers(_ script: ProofScript, _ scope: WorkerScope) -> [JSONText?] {
        do {
            return try evaluate(script, scope)
        } catch {
            guard script.quantities.count > 1 else { return [.record(["error": .text("\(error)")])] }
            return script.quantities.flatMap { answers(script.asking([$0]), scope) }
        }
    }

    /// The tables of a case as datasets of their names, and the first column of days in each.
    private func scope(
        of reference: ReferenceCase, in folder: URL
    ) throws -> (scope: WorkerScope, dates: [String: String]) {
        var scope = WorkerScope()
        var dates: [String: String] = [:]
        for (name, source) in try reference.tables {
            let file = folder.appending(path: "\(name).arrow")
            let table = try BareTable.read(source)
            try BareTable.write(table, to: file)
            dates[name] = table.columns.first { $0.type == .date }?.name
            scope.files.append(.init(path: file.path, dataset: name, network: nil))
            scope.datasets.append(DatasetDescription(name: name, dataClass: "unclassified", persons: .row))
        }
        if scope.datasets.isEmpty {
            scope.datasets.append(
                DatasetDescription(name: ProofScript.nothing, dataClass: "unclassified", persons: .row))
        }
        return (scope, dates)
    }

    /// What the script says of each of its quantities; one that cannot run says the same of all of them.
    private func evaluate(_ script: ProofScript, _ scope: WorkerScope) throws -> [JSONText?] {
        let file = MeasureFile(
            script: Script(name: "proof", source: Array(script.source.utf8)), network: nil)
        let loader = MeasureLoader(pool: pool, descriptions: [], config: WorkspaceConfig(), memory: nil)
        let loaded = try loader.load([file], runTests: false)[0]
        guard let definition = loaded.definition else {
            throw loaded.failure ?? Failure(.refused, "the script of the proof cannot be loaded")
        }
        let limits = EvaluationLimits(cpuSeconds: 120, memory: 1 << 30, result: 1 << 23, resultKeys: 1 << 20)
        let overrides = TaskPlanner.Overrides(
            by: nil, every: nil, params: [], limits: limits, allowsAnyResult: true)
        let day = CivilDate(day: 20_000)
        let tasks = try BareTasks(file.script, definition, overrides, asOf: day).tasks([[]])
        let result = try TaskRunner(pool: pool, scopes: [nil: scope]).run(tasks).results[0]
        if let failure = result.failure ?? result.groups.first?.failure { throw failure }
        let answers = try JSONText(Data((result.groups.first?.other ?? "{}").utf8))
        return script.quantities.indices.map { answers["q\($0 + 1)"].isNull ? nil : answers["q\($0 + 1)"] }
    }

    private static func verdict(_ answer: JSONText?, _ quantity: ReferenceCase.Quantity) -> Verdict {
        guard let answer else { return .fail("no answer came") }
        if answer["uncovered"].truth == true { return .notCovered }
        if let error = answer["error"].text { return .fail(error) }
        let got = answer["value"]
        guard agrees(got, quantity.value, quantity) else {
            return .fail("wanted \(quantity.value.lua.prefix(300)), got \(got.lua.prefix(300))")
        }
        return .pass
    }

    /// Element by element; null means undefined, and so does an infinite answer: no number of ours is infinite.
    private static func agrees(_ got: JSONText, _ wanted: JSONText, _ quantity: ReferenceCase.Quantity) -> Bool {
        if wanted.isNull || wanted.text == "Inf" { return got.isNull || got.truth == false }
        if let wanted = wanted.number, let got = got.number {
            return got == wanted
                || abs(got - wanted) <= max(quantity.tolerance * abs(wanted), quantity.absoluteTolerance)
        }
        if let wanted = wanted.truth { return got.truth == wanted }
        if let wanted = wanted.text { return got.text == wanted }
        if wanted.isList {
            // Lua's empty table is neither list nor record.
            let elements = got.isList || got.fields?.isEmpty != false ? got.elements : []
            return elements.count == wanted.elements.count
                && zip(elements, wanted.elements).allSatisfy { agrees($0, $1, quantity) }
        }
        guard let wanted = wanted.fields else { return false }
        // Lua's empty table comes as a list; a column of yes and no calls its values true and false.
        let got = got.fields ?? (got.elements.isEmpty && got.isList ? [:] : nil)
        guard let got else { return false }
        let names = Dictionary(wanted.keys.map { (got[$0] == nil ? truth($0) : $0, $0) }) { first, _ in first }
        return wanted.allSatisfy { name, value in
            agrees(got[name] ?? got[truth(name)] ?? .null, value, quantity)
        } && got.keys.allSatisfy { names[$0] != nil }
    }

    /// How a table by group calls a value that R has as Yes, No, TRUE or FALSE.
    private static func truth(_ name: String) -> String {
        switch name.lowercased() {
        case "yes", "true": "true"
        case "no", "false": "false"
        default: name
        }
    }
}
