extension Observation {
    /// Where an observation lies on the chart of its series.
    public struct Chart: Equatable, Sendable, Decodable {
        /// The kind of chart.
        public var kind: String
        /// Whether there is a centre line: `ok` or `insufficient`.
        public var status: String
        /// Why there is no centre line, or why there are no limits; null where there are both.
        public var reason: String?
        /// The centre line.
        public var center: Double?
        /// The lower limit; null where there is none.
        public var lower: Double?
        /// The upper limit; null where there is none.
        public var upper: Double?
        /// The number of the phase, counted from 1.
        public var phase: Int
        /// The rule set that judges.
        public var rules: String
        /// Its rules whose pattern is complete here.
        public var signals: [String]
        /// The rule sets that judge otherwise here: they see a signal where this one sees none, or none where it sees
        /// one.
        public var disagree: [String]

        /// A place on a chart without a centre line.
        public init(kind: String, phase: Int, rules: String, reason: String?) {
            self.kind = kind
            status = Status.insufficient.rawValue
            self.reason = reason
            self.phase = phase
            self.rules = rules
            signals = []
            disagree = []
        }
    }
}

extension Observation.Chart {
    /// The chart in the feed's order of fields.
    var json: JSON {
        .object([
            ("kind", .string(kind)), ("status", .string(status)), ("reason", .optional(reason)),
            ("center", .optional(center)), ("lower", .optional(lower)), ("upper", .optional(upper)),
            ("phase", .integer(phase)), ("rules", .string(rules)), ("signals", .array(signals.map(JSON.string))),
            ("disagree", .array(disagree.map(JSON.string))),
        ])
    }
}
