/// How the pairs of a directed graph's nodes are tied.
///
/// Source: P. W. Holland & S. Leinhardt, American Journal of Sociology 76 (1970).
public struct DyadCensus: Hashable, Sendable {
    /// Pairs tied both ways.
    public let mutual: Int
    /// Pairs tied one way.
    public let asymmetric: Int
    /// Pairs not tied.
    public let null: Int

    /// The share of ties that are returned, 2 M / (2 M + A), as igraph and networkx have it; nil without ties.
    public var returnedTieShare: Double? { share(2 * mutual, of: 2 * mutual + asymmetric) }

    /// The share of tied pairs that are tied both ways, M / (M + A); nil without ties.
    public var mutualPairShare: Double? { share(mutual, of: mutual + asymmetric) }

    /// The share of all pairs that are tied both ways or not at all, (M + N) / (M + A + N), as R's sna has it by
    /// default; nil for fewer than two nodes.
    public var symmetricPairShare: Double? { share(mutual + null, of: mutual + asymmetric + null) }

    private func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}

extension Graph {
    /// The dyad census; in an undirected graph every tie counts as mutual.
    public var dyadCensus: DyadCensus {
        let returned = isDirected ? nodes.reduce(0) { $0 + sent.countShared($1, with: received, $1) } : 2 * tieCount
        let pairs = nodeCount * (nodeCount - 1) / 2
        let asymmetric = isDirected ? tieCount - returned : 0
        return DyadCensus(
            mutual: returned / 2, asymmetric: asymmetric, null: pairs - returned / 2 - asymmetric)
    }
}
