/// What became of the rows of a tie table, by the rules of ``Graph``.
public struct TieIntake: Hashable, Sendable {
    /// The rows there were.
    public let rows: Int
    /// The rows left out because an end is unknown.
    public private(set) var unknownEnds = 0
    /// The rows left out because their weight is missing, infinite, negative or 0.
    public private(set) var unusableWeights = 0
    /// The rows left out because they tie a node to itself.
    public private(set) var selfTies = 0

    init(rows: Int) {
        self.rows = rows
    }

    /// The rows that became ties, several of them the same one where a pair is named more than once.
    public var admitted: Int { rows - unknownEnds - unusableWeights - selfTies }

    /// Whether a row makes a tie; counts it where it does not.
    mutating func admits(_ arc: Arc) -> Bool {
        if arc.from < 0 || arc.to < 0 {
            unknownEnds += 1
        } else if !(arc.weight > 0 && arc.weight.isFinite) {
            unusableWeights += 1
        } else if arc.from == arc.to {
            selfTies += 1
        } else {
            return true
        }
        return false
    }
}

extension Graph {
    /// How many rows repeated a tie that was there already.
    public var duplicateRows: Int { intake.admitted - tieCount }
}
