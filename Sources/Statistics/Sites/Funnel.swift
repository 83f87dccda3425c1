/// A funnel plot of proportions: limits about a target that widen as a site gets smaller.
///
/// Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005).
public struct Funnel: Hashable, Sendable {
    /// The proportion that every site would have were there only chance; strictly between 0 and 1.
    public let target: Double

    /// The ways to a limit. The raw value is the name in a feed.
    public enum Method: String, CaseIterable, Codable, Hashable, Sendable {
        /// Binomial quantiles, interpolated between whole numbers so that limits change smoothly with the size: the
        /// default.
        case exact
        /// target ± z √(target (1 - target) / n).
        case normal
    }

    /// A funnel about a given target, or nil unless it lies strictly between 0 and 1.
    public init?(target: Double) {
        guard target > 0, target < 1 else { return nil }
        self.target = target
    }

    /// A funnel about the proportion of all sites together.
    public init(pooling sites: [Proportion]) throws(Undefined) {
        let successes = sites.reduce(0) { $0 + $1.successes }
        let trials = sites.reduce(0) { $0 + $1.trials }
        guard trials > 0, let funnel = Funnel(target: Double(successes) / Double(trials)) else {
            throw Undefined("a funnel needs both successes and failures among all sites")
        }
        self = funnel
    }

    /// The limits for a site of so many trials, within 0...1; nil without trials.
    public func limits(
        trials: Int, level: ConfidenceLevel = .percent95, method: Method = .exact
    ) -> ClosedRange<Double>? {
        guard trials > 0 else { return nil }
        switch method {
        case .exact:
            guard let binomial = Binomial(trials: trials, probability: target),
                let low = Self.interpolated(binomial, level.tail),
                let high = Self.interpolated(binomial, 1 - level.tail)
            else { return nil }
            return low.clamped(to: 0...1)...high.clamped(to: 0...1)
        case .normal:
            let margin = level.normalDeviate * standardError(trials)
            return max(target - margin, 0)...min(target + margin, 1)
        }
    }

    /// (r - α) / n, with r the smallest count that reaches the probability and α the share of the step to it that
    /// overshoots (appendix A.1.1).
    private static func interpolated(_ binomial: Binomial, _ probability: Double) -> Double? {
        guard let count = binomial.quantile(probability) else { return nil }
        let (reached, before) = (binomial.cdf(count), binomial.cdf(count - 1))
        guard reached > before else { return nil }
        return (Double(count) - (reached - probability) / (reached - before)) / Double(binomial.trials)
    }

    /// How many standard errors a site lies from the target; nil without trials.
    public func deviate(_ site: Proportion) -> Double? {
        site.share.map { ($0 - target) / standardError(site.trials) }
    }

    /// The sum of the squared deviates, which has a chi-squared distribution where there is only chance; nil where no
    /// site has trials.
    public func heterogeneity(_ sites: [Proportion]) -> Double? {
        let deviates = sites.compactMap { deviate($0) }
        return deviates.isEmpty ? nil : deviates.reduce(0) { $0 + $1 * $1 }.finite
    }

    /// The overdispersion φ: the mean of the squared deviates once the outer ones, a share at each end, are drawn in to
    /// the quantiles there (Spiegelhalter's Winsorising, section 5). Above 1 sites differ by more than chance. Nil where
    /// no site has trials, or unless 0 ≤ share < 0.5.
    public func overdispersion(_ sites: [Proportion], winsorizing share: Double = 0.1) -> Double? {
        let deviates = sites.compactMap { deviate($0) }
        guard share >= 0, share < 0.5, let ends = Quantiles.quantiles(deviates.span, at: [share, 1 - share]) else {
            return nil
        }
        let squares = deviates.map { $0.clamped(to: ends[0]...ends[1]) }.reduce(0) { $0 + $1 * $1 }
        return (squares / Double(deviates.count)).finite
    }

    private func standardError(_ trials: Int) -> Double { (target * (1 - target) / Double(trials)).squareRoot() }
}
