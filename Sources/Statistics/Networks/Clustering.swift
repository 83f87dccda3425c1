extension Graph {
    /// The share of connected triples that are closed, 3 triangles / triples, on the ties without direction; nil
    /// without a node that has two neighbours.
    ///
    /// Source: M. E. J. Newman, SIAM Review 45 (2003), equation 3.
    public var transitivity: Double? {
        let counts = undirected.localTriples
        let triples = counts.reduce(0) { $0 + $1.all }
        return triples > 0 ? Double(counts.reduce(0) { $0 + $1.closed }) / Double(triples) : nil
    }

    /// The share of paths i → j → k between three nodes with a tie i → k as well; nil without such a path. For an
    /// undirected graph the same as ``transitivity``.
    ///
    /// Source: the weak transitivity of S. Wasserman & K. Faust, "Social Network Analysis" (1994), section 6.4; R's
    /// `sna::gtrans(measure = "weak")`.
    public var directedTransitivity: Double? {
        var (closed, all) = (0, 0)
        for node in nodes {
            let returned = sent.countShared(node, with: received, node)
            all += received.degree(node) * sent.degree(node) - returned
            for place in sent.row(node) {
                closed += sent.countShared(node, with: received, Int(sent.neighbours[place]))
            }
        }
        return all > 0 ? Double(closed) / Double(all) : nil
    }

    /// By node, the share of pairs of its neighbours that are tied, on the ties without direction; nil for fewer than
    /// two neighbours.
    ///
    /// Source: D. J. Watts & S. H. Strogatz, Nature 393 (1998).
    public var localClustering: [Double?] {
        undirected.localTriples.map { $0.all > 0 ? Double($0.closed) / Double($0.all) : nil }
    }

    /// What a node with fewer than two neighbours adds to a mean of local clustering.
    public enum UnclusteredNodes: String, CaseIterable, Codable, Hashable, Sendable {
        /// Nothing: it is left out.
        case leftOut = "left_out"
        /// A 0, as in networkx.
        case zero
    }

    /// The mean of ``localClustering``; nil without nodes to average.
    public func meanLocalClustering(_ unclustered: UnclusteredNodes = .leftOut) -> Double? {
        let values = localClustering.compactMap { unclustered == .zero ? $0 ?? 0 : $0 }
        return Descriptives.mean(values.span)
    }

    /// By node, the pairs of its neighbours and those that are tied. For an undirected graph.
    var localTriples: [(closed: Int, all: Int)] {
        nodes.map { node in
            let degree = sent.degree(node)
            // Each tie between two neighbours is met from both of its ends.
            let closed = sent.row(node).reduce(0) { count, place in
                count + sent.countShared(node, with: sent, Int(sent.neighbours[place]))
            }
            return (closed / 2, degree * (degree - 1) / 2)
        }
    }
}
