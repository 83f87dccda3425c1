public import MeasureModel

/// One measure for one grouping: what is evaluated, and the hash of all that goes in.
public struct PlannedTask: Sendable {
    /// The measure's place in the list of measures.
    public var measure: Int
    /// The measure's full id.
    public var id: String
    /// The definition.
    public var definition: MeasureDefinition
    /// The network that owns it; nil for the hub.
    public var owner: String?
    /// The place of the grouping in `by`.
    public var grouping: Int
    /// Its place in the batch that shares its grouping.
    public var key: BatchKey
    /// The batch with this task alone in it.
    public var batch: Batch
    /// The hash of everything that goes in.
    public var hash: String
    /// The hash of the data among it.
    public var dataHash: String
    /// The hash of the script.
    public var scriptHash: String
    /// The preset's name, where plumbline.yaml asks for one.
    public var preset: String?

    /// What tasks of one batch have in common.
    public struct BatchKey: Hashable, Sendable {
        /// The owner whose data it sees.
        public var owner: String?
        /// The dataset.
        public var from: String
        /// The dimensions with their ancestors.
        public var dimensions: [String]
        /// The kind of period.
        public var every: PeriodKind
    }

    /// Where an edition keeps its series.
    public var slot: String {
        ([id, key.every.rawValue] + key.dimensions).joined(separator: "|")
    }
}
