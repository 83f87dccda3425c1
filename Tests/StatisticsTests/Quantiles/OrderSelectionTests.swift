import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Selection of order statistics")
struct OrderSelectionTests {
    /// Columns larger than what is simply sorted, each awkward in its own way.
    static let columns: [(name: String, values: [Double])] = {
        var generator = SplitMix64(seed: 21)
        let count = 40_000
        return [
            ("uniform", generator.column(count: count)),
            ("missing", generator.column(count: count, in: -1...1, missing: 0.4)),
            ("narrow", generator.column(count: count, in: 1000...1000.000_001)),
            ("answers", generator.column(count: count, in: 1...6).map { $0.rounded(.down) }),
            ("constant", [Double](repeating: 7, count: count)),
            ("infinite", [Double](repeating: .infinity, count: count) + [Double](repeating: -.infinity, count: count)),
            ("neighbours", (0..<count).map { Double(bitPattern: 0x3FF0_0000_0000_0000 + UInt64($0 % 5)) }),
            ("all magnitudes", (0..<count).map { _ in Double(bitPattern: generator.next()) }),
        ]
    }()

    @Test("agrees with sorting", arguments: columns.map(\.name))
    func agreesWithSorting(_ name: String) throws {
        let values = try #require(Self.columns.first { $0.name == name }).values
        let sorted = OrderSelection.sorted(values)
        let last = sorted.count - 1
        let ranks = [last, 0, last / 2, last / 2 + 1, last / 2, 17, last / 10, last * 9 / 10]
        #expect(OrderSelection.values(atRanks: ranks, of: values) == ranks.map { sorted[$0] })
    }

    @Test("sorting leaves missing values out")
    func sorted() {
        #expect(OrderSelection.sorted([3, .nan, -1, 2]) == [-1, 2, 3])
        #expect(OrderSelection.sorted([]) == [])
    }
}

@Suite("Distribution-free intervals of quantiles")
struct QuantileIntervalTests {
    @Test(
        "the median of n values at 95 %: ranks of the sign test",
        arguments: [
            (6, 0, 5), (7, 0, 6), (8, 0, 7), (9, 1, 7), (10, 1, 8), (15, 3, 11), (20, 5, 14), (25, 7, 17), (50, 17, 32),
            (100, 39, 60),
        ])
    func medianRanks(count: Int, low: Int, high: Int) throws {
        let ranks = try #require(Quantiles.limitRanks(at: 0.5, count: count, level: .percent95))
        #expect(ranks == (low, high))
    }

    @Test("too few values have no interval", arguments: [0, 1, 5])
    func tooFew(count: Int) {
        let values = (0..<count).map(Double.init)
        #expect(Quantiles.interval(values, at: 0.5) == nil)
        #expect(Quantiles.estimate(values, at: 0.5)?.interval == nil)
        #expect((Quantiles.estimate(values, at: 0.5) == nil) == (count == 0))
    }

    @Test("extreme quantiles have none, whatever n")
    func extremeQuantiles() {
        let values = (0..<1000).map(Double.init)
        for p in [0, 1, 1e-6, -1, .nan] { #expect(Quantiles.interval(values, at: p) == nil) }
    }

    @Test("covers at least nominally, and no narrower ranks would do")
    func coverage() throws {
        for count in [8, 23, 60, 151, 1000] {
            for p in [0.25, 0.5, 0.9] {
                for level in [ConfidenceLevel.percent90, .percent95, .percent99] {
                    guard let ranks = Quantiles.limitRanks(at: p, count: count, level: level) else { continue }
                    let below = try #require(Binomial(trials: count, probability: p))
                    #expect(below.cdf(ranks.high) - below.cdf(ranks.low) >= level.value)
                    #expect(below.cdf(ranks.low) <= level.tail && below.cdf(ranks.low + 1) > level.tail)
                    #expect(below.upperTail(ranks.high) <= level.tail && below.upperTail(ranks.high - 1) > level.tail)
                }
            }
        }
    }

    @Test("estimate gives what quantile and interval give, for small and large columns", arguments: [30, 50_000])
    func estimate(count: Int) throws {
        var generator = SplitMix64(seed: 22)
        let values = generator.column(count: count, in: 0...10, missing: 0.1)
        let answer = Quantiles.estimate(values, at: 0.25, type: .type6)
        let estimate = try #require(answer)
        #expect(estimate.count == Descriptives.count(values))
        #expect(estimate.value == Quantiles.quantile(values, at: 0.25, type: .type6))
        #expect(estimate.interval == Quantiles.interval(values, at: 0.25))
        #expect(estimate.interval?.method == .orderStatistics)
    }
}
