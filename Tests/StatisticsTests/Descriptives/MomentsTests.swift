import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Moments")
struct MomentsTests {
    @Test("known answers")
    func known() {
        let moments = Moments([2, 4, 4, 4, 5, 5, 7, 9])
        #expect(moments.count == 8)
        #expect(moments.sum == 40)
        #expect(moments.mean == 5)
        #expect(moments.sumOfSquaredDeviations == 32)
        expectClose(moments.variance, 32.0 / 7)
        expectClose(moments.standardDeviation, 2.138_089_935_299_395)
        expectClose(moments.standardError, 0.755_928_946_018_454_4)
        expectClose(moments.coefficientOfVariation, 0.427_617_987_059_879)
    }

    /// t(0.975; 7) = 2.3646242515927853 (mpmath), times the standard error above.
    @Test("the mean is rounded once, not as a sum before")
    func roundedOnce() {
        #expect(Moments([0.1, 0.2, 0.3]).mean == 0.2 && Descriptives.mean([0.1, 0.2, 0.3]) == 0.2)
        #expect(Moments([0.1, 0.3, 0.8]).mean == 0.4 && Descriptives.mean([0.8, 0.1, 0.3]) == 0.4)
    }

    @Test("the t interval of the mean")
    func interval() throws {
        let moments = Moments([2, 4, 4, 4, 5, 5, 7, 9])
        let interval = try #require(moments.meanInterval())
        expectClose(interval.low, 5 - 2.364_624_251_592_785_3 * 0.755_928_946_018_454_4)
        expectClose(interval.high, 5 + 2.364_624_251_592_785_3 * 0.755_928_946_018_454_4)
        #expect(interval.level == 0.95 && interval.method == .t)
    }

    @Test("of nothing, and of nothing but missing values, all is nil")
    func nothing() {
        for values in [[], [.nan], [Double](repeating: .nan, count: 20)] {
            let moments = Moments(values)
            #expect(moments.count == 0)
            #expect(moments.sum == nil && moments.mean == nil && moments.sumOfSquaredDeviations == nil)
            #expect(moments.variance == nil && moments.meanInterval() == nil && moments.coefficientOfVariation == nil)
        }
    }

    @Test("a single value has a mean and no spread")
    func single() {
        let moments = Moments([.nan, 3, .nan])
        #expect(moments.count == 1 && moments.mean == 3 && moments.sum == 3)
        #expect(moments.variance == nil && moments.standardError == nil && moments.meanInterval() == nil)
    }

    @Test("equal values have a spread of exactly 0")
    func equal() {
        let moments = Moments([Double](repeating: 0.1, count: 1001))
        #expect(moments.mean == 0.1)
        #expect(moments.standardDeviation == 0)
        #expect(moments.meanInterval()?.low == 0.1)
    }

    @Test("infinite values make nil, not NaN")
    func infinite() {
        let infinity = Double.infinity
        for values in [[1, infinity], [infinity, -infinity], [-infinity, 2, 3]] {
            let moments = Moments(values)
            #expect(moments.sum == nil && moments.mean == nil && moments.variance == nil)
            #expect(moments.meanInterval() == nil)
        }
    }

    @Test("huge values have a mean, and no variance beyond the range of Double")
    func huge() {
        let moments = Moments([1e300, 2e300, 3e300])
        expectClose(moments.mean, 2e300)
        #expect(moments.variance == nil && moments.standardDeviation == nil)
        #expect(Moments([1.7e308, 1.7e308]).sum == nil)
    }

    @Test("denormal values add up")
    func denormal() {
        let tiny = Double.leastNonzeroMagnitude
        #expect(Moments([tiny, 3 * tiny]).sum == 4 * tiny)
        #expect(Moments([tiny, 3 * tiny]).mean == 2 * tiny)
    }

    @Test("a shift moves the mean and leaves the spread", arguments: [1.0, 1e6, 1e9, -1e12])
    func shift(by offset: Double) throws {
        // Quarters, so that the shifted values are exact.
        let values = (0..<999).map { Double($0 * 7919 % 1000) / 4 }
        let (plain, shifted) = (Moments(values), Moments(values.map { $0 + offset }))
        expectClose(shifted.mean, try #require(plain.mean) + offset, relative: 1e-15)
        expectClose(shifted.variance, plain.variance, relative: 1e-14)
    }

    @Test("a scale scales exactly when it is a power of two")
    func scale() throws {
        var generator = SplitMix64(seed: 3)
        let values = generator.column(count: 777, missing: 0.2)
        let (plain, scaled) = (Moments(values), Moments(values.map { $0 * 1024 }))
        #expect(try scaled.mean == 1024 * #require(plain.mean))
        #expect(try scaled.standardDeviation == 1024 * #require(plain.standardDeviation))
    }

    @Test("merged parts equal the whole, whatever the cut", arguments: [0, 1, 7, 500, 4999, 5000])
    func merge(cut: Int) {
        var generator = SplitMix64(seed: 4)
        let values = generator.column(count: 5000, in: 1e7...1.000_001e7, missing: 0.1)
        let whole = Moments(values)
        let merged = Moments(Array(values[..<cut])).merging(Moments(Array(values[cut...])))
        #expect(merged.count == whole.count)
        expectClose(merged.sum, whole.sum, relative: 1e-15)
        expectClose(merged.mean, whole.mean, relative: 1e-15)
        expectClose(merged.variance, whole.variance, relative: 1e-12)
    }

    @Test("many small parts merge as well as one")
    func mergeMany() {
        var generator = SplitMix64(seed: 5)
        let values = generator.column(count: 10_000, in: 1e9...1.000_000_001e9)
        var merged = Moments()
        for start in stride(from: 0, to: values.count, by: 10) {
            merged.merge(Moments(Array(values[start..<start + 10])))
        }
        expectClose(merged.variance, Moments(values).variance, relative: 1e-12)
    }

    @Test("one answer for mean and sum, whoever is asked")
    func agreement() {
        var generator = SplitMix64(seed: 6)
        let values = generator.column(count: 4321, in: -5...5, missing: 0.3)
        let moments = Moments(values)
        #expect(moments.mean == Descriptives.mean(values))
        #expect(moments.sum == Descriptives.sum(values))
        #expect(moments.count == Descriptives.count(values))
    }
}
