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
