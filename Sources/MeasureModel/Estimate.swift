/// A number with its uncertainty, and with what disclosure control needs to know of it. Only the host makes them.
public struct Estimate: Equatable, Sendable {
    /// The number itself; finite.
    public var value: Double
    /// How many valid rows it rests on.
    public var n: Int
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
        value: Double, n: Int, numerator: Double? = nil, denominator: Double? = nil, low: Double? = nil,
        high: Double? = nil, level: Double? = nil, method: String? = nil, persons: Int, classes: [String] = [],
        flags: [ObservationFlag] = []
    ) {
        self.value = value
        self.n = n
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
