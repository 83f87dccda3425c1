import Foundation
import PlumblineTestSupport
import Statistics
import Testing

@Suite("Inequality")
struct InequalityTests {
    private func amounts(_ seed: UInt64) -> (values: [Double], groups: [Int32]) {
        var generator = SplitMix64(seed: seed)
        let groups = (0..<200).map { _ in Int32(generator.below(6)) }
        return (groups.map { exp(generator.normal() / 2 + Double($0) / 5) }, groups)
    }

    private func entropy(
        _ values: [Double], _ groups: [Int32], _ measure: GeneralizedEntropy.Measure
    ) throws
        -> GeneralizedEntropy
    {
        try GeneralizedEntropy(values, groups: groups, groupCount: 6, measure: measure)
    }

    /// Amounts 1 and 3, mean 2: T = (0.5 log 0.5 + 1.5 log 1.5) / 2, L = -(log 0.5 + log 1.5) / 2, GE(2) = 1 / 8.
    @Test("known answers")
    func known() throws {
        expectClose(try entropy([1, 3], [0, 0], .theilT).total, (0.5 * log(0.5) + 1.5 * log(1.5)) / 2)
        expectClose(try entropy([1, 3], [0, 0], .theilL).total, -(log(0.5) + log(1.5)) / 2)
        expectClose(try entropy([1, 3], [0, 0], .halfSquaredVariation).total, 0.125)
        expectClose(try Gini([1, 3]).value, 0.25)
        expectClose(try Gini([3, .nan, 1]).sampleValue, 0.5)
        expectClose(try Gini([0, 0, 0, 8]).value, 0.75)
    }

    @Test(
        "the parts add up; groups alike have nothing between, equal members nothing within",
        arguments: GeneralizedEntropy.Measure.allCases)
    func parts(_ measure: GeneralizedEntropy.Measure) throws {
        let (values, groups) = amounts(1)
        let inequality = try entropy(values, groups, measure)
        expectClose(inequality.between + inequality.within, inequality.total, relative: 1e-12)
        #expect(inequality.between > 0 && inequality.within > 0)
        let alike = try entropy([1, 3, 1, 3], [0, 0, 1, 1], measure)
        expectClose(alike.between, 0, absolute: 1e-15)
        let apart = try entropy([1, 1, 3, 3], [0, 0, 1, 1], measure)
        expectClose(apart.within, 0, absolute: 1e-15)
        expectClose(apart.shareBetween, 1)
    }

    @Test("free of order, of scale and of everybody counted twice", arguments: GeneralizedEntropy.Measure.allCases)
    func invariance(_ measure: GeneralizedEntropy.Measure) throws {
        let (values, groups) = amounts(2)
        let inequality = try entropy(values, groups, measure)
        let others = [
            try entropy(values.reversed(), groups.reversed(), measure),
            try entropy(values + values, groups + groups, measure),
            try entropy(values.map { 1e150 * $0 }, groups, measure),
            try entropy(values + [.nan, 5], groups + [0, -1], measure),
        ]
        for other in others {
            expectClose(other.total, inequality.total, relative: 1e-11)
            expectClose(other.between, inequality.between, relative: 1e-10)
        }
        let gini = try Gini(values).value
        for other in [values.reversed(), values + values, values.map { 1e-200 * $0 }] {
            expectClose(try Gini(other).value, gini, relative: 1e-11)
        }
    }

    @Test("equal amounts have none, however large", arguments: [0.1, 1e-300, 1e300])
    func equal(_ amount: Double) throws {
        let values = [Double](repeating: amount, count: 7)
        expectClose(try Gini(values).value, 0, absolute: 1e-15)
        for measure in GeneralizedEntropy.Measure.allCases {
            expectClose(
                try entropy(values, [0, 1, 0, 1, 2, 2, 2], measure).total, 0, absolute: 1e-15)
        }
    }

    @Test("undefined with a reason: nothing, zeros, negative or infinite amounts")
    func undefined() throws {
        for values in [[], [.nan], [0, 0], [-1, 1], [-1, 5], [1, .infinity]] as [[Double]] {
            #expect(throws: Undefined.self) { try Gini(values) }
            for measure in [GeneralizedEntropy.Measure.theilL, .theilT] {
                #expect(throws: Undefined.self) {
                    try entropy(values, [Int32](repeating: 0, count: values.count), measure)
                }
            }
        }
        #expect(throws: Undefined.self) { try entropy([0, 2], [0, 0], .theilL) }
        expectClose(try entropy([0, 2], [0, 0], .theilT).total, log(2))
        #expect(throws: Undefined.self) { try entropy([1, 2], [-1, -1], .theilT) }
        #expect(try Gini([4]).value == 0 && Gini([4]).sampleValue == nil)
    }
}
