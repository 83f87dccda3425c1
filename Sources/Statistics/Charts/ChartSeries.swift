/// What a chart shows: one point per position in time order, missing (NaN) where nothing was recorded.
///
/// A point is also missing where its denominator is missing or 0: nobody was there to have an event.
public struct ChartSeries: Equatable, Sendable {
    /// How the points are charted.
    public let kind: ChartKind
    /// The points as drawn.
    public let points: [Double]
    /// Units, exposure or subgroup size behind each point; 1 where the chart knows none.
    let sizes: [Double]
    /// The events behind each point; empty where the chart has no denominators.
    let numerators: [Double]
    /// The standard deviation or range of each subgroup; empty where the chart has no subgroups.
    let spreads: [Double]
    private let impossible: Set<Int>

    private init(
        _ kind: ChartKind, _ points: [Double], sizes: [Double]? = nil, numerators: [Double] = [],
        spreads: [Double] = [], isPossible: (Int) -> Bool = { _ in true }
    ) {
        self.kind = kind
        self.points = points
        self.sizes = sizes ?? [Double](repeating: 1, count: points.count)
        self.numerators = numerators
        self.spreads = spreads
        impossible = Set(points.indices.filter { points[$0].isInfinite || !points[$0].isNaN && !isPossible($0) })
    }

    /// Whether a point, counted from 0, is recorded but cannot be.
    func isImpossible(_ index: Int) -> Bool { impossible.contains(index) }

    /// Values for a run chart.
    public static func run(_ values: Span<Double>) -> ChartSeries { ChartSeries(.run, values.array) }

    /// Single values for an XmR chart.
    public static func individuals(_ values: Span<Double>) -> ChartSeries { ChartSeries(.xmr, values.array) }

    /// Units with an event among all units, for a p chart or, `adjusted`, a p' chart.
    ///
    /// - Precondition: as many sizes as events.
    public static func shares(_ events: Span<Double>, of sizes: Span<Double>, adjusted: Bool = false) -> ChartSeries {
        ratios(adjusted ? .pPrime : .p, events, sizes) { 0 <= $0 && $0 <= $1 }
    }

    /// Events per exposure for a u chart or, `adjusted`, a u' chart.
    ///
    /// - Precondition: as many exposures as events.
    public static func rates(
        _ events: Span<Double>, per exposures: Span<Double>, adjusted: Bool = false
    ) -> ChartSeries {
        ratios(adjusted ? .uPrime : .u, events, exposures) { events, exposure in events >= 0 && exposure >= 0 }
    }

    /// Counts over equal exposures for a c chart.
    public static func counts(_ events: Span<Double>) -> ChartSeries {
        let events = events.array
        return ChartSeries(.c, events) { events[$0] >= 0 }
    }

    /// Cases between rare events for a g chart, counted from 0.
    public static func casesBetween(_ gaps: Span<Double>) -> ChartSeries {
        let gaps = gaps.array
        return ChartSeries(.g, gaps) { gaps[$0] >= 0 }
    }

    /// Time between rare events for a t chart.
    ///
    /// - Parameter zeroAs: what stands for a gap of 0, which a power cannot spread out: half of the unit in which time
    ///   is counted.
    public static func timeBetween(_ gaps: Span<Double>, zeroAs half: Double = 0.5) -> ChartSeries {
        let gaps = gaps.array.map { $0 == 0 ? half : $0 }
        return ChartSeries(.t, gaps) { gaps[$0] > 0 }
    }

    /// Means of subgroups with their standard deviations, for an Xbar-S chart. A subgroup of one value has a mean but no
    /// standard deviation (NaN).
    ///
    /// - Precondition: as many deviations and sizes as means.
    public static func subgroups(
        means: Span<Double>, standardDeviations: Span<Double>, sizes: Span<Double>
    ) -> ChartSeries {
        subgroups(.xbarS, means, standardDeviations, sizes)
    }

    /// Means of subgroups with their ranges, for an Xbar-R chart.
    ///
    /// - Precondition: as many ranges and sizes as means.
    public static func subgroups(means: Span<Double>, ranges: Span<Double>, sizes: Span<Double>) -> ChartSeries {
        subgroups(.xbarR, means, ranges, sizes)
    }

    private static func subgroups(
        _ kind: ChartKind, _ means: Span<Double>, _ spreads: Span<Double>, _ sizes: Span<Double>
    ) -> ChartSeries {
        precondition(means.count == spreads.count && means.count == sizes.count, "subgroups in columns of one length")
        let (spreads, sizes) = (spreads.array, sizes.array)
        let means = means.array.indexedMap { sizes[$0] > 0 ? $1 : .nan }
        return ChartSeries(kind, means, sizes: sizes, spreads: spreads) { index in
            let (size, spread) = (sizes[index], spreads[index])
            return 1...1e9 ~= size && size == size.rounded() && (spread.isNaN || 0..<Double.infinity ~= spread)
        }
    }

    private static func ratios(
        _ kind: ChartKind, _ events: Span<Double>, _ sizes: Span<Double>, isPossible: (Double, Double) -> Bool
    ) -> ChartSeries {
        precondition(events.count == sizes.count, "\(events.count) events but \(sizes.count) denominators")
        let (events, sizes) = (events.array, sizes.array)
        let points = events.indexedMap { sizes[$0] == 0 ? .nan : $1 / sizes[$0] }
        return ChartSeries(kind, points, sizes: sizes, numerators: events) {
            isPossible(events[$0], sizes[$0]) && sizes[$0].isFinite
        }
    }
}

extension Array {
    fileprivate func indexedMap<Result>(_ transform: (Int, Element) -> Result) -> [Result] {
        indices.map { transform($0, self[$0]) }
    }
}
