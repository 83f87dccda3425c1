import PlumblineTestSupport
import Statistics
import Testing

@Suite("Surveys: estimates by design")
struct SurveyDesignTests {
    private func design(
        _ weights: [Double], strata: [Int32] = [], clusters: [Int32] = [], sizes: [Double] = [],
        lonely: SurveyDesign.LonelyCluster = .undefined
    ) throws -> SurveyDesign {
        try SurveyDesign(
            weights: weights.span, strata: strata.span, clusters: clusters.span, populationSizes: sizes.span,
            lonely: lonely)
    }

    private func mean(_ design: SurveyDesign, _ values: [Double]) throws -> SurveyEstimate {
        let estimate = design.mean(of: values.span)
        return try #require(estimate)
    }

    private func total(_ design: SurveyDesign, _ values: [Double]) throws -> SurveyEstimate {
        let estimate = design.total(of: values.span)
        return try #require(estimate)
    }

    /// Two strata of 4 and 6 units, two drawn from each: means 2 and 6, variances 2 and 8.
    @Test("a stratified sample worked by hand")
    func stratified() throws {
        let design = try design([2, 2, 3, 3], strata: [5, 5, 9, 9], sizes: [4, 4, 6, 6])
        let estimate = try mean(design, [1, 3, 4, 8])
        expectClose(estimate.value, (4 * 2 + 6 * 6) / 10.0)
        // Σ (N_h / N)² (1 - n/N) s² / n.
        expectClose(estimate.standardError, (0.16 * 0.5 * 2 / 2 + 0.36 * (1 - 2 / 6.0) * 8 / 2).squareRoot())
        #expect(estimate.degreesOfFreedom == 2 && estimate.count == 4)
        let total = try total(design, [1, 3, 4, 8])
        expectClose(total.value, 44)
        expectClose(total.standardError, estimate.standardError.map { 10 * $0 })
    }

    /// Clusters {1, 3}, {5}, {2, 4, 6}: totals about the mean 3.5 of -3, 1.5 and 1.5.
    @Test("clusters are taken together")
    func clustered() throws {
        let design = try design([1, 1, 1, 1, 1, 1], clusters: [0, 0, 7, 3, 3, 3])
        let estimate = try mean(design, [1, 3, 5, 2, 4, 6])
        expectClose(estimate.value, 3.5)
        expectClose(estimate.standardError, (1.5 * (9 + 2.25 + 2.25)).squareRoot() / 6)
        #expect(estimate.degreesOfFreedom == 2)
    }

    @Test("weights of 1 give the mean's own standard error")
    func unweighted() throws {
        var generator = SplitMix64(seed: 51)
        let values = generator.column(count: 80)
        let moments = Moments(values)
        let estimate = try mean(try SurveyDesign(unweighted: 80), values)
        expectClose(estimate.value, moments.mean)
        expectClose(estimate.standardError, moments.standardError)
        expectClose(estimate.designEffectWithReplacement, 1)
        #expect(estimate.designEffect == nil, "the sample is the population")
        let limits = try #require(estimate.interval())
        expectClose(limits.low, moments.meanInterval()?.low)
    }

    @Test("without strata, as the moments of weighted rows")
    func asWeightedMoments() throws {
        var generator = SplitMix64(seed: 52)
        let values = generator.column(count: 60)
        let weights = generator.column(count: 60, in: 1...9)
        let moments = WeightedMoments(values, weights: weights)
        let design = try design(weights)
        expectClose(try mean(design, values).standardError, moments.meanStandardError)
        expectClose(try total(design, values).standardError, moments.totalStandardError)
    }

    @Test("rows replicated within their clusters equal whole weights")
    func replication() throws {
        var generator = SplitMix64(seed: 53)
        let values = generator.column(count: 24)
        let weights = values.map { _ in Double(1 + generator.below(4)) }
        let strata = values.indices.map { Int32($0 % 3) }
        let rows = values.indices.flatMap { row in [Int](repeating: row, count: Int(weights[row])) }
        let weighted = try mean(try design(weights, strata: strata), values)
        let replicated = try mean(
            try design(rows.map { _ in 1 }, strata: rows.map { strata[$0] }, clusters: rows.map(Int32.init)),
            rows.map { values[$0] })
        expectClose(replicated.value, weighted.value)
        expectClose(replicated.standardError, weighted.standardError)
        #expect(replicated.degreesOfFreedom == weighted.degreesOfFreedom)
    }

    @Test("the order of rows does not matter")
    func order() throws {
        var generator = SplitMix64(seed: 54)
        let values = generator.column(count: 40, missing: 0.2)
        let weights = generator.column(count: 40, in: 1...3)
        let strata = values.indices.map { Int32($0 % 4) }
        let clusters = values.indices.map { Int32($0 / 3) }
        let order = generator.shuffled(Array(values.indices))
        let one = try mean(try design(weights, strata: strata, clusters: clusters), values)
        let other = try mean(
            try design(
                order.map { weights[$0] }, strata: order.map { strata[$0] }, clusters: order.map { clusters[$0] }),
            order.map { values[$0] })
        expectClose(other.value, one.value)
        expectClose(other.standardError, one.standardError)
    }

    @Test("a domain keeps the whole design")
    func domain() throws {
        // Of a stratum sampled in full, a domain varies no more; a sample of its own would.
        let full = try design([1, 1, 1], sizes: [3, 3, 3])
        #expect(try mean(full, [4, 9, .nan]).standardError == 0)
        let part = try mean(try design([1, 1, 1, 1]), [2, 4, .nan, .nan])
        expectClose(part.value, 3)
        expectClose(part.standardError, (4.0 / 3 * 2).squareRoot() / 2)
        #expect(part.count == 2 && part.degreesOfFreedom == 3)
    }

    @Test("a stratum with a single cluster")
    func lonely() throws {
        let (values, strata): ([Double], [Int32]) = ([1, 3, 8], [0, 0, 1])
        let undefined = try mean(try design([1, 1, 1], strata: strata), values)
        #expect(undefined.value == 4 && undefined.standardError == nil && undefined.interval() == nil)
        #expect(undefined.designEffectWithReplacement == nil && undefined.shareInterval() == nil)
        let certain = try mean(try design([1, 1, 1], strata: strata, lonely: .certain), values)
        expectClose(certain.standardError, (2.0 * (1 + 1)).squareRoot() / 3)
        let centered = try mean(try design([1, 1, 1], strata: strata, lonely: .centered), values)
        expectClose(centered.standardError, (2.0 * (1 + 1) + 16).squareRoot() / 3)
        // Sampled in full, it adds nothing whatever the rule.
        let known = try mean(try design([1, 1, 1], strata: strata, sizes: [9, 9, 1]), values)
        expectClose(known.standardError, ((1 - 2.0 / 9) * 2 * (1 + 1)).squareRoot() / 3)
        let single = try mean(try design([2]), [5])
        #expect(single.value == 5 && single.standardError == nil && single.degreesOfFreedom == 0)
    }

    @Test("no value, no estimate; a weight of 0 counts for the design only")
    func nothing() throws {
        let design = try design([0, 1, 1])
        let values: [[Double]] = [[.nan, .nan, .nan], [4, .nan, .nan]]
        for column in values {
            let (mean, total) = (design.mean(of: column.span), design.total(of: column.span))
            #expect(mean == nil && total == nil)
        }
        #expect(try mean(design, [100, 1, 3]).value == 2 && mean(design, [100, 1, 3]).count == 2)
    }

    @Test("what makes no design says which row and why")
    func problems() throws {
        #expect(throws: SurveyProblem.noRows) { try design([]) }
        for weight in [-1, .nan, .infinity] {
            #expect(throws: SurveyProblem.unusableWeight(row: 1)) { try design([1, weight]) }
        }
        #expect(throws: SurveyProblem.noWeight) { try design([0, 0]) }
        #expect(throws: SurveyProblem.unknownStratumOrCluster(row: 1)) { try design([1, 1], strata: [0, -1]) }
        #expect(throws: SurveyProblem.unequalPopulationSizes(row: 1)) { try design([1, 1], sizes: [5, 6]) }
        #expect(throws: SurveyProblem.unequalPopulationSizes(row: 0)) { try design([1, 1], sizes: [.nan, 6]) }
        #expect(throws: SurveyProblem.populationSmallerThanSample(stratum: 3)) {
            try design([1, 1], strata: [3, 3], sizes: [1, 1])
        }
        #expect("\(SurveyProblem.unusableWeight(row: 1))".contains("row 2"))
    }

    @Test("shares of 0 and 1 have no interval of log odds, and shares keep within 0 and 1")
    func shares() throws {
        let design = try design([1, 2, 3, 4])
        for share in [[0, 0, 0, 0], [1, 1, 1, 1]] as [[Double]] {
            let estimate = try mean(design, share)
            #expect(estimate.shareInterval(.logit) == nil && estimate.shareInterval(.beta) == nil)
        }
        let estimate = try mean(design, [1, 0, 0, 0])
        for method in [SurveyEstimate.ShareMethod.logit, .beta] {
            let interval = try #require(estimate.shareInterval(method))
            #expect(interval.low > 0 && interval.high < 1 && interval.low < 0.1 && interval.high > 0.1)
            #expect(interval.method == method.intervalMethod)
        }
    }
}
