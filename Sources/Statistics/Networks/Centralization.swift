extension Graph {
    /// Whether the most central graph that is thought of may have ties of a node with itself.
    public enum SelfTies: String, CaseIterable, Codable, Hashable, Sendable {
        /// It may not: the sum is at most (n - 1)², without directions (n - 1)(n - 2).
        case excluded
        /// It may, as igraph has it by default: the sum is at most n (n - 1).
        case possible
    }

    /// How far the degrees are from equal: the sum of the differences to the largest, divided by what it could be at
    /// most. Nil where that is 0.
    ///
    /// Source: L. C. Freeman, Social Networks 1 (1979).
    public func degreeCentralization(
        _ direction: TieDirection = .outgoing, selfTies: SelfTies = .excluded
    ) -> Double? {
        let n = nodeCount
        let most =
            switch selfTies {
            case .possible: n * (n - 1)
            case .excluded: (n - 1) * (isDirected ? n - 1 : n - 2)
            }
        return Self.centralization(of: degrees(direction).map(Double.init), most: Double(most))
    }

    /// The same of betweenness, which is most unequal in a star; nil for fewer than three nodes, or where betweenness
    /// is.
    public var betweennessCentralization: Double? { betweenness.flatMap(betweennessCentralization(of:)) }

    /// The same from scores of ``betweenness``.
    public func betweennessCentralization(of betweenness: [Double]) -> Double? {
        Self.centralization(of: betweenness, most: Double(nodeCount - 1) * Double(pairsOfOthers))
    }

    /// The same of closeness, which is most unequal in a star, where the sum is (n - 1)(n - 2) / (2 n - 3). Defined for
    /// connected undirected graphs of three nodes or more only.
    public var closenessCentralization: Double? { closenessCentralization(of: geodesics()) }

    /// The same from the graph's geodesics.
    public func closenessCentralization(of geodesics: Geodesics) -> Double? {
        guard !isDirected, isConnected else { return nil }
        let n = Double(nodeCount)
        return Self.centralization(
            of: geodesics.closeness().compactMap(\.self), most: (n - 1) * (n - 2) / (2 * n - 3))
    }

    private static func centralization(of scores: [Double], most: Double) -> Double? {
        guard let largest = scores.max(), scores.count > 1, most > 0 else { return nil }
        let differences = scores.map { largest - $0 }
        return Descriptives.sum(differences.span).flatMap { ($0 / most).finite }
    }
}
