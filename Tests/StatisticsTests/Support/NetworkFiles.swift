import PlumblineTestSupport
import Statistics
import Testing

/// A reference's network with the names of its nodes.
struct NetworkFiles {
    let names: [String]
    let graph: Graph
    private let nodes: [String: [String]]

    init(_ oracle: Oracle, _ quantity: Oracle.Quantity) throws {
        nodes = try oracle.table(try #require(quantity.text("nodes")))
        let ties = try oracle.table(try #require(quantity.text("ties")))
        names = try #require(nodes["id"])
        let numbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices.map(Int32.init)))
        let from = try #require(ties["from"]).map { numbers[$0] ?? -1 }
        let to = try #require(ties["to"]).map { numbers[$0] ?? -1 }
        let weights = ties["weight"]?.map { Double($0) ?? .nan } ?? []
        graph = Graph(
            nodeCount: names.count, from: from.span, to: to.span, weights: weights.span,
            isDirected: quantity.arguments["directed"] as? Bool ?? false)
    }

    /// A column of the nodes as groups, and the groups' names.
    func groups(_ column: String) throws -> (groups: NodeGroups, names: [String]) {
        let cells = try #require(nodes[column])
        let levels = Set(cells).sorted()
        let codes = cells.map { Int32(levels.firstIndex(of: $0) ?? -1) }
        return (NodeGroups(codes: codes.span, count: levels.count), levels)
    }

    func numbers(_ column: String) throws -> [Double] {
        try #require(nodes[column]).map { Double($0) ?? .nan }
    }
}
