/// Cutting off the largest weights, which buys a smaller variance with some bias.
public enum WeightTrimming {
    /// The weights cut off at a multiple of the median of those above 0, then multiplied to have the same sum as
    /// before, in one pass: some may end above the limit again. Missing weights stay missing.
    ///
    /// - Throws: ``SurveyProblem`` where no weight is above 0, or one is negative or infinite.
    /// - Precondition: the multiple is above 0.
    public static func trimmed(
        _ weights: Span<Double>, atMedianTimes multiple: Double
    ) throws(SurveyProblem) -> [Double] {
        precondition(multiple > 0, "a limit of \(multiple) medians")
        let sum = try WeightSummary(weights).sum
        let positive = Array(capacity: weights.count) { output in
            for row in weights.indices where weights[row] > 0 { output.append(weights[row]) }
        }
        guard let median = Quantiles.median(positive.span) else { throw .noWeight }
        let limit = multiple * median
        let cut = Array(capacity: weights.count) { output in
            for row in weights.indices { output.append(weights[row] > limit ? limit : weights[row]) }
        }
        guard let cutSum = Descriptives.sum(cut.span) else { throw .noWeight }
        return cut.map { $0 * (sum / cutSum) }
    }
}
