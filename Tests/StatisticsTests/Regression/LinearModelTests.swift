import PlumblineTestSupport
import Testing

@testable import Statistics

/// A made-up panel: units with levels of their own over periods, some of them treated from a period on.
private struct Panel {
    var outcome: [Double] = []
    var covariate: [Double] = []
    var underTreatment: [Double] = []
    var units: [Double] = []
    var periods: [Double] = []
    var districts: [Double] = []

    init(seed: UInt64, units count: Int = 12, periods: Int = 5) {
        var generator = SplitMix64(seed: seed)
        for unit in 0..<count {
            let level = Double.random(in: 0...10, using: &generator)
            for period in 0..<periods where generator.below(10) > 0 {
                let isTreated = unit.isMultiple(of: 2) && period >= 3
                covariate.append(Double.random(in: 0...1, using: &generator))
                underTreatment.append(isTreated ? 1 : 0)
                units.append(Double(unit))
                self.periods.append(Double(period))
                districts.append(Double(unit / 3))
                let noise = Double.random(in: -1...1, using: &generator)
                outcome.append(level + Double(period) + (isTreated ? 2 : 0) + covariate[covariate.count - 1] + noise)
            }
        }
    }

    func twoWay(clusters: [Double]? = nil) -> RegressionDesign {
        var design = RegressionDesign.twoWayFixedEffects(
            outcome, underTreatment: underTreatment, units: units, periods: periods)
        design.add("covariate", covariate)
        if let clusters { design.cluster(by: clusters) }
        return design
    }

    func withDummies(clusters: [Double]) -> RegressionDesign {
        var design = RegressionDesign(response: outcome)
        design.add(RegressionDesign.treatmentEffect, underTreatment)
        design.add("covariate", covariate)
        design.addCategories("unit", units)
        design.addCategories("period", periods)
        design.cluster(by: clusters)
        return design
    }
}

@Suite("Least squares with the errors that suit the data")
struct LinearModelTests {
    private static let everyError: [RegressionErrors] = [
        .classical, .hc1, .hc3, .cr0, .cr1, .cr2, .neweyWest(lag: 2, corrected: true),
    ]

    @Test("absorbed effects give what a column per group gives", arguments: [false, true])
    func absorbed(byDistrict: Bool) throws {
        let panel = Panel(seed: 7)
        let clusters = byDistrict ? panel.districts : panel.units
        let absorbed = try LinearModel(panel.twoWay(clusters: clusters))
        let dummies = try LinearModel(panel.withDummies(clusters: clusters))
        #expect(absorbed.parameters == dummies.parameters && absorbed.observations == dummies.observations)
        #expect(absorbed.clusterCount == (byDistrict ? 4 : 12))
        expectClose(absorbed.rSquared, dummies.rSquared, relative: 1e-10)
        for errors in Self.everyError {
            for term in [RegressionDesign.treatmentEffect, "covariate", "period=3"] {
                let (one, other) = (
                    try absorbed.estimate(term, errors: errors), try dummies.estimate(term, errors: errors)
                )
                expectClose(one.value, other.value, relative: 1e-9)
                expectClose(one.standardError, other.standardError, relative: 1e-8)
                expectClose(one.degreesOfFreedom, other.degreesOfFreedom, relative: 1e-7)
            }
        }
    }

    /// With one regressor and two groups, the classical error is that of the pooled t test.
    @Test("a difference of two means")
    func twoMeans() throws {
        var design = RegressionDesign(response: [3, 5, 7, 9, 1, 2, 4, 5])
        design.add("first", [1, 1, 1, 1, 0, 0, 0, 0])
        let estimate = try LinearModel(design).estimate("first", errors: .classical)
        let difference = StandardizedDifference(Moments([3, 5, 7, 9]), Moments([1, 2, 4, 5]))
        expectClose(estimate.value, 3)
        expectClose(estimate.t, difference.studentT)
        expectClose(estimate.p, difference.studentP)
        #expect(estimate.interval()?.method == .regressionT)
    }

    @Test("each row a cluster: CR1 is HC1, and CR0 is HC1 without its factor")
    func singletons() throws {
        let panel = Panel(seed: 1)
        var design = RegressionDesign(response: panel.outcome)
        design.add("covariate", panel.covariate)
        design.cluster(by: panel.outcome.indices.map(Double.init))
        let model = try LinearModel(design)
        let robust = try model.estimate("covariate", errors: .hc1).standardError
        let clustered = try model.estimate("covariate", errors: .cr1)
        expectClose(clustered.standardError, robust)
        let white = try model.estimate("covariate", errors: .neweyWest(lag: 0, corrected: true)).standardError
        expectClose(white, robust)
    }

    @Test("row order, shift and scale", arguments: [RegressionErrors.classical, .hc3, .cr1, .cr2])
    func invariance(_ errors: RegressionErrors) throws {
        let panel = Panel(seed: 9)
        let design = panel.withDummies(clusters: panel.units)
        let estimate = try LinearModel(design).estimate("covariate", errors: errors)
        var moved = panel
        let order = Array(panel.outcome.indices.reversed())
        moved.outcome = order.map { 16 * panel.outcome[$0] - 1000 }
        moved.covariate = order.map { 2 * panel.covariate[$0] + 5 }
        moved.underTreatment = order.map { panel.underTreatment[$0] }
        moved.units = order.map { panel.units[$0] }
        moved.periods = order.map { panel.periods[$0] }
        let other = try LinearModel(moved.withDummies(clusters: moved.units)).estimate("covariate", errors: errors)
        expectClose(other.value, 8 * estimate.value, relative: 1e-9)
        expectClose(other.standardError, 8 * estimate.standardError, relative: 1e-8)
        expectClose(other.degreesOfFreedom, estimate.degreesOfFreedom, relative: 1e-8)
    }

    @Test("rows with anything missing are left out")
    func missing() throws {
        let whole = try LinearModel(Self.line([1, 2, 4, 3, 6], x: [1, 2, 3, 4, 5]))
        let gaps = try LinearModel(Self.line([1, 2, .nan, 4, 3, 9, 6], x: [1, 2, 7, 3, 4, .nan, 5]))
        #expect(gaps.observations == 5 && gaps.coefficients == whole.coefficients)
    }

    private static func line(_ y: [Double], x: [Double]) -> RegressionDesign {
        var design = RegressionDesign(response: y)
        design.add("x", x)
        return design
    }

    @Test("a perfect fit has no t")
    func perfect() throws {
        let model = try LinearModel(Self.line([2, 2, 2, 2], x: [1, 2, 3, 5]))
        #expect(model.rSquared == nil && model.durbinWatson == nil)
        let estimate = try model.estimate("x", errors: .classical)
        #expect(abs(estimate.value) < 1e-15 && estimate.standardError < 1e-15)
    }

    private func reason(_ design: RegressionDesign) -> String {
        do {
            _ = try LinearModel(design)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test("what cannot be fitted says why")
    func undefined() throws {
        #expect(reason(Self.line([], x: [])).contains("rows on which nothing is missing"))
        #expect(reason(Self.line([1, 2], x: [1, 2])).contains("more complete rows than coefficients"))
        #expect(reason(Self.line([1, 2, 4], x: [3, 3, 3])) == "x is a combination of other columns of the regression")
        #expect(reason(Self.line([1, 2, .infinity], x: [3, 4, 5])).contains("too large"))
        #expect(reason(Self.line([1e200, 2e200, -1e200], x: [3, 4, 6])).contains("too large"))
        var twice = Self.line([1, 2, 4, 3], x: [1, 2, 3, 5])
        twice.add("y", [2, 4, 6, 10])
        #expect(reason(twice) == "y is a combination of other columns of the regression")
        var constant = Self.line([1, 2, 4, 3, 5, 7], x: [1, 1, 1, 0, 0, 0])
        constant.absorb([1, 1, 1, 2, 2, 2])
        #expect(reason(constant).hasPrefix("x does not vary within the groups"))
    }

    @Test("errors that the data do not allow say why")
    func undefinedErrors() throws {
        let plain = try LinearModel(Self.line([1, 2, 4, 3, 6], x: [1, 2, 3, 4, 5]))
        #expect(throws: Undefined.self) { try plain.estimate("x", errors: .cr1) }
        #expect(throws: Undefined.self) { try plain.estimate("z", errors: .classical) }
        #expect(throws: Undefined.self) { try plain.estimate("x", errors: .neweyWest(lag: -1, corrected: false)) }
        var oneCluster = Self.line([1, 2, 4, 3, 6], x: [1, 2, 3, 4, 5])
        oneCluster.cluster(by: [1, 1, 1, 1, 1])
        #expect(throws: Undefined.self) { try LinearModel(oneCluster).estimate("x", errors: .cr0) }
        let alone = try LinearModel(Self.line([1, 2, 4, 3, 6], x: [0, 0, 0, 0, 1]))
        #expect(throws: Undefined.self) { try alone.estimate("x", errors: .hc3) }
        // Units that move between clusters cannot be absorbed for a bias-reduced error.
        let panel = Panel(seed: 2)
        let model = try LinearModel(panel.twoWay(clusters: panel.periods))
        #expect(throws: Undefined.self) { try model.estimate("covariate", errors: .cr2) }
        #expect(try model.estimate("covariate", errors: .cr1).standardError > 0)
    }

    @Test("a lag beyond the series, and huge values")
    func extremes() throws {
        let short = try LinearModel(Self.line([1, 2, 4, 3, 6], x: [1, 2, 3, 4, 5]))
        #expect(try short.estimate("x", errors: .neweyWest(lag: 50, corrected: false)).standardError.isFinite)
        let huge = try LinearModel(Self.line([1e140, 2e140, 4e140, 3e140], x: [1, 2, 3, 4]))
        expectClose(huge.coefficient("x"), 8e139)
    }
}

@Suite("Differences in differences and interrupted series")
struct ImpactDesignTests {
    @Test("the regression's effect is the difference of the changes")
    func twoByTwo() throws {
        let (outcome, treated, post): ([Double], [Double], [Double]) = (
            [1, 2, 3, 5, 2, 4, 7, 9, .nan], [0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 1, 1, 0, 0, 1, 1, 1]
        )
        let means = DifferenceInDifferences(outcome, treated: treated, post: post)
        #expect(means.value == (8 - 3) - (4 - 1.5))
        let model = try LinearModel(
            .differenceInDifferences(outcome, treated: treated, post: post))
        expectClose(model.coefficient(RegressionDesign.treatmentEffect), means.value)
        let empty = DifferenceInDifferences([1, 2], treated: [0, 1], post: [0, 0])
        #expect(empty.value == nil)
    }

    @Test("a planted interruption is found, gaps in time or not")
    func interruption() throws {
        let values: [Double] = (0..<40).map { position in
            let effect = position >= 25 ? 4 - 0.25 * Double(position - 25) : 0
            return position == 13 || position == 30 ? .nan : 10 + 0.5 * Double(position + 1) + effect
        }
        let model = try LinearModel(.interruptedSeries(values, interruption: 25))
        #expect(model.observations == 38)
        for (term, wanted) in [("intercept", 10), ("time", 0.5), ("level", 4), ("slope", -0.25)] {
            expectClose(model.coefficient(term), wanted, relative: 1e-10)
        }
        expectClose(try model.effect(at: 39, interruption: 25, errors: .classical).value, 4 - 0.25 * 14, relative: 1e-9)
        #expect(throws: Undefined.self) { try LinearModel(.interruptedSeries(values, interruption: 0)) }
        #expect(throws: Undefined.self) { try LinearModel(.interruptedSeries(values, interruption: 40)) }
    }

    @Test("independent neighbours have a Durbin-Watson statistic near 2, a random walk has not")
    func autocorrelation() throws {
        var generator = SplitMix64(seed: 12)
        let noise = (0..<400).map { _ in Double.random(in: -1...1, using: &generator) }
        var walk = noise
        for index in 1..<walk.count { walk[index] += walk[index - 1] }
        let calm = try LinearModel(.interruptedSeries(noise, interruption: 200))
        let drifting = try LinearModel(.interruptedSeries(walk, interruption: 200))
        #expect(abs(try #require(calm.durbinWatson) - 2) < 0.3)
        #expect(abs(try #require(calm.residualAutocorrelation)) < 0.15)
        #expect(try #require(drifting.durbinWatson) < 0.5)
        #expect(try #require(drifting.residualAutocorrelation) > 0.8)
    }
}
