/// The charts of statistical process control. The raw value is the name in a feed.
public enum ChartKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// Any values about their median, judged by runs alone.
    case run
    /// Single values, with limits from their moving ranges.
    case xmr
    /// Means of subgroups, with limits from the subgroups' standard deviations.
    case xbarS = "xbar_s"
    /// Means of subgroups of one size, with limits from the subgroups' ranges.
    case xbarR = "xbar_r"
    /// Shares of units, with binomial limits.
    case p
    /// Shares of units, with limits widened or narrowed by how they really vary (Laney).
    case pPrime = "p_prime"
    /// Events per exposure, with Poisson limits.
    case u
    /// Events per exposure, with limits widened or narrowed by how they really vary (Laney).
    case uPrime = "u_prime"
    /// Events counted over equal exposures.
    case c
    /// Cases between two rare events.
    case g
    /// Time between two rare events.
    case t

    /// Where the limits of the chart may lie: a share cannot leave 0...1, a count or a gap cannot fall below 0.
    var bounds: ClosedRange<Double> {
        switch self {
        case .run, .xmr, .xbarS, .xbarR: -.infinity ... .infinity
        case .p, .pPrime: 0...1
        case .u, .uPrime, .c, .g, .t: 0 ... .infinity
        }
    }
}
