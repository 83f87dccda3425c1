/// The sixteen ways three nodes of a directed graph can be tied, named after their mutual, asymmetric and null pairs.
///
/// Source: J. A. Davis & S. Leinhardt (1972). D is for down: ties part from the node that the two asymmetric or the
/// mutual pair share; U is for up: they meet there; C is for cyclic, T for transitive.
public enum TriadKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// No tie.
    case t003 = "003"
    /// One tie.
    case t012 = "012"
    /// One mutual tie.
    case t102 = "102"
    /// a ← b → c.
    case t021D = "021D"
    /// a → b ← c.
    case t021U = "021U"
    /// a → b → c.
    case t021C = "021C"
    /// a ↔ b ← c.
    case t111D = "111D"
    /// a ↔ b → c.
    case t111U = "111U"
    /// a ← b ← c with a ← c.
    case t030T = "030T"
    /// a → b → c → a.
    case t030C = "030C"
    /// a ↔ b ↔ c.
    case t201 = "201"
    /// a ← b → c with a ↔ c.
    case t120D = "120D"
    /// a → b ← c with a ↔ c.
    case t120U = "120U"
    /// a → b → c with a ↔ c.
    case t120C = "120C"
    /// a → b ↔ c with a ↔ c.
    case t210 = "210"
    /// All tied both ways.
    case t300 = "300"
}

extension Graph {
    /// How many of all sets of three nodes are of each kind. In an undirected graph every tie counts as mutual.
    ///
    /// Source: the algorithm of V. Batagelj & A. Mrvar, Social Networks 23 (2001), which visits only sets with a tie.
    public var triadCensus: [TriadKind: Int] {
        let neighbours = undirected.sent
        var counts = [TriadKind: Int](uniqueKeysWithValues: TriadKind.allCases.map { ($0, 0) })
        let kinds = TriadTies.allKinds
        var thirds: [Int32] = []
        for first in nodes {
            for place in neighbours.row(first) where Int(neighbours.neighbours[place]) > first {
                let second = Int(neighbours.neighbours[place])
                neighbours.union(first, second, into: &thirds)
                let isMutual = hasTie(first, second) && hasTie(second, first)
                // The two themselves are among each other's neighbours.
                counts[isMutual ? .t102 : .t012, default: 0] += nodeCount - thirds.count
                // A set with several ties is met from each of them; the lowest pair that is tied counts it.
                for third in thirds.lazy.map(Int.init)
                where third > second
                    || (third > first && third < second && !neighbours.contains(first, Int32(third)))
                {
                    counts[kinds[ties(first, second, third).rawValue], default: 0] += 1
                }
            }
        }
        let sets = nodeCount < 3 ? 0 : nodeCount * (nodeCount - 1) / 2 * (nodeCount - 2) / 3
        counts[.t003] = sets - counts.values.reduce(0, +)
        return counts
    }

    private func hasTie(_ from: Int, _ to: Int) -> Bool { sent.contains(from, Int32(to)) }

    private func ties(_ a: Int, _ b: Int, _ c: Int) -> TriadTies {
        var ties: TriadTies = []
        if hasTie(a, b) { ties.insert(.ab) }
        if hasTie(b, a) { ties.insert(.ba) }
        if hasTie(b, c) { ties.insert(.bc) }
        if hasTie(c, b) { ties.insert(.cb) }
        if hasTie(c, a) { ties.insert(.ca) }
        if hasTie(a, c) { ties.insert(.ac) }
        return ties
    }
}

extension CompressedRows {
    /// The neighbours of either of two nodes, ascending.
    fileprivate func union(_ a: Int, _ b: Int, into union: inout [Int32]) {
        union.removeAll(keepingCapacity: true)
        var (rest, otherRest) = (row(a), row(b))
        while let i = rest.first, let j = otherRest.first {
            union.append(min(neighbours[i], neighbours[j]))
            if neighbours[i] <= neighbours[j] { rest.removeFirst() }
            if neighbours[j] <= neighbours[i] { otherRest.removeFirst() }
        }
        union += neighbours[rest]
        union += neighbours[otherRest]
    }
}

/// Which of the six possible ties among three nodes exist.
private struct TriadTies: OptionSet {
    let rawValue: Int

    static let ab = TriadTies(rawValue: 1)
    static let ba = TriadTies(rawValue: 2)
    static let bc = TriadTies(rawValue: 4)
    static let cb = TriadTies(rawValue: 8)
    static let ca = TriadTies(rawValue: 16)
    static let ac = TriadTies(rawValue: 32)

    /// The kind of each of the 64 sets of ties.
    static let allKinds = (0..<64).map { TriadTies(rawValue: $0).kind }

    private static let pairs: [(TriadTies, TriadTies)] = [(.ab, .ba), (.bc, .cb), (.ca, .ac)]

    private var kind: TriadKind {
        let states = Self.pairs.map { (contains($0.0) ? 1 : 0) + (contains($0.1) ? 1 : 0) }
        let (mutual, asymmetric) = (states.count { $0 == 2 }, states.count { $0 == 1 })
        return switch (mutual, asymmetric) {
        case (0, 0): .t003
        case (0, 1): .t012
        case (1, 0): .t102
        case (0, 2): orientation(.t021D, .t021U, .t021C)
        case (1, 1): asymmetricTieMeetsMutual ? .t111D : .t111U
        case (0, 3): oneWayDegrees.contains { $0.sent == 2 } ? .t030T : .t030C
        case (2, 0): .t201
        case (1, 2): orientation(.t120D, .t120U, .t120C)
        case (2, 1): .t210
        default: .t300
        }
    }

    /// By node a, b, c, how many of its one-way ties it sends and receives.
    private var oneWayDegrees: [(sent: Int, received: Int)] {
        let oneWay = Self.pairs.reduce(into: [TriadTies]()) { ties, pair in
            if contains(pair.0) != contains(pair.1) { ties.append(contains(pair.0) ? pair.0 : pair.1) }
        }
        let senders: [TriadTies] = [[.ab, .ac], [.ba, .bc], [.ca, .cb]]
        let receivers: [TriadTies] = [[.ba, .ca], [.ab, .cb], [.ac, .bc]]
        return (0..<3).map { node in
            (oneWay.count { senders[node].contains($0) }, oneWay.count { receivers[node].contains($0) })
        }
    }

    /// Of two one-way ties: both sent by one node, both received by one, or one after the other.
    private func orientation(_ down: TriadKind, _ up: TriadKind, _ chain: TriadKind) -> TriadKind {
        let degrees = oneWayDegrees
        if degrees.contains(where: { $0.sent == 2 }) { return down }
        return degrees.contains(where: { $0.received == 2 }) ? up : chain
    }

    /// Of a mutual and a one-way tie: whether the one-way tie goes to the node that both share.
    private var asymmetricTieMeetsMutual: Bool {
        let mutual: [TriadTies] = [[.ab, .ba, .ca, .ac], [.ab, .ba, .bc, .cb], [.bc, .cb, .ca, .ac]]
        // The node that both share is the one with three of the ties.
        let shared = (0..<3).first { intersection(mutual[$0]).count == 3 } ?? 0
        return oneWayDegrees[shared].received == 1
    }

    private var count: Int { rawValue.nonzeroBitCount }
}
