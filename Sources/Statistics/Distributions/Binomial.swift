/// The binomial distribution: the number of successes in independent trials.
public struct Binomial: Hashable, Sendable {
    /// The number of trials.
    public let trials: Int
    /// The probability of a success in each trial.
    public let probability: Double

    /// A binomial distribution, or nil unless trials lie in 0...10^10 and the probability in 0...1.
    public init?(trials: Int, probability: Double) {
        guard 0 <= trials, Double(trials) <= ClosedRange.shapeParameters.upperBound, 0 <= probability, probability <= 1
        else { return nil }
        self.trials = trials
        self.probability = probability
    }

    /// P(X ≤ k).
    public func cdf(_ k: Int) -> Double { tails(k).lower }

    /// P(X > k).
    public func upperTail(_ k: Int) -> Double { tails(k).upper }

    /// The smallest k with P(X ≤ k) ≥ p; nil unless 0 ≤ p ≤ 1.
    public func quantile(_ p: Double) -> Int? {
        guard p >= 0, p <= 1 else { return nil }
        return smallest { cdf($0) >= p * Self.equalityFactor }
    }

    /// The smallest k with P(X > k) ≤ q; nil unless 0 ≤ q ≤ 1.
    public func upperQuantile(_ q: Double) -> Int? {
        guard q >= 0, q <= 1 else { return nil }
        return smallest { upperTail($0) * Self.equalityFactor <= q }
    }

    /// P(X > k) = I_p(k + 1, n - k) (Abramowitz & Stegun 26.5.24).
    private func tails(_ k: Int) -> (lower: Double, upper: Double) {
        if k < 0 { return (0, 1) }
        if k >= trials { return (1, 0) }
        let beta = IncompleteBeta(a: Double(k + 1), b: Double(trials - k))
        let tails = beta.tails(x: probability, y: 1 - probability)
        return (tails.upper, tails.lower)
    }

    /// The smallest k in 0...trials that satisfies a condition which, once true, stays true. A plain
    /// bisection: some 25 evaluations for ten million trials.
    private func smallest(where isReached: (Int) -> Bool) -> Int {
        var low = 0
        var high = trials
        while low < high {
            let middle = low + (high - low) / 2
            if isReached(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Probabilities that are equal on paper, such as P(X ≤ 0) = 1/2 for one throw of a coin, may differ in the last
    /// digits; they count as equal.
    private static let equalityFactor = 1 - 1e-13
}
