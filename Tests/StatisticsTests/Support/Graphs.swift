import Statistics

extension Graph {
    /// A graph from pairs of nodes.
    init(_ nodeCount: Int, _ ties: [(Int, Int)], weights: [Double] = [], directed: Bool = false) {
        let from = ties.map { Int32($0.0) }
        let to = ties.map { Int32($0.1) }
        self.init(nodeCount: nodeCount, from: from.span, to: to.span, weights: weights.span, isDirected: directed)
    }

    /// Everybody tied to everybody.
    static func complete(_ n: Int, directed: Bool = false) -> Graph {
        Graph(n, (0..<n).flatMap { a in (0..<n).map { (a, $0) } }.filter { $0.0 != $0.1 }, directed: directed)
    }

    /// Node 0 tied to all others.
    static func star(_ n: Int, directed: Bool = false) -> Graph {
        Graph(n, (1..<n).map { (0, $0) }, directed: directed)
    }

    /// Each node tied to the next, the last to the first.
    static func ring(_ n: Int, directed: Bool = false) -> Graph {
        Graph(n, (0..<n).map { ($0, ($0 + 1) % n) }, directed: directed)
    }

    /// Random ties, some named twice or with themselves, with whole weights.
    static func random(
        _ nodeCount: Int, ties: Int, directed: Bool, using generator: inout SplitMix64
    ) -> (graph: Graph, rows: [(Int, Int)], weights: [Double]) {
        let rows = (0..<ties).map { _ in (generator.below(nodeCount), generator.below(nodeCount)) }
        let weights = rows.map { _ in Double(1 + generator.below(5)) }
        return (Graph(nodeCount, rows, weights: weights, directed: directed), rows, weights)
    }
}

extension NodeGroups {
    init(_ codes: [Int], count: Int) {
        let codes = codes.map(Int32.init)
        self.init(codes: codes.span, count: count)
    }
}

extension Graph {
    func assortativity(of values: [Double]) -> Double? { assortativity(of: values.span) }
}
