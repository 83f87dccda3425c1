import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Standardized differences")
struct StandardizedDifferenceTests {
    private let difference = StandardizedDifference(Moments([3, 5, 7, 9]), Moments([1, 2, 4, 5]))

    /// Means 6 and 3, sums of squares 20 and 10 on 6 degrees of freedom: pooled variance 5.
    @Test("by hand")
    func byHand() {
        expectClose(difference.pooledStandardDeviation, 5.0.squareRoot())
        expectClose(difference.cohenD, 3 / 5.0.squareRoot())
        expectClose(difference.hedgesG(), 3 / 5.0.squareRoot() * (1 - 3.0 / 23))
        expectClose(difference.glassDelta, 3 / (10.0 / 3).squareRoot())
        expectClose(difference.studentT, 3 / 2.5.squareRoot())
        #expect(difference.interval()?.method == .wald && difference.exactInterval()?.method == .noncentralT)
    }

    @Test("shift and scale leave it alone, and swapping turns the sign")
    func invariance() throws {
        let moved = StandardizedDifference(
            Moments([3, 5, 7, 9].map { 8 * $0 + 100 }), Moments([1, 2, 4, 5].map { 8 * $0 + 100 }))
        expectClose(moved.hedgesG(.exact), difference.hedgesG(.exact))
        let swapped = StandardizedDifference(difference.second, difference.first)
        expectClose(swapped.cohenD, difference.cohenD.map { -$0 })
        expectClose(try #require(swapped.exactInterval()).low, -(try #require(difference.exactInterval()).high))
    }

    @Test("undefined")
    func undefined() {
        let (none, one, equal) = (Moments([]), Moments([1]), Moments([2, 2, 2]))
        for pair in [(none, equal), (one, one), (equal, equal), (one, equal)] {
            let difference = StandardizedDifference(pair.0, pair.1)
            #expect(difference.cohenD == nil && difference.hedgesG() == nil && difference.exactInterval() == nil)
            #expect(difference.interval() == nil && difference.studentP == nil && difference.glassDelta == nil)
        }
        #expect(StandardizedDifference(one, Moments([1, 4])).cohenD != nil)
        #expect(StandardizedDifference(one, Moments([1, 4])).hedgesG() == nil)
    }

    /// Γ(m/2) / (√(m/2) Γ((m - 1)/2)) from mpmath.
    @Test("the exact correction")
    func correction() {
        for (freedom, factor) in [
            (2.0, 0.564189583547756287), (3, 0.723601254558267659), (10, 0.922745608053087103),
            (58, 0.987003581027977401), (3743, 0.999799610353341162),
        ] { expectClose(SmallSampleCorrection.exact.factor(degreesOfFreedom: freedom), factor, relative: 1e-14) }
        #expect(SmallSampleCorrection.exact.factor(degreesOfFreedom: 1) == nil)
        #expect(SmallSampleCorrection.approximate.factor(degreesOfFreedom: .infinity) == nil)
    }
}

@Suite("Noncentral t")
struct NoncentralTTests {
    /// P(X ≤ x) from 40-digit integrals (mpmath).
    @Test(
        "reference values",
        arguments: [
            (0, 1, 0, 0.5), (1, 1, 0, 0.75), (2, 3, 1, 0.743629868407665315), (-1, 2.5, 1.5, 0.0125745048789664974),
            (5.6, 3743, 3.6, 0.977003227828250708), (5.6, 3743, 7.5, 0.0289532609421368363),
            (40, 10, 30, 0.844085158386692355), (0.3, 500, -2, 0.989268710450483441),
        ] as [(Double, Double, Double, Double)])
    func reference(x: Double, freedom: Double, delta: Double, probability: Double) throws {
        let distribution = try #require(NoncentralT(degreesOfFreedom: freedom, noncentrality: delta))
        expectClose(distribution.cdf(x), probability, relative: 0, absolute: 1e-12)
        expectClose(distribution.upperTail(x), 1 - probability, relative: 0, absolute: 1e-12)
    }

    @Test("without noncentrality it is Student's t", arguments: [1, 3.5, 30, 1e4])
    func central(freedom: Double) throws {
        let distribution = try #require(NoncentralT(degreesOfFreedom: freedom, noncentrality: 0))
        let student = try #require(StudentT(degreesOfFreedom: freedom))
        for x in [-20, -2, -0.1, 0, 0.5, 3, 40] {
            expectClose(distribution.cdf(x), student.cdf(x), relative: 0, absolute: 1e-12)
        }
    }

    @Test("noncentralities come back", arguments: [-30, -1, 0, 0.2, 5, 300])
    func roots(t: Double) throws {
        for freedom in [1.5, 8, 4000] {
            for tail in [0.001, 0.025, 0.5, 0.975] {
                let delta = try #require(
                    NoncentralT.noncentrality(leaving: tail, above: t, degreesOfFreedom: freedom))
                let distribution = try #require(NoncentralT(degreesOfFreedom: freedom, noncentrality: delta))
                expectClose(distribution.upperTail(t), tail, relative: 1e-9)
            }
        }
    }

    @Test("undefined")
    func undefined() {
        #expect(NoncentralT(degreesOfFreedom: 0.5, noncentrality: 0) == nil)
        #expect(NoncentralT(degreesOfFreedom: 5, noncentrality: .nan) == nil)
        #expect(NoncentralT(degreesOfFreedom: 5, noncentrality: 1)?.cdf(.nan) == nil)
        #expect(NoncentralT(degreesOfFreedom: 4, noncentrality: 1)?.cdf(2001) == nil)
        #expect(NoncentralT.noncentrality(leaving: 0, above: 1, degreesOfFreedom: 5) == nil)
        #expect(NoncentralT.noncentrality(leaving: 0.5, above: .infinity, degreesOfFreedom: 5) == nil)
    }
}

@Suite("Effect sizes from reports")
struct EffectSizeTests {
    @Test("bands of baseline equivalence")
    func bands() {
        #expect(BaselineEquivalence(g: 0.05) == .satisfied && BaselineEquivalence(g: -0.0501) == .needsAdjustment)
        #expect(BaselineEquivalence(g: -0.25) == .needsAdjustment && BaselineEquivalence(g: 0.2501) == .notSatisfied)
        #expect(BaselineEquivalence(g: .infinity) == .notSatisfied && BaselineEquivalence(g: .nan) == nil)
    }

    @Test("d, t and data agree")
    func agreement() throws {
        let difference = StandardizedDifference(Moments([3, 5, 7, 9]), Moments([1, 2, 4, 5]))
        let g = try #require(difference.hedgesG())
        expectClose(EffectSize.hedgesG(d: try #require(difference.cohenD), 4, 4), g)
        expectClose(EffectSize.hedgesG(t: try #require(difference.studentT), 4, 4), g)
        expectClose(
            EffectSize.hedgesG(
                adjustedDifference: 3, standardDeviation: try #require(difference.pooledStandardDeviation),
                observations: 8), g)
    }

    @Test("clusters shrink the effect")
    func clusters() throws {
        let one = try #require(EffectSize.Clustering(intraclassCorrelation: 0.3, meanSize: 1))
        expectClose(EffectSize.hedgesG(t: 2, 30, 30, clusters: one), EffectSize.hedgesG(t: 2, 30, 30))
        let large = try #require(EffectSize.Clustering(intraclassCorrelation: 1, meanSize: 31))
        #expect(EffectSize.hedgesG(t: 2, 30, 30, clusters: large) == nil)
        #expect(EffectSize.Clustering(intraclassCorrelation: -0.1, meanSize: 5) == nil)
        #expect(EffectSize.Clustering(intraclassCorrelation: 0.1, meanSize: .infinity) == nil)
    }

    @Test("shares")
    func shares() throws {
        let pair = ProportionPair(
            try #require(Proportion(successes: 40, trials: 80)), try #require(Proportion(successes: 30, trials: 75)))
        expectClose(EffectSize.coxIndex(pair), EffectSize.coxIndex(0.5, of: 80, 0.4, of: 75))
        #expect(EffectSize.coxIndex(0, of: 80, 0.4, of: 75) == nil && EffectSize.coxIndex(0.5, of: 80, 1, of: 9) == nil)
        #expect(EffectSize.improvementIndex(g: 0) == 0 && EffectSize.improvementIndex(g: .nan) == nil)
        expectClose(EffectSize.improvementIndex(g: 1e-9), 100e-9 / (2 * Double.pi).squareRoot(), relative: 1e-12)
        #expect(EffectSize.hedgesG(d: 1, .max, .max) == 1)
        #expect(EffectSize.hedgesG(d: 1, 0, 5) == nil && EffectSize.hedgesG(d: 1, 1, 2) == nil)
        #expect(EffectSize.hedgesG(adjustedDifference: 1, standardDeviation: 0, observations: 9) == nil)
    }
}
