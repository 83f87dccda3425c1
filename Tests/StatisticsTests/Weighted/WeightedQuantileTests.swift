import PlumblineTestSupport
import Statistics
import Testing

@Suite("Weighted quantiles and deviations")
struct WeightedQuantileTests {
    private func quantiles(_ values: [Double], _ weights: [Double]) -> WeightedQuantiles? {
        WeightedQuantiles(values.span, weights: weights.span)
    }

    @Test("equal weights give the plain quantiles", arguments: [1, 0.1, 7])
    func equalWeights(_ weight: Double) throws {
        var generator = SplitMix64(seed: 6)
        let values = generator.column(count: 23, missing: 0.1)
        let weighted = try #require(quantiles(values, [Double](repeating: weight, count: 23)))
        for p in [0, 0.1, 0.25, 0.5, 0.9, 1] {
            #expect(weighted.quantile(at: p) == Quantiles.quantile(values, at: p, type: .type1))
            expectClose(weighted.quantile(at: p, rule: .interpolated), Quantiles.quantile(values, at: p))
        }
    }

    @Test("a weight of 3 is a row three times; the order of rows does not count")
    func duplication() throws {
        let weighted = try #require(quantiles([5, 1, 9], [1, 3, 2]))
        let repeated: [Double] = [1, 1, 1, 5, 9, 9]
        for p in [0.1, 0.3, 0.5, 0.6, 0.8] {
            #expect(weighted.quantile(at: p) == Quantiles.quantile(repeated, at: p, type: .type1))
        }
        #expect(quantiles([9, 5, 1], [2, 1, 3])?.quantile(at: 0.6) == weighted.quantile(at: 0.6))
        let deviation = WeightedMoments([5, 1, 9], weights: [1, 3, 2]).standardDeviation(.frequency)
        expectClose(deviation, Moments(repeated).standardDeviation)
    }

    @Test("reliability weights: the scale does not count")
    func scale() {
        let (values, weights): ([Double], [Double]) = ([1, 4, 2, 8], [0.5, 1, 2, 0.25])
        let one = WeightedMoments(values, weights: weights).standardDeviation()
        let other = WeightedMoments(values, weights: weights.map { 1000 * $0 }).standardDeviation()
        expectClose(one, other)
        expectClose(
            WeightedMoments(values, weights: [2, 2, 2, 2]).standardDeviation(), Moments(values).standardDeviation)
    }

    @Test("undefined: nothing, no weight, a negative or infinite weight")
    func undefined() {
        #expect(
            quantiles([], []) == nil && quantiles([1, 2], [0, 0]) == nil && quantiles([1, .nan], [.nan, 1]) == nil)
        #expect(quantiles([1, 2], [1, -1]) == nil && quantiles([1], [.infinity]) == nil)
        #expect(quantiles([1, 2], [1, 0])?.quantile(at: 0.9) == 1)
        for p in [-0.1, 1.1, .nan] { #expect(quantiles([1], [1])?.quantile(at: p) == nil) }
        #expect(WeightedMoments([1], weights: [1]).standardDeviation() == nil)
        #expect(WeightedMoments([1, 2], weights: [0.5, 0.5]).standardDeviation(.frequency) == nil)
        #expect(quantiles([.infinity], [1])?.quantile(at: 0.5) == nil)
    }
}
