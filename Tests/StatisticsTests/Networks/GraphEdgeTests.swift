import Statistics
import Testing

@Suite("Networks at their edges")
struct GraphEdgeTests {
    @Test("nothing, one node, and nodes without ties have no answers but counts", arguments: [0, 1, 3], [false, true])
    func nothing(n: Int, directed: Bool) throws {
        let graph = Graph(n, [], directed: directed)
        let groups = NodeGroups([Int](repeating: 0, count: n), count: 1)
        #expect(graph.tieCount == 0 && graph.isolates == Array(0..<n) && graph.density == (n > 1 ? 0 : nil))
        #expect(graph.transitivity == nil && graph.directedTransitivity == nil)
        #expect(graph.meanLocalClustering() == nil && graph.localClustering.allSatisfy { $0 == nil })
        #expect(graph.meanLocalClustering(.zero) == (n > 0 ? 0 : nil))
        #expect(graph.betweenness == [Double](repeating: 0, count: n))
        #expect(graph.geodesics().meanDistance == nil && graph.geodesics().diameter == nil)
        #expect(graph.geodesics().closeness().allSatisfy { $0 == nil })
        #expect(graph.eigenvectorCentrality() == nil && graph.degreeAssortativity == nil)
        #expect(graph.constraint.allSatisfy { $0 == nil } && graph.effectiveSizes.allSatisfy { $0 == nil })
        #expect(graph.weakComponents.count == n && graph.strongComponents.count == n)
        #expect(graph.coreNumbers == [Int](repeating: 0, count: n))
        #expect(graph.dyadCensus.returnedTieShare == nil && graph.triadCensus[.t003] == (n == 3 ? 1 : 0))
        let mixing = graph.mixing(groups)
        #expect(mixing.eiIndex == nil && mixing.acrossShare == nil && mixing.modularity == nil)
        #expect(mixing.assortativity == nil && mixing.groupEIIndices == [nil])
        let hierarchy = graph.krackhardtHierarchy()
        #expect(hierarchy.hierarchy == nil && hierarchy.efficiency == nil && hierarchy.upperBoundedness == nil)
        #expect(hierarchy.connectedness == (n > 1 ? 0 : nil))
        #expect((graph.pageRank() == nil) == (n == 0))
        #expect(graph.degreeCentralization() == (n > 2 || (n > 1 && directed) ? 0 : nil))
    }

    @Test("two nodes: what needs a third is undefined")
    func two() {
        let graph = Graph(2, [(0, 1)])
        #expect(graph.density == 1 && graph.degreeCentralization() == nil && graph.normalizedBetweenness == nil)
        #expect(graph.betweennessCentralization == nil && graph.closenessCentralization == nil)
        #expect(graph.constraint == [1, 1] && graph.eigenvectorCentrality() == [1, 1])
    }

    @Test("rows that make no tie are counted by why")
    func intake() {
        let rows = [(0, 1), (-1, 1), (1, -1), (2, 2), (0, 2), (1, 2), (0, 1), (2, 1)]
        let graph = Graph(4, rows, weights: [1, 1, 1, 1, 0, -2, .nan, .infinity], directed: true)
        #expect(graph.tieCount == 1 && graph.isolates == [2, 3])
        #expect(graph.intake.rows == 8 && graph.intake.unknownEnds == 2 && graph.intake.selfTies == 1)
        #expect(graph.intake.unusableWeights == 4 && graph.duplicateRows == 0)
    }

    @Test("a node beyond the graph is the caller's mistake")
    func beyond() async {
        await #expect(processExitsWith: .failure) { _ = Graph(2, [(0, 2)]) }
    }

    @Test("a graph in two parts: distances count those reached")
    func parts() {
        let graph = Graph(5, [(0, 1), (1, 2), (3, 4)])
        #expect(graph.weakComponents.sizesDescending == [3, 2] && graph.weakComponents.membership == [0, 0, 0, 1, 1])
        #expect(graph.geodesics().closeness()[3] == 1 && graph.geodesics().closeness(.wassermanFaust)[3] == 0.25)
        #expect(graph.geodesics().reachableShare == 0.4)
    }

    @Test("ties whose ends have no group or number are left out")
    func unknownAttributes() {
        let graph = Graph(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
        let mixing = graph.mixing(NodeGroups([0, 0, -1, 1], count: 2))
        #expect(mixing.total == 2 && mixing.eiIndex == 0)
        #expect(graph.nodeEIIndices(NodeGroups([0, 0, -1, 1], count: 2)) == [0, -1, nil, 1])
        #expect(
            graph.assortativity(of: [1, 2, .nan, 5]) == Graph(4, [(0, 1), (0, 3)]).assortativity(of: [1, 2, 0, 5]))
        #expect(graph.assortativity(of: [3, 3, 3, 3]) == nil)
        #expect(graph.mixing(NodeGroups([0, 0, 0, 0], count: 1)).assortativity == nil)
    }

    @Test("more shortest paths than a number holds are no number")
    func tooManyPaths() {
        // 1,100 pairs of nodes, each tied to the next: 2^1099 shortest paths from end to end.
        let layers = 1100
        let ties = (0..<layers - 1).flatMap { layer in
            [0, 1].flatMap { a in [0, 1].map { (2 * layer + a, 2 * layer + 2 + $0) } }
        }
        #expect(Graph(2 * layers, ties, directed: true).betweenness == nil)
    }

    @Test("an eigenvector of a network of two sides, and of a long chain")
    func eigenvectors() throws {
        let sides = try #require(Graph(5, [(0, 3), (0, 4), (1, 3), (2, 4)]).eigenvectorCentrality(.unitLength))
        // A path 1-3-0-4-2: sines of multiples of π/6.
        for (node, wanted) in [(1, 1 / 2.0), (3, 3.0.squareRoot() / 2), (0, 1), (4, 3.0.squareRoot() / 2), (2, 0.5)] {
            expectClose(sides[node], wanted / 3.0.squareRoot(), relative: 1e-11)
        }
        let chain = try #require(Graph(60, (0..<59).map { ($0, $0 + 1) }).eigenvectorCentrality())
        for node in 0..<30 { expectClose(chain[node], chain[59 - node], relative: 1e-9) }
    }
}
