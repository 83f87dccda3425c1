extension Descriptives {
    /// The skewness g1 = m3 / m2^(3/2) with moments about the mean divided by n; nil where all values are equal, or
    /// none is present.
    public static func skewness(_ values: Span<Double>) -> Double? {
        standardizedMoments(values)?.third
    }

    /// The excess kurtosis g2 = m4 / m2² - 3 with moments about the mean divided by n, 0 for a normal distribution; nil
    /// where all values are equal, or none is present.
    public static func excessKurtosis(_ values: Span<Double>) -> Double? {
        standardizedMoments(values).flatMap { ($0.fourth - 3).finite }
    }

    /// The skewness G1 = g1 √(n (n - 1)) / (n - 2) of SAS, SPSS and Excel, unbiased for a normal distribution; nil for
    /// fewer than three values, and where g1 is.
    public static func sampleSkewness(_ values: Span<Double>) -> Double? {
        let n = Double(count(values))
        guard n > 2 else { return nil }
        return skewness(values).map { $0 * (n * (n - 1)).squareRoot() / (n - 2) }
    }

    /// The excess kurtosis G2 = (n - 1) / ((n - 2)(n - 3)) ((n + 1) g2 + 6) of SAS, SPSS and Excel, unbiased for a normal
    /// distribution; nil for fewer than four values, and where g2 is.
    ///
    /// Source: D. N. Joanes & C. A. Gill, "Comparing measures of sample skewness and kurtosis", The Statistician 47 (1998).
    public static func sampleExcessKurtosis(_ values: Span<Double>) -> Double? {
        let n = Double(count(values))
        guard n > 3 else { return nil }
        return excessKurtosis(values).map { (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * $0 + 6) }
    }

    /// The skewness b1 = m3 / s³ of Minitab and BMDP, with the standard deviation s over n - 1; nil where g1 is.
    public static func skewnessByDeviation(_ values: Span<Double>) -> Double? {
        let share = shareOfVariance(values)
        return skewness(values).map { $0 * share * share.squareRoot() }
    }

    /// The excess kurtosis b2 = m4 / s⁴ - 3 of Minitab and BMDP, with the standard deviation s over n - 1; nil where g2 is.
    public static func excessKurtosisByDeviation(_ values: Span<Double>) -> Double? {
        let share = shareOfVariance(values)
        return excessKurtosis(values).map { ($0 + 3) * share * share - 3 }
    }

    /// (n - 1) / n, by which the variance over n is smaller than that over n - 1.
    private static func shareOfVariance(_ values: Span<Double>) -> Double {
        let n = Double(count(values))
        return (n - 1) / n
    }

    /// The third and fourth moment of (x - mean) / sd. Standardised first, so that no power leaves the range of Double.
    private static func standardizedMoments(_ values: Span<Double>) -> (third: Double, fourth: Double)? {
        let moments = Moments(values)
        guard let mean = moments.mean, let squares = moments.sumOfSquaredDeviations, squares > 0 else { return nil }
        let n = Double(moments.count)
        let perDeviation = 1 / (squares / n).squareRoot()
        var cubes = LaneSum()
        var fourths = LaneSum()
        for start in values.laneStarts {
            let x = values.lanes(from: start)
            let z = (x - mean).orZero(where: x.isPresent) * perDeviation
            let square = z * z
            cubes.add(square * z)
            fourths.add(square * square)
        }
        guard let third = (cubes.total.value / n).finite, let fourth = (fourths.total.value / n).finite else {
            return nil
        }
        return (third, fourth)
    }
}
