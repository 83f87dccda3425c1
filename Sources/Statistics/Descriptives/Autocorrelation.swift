extension Descriptives {
    /// The autocorrelation at lag 1 of values in time order: Σ (x[i] - mean)(x[i+1] - mean) / Σ (x[i] - mean)², with
    /// one mean and the full denominator (NIST Statistical Reference Datasets).
    ///
    /// A pair with a missing value is left out of the numerator: the neighbours of a gap are not neighbours. Nil
    /// where all values are equal, or none is present.
    public static func lag1Autocorrelation(_ values: Span<Double>) -> Double? {
        let moments = Moments(values)
        guard let mean = moments.mean, let squares = moments.sumOfSquaredDeviations, squares > 0 else { return nil }
        var products = LaneSum()
        for start in values.laneStarts {
            let x = values.lanes(from: start)
            let next = values.lanes(from: start + 1)
            let product = (x - mean) * (next - mean)
            products.add(product.orZero(where: product.isPresent))
        }
        return (products.total.value / squares).finite
    }
}
