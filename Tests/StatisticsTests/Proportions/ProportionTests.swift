import PlumblineTestSupport
import Statistics
import Testing

@Suite("Proportions")
struct ProportionTests {
    /// Newcombe 1998, table I, printed to four digits: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    @Test(
        "Newcombe's worked examples",
        arguments: [
            (Proportion.Method.wald, 81, 263, 0.2522, 0.3638), (.wald, 15, 148, 0.0527, 0.1500),
            (.clopperPearson, 81, 263, 0.2527, 0.3676), (.clopperPearson, 15, 148, 0.0578, 0.1617),
            (.clopperPearson, 0, 20, 0, 0.1684), (.clopperPearson, 1, 29, 0.0009, 0.1776),
            (.wilson, 81, 263, 0.2553, 0.3662), (.wilson, 15, 148, 0.0624, 0.1605), (.wilson, 0, 20, 0, 0.1611),
            (.wilson, 1, 29, 0.0061, 0.1718), (.wilsonCC, 81, 263, 0.2535, 0.3682),
            (.wilsonCC, 15, 148, 0.0598, 0.1644), (.wilsonCC, 0, 20, 0, 0.2005), (.wilsonCC, 1, 29, 0.0018, 0.1963),
        ])
    func newcombe(_ method: Proportion.Method, x: Int, n: Int, low: Double, high: Double) throws {
        let interval = try #require(Proportion(successes: x, trials: n)?.interval(method))
        expectClose(interval.low, low, absolute: 5.1e-5)
        expectClose(interval.high, high, absolute: 5.1e-5)
        #expect(interval.method == method.intervalMethod && interval.method.rawValue == method.rawValue)
    }

    @Test("impossible counts make no proportion; no trials no share")
    func edges() throws {
        #expect(Proportion(successes: 3, trials: 2) == nil && Proportion(successes: -1, trials: 2) == nil)
        let none = try #require(Proportion(successes: 0, trials: 0))
        #expect(none.share == nil)
        for method in Proportion.Method.allCases { #expect(none.interval(method) == nil) }
    }

    @Test("counts yes among the answers present")
    func answers() {
        let proportion = Proportion([1, 0, .nan, 1, 1, .nan, 0, 0, 0, 1])
        #expect(proportion.successes == 4 && proportion.trials == 8 && proportion.share == 0.5)
        #expect(Proportion([]).trials == 0 && Proportion([.nan]).share == nil)
    }

    @Test("no and only successes end at exactly 0 and 1", arguments: [1, 2, 3, 20, 12_345])
    func ends(n: Int) throws {
        for method in [Proportion.Method.wilson, .wilsonCC, .clopperPearson, .jeffreys] {
            let none = try #require(Proportion(successes: 0, trials: n)?.interval(method))
            let all = try #require(Proportion(successes: n, trials: n)?.interval(method))
            #expect(none.low == 0 && none.high < 1)
            #expect(all.high == 1 && all.low > 0)
            expectClose(all.low, 1 - none.high, relative: 1e-11)
        }
    }

    @Test(
        "every method: mirrored counts give the mirrored interval, about the share",
        arguments: Proportion.Method.allCases)
    func mirror(_ method: Proportion.Method) throws {
        var generator = SplitMix64(seed: 31)
        for _ in 0..<100 {
            let n = Int(generator.spread(1, 100_000))
            let x = Int.random(in: 0...n, using: &generator)
            let proportion = try #require(Proportion(successes: x, trials: n))
            let mirrored = try #require(Proportion(successes: n - x, trials: n)?.interval(method))
            let interval = try #require(proportion.interval(method))
            expectClose(interval.low, 1 - mirrored.high, relative: 1e-10, absolute: 1e-14)
            expectClose(interval.high, 1 - mirrored.low, relative: 1e-10, absolute: 1e-14)
            let share = try #require(proportion.share)
            #expect(interval.low <= share && share <= interval.high)
        }
    }

    @Test("a million trials: few successes keep their digits")
    func rare() throws {
        // Exact rational roots of Wilson's quadratic for x = 1, z² = 3.8414588206941245 (mpmath).
        let interval = try #require(Proportion(successes: 1, trials: 1_000_000)?.interval())
        expectClose(interval.low, 1.7652457674537151e-7)
        expectClose(interval.high, 5.6649118043114414e-6)
    }

    @Test("a higher level is wider", arguments: Proportion.Method.allCases)
    func levels(_ method: Proportion.Method) throws {
        let proportion = try #require(Proportion(successes: 7, trials: 31))
        let widths = [ConfidenceLevel.percent90, .percent95, .percent99].compactMap { level in
            proportion.interval(method, level: level).map { $0.high - $0.low }
        }
        #expect(widths.count == 3 && widths[0] < widths[1] && widths[1] < widths[2])
    }

    @Test("the exact interval leaves the tails it promises")
    func exactTails() throws {
        let interval = try #require(Proportion(successes: 4, trials: 37)?.interval(.clopperPearson))
        let atLow = try #require(Binomial(trials: 37, probability: interval.low))
        let atHigh = try #require(Binomial(trials: 37, probability: interval.high))
        expectClose(atLow.upperTail(3), 0.025)
        expectClose(atHigh.cdf(4), 0.025)
    }
}
