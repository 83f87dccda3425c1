/// Quantiles and what is made of them.
///
/// Everywhere a missing value is NaN and is skipped, and the answer is a finite number or nil where it is undefined.
public enum Quantiles {
    /// The quantile at probability `p`; nil of nothing, or unless 0 ≤ p ≤ 1.
    public static func quantile(_ values: Span<Double>, at p: Double, type: QuantileType = .type7) -> Double? {
        let count = Descriptives.count(values)
        guard count > 0, 0 <= p, p <= 1 else { return nil }
        let position = QuantilePosition(p, count: count, type: type)
        let neighbours = OrderSelection.values(atRanks: [position.rank, position.upperRank], of: values)
        return position.interpolate(neighbours[0], neighbours[1]).finite
    }

    /// The quantiles at several probabilities, in their order; nil of nothing, or unless every p lies in [0, 1].
    public static func quantiles(
        _ values: Span<Double>, at probabilities: [Double], type: QuantileType = .type7
    ) -> [Double]? {
        let count = Descriptives.count(values)
        guard count > 0, probabilities.allSatisfy({ 0 <= $0 && $0 <= 1 }) else { return nil }
        let positions = probabilities.map { QuantilePosition($0, count: count, type: type) }
        let neighbours = OrderSelection.values(atRanks: positions.flatMap { [$0.rank, $0.upperRank] }, of: values)
        let quantiles = positions.indices.map {
            positions[$0].interpolate(neighbours[2 * $0], neighbours[2 * $0 + 1])
        }
        return quantiles.allSatisfy(\.isFinite) ? quantiles : nil
    }

    /// The median; nil of nothing.
    public static func median(_ values: Span<Double>) -> Double? { quantile(values, at: 0.5) }

    /// The interquartile range, the quantile at 3/4 less that at 1/4; nil of nothing.
    public static func interquartileRange(_ values: Span<Double>, type: QuantileType = .type7) -> Double? {
        quantiles(values, at: [0.25, 0.75], type: type).flatMap { ($0[1] - $0[0]).finite }
    }

    /// The median absolute deviation from the median, times a constant; nil of nothing.
    ///
    /// The default constant makes it estimate the standard deviation of a normal distribution; 1 gives the plain MAD.
    public static func medianAbsoluteDeviation(_ values: Span<Double>, constant: Double = 1.4826) -> Double? {
        guard let center = median(values) else { return nil }
        let deviations = Array(capacity: values.count) { output in
            for index in values.indices { output.append(abs(values[index] - center)) }
        }
        return median(deviations.span).flatMap { (constant * $0).finite }
    }
}
