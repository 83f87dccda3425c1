import LuaSandbox
import Statistics

/// What a network cannot know because some of its nodes did not answer.
extension GraphVerbs {
    static let nonresponseVerbs: [Verb] = [
        Verb(.graph, "nonresponse", nonresponse),
        Verb(.graph, "at_risk", atRisk),
    ]

    static func nonresponse(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "nonresponse")
        let (answered, column) = try answered(host, net, arguments, "nonresponse")
        host.bill(rows: net.walk)
        let nodes = net.nodes.resting(on: column.group)
        return try host.give(from: nodes) { () throws(Undefined) in
            guard let found = NetworkNonresponse(net.graph, hasResponded: answered) else {
                throw Undefined("ties without a direction have nobody who reports them")
            }
            var computed = Computed(found.unobservedShare, n: net.graph.nodeCount)
            computed.counted = net.nodesCounted
            computed.reason = "nonresponse needs two nodes"
            computed.add("respondents", found.respondents)
            computed.add("nonrespondents", found.nonrespondents)
            computed.add("response_rate", found.responseRate)
            computed.add("unobserved_ties", found.unobservedPossibleTies)
            computed.add("observed_ties", found.observedTies)
            computed.add("ties_at_risk", found.tiesAtRisk.count)
            computed.add("at_risk_share", found.atRiskShare)
            computed.add("half_observed_pairs", found.halfObservedPairs)
            computed.add("unobserved_pairs", found.unobservedPairs)
            computed.add("unexpected_ties", found.unexpectedTies)
            computed.add("observed_density", found.observedDensity)
            computed.add("density_low", found.densityBounds?.lowerBound)
            computed.add("density_high", found.densityBounds?.upperBound)
            computed.add("reciprocity_low", found.returnedShareBounds?.lowerBound)
            computed.add("reciprocity_high", found.returnedShareBounds?.upperBound)
            return computed
        }
    }

    /// A mask over the rows of ties.
    static func atRisk(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "at_risk")
        let (answered, column) = try answered(host, net, arguments, "at_risk")
        guard net.graph.isDirected else {
            throw .message("at_risk: ties of this graph have no direction, so nobody reports them")
        }
        host.bill(rows: net.ties.count)
        let ends = net.ends
        let truths = ends.from.indices.map { row -> Double in
            guard ends.isTie(row) else { return .nan }
            return answered[Int(ends.from[row])] && !answered[Int(ends.to[row])] ? 1 : 0
        }
        let why = truths.map { $0.isNaN ? MissingKind.notApplicable.rawValue : 0 }
        let data = ColumnData(kind: .truth, numbers: truths, why: why[...])
        let ties = net.ties.resting(on: column.group).resting(on: net.nodes)
        return try host.give(.column(ColumnView(group: ties, data: data, ownsMemory: true)))
    }

    /// By node whether it answered: a comparison over the nodes, or the name of a column of yes and no.
    private static func answered(
        _ host: Evaluation, _ net: GraphView, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> ([Bool], ColumnView) {
        guard arguments[1] != .none else {
            throw .message("\(verb) needs to know who answered: net:\(verb)(net.nodes.id:isin(g.from))")
        }
        let column = try host.column(arguments, at: 1, of: net.nodes, verb)
        let truths = try host.truths(column, verb)
        return (truths.map { $0 == 1 }, column)
    }
}
