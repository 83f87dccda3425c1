public import Foundation
public import TabularIO

/// What `plumb import` was asked to do.
public struct ImportRequest: Equatable, Sendable {
    /// The dataset.
    public var dataset: String
    /// The file.
    public var file: URL
    /// What the load is called; nil for the file's name without its extension.
    public var name: String?
    /// The codebook's source the file comes from; nil for the one that fits.
    public var source: String?
    /// The network whose rows the file holds, where no column says it.
    public var network: String?
    /// The period that all rows belong to.
    public var period: String?
    /// How many rows may be rejected before nothing is imported.
    public var maxRejects: Int
    /// Reads everything and keeps nothing.
    public var isDryRun: Bool
    /// A codebook instead of the dataset's own.
    public var codebook: URL?
    /// How the file is written, where neither it nor the codebook says so.
    public var format: DelimitedFormat

    /// A request.
    public init(
        dataset: String, file: URL, name: String? = nil, source: String? = nil, network: String? = nil,
        period: String? = nil, maxRejects: Int = 0, isDryRun: Bool = false, codebook: URL? = nil,
        format: DelimitedFormat = DelimitedFormat()
    ) {
        self.dataset = dataset
        self.file = file
        self.name = name
        self.source = source
        self.network = network
        self.period = period
        self.maxRejects = maxRejects
        self.isDryRun = isDryRun
        self.codebook = codebook
        self.format = format
    }

    /// What the load will be called.
    public var loadName: String { name ?? file.deletingPathExtension().lastPathComponent }
}

/// A row that was not loaded, and why.
public struct Reject: Equatable, Sendable {
    /// The row, the first after the header being 1.
    public var row: Int
    /// The line in the file where it begins.
    public var line: Int
    /// The byte in the file where it begins.
    public var byte: Int
    /// The column it failed on; nil when the row as a whole is wrong.
    public var column: String?
    /// What is wrong.
    public var reason: String
}

/// What an import did.
public struct ImportReport: Equatable, Sendable {
    /// The dataset.
    public var dataset: String
    /// The load's name.
    public var load: String
    /// The load's id.
    public var loadID: String
    /// The dataset's snapshot afterwards.
    public var snapshotID: String
    /// Whether the very same rows had been loaded under this name before.
    public var isUnchanged: Bool
    /// Rows in the file.
    public var rowsRead: Int
    /// Rows loaded, by network; the name is empty outside a workspace's networks.
    public var rowsByNetwork: [(network: String, rows: Int)]
    /// The rows that were not loaded.
    public var rejects: [Reject]
    /// Where they are listed.
    public var rejectFile: URL?
    /// The columns in order.
    public var columns: [ColumnReport]
    /// Things worth knowing.
    public var notes: [String]

    /// One column of a load.
    public struct ColumnReport: Equatable, Sendable {
        /// Its name.
        public var name: String
        /// What its values are.
        public var type: String
        /// Rows without a value.
        public var missing: Int
    }

    /// Rows loaded.
    public var rowsLoaded: Int { rowsByNetwork.reduce(0) { $0 + $1.rows } }

    /// Equal in everything that is reported.
    public static func == (left: ImportReport, right: ImportReport) -> Bool {
        left.loadID == right.loadID && left.snapshotID == right.snapshotID && left.rowsRead == right.rowsRead
            && left.rejects == right.rejects && left.columns == right.columns && left.notes == right.notes
    }
}
