import PlumblineTestSupport
import Statistics
import Testing

@Suite("Networks: what must not matter")
struct GraphInvarianceTests {
    /// All measures by node, by name.
    private func byNode(_ graph: Graph) -> [String: [Double?]] {
        [
            "sent": graph.degrees().map(Double.init), "received": graph.degrees(.incoming).map(Double.init),
            "strength": graph.strengths(), "core": graph.coreNumbers.map(Double.init),
            "closeness": graph.geodesics().closeness(), "harmonic": graph.geodesics(.incoming).harmonicCentrality,
            "betweenness": graph.betweenness ?? [], "clustering": graph.localClustering,
            "constraint": graph.constraint, "effective size": graph.effectiveSizes,
            "rank": graph.pageRank() ?? [],
        ]
    }

    /// All measures of the whole, by name.
    private func whole(_ graph: Graph, _ groups: NodeGroups) -> [String: Double?] {
        let (dyads, paths, mixing) = (graph.dyadCensus, graph.geodesics(), graph.mixing(groups))
        let hierarchy = graph.krackhardtHierarchy(.least)
        return [
            "density": graph.density, "returned": dyads.returnedTieShare, "mutual": dyads.mutualPairShare,
            "transitivity": graph.transitivity, "directed transitivity": graph.directedTransitivity,
            "distance": paths.meanDistance, "efficiency": paths.globalEfficiency, "reach": paths.reachableShare,
            "centralization": graph.degreeCentralization(), "betweenness": graph.betweennessCentralization,
            "degree assortativity": graph.degreeAssortativity, "ei": mixing.eiIndex, "modularity": mixing.modularity,
            "assortativity": mixing.assortativity, "weak": Double(graph.weakComponents.count),
            "strong": Double(graph.strongComponents.count), "hierarchy": hierarchy.hierarchy,
            "bounds": hierarchy.upperBoundedness, "krackhardt efficiency": hierarchy.efficiency,
        ]
    }

    private func expectSame(_ got: [String: Double?], _ wanted: [String: Double?]) {
        for (name, value) in wanted { expectClose(got[name] ?? nil, value, relative: 1e-10, absolute: 1e-12, name) }
    }

    @Test("relabelling nodes changes nothing", arguments: [false, true], [11, 12, 13])
    func relabelling(directed: Bool, seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let (graph, rows, weights) = Graph.random(40, ties: 110, directed: directed, using: &generator)
        let label = generator.shuffled(Array(0..<40))
        let codes = (0..<40).map { _ in generator.below(4) - 1 }
        var newCodes = codes
        for node in 0..<40 { newCodes[label[node]] = codes[node] }
        let renamed = Graph(
            40, rows.map { (label[$0.0], label[$0.1]) }, weights: weights, directed: directed)
        expectSame(
            whole(renamed, NodeGroups(newCodes, count: 3)), whole(graph, NodeGroups(codes, count: 3)))
        let (before, after) = (byNode(graph), byNode(renamed))
        for (name, values) in before {
            for node in 0..<40 {
                expectClose(after[name]?[label[node]], values[node], relative: 1e-10, absolute: 1e-12, name)
            }
        }
        #expect(renamed.triadCensus == graph.triadCensus)
    }

    @Test("the order of rows changes nothing, and an undirected tie has no first end")
    func rowOrder() {
        var generator = SplitMix64(seed: 21)
        let (graph, rows, weights) = Graph.random(30, ties: 90, directed: false, using: &generator)
        let order = generator.shuffled(Array(rows.indices))
        let other = Graph(
            30, order.map { $0 % 2 == 0 ? rows[$0] : (rows[$0].1, rows[$0].0) }, weights: order.map { weights[$0] })
        #expect(other.ties.map { [$0.from, $0.to] } == graph.ties.map { [$0.from, $0.to] })
        for (mine, theirs) in zip(other.strengths(), graph.strengths()) { expectClose(mine, theirs) }
    }

    @Test("rows named twice make one tie with the weight of both")
    func duplicates() {
        let rows = [(0, 1), (1, 2), (0, 1), (1, 0), (2, 2)]
        let undirected = Graph(3, rows, weights: [1, 2, 3, 4, 5])
        #expect(undirected.tieCount == 2 && undirected.strengths() == [8, 10, 2])
        #expect(undirected.duplicateRows == 2 && undirected.intake.selfTies == 1)
        let directed = Graph(3, rows, weights: [1, 2, 3, 4, 5], directed: true)
        #expect(directed.tieCount == 3 && directed.strengths() == [4, 6, 0] && directed.duplicateRows == 1)
        #expect(directed.undirected.strengths() == [8, 10, 2])
    }

    @Test("replicated rows equal whole weights, and weights of 1 no weights", arguments: [false, true])
    func weights(directed: Bool) {
        var generator = SplitMix64(seed: 22)
        let (graph, rows, weights) = Graph.random(25, ties: 60, directed: directed, using: &generator)
        let replicated = zip(rows, weights).flatMap { row, weight in [(Int, Int)](repeating: row, count: Int(weight)) }
        let plain = Graph(25, replicated, directed: directed)
        let codes = (0..<25).map { _ in generator.below(3) }
        let groups = NodeGroups(codes, count: 3)
        #expect(plain.strengths() == graph.strengths())
        #expect(plain.mixing(groups, byWeight: true).eiIndex == graph.mixing(groups, byWeight: true).eiIndex)
        let ones = Graph(25, rows, weights: rows.map { _ in 1 }, directed: directed)
        #expect(byNode(ones).filter { $0.key != "strength" } == byNode(graph).filter { $0.key != "strength" })
    }

    @Test("two networks side by side keep their nodes' answers", arguments: [false, true])
    func union(directed: Bool) {
        var generator = SplitMix64(seed: 23)
        let (graph, rows, weights) = Graph.random(20, ties: 50, directed: directed, using: &generator)
        let both = Graph(
            41, rows + rows.map { ($0.0 + 20, $0.1 + 20) }, weights: weights + weights, directed: directed)
        let (one, two) = (byNode(graph), byNode(both))
        for name in one.keys where !["harmonic", "rank"].contains(name) {
            for node in 0..<20 {
                expectClose(two[name]?[node], one[name]?[node], relative: 1e-10, absolute: 1e-12, name)
                expectClose(two[name]?[node + 20], one[name]?[node], relative: 1e-10, absolute: 1e-12, name)
            }
        }
        #expect(both.isolates.contains(40) && both.weakComponents.count == 2 * graph.weakComponents.count + 1)
        #expect(both.eigenvectorCentrality() == nil && both.closenessCentralization == nil)
    }

    @Test("turning all ties round swaps sent and received")
    func reversal() {
        var generator = SplitMix64(seed: 24)
        let graph = Graph.random(30, ties: 80, directed: true, using: &generator).graph
        #expect(graph.reversed.degrees() == graph.degrees(.incoming))
        #expect(graph.reversed.geodesics() == graph.geodesics(.incoming))
        #expect(graph.reversed.strongComponents.sizesDescending == graph.strongComponents.sizesDescending)
        for (mine, theirs) in zip(graph.reversed.betweenness ?? [], graph.betweenness ?? []) {
            expectClose(mine, theirs, relative: 1e-10, absolute: 1e-12)
        }
    }

    /// Against all pairs worked out by a textbook method: Floyd's distances and counts of paths by distance.
    @Test("paths of random networks as by brute force", arguments: [false, true], [70, 90, 200])
    func bruteForce(directed: Bool, ties: Int) throws {
        var generator = SplitMix64(seed: UInt64(ties))
        // More nodes than one word of the walk has bits.
        let n = 70
        let graph = Graph.random(n, ties: ties, directed: directed, using: &generator).graph
        var distance = [[Int]](repeating: [Int](repeating: n, count: n), count: n)
        for tie in graph.ties {
            distance[tie.from][tie.to] = 1
            if !directed { distance[tie.to][tie.from] = 1 }
        }
        let adjacent = distance
        for node in 0..<n { distance[node][node] = 0 }
        for via in 0..<n {
            for a in 0..<n {
                for b in 0..<n { distance[a][b] = min(distance[a][b], distance[a][via] + distance[via][b]) }
            }
        }
        var paths = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
        for source in 0..<n {
            paths[source][source] = 1
            for node in (0..<n).sorted(by: { distance[source][$0] < distance[source][$1] }) where node != source {
                paths[source][node] = (0..<n).reduce(0) { sum, before in
                    let isOnPath = adjacent[before][node] == 1 && distance[source][before] + 1 == distance[source][node]
                    return sum + (isOnPath ? paths[source][before] : 0)
                }
            }
        }
        let geodesics = graph.geodesics()
        let betweenness = try #require(graph.betweenness)
        for node in 0..<n {
            let reached = distance[node].filter { $0 > 0 && $0 < n }
            #expect(geodesics.reached[node] == reached.count)
            #expect(geodesics.distanceSums[node] == reached.reduce(0, +))
            #expect(geodesics.farthest[node] == reached.max() ?? 0)
            expectClose(geodesics.reciprocalSums[node], reached.reduce(0) { $0 + 1 / Double($1) }, absolute: 1e-12)
            var between = 0.0
            for a in 0..<n where a != node {
                for b in 0..<n where b != node && b != a && distance[a][b] < n {
                    guard distance[a][node] + distance[node][b] == distance[a][b] else { continue }
                    between += paths[a][node] * paths[node][b] / paths[a][b]
                }
            }
            expectClose(betweenness[node], directed ? between : between / 2, relative: 1e-10, absolute: 1e-10)
        }
    }
}
