import LuaSandbox
import MeasureModel
import Statistics

/// Who is connected with whom: makes graphs, and what all their verbs need.
enum GraphVerbs {
    static let verbs: [Verb] =
        [
            Verb(.group, "graph", graph),
            Verb(.graph, "__index", index),
            Verb(.graph, "undirected", undirected),
        ] + wholeVerbs + nodeVerbs + groupVerbs + nonresponseVerbs

    /// `g:graph{ from = "from", to = "to" }`: the network of the ties that the group's rows name.
    static func graph(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let ties = try host.group(arguments, "graph")
        let options = try host.options(
            arguments, 1, "graph", known: ["from", "to", "weight", "directed", "nodes", "id"])
        let intake = try GraphIntake(host, ties, options)
        guard let nodes = try group(host, options["nodes"]) else {
            guard options["id"] == nil else { throw .message("graph: `id` names a column of `nodes`") }
            return try host.give(.graph(try intake.graph(nodes: nil, id: nil)))
        }
        let given = try host.column(options, "id", of: nodes, "graph")
        let id = if let given { given } else { try standardID(host, nodes) }
        return try host.give(.graph(try intake.graph(nodes: nodes, id: id)))
    }

    private static func group(_ host: Evaluation, _ value: LuaValue?) throws(LuaHostError) -> GroupView? {
        switch value {
        case nil: return nil
        case .object(let reference):
            guard case .group(let group) = host.object(reference) else { break }
            return group
        default: break
        }
        throw .message("graph: `nodes` is a group with a row for each node, such as g.with.roster")
    }

    /// The column that tells persons apart, or `id`.
    private static func standardID(_ host: Evaluation, _ nodes: GroupView) throws(LuaHostError) -> ColumnView {
        let dataset = nodes.frame.dataset
        if case .column(let name) = dataset.description.persons, nodes.readable?.contains(name) ?? true,
            host.setting.visible.has(name, in: dataset)
        {
            return try host.column(named: name, of: nodes)
        }
        return try host.column(named: "id", of: nodes)
    }

    /// `net.nodes`.
    static func index(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "nodes")
        let name = arguments[1].asString ?? "?"
        guard name == "nodes" else {
            let known = VerbTable.verbs.filter { $0.receiver == .graph && !$0.name.hasPrefix("__") }.map(\.name)
            throw .message("a graph has no verb `\(name)`\(NameSuggestion.near(name, among: known + ["nodes"]))")
        }
        return try host.give(.group(net.nodes))
    }

    static func undirected(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "undirected")
        host.bill(rows: net.walk)
        return try host.give(.graph(net.undirected()))
    }

    // MARK: Options

    /// An option that is true or false.
    static func flag(
        _ options: LuaTable, _ name: String, _ verb: String, standard: Bool = false
    ) throws(LuaHostError) -> Bool {
        switch options[name] {
        case nil: return standard
        case .boolean(let truth): return truth
        default: throw .message("\(verb): `\(name)` is true or false")
        }
    }

    // MARK: Answers

    /// Gives a number that rests on the nodes.
    static func give(
        _ host: Evaluation, _ net: GraphView, otherwise reason: String, _ value: Double?,
        _ complete: (inout Computed) -> Void = { _ in }
    ) throws(LuaHostError) -> LuaValue {
        host.bill(rows: net.walk)
        return try host.give(from: net.nodes) { () throws(Undefined) in
            var computed = Computed(value, n: net.graph.nodeCount)
            computed.counted = net.nodesCounted
            computed.reason = reason
            complete(&computed)
            return computed
        }
    }

    /// Gives a number that rests on so many ties.
    static func give(
        _ host: Evaluation, _ net: GraphView, over group: GroupView? = nil, where isBehind: ((Int) -> Bool)? = nil,
        ties: Int, otherwise reason: String, _ value: Double?, _ complete: (inout Computed) -> Void = { _ in }
    ) throws(LuaHostError) -> LuaValue {
        host.bill(rows: net.walk)
        return try host.give(from: group ?? net.nodes, where: isBehind) { () throws(Undefined) in
            var computed = Computed(value, n: ties)
            computed.reason = reason
            complete(&computed)
            return computed
        }
    }

    /// Gives a number for each node; nil is missing as `not_applicable`.
    static func column(
        _ host: Evaluation, _ net: GraphView, over group: GroupView? = nil, _ values: [Double?],
        kind: ColumnKind = .number
    ) throws(LuaHostError) -> LuaValue {
        host.bill(rows: net.walk)
        let numbers = values.map { $0.flatMap { $0.isFinite ? $0 : nil } ?? .nan }
        let why = numbers.map { $0.isNaN ? MissingKind.notApplicable.rawValue : 0 }
        let data = ColumnData(kind: kind, numbers: numbers, why: why[...])
        return try host.give(.column(ColumnView(group: group ?? net.nodes, data: data, ownsMemory: true)))
    }
}

extension Evaluation {
    func graph(_ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) -> GraphView {
        if case .object(let reference) = arguments[0], case .graph(let graph) = object(reference) { return graph }
        throw .message(
            "\(verb) is a verb of graphs: write net:\(verb)(...) with a colon, after local net = g:graph{ ... }")
    }

    /// Bills a step of long work over a graph, and ends it when the script is over.
    func step(_ work: Int) throws(LuaHostError) {
        bill(rows: work)
        try stopIfOver()
    }
}
