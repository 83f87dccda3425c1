import Foundation
import PlumblineTestSupport
import Testing

@testable import Statistics

@Suite("Correlations")
struct CorrelationTests {
    static let kinds = Correlation.Kind.allCases

    private func sample(_ seed: UInt64, count: Int = 60, rounded: Bool = false) -> (x: [Double], y: [Double]) {
        var generator = SplitMix64(seed: seed)
        let x = (0..<count).map { _ in generator.normal() }
        let y = x.map { $0 / 2 + generator.normal() }
        return rounded ? (x.map { (2 * $0).rounded() }, y.map { (2 * $0).rounded() }) : (x, y)
    }

    /// Deviations -2 -1 0 1 2 against 1 -1 0 -2 2: 5 / 10. Nine of ten pairs untied in order 1 2 3 4 5 / 4 2 3 1 5.
    @Test("known answers")
    func known() throws {
        let (x, y): ([Double], [Double]) = ([1, 2, 3, .nan, 4, 5], [4, 2, 3, 7, 1, 5])
        for kind in [Correlation.Kind.pearson, .spearman] {
            let correlation = try Correlation.of(kind, x, y)
            #expect(correlation.count == 5)
            expectClose(correlation.value, 0.1)
        }
        let concordance = Concordance(x, y)
        #expect(concordance.concordant == 5 && concordance.discordant == 5 && concordance.tauA == 0)
        #expect(try Correlation.of(.kendall, x, y).value == 0)
    }

    @Test("the number of discordant pairs is that of counting them")
    func counted() {
        let (x, y) = sample(3, count: 77, rounded: true)
        var (concordant, discordant, tiedInX, tiedInY) = (0, 0, 0, 0)
        for a in x.indices {
            for b in 0..<a {
                let product = (x[a] - x[b]) * (y[a] - y[b])
                concordant += product > 0 ? 1 : 0
                discordant += product < 0 ? 1 : 0
                tiedInX += x[a] == x[b] ? 1 : 0
                tiedInY += y[a] == y[b] ? 1 : 0
            }
        }
        let counts = Concordance(x, y)
        #expect(counts.concordant == concordant && counts.discordant == discordant)
        #expect(counts.tiedInX == tiedInX && counts.tiedInY == tiedInY)
    }

    @Test("free of the order of rows, of shift and of scale; turned by a sign", arguments: kinds)
    func invariance(_ kind: Correlation.Kind) throws {
        let (x, y) = sample(7, rounded: true)
        let value = try Correlation.of(kind, x, y).value
        var generator = SplitMix64(seed: 1)
        let order = generator.shuffled(Array(x.indices))
        let (shuffledX, shuffledY) = (order.map { x[$0] }, order.map { y[$0] })
        expectClose(try Correlation.of(kind, shuffledX, shuffledY).value, value, relative: 1e-12)
        let moved = x.map { 1000 + 0x1p-20 * $0 }
        expectClose(try Correlation.of(kind, moved, y).value, value, relative: 1e-9)
        expectClose(try Correlation.of(kind, x.map(-), y).value, -value, relative: 1e-12)
        expectClose(try Correlation.of(kind, y, x).value, value, relative: 1e-12)
        #expect(try Correlation.of(kind, x + [.nan, 1], y + [1, .nan]).value == value)
    }

    @Test(
        "rank correlations do not care for the shape of a rising curve",
        arguments: [Correlation.Kind.spearman, .kendall])
    func monotone(_ kind: Correlation.Kind) throws {
        let (x, y) = sample(8)
        let curved = x.map { exp($0) }
        #expect(try Correlation.of(kind, curved, y).value == Correlation.of(kind, x, y).value)
        #expect(try Correlation.of(kind, x, curved).value == 1)
        #expect(try Correlation.of(kind, [1, 2, .infinity], [3, 5, 9]).value == 1)
    }

    @Test("undefined with a reason: nothing, one pair, equal values, infinities, huge magnitudes", arguments: kinds)
    func undefined(_ kind: Correlation.Kind) {
        for (x, y) in [
            ([], []), ([1], [2]), ([.nan, 1], [2, .nan]), ([3, 3, 3], [1, 2, 4]), ([1, 2], [0.1, 0.1]),
        ] {
            #expect(throws: Undefined.self) { try Correlation.of(kind, x, y) }
        }
        #expect(throws: Undefined("a correlation needs at least two pairs")) { try Correlation.of(kind, [1], [2]) }
        #expect(throws: Undefined.self) { try Correlation.of(.pearson, [1, .infinity, 3], [1, 2, 3]) }
        #expect(throws: Undefined.self) { try Correlation.of(.pearson, [1e200, -1e200, 3], [1, 2, 3]) }
    }

    @Test("intervals hold the estimate, narrow with n, and end where n or the correlation does", arguments: kinds)
    func intervals(_ kind: Correlation.Kind) throws {
        let (x, y) = sample(9, count: 400)
        let small = try Correlation.of(kind, Array(x.prefix(30)), Array(y.prefix(30)))
        let large = try Correlation.of(kind, x, y)
        for correlation in [small, large] {
            let interval = try #require(correlation.interval())
            #expect(interval.low < correlation.value && correlation.value < interval.high)
            #expect(interval.low >= -1 && interval.high <= 1)
        }
        let widths = [small, large].compactMap { $0.interval().map { $0.high - $0.low } }
        #expect(widths[0] > widths[1])
        #expect(try Correlation.of(kind, [1, 2, 4], [1, 4, 2]).interval() == nil)
        let perfect = try Correlation.of(kind, [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6])
        #expect(perfect.value == 1 && perfect.interval() == nil && perfect.pValue == nil)
    }
}

@Suite("Polychoric correlation")
struct PolychoricCorrelationTests {
    /// With two answers each, split in the middle, the share of the fourfold table's diagonal gives ρ = -cos(π share).
    @Test("a fourfold table split in the middle has a closed form")
    func tetrachoric() throws {
        let x = [Double](repeating: 0, count: 50) + [Double](repeating: 1, count: 50)
        let y = (0..<100).map { $0 < 35 || $0 >= 85 ? 0.0 : 1.0 }
        expectClose(try PolychoricCorrelation(x, y).value, -cos(Double.pi * 0.7), relative: 1e-6)
    }

    @Test("finds the correlation behind cut normals, whatever the answers are called")
    func recovery() throws {
        var generator = SplitMix64(seed: 5)
        let pairs = (0..<8000).map { _ in
            let x = generator.normal()
            return (x, 0.6 * x + 0.8 * generator.normal())
        }
        let x = pairs.map { ($0.0.rounded()).clamped(to: -2...2) }
        let y = pairs.map { $0.1 < -1 ? 0.0 : $0.1 < 0.3 ? 1.0 : 2.0 }
        let correlation = try PolychoricCorrelation(x, y)
        #expect(correlation.count == 8000 && correlation.answersOfX == 5 && correlation.answersOfY == 3)
        expectClose(correlation.value, 0.6, absolute: 0.03)
        expectClose(try PolychoricCorrelation(x.map { 10 * $0 + 3 }, y).value, correlation.value, relative: 1e-9)
        expectClose(try PolychoricCorrelation(y, x).value, correlation.value, relative: 1e-6)
        expectClose(try PolychoricCorrelation(x, y.map(-)).value, -correlation.value, relative: 1e-6)
    }

    @Test("undefined: one answer only, or too many")
    func undefined() {
        #expect(throws: Undefined.self) { try PolychoricCorrelation([], []) }
        #expect(throws: Undefined.self) { try PolychoricCorrelation([1, 1, 1], [1, 2, 3]) }
        let many = (0..<100).map { Double($0) }
        #expect(throws: Undefined.self) { try PolychoricCorrelation(many, many) }
    }

    @Test(
        "the probability of an orthant, and of independent halves",
        arguments: [-0.99, -0.6, -0.1, 0, 0.3, 0.8, 0.97, 0.9999])
    func bivariate(_ correlation: Double) {
        let normal = BivariateNormal(correlation: correlation)
        expectClose(normal.cdf(0, 0), 0.25 + asin(correlation) / (2 * Double.pi), relative: 1e-13)
        expectClose(normal.cdf(0.7, .infinity), Normal.standard.cdf(0.7))
        #expect(normal.cdf(-.infinity, 3) == 0)
        // P(X ≤ h, Y ≤ k) + P(X ≤ h, Y > k) = P(X ≤ h); the second turns the sign of Y.
        let turned = BivariateNormal(correlation: -correlation)
        for (h, k) in [(1.2, -0.4), (-2, -2.1), (0.5, 0.5), (3, 1)] {
            expectClose(normal.cdf(h, k) + turned.cdf(h, -k), Normal.standard.cdf(h), relative: 1e-13)
        }
    }
}
