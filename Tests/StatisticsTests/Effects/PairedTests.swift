import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Changes of the same units")
struct PairedChangeTests {
    @Test("pairs with a missing value are no pairs")
    func missing() {
        let change = PairedChange(before: [1, 2, .nan, 4], after: [2, 2, 9, .nan])
        #expect(change.change.count == 2 && change.directions == .init(rose: 1, same: 1, fell: 0))
        expectClose(change.t, 1)
        expectClose(change.p, 0.5)
    }

    @Test("shift and scale leave effect sizes alone")
    func invariance() {
        let (before, after) = ([3, 1, 4, 1, 5.0], [4, 1, 6, 2, 5.0])
        let change = PairedChange(before: before, after: after)
        let moved = PairedChange(before: before.map { 4 * $0 + 7 }, after: after.map { 4 * $0 + 7 })
        expectClose(moved.inChangeDeviations, change.inChangeDeviations)
        expectClose(moved.inValueDeviations, change.inValueDeviations)
        expectClose(moved.inRepeatedMeasuresDeviations, change.inRepeatedMeasuresDeviations, relative: 1e-11)
        let back = PairedChange(before: after, after: before)
        expectClose(back.t, change.t.map { -$0 })
        #expect(back.directions == .init(rose: 0, same: 2, fell: 3))
    }

    @Test("undefined")
    func undefined() {
        let nothing: [Double] = []
        let none = PairedChange(before: nothing, after: nothing)
        let one = PairedChange(before: [1], after: [2])
        let alike = PairedChange(before: [1, 2], after: [2, 3])
        for change in [none, one, alike] {
            #expect(change.t == nil && change.p == nil && change.inChangeDeviations == nil)
        }
        #expect(one.inValueDeviations == nil && alike.inValueDeviations != nil && alike.interval() != nil)
        let infinite = PairedChange(before: [1, 2, 3], after: [.infinity, 1, 2])
        #expect(infinite.t == nil && infinite.interval() == nil)
    }
}

@Suite("McNemar's test")
struct McNemarTests {
    @Test("columns of answers")
    func columns() throws {
        let test = McNemar(before: [1, 1, 0, 0, 1, .nan], after: [0, 1, 1, 1, .nan, 0])
        #expect(test == McNemar(lost: 1, gained: 2) && test.discordant == 3)
        #expect(test.exactP == 1 && test.p() == test.p() && test.chiSquared() == 1.0 / 3)
    }

    @Test("nobody turned")
    func undefined() throws {
        let test = try #require(McNemar(lost: 0, gained: 0))
        #expect(test.chiSquared() == nil && test.p() == nil && test.exactP == nil && test.midP == nil)
        #expect(McNemar(lost: -1, gained: 0) == nil && McNemar(lost: 1, gained: .max) == nil)
        // Everybody turned one way: 2 · 2⁻⁵, and half of it.
        let all = try #require(McNemar(lost: 0, gained: 5))
        expectClose(all.exactP, 0.0625)
        expectClose(all.midP, 0.03125)
    }
}

@Suite("Samples compared by ranks")
struct RankComparisonTests {
    @Test("agrees with all pairs, one by one")
    func pairs() throws {
        var generator = SplitMix64(seed: 6)
        for _ in 0..<20 {
            let a = generator.column(count: 12, in: 0...6, missing: 0.1).map { $0.rounded() }
            let b = generator.column(count: 9, in: 0...6, missing: 0.1).map { $0.rounded() }
            let comparison = RankComparison(a, b)
            let signs = a.filter { !$0.isNaN }.flatMap { x in
                b.filter { !$0.isNaN }.map { y in x > y ? 1.0 : x < y ? -1 : 0 }
            }
            expectClose(comparison.cliffsDelta, signs.reduce(0, +) / Double(signs.count), absolute: 1e-15)
            #expect(comparison.ties == signs.count { $0 == 0 })
            let swapped = RankComparison(b, a)
            expectClose(swapped.cliffsDelta, comparison.cliffsDelta.map { -$0 }, absolute: 1e-15)
            expectClose(swapped.standardError, comparison.standardError)
            #expect(RankComparison(a.shuffled(using: &generator), b) == comparison)
        }
    }

    @Test("order is all that counts")
    func monotone() {
        let (a, b) = ([1, 4, 2, 8.0], [3, 1, 2.0])
        let cubes = RankComparison(a.map { $0 * $0 * $0 }, b.map { $0 * $0 * $0 })
        #expect(cubes == RankComparison(a, b))
    }

    @Test("undefined and extreme")
    func undefined() {
        let nothing: [Double] = []
        let none = RankComparison(nothing, [1])
        #expect(none.cliffsDelta == nil && none.mannWhitneyU == nil && none.mannWhitneyP() == nil)
        #expect(none.probabilityOfSuperiority == nil && none.interval() == nil)
        let equal = RankComparison([2, 2], [2, 2])
        #expect(equal.cliffsDelta == 0 && equal.mannWhitneyP() == nil && equal.interval() == nil)
        let apart = RankComparison([5, .infinity], [1, -.infinity])
        #expect(apart.cliffsDelta == 1 && apart.standardError == 0 && apart.probabilityOfSuperiority == 1)
        #expect(RankComparison([1], [2, 3]).standardError == nil)
    }
}

@Suite("Many comparisons")
struct MultipleComparisonsTests {
    @Test("missing values do not count, and order is kept")
    func order() {
        let adjusted = MultipleComparisons.benjaminiHochberg([0.04, .nan, 0.01]) ?? []
        #expect(adjusted[1].isNaN)
        expectClose(adjusted[0], 0.04)
        expectClose(adjusted[2], 0.02)
        #expect(MultipleComparisons.holm([0.04, 0.01]) == [0.04, 0.02])
        #expect(MultipleComparisons.holm([0.5, 0.6, 0.9]) == [1, 1, 1])
    }

    @Test("probabilities only")
    func undefined() {
        let nothing: [Double] = []
        #expect(MultipleComparisons.holm([1.1]) == nil && MultipleComparisons.benjaminiHochberg([-0.1]) == nil)
        #expect(MultipleComparisons.holm(nothing) == [])
    }
}
