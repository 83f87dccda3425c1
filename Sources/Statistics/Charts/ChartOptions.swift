/// How the limits of a chart are made and by which rules it is judged, where authorities differ.
public struct ChartOptions: Hashable, Sendable {
    /// How an XmR chart estimates σ.
    public var sigma = IndividualsSigma.meanMovingRange
    /// The centre of a run or XmR chart where it is known from elsewhere, such as a standard; nil to take it from the
    /// baseline.
    public var knownCenter: Double?
    /// σ of an XmR chart where it is known from elsewhere; nil to estimate it.
    public var knownSigma: Double?
    /// Whether a moving range is formed across a missing point.
    public var gaps = MovingRangeGaps.notFormed
    /// The centre line of a g chart.
    public var rareEventCenter = RareEventCenter.mean
    /// The rule sets to judge by; those that need limits are left out where there are none.
    public var ruleSets: [RuleSet] = RuleSet.allCases
    /// How many points in a row on one side make a shift in the IHI's rules: 6, elsewhere 7 or 8.
    public var shiftLength = 6
    /// How many points in a row rising or falling make a trend in the IHI's rules: 5, elsewhere 6 or 7.
    public var trendLength = 5

    /// The defaults.
    public init() {}
}

/// The ways to σ from single values. The raw value is the name in a feed.
public enum IndividualsSigma: String, CaseIterable, Codable, Hashable, Sendable {
    /// The mean moving range / d2 with the exact d2 = 2/√π: the default.
    case meanMovingRange = "mean_moving_range"
    /// The mean moving range / 1.128, the constant of the printed tables.
    case meanMovingRangeRounded = "mean_moving_range_rounded"
    /// The median moving range / 0.9539, the median of the range of two standard normal values, √2 Φ⁻¹(3/4).
    case medianMovingRange = "median_moving_range"
    /// The mean moving range / d2 without the moving ranges of 3.267 times the mean or more, taken out once.
    ///
    /// Source: L. S. Nelson, "Control charts for individual measurements", Journal of Quality Technology 14 (1982).
    case screenedMovingRange = "screened_moving_range"
    /// The sample standard deviation. Special causes in the baseline widen it; for comparison only.
    case sampleStandardDeviation = "sample_standard_deviation"
}

/// What becomes of the moving range where a point is missing.
public enum MovingRangeGaps: String, CaseIterable, Codable, Hashable, Sendable {
    /// Two points on either side of a gap are no neighbours: the default.
    case notFormed = "not_formed"
    /// Missing points are dropped first.
    case closed
}

/// The centre line of a g chart; the limits are the same with all of them. The raw value is the name in a feed.
public enum RareEventCenter: String, CaseIterable, Codable, Hashable, Sendable {
    /// The mean number of cases between events (Benneyan; Montgomery): the default.
    case mean
    /// The median, which half of the points exceed.
    case median
    /// 0.693 times the mean, which estimates the median of an exponential distribution (Provost & Murray).
    case theoreticalMedian = "theoretical_median"
}
