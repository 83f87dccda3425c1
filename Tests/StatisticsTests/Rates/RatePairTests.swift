import Statistics
import Testing

@Suite("Two rates")
struct RatePairTests {
    private func pair(_ x1: Int, _ t1: Double, _ x2: Int, _ t2: Double) throws -> RatePair {
        RatePair(
            try #require(EventRate(events: x1, exposure: t1)), try #require(EventRate(events: x2, exposure: t2)))
    }

    @Test("swapping the sides turns the ratio over and the difference round")
    func swap() throws {
        let (forth, back) = (try pair(8, 30, 15, 70), try pair(15, 70, 8, 30))
        expectClose(forth.ratio, back.ratio.map { 1 / $0 })
        expectClose(forth.difference, back.difference.map { -$0 })
        for method in RatePair.RatioMethod.allCases {
            let (one, other) = (try #require(forth.ratioInterval(method)), try #require(back.ratioInterval(method)))
            expectClose(one.low, 1 / other.high, relative: 1e-10)
            expectClose(one.high, 1 / other.low, relative: 1e-10)
        }
    }

    @Test("the unit of exposure does not matter to the ratio")
    func unit() throws {
        let (days, years) = (try pair(8, 730, 15, 365), try pair(8, 2, 15, 1))
        expectClose(days.ratio, years.ratio)
        expectClose(days.ratioInterval(.exact)?.low, years.ratioInterval(.exact)?.low)
    }

    @Test("no events on either side")
    func none() throws {
        #expect(try pair(3, 5, 0, 5).ratio == nil && pair(3, 5, 0, 5).ratioInterval(.exact) == nil)
        let none = try pair(0, 5, 3, 5)
        #expect(none.ratio == 0 && none.ratioInterval(.log) == nil && none.ratioInterval(.exact)?.low == 0)
        let neither = try pair(0, 5, 0, 5)
        #expect(neither.ratioInterval(.exact) == nil && neither.difference == 0)
        #expect(neither.differenceInterval().map { $0.low == 0 && $0.high == 0 } == true)
    }
}
