/// Values gathered into subgroups, with what charts of subgroups need of each.
public struct Subgroups: Equatable, Sendable {
    /// The mean of each subgroup; NaN of one without values.
    public let means: [Double]
    /// The sample standard deviation of each; NaN of fewer than two values.
    public let standardDeviations: [Double]
    /// The largest value less the smallest of each; NaN of fewer than two values.
    public let ranges: [Double]
    /// How many values each has.
    public let sizes: [Double]

    /// The subgroups of values that lie together; missing values (NaN) are skipped.
    ///
    /// - Parameter bounds: where each subgroup starts, and last where the last one ends.
    /// - Precondition: the bounds ascend and stay within the values.
    public init(_ values: Span<Double>, bounds: [Int]) {
        let subgroups = zip(bounds, bounds.dropFirst()).map { start, end in
            let members = values.extracting(start..<end)
            let range = Descriptives.range(members)
            return (moments: Moments(members), range: range.map { $0.upperBound - $0.lowerBound })
        }
        means = subgroups.map { $0.moments.mean ?? .nan }
        standardDeviations = subgroups.map { $0.moments.standardDeviation ?? .nan }
        ranges = subgroups.map { $0.moments.count > 1 ? $0.range ?? .nan : .nan }
        sizes = subgroups.map { Double($0.moments.count) }
    }

    /// The means for a chart with limits from the standard deviations.
    public var byStandardDeviation: ChartSeries {
        .subgroups(means: means.span, standardDeviations: standardDeviations.span, sizes: sizes.span)
    }

    /// The means for a chart with limits from the ranges.
    public var byRange: ChartSeries {
        .subgroups(means: means.span, ranges: ranges.span, sizes: sizes.span)
    }
}
