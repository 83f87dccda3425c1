import LuaSandbox
import Statistics

/// What is asked of each node: columns over `net.nodes`.
extension GraphVerbs {
    static let nodeVerbs: [Verb] = [
        Verb(.graph, "degree", degree),
        Verb(.graph, "isolated", isolated),
        Verb(.graph, "betweenness", betweenness),
        Verb(.graph, "closeness", closeness),
        Verb(.graph, "harmonic", harmonic),
        Verb(.graph, "eigenvector", eigenvector),
        Verb(.graph, "page_rank", pageRank),
        Verb(.graph, "clustering", clustering),
        Verb(.graph, "core", core),
        Verb(.graph, "component", component),
        Verb(.graph, "constraint", constraint),
        Verb(.graph, "effective_size", effectiveSize),
        Verb(.graph, "equivalents", equivalents),
    ]

    static func degree(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "degree")
        let options = try host.options(arguments, 1, "degree", known: ["direction", "weighted"])
        let direction = try host.choice(
            options, "direction", "degree", [("all", nil), ("out", TieDirection.outgoing), ("in", .incoming)])
        let isWeighted = try flag(options, "weighted", "degree")
        func scores(_ direction: TieDirection) -> [Double] {
            isWeighted ? net.graph.strengths(direction) : net.graph.degrees(direction).map(Double.init)
        }
        if let direction { return try column(host, net, scores(direction)) }
        let sent = scores(.outgoing)
        return try column(host, net, net.graph.isDirected ? zip(sent, scores(.incoming)).map { $0 + $1 } : sent)
    }

    static func isolated(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "isolated")
        var truths = [Double](repeating: 0, count: net.graph.nodeCount)
        for node in net.graph.isolates { truths[node] = 1 }
        return try column(host, net, truths, kind: .truth)
    }

    static func betweenness(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "betweenness")
        let options = try host.options(arguments, 1, "betweenness", known: ["normalized"])
        let isNormalized = try flag(options, "normalized", "betweenness")
        let scores = try net.betweenness(host)
        return try column(host, net, isNormalized ? scores.flatMap(net.graph.normalized(_:)) : scores)
    }

    /// A score for each node; missing everywhere where there are none.
    private static func column(
        _ host: Evaluation, _ net: GraphView, _ scores: [Double]?
    ) throws(LuaHostError) -> LuaValue {
        try column(host, net, scores ?? [Double?](repeating: nil, count: net.graph.nodeCount))
    }

    private static func direction(
        _ options: LuaTable, _ host: Evaluation, _ verb: String
    ) throws(LuaHostError)
        -> TieDirection
    {
        try host.choice(options, "direction", verb, [("out", TieDirection.outgoing), ("in", .incoming)])
    }

    static func closeness(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "closeness")
        let options = try host.options(arguments, 1, "closeness", known: ["direction", "scale"])
        let scale = try host.choice(
            options, "scale", "closeness",
            [("reachable", Geodesics.ClosenessScale.reachable), ("wasserman_faust", .wassermanFaust)])
        let geodesics = try net.geodesics(try direction(options, host, "closeness"), host)
        return try column(host, net, geodesics.closeness(scale))
    }

    static func harmonic(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "harmonic")
        let options = try host.options(arguments, 1, "harmonic", known: ["direction"])
        let geodesics = try net.geodesics(try direction(options, host, "harmonic"), host)
        return try column(host, net, geodesics.harmonicCentrality)
    }

    static func eigenvector(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "eigenvector")
        let options = try host.options(arguments, 1, "eigenvector", known: ["scale"])
        let scale = try host.choice(
            options, "scale", "eigenvector",
            [("largest", Graph.EigenvectorScale.largestOne), ("length", .unitLength)])
        let scores = try net.graph.eigenvectorCentrality(
            scale, beforeEachStep: { () throws(LuaHostError) in try host.step(net.walk) })
        return try column(host, net, scores)
    }

    /// The nearer to 1, the more rounds it takes.
    private static let mostDamping = 0.99

    static func pageRank(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "page_rank")
        let options = try host.options(arguments, 1, "page_rank", known: ["damping"])
        let damping = options["damping"] ?? .number(0.85)
        guard let damping = damping.asNumber, (0...mostDamping).contains(damping) else {
            throw .message("page_rank: `damping` is a share from 0 to \(mostDamping)")
        }
        try host.step(100 * net.walk)
        return try column(host, net, net.graph.pageRank(damping: damping))
    }

    static func clustering(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "clustering")
        let options = try host.options(arguments, 1, "clustering", known: ["below_two"])
        let isZero = try host.choice(options, "below_two", "clustering", [("missing", false), ("zero", true)])
        try host.step(net.pairsOfContacts)
        return try column(host, net, net.graph.localClustering.map { isZero ? $0 ?? 0 : $0 })
    }

    static func core(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "core")
        return try column(host, net, net.graph.coreNumbers.map(Double.init))
    }

    /// Parts are numbered by size, equal ones by their first node.
    static func component(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "component")
        let parts = try components(host, net, arguments, "component")
        var first = [Int](repeating: net.graph.nodeCount, count: parts.count)
        for (node, part) in parts.membership.enumerated() { first[part] = min(first[part], node) }
        let order = (0..<parts.count).sorted { (parts.sizes[$1], first[$0]) < (parts.sizes[$0], first[$1]) }
        var numbers = [Double](repeating: 0, count: parts.count)
        for (place, part) in order.enumerated() { numbers[part] = Double(place + 1) }
        return try column(host, net, parts.membership.map { numbers[$0] })
    }

    static func constraint(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "constraint")
        let work = net.pairsOfContacts / max(net.graph.nodeCount, 1)
        let scores = try net.graph.constraint(
            beforeEachNode: { () throws(LuaHostError) in try host.step(work) })
        return try column(host, net, scores)
    }

    static func effectiveSize(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let net = try host.graph(arguments, "effective_size")
        try host.step(net.pairsOfContacts)
        return try column(host, net, net.graph.effectiveSizes)
    }

    static func equivalents(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "equivalents")
        let positions = net.graph.structuralPositions
        var sizes = [Int](repeating: 0, count: (positions.max() ?? -1) + 1)
        for position in positions { sizes[position] += 1 }
        return try column(host, net, positions.map { Double(sizes[$0] - 1) })
    }
}
