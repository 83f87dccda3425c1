import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Answers in rows and columns")
struct AnswerTableTests {
    @Test("reversed items are turned round within their range, missing answers stay missing")
    func reversal() {
        var table = AnswerTable(rows: 3)
        let answers: [Double] = [1, .nan, 5]
        table.append(answers.span)
        table.append(answers.span, reversedWithin: 1...6)
        #expect(table.columns == 2 && table[0, 1] == 6 && table[1, 1].isNaN && table[2, 1] == 2)
        #expect(table.complete() == AnswerTable(columns: [[1, 5], [6, 2]]))
    }

    @Test("scores need a least number of answers; a sum fills gaps with the person's mean")
    func scores() {
        let table = AnswerTable(columns: [[1, 2, .nan, .nan], [3, .nan, .nan, 4], [5, 6, 1, .nan]])
        #expect(table.scores(answeringAtLeast: 2).map { $0.isNaN ? -1 : $0 } == [3, 4, -1, -1])
        #expect(table.scores(.sum, answeringAtLeast: 1) == [9, 12, 3, 12])
        #expect(AnswerTable(columns: [[.nan]]).scores(answeringAtLeast: 0)[0].isNaN)
        #expect(AnswerTable(rows: 0).scores() == [] && AnswerTable(rows: 2).scores().allSatisfy(\.isNaN))
    }
}

@Suite("Reliability of scales")
struct ScaleReliabilityTests {
    /// Answers of persons to items that share one trait.
    private func items(_ count: Int, persons: Int, seed: UInt64, missing: Int = 0) -> [[Double]] {
        var generator = SplitMix64(seed: seed)
        let traits = (0..<persons).map { _ in generator.normal() }
        return (0..<count).map { _ in
            traits.map { generator.chance(missing) ? .nan : (3 + $0 + generator.normal()).rounded() }
        }
    }

    /// Items 1 2 3 4 and 2 1 4 3: variances 5/3, covariance 1. Alpha 2 (1 - (10/3) / (16/3)), r = 0.6.
    @Test("two items by hand")
    func known() throws {
        let scale = try ScaleReliability(AnswerTable(columns: [[1, 2, 3, 4, .nan], [2, 1, 4, 3, 7]]))
        #expect(scale.persons == 4 && scale.items == 2)
        expectClose(scale.alpha.value, 0.75)
        expectClose(try scale.meanInterItemCorrelation(), 0.6)
        expectClose(try scale.standardizedAlpha(), 0.75)
        expectClose(scale.lambda2, 0.75)
        expectClose(try scale.lambda6(), 1 - 2 * 0.64 / 3.2)
        let half = try scale.splitHalf()
        expectClose(half.correlation, 0.6)
        expectClose(half.spearmanBrown, 0.75)
        expectClose(half.guttman, 0.75)
        expectClose(scale.totalStandardDeviation, (16.0 / 3).squareRoot())
        #expect(scale.alphaIfDeleted() == [nil, nil])
        let rest = scale.itemTotalCorrelations()
        expectClose(rest[0], 0.6)
        expectClose(scale.itemTotalCorrelations(.total)[1], (8.0 / 3) / (5.0 / 3 * 16 / 3).squareRoot())
    }

    @Test("free of the order of persons, of shift and of scale", arguments: MissingAnswers.allCases)
    func invariance(_ missing: MissingAnswers) throws {
        let columns = items(5, persons: 90, seed: 3, missing: 6)
        let scale = try ScaleReliability(AnswerTable(columns: columns), missing: missing)
        var generator = SplitMix64(seed: 4)
        let order = generator.shuffled(Array(0..<90))
        let shuffled = columns.map { column in order.map { column[$0] } }
        let moved = columns.map { column in column.map { 1e6 + 0x1p10 * $0 } }
        let reversed = columns.map { column in column.map { 7 - $0 } }
        for other in [shuffled, moved, reversed, Array(columns.reversed())] {
            let alpha = try ScaleReliability(AnswerTable(columns: other), missing: missing).alpha.value
            expectClose(alpha, scale.alpha.value, relative: 1e-9)
        }
    }

    @Test("alpha alone is the alpha of the covariances, listwise")
    func alphaAlone() throws {
        for seed in 30..<40 {
            let answers = AnswerTable(columns: items(5, persons: 25, seed: UInt64(seed), missing: 5))
            let (alone, full) = (try CronbachAlpha(answers), try ScaleReliability(answers).alpha)
            #expect(alone.persons == full.persons && alone.items == full.items)
            expectClose(alone.value, full.value, relative: 1e-12)
        }
    }

    @Test("every person twice: alpha stays, its interval narrows")
    func duplication() throws {
        let columns = items(4, persons: 40, seed: 5)
        let scale = try ScaleReliability(AnswerTable(columns: columns))
        let twice = try ScaleReliability(AnswerTable(columns: columns.map { $0 + $0 }))
        expectClose(twice.alpha.value, scale.alpha.value)
        let interval = try #require(scale.alpha.interval())
        let narrow = try #require(twice.alpha.interval())
        #expect(interval.low < scale.alpha.value && scale.alpha.value < interval.high && interval.method == .feldt)
        #expect(narrow.high - narrow.low < interval.high - interval.low)
        #expect(try ScaleReliability(AnswerTable(columns: columns), missing: .pairwise).alpha.interval() == nil)
    }

    @Test("an item that was not reversed lowers alpha, and shows in what the scale would be without it")
    func unreversed() throws {
        var columns = items(5, persons: 200, seed: 6)
        let right = try ScaleReliability(AnswerTable(columns: columns)).alpha.value
        columns[2] = columns[2].map { 6 - $0 }
        let wrong = try ScaleReliability(AnswerTable(columns: columns))
        #expect(wrong.alpha.value < right - 0.2)
        let without = wrong.alphaIfDeleted().compactMap(\.self)
        #expect(without.indices.max { without[$0] < without[$1] } == 2)
        let rest = wrong.itemTotalCorrelations().compactMap(\.self)
        #expect(rest[2] < 0 && rest.count == 5)
    }

    @Test("the bounds are in order: lambda 2 is never below alpha; parallel items reach both")
    func bounds() throws {
        for seed in 10..<20 {
            let scale = try ScaleReliability(AnswerTable(columns: items(4, persons: 30, seed: UInt64(seed))))
            #expect(scale.lambda2 >= scale.alpha.value - 1e-12)
        }
        let column = items(1, persons: 30, seed: 1)[0]
        let parallel = try ScaleReliability(AnswerTable(columns: [column, column, column]))
        expectClose(parallel.alpha.value, 1)
        #expect(throws: Undefined.self) { try parallel.lambda6() }
    }

    @Test("undefined with a reason", arguments: MissingAnswers.allCases)
    func undefined(_ missing: MissingAnswers) {
        func reason(_ columns: [[Double]]) -> String? {
            let answers = AnswerTable(columns: columns)
            do {
                if missing == .listwise {
                    #expect((try? CronbachAlpha(answers)) == (try? ScaleReliability(answers))?.alpha)
                }
                _ = try ScaleReliability(answers, missing: missing)
                return nil
            } catch { return error.reason }
        }
        #expect(reason([[1, 2, 3]]) == "the reliability of a scale needs at least two items")
        #expect(reason([]) == "the reliability of a scale needs at least two items")
        for columns in [[[], []], [[1], [2]], [[.nan, 1, 2], [1, .nan, .nan]]] as [[[Double]]] {
            #expect(reason(columns)?.contains("at least two persons") == true)
        }
        #expect(reason([[2, 2, 2], [5, 5, 5]]) == "alpha needs a sum of the items that varies")
        #expect(reason([[1, 2, 3], [3, 2, 1]]) == "alpha needs a sum of the items that varies")
        #expect(reason([[1, .infinity, 3], [1, 2, 3]])?.contains("infinite") == true)
        #expect(reason([[1e200, -1e200, 3], [1, 2, 3]])?.contains("too large") == true)
        // One constant item: alpha is defined, what rests on correlations is not.
        #expect(reason([[1, 2, 3], [4, 4, 4], [3, 5, 5]]) == nil)
        let partly = try? ScaleReliability(
            AnswerTable(columns: [[1, 2, 3], [4, 4, 4], [3, 5, 5]]), missing: missing)
        #expect(throws: Undefined.self) { try partly?.standardizedAlpha() }
        #expect(throws: Undefined.self) { try partly?.meanInterItemCorrelation() }
        #expect(throws: Undefined.self) { try partly?.omega() }
        #expect(throws: Undefined.self) { try partly?.splitHalf([]) }
        #expect(partly?.itemTotalCorrelations()[1] == nil)
    }
}

@Suite("Omega")
struct OmegaTests {
    /// Persons whose covariances are exactly those of one factor: columns of a full factorial of signs.
    private func exact(_ loadings: [Double], _ deviations: [Double]) -> AnswerTable {
        let factors = loadings.count + 1
        let rows = 1 << factors
        func sign(_ row: Int, _ bit: Int) -> Double { row >> bit & 1 == 0 ? 1 : -1 }
        return AnswerTable(
            columns: loadings.indices.map { item in
                (0..<rows).map { row in
                    let unique = (1 - loadings[item] * loadings[item]).squareRoot()
                    return deviations[item] * (loadings[item] * sign(row, 0) + unique * sign(row, item + 1))
                }
            })
    }

    @Test("recovers a factor that is there, on covariances and on correlations")
    func recovery() throws {
        let (loadings, deviations): ([Double], [Double]) = ([0.8, 0.6, 0.7, 0.5, 0.3], [1, 2, 0.5, 1, 3])
        let scale = try ScaleReliability(exact(loadings, deviations))
        func omega(_ deviations: [Double]) -> Double {
            let common = zip(loadings, deviations).reduce(0) { $0 + $1.0 * $1.1 }
            let unique = zip(loadings, deviations).reduce(0) { $0 + (1 - $1.0 * $1.0) * $1.1 * $1.1 }
            return common * common / (common * common + unique)
        }
        expectClose(try scale.omega(.maximumLikelihood), omega(deviations), relative: 1e-8)
        expectClose(try scale.omega(.minimumResidual), omega([1, 1, 1, 1, 1]), relative: 1e-8)
    }

    @Test("equal loadings make it alpha", arguments: ScaleReliability.Factoring.allCases)
    func equalLoadings(_ factoring: ScaleReliability.Factoring) throws {
        let scale = try ScaleReliability(exact([0.6, 0.6, 0.6, 0.6], [1, 1, 1, 1]))
        expectClose(try scale.omega(factoring), scale.alpha.value, relative: 1e-8)
    }

    @Test("a reversed item turns its loading, not the others'", arguments: ScaleReliability.Factoring.allCases)
    func reversed(_ factoring: ScaleReliability.Factoring) throws {
        let turned = try ScaleReliability(exact([0.8, -0.6, 0.7], [1, 1, 1])).omega(factoring)
        // Loadings sum to 0.9, unique variances to 1.51.
        expectClose(turned, 0.81 / (0.81 + 1.51), relative: 1e-7)
    }

    @Test("undefined: two items, items without anything in common")
    func undefined() throws {
        let two = try ScaleReliability(AnswerTable(columns: [[1, 2, 3, 4], [2, 1, 4, 3]]))
        #expect(throws: Undefined("omega needs at least three items")) { try two.omega() }
        for factoring in ScaleReliability.Factoring.allCases {
            let unrelated = try ScaleReliability(exact([0, 0, 0], [1, 1, 1]))
            // No factor: whatever is fitted explains nothing, or the fit does not end.
            let omega = (try? unrelated.omega(factoring)) ?? 0
            #expect((0...1).contains(omega))
        }
    }
}
