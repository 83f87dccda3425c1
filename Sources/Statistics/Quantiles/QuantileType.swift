/// The nine sample quantiles of Hyndman and Fan, under the numbers that R gave them.
///
/// Source: R. J. Hyndman & Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50 (1996).
public enum QuantileType: Int, CaseIterable, Codable, Hashable, Sendable {
    /// The inverse of the empirical distribution function.
    case type1 = 1
    /// Like 1, with the mean of the two neighbours where the function is flat.
    case type2
    /// The nearest even order statistic (SAS).
    case type3
    /// Linear interpolation of the empirical distribution function.
    case type4
    /// Piecewise linear through the midpoints of its steps (hydrology).
    case type5
    /// p(k) = k / (n + 1) (Minitab, SPSS).
    case type6
    /// p(k) = (k - 1) / (n - 1) (R's default, S, Excel): the default here too.
    case type7
    /// Approximately median-unbiased whatever the distribution.
    case type8
    /// Approximately unbiased for a normal distribution.
    case type9
}

/// Where in a sorted sample a quantile lies: at a rank, or between it and the next.
struct QuantilePosition: Equatable {
    /// The rank at or below the quantile, counted from 0.
    let rank: Int
    /// The rank at or above it: `rank` or the one after.
    let upperRank: Int
    /// How far between the two it lies, from 0 to 1.
    let fraction: Double

    /// - Parameters:
    ///   - p: the probability, in [0, 1].
    ///   - count: the size of the sample, at least 1.
    init(_ p: Double, count: Int, type: QuantileType) {
        let (position, isStep) = Self.position(p, Double(count), type)
        // Positions that are whole numbers on paper, such as 0.1 * 20, may differ from them in the last digits.
        let tolerance = 4 * Double.ulpOfOne * max(position, 1)
        let whole = (position + tolerance).rounded(.down)
        let rest = position - whole > tolerance ? position - whole : 0
        fraction = isStep ? Self.stepFraction(rest, whole, type) : rest
        // Ranks count from 1 in the formulas.
        rank = Int(whole.clamped(to: 1...Double(count))) - 1
        upperRank = Int((whole + 1).clamped(to: 1...Double(count))) - 1
    }

    /// The position of p, counted from 1, and whether the type steps from one order statistic to the next.
    private static func position(_ p: Double, _ n: Double, _ type: QuantileType) -> (position: Double, isStep: Bool) {
        switch type {
        case .type1, .type2: (n * p, true)
        case .type3: (n * p - 0.5, true)
        case .type4: (n * p, false)
        case .type5: (n * p + 0.5, false)
        case .type6: ((n + 1) * p, false)
        case .type7: ((n - 1) * p + 1, false)
        case .type8: ((n + 1.0 / 3) * p + 1.0 / 3, false)
        case .type9: ((n + 0.25) * p + 0.375, false)
        }
    }

    private static func stepFraction(_ rest: Double, _ whole: Double, _ type: QuantileType) -> Double {
        switch type {
        case .type2: rest > 0 ? 1 : 0.5
        case .type3: rest > 0 || whole.truncatingRemainder(dividingBy: 2) != 0 ? 1 : 0
        default: rest > 0 ? 1 : 0
        }
    }

    /// The value at this position, given the values at its two ranks.
    func interpolate(_ low: Double, _ high: Double) -> Double {
        if fraction == 0 || low == high { return low }
        let value = low + fraction * (high - low)
        // high - low may overflow where neither does.
        return value.isFinite ? min(value, high) : (1 - fraction) * low + fraction * high
    }
}
