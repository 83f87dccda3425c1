import CivilCalendar
import Foundation
public import MeasureModel
public import Workers
public import Workspace

/// The data that an owner's measures may see: all networks' for the hub, its own for a network.
public struct DataScope: Sendable {
    /// The network; nil for the hub.
    public let network: String?
    /// Snapshots by dataset, cut to the networks that may be seen.
    public let snapshots: [String: Snapshot]
    private let workspace: Workspace
    /// What the files were before they were checked, so that workers get those that were.
    private let marks: [String: FileMark]
    private let facts: [String: Facts]

    /// The scope of an owner.
    public init(_ workspace: Workspace, snapshots: [String: Snapshot], network: String?) {
        self.workspace = workspace
        self.network = network
        self.snapshots = snapshots.mapValues { snapshot in
            guard let network else { return snapshot }
            let loads = snapshot.loads.compactMap { load -> LoadRecord? in
                var own = load
                own.files = load.files.filter { $0.network == network }
                return own.files.isEmpty ? nil : own
            }
            return Snapshot(dataset: snapshot.dataset, loads: loads)
        }
        var marks: [String: FileMark] = [:]
        for load in self.snapshots.values.flatMap(\.loads) {
            for file in load.files {
                let path = workspace.loads.file(dataset: load.dataset, hash: file.hash).path
                marks[path] = FileMark(path: path)
            }
        }
        self.marks = marks
        facts = self.snapshots.compactMapValues(Facts.init)
    }

    /// The loads of datasets, or of all.
    public func loads(of datasets: Set<String>? = nil) -> [LoadRecord] {
        workspace.config.datasets.map(\.name).filter { datasets?.contains($0) ?? true }
            .flatMap { snapshots[$0]?.loads ?? [] }
    }

    /// What a worker is given.
    public func workerScope(datasets: Set<String>? = nil) -> WorkerScope {
        var files: [WorkerScope.File] = []
        for dataset in workspace.config.datasets where datasets?.contains(dataset.name) ?? true {
            for load in snapshots[dataset.name]?.loads ?? [] {
                for file in load.files {
                    let path = workspace.loads.file(dataset: dataset.name, hash: file.hash).path
                    files.append(
                        .init(
                            path: path, dataset: dataset.name, network: file.network.isEmpty ? nil : file.network,
                            mark: marks[path]))
                }
            }
        }
        return WorkerScope(
            files: files, datasets: workspace.descriptions, pseudonymSalt: workspace.pseudonymSalt, dayStarts: dayStarts
        )
    }

    /// When days begin, for a year more than the times in the data.
    private var dayStarts: DayStarts {
        let times = snapshots.values.flatMap(\.loads).flatMap(\.files).flatMap(\.columns).filter {
            $0.type == "timestamp"
        }
        guard let first = times.compactMap(\.firstDay).min(), let last = times.compactMap(\.lastDay).max() else {
            return .utc
        }
        return workspace.calendar.dayStarts(
            from: CivilDate(nearest: Double(first) - 366), through: CivilDate(nearest: Double(last) + 366))
    }

    /// Columns of a dataset with their types; nil when nothing was loaded.
    public func schema(of dataset: String) -> [String: String]? {
        facts[dataset]?.types
    }

    /// The first and the last day of a column over all loads.
    func dayRange(_ dataset: String, _ column: String) -> ClosedRange<CivilDate>? {
        facts[dataset]?.days[column]
    }

    /// What the columns of a dataset's files say together. Every task asks, so it is found out once.
    private struct Facts: Sendable {
        var types: [String: String] = [:]
        var days: [String: ClosedRange<CivilDate>] = [:]

        init?(_ snapshot: Snapshot) {
            guard !snapshot.loads.isEmpty else { return nil }
            var first: [String: Int] = [:]
            var last: [String: Int] = [:]
            for load in snapshot.loads {
                for file in load.files {
                    for column in file.columns {
                        if !column.name.hasSuffix(HostColumns.missingSuffix) { types[column.name] = column.type }
                        if let day = column.firstDay { first[column.name] = min(first[column.name] ?? day, day) }
                        if let day = column.lastDay { last[column.name] = max(last[column.name] ?? day, day) }
                    }
                }
            }
            for (name, day) in first {
                guard let end = last[name] else { continue }
                days[name] = CivilDate(nearest: Double(day))...CivilDate(nearest: Double(max(day, end)))
            }
        }
    }

    /// The coarsest period that rows of a dataset name instead of a day.
    func granularity(of dataset: String) -> PeriodKind {
        let kinds = (snapshots[dataset]?.loads ?? []).compactMap { PeriodKind(rawValue: $0.granularity) }
        let order = PeriodKind.allCases
        return kinds.max { (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0) } ?? .day
    }
}

extension Workspace {
    /// What workers are told of the datasets.
    public var descriptions: [DatasetDescription] {
        config.datasets.map { dataset in
            let codebook = codebook(of: dataset.name)
            return DatasetDescription(
                name: dataset.name, dataClass: dataset.dataClass, persons: dataset.persons,
                periodColumn: dataset.rowPeriodColumn, validFrom: dataset.validFrom, validTo: dataset.validTo,
                personColumns: dataset.personColumns, dimensions: config.dimensions, items: codebook.items,
                scales: codebook.scales, eligible: dataset.response?.eligible)
        }
    }

    /// Pseudonyms differ from hub to hub and are the same every night.
    var pseudonymSalt: UInt64 {
        let digits = ContentHash.of("pseudonym", config.hub).prefix(16)
        return UInt64(digits, radix: 16) ?? 0
    }
}

extension DatasetConfig {
    /// The column with days or times by which rows are put into periods.
    public var rowPeriodColumn: String? {
        periodColumn.map { periodKind == .day ? $0 : HostColumns.period }
    }
}
