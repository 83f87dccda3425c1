/// How the ties of a graph run within and between groups of nodes.
///
/// Ties with an end whose group is unknown are left out.
public struct TieMixing: Equatable, Sendable {
    /// The groups.
    public let groups: NodeGroups
    /// Whether ties run from the group of the row to the group of the column.
    public let isDirected: Bool
    /// The ties from one group to another, row by row: how many, or their weights summed. Without directions the table
    /// is symmetric, and its diagonal has the ties within a group once.
    public let amounts: [Double]

    /// The ties from one group to another.
    public subscript(_ from: Int, _ to: Int) -> Double { amounts[from * groups.count + to] }

    init(groups: NodeGroups, isDirected: Bool, amounts: [Double]) {
        self.groups = groups
        self.isDirected = isDirected
        self.amounts = amounts
    }
}

extension Graph {
    /// The ties by group, counted, or by weight.
    ///
    /// - Precondition: one group per node.
    public func mixing(_ groups: NodeGroups, byWeight: Bool = false) -> TieMixing {
        groups.check(self)
        var sums = [CompensatedSum](repeating: CompensatedSum(), count: groups.count * groups.count)
        for node in nodes {
            guard let from = groups[node] else { continue }
            for place in sent.row(node) {
                guard let to = groups[Int(sent.neighbours[place])] else { continue }
                sums[from * groups.count + to].add(byWeight ? sent.weights[place] : 1)
            }
        }
        var amounts = sums.map(\.value)
        if !isDirected {
            // A tie within a group was met from both ends.
            for group in 0..<groups.count { amounts[group * groups.count + group] /= 2 }
        }
        return TieMixing(groups: groups, isDirected: isDirected, amounts: amounts)
    }
}

extension TieMixing {
    /// The ties within groups.
    public var within: Double { (0..<groups.count).reduce(0) { $0 + self[$1, $1] } }

    /// The ties between groups, each once.
    public var across: Double {
        let all = amounts.reduce(0, +) - within
        return isDirected ? all : all / 2
    }

    /// The share of ties that run between groups; nil without ties.
    public var acrossShare: Double? { total > 0 ? across / total : nil }

    /// The E-I index, (external - internal) / (external + internal), from -1 with ties within groups only to 1 with
    /// ties between groups only; nil without ties.
    ///
    /// Source: D. Krackhardt & R. N. Stern, Social Psychology Quarterly 51 (1988).
    public var eiIndex: Double? { Self.eiIndex(across: across, within: within) }

    /// By group, the E-I index of the ties that touch it; nil without any.
    public var groupEIIndices: [Double?] {
        (0..<groups.count).map { group in
            let outside = (0..<groups.count).reduce(0) { sum, other in
                guard other != group else { return sum }
                return sum + self[group, other] + (isDirected ? self[other, group] : 0)
            }
            return Self.eiIndex(across: outside, within: self[group, group])
        }
    }

    /// By group, the ties within it divided by those that could be; nil for groups of fewer than two. For counted ties.
    public var withinDensities: [Double?] {
        (0..<groups.count).map { group in
            let size = groups.sizes[group]
            let possible = Double(size) * Double(size - 1) / (isDirected ? 1 : 2)
            return size > 1 ? self[group, group] / possible : nil
        }
    }

    /// All ties, each once.
    public var total: Double { within + across }

    static func eiIndex(across: Double, within: Double) -> Double? {
        across + within > 0 ? (across - within) / (across + within) : nil
    }
}

extension NodeGroups {
    /// The E-I index that groups of these sizes would have if ties were equally likely within and between them; nil for
    /// fewer than two nodes.
    public var eiIndexAtEqualDensity: Double? {
        let n = sizes.reduce(0, +)
        let within = sizes.reduce(0) { $0 + $1 * ($1 - 1) }
        return TieMixing.eiIndex(across: Double(n * (n - 1) - within), within: Double(within))
    }
}

extension Graph {
    /// By node, the E-I index of its contacts on the ties without direction; nil without contacts whose group is known,
    /// or where its own is not.
    ///
    /// - Precondition: one group per node.
    public func nodeEIIndices(_ groups: NodeGroups) -> [Double?] {
        groups.check(self)
        let rows = undirected.sent
        return nodes.map { node in
            guard let own = groups[node] else { return nil }
            let contacts = rows.row(node).compactMap { groups[Int(rows.neighbours[$0])] }
            let inside = contacts.count { $0 == own }
            return TieMixing.eiIndex(across: Double(contacts.count - inside), within: Double(inside))
        }
    }
}
