import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Kaplan and Meier's curve")
struct KaplanMeierTests {
    /// Weeks in remission of the patients treated with 6-mercaptopurine (E. J. Freireich et al., Blood 21, 1963), the
    /// textbook example; negative where the observation ended without a relapse. Survival and standard errors as
    /// textbooks print them, limits by the formula.
    private static let weeks: [Double] = [
        6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35,
    ]

    private func curve(_ weeks: [Double]) throws -> KaplanMeier {
        try KaplanMeier.curve(times: weeks.map { abs($0) }, events: weeks.map { $0 > 0 ? 1 : 0 })
    }

    @Test("the textbook example")
    func textbook() throws {
        let curve = try curve(Self.weeks)
        let wanted: [(Double, Int, Int, Double, Double, Double, Double)] = [
            (6, 21, 3, 0.857143, 0.076360, 0.6197, 0.9516), (7, 17, 1, 0.806723, 0.086935, 0.5631, 0.9228),
            (10, 15, 1, 0.752941, 0.096350, 0.5032, 0.8894), (13, 12, 1, 0.690196, 0.106815, 0.4316, 0.8491),
            (16, 11, 1, 0.627451, 0.114054, 0.3675, 0.8049), (22, 7, 1, 0.537815, 0.128234, 0.2678, 0.7468),
            (23, 6, 1, 0.448179, 0.134591, 0.1881, 0.6801),
        ]
        #expect(curve.count == 21 && curve.steps.count == wanted.count)
        for (step, wanted) in zip(curve.steps, wanted) {
            #expect(step.time == wanted.0 && step.atRisk == wanted.1 && step.events == wanted.2)
            expectClose(step.survival, wanted.3, relative: 0, absolute: 6e-7)
            expectClose(step.standardError, wanted.4, relative: 0, absolute: 6e-7)
            let interval = try #require(step.interval())
            expectClose(interval.low, wanted.5, relative: 0, absolute: 6e-5)
            expectClose(interval.high, wanted.6, relative: 0, absolute: 6e-5)
        }
        #expect(curve.median == 23 && curve.medianLimits().low == 13 && curve.medianLimits().high == nil)
        #expect(curve.survival(after: 5.9) == 1 && curve.survival(after: 6) == curve.steps[0].survival)
        #expect(curve.survival(after: 1000) == curve.steps[6].survival)
    }

    @Test("without censoring it is the share that is left")
    func uncensored() throws {
        let curve = try curve([4, 1, 3, 2])
        #expect(curve.steps.map(\.survival) == [0.75, 0.5, 0.25, 0] && curve.median == 2)
        #expect(curve.steps[3].interval() == nil && curve.steps[3].standardError == nil)
        // Greenwood's error is then the binomial one.
        expectClose(curve.steps[0].standardError, (0.75 * 0.25 / 4).squareRoot())
    }

    @Test("row order and the unit of time do not matter")
    func invariance() throws {
        var generator = SplitMix64(seed: 3)
        let curve = try curve(Self.weeks)
        #expect(try self.curve(Self.weeks.shuffled(using: &generator)) == curve)
        let days = try self.curve(Self.weeks.map { $0 * 7 })
        #expect(days.steps.map(\.survival) == curve.steps.map(\.survival) && days.median == 161)
    }

    @Test("nothing known, nothing happened, and impossible times")
    func undefined() throws {
        let nothing: [Double] = []
        #expect(throws: Undefined.self) { try KaplanMeier.curve(times: nothing, events: nothing) }
        #expect(throws: Undefined.self) { try KaplanMeier.curve(times: [.nan, 1], events: [1, .nan]) }
        #expect(throws: Undefined.self) { try KaplanMeier.curve(times: [-1], events: [1]) }
        #expect(throws: Undefined.self) { try KaplanMeier.curve(times: [.infinity], events: [0]) }
        let quiet = try KaplanMeier.curve(times: [3, 4], events: [0, 0])
        #expect(quiet.steps.isEmpty && quiet.median == nil && quiet.survival(after: 9) == 1)
        #expect(try KaplanMeier.curve(times: [0], events: [1]).median == 0)
    }
}
