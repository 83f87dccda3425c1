extension Graph {
    /// By node, the largest k such that it belongs to a part in which everybody has at least k ties within, on the ties
    /// without direction.
    ///
    /// Source: S. B. Seidman, Social Networks 5 (1983); the algorithm of V. Batagelj & M. Zaveršnik (2003), which takes
    /// the node of least degree away again and again.
    public var coreNumbers: [Int] {
        let rows = undirected.sent
        var degree = nodes.map { rows.degree($0) }
        var queue = DegreeOrder(degree)
        for step in nodes {
            let node = queue.order[step]
            for place in rows.row(node) {
                let neighbour = Int(rows.neighbours[place])
                guard degree[neighbour] > degree[node] else { continue }
                queue.lower(neighbour, from: degree[neighbour])
                degree[neighbour] -= 1
            }
        }
        return degree
    }
}

/// Nodes by ascending degree, in which lowering a degree by one costs one exchange.
private struct DegreeOrder {
    private(set) var order: [Int]
    /// By node, its place in the order.
    private var place: [Int]
    /// By degree, the place of the first node that has it.
    private var first: [Int]

    init(_ degree: [Int]) {
        order = degree.indices.sorted { degree[$0] < degree[$1] }
        place = [Int](repeating: 0, count: degree.count)
        for (index, node) in order.enumerated() { place[node] = index }
        first = [Int](repeating: 0, count: (degree.max() ?? 0) + 2)
        for value in degree { first[value + 1] += 1 }
        for value in 1..<first.count { first[value] += first[value - 1] }
    }

    /// Moves a node to the front of those of its degree, which then counts for the degree below.
    mutating func lower(_ node: Int, from degree: Int) {
        let other = order[first[degree]]
        order.swapAt(first[degree], place[node])
        place[other] = place[node]
        place[node] = first[degree]
        first[degree] += 1
    }
}
