/// A count of the population by category, such as a roster's by role, and the category of each row of the sample.
public struct PopulationMargin: Sendable {
    /// By row, its category, from 0.
    let categories: [Int]
    /// By category, how many members the population has.
    let counts: [Double]

    /// A margin.
    ///
    /// - Parameters:
    ///   - categories: the category of each row of the sample.
    ///   - counts: by category, how many members the population has.
    /// - Throws: ``SurveyProblem`` where a row has no category, or a category no usable count.
    public init(categories: Span<Int32>, counts: Span<Double>) throws(SurveyProblem) {
        for category in counts.indices {
            guard counts[category] >= 0, counts[category].isFinite else { throw .unusableCount(category: category) }
        }
        for row in categories.indices {
            guard categories[row] >= 0 else { throw .unknownCategory(row: row) }
            guard categories[row] < counts.count else { throw .unusableCount(category: Int(categories[row])) }
        }
        self.categories = Array(capacity: categories.count) { output in
            for row in categories.indices { output.append(Int(categories[row])) }
        }
        self.counts = Array(capacity: counts.count) { output in
            for category in counts.indices { output.append(counts[category]) }
        }
    }

    /// The population.
    var total: Double { counts.reduce(0, +) }

    /// The sum of the weights in each category.
    func sums(of weights: [Double]) -> [Double] {
        precondition(weights.count == categories.count, "\(weights.count) weights but \(categories.count) categories")
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: counts.count)
        for row in weights.indices { sums[categories[row]].add(weights[row]) }
        return sums.map(\.value)
    }

    /// The weights, multiplied within each category so that they sum to its count.
    func meet(_ weights: [Double]) throws(SurveyProblem) -> [Double] {
        let sums = sums(of: weights)
        for category in counts.indices where counts[category] > 0 && sums[category] == 0 {
            throw .emptyCategory(category: category)
        }
        let factors = zip(counts, sums).map { $1 > 0 ? $0 / $1 : 0 }
        return weights.indices.map { weights[$0] * factors[categories[$0]] }
    }
}

extension SurveyDesign {
    /// The design with weights that sum to the population's count in each category. Its standard errors leave out what
    /// the categories explain.
    ///
    /// Source: D. Holt & T. M. F. Smith, Journal of the Royal Statistical Society A 142 (1979); R's
    /// `survey::postStratify`.
    ///
    /// - Throws: ``SurveyProblem`` where a category of the population is not in the sample.
    /// - Precondition: one category per row.
    public func postStratified(to margin: PopulationMargin) throws(SurveyProblem) -> SurveyDesign {
        let adjusted = try margin.meet(weights)
        return SurveyDesign(
            self, weights: adjusted,
            adjustment: WeightAdjustment(
                margins: [
                    .init(
                        categories: margin.categories, categoryCount: margin.counts.count, adjusted: adjusted,
                        inMean: weights)
                ], rounds: 1))
    }

    /// The design with weights that meet several margins at once, by raking: each margin in turn, until a round
    /// changes no cell of the margins crossed by more than `tolerance` times the sum of the weights. Standard errors
    /// leave out what the margins explain, by unweighted means of the categories taken out ten times in turn. Both are
    /// as in R's `survey::rake`.
    ///
    /// Source: W. E. Deming & F. F. Stephan, Annals of Mathematical Statistics 11 (1940).
    ///
    /// - Throws: ``SurveyProblem`` where a category of the population is not in the sample, the margins have different
    ///   sums, or they are not met after `rounds`.
    /// - Precondition: one category per row in each margin.
    public func raked(
        to margins: [PopulationMargin], tolerance: Double = 1e-10, rounds: Int = 1000
    ) throws(SurveyProblem) -> SurveyDesign {
        guard let population = margins.first?.total else { return self }
        guard margins.allSatisfy({ abs($0.total - population) <= 1e-9 * population }) else { throw .unequalMargins }
        let cells = CrossedMargins(margins)
        let limit = tolerance * weights.reduce(0, +)
        var adjusted = weights
        for _ in 0..<rounds {
            let before = cells.sums(of: adjusted)
            for margin in margins { adjusted = try margin.meet(adjusted) }
            let changes = zip(before, cells.sums(of: adjusted)).map { abs($0 - $1) }
            guard changes.allSatisfy({ $0 < limit }) else { continue }
            // Margins that contradict each other settle as well, on the last of them.
            guard margins.allSatisfy({ $0.isMet(by: adjusted) }) else { break }
            let explained = margins.map { margin in
                WeightAdjustment.Margin(
                    categories: margin.categories, categoryCount: margin.counts.count, adjusted: adjusted,
                    inMean: [Double](repeating: 1, count: rowCount))
            }
            return SurveyDesign(
                self, weights: adjusted, adjustment: WeightAdjustment(margins: explained, rounds: 10))
        }
        throw .didNotConverge(rounds: rounds)
    }
}

extension PopulationMargin {
    /// Whether weights sum to the counts, within a millionth of the population.
    fileprivate func isMet(by weights: [Double]) -> Bool {
        zip(sums(of: weights), counts).allSatisfy { abs($0 - $1) <= 1e-6 * total }
    }
}

/// The cells in which rows have the same categories of all margins.
private struct CrossedMargins {
    private var cellOfRow: [Int] = []
    private var cellCount = 0

    init(_ margins: [PopulationMargin]) {
        var numbers: [[Int]: Int] = [:]
        for row in margins.first?.categories.indices ?? 0..<0 {
            let categories = margins.map { $0.categories[row] }
            let cell = numbers[categories] ?? cellCount
            if cell == cellCount {
                numbers[categories] = cell
                cellCount += 1
            }
            cellOfRow.append(cell)
        }
    }

    func sums(of weights: [Double]) -> [Double] {
        var sums = [Double](repeating: 0, count: cellCount)
        for row in weights.indices { sums[cellOfRow[row]] += weights[row] }
        return sums
    }
}
