/// What a column of weights does to the precision of means, whatever is measured.
public struct WeightSummary: Hashable, Sendable {
    /// How many weights there are.
    public let count: Int
    /// Their sum.
    public let sum: Double
    /// The smallest and the largest.
    public let range: ClosedRange<Double>
    private let sumOfSquares: Double

    /// The summary of the weights present (not NaN).
    ///
    /// - Throws: ``SurveyProblem`` where there is none, or one is negative or infinite, or none is above 0.
    public init(_ weights: Span<Double>) throws(SurveyProblem) {
        guard let range = Descriptives.range(weights), let sum = Descriptives.sum(weights) else { throw .noRows }
        for row in weights.indices where weights[row] < 0 || weights[row].isInfinite {
            throw .unusableWeight(row: row)
        }
        guard sum > 0 else { throw .noWeight }
        // Relative to the largest, so that no square leaves the range of Double.
        var squares = CompensatedSum()
        for row in weights.indices where !weights[row].isNaN {
            let part = weights[row] / range.upperBound
            squares.add(part * part)
        }
        count = Descriptives.count(weights)
        self.sum = sum
        self.range = range
        sumOfSquares = squares.value
    }

    /// Kish's weighting effect n Σ w² / (Σ w)²: by how much unequal weights alone multiply a variance. Not the design
    /// effect, which depends on what is measured.
    ///
    /// Source: L. Kish, "Survey Sampling" (1965), section 11.7.
    public var weightingEffect: Double { Double(count) / effectiveSize }

    /// How many equally weighted rows would do as well: (Σ w)² / Σ w².
    public var effectiveSize: Double {
        let relativeSum = sum / range.upperBound
        return relativeSum * relativeSum / sumOfSquares
    }
}
