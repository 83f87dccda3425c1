/// The plugin that a measure comes from, and what it may read: nothing else of the data exists for it.
public struct MeasurePlugin: Equatable, Sendable {
    /// Its full name: `riverbend/climate`.
    public var name: String
    /// Its version.
    public var version: String
    /// What its measures may read.
    public var reads: [DatasetReads]

    /// A plugin, of the values given.
    public init(name: String, version: String, reads: [DatasetReads] = []) {
        self.name = name
        self.version = version
        self.reads = reads
    }

    /// As provenance names it: `riverbend/climate@1.2.0`.
    public var label: String { Self.label(name, version) }

    /// As provenance names a plugin of this name and version.
    public static func label(_ name: String, _ version: String) -> String { "\(name)@\(version)" }

    /// What it may read of a dataset; nil where that does not exist for it.
    public func reads(of dataset: String) -> DatasetReads? {
        reads.first { $0.dataset == dataset }
    }
}

/// What the measures of a plugin may read of one dataset.
public struct DatasetReads: Hashable, Sendable, Codable {
    /// The dataset.
    public var dataset: String
    /// The columns; nil for all.
    public var columns: [String]?
    /// Whether they may look at single rows.
    public var rows: Bool

    /// Reads, of the values given.
    public init(dataset: String, columns: [String]?, rows: Bool = false) {
        self.dataset = dataset
        self.columns = columns?.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.rows = rows
    }
}

extension MeasureDefinition {
    /// The columns of `from` that the script may name: of those it declares, where it declares any, the ones that its
    /// plugin declares too, where it comes from one; nil for all.
    public func readableColumns(in plugin: MeasurePlugin?) -> [String]? {
        guard let plugin else { return readableColumns }
        guard let reads = plugin.reads(of: from) else { return [] }
        guard let declared = reads.columns else { return readableColumns }
        guard let own = readableColumns else { return declared }
        return own.filter(Set(declared).contains)
    }
}

extension DatasetReads: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(DatasetReads.init, \.dataset, \.columns, \.rows)
}

extension MeasurePlugin: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(MeasurePlugin.init, \.name, \.version, \.reads)
}
