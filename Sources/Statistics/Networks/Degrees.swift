extension Graph {
    /// By node, how many ties it has in a direction; in an undirected graph, how many it has.
    public func degrees(_ direction: TieDirection = .outgoing) -> [Int] {
        let rows = rows(direction)
        return nodes.map { rows.degree($0) }
    }

    /// By node, the sum of its ties' weights in a direction.
    public func strengths(_ direction: TieDirection = .outgoing) -> [Double] {
        let rows = rows(direction)
        return nodes.map { node in
            var sum = CompensatedSum()
            for place in rows.row(node) { sum.add(rows.weights[place]) }
            return sum.value
        }
    }

    /// The nodes without any tie, ascending.
    public var isolates: [Int] {
        nodes.filter { sent.degree($0) == 0 && received.degree($0) == 0 }
    }
}
