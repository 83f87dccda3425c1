import LuaSandbox
import Statistics

/// What is asked of a network as a whole.
extension GraphVerbs {
    static let wholeVerbs: [Verb] = [
        Verb(.graph, "size", size),
        Verb(.graph, "ties", ties),
        Verb(.graph, "density", density),
        Verb(.graph, "dyads", dyads),
        Verb(.graph, "reciprocity", reciprocity),
        Verb(.graph, "triads", triads),
        Verb(.graph, "transitivity", transitivity),
        Verb(.graph, "centralization", centralization),
        Verb(.graph, "geodesics", geodesics),
        Verb(.graph, "reachability", reachability),
        Verb(.graph, "efficiency", efficiency),
        Verb(.graph, "components", components),
        Verb(.graph, "krackhardt", krackhardt),
        Verb(.graph, "degree_assortativity", degreeAssortativity),
    ]

    static func size(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "size")
        return try give(host, net, otherwise: "there are no nodes", Double(net.graph.nodeCount))
    }

    static func ties(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "ties")
        let (graph, intake) = (net.graph, net.graph.intake)
        let count = graph.tieCount
        return try give(host, net, ties: count, otherwise: "there are no ties", Double(count)) { computed in
            let weight = graph.strengths().reduce(0, +)
            computed.add("weight", graph.isDirected ? weight : weight / 2)
            computed.add("rows", intake.rows)
            computed.add("repeated", graph.duplicateRows)
            computed.add("self_ties", intake.selfTies)
            computed.add("unknown_ends", intake.unknownEnds)
            computed.add("unusable_weights", intake.unusableWeights)
        }
    }

    static func density(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "density")
        return try give(host, net, otherwise: "density needs two nodes", net.graph.density) { computed in
            computed.add("possible", net.graph.possibleTieCount)
        }
    }

    static func dyads(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "dyads")
        let census = net.graph.dyadCensus
        let all = census.mutual + census.asymmetric + census.null
        return try give(host, net, otherwise: "there are no pairs", Double(all)) { computed in
            computed.add("mutual", census.mutual)
            computed.add("asymmetric", census.asymmetric)
            computed.add("null", census.null)
        }
    }

    static func reciprocity(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "reciprocity")
        let options = try host.options(arguments, 1, "reciprocity", known: ["of"])
        let choice = try host.choice(
            options, "of", "reciprocity", [("ties", 0), ("tied_pairs", 1), ("all_pairs", 2)])
        guard net.graph.isDirected else { throw .message("reciprocity: ties of this graph have no direction") }
        let census = net.graph.dyadCensus
        let pairs = census.mutual + census.asymmetric
        switch choice {
        case 0:
            return try give(
                host, net, ties: net.graph.tieCount, otherwise: "reciprocity needs a tie", census.returnedTieShare)
        case 1: return try give(host, net, ties: pairs, otherwise: "reciprocity needs a tie", census.mutualPairShare)
        default: return try give(host, net, otherwise: "reciprocity needs two nodes", census.symmetricPairShare)
        }
    }

    static func triads(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "triads")
        try host.step(net.pairsOfContacts)
        let census = net.graph.triadCensus
        let all = census.values.reduce(0, +)
        return try give(host, net, otherwise: "there are no triads", Double(all)) { computed in
            computed.add("counts", record: TriadKind.allCases.map { ($0.rawValue, Double(census[$0] ?? 0)) })
        }
    }

    static func transitivity(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "transitivity")
        let options = try host.options(arguments, 1, "transitivity", known: ["method"])
        let isDirected = try host.choice(
            options, "method", "transitivity", [("undirected", false), ("directed", true)])
        try host.step(net.pairsOfContacts)
        let value = isDirected ? net.graph.directedTransitivity : net.graph.transitivity
        return try give(
            host, net, otherwise: "transitivity needs a node that ties two others together", value)
    }

    private enum Centrality { case degree, inDegree, outDegree, betweenness, closeness }

    static func centralization(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "centralization")
        let options = try host.options(arguments, 1, "centralization", known: ["of", "self_ties"])
        let centrality = try host.choice(
            options, "of", "centralization",
            [
                ("degree", Centrality.degree), ("in_degree", .inDegree), ("out_degree", .outDegree),
                ("betweenness", .betweenness), ("closeness", .closeness),
            ])
        let selfTies: Graph.SelfTies =
            try flag(options, "self_ties", "centralization") ? .possible : .excluded
        let graph = net.graph
        let value: Double?
        switch centrality {
        case .degree:
            guard !graph.isDirected else {
                throw .message("centralization: in a directed graph, say of = \"in_degree\" or of = \"out_degree\"")
            }
            value = graph.degreeCentralization(selfTies: selfTies)
        case .outDegree: value = graph.degreeCentralization(selfTies: selfTies)
        case .inDegree: value = graph.degreeCentralization(.incoming, selfTies: selfTies)
        case .betweenness: value = try net.betweenness(host).flatMap(graph.betweennessCentralization(of:))
        case .closeness: value = graph.closenessCentralization(of: try net.geodesics(.outgoing, host))
        }
        let reason =
            centrality == .closeness
            ? "centralization of closeness needs a connected graph of three nodes without directions"
            : "centralization needs three nodes"
        return try give(host, net, otherwise: reason, value)
    }

    static func geodesics(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "geodesics")
        let geodesics = try net.geodesics(.outgoing, host)
        return try give(host, net, otherwise: "no node reaches another", geodesics.meanDistance) { computed in
            computed.add("diameter", geodesics.diameter)
        }
    }

    static func reachability(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "reachability")
        let share = try net.geodesics(.outgoing, host).reachableShare
        return try give(host, net, otherwise: "reachability needs two nodes", share)
    }

    static func efficiency(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "efficiency")
        let value = try net.geodesics(.outgoing, host).globalEfficiency
        return try give(host, net, otherwise: "efficiency needs two nodes", value)
    }

    static func components(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "components")
        let parts = try components(host, net, arguments, "components")
        return try give(host, net, otherwise: "there are no nodes", Double(parts.count)) { computed in
            let sizes = parts.sizesDescending
            computed.add("sizes", list: sizes.map(Double.init))
            computed.add("largest_share", sizes.first.map { Double($0) / Double(net.graph.nodeCount) })
        }
    }

    /// The weak parts of a graph or, by the option, the strong ones.
    static func components(
        _ host: Evaluation, _ net: GraphView, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> Components {
        let options = try host.options(arguments, 1, verb, known: ["strong"])
        host.bill(rows: net.walk)
        return try flag(options, "strong", verb) ? net.graph.strongComponents : net.graph.weakComponents
    }

    /// Pairs of nodes are compared one by one.
    private static let mostNodesOfHierarchies = 5_000

    static func krackhardt(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "krackhardt")
        let options = try host.options(arguments, 1, "krackhardt", known: ["of", "bound"])
        let dimension = try host.choice(
            options, "of", "krackhardt",
            [
                ("hierarchy", \KrackhardtHierarchy.hierarchy), ("connectedness", \.connectedness),
                ("efficiency", \.efficiency), ("upper_boundedness", \.upperBoundedness),
            ])
        let bound = try host.choice(
            options, "bound", "krackhardt",
            [("highest", KrackhardtHierarchy.UpperBound.highest), ("least", .least)])
        let count = net.graph.nodeCount
        guard count <= mostNodesOfHierarchies else {
            throw .message("krackhardt compares all pairs of nodes, at most \(mostNodesOfHierarchies) of them")
        }
        try host.step(count * count)
        let value = net.graph.krackhardtHierarchy(bound)[keyPath: dimension]
        return try give(host, net, otherwise: "there are too few ties for it", value)
    }

    static func degreeAssortativity(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "degree_assortativity")
        return try give(
            host, net, ties: net.graph.tieCount, otherwise: "it needs ties between nodes of different degrees",
            net.graph.degreeAssortativity)
    }
}

extension GraphView {
    /// The pairs of contacts of one node, summed: the work of what looks at three nodes at a time.
    var pairsOfContacts: Int {
        zip(graph.degrees(), graph.degrees(.incoming)).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) }
    }
}
