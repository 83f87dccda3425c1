/// Why a survey's weights, strata or margins cannot be used.
public enum SurveyProblem: Error, Hashable, Sendable {
    /// There are no rows.
    case noRows
    /// A weight is missing, negative or infinite.
    case unusableWeight(row: Int)
    /// No weight is above 0.
    case noWeight
    /// A stratum or cluster is unknown (below 0).
    case unknownStratumOrCluster(row: Int)
    /// A row names another population size than the rows before it in its stratum, or none.
    case unequalPopulationSizes(row: Int)
    /// A stratum has fewer clusters in the population than in the sample.
    case populationSmallerThanSample(stratum: Int32)
    /// A row's category of a margin is unknown.
    case unknownCategory(row: Int)
    /// A margin has no population count for a category, or one that is negative or infinite.
    case unusableCount(category: Int)
    /// The population has members of a category, the sample has none.
    case emptyCategory(category: Int)
    /// The margins' population counts have different sums, so that no weights can meet them all.
    case unequalMargins
    /// Raking did not meet the margins in the rounds allowed.
    case didNotConverge(rounds: Int)

    static func check(_ weights: Span<Double>) throws(SurveyProblem) {
        guard !weights.isEmpty else { throw .noRows }
        var hasWeight = false
        for row in weights.indices {
            guard weights[row] >= 0, weights[row].isFinite else { throw .unusableWeight(row: row) }
            hasWeight = hasWeight || weights[row] > 0
        }
        guard hasWeight else { throw .noWeight }
    }
}

extension SurveyProblem: CustomStringConvertible {
    /// What is wrong, and what to do about it. Rows, strata and categories are counted as given, rows from 1.
    public var description: String {
        switch self {
        case .noRows: "the survey has no rows; check what was selected"
        case .unusableWeight(let row):
            "the weight of row \(row + 1) is missing, negative or infinite; give every sampled unit a weight, 0 where "
                + "it should not count"
        case .noWeight: "no row has a weight above 0; check the column of weights"
        case .unknownStratumOrCluster(let row):
            "row \(row + 1) has no stratum or no cluster; give every sampled unit both, or leave the column out"
        case .unequalPopulationSizes(let row):
            "row \(row + 1) names another population size than its stratum has so far; give each stratum one size"
        case .populationSmallerThanSample(let stratum):
            "stratum \(stratum) has fewer clusters in the population than in the sample; check its population size"
        case .unknownCategory(let row):
            "row \(row + 1) has no category of the margin; give it one, or leave the row out"
        case .unusableCount(let category):
            "category \(category) has no usable population count; check the roster"
        case .emptyCategory(let category):
            "category \(category) is in the population but not in the sample; merge it with another"
        case .unequalMargins: "the margins' population counts have different sums; check the rosters"
        case .didNotConverge(let rounds):
            "raking did not meet the margins in \(rounds) rounds; merge categories with few rows, or use fewer margins"
        }
    }
}
