#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// An item of a Rasch scale: how hard each step from one answer to the next is, in logits. An item of yes and no has one
/// step; with several it follows the partial credit model.
///
/// Source: G. Rasch, "Probabilistic Models for Some Intelligence and Attainment Tests" (1960); G. N. Masters, "A Rasch
/// model for partial credit scoring", Psychometrika 47 (1982).
public struct RaschItem: Hashable, Sendable {
    /// The difficulty of each step.
    public let steps: [Double]
    /// The answer below the first step, such as 0 or 1; the others follow in steps of 1.
    public let lowestAnswer: Double

    /// An item, or nil unless it has a step and all its numbers are finite.
    public init?(steps: [Double], lowestAnswer: Double = 0) {
        guard !steps.isEmpty, steps.allSatisfy(\.isFinite), lowestAnswer.isFinite else { return nil }
        self.steps = steps
        self.lowestAnswer = lowestAnswer
    }

    /// How many steps an answer took; nil for an answer that the item does not have.
    func stepsTaken(_ answer: Double) -> Int? {
        let taken = answer - lowestAnswer
        guard taken >= 0, taken <= Double(steps.count), taken == taken.rounded() else { return nil }
        return Int(taken)
    }

    /// The mean, variance and third central moment of the steps that a person of this ability takes.
    func moments(at ability: Double) -> (mean: Double, variance: Double, third: Double) {
        var exponent = 0.0
        var exponents = [0.0]
        for step in steps {
            exponent += ability - step
            exponents.append(exponent)
        }
        let largest = exponents.reduce(0, max)
        let weights = exponents.map { exp($0 - largest) }
        let total = weights.reduce(0, +)
        let mean = weights.indices.reduce(0) { $0 + Double($1) * weights[$1] } / total
        var (variance, third) = (0.0, 0.0)
        for taken in weights.indices {
            let deviation = Double(taken) - mean
            variance += weights[taken] / total * deviation * deviation
            third += weights[taken] / total * deviation * deviation * deviation
        }
        return (mean, variance, third)
    }
}

/// A person's place on a Rasch scale.
public struct RaschMeasure: Hashable, Sendable {
    /// The ability, in logits on the scale of the items' difficulties.
    public let value: Double
    /// Its standard error: 1 / √(information of the items answered).
    public let standardError: Double
    /// How many steps were taken over the items answered.
    public let rawScore: Int
    /// How many items were answered.
    public let answered: Int
}

/// A scale whose item difficulties are known, from an earlier calibration: it turns answers into measures.
public struct RaschScale: Sendable {
    /// The items, in the order of a table's columns.
    public let items: [RaschItem]

    /// The ways to estimate an ability. The raw value is the name in a feed.
    public enum Estimator: String, CaseIterable, Codable, Hashable, Sendable {
        /// Warm's weighted likelihood, nearly unbiased and finite for every score: the default.
        ///
        /// Source: T. A. Warm, "Weighted likelihood estimation of ability in item response theory", Psychometrika 54 (1989).
        case weightedLikelihood = "wle"
        /// Maximum likelihood, which has no finite answer for the lowest and the highest score.
        case maximumLikelihood = "mle"
    }

    /// A scale of items; nil without any.
    public init?(_ items: [RaschItem]) {
        guard !items.isEmpty else { return nil }
        self.items = items
    }

    /// A measure per row; nil where fewer than `least` items were answered, or where the estimator has no finite answer.
    ///
    /// - Parameter answers: persons in rows, the items in columns.
    /// - Precondition: as many columns as items.
    public func measures(
        _ answers: AnswerTable, answeringAtLeast least: Int = 1, estimator: Estimator = .weightedLikelihood
    ) throws(Undefined) -> [RaschMeasure?] {
        precondition(answers.columns == items.count, "\(answers.columns) columns for \(items.count) items")
        // The raw score says all there is about the ability, given which items were answered.
        var known: [[Int]: RaschMeasure?] = [:]
        var measures: [RaschMeasure?] = []
        measures.reserveCapacity(answers.rows)
        for row in 0..<answers.rows {
            var (answered, rawScore) = ([Int](), 0)
            for item in items.indices where !answers[row, item].isNaN {
                guard let taken = items[item].stepsTaken(answers[row, item]) else {
                    throw Undefined("a Rasch scale needs answers that its items have")
                }
                answered.append(item)
                rawScore += taken
            }
            guard answered.count >= max(least, 1) else {
                measures.append(nil)
                continue
            }
            let key = answered + [rawScore]
            let measure = known[key] ?? self.measure(rawScore: rawScore, answered: answered, estimator)
            known[key] = measure
            measures.append(measure)
        }
        return measures
    }

    /// The measure of a raw score on some of the items; nil where the estimator has no finite answer.
    public func measure(
        rawScore: Int, answered: [Int], _ estimator: Estimator = .weightedLikelihood
    ) -> RaschMeasure? {
        let items = answered.map { self.items[$0] }
        let steps = items.flatMap(\.steps)
        guard 0...steps.count ~= rawScore, let easiest = steps.min(), let hardest = steps.max() else { return nil }
        if estimator == .maximumLikelihood, rawScore == 0 || rawScore == steps.count { return nil }
        // Even the extreme scores of many items lie within a few logits of the outermost steps.
        let reach = 10 + log(Double(steps.count))
        let ability = ScalarRoot.find(in: easiest - reach...hardest + reach) { ability in
            let sums = Self.sums(items, ability)
            let bias = estimator == .weightedLikelihood ? sums.third / (2 * sums.variance) : 0
            return Double(rawScore) - sums.mean + bias
        }
        guard let ability else { return nil }
        let error = 1 / Self.sums(items, ability).variance.squareRoot()
        return RaschMeasure(value: ability, standardError: error, rawScore: rawScore, answered: answered.count)
    }

    private static func sums(
        _ items: [RaschItem], _ ability: Double
    ) -> (mean: Double, variance: Double, third: Double) {
        items.reduce((0, 0, 0)) { sums, item in
            let moments = item.moments(at: ability)
            return (sums.0 + moments.mean, sums.1 + moments.variance, sums.2 + moments.third)
        }
    }

    /// How well the measures tell persons apart: the share of their variance that is not error.
    ///
    /// Source: B. D. Wright & G. N. Masters, "Rating Scale Analysis" (1982), chapter 5.
    public static func personReliability(_ measures: [RaschMeasure]) throws(Undefined) -> Double {
        let values = measures.map(\.value)
        guard let variance = Moments(values.span).variance else {
            throw Undefined("person reliability needs at least two measures")
        }
        guard variance > 0 else { throw Undefined("person reliability needs measures that differ") }
        let errors = measures.reduce(0) { $0 + $1.standardError * $1.standardError } / Double(measures.count)
        return (variance - errors) / variance
    }
}
