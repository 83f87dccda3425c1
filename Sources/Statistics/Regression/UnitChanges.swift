/// How much each unit of a panel changed, for those treated and the others: the difference in differences of units that
/// were seen before and after.
public struct UnitChanges: Equatable, Sendable {
    /// The changes of the treated units.
    public let treated: Moments
    /// The changes of the others.
    public let control: Moments

    /// The changes of a panel: a unit's mean after less its mean before. Units that were seen at one of both times only
    /// do not count, nor rows on which anything is missing (NaN).
    ///
    /// - Parameters:
    ///   - treated: other than 0 for rows of units that were treated at some time.
    ///   - post: other than 0 for rows from the treatment on.
    ///   - units: a code per row.
    /// - Throws: ``Undefined`` where a unit is treated in some rows and not in others.
    /// - Precondition: columns of one length.
    public init(
        _ outcome: Span<Double>, treated: Span<Double>, post: Span<Double>, units: Span<Double>
    ) throws(Undefined) {
        precondition(
            outcome.count == treated.count && outcome.count == post.count && outcome.count == units.count,
            "outcome, treated, post and units in equal length")
        var byCode: [Double: Int] = [:]
        var panel: [Unit] = []
        for row in outcome.indices {
            guard !outcome[row].isNaN, !treated[row].isNaN, !post[row].isNaN, !units[row].isNaN else { continue }
            let number = byCode[units[row]] ?? panel.count
            if number == panel.count {
                byCode[units[row]] = number
                panel.append(Unit(isTreated: treated[row] != 0))
            }
            guard panel[number].isTreated == (treated[row] != 0) else {
                throw Undefined("a unit is treated in some of its rows and not in others")
            }
            panel[number].add(outcome[row], isAfter: post[row] != 0)
        }
        let (treatedChanges, controlChanges) = (
            panel.filter(\.isTreated).compactMap(\.change), panel.filter { !$0.isTreated }.compactMap(\.change)
        )
        self.treated = Moments(treatedChanges.span)
        self.control = Moments(controlChanges.span)
    }

    /// Welch's comparison of the changes, treated less control.
    public var difference: MeanDifference { MeanDifference(treated, control) }

    /// One unit's values before and after.
    private struct Unit {
        let isTreated: Bool
        private var before: [Double] = []
        private var after: [Double] = []

        init(isTreated: Bool) { self.isTreated = isTreated }

        mutating func add(_ value: Double, isAfter: Bool) {
            if isAfter { after.append(value) } else { before.append(value) }
        }

        var change: Double? {
            guard let last = Moments(after.span).mean, let first = Moments(before.span).mean else { return nil }
            return last - first
        }
    }
}
