extension Graph {
    /// By node, Burt's constraint: Σ over its contacts j of (p_ij + Σ over q of p_iq p_qj)², where p_ij is the part of
    /// node i's ties, sent and received, that go to and come from j. Nil for isolates. ``undirected`` gives the variant
    /// in which a tie counts the same whether it is returned or not.
    ///
    /// Source: R. S. Burt, "Structural Holes" (1992), equation 2.4.
    public var constraint: [Double?] { constraint(beforeEachNode: { () throws(Never) in }) }

    /// ``constraint``, asking before each node whether to go on: throw to give up.
    public func constraint<Stop: Error>(beforeEachNode ask: () throws(Stop) -> Void) throws(Stop) -> [Double?] {
        let parts = contactParts
        var indirect = [Double](repeating: 0, count: nodeCount)
        return try nodes.map { (ego) throws(Stop) -> Double? in
            try ask()
            let contacts = parts.row(ego)
            guard !contacts.isEmpty else { return nil }
            for place in contacts {
                let between = Int(parts.neighbours[place])
                for further in parts.row(between) {
                    indirect[Int(parts.neighbours[further])] += parts.weights[place] * parts.weights[further]
                }
            }
            let constraint = contacts.reduce(0) { sum, place in
                let investment = parts.weights[place] + indirect[Int(parts.neighbours[place])]
                return sum + investment * investment
            }
            for place in contacts {
                for further in parts.row(Int(parts.neighbours[place])) {
                    indirect[Int(parts.neighbours[further])] = 0
                }
            }
            return constraint
        }
    }

    /// By node, Burt's effective size: contacts less what is redundant among them, n - 2 t / n for n contacts with t
    /// ties among each other, on the ties without direction. Nil for isolates.
    ///
    /// Source: S. P. Borgatti, Connections 20 (1997).
    public var effectiveSizes: [Double?] {
        let graph = undirected
        return zip(graph.degrees(), graph.localTriples).map { contacts, triples in
            contacts > 0 ? Double(contacts) - 2 * Double(triples.closed) / Double(contacts) : nil
        }
    }

    /// By node, each contact with its part of the node's ties, sent and received.
    private var contactParts: CompressedRows {
        let arcs = sent.arcs.map { Arc(from: $0.from, to: $0.to, weight: 1) }
        let rows = CompressedRows(nodeCount: nodeCount, arcs: arcs.bothWays)
        var parts = rows.weights
        for node in nodes {
            let sum = rows.row(node).reduce(0) { $0 + rows.weights[$1] }
            for place in rows.row(node) { parts[place] /= sum }
        }
        return CompressedRows(starts: rows.starts, neighbours: rows.neighbours, weights: parts)
    }
}
