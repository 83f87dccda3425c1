extension Graph {
    /// By node, the share of shortest paths between two others that lead through it, summed over the pairs: ordered
    /// pairs of a directed graph, each pair once of an undirected one. Nil where a pair has so many shortest paths
    /// (beyond 10^308) that the shares cannot be told.
    ///
    /// Source: L. C. Freeman, Sociometry 40 (1977); the algorithm of U. Brandes, Journal of Mathematical Sociology 25
    /// (2001).
    public var betweenness: [Double]? { betweenness(beforeEachWalk: { () throws(Never) in }) }

    /// ``betweenness``, asking before the walk from each node whether to go on: throw to give up.
    public func betweenness<Stop: Error>(beforeEachWalk ask: () throws(Stop) -> Void) throws(Stop) -> [Double]? {
        var scores = [Double](repeating: 0, count: nodeCount)
        try addDependencies(to: &scores, beforeEachWalk: ask)
        // Without directions every pair was met from both of its ends.
        if !isDirected { for node in nodes { scores[node] /= 2 } }
        return scores.allSatisfy(\.isFinite) ? scores : nil
    }

    /// How many pairs of other nodes a node can lie between: (n - 1)(n - 2), or half of that without directions.
    var pairsOfOthers: Int { (nodeCount - 1) * (nodeCount - 2) / (isDirected ? 1 : 2) }

    /// ``betweenness`` divided by the number of pairs of other nodes; nil for fewer than three nodes.
    public var normalizedBetweenness: [Double]? { betweenness.flatMap(normalized) }

    /// Scores of ``betweenness`` divided by the number of pairs of other nodes; nil for fewer than three nodes.
    public func normalized(_ betweenness: [Double]) -> [Double]? {
        nodeCount > 2 ? betweenness.map { $0 / Double(pairsOfOthers) } : nil
    }

    /// Adds to each node the shares of the shortest paths from every node that lead through it.
    private func addDependencies<Stop: Error>(
        to scores: inout [Double], beforeEachWalk ask: () throws(Stop) -> Void
    ) throws(Stop) {
        var places = [Int32](repeating: -1, count: nodeCount)
        var order = [Int32](repeating: 0, count: nodeCount)
        var ends = order
        var further = [Int32](repeating: 0, count: sent.neighbours.count)
        var paths = [Double](repeating: 0, count: nodeCount)
        var placeSpan = places.mutableSpan
        var walk = WalkSpans(
            order: order.mutableSpan, ends: ends.mutableSpan, further: further.mutableSpan, paths: paths.mutableSpan)
        var scoreSpan = scores.mutableSpan
        for source in nodes {
            try ask()
            let met = walk.meetAll(from: source, over: sent, places: &placeSpan)
            walk.addDependencies(of: met, to: &scoreSpan)
            for index in 0..<met { placeSpan[Int(walk.order[index])] = -1 }
        }
    }
}

/// The shortest paths from one node.
///
/// Everything is kept by place: the number of a node in the order in which the walk meets it. The nodes of one distance
/// are then neighbours in memory; a distance need not be kept, since a node is one tie further out if its place lies
/// beyond the end of the present distance; and the way back is a sum over a list, without a branch or a division per
/// tie.
private struct WalkSpans: ~Copyable, ~Escapable {
    /// The nodes in the order in which they were met.
    var order: MutableSpan<Int32>
    /// By place, where its part of `further` ends.
    private var ends: MutableSpan<Int32>
    /// The places one tie further out along shortest paths, for one place after the other.
    private var further: MutableSpan<Int32>
    /// By place, how many shortest paths lead there; on the way back, what it hands to each of them.
    private var paths: MutableSpan<Double>

    @_lifetime(copy order, copy ends, copy further, copy paths)
    init(
        order: consuming MutableSpan<Int32>, ends: consuming MutableSpan<Int32>,
        further: consuming MutableSpan<Int32>, paths: consuming MutableSpan<Double>
    ) {
        self.order = order
        self.ends = ends
        self.further = further
        self.paths = paths
    }

    /// Meets all nodes that the source reaches, nearest first, and says how many they are.
    ///
    /// `places` has the place of each node, -1 where it is not met yet.
    @_lifetime(self: copy self)
    @_lifetime(places: copy places)
    mutating func meetAll(from source: Int, over rows: CompressedRows, places: inout MutableSpan<Int32>) -> Int {
        let starts = rows.starts.span
        let neighbours = rows.neighbours.span
        places[source] = 0
        order[0] = Int32(source)
        paths[0] = 1
        var (head, tail, distanceEnd, furtherEnd) = (0, 1, 1, 0)
        while head < tail {
            if head == distanceEnd { distanceEnd = tail }
            let node = Int(order[head])
            let pathsHere = paths[head]
            for index in Int(starts[node])..<Int(starts[node + 1]) {
                let neighbour = Int(neighbours[index])
                var place = Int(places[neighbour])
                if place < 0 {
                    place = tail
                    places[neighbour] = Int32(tail)
                    order[tail] = Int32(neighbour)
                    paths[tail] = 0
                    tail += 1
                }
                if place >= distanceEnd {
                    paths[place] += pathsHere
                    further[furtherEnd] = Int32(place)
                    furtherEnd += 1
                }
            }
            ends[head] = Int32(furtherEnd)
            head += 1
        }
        return tail
    }

    /// Adds each node's dependency: the shares of the shortest paths to all other nodes that lead through it. From
    /// the far end, a node's is Σ (1 + dependency of w) · its paths / paths to w over the nodes w one tie further out.
    @_lifetime(self: copy self)
    @_lifetime(scores: copy scores)
    mutating func addDependencies(of met: Int, to scores: inout MutableSpan<Double>) {
        for place in stride(from: met - 1, through: 0, by: -1) {
            var sum = 0.0
            for index in Int(place > 0 ? ends[place - 1] : 0)..<Int(ends[place]) { sum += paths[Int(further[index])] }
            if place > 0 { scores[Int(order[place])] += sum * paths[place] }
            paths[place] = sum + 1 / paths[place]
        }
    }
}
