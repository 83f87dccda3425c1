/// McNemar's test of a yes-or-no answer of the same units at two times: whether as many turned one way as the other.
///
/// Source: Q. McNemar, Psychometrika 12 (1947).
public struct McNemar: Hashable, Sendable {
    /// The units that turned from yes to no.
    public let lost: Int
    /// The units that turned from no to yes.
    public let gained: Int

    /// The test, or nil where a count is negative.
    public init?(lost: Int, gained: Int) {
        guard lost >= 0, gained >= 0 else { return nil }
        self.lost = lost
        self.gained = gained
    }

    /// The test on two columns, 0 for no and any other number for yes. A pair counts where both values are present.
    ///
    /// - Precondition: as many answers after as before.
    public init(before: Span<Double>, after: Span<Double>) {
        precondition(before.count == after.count, "\(before.count) answers before but \(after.count) after")
        var (lost, gained) = (0, 0)
        for index in before.indices where !before[index].isNaN && !after[index].isNaN {
            let (old, new) = (before[index] != 0, after[index] != 0)
            if old && !new { lost += 1 } else if new && !old { gained += 1 }
        }
        self.lost = lost
        self.gained = gained
    }

    /// The units that turned either way.
    public var discordant: Int { lost + gained }

    /// (b - c)² / (b + c), or (|b - c| - 1)² / (b + c) with Edwards' continuity correction; nil where nobody turned.
    public func chiSquared(continuityCorrected: Bool = false) -> Double? {
        guard discordant > 0 else { return nil }
        let difference = Double(abs(lost - gained)) - (continuityCorrected ? 1 : 0)
        return difference * difference / Double(discordant)
    }

    /// The tail of chi-squared on one degree of freedom; nil where nobody turned.
    public func p(continuityCorrected: Bool = false) -> Double? {
        chiSquared(continuityCorrected: continuityCorrected).flatMap { ChiSquared(degreesOfFreedom: 1)?.upperTail($0) }
    }

    /// The exact two-sided probability, from a fair coin for each unit that turned; nil where nobody turned.
    public var exactP: Double? { coin.map { min(2 * $0.cdf(min(lost, gained)), 1) } }

    /// The exact probability with half of that of the result itself, which is less cautious; nil where nobody turned.
    ///
    /// Source: M. W. Fagerland, S. Lydersen, P. Laake, BMC Medical Research Methodology 13 (2013).
    public var midP: Double? {
        coin.map { coin in
            let fewer = min(lost, gained)
            // 2 P(X ≤ k) - P(X = k) = P(X ≤ k) + P(X ≤ k - 1).
            return min(coin.cdf(fewer) + coin.cdf(fewer - 1), 1)
        }
    }

    private var coin: Binomial? { discordant > 0 ? Binomial(trials: discordant, probability: 0.5) : nil }
}
