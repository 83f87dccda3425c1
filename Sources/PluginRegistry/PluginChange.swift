public import MeasureModel
public import PluginPackaging

/// What a command does to one plugin of a workspace, as its people are to see it before they approve.
public struct PluginChange: Equatable, Sendable {
    /// The plugin.
    public var name: PluginName
    /// Its version before; nil for a new one.
    public var from: String?
    /// Its version now; nil for one that goes.
    public var to: String?
    /// Why its registry revoked the version before; nil where it did not.
    public var revoked: String?
    /// What it may read now.
    public var reads: [DatasetReads]
    /// What it may read now and was never approved to read.
    public var newReads: [DatasetReads]
    /// The version to which its sources are compared: what was approved last, or else what was there before.
    public var since: String?
    /// How its sources differ from those.
    public var differences: [SourceDifference]
    /// Whether somebody has to approve it before it runs.
    public var needsApproval: Bool

    /// A plugin that comes, or another version of it. `approved` is what it may read already.
    init(
        _ name: PluginName, from old: SemanticVersion?, to new: PluginPackage?, since known: PluginPackage?,
        approved: [DatasetReads]?, needsApproval: Bool
    ) {
        self.name = name
        from = old?.description
        to = new?.manifest.version.description
        reads = new?.manifest.reads ?? []
        newReads = Self.newReads(approved ?? [], reads)
        since = known?.manifest.version.description
        differences = Self.differences(known, new)
        self.needsApproval = needsApproval
    }

    /// A plugin that goes.
    init(_ name: PluginName, from old: SemanticVersion) {
        self.name = name
        from = old.description
        (reads, newReads, differences) = ([], [], [])
        needsApproval = false
    }

    private static func newReads(_ old: [DatasetReads], _ new: [DatasetReads]) -> [DatasetReads] {
        new.compactMap { reads in
            guard let before = old.first(where: { $0.dataset == reads.dataset }) else { return reads }
            let columns = before.columns.map { known in reads.columns.map { $0.filter { !known.contains($0) } } } ?? []
            let rows = reads.rows && !before.rows
            return columns?.isEmpty == true && !rows
                ? nil : DatasetReads(dataset: reads.dataset, columns: columns, rows: rows)
        }
    }

    private static func differences(_ old: PluginPackage?, _ new: PluginPackage?) -> [SourceDifference] {
        func files(_ package: PluginPackage?) -> [String: [UInt8]] {
            Dictionary(uniqueKeysWithValues: (package?.files ?? []).map { ($0.path, $0.bytes) })
        }
        let (before, after) = (files(old), files(new))
        return Set(before.keys).union(after.keys).sorted().compactMap { path in
            let difference = SourceDifference(path, from: before[path], to: after[path])
            return difference.lines.isEmpty ? nil : difference
        }
    }
}
