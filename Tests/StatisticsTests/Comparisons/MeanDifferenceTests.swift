import Statistics
import Testing

@Suite("Difference of two means")
struct MeanDifferenceTests {
    /// Samples of sizes 3 and 4 with variances 1 and 20/3: squared errors 1/3 and 5/3, so the standard error is √2 and
    /// Satterthwaite's df 4 / (1/18 + 25/27) = 4.0754716981132075. t(0.975; that) from mpmath.
    @Test("Welch's interval")
    func welch() throws {
        let difference = MeanDifference(Moments([1, 2, 3]), Moments([2, 4, 6, 8]))
        #expect(difference.value == -3)
        expectClose(difference.standardError, 2.0.squareRoot())
        expectClose(difference.degreesOfFreedom, 216.0 / 53)
        let interval = try #require(difference.interval())
        let deviate = 2.75628487435957229
        expectClose(interval.low, -3 - deviate * 2.0.squareRoot())
        expectClose(interval.high, -3 + deviate * 2.0.squareRoot())
        #expect(interval.method == .welch)
    }

    @Test("equal sizes and variances: the pooled degrees of freedom")
    func equalVariances() {
        let difference = MeanDifference(Moments([1, 2, 3, 4]), Moments([11, 12, 13, 14]))
        expectClose(difference.degreesOfFreedom, 6)
    }

    @Test("too small or constant samples have no interval")
    func undefined() {
        let (none, one, many) = (Moments([]), Moments([1]), Moments([1, 2, 4]))
        #expect(MeanDifference(none, many).value == nil)
        #expect(MeanDifference(one, many).value != nil)
        #expect(MeanDifference(one, many).interval() == nil && MeanDifference(many, one).standardError == nil)
        let constant = MeanDifference(Moments([2, 2]), Moments([5, 5]))
        #expect(constant.value == -3 && constant.standardError == 0)
        #expect(constant.degreesOfFreedom == nil && constant.interval() == nil)
    }

    @Test("huge spreads keep their degrees of freedom")
    func huge() {
        let difference = MeanDifference(Moments([1e150, 2e150, 4e150]), Moments([1e150, 3e150]))
        let small = MeanDifference(Moments([1, 2, 4]), Moments([1, 3]))
        expectClose(difference.degreesOfFreedom, small.degreesOfFreedom, relative: 1e-12)
    }
}

@Suite("Event rates")
struct EventRateTests {
    /// Garwood's limits of a Poisson mean at 95 %: 17 events 9.90309…27.21867, none 0…3.68888 (-log 0.025).
    @Test("exact limits")
    func garwood() throws {
        let rate = try #require(EventRate(events: 17, exposure: 1))
        let interval = try #require(rate.interval())
        expectClose(interval.low, 9.90312646960728758)
        expectClose(interval.high, 27.2186468159066111)
        let none = try #require(EventRate(events: 0, exposure: 60)?.interval())
        #expect(none.low == 0 && none.method == .garwood)
        expectClose(none.high, 3.688_879_454_113_936_3 / 60)
    }

    @Test("impossible rates")
    func undefined() {
        #expect(EventRate(events: -1, exposure: 1) == nil && EventRate(events: 1, exposure: 0) == nil)
        #expect(EventRate(events: 1, exposure: .nan) == nil && EventRate(events: 1, exposure: .infinity) == nil)
    }
}
