/// A social network: nodes 0 ..< `nodeCount`, whose names stay with the caller, and the ties between them.
///
/// How rows of a tie table become ties:
/// - a row with an unknown end (an index below 0) is no tie;
/// - a row whose weight is missing, infinite, negative or 0 is no tie;
/// - a tie of a node with itself is left out;
/// - rows of the same pair are one tie, whose weight is their sum; in an undirected graph the order of the two ends does
///   not matter;
/// - a node without ties stays in the graph.
///
/// ``intake`` says how many rows each rule took. Measures ignore weights unless their name says otherwise.
public struct Graph: Sendable {
    /// How many nodes there are, isolates included.
    public let nodeCount: Int
    /// Whether a tie runs from one node to the other, or between the two.
    public let isDirected: Bool
    /// What became of the rows of the tie table.
    public let intake: TieIntake
    /// By node, whom its ties go to. In an undirected graph every tie is in the rows of both its ends.
    let sent: CompressedRows
    /// By node, whom its ties come from; the same as `sent` in an undirected graph.
    let received: CompressedRows

    /// The graph of a tie table.
    ///
    /// - Parameters:
    ///   - nodeCount: how many nodes there are.
    ///   - from: the node each tie starts at, below 0 where unknown.
    ///   - to: the node it ends at, below 0 where unknown.
    ///   - weights: one weight per row; empty where every tie weighs 1.
    ///   - isDirected: whether the two ends play different parts.
    /// - Precondition: as many ends as starts, and as many weights unless there are none; no index of `nodeCount` or
    ///   above; fewer than 2^30 rows.
    public init(
        nodeCount: Int, from: Span<Int32>, to: Span<Int32>, weights: Span<Double> = Span(), isDirected: Bool
    ) {
        precondition(from.count == to.count, "\(from.count) starts but \(to.count) ends of ties")
        precondition(
            weights.isEmpty || weights.count == from.count, "\(from.count) ties but \(weights.count) weights")
        precondition(nodeCount >= 0 && nodeCount < Int(Int32.max) && from.count < 1 << 30, "too large a graph")
        var intake = TieIntake(rows: from.count)
        var arcs: [Arc] = []
        arcs.reserveCapacity(from.count)
        for row in from.indices {
            let arc = Arc(from: from[row], to: to[row], weight: weights.isEmpty ? 1 : weights[row])
            precondition(Int(max(arc.from, arc.to)) < nodeCount, "row \(row) names a node beyond \(nodeCount)")
            if intake.admits(arc) { arcs.append(arc) }
        }
        self.init(nodeCount: nodeCount, arcs: arcs, isDirected: isDirected, intake: intake)
    }

    init(nodeCount: Int, arcs: [Arc], isDirected: Bool, intake: TieIntake) {
        let both = isDirected ? arcs : arcs.bothWays
        let sent = CompressedRows(nodeCount: nodeCount, arcs: both)
        self.nodeCount = nodeCount
        self.isDirected = isDirected
        self.sent = sent
        received = isDirected ? sent.transposed() : sent
        self.intake = intake
    }

    /// How many ties there are, each once.
    public var tieCount: Int { isDirected ? sent.neighbours.count : sent.neighbours.count / 2 }

    /// How many ties there could be: n (n - 1), or half of that where they are undirected.
    public var possibleTieCount: Int { nodeCount * (nodeCount - 1) / (isDirected ? 1 : 2) }

    /// The share of possible ties that exist; nil for fewer than two nodes.
    public var density: Double? {
        nodeCount > 1 ? Double(tieCount) / Double(possibleTieCount) : nil
    }

    /// The nodes, in order.
    var nodes: Range<Int> { 0..<nodeCount }
}
