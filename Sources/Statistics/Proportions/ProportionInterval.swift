extension Proportion {
    /// The ways to an interval of a proportion. The raw value is the name in a feed.
    public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
        /// Wilson's score interval (E. B. Wilson, JASA 22, 1927): the default.
        case wilson
        /// Wilson's interval with continuity correction (R. G. Newcombe, Statistics in Medicine 17, 1998, 857-872,
        /// method 4).
        case wilsonCC = "wilson_cc"
        /// The exact interval by beta quantiles (C. J. Clopper & E. S. Pearson, Biometrika 26, 1934).
        case clopperPearson = "clopper_pearson"
        /// Equal-tailed quantiles of the posterior under Jeffreys' prior, with limits 0 and 1 kept for no and only
        /// successes (L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16, 2001).
        case jeffreys
        /// Wald's interval about a shifted centre (A. Agresti & B. A. Coull, The American Statistician 52, 1998). Not
        /// cut off at 0 and 1.
        case agrestiCoull = "agresti_coull"
        /// p ± z √(p (1 - p) / n). Poor near 0 and 1, and not cut off there; for comparison only.
        case wald

        /// The same method among those of all estimates.
        public var intervalMethod: IntervalMethod {
            switch self {
            case .wilson: .wilson
            case .wilsonCC: .wilsonCC
            case .clopperPearson: .clopperPearson
            case .jeffreys: .jeffreys
            case .agrestiCoull: .agrestiCoull
            case .wald: .wald
            }
        }
    }

    /// The interval of the share; nil without trials.
    public func interval(_ method: Method = .wilson, level: ConfidenceLevel = .percent95) -> Interval? {
        guard trials > 0, let (low, high) = limits(method, level) else { return nil }
        return Interval(low: low, high: high, level: level, method: method.intervalMethod)
    }

    private func limits(_ method: Method, _ level: ConfidenceLevel) -> (low: Double, high: Double)? {
        switch method {
        case .wilson: wilson(level.normalDeviate)
        case .wilsonCC: wilsonCC(level.normalDeviate)
        case .clopperPearson: clopperPearson(level.tail)
        case .jeffreys: jeffreys(level.tail)
        case .agrestiCoull: agrestiCoull(level.normalDeviate)
        case .wald: wald(level.normalDeviate)
        }
    }

    /// (x, n - x, n) as numbers.
    private var counts: (x: Double, y: Double, n: Double) { (Double(successes), Double(failures), Double(trials)) }

    /// The roots p of (n + z²) p² - (2 x + z²) p + x² / n = 0. The larger root is a sum of positive terms; the smaller
    /// follows from the product of the roots, which keeps its digits when successes are few.
    private func wilson(_ z: Double) -> (Double, Double) {
        let (x, y, n) = counts
        let square = z * z
        let root = z * (x * y / n + square / 4).squareRoot()
        let larger = x + square / 2 + root
        return (x * x / n / larger, y == 0 ? 1 : larger / (n + square))
    }

    private func wilsonCC(_ z: Double) -> (Double, Double) {
        let (x, y, n) = counts
        let square = z * z
        let center = 2 * x + square
        let low = center - 1 - z * (square - 2 - 1 / n + 4 * x / n * (y + 1)).squareRoot()
        let high = center + 1 + z * (square + 2 - 1 / n + 4 * x / n * (y - 1)).squareRoot()
        let scale = 2 * (n + square)
        return (x == 0 ? 0 : max(low / scale, 0), y == 0 ? 1 : min(high / scale, 1))
    }

    private func clopperPearson(_ tail: Double) -> (Double, Double)? {
        let (x, y, _) = counts
        return betaLimits(tail, low: (x, y + 1), high: (x + 1, y))
    }

    private func jeffreys(_ tail: Double) -> (Double, Double)? {
        let (x, y, _) = counts
        return betaLimits(tail, low: (x + 0.5, y + 0.5), high: (x + 0.5, y + 0.5))
    }

    /// The lower limit from one beta distribution and the upper from another, where they are not 0 and 1.
    private func betaLimits(
        _ tail: Double, low: (alpha: Double, beta: Double), high: (alpha: Double, beta: Double)
    ) -> (Double, Double)? {
        guard let lowest = successes == 0 ? 0 : Beta(alpha: low.alpha, beta: low.beta)?.quantile(tail),
            let highest = failures == 0 ? 1 : Beta(alpha: high.alpha, beta: high.beta)?.upperQuantile(tail)
        else { return nil }
        return (lowest, highest)
    }

    private func agrestiCoull(_ z: Double) -> (Double, Double) {
        let (x, _, n) = counts
        let size = n + z * z
        let center = (x + z * z / 2) / size
        let margin = z * (center * (1 - center) / size).squareRoot()
        return (center - margin, center + margin)
    }

    private func wald(_ z: Double) -> (Double, Double) {
        let (x, y, n) = counts
        let margin = z * (x / n * (y / n) / n).squareRoot()
        return (x / n - margin, x / n + margin)
    }
}
