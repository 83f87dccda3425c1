#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The runs of a series about a centre line, and what they say about chance.
///
/// A run is a stretch of points on one side of the line. Points on the line and missing points are passed over: they are
/// not useful, and they break no run.
public struct RunAnalysis: Equatable, Sendable {
    /// The useful points above the centre line.
    public let above: Int
    /// The useful points below it.
    public let below: Int
    /// How many runs there are.
    public let runs: Int
    /// The useful points of the longest run; 0 of nothing.
    public let longestRun: Int
    /// How long the run is that each useful point ends so far, by position; 0 at the other points.
    private let lengths: [Int]
    /// How many points have risen or fallen without a break up to each point that did so; 0 at the other points.
    private let trends: [Int]

    /// The runs of values in time order.
    public init(_ values: Span<Double>, center: Double) {
        var lengths = [Int](repeating: 0, count: values.count)
        var (above, below, runs, longest, length) = (0, 0, 0, 0, 0)
        var wasAbove: Bool?
        for index in values.indices where values[index] > center || values[index] < center {
            let isAbove = values[index] > center
            length = isAbove == wasAbove ? length + 1 : 1
            if length == 1 { runs += 1 }
            if isAbove { above += 1 } else { below += 1 }
            longest = max(longest, length)
            lengths[index] = length
            wasAbove = isAbove
        }
        self.above = above
        self.below = below
        self.runs = runs
        longestRun = longest
        self.lengths = lengths
        trends = Self.trends(values)
    }

    /// The points that are on either side of the centre line.
    public var useful: Int { above + below }

    /// How often the series crosses the centre line.
    public var crossings: Int { max(runs - 1, 0) }

    /// The positions at which a run has reached `length` points, and every further point of it.
    public func shift(length: Int) -> [Int] { lengths.indices.filter { lengths[$0] >= max(length, 1) } }

    /// The positions at which a trend has reached `length` points, and every further point of it.
    public func trend(length: Int) -> [Int] { trends.indices.filter { trends[$0] >= max(length, 1) } }

    /// The points, not steps, of the longest stretch that rises or falls all the way. Points that repeat the one before
    /// and missing points are passed over; 1 where nothing rises or falls, 0 of nothing.
    public var longestTrend: Int { trends.max() ?? 0 }

    private static func trends(_ values: Span<Double>) -> [Int] {
        var trends = [Int](repeating: 0, count: values.count)
        var previous = Double.nan
        var (length, rose) = (1, false)
        for index in values.indices where !values[index].isNaN && values[index] != previous {
            let rises = values[index] > previous
            // NaN: the first point stands for itself.
            length = previous.isNaN ? 1 : length > 1 && rises == rose ? length + 1 : 2
            trends[index] = length
            (previous, rose) = (values[index], rises)
        }
        return trends
    }
}

extension RunAnalysis {
    /// The longest run that chance makes plausible: log2 of the useful points, rounded half to even, plus 3; nil without
    /// useful points.
    ///
    /// Source: J. Anhøj & A. V. Olesen, "Run charts revisited", PLoS ONE 9 (2014).
    public var longestPlausibleRun: Int? {
        useful > 0 ? Int(log2(Double(useful)).rounded(.toNearestOrEven)) + 3 : nil
    }

    /// The fewest crossings that chance makes plausible: the 5 % quantile of a binomial distribution of one throw less
    /// than useful points; nil without useful points.
    ///
    /// Source: as ``longestPlausibleRun``.
    public var fewestPlausibleCrossings: Int? {
        useful > 0 ? Binomial(trials: useful - 1, probability: 0.5)?.quantile(0.05) : nil
    }

    /// The numbers of runs that chance makes plausible, given how many points lie on either side; nil unless there are
    /// two on each.
    ///
    /// - Parameter alpha: the probability of falling outside, at most half of it at either end.
    public func plausibleRuns(alpha: Double = 0.05) -> ClosedRange<Int>? {
        RunsDistribution(above: above, below: below)?.central(alpha: alpha)
    }

    /// Whether there are too few or too many runs for chance; nil where ``plausibleRuns(alpha:)`` is.
    public func runsVerdict(alpha: Double = 0.05) -> RunsVerdict? {
        plausibleRuns(alpha: alpha).map {
            runs < $0.lowerBound ? .tooFew : runs > $0.upperBound ? .tooMany : .plausible
        }
    }
}

/// What the number of runs says. The raw value is the name in a feed.
public enum RunsVerdict: String, CaseIterable, Codable, Hashable, Sendable {
    /// Fewer than chance makes plausible: the process has shifted or drifts.
    case tooFew = "too few"
    /// More than chance makes plausible: two processes take turns, or somebody overcorrects.
    case tooMany = "too many"
    /// Neither.
    case plausible = "none"
}
