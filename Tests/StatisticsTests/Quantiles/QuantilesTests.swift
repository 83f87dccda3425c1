import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Quantiles")
struct QuantilesTests {
    /// Worked from Hyndman & Fan's table; numpy's nine methods give the same numbers.
    @Test("all nine types", arguments: QuantileType.allCases)
    func types(_ type: QuantileType) {
        let sample = [15, 3, .nan, 8, 1, 20, 4, 9]
        let wanted: [QuantileType: [Double]] = [
            .type1: [1, 4, 8, 20], .type2: [1, 4, 8, 20], .type3: [1, 3, 8, 15],
            .type4: [1, 3.31, 6, 16.5], .type5: [1.4, 3.81, 8, 19],
            .type6: [1, 3.64, 8, 20], .type7: [2.2, 3.98, 8, 17],
            .type8: [1.133_333_333_333_333_3, 3.753_333_333_333_333, 8, 19.666_666_666_666_668],
            .type9: [1.2, 3.7675, 8, 19.5],
        ]
        let got = Quantiles.quantiles(sample, at: [0.1, 0.33, 0.5, 0.9], type: type) ?? []
        #expect(got.count == 4)
        for (value, reference) in zip(got, wanted[type] ?? []) {
            expectClose(value, reference, "type \(type.rawValue)")
        }
    }

    @Test("positions that are whole on paper are whole")
    func wholePositions() {
        let values = (1...20).map(Double.init)
        // 0.1 * 20 and 0.15 * 20 are not exactly 2 and 3 in binary.
        #expect(Quantiles.quantile(values, at: 0.1, type: .type1) == 2)
        #expect(Quantiles.quantile(values, at: 0.15, type: .type1) == 3)
        #expect(Quantiles.quantile(values, at: 0.15, type: .type2) == 3.5)
        #expect(Quantiles.quantile(values, at: 0.15, type: .type4) == 3)
    }

    @Test("0 and 1 are the extremes for every type", arguments: QuantileType.allCases)
    func extremes(_ type: QuantileType) {
        let values = [4, 1, 3, .nan, 2]
        #expect(Quantiles.quantile(values, at: 0, type: type) == 1)
        #expect(Quantiles.quantile(values, at: 1, type: type) == 4)
    }

    @Test("never decreasing in p, within the range, and free of order", arguments: QuantileType.allCases)
    func monotone(_ type: QuantileType) throws {
        var generator = SplitMix64(seed: UInt64(type.rawValue))
        let probabilities = (0...200).map { Double($0) / 200 }
        for count in [1, 2, 3, 10, 57] {
            var values = generator.column(count: count, in: -3...3)
            let answer = Quantiles.quantiles(values, at: probabilities, type: type)
            let quantiles = try #require(answer)
            #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
            let range = Descriptives.range(values)
            #expect(quantiles.allSatisfy { range?.contains($0) == true })
            values.shuffle(using: &generator)
            #expect(Quantiles.quantiles(values, at: probabilities, type: type) == quantiles)
        }
    }

    @Test("undefined: nothing present, p outside 0...1, infinite answers")
    func undefined() {
        #expect(Quantiles.median([]) == nil && Quantiles.median([.nan, .nan]) == nil)
        for p in [-0.1, 1.1, .nan] { #expect(Quantiles.quantile([1, 2], at: p) == nil) }
        #expect(Quantiles.quantile([1, .infinity], at: 1) == nil)
        #expect(Quantiles.median([-.infinity, 2, .infinity]) == 2)
        #expect(Quantiles.medianAbsoluteDeviation([]) == nil)
        #expect(Quantiles.interquartileRange([]) == nil)
        #expect(FiveNumberSummary([.nan]) == nil)
    }

    @Test("interpolation survives a difference beyond the range of Double")
    func overflow() {
        #expect(Quantiles.median([-1.7e308, 1.7e308]) == 0)
    }

    @Test("median absolute deviation")
    func deviation() {
        #expect(Quantiles.medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9, .nan], constant: 1) == 1)
        #expect(Quantiles.medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9]) == 1.4826)
        #expect(Quantiles.medianAbsoluteDeviation([5]) == 0)
    }

    @Test("Tukey's five numbers", arguments: 1...9)
    func fiveNumbers(count: Int) throws {
        let values = (1...count).map(Double.init)
        let answer = FiveNumberSummary(values)
        let summary = try #require(answer)
        // Hinges: medians of the halves, the middle value belonging to both.
        let half = values.prefix((count + 1) / 2)
        let hinge = (half[(half.count - 1) / 2] + half[half.count / 2]) / 2
        #expect(summary.minimum == 1 && summary.maximum == Double(count))
        #expect(summary.median == Double(count + 1) / 2)
        #expect(summary.lowerHinge == hinge && summary.upperHinge == Double(count + 1) - hinge)
    }

    @Test("trimming drops and winsorizing replaces the same values")
    func trimming() {
        let values = [1, 2, 3, 4, 5, 6, 7, 8, 9, .nan, 1000]
        expectClose(Quantiles.trimmedMean(values, share: 0.1), 5.5)
        expectClose(Quantiles.trimmedMean(values, share: 0.19), 5.5)
        expectClose(Quantiles.winsorizedMoments(values, share: 0.1)?.mean, 5.5)
        expectClose(Quantiles.trimmedMean(values, share: 0), 104.5)
        #expect(Quantiles.winsorizedMoments(values, share: 0.1)?.count == 10)
        #expect(Quantiles.trimmedMean([-.infinity, 1, 2, .infinity], share: 0.25) == 1.5)
        for share in [-0.1, 0.5, .nan] { #expect(Quantiles.trimmedMean(values, share: share) == nil) }
        #expect(Quantiles.trimmedMean([], share: 0.1) == nil)
        // Ten times this is 5 after rounding.
        #expect(Quantiles.trimmedMean([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share: 0.5.nextDown) == 5.5)
    }

    @Test("the interval of a trimmed mean: Student's without trimming, none where one value stays")
    func trimmedInterval() throws {
        let values: [Double] = [4, 1, .nan, 9, 2, 2]
        let plain = try #require(Quantiles.trimmedMeanInterval(values, share: 0))
        let student = try #require(Moments(values).meanInterval())
        expectClose(plain.low, student.low)
        expectClose(plain.high, student.high)
        #expect(plain.method == .yuen && Quantiles.trimmedCount(values, share: 0.2) == 3)
        let narrow = try #require(Quantiles.trimmedMeanInterval(values, share: 0.2))
        expectClose((narrow.low + narrow.high) / 2, 8.0 / 3)
        #expect(Quantiles.trimmedMeanInterval(values, share: 0.4) == nil)
        #expect(Quantiles.trimmedCount([], share: 0.1) == nil)
    }
}
