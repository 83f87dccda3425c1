import PlumblineTestSupport
import Statistics
import Testing

@Suite("Range, shape and autocorrelation")
struct DescriptivesTests {
    @Test("the range skips missing values wherever they stand")
    func range() {
        #expect(Descriptives.range([.nan, 3, -1, .nan, 2]) == -1...3)
        #expect(Descriptives.minimum([5]) == 5 && Descriptives.maximum([5]) == 5)
        #expect(Descriptives.range([]) == nil && Descriptives.range([.nan]) == nil)
        #expect(Descriptives.range([1, .infinity]) == nil)
        let values = (0..<100).map { Double(($0 * 37) % 100) }
        #expect(Descriptives.range(values) == 0...99)
    }

    /// Moments of 1, 2, 3, 4, 10: m2 = 10, m3 = 36, m4 = 278.8.
    @Test("skewness and excess kurtosis")
    func shape() {
        let values = [1, 2, 3, 4, .nan, 10]
        expectClose(Descriptives.skewness(values), 36 / (10 * 10.0.squareRoot()))
        expectClose(Descriptives.excessKurtosis(values), 278.8 / 100 - 3)
        // Four fifths of the variance over n - 1 is that over n.
        expectClose(Descriptives.skewnessByDeviation(values), 36 / (12.5 * 12.5.squareRoot()))
        expectClose(Descriptives.excessKurtosisByDeviation(values), 278.8 / 156.25 - 3)
        #expect(Descriptives.skewnessByDeviation([4, 4]) == nil)
    }

    @Test("the interval of a geometric mean lies about it by a factor")
    func geometricInterval() throws {
        let values: [Double] = [1, 2, 4, .nan, 8]
        let interval = try #require(Descriptives.geometricMeanInterval(values))
        let mean = try #require(Descriptives.geometricMean(values))
        expectClose(interval.low * interval.high, mean * mean, relative: 1e-12)
        #expect(interval.method == .logT && interval.low < mean)
        for values in [[3.0], [], [3, 0], [-1, 2]] { #expect(Descriptives.geometricMeanInterval(values) == nil) }
    }

    @Test("shape does not depend on shift and scale, even a scale whose fourth power overflows")
    func shapeInvariance() {
        var generator = SplitMix64(seed: 7)
        let values = generator.column(count: 500)
        let scaled = values.map { ($0 + 2) * 0x1p400 }
        expectClose(Descriptives.skewness(scaled), Descriptives.skewness(values), relative: 1e-10)
        expectClose(
            Descriptives.excessKurtosis(scaled), Descriptives.excessKurtosis(values), relative: 1e-12)
    }

    @Test("shape of constant or absent values is undefined")
    func shapeUndefined() {
        for values in [[], [.nan], [4], [4, 4, 4]] {
            #expect(Descriptives.skewness(values) == nil && Descriptives.excessKurtosis(values) == nil)
            #expect(Descriptives.lag1Autocorrelation(values) == nil)
        }
    }

    @Test("lag-1 autocorrelation of an alternating and of a rising series")
    func autocorrelation() {
        let alternating = (0..<1000).map { $0.isMultiple(of: 2) ? 1.0 : -1.0 }
        expectClose(Descriptives.lag1Autocorrelation(alternating), -0.999)
        // Deviations -2 -1 0 1 2: (2 + 0 + 0 + 2) / 10.
        expectClose(Descriptives.lag1Autocorrelation([1, 2, 3, 4, 5]), 0.4)
    }

    @Test("the neighbours of a gap are not neighbours")
    func autocorrelationGap() {
        // Mean 2.5 of 1, 2, 3, 4; only (1, 2) and (3, 4) are pairs: (0.75 + 0.75) / 5.
        expectClose(Descriptives.lag1Autocorrelation([1, 2, .nan, 3, 4]), 0.3)
    }
}
