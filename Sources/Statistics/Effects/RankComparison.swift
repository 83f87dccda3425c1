/// Two samples compared value by value: how often one of the first exceeds one of the second. For scores whose order
/// means something and whose differences do not.
///
/// Missing values (NaN) are skipped. Every answer is a finite number or nil; all are nil where a sample is empty.
public struct RankComparison: Equatable, Sendable {
    /// The size of the first sample.
    public let firstCount: Int
    /// The size of the second sample.
    public let secondCount: Int
    /// The pairs in which the first is larger.
    public let wins: Int
    /// The pairs in which both are equal.
    public let ties: Int
    /// Σ d² over either sample, where d is the delta of one value against the whole other sample.
    private let squaredDominances: (first: Double, second: Double)
    /// Σ t³ - t over the groups of t equal values in both samples together.
    private let tieTerm: Double

    /// The comparison of two samples, in the time it takes to sort them.
    public init(_ first: Span<Double>, _ second: Span<Double>) {
        let (a, b) = (OrderSelection.sorted(first), OrderSelection.sorted(second))
        (firstCount, secondCount) = (a.count, b.count)
        let forth = Dominance(of: a, over: b)
        (wins, ties) = (forth.wins, forth.ties)
        squaredDominances = (forth.squares, Dominance(of: b, over: a).squares)
        tieTerm = Self.tieTerm((a + b).sorted())
    }

    /// Equal comparisons of equal samples.
    public static func == (left: RankComparison, right: RankComparison) -> Bool {
        left.firstCount == right.firstCount && left.secondCount == right.secondCount && left.wins == right.wins
            && left.ties == right.ties && left.squaredDominances == right.squaredDominances
            && left.tieTerm == right.tieTerm
    }

    private var pairs: Double? { firstCount > 0 && secondCount > 0 ? Double(firstCount) * Double(secondCount) : nil }
    private var losses: Int { firstCount * secondCount - wins - ties }

    /// Cliff's delta: the share of pairs in which the first is larger less the share in which it is smaller, -1...1.
    ///
    /// Source: N. Cliff, Psychological Bulletin 114 (1993).
    public var cliffsDelta: Double? { pairs.map { Double(wins - losses) / $0 } }

    /// The probability that the first is larger, ties counted half.
    public var probabilityOfSuperiority: Double? { mannWhitneyU.flatMap { u in pairs.map { u / $0 } } }

    /// Mann and Whitney's U of the first sample: its wins and half of the ties.
    public var mannWhitneyU: Double? { pairs == nil ? nil : Double(wins) + Double(ties) / 2 }

    /// The two-sided probability of such a U by its normal approximation with correction for ties; nil where all values
    /// are equal.
    ///
    /// Source: E. L. Lehmann, "Nonparametrics" (1975), section 1.4.
    public func mannWhitneyP(continuityCorrected: Bool = true) -> Double? {
        guard let pairs, let mannWhitneyU else { return nil }
        let total = Double(firstCount + secondCount)
        let variance = pairs / 12 * (total + 1 - tieTerm / (total * (total - 1)))
        guard variance > 0 else { return nil }
        let distance = max(abs(mannWhitneyU - pairs / 2) - (continuityCorrected ? 0.5 : 0), 0)
        return Normal.standard.twoSidedTail(distance / variance.squareRoot())
    }

    /// Cliff's unbiased standard error of delta; nil for fewer than two values on either side.
    public var standardError: Double? {
        guard let cliffsDelta, firstCount > 1, secondCount > 1 else { return nil }
        let (n1, n2) = (Double(firstCount), Double(secondCount))
        let square = cliffsDelta * cliffsDelta
        let rows = squaredDominances.first - n1 * square
        let columns = squaredDominances.second - n2 * square
        let cells = Double(wins + losses) - n1 * n2 * square
        let variance = (n2 * n2 * rows + n1 * n1 * columns - cells) / (n1 * n2 * (n1 - 1) * (n2 - 1))
        return variance >= 0 ? variance.squareRoot() : nil
    }

    /// Cliff's asymmetric interval of delta; nil where the standard error is, or is 0.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let delta = cliffsDelta, let standardError, standardError > 0 else { return nil }
        let z = level.normalDeviate
        let rest = 1 - delta * delta
        let variance = standardError * standardError
        let margin = z * standardError * (rest * rest + z * z * variance).squareRoot()
        let scale = rest + z * z * variance
        let center = delta * rest
        return Interval(
            low: (center - margin) / scale, high: (center + margin) / scale, level: level, method: .cliff)
    }

    private static func tieTerm(_ sorted: [Double]) -> Double {
        var (term, start) = (0.0, 0)
        for index in sorted.indices where index + 1 == sorted.count || sorted[index + 1] != sorted[index] {
            let size = Double(index + 1 - start)
            term += size * size * size - size
            start = index + 1
        }
        return term
    }
}

/// How the values of one sorted sample stand to those of another.
private struct Dominance {
    var wins = 0
    var ties = 0
    var squares = 0.0

    init(of own: [Double], over other: [Double]) {
        var (smaller, notLarger) = (0, 0)
        for value in own {
            while smaller < other.count, other[smaller] < value { smaller += 1 }
            while notLarger < other.count, other[notLarger] <= value { notLarger += 1 }
            wins += smaller
            ties += notLarger - smaller
            let delta = Double(smaller - (other.count - notLarger)) / Double(other.count)
            squares += other.isEmpty ? 0 : delta * delta
        }
    }
}
