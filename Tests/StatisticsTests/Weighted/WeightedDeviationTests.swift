import Statistics
import Testing

@Suite("Weighted standard deviations")
struct WeightedDeviationTests {
    @Test("a weight of 3 is a row three times")
    func duplication() {
        let deviation = WeightedMoments([5, 1, 9], weights: [1, 3, 2]).standardDeviation(.frequency)
        expectClose(deviation, Moments([1, 1, 1, 5, 9, 9]).standardDeviation)
    }

    @Test("reliability weights: their scale does not count, and equal ones give the plain deviation")
    func scale() {
        let (values, weights): ([Double], [Double]) = ([1, 4, 2, 8], [0.5, 1, 2, 0.25])
        let one = WeightedMoments(values, weights: weights).standardDeviation()
        expectClose(WeightedMoments(values, weights: weights.map { 1000 * $0 }).standardDeviation(), one)
        let equal = WeightedMoments(values, weights: [2, 2, 2, 2]).standardDeviation()
        expectClose(equal, Moments(values).standardDeviation)
    }

    @Test("undefined where nothing is left to divide by")
    func undefined() {
        #expect(WeightedMoments([1], weights: [1]).standardDeviation() == nil)
        #expect(WeightedMoments([1, 2], weights: [0.5, 0.5]).standardDeviation(.frequency) == nil)
        #expect(WeightedMoments([1, 2], weights: [1, -1]).standardDeviation() == nil)
        #expect(WeightedMoments([], weights: []).standardDeviation(.population) == nil)
    }
}
