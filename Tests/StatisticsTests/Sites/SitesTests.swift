import Foundation
import PlumblineTestSupport
import Testing

@testable import Statistics

/// Values of sites of different sizes, with effects of their own.
private struct Sample {
    var values: [Double] = []
    var codes: [Int32] = []
    let siteCount: Int

    init(seed: UInt64, sites: Int = 12, spread: Double = 1) {
        var generator = SplitMix64(seed: seed)
        siteCount = sites
        for site in 0..<sites {
            let effect = spread * generator.normal()
            for _ in 0..<(2 + generator.below(9)) {
                values.append(5 + effect + generator.normal())
                codes.append(Int32(site))
            }
        }
    }

    var moments: SiteMoments { SiteMoments(values, sites: codes, siteCount: siteCount) }

    func map(_ transform: (Double) -> Double) -> Sample {
        var sample = self
        sample.values = values.map(transform)
        return sample
    }

    func shuffled(seed: UInt64) -> Sample {
        var generator = SplitMix64(seed: seed)
        let order = generator.shuffled(Array(values.indices))
        var sample = self
        (sample.values, sample.codes) = (order.map { values[$0] }, order.map { codes[$0] })
        return sample
    }
}

@Suite("One-way analysis of variance")
struct OneWayAnovaTests {
    /// Means 2, 4, 6 of pairs one apart on either side: between 2 (4 + 0 + 4), within 3 · 2.
    @Test("known answers")
    func known() throws {
        let anova = try OneWayAnova(
            SiteMoments([1, 3, 3, 5, 5, 7, .nan, 9], sites: [0, 0, 1, 1, 2, 2, 2, -1], siteCount: 4))
        #expect(anova.sites == 3 && anova.count == 6 && anova.grandMean == 4)
        #expect(anova.squaresBetween == 16 && anova.squaresWithin == 6)
        expectClose(anova.ratio, 4)
        expectClose(anova.size(), 2)
        expectClose(anova.varianceBetween, 3)
        expectClose(anova.icc1(), 0.6)
        expectClose(anova.icc2, 0.75)
        expectClose(anova.etaSquared, 16.0 / 22)
        // F(2, 3) at 4: (1 + 2 · 4 / 3)^(-3/2).
        expectClose(anova.pValue, pow(11.0 / 3, -1.5))
    }

    @Test("free of the order of rows, of shift and of scale")
    func invariance() throws {
        let sample = Sample(seed: 1)
        let anova = try OneWayAnova(sample.moments)
        for other in [sample.shuffled(seed: 2), sample.map { 1e9 + 0x1p6 * $0 }, sample.map(-)] {
            let turned = try OneWayAnova(other.moments)
            expectClose(turned.ratio, anova.ratio, relative: 1e-6)
            expectClose(turned.icc1(.arithmeticMean), anova.icc1(.arithmeticMean), relative: 1e-6)
        }
        let interval = try #require(anova.icc1Interval())
        let icc = try #require(anova.icc1())
        #expect(interval.low < icc && icc < interval.high)
    }

    @Test("sites that differ less than chance have a negative correlation, which is not cut off")
    func negative() throws {
        let anova = try OneWayAnova(SiteMoments([1, 5, 1, 5], sites: [0, 0, 1, 1], siteCount: 2))
        #expect(anova.icc1() == -1 && anova.varianceBetween < 0 && anova.icc2 == nil)
    }

    @Test("undefined with a reason")
    func undefined() throws {
        for (values, codes) in [([], []), ([1, 2], [0, 0]), ([1, 2], [0, 1]), ([1, .nan, 3], [0, 0, -1])]
            as [([Double], [Int32])]
        {
            #expect(throws: Undefined.self) { try OneWayAnova(SiteMoments(values, sites: codes, siteCount: 2)) }
        }
        for values in [[1, .infinity, 2, 3], [1e200, -1e200, 1, 2]] {
            #expect(throws: Undefined.self) {
                try OneWayAnova(SiteMoments(values, sites: [0, 0, 1, 1], siteCount: 2))
            }
        }
        let constant = try OneWayAnova(SiteMoments([2, 2, 2, 2], sites: [0, 0, 1, 1], siteCount: 2))
        #expect(constant.ratio == nil && constant.icc1() == nil && constant.etaSquared == nil && constant.pValue == nil)
        #expect(constant.icc1Interval() == nil && constant.designEffect == nil)
    }

    @Test("moments of parts merge into those of the whole, site by site")
    func merging() {
        let sample = Sample(seed: 3)
        let half = sample.values.count / 2
        func part(_ range: Range<Int>) -> SiteMoments {
            SiteMoments(Array(sample.values[range]), sites: Array(sample.codes[range]), siteCount: sample.siteCount)
        }
        let (first, second) = (part(0..<half), part(half..<sample.values.count))
        let merged = SiteMoments(zip(first.sites, second.sites).map { $0.merging($1) })
        #expect(merged.all.count == sample.moments.all.count)
        expectClose(merged.all.variance, sample.moments.all.variance)
        expectClose(merged.sites[4].mean, sample.moments.sites[4].mean)
    }
}

@Suite("Variance components")
struct VarianceComponentsTests {
    private func fit(_ sample: Sample, _ method: VarianceComponents.Method = .reml) throws -> VarianceComponents {
        try VarianceComponents(sample.moments, method: method)
    }

    /// In balanced data REML is the method of moments, and ML differs by a factor that is known.
    @Test("balanced sites: REML gives the analysis of variance")
    func balanced() throws {
        var generator = SplitMix64(seed: 6)
        let codes = (0..<120).map { Int32($0 / 6) }
        let effects = (0..<20).map { _ in generator.normal() }
        let values = codes.map { effects[Int($0)] + generator.normal() }
        let moments = SiteMoments(values, sites: codes, siteCount: 20)
        let anova = try OneWayAnova(moments)
        let reml = try VarianceComponents(moments)
        expectClose(reml.varianceWithin, anova.meanSquareWithin, relative: 1e-9)
        expectClose(reml.varianceBetween, anova.varianceBetween, relative: 1e-9)
        expectClose(reml.coefficients[0], anova.grandMean)
        expectClose(reml.standardErrors[0], (anova.meanSquareBetween / 120).squareRoot(), relative: 1e-9)
        let ml = try VarianceComponents(moments, method: .ml)
        expectClose(
            ml.varianceBetween, (anova.squaresBetween / 20 - anova.meanSquareWithin) / 6, relative: 1e-9)
    }

    @Test("free of the order of rows, of shift and of scale", arguments: VarianceComponents.Method.allCases)
    func invariance(_ method: VarianceComponents.Method) throws {
        let sample = Sample(seed: 7)
        let components = try fit(sample, method)
        expectClose(
            try fit(sample.shuffled(seed: 8), method).varianceBetween, components.varianceBetween, relative: 1e-9)
        let moved = try fit(sample.map { 1e8 + 3 * $0 }, method)
        expectClose(moved.varianceBetween, 9 * components.varianceBetween, relative: 1e-6)
        expectClose(moved.icc, components.icc, relative: 1e-6)
        expectClose(moved.siteEstimates[3]?.shrinkage, components.siteEstimates[3]?.shrinkage, relative: 1e-6)
        for scale in [1e-120, 1e120] {
            expectClose(try fit(sample.map { scale * $0 }, method).icc, components.icc, relative: 1e-6)
        }
    }

    @Test("the likelihood is greatest where it says, and its slope is right", arguments: [true, false])
    func likelihood(isRestricted: Bool) throws {
        let sample = Sample(seed: 9)
        var generator = SplitMix64(seed: 10)
        let covariate = sample.values.map { $0 + 4 * generator.normal() }
        let sums = try SiteRegressionSums(
            sample.values.span, sites: sample.codes.span, siteCount: sample.siteCount, covariates: [covariate])
        let profile = ProfileLikelihood(sums: sums, isRestricted: isRestricted)
        let best = try profile.maximum()
        for factor in [0.5, 0.99, 1.01, 2] {
            #expect(try #require(profile.point(best.ratio * factor)).deviance > best.deviance)
        }
        for ratio in [0.01, 0.3, 2] {
            let step = ratio * 1e-5
            let (below, above) = (try #require(profile.point(ratio - step)), try #require(profile.point(ratio + step)))
            let slope = try #require(profile.point(ratio)).slope
            expectClose((above.deviance - below.deviance) / (2 * step), slope, relative: 1e-5, absolute: 1e-6)
        }
    }

    @Test("shrunken means lie between the site's and the average, closer to their own the larger the site")
    func shrinkage() throws {
        let sample = Sample(seed: 11)
        let components = try fit(sample)
        let estimates = components.siteEstimates.compactMap(\.self)
        #expect(estimates.count == 12)
        for estimate in estimates {
            let low = min(estimate.mean, components.center)
            #expect(low <= estimate.value && estimate.value <= max(estimate.mean, components.center))
            let interval = try #require(estimate.interval())
            #expect(interval.method == .shrunken && (estimate.side() > 0) == (interval.low > components.center))
        }
        let bySize = estimates.sorted { $0.count < $1.count }
        #expect(zip(bySize, bySize.dropFirst()).allSatisfy { $0.shrinkage <= $1.shrinkage })
        #expect(components.meanReliability > 0 && components.meanReliability < 1)
    }

    @Test("sites that differ no more than chance: no variance between, everything shrunk to the average")
    func zero() throws {
        let components = try VarianceComponents(
            SiteMoments([1, 5, 2, 4, 1, 5], sites: [0, 0, 1, 1, 3, 3], siteCount: 4))
        #expect(components.varianceBetween == 0 && components.icc == 0 && components.sites == 3)
        #expect(components.siteEstimates[2] == nil)
        #expect(components.siteEstimates[0]?.value == 3 && components.siteEstimates[0]?.side() == 0)
    }

    @Test("finds what was planted, with and without a covariate that explains half")
    func recovery() throws {
        var generator = SplitMix64(seed: 12)
        let effects = (0..<300).map { _ in 2 * generator.normal() }
        let codes = (0..<9000).map { _ in Int32(generator.below(300)) }
        let covariate = codes.map { effects[Int($0)] / 2 + generator.normal() }
        let values = codes.indices.map { 10 + effects[Int(codes[$0])] + 3 * covariate[$0] + generator.normal() }
        let model = try VarianceComponents(
            values, sites: codes, siteCount: 300, covariates: [covariate])
        expectClose(model.coefficients[1], 3, absolute: 4 * model.standardErrors[1] + 0.06)
        expectClose(model.varianceWithin, 1, absolute: 0.06)
        expectClose(model.varianceBetween, 4, absolute: 1)
        let interval = try #require(model.interval(ofCoefficient: 0))
        #expect(interval.low < 10.4 && interval.high > 9.6)
        let without = try VarianceComponents(
            values, sites: codes, siteCount: 300, covariates: [])
        let plain = try VarianceComponents(SiteMoments(values, sites: codes, siteCount: 300))
        expectClose(without.varianceBetween, plain.varianceBetween, relative: 1e-9)
        expectClose(without.logLikelihood, plain.logLikelihood, relative: 1e-12)
    }

    @Test("undefined with a reason")
    func undefined() {
        func reason(_ values: [Double], _ codes: [Int32], _ covariates: [[Double]] = []) -> String? {
            do {
                _ = try VarianceComponents(values, sites: codes, siteCount: 3, covariates: covariates)
                return nil
            } catch { return error.reason }
        }
        #expect(reason([], []) == "a comparison of sites needs at least two sites with values")
        #expect(reason([1, 2, 3], [0, 0, 0]) == "a comparison of sites needs at least two sites with values")
        #expect(reason([1, 2, 3], [0, 1, 2]) == "a comparison of sites needs a site with at least two values")
        #expect(reason([1, 1, 2, 2], [0, 0, 1, 1]) == "variance components need values that vary within sites")
        #expect(reason([1, 2, 2, .infinity], [0, 0, 1, 1])?.contains("infinite") == true)
        let (values, codes): ([Double], [Int32]) = ([1, 2, 4, 8], [0, 0, 1, 1])
        #expect(reason(values, codes, [[3, 3, 3, 3]])?.contains("covariates") == true)
        #expect(reason(values, codes, [[1, 2, 3, 5], [2, 4, 6, 10]])?.contains("covariates") == true)
        #expect(reason(values, codes, [[1, 3, 2, 5], [1, 0, 1, 1], [0, 0, 1, 2]])?.contains("more values") == true)
        #expect(reason(values, codes, [[.nan, .nan, 2, 5]])?.contains("at least two sites") == true)
        #expect(reason([0, 1e-13, 5, 5], [0, 0, 1, 1]) != nil)
    }
}
