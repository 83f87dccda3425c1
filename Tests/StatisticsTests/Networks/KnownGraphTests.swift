import Foundation
import Statistics
import Testing

@Suite("Networks whose answers follow on paper")
struct KnownGraphTests {
    @Test("everybody tied to everybody", arguments: [false, true])
    func complete(directed: Bool) throws {
        let graph = Graph.complete(7, directed: directed)
        #expect(graph.tieCount == (directed ? 42 : 21) && graph.density == 1 && graph.isolates.isEmpty)
        #expect(graph.transitivity == 1 && graph.directedTransitivity == 1 && graph.meanLocalClustering() == 1)
        #expect(graph.betweenness == [Double](repeating: 0, count: 7))
        #expect(graph.geodesics().diameter == 1 && graph.geodesics().globalEfficiency == 1)
        #expect(graph.coreNumbers == [Int](repeating: 6, count: 7))
        #expect(graph.degreeCentralization() == 0 && graph.betweennessCentralization == 0)
        #expect(graph.dyadCensus.returnedTieShare == 1 && graph.triadCensus[.t300] == 35)
        // Six contacts, all tied: 6 - 2 · 15 / 6.
        for size in graph.effectiveSizes { expectClose(size, 1) }
        // (1/6 + 5/36)² six times.
        for constraint in graph.constraint { expectClose(constraint, 6 * pow(11.0 / 36, 2)) }
        for score in try #require(graph.eigenvectorCentrality()) { expectClose(score, 1) }
    }

    @Test("a star is as centralised as can be")
    func star() throws {
        let graph = Graph.star(9)
        for centralization in [
            graph.degreeCentralization(), graph.betweennessCentralization, graph.closenessCentralization,
        ] { expectClose(centralization, 1) }
        #expect(graph.betweenness == [28] + [Double](repeating: 0, count: 8))
        #expect(graph.transitivity == 0 && graph.degreeAssortativity.map { abs($0 + 1) < 1e-12 } == true)
        #expect(graph.localClustering[0] == 0 && graph.localClustering[1] == nil)
        let scores = try #require(graph.eigenvectorCentrality())
        for leaf in scores.dropFirst() { expectClose(leaf, 1 / 8.0.squareRoot(), relative: 1e-10) }
        expectClose(graph.effectiveSizes[0], 8)
        expectClose(graph.constraint[0], 1.0 / 8)
        expectClose(graph.constraint[1], 1)
        #expect(Graph.star(9, directed: true).degreeCentralization() == 1)
        expectClose(Graph.star(9, directed: true).degreeCentralization(selfTies: .possible), 64.0 / 72)
    }

    @Test("a ring is the same all round", arguments: [8, 11])
    func ring(n: Int) throws {
        let graph = Graph.ring(n)
        let half = n / 2
        // An even ring has one farthest node, met half by each side.
        let sum = Double(half * half + (n % 2) * half)
        let paths = graph.geodesics()
        #expect(paths.diameter == half && paths.distanceSums.allSatisfy { Double($0) == sum })
        for closeness in paths.closeness() { expectClose(closeness, Double(n - 1) / sum) }
        for score in try #require(graph.betweenness) { expectClose(score, (sum - Double(n - 1)) / 2) }
        #expect(graph.coreNumbers.allSatisfy { $0 == 2 } && graph.degreeCentralization() == 0)
        for rank in try #require(graph.pageRank()) { expectClose(rank, 1 / Double(n), relative: 1e-11) }
        #expect(graph.degreeAssortativity == nil, "all degrees are equal")
        let oneWay = Graph.ring(n, directed: true)
        #expect(oneWay.strongComponents.count == 1 && oneWay.geodesics().diameter == n - 1)
        #expect(oneWay.dyadCensus.returnedTieShare == 0 && oneWay.triadCensus[.t021C] == n)
    }

    @Test("a path: between and far")
    func path() throws {
        let graph = Graph(5, [(0, 1), (1, 2), (2, 3), (3, 4)])
        #expect(graph.betweenness == [0, 3, 4, 3, 0])
        #expect(graph.geodesics().farthest == [4, 3, 2, 3, 4] && graph.geodesics().meanDistance == 2)
        let oneWay = Graph(5, [(0, 1), (1, 2), (2, 3), (3, 4)], directed: true)
        #expect(oneWay.geodesics().reached == [4, 3, 2, 1, 0])
        #expect(oneWay.geodesics(.incoming).reached == [0, 1, 2, 3, 4])
        #expect(oneWay.betweenness == [0, 3, 4, 3, 0])
        #expect(oneWay.strongComponents.count == 5 && oneWay.weakComponents.count == 1)
    }

    @Test("two shortest paths share what lies between")
    func square() throws {
        #expect(Graph.ring(4).betweenness == [0.5, 0.5, 0.5, 0.5])
    }

    @Test("each of the sixteen triads is told from the others")
    func triads() {
        let examples: [TriadKind: [(Int, Int)]] = [
            .t003: [], .t012: [(0, 1)], .t102: [(0, 1), (1, 0)], .t021D: [(1, 0), (1, 2)], .t021U: [(0, 1), (2, 1)],
            .t021C: [(0, 1), (1, 2)], .t111D: [(0, 1), (1, 0), (2, 1)], .t111U: [(0, 1), (1, 0), (1, 2)],
            .t030T: [(1, 0), (2, 1), (2, 0)], .t030C: [(0, 1), (1, 2), (2, 0)],
            .t201: [(0, 1), (1, 0), (1, 2), (2, 1)], .t120D: [(1, 0), (1, 2), (0, 2), (2, 0)],
            .t120U: [(0, 1), (2, 1), (0, 2), (2, 0)], .t120C: [(0, 1), (1, 2), (0, 2), (2, 0)],
            .t210: [(0, 1), (1, 2), (2, 1), (0, 2), (2, 0)],
            .t300: [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)],
        ]
        #expect(examples.count == TriadKind.allCases.count)
        for (kind, ties) in examples {
            let census = Graph(3, ties, directed: true).triadCensus
            #expect(census[kind] == 1 && census.values.reduce(0, +) == 1, "\(kind)")
        }
    }

    @Test("brokers by the groups of the three")
    func brokers() {
        let path = Graph(3, [(0, 1), (1, 2)], directed: true)
        let cases: [(BrokerageRole, [Int])] = [
            (.coordinator, [0, 0, 0]), (.representative, [0, 0, 1]), (.gatekeeper, [0, 1, 1]),
            (.itinerant, [0, 1, 0]), (.liaison, [0, 1, 2]),
        ]
        for (role, codes) in cases {
            let brokerage = path.brokerage(NodeGroups(codes, count: 3))
            #expect(brokerage[role] == [0, 1, 0] && brokerage.totals == [0, 1, 0], "\(role)")
        }
        #expect(path.brokerage(NodeGroups([0, -1, 0], count: 1)).totals == [0, 0, 0])
        let closed = Graph(3, [(0, 1), (1, 2), (0, 2)], directed: true)
        #expect(closed.brokerage(NodeGroups([0, 0, 0], count: 1)).totals == [0, 0, 0])
    }

    @Test("an out-tree is a perfect hierarchy")
    func outTree() {
        let tree = Graph(7, [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6)], directed: true)
        for bound in KrackhardtHierarchy.UpperBound.allCases {
            let measures = tree.krackhardtHierarchy(bound)
            #expect(measures.connectedness == 1 && measures.hierarchy == 1 && measures.efficiency == 1)
            #expect(measures.upperBoundedness == 1)
        }
        let inTree = tree.reversed.krackhardtHierarchy()
        #expect(inTree.hierarchy == 1 && inTree.efficiency == 1)
        // Of 15 possible violations, the pairs without a path between them: 21 pairs less 10 with one. The root and
        // each of those below it share three superiors, of whom none heads the others.
        expectClose(tree.reversed.krackhardtHierarchy(.least).upperBoundedness, 1 - 11.0 / 15)
        expectClose(inTree.upperBoundedness, 1 - 13.0 / 15)
        let cycle = Graph.ring(4, directed: true).krackhardtHierarchy()
        #expect(cycle.hierarchy == 0 && cycle.upperBoundedness == 1)
    }

    @Test("two superiors that meet in a common one below them")
    func upperBounds() {
        // 0 and 1 head 2, who heads 3 and 4.
        let graph = Graph(5, [(0, 2), (1, 2), (2, 3), (2, 4)], directed: true)
        // Only 0 and 1 lack a common superior.
        expectClose(graph.krackhardtHierarchy(.least).upperBoundedness, 1 - 1.0 / 6)
        // No superior of 2, 3 or 4 heads both 0 and 1.
        expectClose(graph.krackhardtHierarchy(.highest).upperBoundedness, 1 - 4.0 / 6)
    }

    @Test("groups: within, across, E-I, modularity")
    func groups() {
        // Two triangles with one tie between them.
        let graph = Graph(6, [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)])
        let groups = NodeGroups([0, 0, 0, 1, 1, 1], count: 2)
        let mixing = graph.mixing(groups)
        #expect(mixing.within == 6 && mixing.across == 1 && mixing.amounts == [3, 1, 1, 3])
        expectClose(mixing.eiIndex, -5.0 / 7)
        #expect(mixing.groupEIIndices == [-0.5, -0.5] && mixing.withinDensities == [1, 1])
        expectClose(mixing.modularity, 6.0 / 7 - 0.5)
        expectClose(mixing.assortativity, (6.0 / 7 - 0.5) / 0.5)
        // 18 ordered pairs across, 12 within.
        expectClose(groups.eiIndexAtEqualDensity, 6.0 / 30)
        expectClose(graph.nodeEIIndices(groups)[2], -1.0 / 3)
    }
}
