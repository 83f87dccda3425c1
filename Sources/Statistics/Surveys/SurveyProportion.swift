#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension SurveyEstimate {
    /// The ways to an interval of a weighted share, on the design's degrees of freedom.
    public enum ShareMethod: String, CaseIterable, Codable, Hashable, Sendable {
        /// The t interval of the log odds, turned back: the default.
        case logit
        /// Clopper and Pearson's interval for the number of rows that would give the same standard error (E. L. Korn &
        /// B. I. Graubard, Survey Methodology 24, 1998).
        case beta
        /// The t interval of the share itself, which may leave 0...1.
        case mean

        /// The same method among those of all estimates.
        public var intervalMethod: IntervalMethod {
            switch self {
            case .logit: .linearizedLogit
            case .beta: .kornGraubard
            case .mean: .linearizedT
            }
        }
    }

    /// The interval of an estimate that is a share, the mean of 1 and 0; nil without a standard error or degrees of
    /// freedom, and for a share of 0 or 1 unless by its mean.
    public func shareInterval(_ method: ShareMethod = .logit, level: ConfidenceLevel = .percent95) -> Interval? {
        let limits: (low: Double, high: Double)?
        switch method {
        case .mean: return interval(level: level)
        case .logit: limits = logitLimits(level)
        case .beta: limits = betaLimits(level)
        }
        guard let limits else { return nil }
        return Interval(low: limits.low, high: limits.high, level: level, method: method.intervalMethod)
    }

    private func logitLimits(_ level: ConfidenceLevel) -> (Double, Double)? {
        guard let standardError, let deviate = deviate(level), value > 0, value < 1 else { return nil }
        let factor = exp(deviate * standardError / (value * (1 - value)))
        let odds = value / (1 - value)
        return (1 / (1 + factor / odds), 1 / (1 + 1 / (odds * factor)))
    }

    private func betaLimits(_ level: ConfidenceLevel) -> (Double, Double)? {
        guard let standardError, standardError > 0, value > 0, value < 1, let deviate = deviate(level),
            let simple = StudentT(degreesOfFreedom: Double(rowCount - 1))?.upperQuantile(level.tail)
        else { return nil }
        let adjustment = simple / deviate
        let size = value * (1 - value) / (standardError * standardError) * adjustment * adjustment
        guard let low = Beta(alpha: size * value, beta: size * (1 - value) + 1)?.quantile(level.tail),
            let high = Beta(alpha: size * value + 1, beta: size * (1 - value))?.upperQuantile(level.tail)
        else { return nil }
        return (low, high)
    }
}
