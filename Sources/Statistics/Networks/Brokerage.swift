/// The parts that a broker j can play on a path i → j → k without a tie i → k, by the groups of the three.
///
/// Source: R. V. Gould & R. M. Fernandez, Sociological Methodology 19 (1989).
public enum BrokerageRole: String, CaseIterable, Codable, Hashable, Sendable {
    /// All three in one group.
    case coordinator
    /// i and k in one group, the broker in another.
    case itinerant
    /// The broker with i, and k in another group.
    case representative
    /// The broker with k, and i in another group.
    case gatekeeper
    /// All three in different groups.
    case liaison

    fileprivate var number: Int {
        switch self {
        case .coordinator: 0
        case .itinerant: 1
        case .representative: 2
        case .gatekeeper: 3
        case .liaison: 4
        }
    }

    fileprivate init(from: Int, broker: Int, to: Int) {
        self =
            switch (from == broker, broker == to) {
            case (true, true): .coordinator
            case (true, false): .representative
            case (false, true): .gatekeeper
            case (false, false): from == to ? .itinerant : .liaison
            }
    }
}

/// How often each node brokers in each role.
public struct Brokerage: Equatable, Sendable {
    private let counts: [RoleCounts]

    fileprivate init(counts: [RoleCounts]) {
        self.counts = counts
    }

    /// By node, how often it brokers in a role.
    public subscript(_ role: BrokerageRole) -> [Int] { counts.map { $0[role] } }

    /// By node, how often it brokers in any role.
    public var totals: [Int] {
        counts.map { node in BrokerageRole.allCases.reduce(0) { $0 + node[$1] } }
    }
}

/// A count for each role.
private struct RoleCounts: Equatable {
    private var counts = SIMD8<Int>(repeating: 0)

    subscript(_ role: BrokerageRole) -> Int {
        get { counts[role.number] }
        set { counts[role.number] = newValue }
    }
}

extension Graph {
    /// The brokerage of every node between groups. Paths through nodes whose group is unknown are left out.
    ///
    /// - Precondition: one group per node.
    public func brokerage(_ groups: NodeGroups) -> Brokerage {
        brokerage(groups, beforeEachNode: { () throws(Never) in })
    }

    /// The same, asking before each node whether to go on: throw to give up.
    public func brokerage<Stop: Error>(
        _ groups: NodeGroups, beforeEachNode ask: () throws(Stop) -> Void
    ) throws(Stop) -> Brokerage {
        groups.check(self)
        var counts = [RoleCounts](repeating: RoleCounts(), count: nodeCount)
        for node in nodes {
            try ask()
            if let group = groups[node] { counts[node] = roleCounts(of: node, in: group, groups) }
        }
        return Brokerage(counts: counts)
    }

    private func roleCounts(of broker: Int, in group: Int, _ groups: NodeGroups) -> RoleCounts {
        var counts = RoleCounts()
        for sender in received.row(broker) {
            let from = received.neighbours[sender]
            guard let fromGroup = groups[Int(from)] else { continue }
            for receiver in sent.row(broker) {
                let to = sent.neighbours[receiver]
                guard let toGroup = groups[Int(to)], to != from, !sent.contains(Int(from), to) else { continue }
                counts[BrokerageRole(from: fromGroup, broker: group, to: toGroup)] += 1
            }
        }
        return counts
    }
}
