import Statistics
import Testing

@Suite("Signed ranks")
struct SignedRanksTests {
    /// Sizes 1 2 2 3 4 rank 1, 2.5, 2.5, 4, 5; above 0 are 1, 2, 4.
    @Test("ties share ranks, and zeros are dropped")
    func known() throws {
        let ranks = try #require(SignedRanks([1, -2, 2, 0, -3, 4, .nan]))
        #expect(ranks.count == 5 && ranks.positiveRankSum == 8.5)
        // Variance 5 · 6 · 11 / 24 - 6 / 48 = 13.625; distance 1, less a half: erfc(0.5 / √13.625 / √2).
        expectClose(ranks.pValue(), 0.892_250_486_903_652, relative: 1e-9)
        #expect(try #require(ranks.pValue(continuityCorrected: false)) < #require(ranks.pValue()))
    }

    @Test("only the order of the sizes counts, and turning all signs changes nothing")
    func invariance() throws {
        let differences = [0.3, -1.2, 2.5, 0.7, -0.1, 4]
        let ranks = try #require(SignedRanks(differences))
        let stretched = try #require(SignedRanks(differences.map { $0 * $0 * $0 * 1e90 }))
        #expect(stretched == ranks)
        let turned = try #require(SignedRanks(differences.map(-)))
        #expect(turned.positiveRankSum == 21 - ranks.positiveRankSum && turned.pValue() == ranks.pValue())
        #expect(SignedRanks(differences.reversed()) == ranks)
    }

    @Test("nothing but zeros has no ranks")
    func undefined() {
        #expect(SignedRanks([]) == nil && SignedRanks([0, 0]) == nil && SignedRanks([.nan]) == nil)
        #expect(SignedRanks([5])?.pValue() == 1)
        #expect(SignedRanks([.infinity, -1])?.positiveRankSum == 2)
    }
}
