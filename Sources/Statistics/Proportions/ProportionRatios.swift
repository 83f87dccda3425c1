#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension ProportionPair {
    /// The share of the first divided by that of the second; nil without trials on either side or successes in the
    /// second.
    public var riskRatio: Double? {
        guard let p1 = first.share, let p2 = second.share, p2 > 0 else { return nil }
        return p1 / p2
    }

    /// The interval of the risk ratio on the logarithmic scale; nil where either side has no success, or where
    /// neither has a failure.
    ///
    /// Source: D. Katz et al., Biometrics 34 (1978).
    public func riskRatioInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let riskRatio, first.successes > 0 else { return nil }
        // 1 / x - 1 / n, without cancellation.
        let variance =
            first.failuresPerSuccess / Double(first.trials) + second.failuresPerSuccess / Double(second.trials)
        guard variance > 0 else { return nil }
        return logarithmic(riskRatio, variance, level, .katz)
    }

    /// The odds of the first divided by those of the second; nil where that is 0 / 0 or a division by 0.
    public var oddsRatio: Double? {
        let denominator = Double(second.successes) * Double(first.failures)
        guard denominator > 0, second.trials > 0 else { return nil }
        return Double(first.successes) * Double(second.failures) / denominator
    }

    /// The interval of the odds ratio on the logarithmic scale; nil where either side lacks successes or failures.
    ///
    /// Source: B. Woolf, Annals of Human Genetics 19 (1955).
    public func oddsRatioInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        let cells = [first.successes, first.failures, second.successes, second.failures]
        guard let oddsRatio, cells.allSatisfy({ $0 > 0 }) else { return nil }
        return logarithmic(oddsRatio, cells.reduce(0) { $0 + 1 / Double($1) }, level, .woolf)
    }

    private func logarithmic(
        _ ratio: Double, _ variance: Double, _ level: ConfidenceLevel, _ method: IntervalMethod
    ) -> Interval? {
        let factor = exp(level.normalDeviate * variance.squareRoot())
        return Interval(low: ratio / factor, high: ratio * factor, level: level, method: method)
    }
}

extension Proportion {
    fileprivate var failuresPerSuccess: Double { Double(failures) / Double(successes) }
}
