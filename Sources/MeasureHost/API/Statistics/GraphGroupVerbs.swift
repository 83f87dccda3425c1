import LuaSandbox
import MeasureModel
import Statistics

/// How ties run within and between groups of nodes, and along numbers of them.
extension GraphVerbs {
    static let groupVerbs: [Verb] = [
        Verb(.graph, "across", across),
        Verb(.graph, "ei", ei),
        Verb(.graph, "node_ei", nodeEI),
        Verb(.graph, "mixing", mixing),
        Verb(.graph, "assortativity", assortativity),
        Verb(.graph, "modularity", modularity),
        Verb(.graph, "brokerage", brokerage),
    ]

    static func across(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try share(host, arguments, "across", \.acrossShare)
    }

    static func ei(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try share(host, arguments, "ei", \.eiIndex)
    }

    /// Something of the ties within groups and across.
    private static func share(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String, _ value: KeyPath<TieMixing, Double?>
    ) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, verb)
        let node = try NodeAttribute(host, net, arguments, verb)
        let isWeighted = try flag(try host.options(arguments, 2, verb, known: ["weighted"]), "weighted", verb)
        let mixing = try node.mixing(host, net, byWeight: isWeighted)
        return try give(
            host, net, over: try node.known(host, net), where: node.isKnown, ties: node.tieCount(net),
            otherwise: Self.noTies,
            mixing[keyPath: value]
        ) { computed in
            computed.add("within", mixing.within)
            computed.add("across", mixing.across)
        }
    }

    private static let noTies = "there is no tie between nodes whose groups are known"

    static func nodeEI(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "node_ei")
        let node = try NodeAttribute(host, net, arguments, "node_ei")
        return try column(host, net, over: node.nodes, net.graph.nodeEIIndices(node.groups))
    }

    /// The whole table. It names groups, and tells of the smallest of them.
    static func mixing(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "mixing")
        let node = try NodeAttribute(host, net, arguments, "mixing")
        let isWeighted = try flag(try host.options(arguments, 2, "mixing", known: ["weighted"]), "weighted", "mixing")
        if host.namesPersons(node.column) { try host.requireRowAccess("mixing by persons", of: node.nodes) }
        let names = node.texts.map { host.shown($0, of: node.column) }
        host.showed(names, ofDimension: node.column.isDimension, fewestPersons: try node.fewestPersons(host))
        let mixing = try node.mixing(host, net, byWeight: isWeighted)
        try host.requireRoom(bytes: names.count * names.count * 128)
        return try give(
            host, net, over: try node.known(host, net), where: node.isKnown, ties: node.tieCount(net),
            otherwise: noTies, mixing.total
        ) { computed in
            func table(_ values: [Double?]) -> LuaTable {
                LuaTable(record: zip(names, values).map { ($0, $1.map(LuaValue.number) ?? .boolean(false)) })
            }
            let rows = names.indices.map { row in table(names.indices.map { mixing[row, $0] }) }
            computed.add("within", mixing.within)
            computed.add("across", mixing.across)
            computed.add("expected_ei", node.groups.eiIndexAtEqualDensity)
            computed.add("from_to", table: LuaTable(record: zip(names, rows).map { ($0, .table($1)) }))
            computed.add("group_ei", table: table(mixing.groupEIIndices))
            if !isWeighted { computed.add("group_density", table: table(mixing.withinDensities)) }
        }
    }

    static func assortativity(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let net = try host.graph(arguments, "assortativity")
        let options = try host.options(arguments, 2, "assortativity", known: ["as"])
        let isNumeric = try host.choice(options, "as", "assortativity", [("groups", false), ("numbers", true)])
        let reason = "assortativity needs ties between nodes that differ"
        guard isNumeric else {
            let node = try NodeAttribute(host, net, arguments, "assortativity")
            let mixing = try node.mixing(host, net)
            return try give(
                host, net, over: try node.known(host, net), where: node.isKnown, ties: node.tieCount(net),
                otherwise: reason, mixing.assortativity)
        }
        let column = try host.column(arguments, at: 1, of: net.nodes, "assortativity")
        let numbers = Array(try host.numbers(column, "assortativity"))
        return try give(
            host, net, over: try net.nodes(host, whereKnown: { !numbers[$0].isNaN }).resting(on: column.group),
            where: { !numbers[$0].isNaN }, ties: net.tieCount { !numbers[$0].isNaN }, otherwise: reason,
            net.graph.assortativity(of: numbers.span))
    }

    static func modularity(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "modularity")
        let node = try NodeAttribute(host, net, arguments, "modularity")
        let mixing = try node.mixing(host, net)
        return try give(
            host, net, over: try node.known(host, net), where: node.isKnown, ties: node.tieCount(net),
            otherwise: noTies, mixing.modularity)
    }

    static func brokerage(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let net = try host.graph(arguments, "brokerage")
        let node = try NodeAttribute(host, net, arguments, "brokerage")
        let options = try host.options(arguments, 2, "brokerage", known: ["role"])
        let role = try host.choice(
            options, "role", "brokerage", [("all", nil)] + BrokerageRole.allCases.map { ($0.rawValue, $0) })
        let work = net.pairsOfContacts / max(net.graph.nodeCount, 1)
        let counts = try net.graph.brokerage(
            node.groups, beforeEachNode: { () throws(LuaHostError) in try host.step(work) })
        let shown = role.map { counts[$0] } ?? counts.totals
        return try column(host, net, over: node.nodes, shown.map(Double.init))
    }
}

/// The groups that a column puts nodes in.
struct NodeAttribute {
    let column: ColumnView
    let groups: NodeGroups
    /// By group, its name.
    let texts: [String]
    /// The nodes, resting also on the rows that the column does.
    let nodes: GroupView

    /// Ties are counted from each group to each other.
    private static let mostGroups = 2_000

    /// From the first argument: a column over the nodes, or the name of one.
    init(
        _ host: Evaluation, _ net: GraphView, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) {
        column = try host.column(arguments, at: 1, of: net.nodes, verb)
        host.bill(rows: column.data.count)
        let parts = try GroupVerbs.parts(host, column)
        guard parts.count <= Self.mostGroups else {
            throw .message(
                "\(verb): \(column.called) has more than \(Self.mostGroups) values; group nodes by something coarser")
        }
        var codes = [Int32](repeating: -1, count: column.data.count)
        for (group, part) in parts.enumerated() { for place in part.1 { codes[Int(place)] = Int32(group) } }
        groups = NodeGroups(codes: codes.span, count: parts.count)
        texts = parts.map(\.0)
        nodes = net.nodes.resting(on: column.group)
    }

    func mixing(_ host: Evaluation, _ net: GraphView, byWeight: Bool = false) throws(LuaHostError) -> TieMixing {
        try host.requireRoom(bytes: groups.count * groups.count * 24)
        try host.step(net.walk + groups.count * groups.count)
        return net.graph.mixing(groups, byWeight: byWeight)
    }

    /// The ties both of whose ends have a group.
    func tieCount(_ net: GraphView) -> Int { net.tieCount { groups.codes[$0] >= 0 } }

    func isKnown(_ node: Int) -> Bool { groups.codes[node] >= 0 }

    /// The nodes, resting on the ties both of whose ends have a group.
    func known(_ host: Evaluation, _ net: GraphView) throws(LuaHostError) -> GroupView {
        try net.nodes(host, whereKnown: isKnown).resting(on: nodes)
    }

    /// The persons in the smallest group.
    func fewestPersons(_ host: Evaluation) throws(LuaHostError) -> Int? {
        var fewest: Int?
        for (number, part) in try GroupVerbs.parts(host, column).enumerated() {
            if number % 256 == 0 { try host.stopIfOver() }
            fewest = min(fewest ?? .max, try host.persons(nodes.subset(part.1)))
        }
        return fewest
    }
}

extension GraphView {
    /// The nodes, resting on those who named the ties whose both ends are known.
    func nodes(_ host: Evaluation, whereKnown isKnown: (Int) -> Bool) throws(LuaHostError) -> GroupView {
        host.bill(rows: ends.from.count)
        let persons = try host.persons(ties) { row in
            ends.isTie(row) && isKnown(Int(ends.from[row])) && isKnown(Int(ends.to[row]))
        }
        return nodes.resting(on: ties, persons: persons > 0 ? persons : nil)
    }

    /// The ties both of whose ends are known.
    func tieCount(where isKnown: (Int) -> Bool) -> Int {
        graph.ties.count { isKnown($0.from) && isKnown($0.to) }
    }
}
