/// What a network survey cannot know because some of the nodes did not answer.
///
/// A tie is named by the node it starts at: what nodes without an answer would have named is not observed. A pair is
/// known both ways if both answered, one way if one did, and not at all if neither did.
///
/// Source: G. Kossinets, Social Networks 28 (2006); M. Huisman, Journal of Social Structure 10 (2009).
public struct NetworkNonresponse: Equatable, Sendable {
    /// How many nodes answered.
    public let respondents: Int
    /// How many did not.
    public let nonrespondents: Int
    /// The ties that respondents named.
    public let observedTies: Int
    /// Those of them that go to nodes which did not answer, so that nobody knows whether they are returned, by their
    /// place in ``Graph/ties``: the ties at risk.
    public let tiesAtRisk: [Int]
    /// The pairs of respondents by their ties.
    public let respondentDyads: DyadCensus
    /// The ties that start at nodes which did not answer, from another source or by mistake. They are not used.
    public let unexpectedTies: Int

    /// Which ties of a directed graph are at risk; nil for an undirected one, whose ties have no reporter.
    ///
    /// - Precondition: one answer per node.
    public init?(_ graph: Graph, hasResponded: [Bool]) {
        precondition(
            hasResponded.count == graph.nodeCount, "\(graph.nodeCount) nodes but \(hasResponded.count) answers")
        guard graph.isDirected else { return nil }
        let ties = graph.ties
        respondents = hasResponded.count { $0 }
        nonrespondents = hasResponded.count { !$0 }
        observedTies = ties.count { hasResponded[$0.from] }
        tiesAtRisk = ties.indices.filter { hasResponded[ties[$0].from] && !hasResponded[ties[$0].to] }
        respondentDyads = graph.subgraph(keeping: hasResponded).dyadCensus
        unexpectedTies = ties.count - observedTies
    }

    private var nodeCount: Int { respondents + nonrespondents }

    /// The share of nodes that answered; nil without nodes.
    public var responseRate: Double? { share(respondents, of: nodeCount) }

    /// The possible ties that are not observed, because the node they would start at did not answer.
    public var unobservedPossibleTies: Int { nonrespondents * max(nodeCount - 1, 0) }

    /// Their share of all possible ties; nil for fewer than two nodes.
    public var unobservedShare: Double? { share(unobservedPossibleTies, of: possibleTies) }

    /// The share of observed ties that are at risk; nil without ties.
    public var atRiskShare: Double? { share(tiesAtRisk.count, of: observedTies) }

    /// Pairs known one way only.
    public var halfObservedPairs: Int { respondents * nonrespondents }

    /// Pairs not known at all.
    public var unobservedPairs: Int { nonrespondents * (nonrespondents - 1) / 2 }

    /// The density of what is observed: ties named by respondents among those they could name; nil where nobody could.
    public var observedDensity: Double? { share(observedTies, of: possibleTies - unobservedPossibleTies) }

    /// The lowest and the highest density that the whole network can have; nil for fewer than two nodes.
    public var densityBounds: ClosedRange<Double>? {
        guard let low = share(observedTies, of: possibleTies),
            let high = share(observedTies + unobservedPossibleTies, of: possibleTies)
        else { return nil }
        return low...high
    }

    /// The lowest and the highest share of the observed ties that can be returned: none or all of those at risk. Nil
    /// without ties.
    public var returnedShareBounds: ClosedRange<Double>? {
        guard let low = share(2 * respondentDyads.mutual, of: observedTies),
            let high = share(2 * respondentDyads.mutual + tiesAtRisk.count, of: observedTies)
        else { return nil }
        return low...high
    }

    private var possibleTies: Int { nodeCount * max(nodeCount - 1, 0) }

    private func share(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
