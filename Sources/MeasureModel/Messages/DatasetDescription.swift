/// What a worker must know of a dataset beside its columns.
public struct DatasetDescription: Equatable, Sendable {
    /// The dataset's name.
    public var name: String
    /// Its data class, for disclosure control.
    public var dataClass: String
    /// How its persons are counted.
    public var persons: PersonRule
    /// The date or time column that says when a row was; nil for data without a date.
    public var periodColumn: String?
    /// Columns with the first and the last day on which a row was true (a roster's), where it has such.
    public var validFrom: String?
    /// See ``validFrom``; a missing value means: still true.
    public var validTo: String?
    /// Columns whose values name persons; scripts see pseudonyms.
    public var personColumns: [String]
    /// Dimensions, whose values are published as they are.
    public var dimensions: [String]
    /// What the codebook says of items, in order of their names.
    public var items: [ItemDescription]
    /// Named lists of items, in order of their names.
    public var scales: [ScaleDescription]
    /// The dataset whose rows name those who were to answer this one; nil where nobody says.
    public var eligible: String?

    /// A dataset.
    public init(
        name: String, dataClass: String, persons: PersonRule, periodColumn: String? = nil, validFrom: String? = nil,
        validTo: String? = nil, personColumns: [String] = [], dimensions: [String] = [],
        items: [ItemDescription] = [], scales: [ScaleDescription] = [], eligible: String? = nil
    ) {
        self.name = name
        self.dataClass = dataClass
        self.persons = persons
        self.periodColumn = periodColumn
        self.validFrom = validFrom
        self.validTo = validTo
        self.personColumns = personColumns
        self.dimensions = dimensions
        self.items = items
        self.scales = scales
        self.eligible = eligible
    }
}

/// How persons are counted.
public enum PersonRule: Equatable, Sendable {
    /// Every row is a person (anonymous surveys).
    case row
    /// Distinct values of a column.
    case column(String)
    /// Rows already count people: for each combination of `sites` the largest `count`, summed.
    case counts(count: String, sites: [String])
}

/// One item of a questionnaire.
public struct ItemDescription: Equatable, Sendable {
    /// The column.
    public var name: String
    /// The scale's ends, where the codebook says them.
    public var low: Double?
    /// See ``low``.
    public var high: Double?
    /// Whether a high answer means little of what the scale measures.
    public var isReversed: Bool

    /// An item.
    public init(name: String, low: Double? = nil, high: Double? = nil, isReversed: Bool = false) {
        self.name = name
        self.low = low
        self.high = high
        self.isReversed = isReversed
    }
}

/// A named list of items that are scored together.
public struct ScaleDescription: Equatable, Sendable {
    /// The scale's name.
    public var name: String
    /// Its items.
    public var items: [String]

    /// A scale.
    public init(name: String, items: [String]) {
        self.name = name
        self.items = items
    }
}

extension PersonRule: WireCodable {
    /// Reads a rule.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.number() {
        case 0: self = .row
        case 1: self = .column(try reader.take())
        case 2: self = .counts(count: try reader.take(), sites: try reader.take())
        default: throw WireError(expected: "a rule for persons")
        }
    }

    /// Writes the rule.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .row: writer.put(UInt64(0))
        case .column(let name): writer.put(UInt64(1), name)
        case .counts(let count, let sites): writer.put(UInt64(2), count, sites)
        }
    }
}

extension ItemDescription: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(ItemDescription.init, \.name, \.low, \.high, \.isReversed)
}

extension ScaleDescription: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(ScaleDescription.init, \.name, \.items)
}

extension DatasetDescription: WireRecord {
    /// See ``WireRecord``.
    public static let wireForm = WireForm(
        DatasetDescription.init, \.name, \.dataClass, \.persons, \.periodColumn, \.validFrom, \.validTo,
        \.personColumns, \.dimensions, \.items, \.scales, \.eligible)
}
