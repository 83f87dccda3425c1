import PlumblineTestSupport
import Statistics
import Testing

@Suite("Funnel limits")
struct FunnelTests {
    @Test("limits narrow as sites grow, and hold the target", arguments: Funnel.Method.allCases)
    func narrowing(_ method: Funnel.Method) throws {
        let funnel = try #require(Funnel(target: 0.3))
        let limits = [5, 50, 500, 5000].compactMap { funnel.limits(trials: $0, method: method) }
        #expect(limits.count == 4 && limits.allSatisfy { $0.contains(0.3) })
        let widths = limits.map { $0.upperBound - $0.lowerBound }
        #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 > $1 })
        let wider = try #require(funnel.limits(trials: 50, level: .percent99, method: method))
        #expect(wider.lowerBound < limits[1].lowerBound && wider.upperBound > limits[1].upperBound)
        #expect(funnel.limits(trials: 0, method: method) == nil)
    }

    @Test("the exact limits come to the normal ones in large sites")
    func large() throws {
        let funnel = try #require(Funnel(target: 0.4))
        let exact = try #require(funnel.limits(trials: 1_000_000))
        let normal = try #require(funnel.limits(trials: 1_000_000, method: .normal))
        expectClose(exact.lowerBound, normal.lowerBound, absolute: 2e-6)
        expectClose(exact.upperBound, normal.upperBound, absolute: 2e-6)
    }

    @Test(
        "overdispersion: 1 or so where there is only chance, more where sites differ; sites without trials do not count"
    )
    func overdispersion() throws {
        var generator = SplitMix64(seed: 5)
        func sites(_ spread: Double) -> [Proportion] {
            (0..<400).compactMap { _ in
                let p = 0.5 + spread * (generator.uniform() - 0.5)
                return Proportion(successes: (0..<100).count { _ in generator.uniform() < p }, trials: 100)
            }
        }
        let empty = try #require(Proportion(successes: 0, trials: 0))
        let alike = sites(0) + [empty]
        let funnel = try Funnel(pooling: alike)
        #expect(abs(funnel.target - 0.5) < 0.02 && funnel.deviate(empty) == nil)
        let calm = try #require(funnel.overdispersion(alike))
        #expect(calm > 0.6 && calm < 1.2)
        #expect(try #require(funnel.overdispersion(sites(0.4))) > 3)
        #expect(abs(try #require(funnel.heterogeneity(alike)) - 400) < 120)
    }

    @Test("undefined: impossible targets, no site, only successes")
    func undefined() {
        for target in [0, 1, -0.1, .nan] { #expect(Funnel(target: target) == nil) }
        #expect(throws: Undefined.self) { try Funnel(pooling: []) }
        #expect(throws: Undefined.self) {
            try Funnel(pooling: [Proportion(successes: 3, trials: 3)].compactMap(\.self))
        }
        #expect(Funnel(target: 0.5)?.overdispersion([]) == nil && Funnel(target: 0.5)?.heterogeneity([]) == nil)
        #expect(Funnel(target: 0.5)?.overdispersion([], winsorizing: 0.5) == nil)
    }
}
