#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The inequality of amounts, and how much of it lies between groups: measures that the two parts add up to exactly.
///
/// Each is the mean of a function of r = amount / mean: that of the amounts; between groups that of the group means, each
/// as often as its group has amounts; within groups the rest, each group's own measure weighted by its share of the
/// amounts to the power of α times its share of the count to that of 1 - α.
///
/// Source: A. F. Shorrocks, "The class of additively decomposable inequality measures", Econometrica 48 (1980).
public struct GeneralizedEntropy: Hashable, Sendable {
    /// Which measure.
    public enum Measure: Int, CaseIterable, Codable, Hashable, Sendable {
        /// α = 0: Theil's L, the mean logarithmic deviation, most sensitive at the bottom. Needs amounts above 0.
        case theilL = 0
        /// α = 1: Theil's T. Needs amounts of 0 or more.
        case theilT = 1
        /// α = 2: half the squared coefficient of variation, most sensitive at the top.
        case halfSquaredVariation = 2
    }

    /// Which measure it is.
    public let measure: Measure
    /// How many amounts there are.
    public let count: Int
    /// The inequality of all amounts.
    public let total: Double
    /// The part of it between the groups' means.
    public let between: Double
    /// The part of it within groups.
    public let within: Double

    /// The part between groups as a share of the whole; nil where all amounts are equal.
    public var shareBetween: Double? { (between / total).finite }

    /// The inequality of the amounts present, by group.
    ///
    /// - Parameters:
    ///   - groups: a group per amount, below `groupCount`; negative for none, which leaves the row out.
    /// - Precondition: as many groups as amounts.
    public init(
        _ amounts: Span<Double>, groups: Span<Int32>, groupCount: Int, measure: Measure
    ) throws(Undefined) {
        let moments = SiteMoments(amounts, sites: groups, siteCount: groupCount)
        guard let mean = moments.all.mean else { throw Undefined("inequality needs at least one finite amount") }
        guard mean > 0 else { throw Undefined("inequality needs amounts with a mean above 0") }
        var sums = [Double](repeating: 0, count: groupCount)
        var total = CompensatedSum()
        let means = moments.sites.map { $0.mean ?? mean }
        for row in amounts.indices where groups[row] >= 0 && !amounts[row].isNaN {
            let (amount, group) = (amounts[row], Int(groups[row]))
            guard measure == .halfSquaredVariation || amount > 0 || (measure == .theilT && amount == 0) else {
                throw Undefined("this measure of inequality needs amounts above 0")
            }
            guard means[group] > 0 else { throw Undefined("inequality needs groups whose mean is above 0") }
            total.add(measure.contribution(amount / mean))
            sums[group] += measure.contribution(amount / means[group])
        }
        let n = Double(moments.all.count)
        var (between, within) = (0.0, 0.0)
        for group in moments.present {
            let ratio = means[group] / mean
            between += Double(moments.sites[group].count) / n * measure.contribution(ratio)
            within += sums[group] / n * pow(ratio, Double(measure.rawValue))
        }
        self.measure = measure
        count = moments.all.count
        self.total = try (total.value / n).finite(or: "inequality")
        self.between = try between.finite(or: "inequality")
        self.within = try within.finite(or: "inequality")
    }
}

extension GeneralizedEntropy.Measure {
    /// The function of r whose mean is the measure, plus a multiple of r - 1, whose mean is 0: without it, contributions
    /// of either sign would cancel.
    fileprivate func contribution(_ ratio: Double) -> Double {
        switch self {
        case .theilL: ratio - 1 - log(ratio)
        case .theilT: ratio == 0 ? 1 : ratio * log(ratio) - (ratio - 1)
        case .halfSquaredVariation: (ratio - 1) * (ratio - 1) / 2
        }
    }
}
