#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension ProportionPair {
    /// Pearson's chi-squared statistic of the 2 × 2 table on one degree of freedom, without continuity correction; nil
    /// without trials on either side, and where all trials of both sides ended alike.
    public var chiSquared: Double? {
        guard first.trials > 0, second.trials > 0 else { return nil }
        let successes = Double(first.successes) + Double(second.successes)
        let failures = Double(first.failures) + Double(second.failures)
        guard successes > 0, failures > 0 else { return nil }
        let (n1, n2) = (Double(first.trials), Double(second.trials))
        let difference = Double(first.successes) / n1 - Double(second.successes) / n2
        let pooled = successes / (n1 + n2) * (failures / (n1 + n2))
        return (difference * difference / (pooled * (1 / n1 + 1 / n2))).finite
    }

    /// The probability of a chi-squared statistic this large or larger if both sides have the same probability; nil
    /// where the statistic is.
    public var chiSquaredP: Double? {
        chiSquared.flatMap { ChiSquared(degreesOfFreedom: 1)?.upperTail($0) }
    }

    /// Cohen's h, 2 asin √p₁ - 2 asin √p₂, an effect size that is alike over the whole range; nil without trials on
    /// either side.
    ///
    /// Source: J. Cohen, "Statistical Power Analysis for the Behavioral Sciences" (2nd ed., 1988), section 6.2.
    public var cohensH: Double? {
        guard let p1 = first.share, let p2 = second.share else { return nil }
        return 2 * asin(p1.squareRoot()) - 2 * asin(p2.squareRoot())
    }

    /// Fisher's exact two-sided p: the probability, with all margins of the table given, of the tables that are no more
    /// probable than this one. Nil without trials on either side.
    ///
    /// Source: R. A. Fisher, "Statistical Methods for Research Workers" (5th ed., 1934), section 21.02; R's
    /// `fisher.test`, whose tolerance of 10^-7 for equally probable tables is kept.
    public var fisherP: Double? {
        guard first.trials > 0, second.trials > 0 else { return nil }
        let table = Hypergeometric(
            draws: first.trials, successes: first.successes + second.successes, total: first.trials + second.trials)
        let limit = table.relativeProbability(of: first.successes) * (1 + 1e-7)
        var (all, extreme) = (CompensatedSum(), CompensatedSum())
        for count in table.range {
            let probability = table.relativeProbability(of: count)
            all.add(probability)
            if probability <= limit { extreme.add(probability) }
        }
        return min(extreme.value / all.value, 1)
    }
}

/// How many successes are drawn, without putting back, from a finite total.
private struct Hypergeometric {
    let range: ClosedRange<Int>
    /// By number of successes, from the lower end of the range, its probability divided by the largest.
    private let probabilities: [Double]

    init(draws: Int, successes: Int, total: Int) {
        let range = max(0, draws + successes - total)...min(draws, successes)
        // Neighbouring probabilities have a simple ratio. Their logarithms are summed, for the first may be too small
        // for a Double.
        var logarithms = [0.0]
        var sum = CompensatedSum()
        for count in range.dropFirst() {
            let (k, n, s) = (Double(count), Double(draws), Double(successes))
            sum.add(log((n - k + 1) / k * ((s - k + 1) / (Double(total) - n - s + k))))
            logarithms.append(sum.value)
        }
        let largest = logarithms.max() ?? 0
        self.range = range
        probabilities = logarithms.map { exp($0 - largest) }
    }

    func relativeProbability(of count: Int) -> Double { probabilities[count - range.lowerBound] }
}
