/// What the linter can know of a value.
public enum ValueKind: String, Sendable, Hashable, CaseIterable {
    /// The rows of one cell, which `value` receives.
    case group
    /// One value for each row.
    case column
    /// One yes, no or missing for each row.
    case mask
    /// A number with its n and interval.
    case estimate
    /// A column with its weights.
    case weighted
    /// How a survey's rows were drawn, with their weights.
    case design
    /// A network of ties.
    case graph
    /// One row, which `step` receives.
    case row
    case number
    case string
    /// Nothing certain; the linter then says nothing.
    case unknown

    /// Whether it holds one value for each row, so that Lua's own comparisons and conditions do not apply.
    var isRowwise: Bool { self == .column || self == .mask }

    /// The kind as a message names it.
    var described: String {
        switch self {
        case .estimate: "an estimate"
        case .weighted: "a weighted column"
        case .design: "a survey design"
        default: "a \(rawValue)"
        }
    }
}

/// The verbs and fields of the host's values, by the kind of the receiver.
///
/// The linter knows no verb by itself, so this is the whole of what scripts may call. A kind without an entry in
/// ``verbs`` is not checked.
public struct VerbCatalogue: Sendable {
    /// What `receiver:verb(...)` gives.
    public var verbs: [ValueKind: [String: VerbResult]]
    /// What `receiver.field` gives. Any other field of a group is a column.
    public var fields: [ValueKind: [String: ValueKind]]

    /// Verbs that look at single rows.
    public var rowVerbs: [ValueKind: Set<String>]

    /// A catalogue of verbs and fields.
    public init(
        verbs: [ValueKind: [String: VerbResult]], fields: [ValueKind: [String: ValueKind]],
        rowVerbs: [ValueKind: Set<String>] = [:]
    ) {
        self.verbs = verbs
        self.fields = fields
        self.rowVerbs = rowVerbs
    }
}

/// What a verb gives.
public enum VerbResult: Sendable, Hashable {
    /// A value; if it is a group or a row, it has the columns of the receiver.
    case value(ValueKind)
    /// A group or row that also has columns from elsewhere, as `g:join(...)` has.
    case joined(ValueKind)
    /// Something for `for ... in`, with the kinds of the loop's variables.
    case iterator([ValueKind])
}
