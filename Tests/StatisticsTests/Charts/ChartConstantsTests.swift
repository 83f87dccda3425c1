import Foundation
import Testing

@testable import Statistics

@Suite("Constants and gaps of charts")
struct ChartConstantsTests {
    /// From the definitions with 40 digits (mpmath); d2 of 3 is 3 / √π.
    @Test("constants of small samples")
    func constants() {
        for (size, c4) in [
            (2, 0.797884560802865356), (3, 0.886226925452758014), (5, 0.939985602986625188), (10, 0.972659274121588243),
            (25, 0.989640375585703084), (1000, 0.999749781101513203),
        ] { expectClose(BiasConstants.c4(Double(size)), c4, relative: 1e-14) }
        for (size, d2) in [
            (2, 2 / Double.pi.squareRoot()), (3, 3 / Double.pi.squareRoot()), (5, 2.32592894728103923),
            (10, 3.07750546167034571), (25, 3.93062921950711316), (100, 5.01518727288336875),
        ] { expectClose(BiasConstants.d2(size), d2, relative: 1e-13) }
        expectClose(BiasConstants.d3(2), BiasConstants.d3OfPairs, relative: 1e-12)
        expectClose(BiasConstants.d3(3), 0.888368004045, relative: 1e-11)
    }

    /// D. C. Montgomery, "Introduction to Statistical Quality Control", appendix VI.
    @Test("the printed table of d3")
    func printed() {
        for (size, d3) in [(4, 0.880), (5, 0.864), (6, 0.848), (7, 0.833), (10, 0.797), (25, 0.708)] {
            expectClose(BiasConstants.d3(size), d3, relative: 0, absolute: 5.1e-4)
        }
    }

    @Test("sizes without constants")
    func undefined() {
        #expect(BiasConstants.c4(1) == nil && BiasConstants.c4(.nan) == nil && BiasConstants.d2(1) == nil)
        #expect(BiasConstants.d2(1001) == nil && BiasConstants.d3(0) == nil)
    }

    @Test("gaps between rare events")
    func gaps() {
        #expect(RareEvents.casesBetween([0, 0, 1, 1, 0, 1, 0]) == [2, 0, 1])
        let unknown = RareEvents.casesBetween([0, .nan, 1, 0, 1])
        #expect(unknown.count == 2 && unknown[0].isNaN && unknown[1] == 1)
        #expect(RareEvents.casesBetween([0, 0]).isEmpty)
        #expect(RareEvents.timeBetween([3, 3, 10]) == [0, 7])
        #expect(RareEvents.timeBetween([3]).isEmpty)
        #expect(ChartSeries.timeBetween([0, 7]).points == [0.5, 7])
    }

    @Test("moving ranges at gaps")
    func movingRanges() {
        let values = [1, 4, .nan, 6, 5]
        #expect(MovingRanges(values).values == [3, 1])
        #expect(MovingRanges(values, gaps: .closed).values == [3, 2, 1])
        #expect(MovingRanges([7]).mean == nil && MovingRanges([7]).upperLimit == nil)
    }
}
