import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Agreement within a group")
struct WithinGroupAgreementTests {
    /// Variances 1 and 4 about even answers' 2: v = 1.25, beyond chance; with answers 1 2 3 twice v = 0.5.
    @Test("known answers")
    func known() throws {
        #expect(WithinGroupAgreement.uniformVariance(categories: 5) == 2)
        let apart = WithinGroupAgreement(AnswerTable(columns: [[1, 2, 3], [1, 3, 5]]))
        #expect(try apart.rwg(randomVariance: 2) == 0)
        let close = WithinGroupAgreement(AnswerTable(columns: [[1, 2, 3], [3, 2, 1]]))
        expectClose(try close.rwg(randomVariance: 2), 2 * 0.5 / (2 * 0.5 + 0.5))
        expectClose(try close.averageDeviation(), 2.0 / 3)
        expectClose(try WithinGroupAgreement(AnswerTable(columns: [[1, 2, 3, .nan]])).rwg(randomVariance: 2), 0.5)
    }

    @Test("full agreement is 1; shift, order and reversing an item change nothing")
    func invariance() throws {
        let full = WithinGroupAgreement(AnswerTable(columns: [[4, 4, 4], [2, 2, 2]]))
        #expect(try full.rwg(randomVariance: 2) == 1 && full.averageDeviation() == 0)
        let answers: [[Double]] = [[1, 2, 2, 3], [4, 4, 5, 4], [2, 3, 3, 3]]
        let agreement = WithinGroupAgreement(AnswerTable(columns: answers))
        for other in [answers.map { $0.map { 6 - $0 } }, answers.map { $0.reversed() }, answers.reversed()] {
            let turned = WithinGroupAgreement(AnswerTable(columns: other))
            expectClose(try turned.rwg(randomVariance: 2), try agreement.rwg(randomVariance: 2))
            expectClose(try turned.averageDeviation(), try agreement.averageDeviation())
        }
    }

    @Test("undefined with a reason")
    func undefined() {
        let one = WithinGroupAgreement(AnswerTable(columns: [[3], [4]]))
        #expect(throws: Undefined("agreement needs at least two members who answered each item")) {
            try one.rwg(randomVariance: 2)
        }
        #expect(throws: Undefined.self) { try WithinGroupAgreement(AnswerTable(rows: 3)).rwg(randomVariance: 2) }
        #expect(throws: Undefined.self) { try WithinGroupAgreement(AnswerTable(rows: 3)).averageDeviation() }
        #expect(throws: Undefined.self) {
            try WithinGroupAgreement(AnswerTable(columns: [[.nan, .nan]])).averageDeviation()
        }
        let pair = WithinGroupAgreement(AnswerTable(columns: [[1, 2]]))
        for variance in [0, -1, .nan, .infinity, WithinGroupAgreement.uniformVariance(categories: 1)] {
            #expect(throws: Undefined.self) { try pair.rwg(randomVariance: variance) }
        }
        let infinite = WithinGroupAgreement(AnswerTable(columns: [[1, .infinity]]))
        #expect(throws: Undefined.self) { try infinite.rwg(randomVariance: 2) }
        #expect(throws: Undefined.self) { try infinite.averageDeviation() }
    }
}

@Suite("Kappa")
struct KappaTests {
    /// Fleiss, Cohen & Everitt 1969 work with shares of this kind: here agreement 0.7, by chance 0.5.
    @Test("known answers")
    func known() throws {
        let a: [Double] = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, .nan]
        let b: [Double] = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1]
        let kappa = try Kappa(a, b)
        #expect(kappa.count == 10)
        expectClose(kappa.agreement, 0.7)
        expectClose(kappa.value, 0.4)
        let interval = try #require(kappa.interval())
        #expect(interval.low < 0.4 && interval.high > 0.4 && interval.high <= 1)
    }

    @Test("two categories need no weights; perfect agreement is 1 without error", arguments: Kappa.Weights.allCases)
    func weights(_ weights: Kappa.Weights) throws {
        var generator = SplitMix64(seed: 3)
        let a = (0..<60).map { _ in Double(generator.below(2)) }
        let b = a.map { generator.chance(70) ? $0 : 1 - $0 }
        expectClose(try Kappa(a, b, weights: weights).value, try Kappa(a, b).value)
        let perfect = try Kappa(a, a, weights: weights)
        expectClose(perfect.value, 1)
        expectClose(perfect.standardError, 0, absolute: 1e-7)
    }

    @Test("free of the order of units, of who is first, and of the categories' names")
    func invariance() throws {
        var generator = SplitMix64(seed: 4)
        let a = (0..<80).map { _ in Double(generator.below(4)) }
        let b = a.map { generator.chance(60) ? $0 : Double(generator.below(4)) }
        for weights in Kappa.Weights.allCases {
            let kappa = try Kappa(a, b, weights: weights)
            for (first, second) in [(b, a), (a.reversed(), b.reversed()), (a.map { 5 * $0 + 1 }, b.map { 5 * $0 + 1 })]
            {
                expectClose(try Kappa(first, second, weights: weights).value, kappa.value, relative: 1e-12)
            }
            let twice = try Kappa(a + a, b + b, weights: weights)
            expectClose(twice.value, kappa.value)
            expectClose(twice.standardError * 2.0.squareRoot(), kappa.standardError, relative: 1e-10)
        }
    }

    /// The jackknife over units has the same large-sample limit as the formula.
    @Test("its standard error is that of leaving out each unit", arguments: Kappa.Weights.allCases)
    func standardError(_ weights: Kappa.Weights) throws {
        var generator = SplitMix64(seed: 6)
        let a = (0..<300).map { _ in Double(generator.below(4)) }
        let b = a.map { generator.chance(50) ? $0 : max($0 - 1, Double(generator.below(4))) }
        let units = a.indices.map { Double($0) }
        let jackknife = try Jackknife(units) { kept in
            let rows = kept.indices.map { Int(kept[$0]) }
            return try? Kappa(rows.map { a[$0] }, rows.map { b[$0] }, weights: weights).value
        }
        expectClose(try Kappa(a, b, weights: weights).standardError, jackknife.standardError, relative: 0.02)
    }

    @Test("a category in the middle that nobody used widens distances when it is named")
    func categories() throws {
        let (a, b): ([Double], [Double]) = ([1, 2, 4, 4, 1, 2], [1, 4, 4, 2, 2, 2])
        let unnamed = try Kappa(a, b, weights: .squared)
        let named = try Kappa(a, b, weights: .squared, categories: [1, 2, 3, 4])
        #expect(named.value < unnamed.value)
        #expect(try Kappa(a, b, categories: [1, 2, 3, 4]).value == Kappa(a, b).value)
    }

    @Test("undefined with a reason")
    func undefined() {
        for (a, b) in [([], []), ([.nan], [1]), ([2, 2], [2, 2])] as [([Double], [Double])] {
            #expect(throws: Undefined.self) { try Kappa(a, b) }
        }
        #expect(throws: Undefined.self) { try Kappa([2, 2], [2, 2], categories: [1, 2, 3]) }
        let many = (0..<300).map { Double($0) }
        #expect(throws: Undefined.self) { try Kappa(many, many) }
    }
}

@Suite("Krippendorff's alpha")
struct KrippendorffAlphaTests {
    /// Two raters, ten units, nominal: Krippendorff's "Computing" (2011), example B, prints alpha = 0.095.
    @Test("the published binary example")
    func binary() throws {
        let a: [Double] = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
        let b: [Double] = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
        for level in [KrippendorffAlpha.Level.nominal, .interval] {
            let alpha = try KrippendorffAlpha(AnswerTable(columns: [a, b]), level: level)
            expectClose(alpha.value, 0.095, absolute: 5.1e-4)
            #expect(alpha.units == 10 && alpha.judgements == 20)
        }
    }

    @Test(
        "free of order; ordinal of any rising names, interval of shift and scale",
        arguments: KrippendorffAlpha.Level.allCases)
    func invariance(_ level: KrippendorffAlpha.Level) throws {
        var generator = SplitMix64(seed: 5)
        let truth = (0..<40).map { _ in Double(generator.below(5) + 1) }
        let raters = (0..<3).map { _ in
            truth.map { generator.chance(20) ? .nan : generator.chance(70) ? $0 : Double(generator.below(5) + 1) }
        }
        let alpha = try KrippendorffAlpha(AnswerTable(columns: raters), level: level).value
        #expect(alpha > 0.3 && alpha < 1)
        var renamed = [raters.reversed(), raters.map { $0.reversed() }]
        switch level {
        case .nominal: renamed.append(raters.map { $0.map { -$0 * $0 } })
        case .ordinal: renamed.append(raters.map { $0.map { $0 * $0 * $0 } })
        case .interval: renamed.append(raters.map { $0.map { 3 * $0 - 100 } })
        case .ratio: renamed.append(raters.map { $0.map { 7 * $0 } })
        }
        for other in renamed {
            expectClose(try KrippendorffAlpha(AnswerTable(columns: other), level: level).value, alpha, relative: 1e-10)
        }
        expectClose(try KrippendorffAlpha(AnswerTable(columns: [truth, truth]), level: level).value, 1)
    }

    @Test("undefined with a reason", arguments: KrippendorffAlpha.Level.allCases)
    func undefined(_ level: KrippendorffAlpha.Level) {
        for columns in [[], [[]], [[1, 2]], [[1, .nan], [.nan, 2]], [[3, 3], [3, 3]]] as [[[Double]]] {
            #expect(throws: Undefined.self) { try KrippendorffAlpha(AnswerTable(columns: columns), level: level) }
        }
        if level == .ratio || level == .interval {
            #expect(throws: Undefined.self) {
                try KrippendorffAlpha(AnswerTable(columns: [[-.infinity, 2], [3, .infinity]]), level: level)
            }
        }
    }
}

@Suite("Reliability of raters")
struct RaterReliabilityTests {
    private let models = RaterReliability.Model.allCases

    private func ratings(_ seed: UInt64) -> [[Double]] {
        var generator = SplitMix64(seed: seed)
        let targets = (0..<25).map { _ in 2 * generator.normal() }
        return (0..<4).map { rater in targets.map { $0 + Double(rater) + generator.normal() } }
    }

    @Test("raters' levels matter to agreement, not to consistency")
    func levels() throws {
        let columns = ratings(1)
        let level = columns.enumerated().map { index, column in column.map { $0 + 5 * Double(index) } }
        let (plain, moved) = (
            try RaterReliability(AnswerTable(columns: columns)), try RaterReliability(AnswerTable(columns: level))
        )
        expectClose(moved.correlation(.fixed), plain.correlation(.fixed), relative: 1e-9)
        let (one, other) = (try #require(plain.correlation(.random)), try #require(moved.correlation(.random)))
        #expect(other < one)
    }

    @Test("the mean of all is Spearman and Brown's formula; intervals hold the estimate")
    func average() throws {
        let reliability = try RaterReliability(AnswerTable(columns: ratings(2)))
        for model in models {
            let single = try #require(reliability.correlation(model))
            expectClose(reliability.correlation(model, .average), 4 * single / (1 + 3 * single), relative: 1e-12)
            for unit in RaterReliability.Unit.allCases {
                let interval = try #require(reliability.interval(model, unit))
                let value = try #require(reliability.correlation(model, unit))
                #expect(interval.low < value && value < interval.high && interval.method == .meanSquares)
            }
        }
    }

    @Test("free of order, shift and scale; a target with a gap is left out")
    func invariance() throws {
        let columns = ratings(3)
        let reliability = try RaterReliability(AnswerTable(columns: columns))
        let others = [
            Array(columns.reversed()), columns.map { $0.reversed() }, columns.map { $0.map { 1e5 - 0x1p-10 * $0 } },
            columns.enumerated().map { index, column in column + [index == 2 ? .nan : 99] },
        ]
        for other in others {
            let turned = try RaterReliability(AnswerTable(columns: other))
            #expect(turned.targets == 25 && turned.raters == 4)
            for model in models {
                expectClose(turned.correlation(model), reliability.correlation(model), relative: 1e-6)
            }
        }
    }

    @Test("undefined with a reason")
    func undefined() throws {
        for columns in [
            [], [[1, 2, 3]], [[1], [2]], [[1, .nan], [.nan, 2]], [[2, 2], [2, 2]], [[1, .infinity], [1, 2]],
        ]
            as [[[Double]]]
        {
            #expect(throws: Undefined.self) { try RaterReliability(AnswerTable(columns: columns)) }
        }
        let alike = try RaterReliability(AnswerTable(columns: [[1, 2, 3], [1, 2, 3]]))
        #expect(alike.correlation(.oneWay) == 1 && alike.interval(.oneWay) == nil && alike.interval(.random) == nil)
    }
}
