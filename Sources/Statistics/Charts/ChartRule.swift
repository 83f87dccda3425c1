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
}
