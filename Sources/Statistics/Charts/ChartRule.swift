/// The patterns that point to a special cause. The raw value is the name in a feed.
public enum ChartRule: String, CaseIterable, Codable, Hashable, Sendable {
    /// A point beyond a control limit (Nelson 1, Western Electric 1).
    case beyondLimits = "beyond_limits"
    /// Two of three points in a row beyond 2 σ on one side (Nelson 5, Western Electric 2).
    case twoOfThree = "two_of_three"
    /// Four of five points in a row beyond 1 σ on one side (Nelson 6, Western Electric 3).
    case fourOfFive = "four_of_five"
    /// Eight points in a row on one side of the centre line (Western Electric 4).
    case eightOnOneSide = "eight_on_one_side"
    /// Nine points in a row on one side of the centre line (Nelson 2).
    case nineOnOneSide = "nine_on_one_side"
    /// Six points in a row that rise or fall all the way (Nelson 3).
    case sixInTrend = "six_in_trend"
    /// Fourteen points in a row that go up and down by turns (Nelson 4).
    case fourteenAlternating = "fourteen_alternating"
    /// Fifteen points in a row within 1 σ (Nelson 7).
    case fifteenWithin = "fifteen_within"
    /// Eight points in a row beyond 1 σ, on both sides (Nelson 8).
    case eightOutside = "eight_outside"
    /// A run longer than chance makes plausible (Anhøj).
    case longestRun = "longest_run"
    /// Fewer crossings of the centre line than chance makes plausible (Anhøj).
    case crossings
    /// A run of six points or more, points on the line passed over (IHI).
    case shift
    /// Five points or more that rise or fall all the way, repeated values passed over (IHI).
    case trend
    /// Too few or too many runs for chance (IHI).
    case numberOfRuns = "number_of_runs"
}

extension ChartRule {
    /// What the rule finds, for people: "a point beyond a limit".
    public var words: String {
        switch self {
        case .beyondLimits: "a point beyond a limit"
        case .twoOfThree: "two of three points beyond 2 sigma on one side"
        case .fourOfFive: "four of five points beyond 1 sigma on one side"
        case .eightOnOneSide: "eight points in a row on one side of the centre line"
        case .nineOnOneSide: "nine points in a row on one side of the centre line"
        case .sixInTrend: "six points in a row that rise or fall"
        case .fourteenAlternating: "fourteen points in a row that go up and down by turns"
        case .fifteenWithin: "fifteen points in a row within 1 sigma"
        case .eightOutside: "eight points in a row beyond 1 sigma on both sides"
        case .longestRun: "a run longer than chance makes plausible"
        case .crossings: "fewer crossings of the centre line than chance makes plausible"
        case .shift: "six points or more in a row on one side of the centre line"
        case .trend: "five points or more that rise or fall"
        case .numberOfRuns: "too few or too many runs for chance"
        }
    }

    /// Whether the phase as a whole is the pattern, so that no point completes it.
    public var isOfWholePhase: Bool { self == .crossings || self == .numberOfRuns }
}

/// Rules that an authority wants used together. The raw value is the name in a feed.
public enum RuleSet: String, CaseIterable, Codable, Hashable, Sendable {
    /// Two rules whose thresholds grow with the number of points (J. Anhøj & A. V. Olesen, PLoS ONE 9, 2014).
    case anhoej
    /// The Institute for Healthcare Improvement's rules of run charts (R. J. Perla, L. P. Provost, S. K. Murray, BMJ
    /// Quality & Safety 20, 2011), without the astronomical point, which is a judgement.
    case ihi
    /// Western Electric Company, "Statistical Quality Control Handbook" (1956).
    case westernElectric = "western_electric"
    /// L. S. Nelson, "The Shewhart control chart: tests for special causes", Journal of Quality Technology 16 (1984).
    case nelson

    /// The rules of the set.
    public var rules: [ChartRule] {
        switch self {
        case .anhoej: [.longestRun, .crossings]
        case .ihi: [.shift, .trend, .numberOfRuns]
        case .westernElectric: [.beyondLimits, .twoOfThree, .fourOfFive, .eightOnOneSide]
        case .nelson:
            [
                .beyondLimits, .nineOnOneSide, .sixInTrend, .fourteenAlternating, .twoOfThree, .fourOfFive,
                .fifteenWithin, .eightOutside,
            ]
        }
    }

    /// Whether the set is made for charts with limits.
    public var needsLimits: Bool { self == .westernElectric || self == .nelson }

    /// What the set is called, for people.
    public var title: String {
        switch self {
        case .anhoej: "Anhøj"
        case .ihi: "IHI"
        case .westernElectric: "Western Electric"
        case .nelson: "Nelson"
        }
    }
}
