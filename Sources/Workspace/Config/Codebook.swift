public import MeasureModel
public import TabularIO

/// What a codebook says about a dataset's columns, and about the files they come from.
public struct Codebook: Equatable, Sendable {
    /// Columns and items, in order of their names.
    public var columns: [String: CodebookColumn] = [:]
    /// Scales, in order of their names.
    public var scales: [ScaleDescription] = []
    /// Codes that stand for a missing value in every column.
    public var missing = MissingCodes()
    /// Where files come from, in order of their names.
    public var sources: [CodebookSource] = []
    /// Maps for rows of single networks, whatever the source.
    public var networks: [String: CodebookMaps] = [:]
    /// Names for people of values of dimensions.
    public var labels: [String: [String: String]] = [:]

    /// A codebook that says nothing.
    public init() {}

    /// The items, as workers need them.
    public var items: [ItemDescription] {
        columns.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.compactMap { name, column in
            guard column.low != nil || column.high != nil || column.isReversed else { return nil }
            return ItemDescription(name: name, low: column.low, high: column.high, isReversed: column.isReversed)
        }
    }
}

/// What a codebook says about one column.
public struct CodebookColumn: Equatable, Sendable {
    /// Its name for people; of an item, its wording.
    public var label: String?
    /// What its cells are read as, where the file must not decide.
    public var type: CellType?
    /// The ends of an item's scale.
    public var low: Double?
    /// See ``low``.
    public var high: Double?
    /// Whether a high answer means little of what the scale measures.
    public var isReversed = false
    /// Values as they stand in files, and what they mean.
    public var values: [String: String] = [:]
    /// Codes that stand for a missing value in this column.
    public var missing = MissingCodes()
    /// Who was asked: for columns, the values of those who were. Empty when everybody was.
    public var asked: [String: [String]] = [:]
    /// How its days or times are written, where it is not as the source says.
    public var dates: DatePattern?
    /// The IANA name of the time zone of its times, where it is not that of the source.
    public var timeZone: String?

    /// A column without particulars.
    public init() {}
}

/// Codes by the kind of missing that they stand for.
public struct MissingCodes: Equatable, Sendable {
    /// The kind of each code.
    public var kinds: [String: String] = [:]

    /// No codes.
    public init() {}

    /// The kinds a codebook may name.
    public static let kinds = ["skipped", "not_asked", "not_applicable"]
    /// A blank cell.
    public static let skipped = "skipped"
    /// The codebook says that this person was not asked.
    public static let notAsked = "not_asked"
}

/// How names and values of a file become ours.
public struct CodebookMaps: Equatable, Sendable {
    /// Column names in the file, and ours.
    public var columns: [String: String] = [:]
    /// Values in the file and ours, by our column.
    public var values: [String: [String: String]] = [:]

    /// No maps.
    public init() {}
}

/// One kind of file that a dataset comes from.
public struct CodebookSource: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// The network whose rows its files hold, where no column says it.
    public var network: String?
    /// Maps for all its rows.
    public var maps = CodebookMaps()
    /// Maps for rows of single networks.
    public var networks: [String: CodebookMaps] = [:]
    /// Columns of the file that are left out.
    public var dropped: [String] = []
    /// How long answers become wide rows.
    public var pivot: CellPivot?
    /// How the file is written.
    public var file = DelimitedFormat()
    /// How numbers, days and times are written in its cells.
    public var cells = CellFormat()
    /// The IANA name of the time zone of times without an offset; nil for the workspace's.
    public var timeZone: String?

    /// A source.
    public init(name: String) {
        self.name = name
    }
}
