import CivilCalendar
import LuaSandbox
import MeasureModel

/// Runs the tests inside a measure file.
struct TestRunner {
    let script: Script
    let descriptions: [DatasetDescription]
    let limits: EvaluationLimits
    /// CPU seconds that are left: all tests of a file together have what an evaluation has.
    private var cpuLeft: Double

    init(script: Script, descriptions: [DatasetDescription], limits: EvaluationLimits) {
        self.script = script
        self.descriptions = descriptions
        self.limits = limits
        cpuLeft = limits.cpuSeconds
    }

    /// All tests of a definition in order.
    mutating func run(_ definition: MeasureDefinition, _ table: LuaTable) -> [TestResult] {
        let tests = table["tests"]?.asTable?.list ?? []
        var results: [TestResult] = []
        for (index, value) in tests.enumerated() {
            let line = definition.lines["tests.\(index + 1)"] ?? definition.lines["tests"]
            let name = definition.tests.indices.contains(index) ? definition.tests[index] : "test \(index + 1)"
            let problem = value.asTable.map { self.problem(of: $0, definition, number: index + 1) }
            results.append(TestResult(name: name, problem: problem ?? "the test is no table", line: line))
        }
        return results
    }

    private mutating func problem(
        of fields: LuaTable, _ definition: MeasureDefinition, number: Int
    ) -> String? {
        do throws(TestProblem) {
            try check(try TestCase(fields, definition, number: number), definition)
            return nil
        } catch {
            return Failure.escaped(error.text)
        }
    }

    /// Mergeable measures run in one chunk and in several, which must agree.
    private mutating func check(_ test: TestCase, _ definition: MeasureDefinition) throws(TestProblem) {
        let chunkSizes = definition.form == .mergeable ? [65_536, 2, 1] : [65_536]
        for chunkRows in chunkSizes {
            let result = try evaluate(test, definition, chunkRows)
            do {
                try Expectation(test).check(result)
            } catch {
                let note = chunkRows == 65_536 ? "" : " (in chunks of \(chunkRows) rows: does `merge` lose something?)"
                throw TestProblem(error.text + note)
            }
        }
    }

    private mutating func evaluate(
        _ test: TestCase, _ definition: MeasureDefinition, _ chunkRows: Int
    ) throws(TestProblem) -> GroupResult {
        var datasets = [try TestData.dataset(test, definition, description(definition.from))]
        for name in definition.with {
            datasets.append(try TestData.companion(test.data[name] ?? [], description(name)))
        }
        let frames = FrameStore(datasets)
        let isAll = definition.every == .all
        var periods = [test.period]
        if let days = test.period.days, test.previous != nil {
            let before = Period.Days(
                start: days.start.adding(days: -1), end: days.start, startInstant: days.startInstant - 1,
                endInstant: days.startInstant)
            periods.insert(Period(kind: test.period.kind, label: "previous", days: before), at: 0)
        }
        let grouping = FrameStore.Grouping(
            dimensions: [], periods: isAll ? [.all] : periods, asOf: test.asOf, asOfInstant: .max)
        let frame: Frame
        do {
            frame = try frames.frame(datasets[0], grouping, byDate: true)
        } catch {
            throw TestProblem(error.message)
        }
        frame.addEmptyGroup(period: grouping.periods.count - 1)
        let setting = Evaluation.Setting(
            frames: frames, periods: grouping.periods, asOf: test.asOf, asOfInstant: .max, mayReadRows: true,
            with: definition.with, visible: VisibleData(script.plugin), pseudonymSalt: 0, sources: script.sources)
        guard cpuLeft > limits.cpuSeconds / 100 else {
            throw TestProblem(
                "the tests before it used up the CPU limit of \(Amount.seconds(limits.cpuSeconds)), which all tests of a "
                    + "file share")
        }
        var limits = limits
        limits.cpuSeconds = cpuLeft
        let task = Batch.Task(
            script: script, form: definition.form, columns: definition.readableColumns(in: script.plugin),
            with: definition.with,
            params: test.params, mayReadRows: true, limits: limits)
        let result = TaskEvaluator.run(
            task, frame: frame, setting: setting, fixedKey: test.key, allowsAny: false, chunkRows: chunkRows)
        cpuLeft -= result.usage.cpuSeconds
        if let group = result.groups.last, result.failure == nil { return group }
        return GroupResult(key: test.key, period: 0, parts: [], failure: result.failure)
    }

    private func description(_ name: String) -> DatasetDescription {
        descriptions.first { $0.name == name } ?? DatasetDescription(name: name, dataClass: name, persons: .row)
    }
}
