import CivilCalendar
public import MeasureModel

/// What was decided before any row was written, stated as the observations that must come out.
public struct PlantedTruths: Sendable {
    /// The seed of the sample.
    public var seed: UInt64
    /// Single numbers.
    public var observations: [PlantedObservation] = []
    /// Effects that measures over longer stretches must find.
    public var effects: [PlantedEffect] = []

    init(seed: UInt64) {
        self.seed = seed
    }

    /// The truths as a document.
    public var json: JSON {
        .object([
            ("seed", .verbatim(String(seed))), ("as_of", .string(SampleHub.asOf.description)),
            ("effects", .array(effects.map(\.json))), ("observations", .array(observations.map(\.json))),
        ])
    }
}

/// One observation that must come out, whatever the way of the data.
public struct PlantedObservation: Equatable, Sendable {
    /// The measure.
    public var measure: String
    /// The part of it; nil where it has one number.
    public var part: String?
    /// The group.
    public var group: GroupKey
    /// The period's label.
    public var period: String
    /// The value, as numerator by denominator; nil where too few persons are behind it.
    public var value: Double?
    /// What `n` must be; nil where too few persons are behind it.
    public var n: Int?
    /// `ok` or `suppressed`.
    public var status: Status

    var json: JSON {
        .object([
            ("measure", .string(measure)), ("part", .optional(part)),
            ("group", .object(group.parts.map { ($0.dimension, .string($0.value)) })), ("period", .string(period)),
            ("status", .string(status.rawValue)), ("value", .optional(value)), ("n", .optional(n)),
        ])
    }
}

/// An effect that was put into the data.
public struct PlantedEffect: Equatable, Sendable {
    /// What it is called.
    public var name: String
    /// Where it is, in words.
    public var place: String
    /// How large it is.
    public var size: Double
    /// The first period or day on which it shows; nil where it always does.
    public var from: String?
    /// What finds it, in the sample as it is without options.
    public var found: [Finding] = []

    /// A measure's number that must lie near the effect.
    public struct Finding: Equatable, Sendable {
        /// The measure and its part.
        public var measure: String
        /// The part; nil where the measure has one number.
        public var part: String?
        /// The network; nil for all together.
        public var network: String?
        /// The period's label.
        public var period: String
        /// How far off it may be: chance, rounding, answers cut off at the ends of scales.
        public var within: Double

        var json: JSON {
            .object([
                ("measure", .string(measure)), ("part", .optional(part)),
                ("group", .object(network.map { [("network", .string($0))] } ?? [])), ("period", .string(period)),
                ("within", .number(within)),
            ])
        }
    }

    var json: JSON {
        .object([
            ("name", .string(name)), ("place", .string(place)), ("size", .number(size)), ("from", .optional(from)),
            ("found", .array(found.map(\.json))),
        ])
    }
}
