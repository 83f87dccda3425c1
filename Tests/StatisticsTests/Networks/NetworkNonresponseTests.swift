import Statistics
import Testing

@Suite("Networks in which some did not answer")
struct NetworkNonresponseTests {
    /// 3 answered, 1 did not; 0 ↔ 1, 1 → 2, 0 → 3, and a tie that 3 cannot have named.
    @Test("worked by hand")
    func known() throws {
        let graph = Graph(4, [(0, 1), (1, 0), (1, 2), (0, 3), (3, 2)], directed: true)
        let result = try #require(NetworkNonresponse(graph, hasResponded: [true, true, true, false]))
        #expect(result.responseRate == 0.75 && result.observedTies == 4 && result.unexpectedTies == 1)
        #expect(result.tiesAtRisk.map { graph.ties[$0].to } == [3] && result.atRiskShare == 0.25)
        #expect(result.unobservedPossibleTies == 3 && result.unobservedShare == 0.25)
        #expect(result.halfObservedPairs == 3 && result.unobservedPairs == 0)
        #expect(result.respondentDyads.mutual == 1 && result.respondentDyads.asymmetric == 1)
        expectClose(result.observedDensity, 4.0 / 9)
        #expect(result.densityBounds == 4.0 / 12...7.0 / 12)
        #expect(result.returnedShareBounds == 0.5...0.75)
    }

    @Test("with all answers nothing is at risk")
    func complete() throws {
        var generator = SplitMix64(seed: 31)
        let graph = Graph.random(20, ties: 60, directed: true, using: &generator).graph
        let result = try #require(NetworkNonresponse(graph, hasResponded: [Bool](repeating: true, count: 20)))
        #expect(result.tiesAtRisk.isEmpty && result.unobservedShare == 0 && result.respondentDyads == graph.dyadCensus)
        let density = try #require(graph.density)
        #expect(result.observedDensity == density && result.densityBounds == density...density)
        let returned = try #require(graph.dyadCensus.returnedTieShare)
        #expect(result.returnedShareBounds == returned...returned)
    }

    @Test("the bounds hold what a full answer would show", arguments: [1, 2, 3, 4])
    func bounds(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let full = Graph.random(15, ties: 60, directed: true, using: &generator).graph
        let hasResponded = generator.choice(of: 10, from: 15)
        let seen = full.ties.filter { hasResponded[$0.from] }.map { ($0.from, $0.to) }
        let result = try #require(
            NetworkNonresponse(Graph(15, seen, directed: true), hasResponded: hasResponded))
        let density = try #require(full.density)
        #expect(result.densityBounds.map { $0.contains(density) } == true)
    }

    @Test("nobody answered, nobody there, no directions")
    func undefined() throws {
        let silent = try #require(
            NetworkNonresponse(Graph(3, [], directed: true), hasResponded: [false, false, false]))
        #expect(silent.responseRate == 0 && silent.observedDensity == nil && silent.atRiskShare == nil)
        #expect(silent.densityBounds == 0...1 && silent.returnedShareBounds == nil && silent.unobservedPairs == 3)
        let empty = try #require(NetworkNonresponse(Graph(0, [], directed: true), hasResponded: []))
        #expect(empty.responseRate == nil && empty.densityBounds == nil)
        #expect(NetworkNonresponse(Graph(2, [(0, 1)]), hasResponded: [true, true]) == nil)
    }
}
