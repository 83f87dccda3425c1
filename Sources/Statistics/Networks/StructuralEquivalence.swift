extension Graph {
    /// By node, the number of its position, from 0 in the order in which positions occur: nodes of one position have
    /// the same ties to and from all others, so that they could change places. Nodes without ties share a position.
    ///
    /// Two nodes can change places if their neighbours are the same once both are left out, and a tie between them is
    /// returned. Then either the two are not tied and their neighbours are the same as they stand, or they are and
    /// their neighbours are the same once each is counted among its own.
    ///
    /// Source: F. Lorrain & H. C. White, Journal of Mathematical Sociology 1 (1971).
    public var structuralPositions: [Int] {
        var apart: [TieProfile: [Int]] = [:]
        var together: [TieProfile: [Int]] = [:]
        for node in nodes {
            apart[profile(of: node), default: []].append(node)
            together[profile(of: node, withItself: true), default: []].append(node)
        }
        var first = Array(nodes)
        for equals in Array(apart.values) + Array(together.values) where equals.count > 1 {
            for node in equals { first[node] = min(first[node], equals[0]) }
        }
        var positions: [Int: Int] = [:]
        return first.map { node in
            let position = positions[node] ?? positions.count
            positions[node] = position
            return position
        }
    }

    private func profile(of node: Int, withItself: Bool = false) -> TieProfile {
        func neighbours(_ rows: CompressedRows) -> [Int32] {
            let others = Array(rows.neighbours[rows.row(node)])
            return withItself ? (others + [Int32(node)]).sorted() : others
        }
        return TieProfile(sent: neighbours(sent), received: isDirected ? neighbours(received) : [])
    }
}

/// Whom a node is tied to.
private struct TieProfile: Hashable {
    let sent: [Int32]
    let received: [Int32]
}
