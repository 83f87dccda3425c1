import PlumblineTestSupport
import Statistics
import Testing

@Suite("Weighted means and totals")
struct WeightedMomentsTests {
    /// Values 1, 2, 4 with weights 1, 2, 1: mean 9/4, residuals w (x - m) = -5/4, -1/2, 7/4 with squares summing to
    /// 39/8, products 1, 4, 4 about their mean 3 with squares summing to 6.
    @Test("worked by hand")
    func known() throws {
        let moments = WeightedMoments([1, 2, .nan, 4, 7], weights: [1, 2, 5, 1, .nan])
        #expect(moments.count == 3 && moments.sumOfWeights == 4 && moments.total == 9)
        expectClose(moments.mean, 2.25)
        expectClose(moments.meanStandardError, (1.5 * 39 / 8).squareRoot() / 4)
        expectClose(moments.totalStandardError, 3)
        expectClose(moments.effectiveSize, 16.0 / 6)
        // t(0.975; 2) = √(2 · 0.95² / (1 - 0.95²)), in closed form.
        let deviate = (2 * 0.95 * 0.95 / (1 - 0.95 * 0.95)).squareRoot()
        let interval = try #require(moments.totalInterval())
        expectClose(interval.low, 9 - 3 * deviate, relative: 1e-11)
        expectClose(interval.high, 9 + 3 * deviate, relative: 1e-11)
        #expect(interval.method == .linearizedT && moments.meanInterval()?.method == .linearizedT)
    }

    @Test("equal weights give the unweighted mean, its standard error and n")
    func equalWeights() {
        var generator = SplitMix64(seed: 41)
        let values = generator.column(count: 333, missing: 0.2)
        let weights = [Double](repeating: 3, count: values.count)
        let (weighted, plain) = (WeightedMoments(values, weights: weights), Moments(values))
        expectClose(weighted.mean, plain.mean)
        expectClose(weighted.meanStandardError, plain.standardError)
        expectClose(weighted.effectiveSize, Double(plain.count))
        expectClose(weighted.total, plain.sum.map { 3 * $0 })
    }

    @Test("the scale of the weights does not matter to the mean")
    func scale() {
        var generator = SplitMix64(seed: 42)
        let values = generator.column(count: 100)
        let weights = generator.column(count: 100, in: 0.5...4)
        let plain = WeightedMoments(values, weights: weights)
        let scaled = WeightedMoments(values, weights: weights.map { $0 * 1e100 })
        expectClose(scaled.mean, plain.mean)
        expectClose(scaled.meanStandardError, plain.meanStandardError)
        expectClose(scaled.effectiveSize, plain.effectiveSize)
    }

    @Test("undefined: nothing, one row, weights that are negative, infinite or sum to 0")
    func undefined() {
        let nothing = WeightedMoments([], weights: [])
        #expect(nothing.count == 0 && nothing.mean == nil && nothing.total == nil && nothing.effectiveSize == nil)
        let one = WeightedMoments([4], weights: [2])
        #expect(one.mean == 4 && one.total == 8 && one.meanStandardError == nil && one.meanInterval() == nil)
        for weights in [[1, -1], [0, 0], [1, .infinity], [-2, 5]] {
            let moments = WeightedMoments([1, 2], weights: weights)
            #expect(moments.sumOfWeights == nil && moments.mean == nil && moments.total == nil)
            #expect(moments.meanInterval() == nil && moments.totalInterval() == nil && moments.effectiveSize == nil)
        }
    }

    @Test("as many weights as values, or the caller is wrong")
    func unequalLengths() async {
        await #expect(processExitsWith: .failure) {
            _ = WeightedMoments([1, 2], weights: [1])
        }
    }

    @Test("a weight of 0 keeps its row in the sample")
    func zeroWeight() throws {
        let domain = WeightedMoments([1, 2, 9], weights: [1, 1, 0])
        let alone = WeightedMoments([1, 2], weights: [1, 1])
        #expect(domain.count == 3 && domain.mean == alone.mean)
        // n / (n - 1): 3/2 instead of 2.
        let ratio = try #require(domain.meanStandardError) / #require(alone.meanStandardError)
        expectClose(ratio, 0.75.squareRoot())
    }
}
