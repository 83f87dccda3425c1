/// How far a directed graph is from an out-tree, the ideal of a formal hierarchy, in four respects.
///
/// Source: D. Krackhardt, "Graph theoretical dimensions of informal organizations" (1994).
public struct KrackhardtHierarchy: Hashable, Sendable {
    /// The share of pairs that are connected, whatever the directions; nil for fewer than two nodes.
    public let connectedness: Double?
    /// The share of pairs with a path one way that have none back; nil without paths.
    public let hierarchy: Double?
    /// 1 less the share of ties beyond those that connect each part; nil where no more could be.
    public let efficiency: Double?
    /// 1 less the share of pairs within each part that lack a common superior as the rule has it; nil unless a part
    /// has three nodes.
    public let upperBoundedness: Double?

    /// Which common superior two nodes must have. A superior of a node has a path to it; a node is its own, too.
    public enum UpperBound: String, CaseIterable, Codable, Hashable, Sendable {
        /// One who has a path to all their common superiors, as R's sna counts.
        case highest
        /// One to whom all their common superiors have a path, as Krackhardt describes.
        case least
    }
}

extension Graph {
    /// Krackhardt's four dimensions.
    public func krackhardtHierarchy(_ bound: KrackhardtHierarchy.UpperBound = .highest) -> KrackhardtHierarchy {
        let parts = weakComponents
        let pairs = Self.pairCount(nodeCount)
        let connected = parts.sizes.reduce(0) { $0 + Self.pairCount($1) }
        let reach = Reachability(self, parts: parts)
        let oneWay = reach.pathCount - 2 * reach.mutualPairCount
        // A part is connected by one tie less than it has nodes, and has at most one each way per pair.
        let necessary = parts.sizes.reduce(0) { $0 + $1 - 1 }
        let surplus = 2 * connected - necessary
        return KrackhardtHierarchy(
            connectedness: ratio(connected, pairs),
            hierarchy: ratio(oneWay, oneWay + reach.mutualPairCount),
            efficiency: ratio(surplus - (sent.neighbours.count - necessary), surplus),
            upperBoundedness: upperBoundedness(parts, violations: reach.unboundedPairCount(bound)))
    }

    private func upperBoundedness(_ parts: Components, violations: Int) -> Double? {
        let most = parts.sizes.reduce(0) { $0 + Self.pairCount($1 - 1) }
        return ratio(most - violations, most)
    }

    private static func pairCount(_ count: Int) -> Int { count * (count - 1) / 2 }

    private func ratio(_ part: Int, _ whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
}

/// Who reaches whom, by strong components: all nodes of one have the same superiors.
private struct Reachability {
    private let components: Components
    /// By component, the connected part it lies in.
    private let parts: [Int]
    /// By component, a bit for each component that has a path to it, itself included.
    private let superiors: [BitSet]
    /// By component, a bit for each component it has a path to, itself included.
    private let inferiors: [BitSet]

    init(_ graph: Graph, parts: Components) {
        let components = graph.strongComponents
        self.components = components
        var partOfComponent = [Int](repeating: 0, count: components.count)
        for (component, part) in zip(components.membership, parts.membership) { partOfComponent[component] = part }
        self.parts = partOfComponent
        let empty = BitSet(count: components.count)
        var superiors = [BitSet](repeating: empty, count: components.count)
        var inferiors = superiors
        let arcs = Set(
            graph.sent.arcs.map { [components.membership[Int($0.from)], components.membership[Int($0.to)]] })
        let (descending, ascending) = (arcs.sorted { $0[0] > $1[0] }, arcs.sorted { $0[0] < $1[0] })
        for component in 0..<components.count {
            superiors[component].insert(component)
            inferiors[component].insert(component)
        }
        // Ties run from higher to lower components.
        for arc in descending { superiors[arc[1]].formUnion(superiors[arc[0]]) }
        for arc in ascending { inferiors[arc[0]].formUnion(inferiors[arc[1]]) }
        self.superiors = superiors
        self.inferiors = inferiors
    }

    /// Pairs of nodes with paths both ways.
    var mutualPairCount: Int { components.sizes.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }

    /// Ordered pairs of nodes with a path from the first to the second.
    var pathCount: Int {
        components.sizes.indices.reduce(0) { count, component in
            let reached = inferiors[component].reduce(0) { $0 + components.sizes[$1] }
            return count + components.sizes[component] * (reached - 1)
        }
    }

    /// Pairs of nodes in one part without a common superior as the rule has it.
    func unboundedPairCount(_ bound: KrackhardtHierarchy.UpperBound) -> Int {
        var count = 0
        for first in 0..<components.count {
            let size = components.sizes[first]
            if size > 1, !areBounded(first, first, bound) { count += size * (size - 1) / 2 }
            for second in 0..<first
            where parts[first] == parts[second] && !areBounded(first, second, bound) {
                count += size * components.sizes[second]
            }
        }
        return count
    }

    /// Whether nodes of two components have a common superior as the rule has it. Were there one, it would be the first
    /// or the last of all their common superiors in the order of components.
    private func areBounded(_ a: Int, _ b: Int, _ bound: KrackhardtHierarchy.UpperBound) -> Bool {
        switch bound {
        case .highest:
            guard let highest = superiors[a].lastShared(with: superiors[b]) else { return false }
            return superiors[a].sharesOnly(inferiors[highest], with: superiors[b])
        case .least:
            guard let least = superiors[a].firstShared(with: superiors[b]) else { return false }
            return superiors[a].sharesOnly(superiors[least], with: superiors[b])
        }
    }
}
