import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Distributions: laws that hold for any parameters")
struct DistributionPropertyTests {
    /// A few hundred distributions of each family, from tiny to huge parameters.
    static func families(count: Int) throws -> [any ContinuousDistribution] {
        var generator = SplitMix64(seed: 11)
        return try (0..<count).flatMap { _ -> [any ContinuousDistribution] in
            let (a, b) = (generator.spread(0.05, 1e6), generator.spread(0.05, 1e6))
            return [
                try #require(Normal(mean: a - b, standardDeviation: b)),
                try #require(StudentT(degreesOfFreedom: a)),
                try #require(FisherF(numerator: a, denominator: b)),
                try #require(ChiSquared(degreesOfFreedom: b)),
                try #require(Gamma(shape: a, scale: b)),
                try #require(Beta(alpha: a, beta: b)),
            ]
        }
    }

    @Test("quantiles give the probability back, from both ends")
    func roundTrip() throws {
        var generator = SplitMix64(seed: 12)
        for distribution in try Self.families(count: 150) {
            let p = generator.spread(1e-9, 0.999)
            guard let low = distribution.quantile(p), let high = distribution.upperQuantile(p) else { continue }
            try expectBracket(p, distribution.cdf, at: low, "\(distribution)")
            try expectBracket(p, { distribution.upperTail($0) }, at: high, "\(distribution)")
            let sum = try #require(distribution.cdf(low)) + #require(distribution.upperTail(low))
            expectClose(sum, 1, "\(distribution) at \(p)")
        }
    }

    /// A quantile is good to 1e-12 when the probability lies between those of its neighbours at that distance. (The
    /// probability at the quantile itself may differ by more: in a narrow distribution the last bit of x moves it.)
    private func expectBracket(
        _ p: Double, _ tail: (Double) -> Double?, at x: Double, _ what: @autoclosure () -> String
    ) throws {
        let neighbours = [try #require(tail(x - 1e-12 * abs(x))), try #require(tail(x + 1e-12 * abs(x)))]
        let (least, most) = (neighbours.min() ?? p, neighbours.max() ?? p)
        #expect(least * (1 - 1e-12) <= p && p <= most * (1 + 1e-12), "\(what()) at \(p)")
    }

    @Test("cdf and quantile never decrease")
    func monotone() throws {
        let probabilities = [1e-12, 1e-6, 0.01, 0.025, 0.3, 0.5, 0.500001, 0.7, 0.975, 0.999999]
        for distribution in try Self.families(count: 60) {
            let quantiles = probabilities.compactMap(distribution.quantile)
            #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 }, "\(distribution)")
            let tails = quantiles.compactMap(distribution.cdf)
            #expect(zip(tails, tails.dropFirst()).allSatisfy { $0 <= $1 }, "\(distribution)")
        }
    }

    @Test("a t distribution is symmetric and its square an F distribution")
    func studentAndFisher() throws {
        var generator = SplitMix64(seed: 13)
        for _ in 0..<200 {
            let df = generator.spread(0.5, 1e6)
            let t = generator.spread(1e-3, 30)
            let student = try #require(StudentT(degreesOfFreedom: df))
            let fisher = try #require(FisherF(numerator: 1, denominator: df))
            #expect(student.cdf(-t) == student.upperTail(t))
            expectClose(
                fisher.upperTail(t * t), student.upperTail(t).map { 2 * $0 }, relative: 1e-11, "df \(df) t \(t)")
        }
    }

    @Test("t with many degrees of freedom approaches the normal distribution")
    func studentLimit() throws {
        let student = try #require(StudentT(degreesOfFreedom: 1e10))
        for x in [0.1, 1, 1.96, 3] {
            expectClose(student.upperTail(x), Normal.standard.upperTail(x), relative: 1e-8)
        }
    }

    @Test("t far beyond the square root of the largest number is still a power law")
    func studentFarTail() throws {
        let cauchy = try #require(StudentT(degreesOfFreedom: 1))
        expectClose(cauchy.upperTail(1e200), 1e-200 / Double.pi, relative: 1e-12)
        #expect(cauchy.upperTail(.infinity) == 0)
        let heavy = try #require(StudentT(degreesOfFreedom: 0.01))
        let far = try #require(heavy.upperQuantile(0.025))
        expectClose(heavy.upperTail(far), 0.025, relative: 1e-11)
    }
}

@Suite("Distributions: edges")
struct DistributionEdgeTests {
    @Test("impossible parameters make no distribution")
    func parameters() {
        #expect(Normal(mean: 0, standardDeviation: 0) == nil)
        #expect(Normal(mean: .nan, standardDeviation: 1) == nil)
        #expect(StudentT(degreesOfFreedom: 0) == nil)
        #expect(StudentT(degreesOfFreedom: .nan) == nil)
        #expect(StudentT(degreesOfFreedom: .infinity) == nil)
        #expect(FisherF(numerator: 1, denominator: -1) == nil)
        #expect(ChiSquared(degreesOfFreedom: 0) == nil)
        #expect(Gamma(shape: 1, scale: 0) == nil)
        #expect(Beta(alpha: 0, beta: 1) == nil)
        #expect(Binomial(trials: -1, probability: 0.5) == nil)
        #expect(Binomial(trials: 1, probability: 1.1) == nil)
        #expect(Binomial(trials: .max, probability: 0.5) == nil)
        #expect(ConfidenceLevel(0) == nil)
        #expect(ConfidenceLevel(1) == nil)
        #expect(ConfidenceLevel(.nan) == nil)
    }

    @Test("outside the support the tails are 0 and 1")
    func support() throws {
        let f = try #require(FisherF(numerator: 3, denominator: 4))
        #expect(f.cdf(-1) == 0 && f.upperTail(-1) == 1)
        #expect(f.cdf(0) == 0 && f.upperTail(.infinity) == 0)
        let beta = try #require(Beta(alpha: 2, beta: 3))
        #expect(beta.cdf(0) == 0 && beta.upperTail(0) == 1)
        #expect(beta.cdf(1) == 1 && beta.upperTail(2) == 0)
        let gamma = try #require(Gamma(shape: 2))
        #expect(gamma.cdf(0) == 0 && gamma.cdf(.infinity) == 1)
        let t = try #require(StudentT(degreesOfFreedom: 3))
        #expect(t.cdf(0) == 0.5 && t.cdf(-.infinity) == 0 && t.cdf(.infinity) == 1)
        #expect(Normal.standard.cdf(.infinity) == 1 && Normal.standard.cdf(-.infinity) == 0)
    }

    @Test("NaN has no probability, and no probability outside 0...1 a quantile")
    func undefined() throws {
        for distribution in try DistributionPropertyTests.families(count: 1) {
            #expect(distribution.cdf(.nan) == nil && distribution.upperTail(.nan) == nil)
            for p in [-0.1, 1.1, .nan] {
                #expect(distribution.quantile(p) == nil && distribution.upperQuantile(p) == nil)
            }
        }
    }

    @Test("quantiles at 0 and 1 are the ends of the support where it ends")
    func endQuantiles() throws {
        #expect(Normal.standard.quantile(0) == nil && Normal.standard.quantile(1) == nil)
        let t = try #require(StudentT(degreesOfFreedom: 2))
        #expect(t.quantile(0) == nil && t.upperQuantile(0) == nil && t.quantile(0.5) == 0)
        let beta = try #require(Beta(alpha: 2, beta: 3))
        #expect(beta.quantile(0) == 0 && beta.quantile(1) == 1 && beta.upperQuantile(0) == 1)
        let f = try #require(FisherF(numerator: 2, denominator: 3))
        #expect(f.quantile(0) == 0 && f.quantile(1) == nil && f.upperQuantile(1) == 0 && f.upperQuantile(0) == nil)
        let gamma = try #require(Gamma(shape: 2))
        #expect(gamma.quantile(0) == 0 && gamma.quantile(1) == nil)
    }

    @Test("the smallest and largest parameters end and stay in 0...1")
    func extremes() throws {
        for a in [1e-3, 1, 1e10] {
            for b in [1e-3, 1, 1e10] {
                let beta = try #require(Beta(alpha: a, beta: b))
                for x in [1e-300, 1e-9, 0.3, 0.5, 0.999_999_999] {
                    let tail = try #require(beta.cdf(x))
                    #expect(0 <= tail && tail <= 1)
                }
                for p in [1e-300, 0.025, 0.5, 0.975] {
                    let x = try #require(beta.quantile(p))
                    #expect(0 <= x && x <= 1)
                }
            }
        }
    }
}

@Suite("The binomial distribution")
struct BinomialTests {
    @Test("quantiles are the smallest count that reaches the probability")
    func quantiles() throws {
        var generator = SplitMix64(seed: 14)
        for _ in 0..<200 {
            let n = Int(generator.spread(1, 5000))
            let binomial = try #require(
                Binomial(trials: n, probability: Double.random(in: 0.001...0.999, using: &generator)))
            let p = Double.random(in: 0.0001...0.9999, using: &generator)
            let k = try #require(binomial.quantile(p))
            #expect(binomial.cdf(k) >= p * (1 - 1e-12))
            #expect(k == 0 || binomial.cdf(k - 1) < p)
            let upper = try #require(binomial.upperQuantile(p))
            #expect(binomial.upperTail(upper) <= p * (1 + 1e-12))
            #expect(upper == 0 || binomial.upperTail(upper - 1) > p)
        }
    }

    @Test("probabilities equal on paper count as equal")
    func ties() throws {
        let coin = try #require(Binomial(trials: 1, probability: 0.5))
        #expect(coin.quantile(0.5) == 0)
        let three = try #require(Binomial(trials: 3, probability: 0.5))
        #expect(three.quantile(0.125) == 0 && three.quantile(0.5) == 1 && three.quantile(0.875) == 2)
    }

    @Test("certain and impossible successes")
    func certain() throws {
        let never = try #require(Binomial(trials: 5, probability: 0))
        #expect(never.cdf(0) == 1 && never.upperTail(0) == 0 && never.quantile(0.99) == 0)
        let always = try #require(Binomial(trials: 5, probability: 1))
        #expect(always.cdf(4) == 0 && always.upperTail(4) == 1 && always.quantile(0.01) == 5)
        let none = try #require(Binomial(trials: 0, probability: 0.5))
        #expect(none.cdf(0) == 1 && none.cdf(-1) == 0 && none.quantile(0.5) == 0)
    }

    @Test("ten million trials")
    func large() throws {
        let binomial = try #require(Binomial(trials: 10_000_000, probability: 0.3))
        let low = try #require(binomial.quantile(0.025))
        #expect(abs(low - 2_997_160) <= 1)
        expectClose(binomial.cdf(3_000_000) + binomial.upperTail(3_000_000), 1)
    }
}
