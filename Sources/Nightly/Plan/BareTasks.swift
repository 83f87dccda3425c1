public import CivilCalendar
public import MeasureModel

/// Tasks over a table without a workspace: groupings are as they are written, everything is one period.
public struct BareTasks {
    private let task: Batch.Task
    private let definition: MeasureDefinition
    private let asOf: CivilDate

    /// Tasks of a measure that was loaded.
    ///
    /// - Throws: `Failure` when parameters do not fit.
    public init(
        _ script: Script, _ definition: MeasureDefinition, _ overrides: TaskPlanner.Overrides, asOf: CivilDate
    ) throws(Failure) {
        self.definition = definition
        self.asOf = asOf
        task = Batch.Task(
            script: script, form: definition.form, columns: definition.readableColumns(in: script.plugin),
            with: definition.with,
            params: try definition.params(with: overrides.params), mayReadRows: true,
            limits: overrides.limits ?? EvaluationLimits())
    }

    /// One task for each grouping.
    public func tasks(_ groupings: [[String]]) -> [PlannedTask] {
        groupings.enumerated().map { index, by in
            let dimensions = GroupKey.ordered(by)
            let batch = Batch(
                from: definition.from, dimensions: dimensions, periods: [.all], asOf: asOf, asOfInstant: .max,
                allowsAnyResult: true, tasks: [task])
            return PlannedTask(
                measure: 0, id: definition.id, definition: definition, owner: nil, grouping: index,
                key: .init(owner: nil, from: definition.from, dimensions: dimensions, every: .all), batch: batch,
                hash: "",
                dataHash: "", scriptHash: "", preset: nil)
        }
    }
}
