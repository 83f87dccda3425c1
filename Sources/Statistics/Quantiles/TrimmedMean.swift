/// Means that a few wild values cannot move.
///
/// Both count k = ⌊n × share⌋ values off each end of the sorted sample, for a share in 0..<0.5: trimming drops them,
/// winsorizing replaces them with the outermost value that stays.
extension Quantiles {
    /// The mean of what is left after dropping the share of the values at each end; nil of nothing, or unless
    /// 0 ≤ share < 0.5.
    public static func trimmedMean(_ values: Span<Double>, share: Double) -> Double? {
        guard let (winsorized, cut) = winsorize(values, share) else { return nil }
        // Taking the 2k replacements out again leaves the sum of the rest.
        var rest = winsorized.total
        rest.add(-Double(cut.count) * cut.limits.lowerBound)
        rest.add(-Double(cut.count) * cut.limits.upperBound)
        return rest.divided(by: winsorized.count - 2 * cut.count).quotient.finite
    }

    /// The moments of the sample whose share of values at each end is replaced with the outermost value that stays: the
    /// winsorized mean and standard deviation. Nil of nothing, or unless 0 ≤ share < 0.5.
    public static func winsorizedMoments(_ values: Span<Double>, share: Double) -> Moments? {
        winsorize(values, share)?.moments
    }

    /// Yuen's standard error of the trimmed mean: the winsorized standard deviation / ((1 - 2 share) √n). Nil for fewer
    /// than two values, or unless 0 ≤ share < 0.5.
    ///
    /// Source: K. K. Yuen, "The two-sample trimmed t for unequal population variances", Biometrika 61 (1974).
    public static func trimmedMeanStandardError(_ values: Span<Double>, share: Double) -> Double? {
        guard let error = winsorizedMoments(values, share: share)?.standardError else { return nil }
        return (error / (1 - 2 * share)).finite
    }

    /// How many values stay after dropping the share at each end; nil as ``trimmedMean(_:share:)``.
    public static func trimmedCount(_ values: Span<Double>, share: Double) -> Int? {
        let count = Descriptives.count(values)
        guard count > 0, share >= 0, share < 0.5 else { return nil }
        return count - 2 * cutCount(count, share)
    }

    /// Student's interval of the trimmed mean on Yuen's standard error, with one degree of freedom less than values that
    /// stay; nil where fewer than two stay.
    ///
    /// Source: K. K. Yuen (1974); J. W. Tukey & D. H. McLaughlin, Sankhya A 25 (1963).
    public static func trimmedMeanInterval(
        _ values: Span<Double>, share: Double, level: ConfidenceLevel = .percent95
    ) -> Interval? {
        guard let mean = trimmedMean(values, share: share), let kept = trimmedCount(values, share: share),
            let error = trimmedMeanStandardError(values, share: share),
            let deviate = Moments.deviate(count: kept, level: level)
        else { return nil }
        return Interval(center: mean, margin: deviate * error, level: level, method: .yuen)
    }

    private static func cutCount(_ count: Int, _ share: Double) -> Int {
        // The product may round up to half of the sample; something must stay.
        min(Int(Double(count) * share), (count - 1) / 2)
    }

    private static func winsorize(
        _ values: Span<Double>, _ share: Double
    ) -> (moments: Moments, cut: (count: Int, limits: ClosedRange<Double>))? {
        let count = Descriptives.count(values)
        guard count > 0, share >= 0, share < 0.5 else { return nil }
        let cut = cutCount(count, share)
        let ends = OrderSelection.values(atRanks: [cut, count - 1 - cut], of: values)
        let limits = ends[0]...ends[1]
        let (low, high) = (Lanes(repeating: limits.lowerBound), Lanes(repeating: limits.upperBound))
        let moments = Moments(values) { x in
            x.replacing(with: low, where: x .< low).replacing(with: high, where: x .> high)
        }
        return (moments, (cut, limits))
    }
}
