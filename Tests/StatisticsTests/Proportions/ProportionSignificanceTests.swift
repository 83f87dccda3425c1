import PlumblineTestSupport
import Statistics
import Testing

@Suite("Two proportions: tests and effect sizes")
struct ProportionSignificanceTests {
    private func pair(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) throws -> ProportionPair {
        ProportionPair(
            try #require(Proportion(successes: x1, trials: n1)), try #require(Proportion(successes: x2, trials: n2)))
    }

    /// Fisher's tea tasting: of 70 equally likely choices, 1 has all four right and 16 have three.
    @Test("the lady tasting tea")
    func tea() throws {
        expectClose(try pair(4, 4, 0, 4).fisherP, 2.0 / 70)
        expectClose(try pair(3, 4, 1, 4).fisherP, 34.0 / 70)
        #expect(try pair(2, 4, 2, 4).fisherP == 1)
    }

    @Test("the same table turned and mirrored has the same answers")
    func symmetry() throws {
        var generator = SplitMix64(seed: 71)
        for _ in 0..<50 {
            let (n1, n2) = (1 + generator.below(300), 1 + generator.below(300))
            let (x1, x2) = (generator.below(n1 + 1), generator.below(n2 + 1))
            let (one, swapped) = (try pair(x1, n1, x2, n2), try pair(x2, n2, x1, n1))
            let mirrored = try pair(n1 - x1, n1, n2 - x2, n2)
            for other in [swapped, mirrored] {
                expectClose(other.fisherP, one.fisherP, relative: 1e-9)
                expectClose(other.chiSquared, one.chiSquared, relative: 1e-9, absolute: 1e-12)
                expectClose(other.cohensH, one.cohensH.map { -$0 }, relative: 1e-9, absolute: 1e-12)
            }
            #expect(try #require(one.fisherP) <= 1 && #require(one.fisherP) > 0)
        }
    }

    @Test("large and lopsided tables keep their digits")
    func large() throws {
        // All 2,000 of one side against none of the other: twice 1 / (4000 choose 2000), far below 1e-308.
        #expect(try pair(2000, 2000, 0, 2000).fisherP == 0)
        let p = try #require(try pair(510, 1000, 490, 1000).fisherP)
        #expect(p > 0.37 && p < 0.4)
    }

    @Test("nothing to compare")
    func undefined() throws {
        let empty = try pair(0, 0, 3, 4)
        #expect(empty.chiSquared == nil && empty.chiSquaredP == nil && empty.cohensH == nil && empty.fisherP == nil)
        #expect(try pair(3, 3, 5, 5).chiSquared == nil && pair(3, 3, 5, 5).fisherP == 1)
    }

    @Test("net shares of both ends")
    func net() throws {
        let answers: [Double] = [10, 9, 9, 8, 7, 6, 0, .nan]
        let net = NetShare(answers.span, topFrom: 9, bottomUpTo: 6)
        expectClose(net.value, 1.0 / 7)
        #expect(net.top.successes == 3 && net.bottom.successes == 2 && net.top.trials == 7)
        // Variance of one of 1, 0, -1: (5 - 7/49) / 7 / 7.
        let interval = try #require(net.interval())
        expectClose((interval.high - interval.low) / 2, 1.959963984540054 * ((5 - 1.0 / 7) / 49).squareRoot())
        let nobody = NetShare([Double]().span, topFrom: 9, bottomUpTo: 6)
        #expect(nobody.value == nil && nobody.interval() == nil)
    }
}
