import PlumblineTestSupport
import Statistics
import Testing

@Suite("Structural equivalence")
struct StructuralPositionTests {
    @Test("those who have the same ties share a position")
    func known() {
        #expect(Graph(5, [(0, 1), (0, 2), (0, 3)]).structuralPositions == [0, 1, 1, 1, 2])
        #expect(Graph.complete(4).structuralPositions == [0, 0, 0, 0])
        #expect(Graph.ring(4).structuralPositions == [0, 1, 0, 1])
        #expect(Graph(3, [(0, 1)], directed: true).structuralPositions == [0, 1, 2])
        #expect(Graph(3, [(0, 1), (1, 0)], directed: true).structuralPositions == [0, 0, 1])
        #expect(Graph(0, []).structuralPositions == [])
    }

    @Test("nodes share a position if and only if changing places changes no tie", arguments: [false, true], [3, 4, 5])
    func byChangingPlaces(directed: Bool, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pairs = (0..<9).map { _ in (Int.random(in: 0..<6, using: &random), Int.random(in: 0..<6, using: &random)) }
        func ties(_ rename: (Int) -> Int) -> Set<[Int]> {
            Set(
                Graph(6, pairs.map { (rename($0.0), rename($0.1)) }, directed: directed).ties.map { [$0.from, $0.to] })
        }
        let positions = Graph(6, pairs, directed: directed).structuralPositions
        for a in 0..<6 {
            for b in 0..<6 {
                let isSame = ties { $0 == a ? b : $0 == b ? a : $0 } == ties { $0 }
                #expect((positions[a] == positions[b]) == isSame, "\(a) and \(b)")
            }
        }
    }
}
