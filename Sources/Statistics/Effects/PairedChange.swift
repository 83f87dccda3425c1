/// The change of the same units from one time to another.
///
/// A pair counts where both values are present. Every answer is a finite number or nil where it is undefined.
public struct PairedChange: Equatable, Sendable {
    /// The changes, after less before.
    public let change: Moments
    /// How many rose, stayed and fell.
    public let directions: (rose: Int, same: Int, fell: Int)
    private let before: Moments
    private let after: Moments

    /// The change between two columns.
    ///
    /// - Precondition: as many values after as before.
    public init(before: Span<Double>, after: Span<Double>) {
        precondition(before.count == after.count, "\(before.count) values before but \(after.count) after")
        var (changes, first, second): ([Double], [Double], [Double]) = ([], [], [])
        for index in before.indices {
            let (old, new) = (before[index], after[index])
            if old.isNaN || new.isNaN { continue }
            changes.append(new - old)
            first.append(old)
            second.append(new)
        }
        change = Moments(changes.span)
        directions = (changes.count { $0 > 0 }, changes.count { $0 == 0 }, changes.count { $0 < 0 })
        self.before = Moments(first.span)
        self.after = Moments(second.span)
    }

    /// Equal changes of equal columns.
    public static func == (left: PairedChange, right: PairedChange) -> Bool {
        left.change == right.change && left.directions == right.directions && left.before == right.before
            && left.after == right.after
    }

    /// Student's t of the mean change; nil for fewer than two pairs, or where all change alike.
    public var t: Double? {
        guard let mean = change.mean, let error = change.standardError, error > 0 else { return nil }
        return (mean / error).finite
    }

    /// The probability of such a mean change or a larger one in either direction, were there none; nil as ``t``.
    public var p: Double? {
        t.flatMap { StudentT(degreesOfFreedom: Double(change.count - 1))?.twoSidedTail($0) }
    }

    /// Student's interval of the mean change; nil for fewer than two pairs.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? { change.meanInterval(level: level) }

    /// The mean change in standard deviations of the changes, d_z; nil as ``t``.
    public var inChangeDeviations: Double? { ratio(change.mean, change.standardDeviation) }

    /// The mean change in standard deviations of the values, √((s1² + s2²) / 2), d_av; nil where they do not vary.
    public var inValueDeviations: Double? {
        guard let variance1 = before.variance, let variance2 = after.variance else { return nil }
        return ratio(change.mean, ((variance1 + variance2) / 2).squareRoot())
    }

    /// d_z √(2 (1 - r)) with the correlation r of before and after, d_rm; nil where either does not vary.
    ///
    /// Source: S. B. Morris & R. P. DeShon, Psychological Methods 7 (2002). With the variances of both times and of the
    /// change at hand, 2 (1 - r) needs no sum of products: r = (s1² + s2² - s²) / (2 s1 s2).
    public var inRepeatedMeasuresDeviations: Double? {
        guard let inChangeDeviations, let variance = change.variance, let s1 = before.standardDeviation,
            let s2 = after.standardDeviation, s1 > 0, s2 > 0
        else { return nil }
        // 2 (1 - r) = (s² - (s1 - s2)²) / (s1 s2).
        let spread = (variance - (s1 - s2) * (s1 - s2)) / (s1 * s2)
        return (inChangeDeviations * max(spread, 0).squareRoot()).finite
    }

    private func ratio(_ numerator: Double?, _ denominator: Double?) -> Double? {
        guard let numerator, let denominator, denominator > 0 else { return nil }
        return (numerator / denominator).finite
    }
}
