/// How far the members of one group agree in their answers to the items of a scale: whether they may be spoken of as one.
///
/// Missing answers are left out item by item.
public struct WithinGroupAgreement: Sendable {
    private let items: [Moments]
    private let deviations: [Double?]

    /// The agreement of a group: members in rows, items in columns.
    public init(_ answers: AnswerTable) {
        let columns = (0..<answers.columns).map { answers.column($0) }
        items = columns.map { Moments($0.span) }
        deviations = columns.map { Self.averageDeviation($0) }
    }

    /// The variance of answers that are spread evenly over `categories` equally spaced ones: (A² - 1) / 12.
    public static func uniformVariance(categories: Int) -> Double {
        (Double(categories) * Double(categories) - 1) / 12
    }

    /// The agreement r_wg(j): j (1 - v) / (j (1 - v) + v) with v the mean of the items' variances over that of answers at
    /// random; for a single item 1 - v. Where the answers vary more than at random it is 0.
    ///
    /// Source: L. R. James, R. G. Demaree & G. Wolf, "Estimating within-group interrater reliability with and without
    /// response bias", Journal of Applied Psychology 69 (1984).
    ///
    /// - Parameter randomVariance: the variance of answers at random, above 0.
    public func rwg(randomVariance: Double) throws(Undefined) -> Double {
        guard !items.isEmpty else { throw Undefined("agreement needs at least one item") }
        guard randomVariance > 0, randomVariance.isFinite else {
            throw Undefined("agreement needs at least two answer categories")
        }
        var sum = 0.0
        for item in items {
            guard let variance = item.variance else {
                throw Undefined("agreement needs at least two members who answered each item")
            }
            sum += variance
        }
        let ratio = sum / Double(items.count) / randomVariance
        guard ratio < 1 else { return 0 }
        let agreed = Double(items.count) * (1 - ratio)
        return agreed / (agreed + ratio)
    }

    /// The average deviation AD: the mean absolute distance of answers from the item's mean, averaged over the items.
    ///
    /// Source: M. J. Burke, L. M. Finkelstein & M. S. Dusig, "On average deviation indices for estimating interrater
    /// agreement", Organizational Research Methods 2 (1999).
    public func averageDeviation() throws(Undefined) -> Double {
        guard !deviations.isEmpty else { throw Undefined("agreement needs at least one item") }
        var sum = 0.0
        for deviation in deviations {
            guard let deviation else { throw Undefined("agreement needs a member who answered each item") }
            sum += deviation
        }
        return sum / Double(deviations.count)
    }

    private static func averageDeviation(_ answers: [Double]) -> Double? {
        guard let mean = Descriptives.mean(answers.span) else { return nil }
        let distances = answers.map { abs($0 - mean) }
        return Descriptives.mean(distances.span)
    }
}
