#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A correlation coefficient with the number of pairs behind it.
///
/// Rows where either value is missing (NaN) are left out.
public struct Correlation: Hashable, Sendable {
    /// Which coefficient it is. The raw value is the name in a feed.
    public enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        /// The product-moment correlation.
        case pearson
        /// The product-moment correlation of ranks, ties sharing their average rank.
        case spearman
        /// Kendall's tau-b: concordant less discordant pairs, over the geometric mean of the pairs untied on each side.
        case kendall
    }

    /// Which coefficient it is.
    public let kind: Kind
    /// How many pairs are present.
    public let count: Int
    /// The coefficient, in -1...1.
    public let value: Double

    /// Pearson's correlation of two columns, without leaving the range of numbers below values of 1e150.
    public static func pearson(_ x: Span<Double>, _ y: Span<Double>) throws(Undefined) -> Correlation {
        let moments = PairMoments(x, y)
        return Correlation(kind: .pearson, count: moments.count, value: try moments.correlation())
    }

    /// Spearman's rank correlation of two columns.
    public static func spearman(_ x: Span<Double>, _ y: Span<Double>) throws(Undefined) -> Correlation {
        let pairs = CompletePairs(x, y)
        let (ranksOfX, ranksOfY) = (MidRanks(pairs.x.span).ranks, MidRanks(pairs.y.span).ranks)
        let moments = PairMoments(ranksOfX.span, ranksOfY.span)
        return Correlation(kind: .spearman, count: moments.count, value: try moments.correlation())
    }

    /// Kendall's tau-b of two columns.
    public static func kendall(_ x: Span<Double>, _ y: Span<Double>) throws(Undefined) -> Correlation {
        let concordance = Concordance(x, y)
        return Correlation(kind: .kendall, count: concordance.count, value: try concordance.tauB())
    }

    /// An interval from Fisher's transformation: tanh(atanh r ± z se).
    ///
    /// The standard error is 1 / √(n - 3) for Pearson's r (R. A. Fisher, Metron 1, 1921), √((1 + r² / 2) / (n - 3)) for
    /// Spearman's and √(0.437 / (n - 4)) for Kendall's (D. G. Bonett & T. A. Wright, Psychometrika 65, 2000). Nil for
    /// fewer than four pairs (five for Kendall), and for a perfect correlation.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        let n = Double(count)
        let squaredError: Double
        let method: IntervalMethod
        switch kind {
        case .pearson: (squaredError, method) = (1 / (n - 3), .fisher)
        case .spearman: (squaredError, method) = ((1 + value * value / 2) / (n - 3), .bonettWright)
        case .kendall: (squaredError, method) = (0.437 / (n - 4), .bonettWright)
        }
        guard squaredError > 0, squaredError.isFinite, abs(value) < 1 else { return nil }
        let (center, margin) = (atanh(value), level.normalDeviate * squaredError.squareRoot())
        return Interval(low: tanh(center - margin), high: tanh(center + margin), level: level, method: method)
    }

    /// The probability, were there no correlation, of one at least as strong in either direction: Student's t on n - 2
    /// degrees of freedom with t = r √((n - 2) / (1 - r²)).
    ///
    /// Exact for Pearson's r of normal columns and approximate for Spearman's; nil for Kendall's tau, for fewer than
    /// three pairs, and for a perfect correlation.
    public var pValue: Double? {
        guard kind != .kendall, count > 2, abs(value) < 1 else { return nil }
        let freedom = Double(count - 2)
        let t = abs(value) * (freedom / ((1 - value) * (1 + value))).squareRoot()
        return StudentT(degreesOfFreedom: freedom)?.upperTail(t).map { 2 * $0 }
    }
}

/// Two columns without the rows where either value is missing.
struct CompletePairs {
    let x: [Double]
    let y: [Double]

    /// - Precondition: as many y as x.
    init(_ x: Span<Double>, _ y: Span<Double>) {
        precondition(x.count == y.count, "\(x.count) values of x but \(y.count) of y")
        self.x = Array(capacity: x.count) { output in
            for row in x.indices where !x[row].isNaN && !y[row].isNaN { output.append(x[row]) }
        }
        self.y = Array(capacity: x.count) { output in
            for row in x.indices where !x[row].isNaN && !y[row].isNaN { output.append(y[row]) }
        }
    }
}
