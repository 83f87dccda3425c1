/// The sums behind a weighted mean and a weighted total, with their variances by Taylor linearisation.
///
/// The rows are taken as drawn with replacement and with unequal probabilities, without strata or clusters; the
/// variances are those of R's `svydesign(~1, weights = ~w)`. A row counts where value and weight are both present. A
/// weight of 0 keeps its row in the sample, as a domain estimate wants it; leaving the row out makes a sample of its
/// own.
///
/// Every answer is a finite number or nil. All are nil where a weight is negative or infinite, or the weights sum to 0.
///
/// Source: K. M. Wolter, "Introduction to Variance Estimation" (2nd ed., 2007), sections 1.4 and 6.3.
public struct WeightedMoments: Equatable, Sendable {
    /// How many rows have both a value and a weight.
    public let count: Int
    /// Σ w; nil as described above.
    public let sumOfWeights: Double?
    private let weightedSum: Double
    private let squaredWeights: Double
    private let squaredDeviations: Double
    private let squaredResiduals: Double
    private let squaredTotals: Double

    /// The sums over the rows that have both a value and a weight.
    ///
    /// - Parameters:
    ///   - values: the values, missing where NaN. For a weighted share, 1 and 0.
    ///   - weights: one weight per value.
    /// - Precondition: as many weights as values.
    public init(_ values: Span<Double>, weights: Span<Double>) {
        precondition(values.count == weights.count, "\(values.count) values but \(weights.count) weights")
        let sums = Self.sums(values, weights)
        let isUsable = sums.leastWeight >= 0 && sums.weights > 0 && sums.weights.isFinite
        count = sums.count
        sumOfWeights = isUsable ? sums.weights : nil
        weightedSum = sums.products
        let squares = Self.squares(
            values, weights, mean: sums.products / sums.weights, meanProduct: sums.products / Double(sums.count))
        (squaredWeights, squaredDeviations, squaredResiduals, squaredTotals) = squares
    }

    private static func sums(
        _ values: Span<Double>, _ weights: Span<Double>
    ) -> (count: Int, weights: Double, products: Double, leastWeight: Double) {
        var present = LaneCount()
        var weightSum = LaneSum()
        var productSum = LaneSum()
        var least = Lanes(repeating: .infinity)
        for start in values.laneStarts {
            let w = weights.lanes(from: start)
            let product = values.lanes(from: start) * w
            let both = values.lanes(from: start).isPresent .& w.isPresent
            present.add(both)
            weightSum.add(w.orZero(where: both))
            productSum.add(product.orZero(where: both))
            least.replace(with: w, where: both .& (w .< least))
        }
        return (present.total, weightSum.total.value, productSum.total.value, least.min())
    }

    /// Σ w², Σ w (x - mean)², Σ (w (x - mean))² and Σ (w x - mean of w x)².
    private static func squares(
        _ values: Span<Double>, _ weights: Span<Double>, mean: Double, meanProduct: Double
    ) -> (weights: Double, deviations: Double, residuals: Double, totals: Double) {
        var weightSquares = LaneSum()
        var deviationSquares = LaneSum()
        var residualSquares = LaneSum()
        var totalSquares = LaneSum()
        for start in values.laneStarts {
            let x = values.lanes(from: start)
            let w = weights.lanes(from: start)
            let both = x.isPresent .& w.isPresent
            let weight = w.orZero(where: both)
            let residual = (w * (x - mean)).orZero(where: both)
            let total = (w * x - meanProduct).orZero(where: both)
            let deviation = (x - mean).orZero(where: both)
            weightSquares.add(weight * weight)
            deviationSquares.add(weight * deviation * deviation)
            residualSquares.add(residual * residual)
            totalSquares.add(total * total)
        }
        return (
            weightSquares.total.value, deviationSquares.total.value, residualSquares.total.value,
            totalSquares.total.value
        )
    }
}

extension WeightedMoments {
    /// The weighted mean Σ w x / Σ w; of 1 and 0, the weighted share.
    public var mean: Double? { sumOfWeights.flatMap { (weightedSum / $0).finite } }

    /// The linearised standard error of the mean: √(n / (n - 1) Σ (w (x - mean))²) / Σ w; nil for fewer than two rows.
    public var meanStandardError: Double? {
        guard let sumOfWeights, count > 1 else { return nil }
        return ((besselFactor * squaredResiduals).squareRoot() / sumOfWeights).finite
    }

    /// The t interval of the mean on n - 1 degrees of freedom; nil for fewer than two rows.
    public func meanInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        interval(mean, meanStandardError, level)
    }

    /// The weighted sum Σ w x, which estimates the total of the population.
    public var total: Double? { sumOfWeights == nil ? nil : weightedSum.finite }

    /// The standard error of the total: √(n / (n - 1) Σ (w x - mean of w x)²); nil for fewer than two rows.
    public var totalStandardError: Double? {
        guard sumOfWeights != nil, count > 1 else { return nil }
        return (besselFactor * squaredTotals).squareRoot().finite
    }

    /// The t interval of the total on n - 1 degrees of freedom; nil for fewer than two rows.
    public func totalInterval(level: ConfidenceLevel = .percent95) -> Interval? {
        interval(total, totalStandardError, level)
    }

    /// What a weighted variance divides Σ w (x - mean)² by.
    public enum Denominator: String, CaseIterable, Codable, Hashable, Sendable {
        /// Σ w: the variance of a population whose shares the weights are.
        case population
        /// Σ w - 1: weights that count how often a row occurs.
        case frequency
        /// Σ w - Σ w² / Σ w: weights that say how much a row is worth, whatever their scale.
        case reliability
    }

    /// The weighted standard deviation; nil where its denominator is not above 0.
    public func standardDeviation(_ denominator: Denominator = .reliability) -> Double? {
        guard let sumOfWeights else { return nil }
        let divisor =
            switch denominator {
            case .population: sumOfWeights
            case .frequency: sumOfWeights - 1
            case .reliability: sumOfWeights - squaredWeights / sumOfWeights
            }
        guard divisor > 0 else { return nil }
        return (squaredDeviations / divisor).squareRoot().finite
    }

    /// Kish's effective sample size (Σ w)² / Σ w²: how many equally weighted rows would do as well, were the weights
    /// unrelated to the values.
    ///
    /// Source: L. Kish, "Survey Sampling" (1965), section 11.7.
    public var effectiveSize: Double? { sumOfWeights.flatMap { ($0 / squaredWeights * $0).finite } }

    private var besselFactor: Double { Double(count) / Double(count - 1) }

    private func interval(_ estimate: Double?, _ error: Double?, _ level: ConfidenceLevel) -> Interval? {
        guard let estimate, let error,
            let deviate = StudentT(degreesOfFreedom: Double(count - 1))?.upperQuantile(level.tail)
        else { return nil }
        return Interval(center: estimate, margin: deviate * error, level: level, method: .linearizedT)
    }
}
