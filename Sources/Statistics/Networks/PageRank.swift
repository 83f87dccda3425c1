extension Graph {
    /// By node, its share of the visits of a walker who follows a random tie with probability `damping` and otherwise,
    /// or where no tie goes on, starts again anywhere. The shares sum to 1. Nil without nodes, or unless
    /// 0 ≤ damping < 1.
    ///
    /// Source: S. Brin & L. Page, Computer Networks 30 (1998).
    public func pageRank(damping: Double = 0.85) -> [Double]? {
        guard nodeCount > 0, damping >= 0, damping < 1 else { return nil }
        let everywhere = 1 / Double(nodeCount)
        var ranks = [Double](repeating: everywhere, count: nodeCount)
        // An error shrinks by the damping at least, so the change bounds what is left.
        var change = Double.infinity
        while change > Self.rankTolerance * (1 - damping) {
            let visits = nodes.map { ranks[$0] / Double(max(sent.degree($0), 1)) }
            let stranded = nodes.reduce(0) { $0 + (sent.degree($1) == 0 ? ranks[$1] : 0) }
            let anew = (1 - damping) * everywhere + damping * stranded * everywhere
            let next = nodes.map { node in
                anew + damping * received.row(node).reduce(0) { $0 + visits[Int(received.neighbours[$1])] }
            }
            change = zip(next, ranks).reduce(0) { $0 + abs($1.0 - $1.1) }
            ranks = next
            if change < Self.rankRounding { break }
        }
        return ranks
    }

    private static let rankTolerance = 1e-13
    private static let rankRounding = 1e-15
}
