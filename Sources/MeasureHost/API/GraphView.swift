import LuaSandbox
import MeasureModel
import Statistics

/// A network in a script's hands. Its nodes are the rows of a group, so that what is computed for each node is a column.
final class GraphView: HeldObject {
    let graph: Graph
    /// The nodes in the graph's order; as a group they rest on the ties, too.
    let nodes: GroupView
    /// The rows that name the ties.
    let ties: GroupView
    /// The nodes at the ends of each of those rows.
    let ends: TieEnds
    /// Whether a node is a person, so that a number of nodes is one of persons.
    let countsPersons: Bool
    private var knownGeodesics: [TieDirection: Geodesics] = [:]
    private var knownBetweenness: [Double]??

    init(graph: Graph, nodes: GroupView, ties: GroupView, ends: TieEnds, countsPersons: Bool) {
        self.graph = graph
        self.nodes = nodes
        self.ties = ties
        self.ends = ends
        self.countsPersons = countsPersons
    }

    /// The same network without directions.
    func undirected() -> GraphView {
        GraphView(graph: graph.undirected, nodes: nodes, ties: ties, ends: ends, countsPersons: countsPersons)
    }

    /// About what a graph of so many rows and nodes takes, with what is remembered of it.
    static func byteCount(rows: Int, nodes: Int) -> Int { rows * 40 + nodes * 120 }

    var byteCount: Int { Self.byteCount(rows: ends.from.count, nodes: graph.nodeCount) }

    /// The steps of one walk over the graph.
    var walk: Int { graph.nodeCount + 2 * graph.tieCount }

    /// What a number of nodes counts.
    var nodesCounted: Counted { countsPersons ? .persons : .cases }

    /// The shortest paths in a direction, computed once.
    func geodesics(_ direction: TieDirection, _ host: Evaluation) throws(LuaHostError) -> Geodesics {
        let direction = graph.isDirected ? direction : .outgoing
        if let known = knownGeodesics[direction] { return known }
        let geodesics = try graph.geodesics(
            direction,
            beforeEachWalk: { () throws(LuaHostError) in
                host.bill(rows: walk)
                try host.stopIfOver()
            })
        knownGeodesics[direction] = geodesics
        return geodesics
    }

    /// The betweenness of the nodes, computed once; nil where it cannot be told.
    func betweenness(_ host: Evaluation) throws(LuaHostError) -> [Double]? {
        if let known = knownBetweenness { return known }
        let scores = try graph.betweenness(beforeEachWalk: { () throws(LuaHostError) in
            host.bill(rows: walk)
            try host.stopIfOver()
        })
        knownBetweenness = .some(scores)
        return scores
    }
}

/// By row of a table of ties, the nodes at its ends; -1 where the row is no tie.
struct TieEnds {
    var from: [Int32]
    var to: [Int32]

    func isTie(_ row: Int) -> Bool { from[row] >= 0 && to[row] >= 0 }
}
