/// The difference of the means of two independent samples, first less second, without assuming equal variances.
///
/// Source: B. L. Welch, Biometrika 34 (1947); degrees of freedom F. E. Satterthwaite, Biometrics Bulletin 2 (1946).
public struct MeanDifference: Equatable, Sendable {
    /// The sample whose mean is compared.
    public let first: Moments
    /// The sample it is compared with.
    public let second: Moments

    /// The difference between two samples.
    public init(_ first: Moments, _ second: Moments) {
        self.first = first
        self.second = second
    }

    /// The difference of the means; nil where either sample is empty.
    public var value: Double? {
        guard let mean1 = first.mean, let mean2 = second.mean else { return nil }
        return (mean1 - mean2).finite
    }

    /// The standard error of the difference; nil where either sample has fewer than two values.
    public var standardError: Double? {
        squaredErrors.flatMap { ($0 + $1).squareRoot().finite }
    }

    /// Satterthwaite's degrees of freedom; nil where either sample has fewer than two values, or where neither varies.
    public var degreesOfFreedom: Double? {
        guard let (square1, square2) = squaredErrors, square1 + square2 > 0 else { return nil }
        // Shares of the variance instead of its square, which could leave the range of Double.
        let share1 = square1 / (square1 + square2)
        let share2 = square2 / (square1 + square2)
        let reciprocal = share1 * share1 / Double(first.count - 1) + share2 * share2 / Double(second.count - 1)
        return (1 / reciprocal).finite
    }

    /// Welch's t interval; nil where the degrees of freedom are.
    public func interval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let value, let standardError, let degreesOfFreedom,
            let deviate = StudentT(degreesOfFreedom: degreesOfFreedom)?.upperQuantile(level.tail)
        else { return nil }
        return Interval(center: value, margin: deviate * standardError, level: level, method: .welch)
    }

    /// The squared standard errors of the two means.
    private var squaredErrors: (Double, Double)? {
        guard let variance1 = first.variance, let variance2 = second.variance else { return nil }
        return (variance1 / Double(first.count), variance2 / Double(second.count))
    }
}
