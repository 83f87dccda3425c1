/// Wilcoxon's signed ranks: whether paired differences lie about 0, from their order rather than their size.
///
/// Differences of 0 are dropped; equal sizes share their average rank.
///
/// Source: F. Wilcoxon, Biometrics Bulletin 1 (1945); E. L. Lehmann, "Nonparametrics" (1975), section 3.2.
public struct SignedRanks: Hashable, Sendable {
    /// How many differences are present and not 0.
    public let count: Int
    /// V, the sum of the ranks of the differences above 0.
    public let positiveRankSum: Double
    private let tieTerm: Double

    /// The signed ranks of the differences present; nil where none differs from 0.
    public init?(_ differences: Span<Double>) {
        let sizes = Array(capacity: differences.count) { output in
            for row in differences.indices where abs(differences[row]) > 0 { output.append(differences[row]) }
        }
        guard !sizes.isEmpty else { return nil }
        let absolute = sizes.map { abs($0) }
        let ranks = MidRanks(absolute.span)
        count = sizes.count
        positiveRankSum = zip(sizes, ranks.ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
        tieTerm = ranks.tieTerm
    }

    /// The two-sided probability, were the differences symmetric about 0, of a V as far from its mean: by the normal
    /// distribution, with correction for ties and, unless told otherwise, for continuity.
    public func pValue(continuityCorrected: Bool = true) -> Double? {
        let n = Double(count)
        let variance = n * (n + 1) * (2 * n + 1) / 24 - tieTerm / 48
        let distance = abs(positiveRankSum - n * (n + 1) / 4) - (continuityCorrected ? 0.5 : 0)
        return Normal.standard.upperTail(max(distance, 0) / variance.squareRoot()).map { min(2 * $0, 1) }
    }
}
