/// Which sampled units answered, by cells within which those who did stand for those who did not.
///
/// Source: R. J. A. Little, International Statistical Review 54 (1986), weighting-class adjustment.
public struct UnitNonresponse: Sendable {
    /// By row, its weight where it answered, multiplied by its cell's factor; 0 where it did not.
    public let adjustedWeights: [Double]
    /// By cell, the weight sampled divided by the weight that answered; nil where nobody answered, or nobody was
    /// sampled.
    public let factors: [Double?]
    /// The share of the sampled units that answered.
    public let responseRate: Double
    /// The share of the weight that answered.
    public let weightedResponseRate: Double

    /// The response to a survey.
    ///
    /// - Parameters:
    ///   - weights: one weight per sampled unit.
    ///   - hasResponded: whether it answered.
    ///   - cells: its cell, from 0; empty where all are in one.
    /// - Throws: ``SurveyProblem`` where a weight cannot be used, or a unit's cell is unknown.
    /// - Precondition: one answer per weight, and one cell unless there are none.
    public init(
        weights: Span<Double>, hasResponded: [Bool], cells: Span<Int32> = Span()
    ) throws(SurveyProblem) {
        precondition(weights.count == hasResponded.count, "\(weights.count) weights, \(hasResponded.count) answers")
        precondition(cells.isEmpty || cells.count == weights.count, "\(weights.count) weights, \(cells.count) cells")
        try SurveyProblem.check(weights)
        var cellOfRow = [Int](repeating: 0, count: weights.count)
        for row in cells.indices {
            guard cells[row] >= 0 else { throw .unknownCategory(row: row) }
            cellOfRow[row] = Int(cells[row])
        }
        let none = [CompensatedSum](repeating: CompensatedSum(), count: (cellOfRow.max() ?? 0) + 1)
        var (sampled, answered) = (none, none)
        var (sampledTotal, answeredTotal) = (CompensatedSum(), CompensatedSum())
        for row in weights.indices {
            sampled[cellOfRow[row]].add(weights[row])
            sampledTotal.add(weights[row])
            guard hasResponded[row] else { continue }
            answered[cellOfRow[row]].add(weights[row])
            answeredTotal.add(weights[row])
        }
        let factors = zip(sampled, answered).map { $1.value > 0 ? ($0.value / $1.value).finite : nil }
        self.factors = factors
        adjustedWeights = Array(capacity: weights.count) { output in
            for row in weights.indices {
                output.append(hasResponded[row] ? weights[row] * (factors[cellOfRow[row]] ?? 0) : 0)
            }
        }
        responseRate = Double(hasResponded.count { $0 }) / Double(weights.count)
        weightedResponseRate = answeredTotal.value / sampledTotal.value
    }

    /// The cells in which units were sampled but none answered: their weight is lost, and they should be merged with
    /// others.
    public var emptyCells: [Int] { factors.indices.filter { factors[$0] == nil } }
}

/// What a mean over everybody can be when some did not answer and nothing is assumed about them: all of them at one end
/// of the scale, or all at the other.
///
/// Source: C. F. Manski, "Identification Problems in the Social Sciences" (1995), section 2.1.
public enum NonresponseBounds {
    /// The bounds of a mean; nil unless the mean lies on the scale and the response rate in 0...1.
    ///
    /// - Parameters:
    ///   - mean: the mean, or share, of those who answered.
    ///   - responseRate: the share of all who answered.
    ///   - scale: the lowest and highest possible value: 0...1 for a share.
    public static func mean(
        _ mean: Double, responseRate: Double, scale: ClosedRange<Double>
    ) -> ClosedRange<Double>? {
        guard scale.contains(mean), (0.0...1).contains(responseRate),
            let low = (responseRate * mean + (1 - responseRate) * scale.lowerBound).finite,
            let high = (responseRate * mean + (1 - responseRate) * scale.upperBound).finite
        else { return nil }
        return low...max(low, high)
    }
}
