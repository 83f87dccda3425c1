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
}

extension ChartKind {
    /// A point on the scale on which limits lie 3 σ from the centre. Times between events look normal to the power of
    /// 1 / 3.6.
    ///
    /// Source: L. S. Nelson, "A control chart for parts-per-million nonconforming items", Journal of Quality Technology
    /// 26 (1994).
    func toScaleOfLimits(_ point: Double) -> Double {
        self == .t ? Elementwise.power(point, 1 / 3.6) : point
    }

    /// A centre line or limit on the scale of the points, and no further out than is possible; NaN stays NaN.
    func toScaleOfPoints(_ limit: Double) -> Double {
        if limit.isNaN { return limit }
        let possible = limit.clamped(to: bounds)
        return self == .t ? Elementwise.power(possible, 3.6) : possible
    }

    /// Where limits may lie: a share cannot leave 0...1, a count or a gap cannot fall below 0.
    private var bounds: ClosedRange<Double> {
        switch self {
        case .run, .xmr, .xbarS, .xbarR: -.infinity ... .infinity
        case .p, .pPrime: 0...1
        case .u, .uPrime, .c, .g, .t: 0 ... .infinity
        }
    }
}
