import PlumblineTestSupport
import Statistics
import Testing

@Suite("Surveys: weights that meet a population")
struct PopulationMarginTests {
    private func margin(_ categories: [Int32], _ counts: [Double]) throws -> PopulationMargin {
        try PopulationMargin(categories: categories.span, counts: counts.span)
    }

    private func design(_ weights: [Double]) throws -> SurveyDesign { try SurveyDesign(weights: weights.span) }

    @Test("post-stratified weights sum to the roster in each category")
    func postStratified() throws {
        let adjusted = try design([1, 3, 2, 2]).postStratified(to: margin([0, 0, 1, 1], [8, 10]))
        #expect(adjusted.weights == [2, 6, 5, 5])
        // A variable that the categories explain in full is known.
        let values: [Double] = [7, 7, 9, 9]
        let mean = adjusted.mean(of: values.span)
        expectClose(mean?.value, (7 * 8 + 9 * 10) / 18.0)
        expectClose(mean?.standardError, 0, absolute: 1e-12)
    }

    @Test("a margin met already changes neither weights nor, but for what it explains, the error")
    func alreadyMet() throws {
        let categories: [Int32] = [0, 0, 1, 1, 1]
        let plain = try design([2, 2, 3, 3, 3])
        let adjusted = try plain.postStratified(to: margin(categories, [4, 9]))
        #expect(adjusted.weights == plain.weights)
        // A variable with the same mean in both categories is not explained at all.
        let values: [Double] = [1, 3, 1, 2, 3]
        let (before, after) = (plain.mean(of: values.span), adjusted.mean(of: values.span))
        expectClose(after?.standardError, before?.standardError)
    }

    @Test("one margin raked is post-stratification", arguments: [61, 62])
    func oneMargin(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let categories = (0..<50).map { _ in Int32(generator.below(3)) }
        // Equal weights: raking takes out unweighted means.
        let plain = try SurveyDesign(unweighted: 50)
        let roster = try margin(categories, [500, 300, 200])
        let (post, raked) = (try plain.postStratified(to: roster), try plain.raked(to: [roster]))
        let values = generator.column(count: 50)
        let (one, other) = (post.mean(of: values.span), raked.mean(of: values.span))
        expectClose(other?.value, one?.value)
        expectClose(other?.standardError, one?.standardError)
    }

    @Test("raked weights meet all margins, whatever their order")
    func raked() throws {
        var generator = SplitMix64(seed: 63)
        let first = (0..<90).map { Int32($0 % 3) }
        let second = (0..<90).map { _ in Int32(generator.below(2)) }
        let plain = try design(generator.column(count: 90, in: 1...4))
        let (rows, columns) = (try margin(first, [50, 30, 20]), try margin(second, [45, 55]))
        let (one, other) = (try plain.raked(to: [rows, columns]), try plain.raked(to: [columns, rows]))
        for category in 0..<3 {
            let sum = one.weights.indices.filter { first[$0] == category }.reduce(0) { $0 + one.weights[$1] }
            expectClose(sum, [50, 30, 20][category], relative: 1e-8)
        }
        for (mine, theirs) in zip(one.weights, other.weights) { expectClose(mine, theirs, relative: 1e-7) }
        #expect(try plain.raked(to: []).weights == plain.weights)
    }

    @Test("margins that cannot be met say why")
    func problems() throws {
        let plain = try design([1, 1, 1, 1])
        #expect(throws: SurveyProblem.emptyCategory(category: 2)) {
            try plain.postStratified(to: margin([0, 0, 1, 1], [5, 5, 5]))
        }
        #expect(throws: SurveyProblem.unknownCategory(row: 1)) { try margin([0, -1], [5]) }
        #expect(throws: SurveyProblem.unusableCount(category: 1)) { try margin([0, 1], [5]) }
        for count in [-1, .nan, .infinity] {
            #expect(throws: SurveyProblem.unusableCount(category: 1)) { try margin([0, 1], [5, count]) }
        }
        #expect(throws: SurveyProblem.unequalMargins) {
            try plain.raked(to: [margin([0, 0, 1, 1], [5, 5]), margin([0, 1, 0, 1], [5, 6])])
        }
        // Rows of one category are all of one other: the margins contradict each other.
        #expect(throws: SurveyProblem.didNotConverge(rounds: 20)) {
            try plain.raked(
                to: [margin([0, 0, 1, 1], [5, 5]), margin([0, 0, 1, 1], [4, 6])], rounds: 20)
        }
        // A category that nobody of the population has ends without weight.
        #expect(try plain.postStratified(to: margin([0, 0, 0, 1], [6, 0])).weights == [2, 2, 2, 0])
    }

    @Test("Kish's effect of unequal weights")
    func weightingEffect() throws {
        let weights: [Double] = [1, 2, 1, .nan]
        let summary = try WeightSummary(weights.span)
        #expect(summary.count == 3 && summary.sum == 4 && summary.range == 1...2)
        expectClose(summary.effectiveSize, 16.0 / 6)
        expectClose(summary.weightingEffect, 3 * 6.0 / 16)
        let equal = [Double](repeating: 1e200, count: 5)
        expectClose(try WeightSummary(equal.span).weightingEffect, 1)
        for (weights, problem) in [
            ([], SurveyProblem.noRows), ([.nan], .noRows), ([1, -1], .unusableWeight(row: 1)), ([0, 0], .noWeight),
        ] as [([Double], SurveyProblem)] {
            #expect(throws: problem) { try WeightSummary(weights.span) }
        }
    }

    @Test("trimming keeps the sum")
    func trimming() throws {
        let weights: [Double] = [1, 1, 2, 2, 30, 0, .nan]
        let trimmed = try WeightTrimming.trimmed(weights.span, atMedianTimes: 3)
        #expect(trimmed.prefix(6) == [3, 3, 6, 6, 18, 0] && trimmed[6].isNaN)
        let even: [Double] = [2, 2, 3]
        #expect(try WeightTrimming.trimmed(even.span, atMedianTimes: 3) == even)
    }
}
