import Foundation
import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Rasch scales")
struct RaschScaleTests {
    private func scale(_ difficulties: [Double]) throws -> RaschScale {
        try #require(RaschScale(difficulties.compactMap { RaschItem(steps: [$0]) }))
    }

    /// Items of difficulty 0: a score of r of n has the ability log(r / (n - r)).
    @Test("items of one difficulty: the logit of the share", arguments: 1...9)
    func equalItems(score: Int) throws {
        let scale = try scale([Double](repeating: 0, count: 10))
        let all = Array(0..<10)
        let measure = try #require(scale.measure(rawScore: score, answered: all, .maximumLikelihood))
        expectClose(measure.value, log(Double(score) / Double(10 - score)), relative: 1e-11, absolute: 1e-12)
        let share = Double(score) / 10
        expectClose(measure.standardError, 1 / (10 * share * (1 - share)).squareRoot(), relative: 1e-10)
        // Warm's estimate has the score (r + 1/2) of n + 1.
        let weighted = try #require(scale.measure(rawScore: score, answered: all))
        expectClose(
            weighted.value, log((Double(score) + 0.5) / (Double(10 - score) + 0.5)), relative: 1e-10, absolute: 1e-11)
    }

    @Test("extreme scores: finite with Warm's estimator, none by maximum likelihood")
    func extremes() throws {
        let scale = try scale([-1, 0, 2])
        for score in [0, 3] {
            #expect(scale.measure(rawScore: score, answered: [0, 1, 2], .maximumLikelihood) == nil)
            let measure = try #require(scale.measure(rawScore: score, answered: [0, 1, 2]))
            #expect(score == 0 ? measure.value < -1 : measure.value > 2)
        }
        #expect(
            scale.measure(rawScore: 4, answered: [0, 1, 2]) == nil && scale.measure(rawScore: 0, answered: []) == nil)
    }

    @Test("a higher score is more ability; harder items mean more of it; a shift of all shifts it")
    func monotone() throws {
        let items = [[-1, 0.5], [0, 1, 1.5], [0.2]]
        let scale = try #require(RaschScale(items.compactMap { RaschItem(steps: $0) }))
        let measures = (0...6).compactMap { scale.measure(rawScore: $0, answered: [0, 1, 2])?.value }
        #expect(measures.count == 7 && zip(measures, measures.dropFirst()).allSatisfy { $0 < $1 })
        let shifted = try #require(RaschScale(items.compactMap { RaschItem(steps: $0.map { $0 + 3 }) }))
        for score in 0...6 {
            expectClose(
                shifted.measure(rawScore: score, answered: [0, 1, 2])?.value, measures[score] + 3, relative: 1e-9)
        }
    }

    @Test("persons: missing items are left out, too few answered give none, answers start where the item does")
    func persons() throws {
        let items = [RaschItem(steps: [-0.5], lowestAnswer: 1), RaschItem(steps: [0, 1], lowestAnswer: 1)]
        let scale = try #require(RaschScale(items.compactMap(\.self)))
        let answers = AnswerTable(columns: [[1, 2, 2, .nan, .nan], [2, 3, .nan, 3, .nan]])
        let measures = try scale.measures(answers)
        #expect(measures.map { $0?.rawScore } == [1, 3, 1, 2, nil])
        #expect(measures.map { $0?.answered } == [2, 2, 1, 1, nil])
        #expect(measures[2] == scale.measure(rawScore: 1, answered: [0]))
        #expect(try scale.measures(answers, answeringAtLeast: 2).map { $0 == nil } == [false, false, true, true, true])
        for wrong in [0, 4, 1.5, .infinity] {
            #expect(throws: Undefined.self) { try scale.measures(AnswerTable(columns: [[1], [wrong]])) }
        }
        #expect(RaschScale([]) == nil && RaschItem(steps: []) == nil && RaschItem(steps: [.nan]) == nil)
    }

    @Test("recovers planted abilities, with errors of the size it states")
    func recovery() throws {
        var generator = SplitMix64(seed: 41)
        let scale = try scale((0..<30).map { Double($0) / 10 - 1.5 })
        let abilities = (0..<400).map { _ in generator.normal() }
        let columns = scale.items.map { item in
            abilities.map { generator.uniform() < item.moments(at: $0).mean ? 1.0 : 0.0 }
        }
        let measures = try scale.measures(AnswerTable(columns: columns)).compactMap(\.self)
        #expect(measures.count == 400)
        let squares = zip(measures, abilities).map { pow(($0.value - $1) / $0.standardError, 2) }
        #expect(abs((Descriptives.mean(squares) ?? 0) - 1) < 0.2)
        let reliability = try RaschScale.personReliability(measures)
        #expect(reliability > 0.75 && reliability < 0.9)
        #expect(throws: Undefined.self) { try RaschScale.personReliability([]) }
        #expect(throws: Undefined.self) { try RaschScale.personReliability([measures[0], measures[0]]) }
    }

    @Test("far apart steps and abilities do not overflow")
    func extremeSteps() throws {
        let item = try #require(RaschItem(steps: [-800, 800]))
        #expect(item.moments(at: 0).mean == 1 && item.moments(at: 5000).mean == 2)
        let scale = try #require(RaschScale([item, item]))
        #expect(scale.measure(rawScore: 4, answered: [0, 1])?.value.isFinite == true)
    }
}
