extension Graph {
    /// The graph without directions: two nodes are tied if there is a tie either way, and its weight is the sum of
    /// both. An undirected graph is its own.
    public var undirected: Graph {
        isDirected ? Graph(nodeCount: nodeCount, arcs: sent.arcs, isDirected: false, intake: intake) : self
    }

    /// The graph with every tie turned round. An undirected graph is its own.
    public var reversed: Graph { Graph(copying: self, sent: received, received: sent) }

    /// The graph of some of the nodes and the ties among them. The nodes kept are numbered anew, in their order.
    ///
    /// - Precondition: one answer per node.
    public func subgraph(keeping isKept: [Bool]) -> Graph {
        precondition(isKept.count == nodeCount, "\(nodeCount) nodes but \(isKept.count) answers")
        var number: [Int32] = []
        var count: Int32 = 0
        for node in nodes {
            number.append(isKept[node] ? count : -1)
            if isKept[node] { count += 1 }
        }
        let arcs = sent.arcs.compactMap { arc in
            let renumbered = Arc(from: number[Int(arc.from)], to: number[Int(arc.to)], weight: arc.weight)
            let isInside = renumbered.from >= 0 && renumbered.to >= 0
            return isInside && (isDirected || arc.from < arc.to) ? renumbered : nil
        }
        return Graph(nodeCount: Int(count), arcs: arcs, isDirected: isDirected, intake: TieIntake(rows: arcs.count))
    }

    /// Every tie once, with its weight; in an undirected graph from the lower to the higher node.
    public var ties: [(from: Int, to: Int, weight: Double)] {
        sent.arcs.compactMap { arc in
            isDirected || arc.from < arc.to ? (Int(arc.from), Int(arc.to), arc.weight) : nil
        }
    }

    private init(copying graph: Graph, sent: CompressedRows, received: CompressedRows) {
        nodeCount = graph.nodeCount
        isDirected = graph.isDirected
        intake = graph.intake
        self.sent = sent
        self.received = received
    }
}

/// Which way along the ties of a directed graph; the same where they have no direction.
public enum TieDirection: String, CaseIterable, Codable, Hashable, Sendable {
    /// Along the ties.
    case outgoing = "out"
    /// Against them.
    case incoming = "in"
}

extension Graph {
    /// By node, the neighbours in a direction.
    func rows(_ direction: TieDirection) -> CompressedRows { direction == .outgoing ? sent : received }
}
