/// What a statistic gives when each value in turn is left out.
///
/// Source: B. Efron & R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 11 and section 14.3.
public struct Jackknife: Hashable, Sendable {
    /// The statistic without the first value, without the second and so on.
    public let replicates: [Double]

    /// The replicates of a statistic over the values present.
    ///
    /// - Parameter statistic: nil where it is undefined.
    public init(_ values: Span<Double>, statistic: (Span<Double>) -> Double?) throws(Undefined) {
        var kept = Array(capacity: values.count) { output in
            for index in values.indices where !values[index].isNaN { output.append(values[index]) }
        }
        guard kept.count > 1 else { throw Undefined("a jackknife needs at least two values") }
        var left = kept.removeLast()
        var replicates = [Double](repeating: 0, count: kept.count + 1)
        for index in replicates.indices.reversed() {
            guard let replicate = statistic(kept.span)?.finite else {
                throw Undefined("the statistic is undefined when one of the values is left out")
            }
            replicates[index] = replicate
            if index > 0 { swap(&kept[index - 1], &left) }
        }
        self.replicates = replicates
    }

    /// The standard error: √((n - 1) / n Σ (replicate - mean)²).
    public var standardError: Double {
        let moments = Moments(replicates.span)
        let n = Double(replicates.count)
        return ((n - 1) / n * (moments.sumOfSquaredDeviations ?? 0)).squareRoot()
    }

    /// By how much the statistic of all values is off on average: (n - 1) (mean of the replicates - value).
    public func bias(of value: Double) -> Double? {
        Moments(replicates.span).mean.flatMap { (Double(replicates.count - 1) * ($0 - value)).finite }
    }

    /// How fast the standard error changes with the estimate: Σ L³ / (6 (Σ L²)^1.5) with L = mean - replicate; nil where
    /// all replicates are equal but for rounding.
    public var acceleration: Double? {
        guard let mean = Moments(replicates.span).mean else { return nil }
        let largest = replicates.reduce(0) { max($0, abs($1)) }
        let deviations = replicates.map { mean - $0 }
        let widest = deviations.reduce(0) { max($0, abs($1)) }
        guard widest > 1e-9 * largest else { return nil }
        // Relative to the widest, so that no cube leaves the range of numbers.
        let relative = deviations.map { $0 / widest }
        let squares = relative.reduce(0) { $0 + $1 * $1 }
        let cubes = relative.reduce(0) { $0 + $1 * $1 * $1 }
        return cubes / (6 * squares * squares.squareRoot())
    }
}
