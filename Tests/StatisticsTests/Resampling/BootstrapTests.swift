import PlumblineTestSupport
import Statistics
import Testing

@Suite("Bootstrap and jackknife")
struct BootstrapTests {
    private func bootstrap(_ values: [Double], count: Int = 999) throws -> Bootstrap {
        var generator = SplitMix64(seed: 12)
        let resamples = Bootstrap.resamples(count, of: values.count, using: &generator)
        return try Bootstrap(values, resamples: resamples) { Descriptives.mean($0) }
    }

    @Test("the jackknife of a mean has the mean's standard error")
    func jackknife() throws {
        var generator = SplitMix64(seed: 2)
        let values = generator.column(count: 40, missing: 0.2)
        let jackknife = try Jackknife(values) { Descriptives.mean($0) }
        expectClose(jackknife.standardError, Moments(values).standardError)
        let present = values.filter { !$0.isNaN }
        #expect(jackknife.replicates.count == present.count)
        expectClose(jackknife.replicates[0], Descriptives.mean(Array(present.dropFirst())))
        expectClose(jackknife.replicates.last, Descriptives.mean(Array(present.dropLast())))
        #expect(try Jackknife([2, 2, 2]) { Descriptives.mean($0) }.acceleration == nil)
    }

    @Test("the bootstrap of a mean: standard error near the formula's, intervals about the estimate")
    func mean() throws {
        var generator = SplitMix64(seed: 3)
        let values = generator.column(count: 50, in: 0...10)
        let bootstrap = try bootstrap(values)
        let error = try #require(Moments(values).standardError)
        #expect(abs(bootstrap.standardError / error - 1) < 0.1 && abs(bootstrap.bias) < error / 5)
        for method in Bootstrap.Method.allCases {
            let interval = try #require(bootstrap.interval(method))
            #expect(interval.low < bootstrap.value && bootstrap.value < interval.high)
            #expect(interval.method == method.intervalMethod && interval.level == 0.95)
        }
    }

    @Test("without bias and acceleration BCa is the percentile interval")
    func symmetric() throws {
        let values: [Double] = [-1, 1]
        let resamples = [0, 0, 0, 1, 1, 0, 1, 1]
        let bootstrap = try Bootstrap(values, resamples: resamples) { Descriptives.mean($0) }
        #expect(bootstrap.replicates == [-1, 0, 0, 1] && bootstrap.biasCorrection == 0 && bootstrap.acceleration == 0)
        #expect(bootstrap.interval(.bca)?.low == bootstrap.interval(.percentile)?.low)
        #expect(bootstrap.interval(.basic)?.high == bootstrap.interval(.percentile)?.high)
    }

    @Test("undefined: too few values, an undefined statistic, all replicates alike")
    func undefined() throws {
        #expect(throws: Undefined.self) { try bootstrap([]) }
        #expect(throws: Undefined.self) { try bootstrap([1]) }
        #expect(throws: Undefined.self) { try bootstrap([1, .infinity]) }
        #expect(throws: Undefined.self) { try Bootstrap([1, 2], resamples: [0, 1]) { Descriptives.mean($0) } }
        #expect(throws: Undefined.self) { try Bootstrap([1, 2], resamples: [0, 1, 1, 1]) { _ in nil } }
        let constant = try bootstrap([3, 3, 3])
        #expect(constant.standardError == 0 && constant.biasCorrection == 0)
        let interval = try #require(constant.interval())
        #expect(interval.low == 3 && interval.high == 3)
    }

    @Test("the same seed draws the same indices, each that of a value")
    func resamples() {
        var (one, other) = (SplitMix64(seed: 8), SplitMix64(seed: 8))
        let indices = Bootstrap.resamples(20, of: 7, using: &one)
        #expect(indices == Bootstrap.resamples(20, of: 7, using: &other) && indices.count == 140)
        #expect(indices.allSatisfy { 0..<7 ~= $0 } && Set(indices).count == 7)
    }

    @Test("resamples drawn one by one are those drawn beforehand")
    func drawing() throws {
        let values: [Double] = [1, 4, 4, 9, 11]
        var generator = SplitMix64(seed: 12)
        let drawn = try Bootstrap(values, resamples: 999, using: &generator) { Descriptives.mean($0) }
        #expect(try drawn == bootstrap(values))
    }

    @Test("the jackknife of the variance over n knows its bias")
    func bias() throws {
        let values: [Double] = [1, 2, 4, 9]
        let variance = { (sample: Span<Double>) in
            Moments(sample).sumOfSquaredDeviations.map { $0 / Double(sample.count) }
        }
        let jackknife = try Jackknife(values, statistic: variance)
        // Squared deviations 9, 4, 0, 25: 9.5 over n, 38 / 3 over n - 1.
        expectClose(jackknife.bias(of: 9.5), 9.5 - 38.0 / 3)
    }
}
