/// What changed where something was done, less what changed where it was not.
public struct DifferenceInDifferences: Equatable, Sendable {
    /// The treated from the treatment on.
    public let treatedAfter: Moments
    /// The treated before it.
    public let treatedBefore: Moments
    /// The others from the treatment on.
    public let controlAfter: Moments
    /// The others before it.
    public let controlBefore: Moments

    /// The four groups of a column. A row counts where all three values are present.
    ///
    /// - Parameters:
    ///   - treated: other than 0 for rows of units that were treated at some time.
    ///   - post: other than 0 for rows from the treatment on.
    /// - Precondition: columns of one length.
    public init(_ outcome: Span<Double>, treated: Span<Double>, post: Span<Double>) {
        precondition(
            outcome.count == treated.count && outcome.count == post.count, "outcome, treated and post in equal length")
        var groups = [[Double]](repeating: [], count: 4)
        for row in outcome.indices where !outcome[row].isNaN && !treated[row].isNaN && !post[row].isNaN {
            groups[(treated[row] != 0 ? 2 : 0) + (post[row] != 0 ? 1 : 0)].append(outcome[row])
        }
        let moments = groups.map { Moments($0.span) }
        (controlBefore, controlAfter, treatedBefore, treatedAfter) = (moments[0], moments[1], moments[2], moments[3])
    }

    /// The change of the treated's mean less that of the controls'; nil where one of the four groups is empty.
    public var value: Double? {
        guard let treated = MeanDifference(treatedAfter, treatedBefore).value,
            let control = MeanDifference(controlAfter, controlBefore).value
        else { return nil }
        return (treated - control).finite
    }
}

extension RegressionDesign {
    /// The name of the term that is the difference in differences.
    public static let treatmentEffect = "treated:post"

    /// The two-by-two design: an intercept, treated, post, and their product ``treatmentEffect``. Covariates and clusters
    /// can be added.
    ///
    /// - Precondition: columns of one length.
    public static func differenceInDifferences(
        _ outcome: Span<Double>, treated: Span<Double>, post: Span<Double>
    ) -> RegressionDesign {
        var design = RegressionDesign(response: outcome)
        design.add("treated", treated)
        design.add("post", post)
        design.add(treatmentEffect, zip(treated.array, post.array).map { $0 * $1 })
        return design
    }

    /// The design with two-way fixed effects: an intercept of their own for each unit, which is absorbed, and each
    /// period, and ``treatmentEffect``, 1 where a unit is under treatment. Clusters are the units.
    ///
    /// The effect is that of the treatment where all who are treated start together. Where they start at different times
    /// it mixes comparisons that do not belong together (A. Goodman-Bacon, Journal of Econometrics 225, 2021).
    ///
    /// - Precondition: columns of one length.
    public static func twoWayFixedEffects(
        _ outcome: Span<Double>, underTreatment: Span<Double>, units: Span<Double>, periods: Span<Double>
    ) -> RegressionDesign {
        var design = RegressionDesign(response: outcome)
        design.add(treatmentEffect, underTreatment)
        design.addCategories("period", periods)
        design.absorb(units)
        design.cluster(by: units)
        return design
    }
}
