/// The difference of the means of two independent samples in standard deviations, first less second: an effect size.
///
/// Every answer is a finite number or nil; all are nil where a sample is empty or nothing varies.
///
/// Source: L. V. Hedges & I. Olkin, "Statistical Methods for Meta-Analysis" (1985), chapter 5.
public struct StandardizedDifference: Equatable, Sendable {
    /// The sample whose mean is compared: those treated.
    public let first: Moments
    /// The sample it is compared with: the control group.
    public let second: Moments

    /// The difference between two samples.
    public init(_ first: Moments, _ second: Moments) {
        self.first = first
        self.second = second
    }

    /// The difference of the means in their own unit.
    public var meanDifference: Double? { MeanDifference(first, second).value }

    /// n1 + n2 - 2.
    public var degreesOfFreedom: Int { first.count + second.count - 2 }

    /// The standard deviation within the samples, √((SS1 + SS2) / (n1 + n2 - 2)); nil for fewer than three values.
    public var pooledStandardDeviation: Double? {
        guard degreesOfFreedom > 0, let squares1 = first.sumOfSquaredDeviations,
            let squares2 = second.sumOfSquaredDeviations
        else { return nil }
        return ((squares1 + squares2) / Double(degreesOfFreedom)).squareRoot().finite
    }

    /// Cohen's d: the difference in pooled standard deviations.
    public var cohenD: Double? { standardized(by: pooledStandardDeviation) }

    /// Glass's delta: the difference in standard deviations of the second sample, the control group.
    public var glassDelta: Double? { standardized(by: second.standardDeviation) }

    private func standardized(by deviation: Double?) -> Double? {
        guard let meanDifference, let deviation, deviation > 0 else { return nil }
        return (meanDifference / deviation).finite
    }

    /// Hedges' g: Cohen's d without its bias in small samples; nil for fewer than four values.
    public func hedgesG(_ correction: SmallSampleCorrection = .approximate) -> Double? {
        guard let cohenD, let factor = correction.factor(degreesOfFreedom: Double(degreesOfFreedom)) else { return nil }
        return factor * cohenD
    }

    /// Student's t for the difference with equal variances.
    public var studentT: Double? {
        cohenD.flatMap { ($0 / scale).finite }
    }

    /// The probability of such a difference or a larger one in either direction, were the means and the variances equal.
    public var studentP: Double? {
        guard let studentT else { return nil }
        return StudentT(degreesOfFreedom: Double(degreesOfFreedom))?.twoSidedTail(studentT)
    }

    /// √((n1 + n2) / (n1 n2)): from t to d.
    private var scale: Double { (1 / Double(first.count) + 1 / Double(second.count)).squareRoot() }
}

extension StandardizedDifference {
    /// The formulas of the standard error of g that are in use. The raw value is the name in a feed.
    public enum ErrorFormula: String, CaseIterable, Codable, Hashable, Sendable {
        /// √((n1 + n2) / (n1 n2) + g² / (2 (n1 + n2))) (Hedges & Olkin): the default.
        case withG = "with_g"
        /// ω √((n1 + n2) / (n1 n2) + d² / (2 (n1 + n2))) (What Works Clearinghouse).
        case withD = "with_d"
    }

    /// The standard error of g with the same correction; nil for fewer than four values.
    public func standardError(
        _ formula: ErrorFormula = .withG, correction: SmallSampleCorrection = .approximate
    ) -> Double? {
        guard let cohenD, let factor = correction.factor(degreesOfFreedom: Double(degreesOfFreedom)) else { return nil }
        switch formula {
        case .withG: return largeSampleError(factor * cohenD)
        case .withD: return largeSampleError(cohenD).map { factor * $0 }
        }
    }

    private func largeSampleError(_ effect: Double) -> Double? {
        (scale * scale + effect * effect / Double(2 * (first.count + second.count))).squareRoot().finite
    }

    /// The normal interval of g; nil for fewer than four values.
    public func interval(
        _ formula: ErrorFormula = .withG, correction: SmallSampleCorrection = .approximate,
        level: ConfidenceLevel = .percent95
    ) -> Interval? {
        guard let g = hedgesG(correction), let error = standardError(formula, correction: correction) else {
            return nil
        }
        return Interval(center: g, margin: level.normalDeviate * error, level: level, method: .wald)
    }

    /// The exact interval of Cohen's d: the noncentralities that leave the t at hand at either end.
    ///
    /// Source: J. H. Steiger & R. T. Fouladi, in "What If There Were No Significance Tests?" (1997).
    public func exactInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let studentT,
            let low = NoncentralT.noncentrality(
                leaving: level.tail, above: studentT, degreesOfFreedom: Double(degreesOfFreedom)),
            let high = NoncentralT.noncentrality(
                leaving: 1 - level.tail, above: studentT, degreesOfFreedom: Double(degreesOfFreedom))
        else { return nil }
        return Interval(low: low * scale, high: high * scale, level: level, method: .noncentralT)
    }
}

extension StandardizedDifference {
    /// The standard error of the difference of the means, were the variances equal; nil where nothing varies.
    public var studentStandardError: Double? {
        pooledStandardDeviation.flatMap { $0 > 0 ? ($0 * scale).finite : nil }
    }

    /// Student's interval of the difference of the means, in their own unit; nil where nothing varies.
    public func studentInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        guard let meanDifference, let studentStandardError,
            let deviate = StudentT(degreesOfFreedom: Double(degreesOfFreedom))?.upperQuantile(level.tail)
        else { return nil }
        return Interval(center: meanDifference, margin: deviate * studentStandardError, level: level, method: .t)
    }
}
