import PlumblineTestSupport
import Statistics
import Testing

@Suite("Weighted quantiles")
struct WeightedQuantilesTests {
    private func quantile(_ values: [Double], _ weights: [Double], _ p: Double) -> Double? {
        WeightedQuantiles.quantile(values.span, weights: weights.span, at: p)
    }

    @Test("the smallest value that reaches the share")
    func known() {
        let (values, weights): ([Double], [Double]) = ([30, 10, 20, .nan, 99], [1, 2, 1, 5, 0])
        #expect(quantile(values, weights, 0) == 10 && quantile(values, weights, 0.5) == 10)
        #expect(quantile(values, weights, 0.51) == 20 && quantile(values, weights, 0.75) == 20)
        #expect(quantile(values, weights, 0.76) == 30 && quantile(values, weights, 1) == 30)
    }

    @Test("equal weights give quantiles of type 1, whole weights those of replicated rows")
    func replication() throws {
        var generator = SplitMix64(seed: 81)
        let values = generator.column(count: 37)
        let weights = values.map { _ in Double(1 + generator.below(4)) }
        let replicated = zip(values, weights).flatMap { [Double](repeating: $0, count: Int($1)) }
        for p in [0, 0.1, 0.25, 0.5, 0.9, 1] {
            #expect(quantile(values, values.map { _ in 0.3 }, p) == Quantiles.quantile(values, at: p, type: .type1))
            #expect(quantile(values, weights, p) == Quantiles.quantile(replicated, at: p, type: .type1))
        }
    }

    @Test("interpolated: equal weights give type 7, whatever their size", arguments: [0.1, 1, 7])
    func interpolated(_ weight: Double) {
        var generator = SplitMix64(seed: 6)
        let values = generator.column(count: 23, missing: 0.1)
        let weights = values.map { _ in weight }
        for p in [0, 0.1, 0.25, 0.5, 0.9, 1] {
            let quantile = WeightedQuantiles.quantile(values.span, weights: weights.span, at: p, rule: .interpolated)
            expectClose(quantile, Quantiles.quantile(values, at: p))
        }
    }

    @Test("nothing, no weight, weights and shares that make no sense")
    func undefined() {
        #expect(quantile([], [], 0.5) == nil && quantile([1], [0], 0.5) == nil && quantile([.nan], [1], 0.5) == nil)
        #expect(quantile([1], [-1], 0.5) == nil && quantile([1], [.infinity], 0.5) == nil)
        #expect(quantile([1], [1], 1.5) == nil && quantile([.infinity], [1], 0.5) == nil)
    }
}
