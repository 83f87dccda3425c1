/// The share of answers at one end of a scale less that at the other, as in a net promoter score.
public struct NetShare: Hashable, Sendable {
    /// How many answered at the top.
    public let top: Proportion
    /// How many answered at the bottom, of the same answers.
    public let bottom: Proportion

    /// The ends of a column of answers: those of `topFrom` or above and those of `bottomUpTo` or below. Missing answers
    /// (NaN) do not count.
    ///
    /// - Precondition: the bottom ends below the top.
    public init(_ answers: Span<Double>, topFrom: Double, bottomUpTo: Double) {
        precondition(bottomUpTo < topFrom, "the bottom up to \(bottomUpTo) meets the top from \(topFrom)")
        var (present, high, low) = (LaneCount(), LaneCount(), LaneCount())
        for start in answers.laneStarts {
            let x = answers.lanes(from: start)
            present.add(x.isPresent)
            high.add(x .>= topFrom)
            low.add(x .<= bottomUpTo)
        }
        top = Proportion(unchecked: high.total, of: present.total)
        bottom = Proportion(unchecked: low.total, of: present.total)
    }

    /// The share at the top less that at the bottom, from -1 to 1; nil without answers.
    public var value: Double? {
        guard let high = top.share, let low = bottom.share else { return nil }
        return high - low
    }

    /// The normal interval of the net share by the variance of a difference of two shares of the same answers,
    /// (p + q - (p - q)²) / n; nil without answers. May leave -1...1.
    ///
    /// Source: A. Agresti, "Categorical Data Analysis" (3rd ed., 2013), section 16.1.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let value, let high = top.share, let low = bottom.share else { return nil }
        let variance = max(high + low - value * value, 0) / Double(top.trials)
        return Interval(
            center: value, margin: level.normalDeviate * variance.squareRoot(), level: level, method: .wald)
    }
}
