public import MeasureModel
import Workspace

/// A task's results together with everything needed to publish them, now or as last good values later.
public struct TaskSeries: Equatable, Sendable, WireRecord {
    /// The script's name.
    public var scriptName: String
    /// The measure's full id.
    public var id: String
    /// The definition it was evaluated under.
    public var definition: MeasureDefinition
    /// The network that owns it; nil for the hub.
    public var owner: String?
    /// The place of the grouping in `by`.
    public var grouping: Int
    /// The parameters.
    public var params: [ParameterValue]
    /// The preset's name.
    public var preset: String?
    /// The periods that results point to.
    public var periods: [Period]
    /// The hash of the data.
    public var dataHash: String
    /// The hash of the script.
    public var scriptHash: String
    /// Names and versions of the plugins whose sources went in.
    public var plugins: String?
    /// The day the run looked from that evaluated it.
    public var asOf: String
    /// What came out.
    public var groups: [GroupResult]
    /// What its batch found beside: rows without a key, and the like.
    public var summary: BatchSummary
    /// Last good values of groups that failed, each series with such groups only.
    public var older: [TaskSeries]

    /// See `WireRecord`.
    public static let wireForm = WireForm(
        TaskSeries.init, \.scriptName, \.id, \.definition, \.owner, \.grouping, \.params, \.preset, \.periods,
        \.dataHash,
        \.scriptHash, \.plugins, \.asOf, \.groups, \.summary, \.older)
}

extension TaskSeries {
    /// The series of a task.
    init(_ task: PlannedTask, _ result: TaskResult, _ summary: BatchSummary, asOf: String) {
        self.init(
            scriptName: task.batch.tasks[0].script.name, id: task.id, definition: task.definition, owner: task.owner,
            grouping: task.grouping, params: task.batch.tasks[0].params, preset: task.preset,
            periods: task.batch.periods, dataHash: task.dataHash, scriptHash: task.scriptHash,
            plugins: task.batch.tasks[0].script.plugins, asOf: asOf,
            groups: result.groups, summary: summary, older: [])
    }
}

extension TaskSeries {
    /// Whether it is the same but for the day it was evaluated.
    func isSame(as other: TaskSeries) -> Bool {
        var copy = self
        copy.asOf = other.asOf
        return copy == other
    }

    /// The datasets that its numbers come from, those of older values too.
    func datasets(_ config: WorkspaceConfig) -> [String] {
        Set(([self] + older).flatMap { config.datasetsRead(from: $0.definition.from, with: $0.definition.with) })
            .sorted()
    }

    /// What the run letter says of rows that are in no cell.
    var notices: [String] {
        let dimensions = groups.first?.key.parts.map(\.dimension) ?? []
        let grouping = dimensions.isEmpty ? "everything" : dimensions.joined(separator: ", ")
        let place = "\(owner.map { "\($0)/" } ?? "")\(definition.from) by \(grouping)"
        return [
            summary.keylessRows > 0
                ? "\(place): \(summary.keylessRows) rows lack a key and stay in coarser groupings (the cell `(none)`)."
                : nil,
            summary.rowsOutsidePeriods > 0
                ? "\(place): \(summary.rowsOutsidePeriods) rows lie in no \(definition.every.rawValue)." : nil,
            summary.rowsAfterAsOf > 0
                ? "\(place): \(summary.rowsAfterAsOf) rows are dated after the day the run looks from." : nil,
        ].compactMap(\.self)
    }

    /// A group in a period.
    struct Cell: Hashable {
        var key: GroupKey
        var period: String
    }

    func cell(of group: GroupResult) -> Cell {
        Cell(key: group.key, period: periods[group.period].label)
    }

    /// Keeps the last good values of the groups that failed, out of what was published before.
    mutating func keepOlder(from earlier: TaskSeries?) {
        let failed = Set(groups.filter { $0.failure != nil }.map(cell))
        guard let earlier, !failed.isEmpty else { return }
        var wanted = failed
        for var source in [earlier] + earlier.older {
            source.groups = source.groups.filter { $0.failure == nil && wanted.contains(source.cell(of: $0)) }
            source.older = []
            wanted.subtract(source.groups.map(source.cell))
            if !source.groups.isEmpty { older.append(source) }
        }
    }
}
