/// Why a chart, or a part of it, says nothing.
public enum ChartProblem: Error, Hashable, Sendable {
    /// No point was recorded where the centre line would come from.
    case noPoints
    /// The baseline has no two neighbouring points, which the limits come from.
    case tooFewPoints
    /// No subgroup of the baseline has two values to differ.
    case noSpread
    /// The baseline does not vary, so that there is nothing to measure a deviation by.
    case noVariation
    /// A point that cannot be: a negative count, more events than units, an infinite value. Positions count from 0.
    case impossiblePoint(Int)
    /// Means with ranges of subgroups of several sizes; a chart with standard deviations takes them.
    case unequalSubgroups
    /// The numbers leave the range that can be computed with.
    case outOfRange

    /// The reason in words, which hold no counts.
    public var explanation: String {
        switch self {
        case .noPoints: "the baseline has no recorded point"
        case .tooFewPoints: "limits need at least two recorded points in a row in the baseline"
        case .noSpread: "no subgroup of the baseline has two values"
        case .noVariation: "the points of the baseline do not vary"
        case .impossiblePoint(let index): "point \(index + 1) is not a possible value of this chart"
        case .unequalSubgroups: "the subgroups differ in size: chart their standard deviations instead of their ranges"
        case .outOfRange: "the values are too large to compute limits from"
        }
    }
}
