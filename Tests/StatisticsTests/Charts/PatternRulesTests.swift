import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Patterns of points")
struct PatternRulesTests {
    private func positions(_ rule: ChartRule, _ z: [Double]) -> [Int] {
        PatternRules.positions(of: rule, in: z) ?? []
    }

    @Test("a point on a limit is not beyond it")
    func strict() {
        #expect(positions(.beyondLimits, [3, -3, 3.0000001, -4]) == [2, 3])
        #expect(positions(.fourOfFive, [1, 1, 1, 1, 1]).isEmpty)
        #expect(positions(.fifteenWithin, [Double](repeating: 1, count: 15)).isEmpty)
        #expect(positions(.fifteenWithin, [Double](repeating: 0.9, count: 16)) == [14, 15])
    }

    @Test("the centre line and missing points end a run")
    func ends() {
        let run = [Double](repeating: 0.5, count: 8)
        #expect(positions(.eightOnOneSide, run) == [7])
        #expect(positions(.eightOnOneSide, run.prefix(4) + [0] + run.prefix(4)).isEmpty)
        #expect(positions(.eightOnOneSide, run.prefix(4) + [.nan] + run.prefix(4)).isEmpty)
        #expect(positions(.nineOnOneSide, [-1] + run + run) == Array(9...16))
    }

    @Test("m of n need the last point, on one side")
    func windows() {
        #expect(positions(.twoOfThree, [2.5, 0, 2.5, 0]) == [2])
        #expect(positions(.twoOfThree, [2.5, -2.5, 0]).isEmpty)
        #expect(positions(.twoOfThree, [2.5, .nan, 2.5]) == [2])
        #expect(positions(.fourOfFive, [-1.5, -1.5, 0, -1.5, -1.5, -1.5]) == [4, 5])
    }

    @Test("ties break trends and alternations")
    func steps() {
        #expect(positions(.sixInTrend, [1, 2, 3, 4, 5, 6, 7]) == [5, 6])
        #expect(positions(.sixInTrend, [1, 2, 3, 3, 4, 5, 6]).isEmpty)
        #expect(positions(.sixInTrend, [6, 5, 4, 3, 2, 1]) == [5])
        let alternating = (0..<15).map { $0.isMultiple(of: 2) ? 0.1 : -0.1 }
        #expect(positions(.fourteenAlternating, alternating) == [13, 14])
    }

    @Test("points outside on both sides")
    func mixture() {
        let outside = (0..<9).map { $0 == 3 ? -1.5 : 1.5 }
        #expect(positions(.eightOutside, outside) == [7, 8])
        #expect(positions(.eightOutside, outside.map { abs($0) }).isEmpty)
    }

    @Test("rules about runs are no such patterns, and nothing has no pattern", arguments: ChartRule.allCases)
    func kinds(_ rule: ChartRule) {
        let isPattern = RuleSet.nelson.rules.contains(rule) || RuleSet.westernElectric.rules.contains(rule)
        let nothing: [Double] = []
        #expect((PatternRules.positions(of: rule, in: nothing) == []) == isPattern)
        #expect(RuleSet.allCases.contains { $0.rules.contains(rule) })
    }

    @Test("mirrored points have the same patterns", arguments: ChartRule.allCases)
    func mirror(_ rule: ChartRule) {
        var generator = SplitMix64(seed: 4)
        for _ in 0..<40 {
            let z = generator.column(count: 60, in: -2.5...2.5, missing: 0.03)
            #expect(positions(rule, z) == positions(rule, z.map { -$0 }))
        }
    }
}
