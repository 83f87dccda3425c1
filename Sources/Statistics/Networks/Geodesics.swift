/// The shortest paths of a graph, summed up by node. The length of a path is its number of ties.
public struct Geodesics: Equatable, Sendable {
    /// By node, how many others it reaches; against the ties, how many reach it.
    public internal(set) var reached: [Int]
    /// By node, the sum of the distances to the nodes reached.
    public internal(set) var distanceSums: [Int]
    /// By node, the sum of 1 / distance over the nodes reached.
    public internal(set) var reciprocalSums: [Double]
    /// By node, the distance of the farthest node reached; 0 where none is.
    public internal(set) var farthest: [Int]

    fileprivate init(nodeCount: Int) {
        reached = [Int](repeating: 0, count: nodeCount)
        distanceSums = reached
        reciprocalSums = [Double](repeating: 0, count: nodeCount)
        farthest = reached
    }

    private var nodeCount: Int { reached.count }
    private var pairs: Double { Double(nodeCount) * Double(nodeCount - 1) }

    /// The mean distance over the ordered pairs with a path; nil without any.
    public var meanDistance: Double? {
        let pairs = reached.reduce(0, +)
        return pairs > 0 ? Double(distanceSums.reduce(0, +)) / Double(pairs) : nil
    }

    /// The longest of all shortest paths; nil without any.
    public var diameter: Int? { farthest.max().flatMap { $0 > 0 ? $0 : nil } }

    /// The share of ordered pairs with a path; nil for fewer than two nodes.
    public var reachableShare: Double? {
        nodeCount > 1 ? Double(reached.reduce(0, +)) / pairs : nil
    }

    /// The mean of 1 / distance over all ordered pairs, 0 for those without a path; nil for fewer than two nodes.
    ///
    /// Source: V. Latora & M. Marchiori, Physical Review Letters 87 (2001).
    public var globalEfficiency: Double? {
        guard nodeCount > 1, let sum = Descriptives.sum(reciprocalSums.span) else { return nil }
        return sum / pairs
    }

    /// How closeness treats nodes that are not reached.
    public enum ClosenessScale: String, CaseIterable, Codable, Hashable, Sendable {
        /// They do not count: nodes reached / sum of distances to them, as in igraph. Undefined where none is reached.
        case reachable
        /// The same times the share of the others that is reached, as in networkx (S. Wasserman & K. Faust 1994,
        /// equation 5.22). 0 where none is reached.
        case wassermanFaust = "wasserman_faust"
    }

    /// By node, its closeness; nil where undefined.
    ///
    /// Source: L. C. Freeman, Social Networks 1 (1979).
    public func closeness(_ scale: ClosenessScale = .reachable) -> [Double?] {
        reached.indices.map { node in
            guard nodeCount > 1 else { return nil }
            let count = Double(reached[node])
            let closeness = count > 0 ? count / Double(distanceSums[node]) : nil
            switch scale {
            case .reachable: return closeness
            case .wassermanFaust: return (closeness ?? 0) * count / Double(nodeCount - 1)
            }
        }
    }

    /// By node, the mean of 1 / distance to the others, 0 for those not reached; nil for a single node.
    ///
    /// Source: Y. Rochat, "Closeness centrality extended to unconnected graphs" (2009).
    public var harmonicCentrality: [Double?] {
        reciprocalSums.map { nodeCount > 1 ? $0 / Double(nodeCount - 1) : nil }
    }
}

extension Graph {
    /// The shortest paths from every node, or against the ties to every node.
    ///
    /// 64 targets at a time, one bit each: a node is d ties away from those targets that are d - 1 away from one of
    /// its neighbours and not nearer.
    ///
    /// Source: M. Then et al., "The More the Merrier: Efficient Multi-Source Graph Traversal", PVLDB 8 (2014).
    public func geodesics(_ direction: TieDirection = .outgoing) -> Geodesics {
        geodesics(direction, beforeEachWalk: { () throws(Never) in })
    }

    /// The same, asking before each walk to 64 targets, and now and then on a long one, whether to go on: throw to give up.
    public func geodesics<Stop: Error>(
        _ direction: TieDirection = .outgoing, beforeEachWalk ask: () throws(Stop) -> Void
    ) throws(Stop) -> Geodesics {
        var result = Geodesics(nodeCount: nodeCount)
        var wave = TargetWave(nodeCount: nodeCount)
        for start in stride(from: 0, to: nodeCount, by: UInt64.bitWidth) {
            try ask()
            wave.begin(at: start..<min(start + UInt64.bitWidth, nodeCount))
            var distance = 1
            while wave.advance(over: rows(direction)) {
                if distance.isMultiple(of: 256) { try ask() }
                result.count(wave, at: distance)
                distance += 1
            }
        }
        return result
    }
}

extension Geodesics {
    fileprivate mutating func count(_ wave: TargetWave, at distance: Int) {
        for node in reached.indices where wave.front[node] != 0 {
            let targets = wave.front[node].nonzeroBitCount
            reached[node] += targets
            distanceSums[node] += targets * distance
            reciprocalSums[node] += Double(targets) / Double(distance)
            farthest[node] = max(farthest[node], distance)
        }
    }
}

/// By node, one bit for each of up to 64 targets.
private struct TargetWave {
    /// The targets at the present distance.
    private(set) var front: [UInt64]
    /// The targets at this distance or nearer.
    private var near: [UInt64]
    private var next: [UInt64]
    private var everyTarget: UInt64 = 0

    init(nodeCount: Int) {
        front = [UInt64](repeating: 0, count: nodeCount)
        near = front
        next = front
    }

    /// Puts each target at distance 0 of itself.
    mutating func begin(at targets: Range<Int>) {
        for node in front.indices {
            front[node] = targets.contains(node) ? 1 << UInt64(node - targets.lowerBound) : 0
            near[node] = front[node]
        }
        everyTarget = targets.count == UInt64.bitWidth ? .max : (1 << UInt64(targets.count)) - 1
    }

    /// Goes one tie further; false where no target is at that distance of any node.
    mutating func advance(over rows: CompressedRows) -> Bool {
        var any: UInt64 = 0
        for node in front.indices {
            var found: UInt64 = 0
            if near[node] != everyTarget {
                for place in rows.row(node) { found |= front[Int(rows.neighbours[place])] }
                found &= ~near[node]
            }
            next[node] = found
            any |= found
        }
        guard any != 0 else { return false }
        swap(&front, &next)
        for node in front.indices { near[node] |= front[node] }
        return true
    }
}
