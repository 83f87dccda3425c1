import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Runs about a centre line")
struct RunAnalysisTests {
    private func runs(_ values: [Double], center: Double = 0) -> RunAnalysis {
        RunAnalysis(values, center: center)
    }

    @Test("points on the line and missing points break no run")
    func useful() {
        let runs = runs([1, 2, 0, .nan, 3, -1, 0, -2, 1])
        #expect(runs.above == 4 && runs.below == 2 && runs.useful == 6 && runs.runs == 3 && runs.crossings == 2)
        #expect(runs.longestRun == 3 && runs.shift(length: 3) == [4] && runs.shift(length: 2) == [1, 4, 7])
    }

    @Test("trends count points, not steps, and pass over repeats")
    func trends() {
        let rising = runs([5, 5, 6, .nan, 6, 7, 8, 9, 8])
        #expect(rising.longestTrend == 5 && rising.trend(length: 5) == [7] && rising.trend(length: 4) == [6, 7])
        #expect(runs([3, 3, 3]).longestTrend == 1 && runs([]).longestTrend == 0 && runs([.nan]).longestTrend == 0)
        #expect(runs([1, 2]).longestTrend == 2 && runs([2, 1, 2, 1]).longestTrend == 2)
    }

    @Test("nothing useful says nothing")
    func nothing() {
        let runs = runs([0, 0, .nan])
        #expect(runs.useful == 0 && runs.crossings == 0 && runs.longestRun == 0)
        #expect(runs.longestPlausibleRun == nil && runs.fewestPlausibleCrossings == nil)
        #expect(runs.plausibleRuns() == nil && runs.runsVerdict() == nil)
        #expect(self.runs([1, 1, 1, -1]).plausibleRuns() == nil)
    }

    /// 20 useful points: log2 20 rounds to 4; P(X ≤ 5) = 0.0318 and P(X ≤ 6) = 0.0835 for 19 throws of a coin. Swed and
    /// Eisenhart's table for 10 and 10 has 6 and 16 as the critical numbers of runs at 2.5 %.
    @Test("limits by chance")
    func limits() {
        let alternating = runs((0..<20).map { $0.isMultiple(of: 2) ? 1 : -1 })
        #expect(alternating.longestPlausibleRun == 7 && alternating.fewestPlausibleCrossings == 6)
        #expect(alternating.plausibleRuns() == 7...15 && alternating.runsVerdict() == .tooMany)
        #expect(runs((0..<20).map { $0 < 10 ? 1 : -1 }).runsVerdict() == .tooFew)
    }

    @Test("the distribution of runs sums to 1", arguments: [(2, 2), (3, 9), (17, 4), (30, 30), (400, 900)])
    func distribution(above: Int, below: Int) throws {
        let distribution = try #require(RunsDistribution(above: above, below: below))
        let total = (2...above + below).reduce(0) { $0 + distribution.probability($1) }
        expectClose(total, 1, relative: 1e-9)
    }

    /// Every order of 3 points above and 4 below, counted one by one.
    @Test("the distribution of runs counts orders")
    func enumeration() throws {
        var counts = [Int](repeating: 0, count: 8)
        for mask in 0..<128 where mask.nonzeroBitCount == 3 {
            let order = (0..<7).map { mask >> $0 & 1 == 1 ? 1.0 : -1 }
            counts[runs(order).runs] += 1
        }
        let distribution = try #require(RunsDistribution(above: 3, below: 4))
        for number in counts.indices { expectClose(distribution.probability(number), Double(counts[number]) / 35) }
    }

    @Test("mirrored series have the same runs")
    func mirror() {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<50 {
            let values = generator.column(count: 30, in: -1...1, missing: 0.1).map { ($0 * 5).rounded() }
            let (forth, mirrored) = (runs(values), runs(values.map { -$0 }))
            #expect(forth.runs == mirrored.runs && forth.longestTrend == mirrored.longestTrend)
            #expect(forth.longestRun == runs(values.reversed()).longestRun)
            #expect(forth.plausibleRuns() == mirrored.plausibleRuns())
        }
    }
}
