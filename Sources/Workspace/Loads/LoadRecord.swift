/// One imported file: what it holds and where its rows are.
public struct LoadRecord: Equatable, Sendable {
    /// Its id, made of its content.
    public var id: String
    /// The dataset it belongs to.
    public var dataset: String
    /// What it is called; importing the same name again replaces it.
    public var name: String
    /// The file it came from.
    public var sourceFile: String
    /// The hash of that file.
    public var sourceHash: String
    /// Rows that were not loaded.
    public var rejectedRows: Int
    /// The finest period that its rows can be told apart by, as a raw value of `PeriodKind`.
    public var granularity: String
    /// Its files in order of their networks.
    public var files: [LoadFile]

    /// How it is called among the loads of all datasets.
    public var fullName: String { "\(dataset)/\(name)" }

    /// Rows in all its files.
    public var rowCount: Int { files.reduce(0) { $0 + $1.rowCount } }

    /// A load; its id follows from its content.
    public init(
        dataset: String, name: String, sourceFile: String, sourceHash: String, rejectedRows: Int, granularity: String,
        files: [LoadFile]
    ) {
        self.dataset = dataset
        self.name = name
        self.sourceFile = sourceFile
        self.sourceHash = sourceHash
        self.rejectedRows = rejectedRows
        self.granularity = granularity
        self.files = files
        var hash = ContentHash()
        for text in [dataset, name, granularity] + files.flatMap({ [$0.network, $0.hash] }) { hash.add(text) }
        id = "load_" + hash.hex().prefix(16)
    }

    init(id: String, copying load: LoadRecord) {
        self = load
        self.id = id
    }
}

/// One network's rows of a load: an Arrow file.
public struct LoadFile: Equatable, Sendable {
    /// The network; empty outside a workspace's networks.
    public var network: String
    /// The hash of its content.
    public var hash: String
    /// Its rows.
    public var rowCount: Int
    /// Its columns in order.
    public var columns: [LoadColumn]
    /// The hash of all bytes that are not content of a column; nil where an older version imported it.
    public var seal: String?

    /// A file.
    public init(network: String, hash: String, rowCount: Int, columns: [LoadColumn], seal: String? = nil) {
        self.network = network
        self.hash = hash
        self.rowCount = rowCount
        self.columns = columns
        self.seal = seal
    }

    /// The hash of columns as a file of a network's rows.
    static func hash(of columns: [LoadColumn], rowCount: Int, network: String) -> String {
        var hash = ContentHash()
        for column in columns {
            hash.add(column.name)
            hash.add(column.hash)
        }
        hash.add("\(rowCount)")
        hash.add(network)
        return hash.hex()
    }
}

/// One column of a file.
public struct LoadColumn: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// What its values are, as people read it.
    public var type: String
    /// Rows without a value.
    public var missing: Int
    /// The hash of its content.
    public var hash: String
    /// The first and the last day of a column of days or times, counted from 1970-01-01.
    public var firstDay: Int?
    /// See ``firstDay``.
    public var lastDay: Int?

    /// A column.
    public init(name: String, type: String, missing: Int, hash: String, firstDay: Int? = nil, lastDay: Int? = nil) {
        self.name = name
        self.type = type
        self.missing = missing
        self.hash = hash
        self.firstDay = firstDay
        self.lastDay = lastDay
    }

    /// Whether it holds text.
    public var isText: Bool { type == "text" }

    /// Whether it holds days or times.
    public var isDated: Bool { type == "date" || type == "timestamp" }
}
