/// What a distribution function says at one point. The smaller tail is computed directly, the larger one is its
/// complement, so neither loses digits.
struct Tails {
    /// P(X ≤ x).
    let lower: Double
    /// P(X > x).
    let upper: Double
    /// The slope of `lower` in the coordinate in which the distribution is solved for quantiles: log x for the
    /// gamma family, log(x / (1 - x)) for the beta family.
    let density: Double
}

/// Which end of a distribution a probability counts from.
enum Tail {
    case lower
    case upper

    /// The tail in which to look for the quantile of `lower`: the one with the smaller probability, since that
    /// one is known to more digits.
    static func smaller(lower probability: Double) -> (tail: Tail, probability: Double) {
        probability <= 0.5 ? (.lower, probability) : (.upper, 1 - probability)
    }

    /// The same where the probability counts from above.
    static func smaller(upper probability: Double) -> (tail: Tail, probability: Double) {
        probability <= 0.5 ? (.upper, probability) : (.lower, 1 - probability)
    }
}
