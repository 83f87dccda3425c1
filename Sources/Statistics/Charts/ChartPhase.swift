/// A stretch of a chart with a centre line and limits of its own, from a point on to the next phase.
public struct ChartPhase: Hashable, Sendable {
    /// The position of its first point, counted from 0.
    public let start: Int
    /// What began there, for the reader: "new schedule".
    public let label: String?
    /// How many positions from the start set the centre line and the limits, which then hold for the whole phase; nil
    /// for all of them. A position without a recorded point counts.
    public let baseline: Int?
    /// Positions in the series, counted from 0, that set neither: points with a known special cause. They stay on the
    /// chart and are judged.
    public let excluded: Set<Int>

    /// A phase.
    public init(start: Int = 0, label: String? = nil, baseline: Int? = nil, excluding excluded: Set<Int> = []) {
        self.start = start
        self.label = label
        self.baseline = baseline
        self.excluded = excluded
    }

    /// The phases of a series of `count` points with their positions, in order. What lies before the first phase is a
    /// phase without a name.
    static func ranges(_ phases: [ChartPhase], count: Int) -> [(phase: ChartPhase, range: Range<Int>)] {
        var ordered = phases.sorted { $0.start < $1.start }
        if ordered.first.map({ $0.start > 0 }) ?? true { ordered.insert(ChartPhase(), at: 0) }
        let starts = ordered.map { min(max($0.start, 0), count) } + [count]
        return ordered.indices.map { (ordered[$0], starts[$0]..<starts[$0 + 1]) }
    }

    /// The positions among `range` that set centre line and limits.
    func baselinePositions(in range: Range<Int>) -> [Int] {
        range.prefix(baseline.map { max($0, 0) } ?? range.count).filter { !excluded.contains($0) }
    }
}
