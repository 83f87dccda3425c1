/// One published number with everything around it, as the feed shows it.
public struct Observation: Equatable, Sendable, Decodable {
    /// Made of measure, part, keys and period: the same for ever.
    public var id: String
    /// The measure's id.
    public var measure: String
    /// Its version.
    public var version: String
    /// The part of it, where it has several.
    public var part: String?
    /// Parameters and their values, in order of their names.
    public var params: [String: Double]
    /// The preset, where one was asked for.
    public var preset: String?
    /// The period.
    public var period: PublishedPeriod
    /// Dimensions and values.
    public var group: [String: String]
    /// What the value counts.
    public var unit: String
    /// The number; null where the status says so.
    public var value: Double?
    /// What it rests on.
    public var n: Int?
    /// What `n` counts.
    public var countedUnit: String
    /// For shares and ratios.
    public var numerator: Double?
    /// See ``numerator``.
    public var denominator: Double?
    /// The interval.
    public var low: Double?
    /// See ``low``.
    public var high: Double?
    /// Its level.
    public var level: Double?
    /// How it was made.
    public var method: String?
    /// How the observation stands.
    public var status: String
    /// Why, where that can be said.
    public var reason: String?
    /// Further facts.
    public var flags: [String]
    /// Where it lies on the chart of its series; null without a chart and for what has no number.
    public var chart: Chart?
    /// How many of those who were to answer did; null where nobody says who was.
    public var response: ResponseRate?
    /// Where it comes from.
    public var provenance: Provenance

    /// A period as the feed shows it.
    public struct PublishedPeriod: Equatable, Sendable, Decodable {
        /// The unit.
        public var kind: String
        /// Its name.
        public var label: String
        /// Its first day; null for `all`.
        public var start: String?
        /// The day after its last.
        public var end: String?
        /// Whether it was over on the day the run looked from.
        public var complete: Bool

        /// A period.
        public init(kind: String, label: String, start: String?, end: String?, complete: Bool) {
            self.kind = kind
            self.label = label
            self.start = start
            self.end = end
            self.complete = complete
        }
    }

    /// Where a number comes from.
    public struct Provenance: Equatable, Sendable, Decodable {
        /// The hash of the data.
        public var data: String
        /// The hash of the script.
        public var script: String
        /// Names and versions of the plugins whose sources went in; nil where there were none.
        public var plugins: String?
        /// The host's version.
        public var host: String
        /// The rule of disclosure control that applied.
        public var policy: String
        /// The day the run looked from that computed it.
        public var asOf: String

        enum CodingKeys: String, CodingKey {
            case data, script, plugins, host, policy
            case asOf = "as_of"
        }

        /// Where a number comes from.
        public init(
            data: String, script: String, plugins: String? = nil, host: String, policy: String, asOf: String
        ) {
            self.data = data
            self.script = script
            self.plugins = plugins
            self.host = host
            self.policy = policy
            self.asOf = asOf
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, measure, version, part, params, preset, period, group, unit, value, n, numerator, denominator, low,
            high
        case level, method, status, reason, flags, chart, response, provenance
        case countedUnit = "n_kind"
    }

    /// An observation without a number.
    public init(
        id: String, measure: String, version: String, part: String?, params: [String: Double], preset: String?,
        period: PublishedPeriod, group: [String: String], unit: String, countedUnit: String, status: Status,
        reason: String?, provenance: Provenance
    ) {
        self.id = id
        self.measure = measure
        self.version = version
        self.part = part
        self.params = params
        self.preset = preset
        self.period = period
        self.group = group
        self.unit = unit
        self.countedUnit = countedUnit
        self.status = status.rawValue
        self.reason = reason
        self.provenance = provenance
        flags = []
    }

    /// The observation in the feed's order of fields. ``jsonBytes`` writes the same without the tree between.
    public var json: JSON {
        .object([
            ("id", .string(id)), ("measure", .string(measure)), ("version", .string(version)),
            ("part", .optional(part)),
            ("params", .object(params.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
            ("preset", .optional(preset)), ("period", period.json),
            ("group", .object(GroupKey.ordered(group.keys).map { ($0, .optional(group[$0])) })),
            ("unit", .string(unit)), ("value", .optional(value)), ("n", .optional(n)),
            ("n_kind", .string(countedUnit)), ("numerator", .optional(numerator)),
            ("denominator", .optional(denominator)), ("low", .optional(low)), ("high", .optional(high)),
            ("level", .optional(level)), ("method", .optional(method)), ("status", .string(status)),
            ("reason", .optional(reason)), ("flags", .array(flags.map(JSON.string))), ("chart", chart?.json ?? .null),
            ("response", response?.json ?? .null), ("reference", .null), ("censor", .null),
            ("provenance", provenance.json),
        ])
    }
}

extension Observation.PublishedPeriod {
    fileprivate var json: JSON {
        .object([
            ("kind", .string(kind)), ("label", .string(label)), ("start", .optional(start)), ("end", .optional(end)),
            ("complete", .bool(complete)),
        ])
    }
}

extension Observation.Provenance {
    fileprivate var json: JSON {
        .object([
            ("data", .string(data)), ("script", .string(script)), ("plugins", .optional(plugins)),
            ("host", .string(host)),
            ("policy", .string(policy)), ("as_of", .string(asOf)),
        ])
    }
}
