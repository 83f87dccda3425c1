import Statistics
import Testing

@Suite("Two proportions")
struct ProportionPairTests {
    private func pair(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) throws -> ProportionPair {
        ProportionPair(
            try #require(Proportion(successes: x1, trials: n1)), try #require(Proportion(successes: x2, trials: n2)))
    }

    /// Newcombe 1998, table II, printed to four digits.
    @Test(
        "Newcombe's worked examples",
        arguments: [
            (56, 70, 48, 80, 0.0524, 0.3339, 0.0428, 0.3422), (9, 10, 3, 10, 0.1705, 0.8090, 0.1013, 0.8387),
            (5, 56, 0, 29, -0.0381, 0.1926, -0.0667, 0.2037), (10, 10, 0, 10, 0.6075, 1.0, 0.5128, 1.0),
        ])
    func newcombe(
        x1: Int, n1: Int, x2: Int, n2: Int, low: Double, high: Double, correctedLow: Double, correctedHigh: Double
    ) throws {
        let pair = try pair(x1, n1, x2, n2)
        let plain = try #require(pair.differenceInterval())
        let corrected = try #require(pair.differenceInterval(.newcombeCC))
        expectClose(plain.low, low, absolute: 5.1e-5)
        expectClose(plain.high, high, absolute: 5.1e-5)
        expectClose(corrected.low, correctedLow, absolute: 5.1e-5)
        expectClose(corrected.high, correctedHigh, absolute: 5.1e-5)
        #expect(plain.method.rawValue == "newcombe" && corrected.method.rawValue == "newcombe_cc")
    }

    @Test("swapping the sides turns the sign", arguments: ProportionPair.DifferenceMethod.allCases)
    func swap(_ method: ProportionPair.DifferenceMethod) throws {
        let forth = try #require(try pair(8, 21, 30, 44).differenceInterval(method))
        let back = try #require(try pair(30, 44, 8, 21).differenceInterval(method))
        expectClose(forth.low, -back.high)
        expectClose(forth.high, -back.low)
    }

    @Test("ratios that would divide by nothing are nil")
    func undefined() throws {
        let empty = try pair(0, 0, 3, 4)
        #expect(empty.difference == nil && empty.differenceInterval() == nil && empty.riskRatio == nil)
        #expect(empty.oddsRatio == nil && empty.oddsRatioInterval() == nil)
        let nobody = try pair(3, 4, 0, 5)
        #expect(nobody.riskRatio == nil && nobody.riskRatioInterval() == nil && nobody.oddsRatio == nil)
        let none = try pair(0, 4, 3, 5)
        #expect(none.riskRatio == 0 && none.riskRatioInterval() == nil)
        #expect(none.oddsRatio == 0 && none.oddsRatioInterval() == nil)
        let everybody = try pair(4, 4, 5, 5)
        #expect(everybody.riskRatio == 1 && everybody.riskRatioInterval() == nil && everybody.oddsRatio == nil)
    }
}
