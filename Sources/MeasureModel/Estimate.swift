/// A number with its uncertainty, and with what disclosure control needs to know of it. Only the host makes them.
public struct Estimate: Equatable, Sendable {
    /// The number itself; finite.
    public var value: Double
    /// How many it rests on.
    public var n: Int
    /// What ``n`` counts.
    public var counted: Counted
    /// For a share: what was counted, and out of what.
    public var numerator: Double?
    /// See ``numerator``.
    public var denominator: Double?
    /// The interval, where there is one.
    public var low: Double?
    /// See ``low``.
    public var high: Double?
    /// The interval's level, for instance 0.95.
    public var level: Double?
    /// How the interval was made: `t`, `wilson`, ...
    public var method: String?
    /// Distinct persons behind it, counted by the host.
    public var persons: Int
    /// Data classes that entered it, sorted.
    public var classes: [String]
    /// Flags that the computation itself raised.
    public var flags: [ObservationFlag]

    /// An estimate.
    public init(
        value: Double, n: Int, counted: Counted = .rows, numerator: Double? = nil, denominator: Double? = nil,
        low: Double? = nil,
        high: Double? = nil, level: Double? = nil, method: String? = nil, persons: Int, classes: [String] = [],
        flags: [ObservationFlag] = []
    ) {
        self.value = value
        self.n = n
        self.counted = counted
        self.numerator = numerator
        self.denominator = denominator
        self.low = low
        self.high = high
        self.level = level
        self.method = method
        self.persons = persons
        self.classes = classes
        self.flags = flags
    }
}

/// What the n of an estimate counts.
public enum Counted: String, Sendable, CaseIterable {
    /// Valid rows.
    case rows
    /// Cases that the rows count, as the denominator of a proportion.
    case cases
    /// Persons, where a script made a number of its own.
    case persons
}

/// How an observation stands; exactly one.
public enum Status: String, Sendable, CaseIterable {
    case ok
    /// The period was not over on the day the run looked from.
    case provisional
    /// Hidden for privacy: every number is null.
    case suppressed
    case censored
    /// The value is undefined for want of data.
    case insufficient
    case notApplicable = "not_applicable"
    case notCollected = "not_collected"
    /// The measure failed; this is its last good value.
    case stale
    /// The measure failed and there is no earlier value.
    case error

    /// Whether an observation of this status may carry numbers.
    public var hasNumbers: Bool {
        switch self {
        case .ok, .provisional, .stale: true
        default: false
        }
    }
}

/// Further facts about an observation; any number of them.
public enum ObservationFlag: String, Sendable, CaseIterable {
    case signal, shift
    case breakInSeries = "break_in_series"
    case restated
    case lowResponse = "low_response"
    case smallUnstable = "small_n_unstable"
    case definitionChanged = "definition_changed"
    case instrumentChanged = "instrument_changed"
    case pooled
    case balancingBreach = "balancing_breach"
    case singlePersonInterval = "single_person_interval"
}
