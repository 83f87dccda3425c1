import PlumblineTestSupport
import Statistics
import Testing

@Suite("Pairs and ranks as R computes them")
struct PairsOracleTests {
    /// Whether a quantity of the descriptives is answered here.
    static func answers(_ quantity: Oracle.Quantity) -> Bool {
        !["before", "discordant_10", "first"].allSatisfy { quantity.arguments[$0] == nil }
    }

    @Test("R: paired change", .enabled(if: Oracle.isPresent("descriptives"), Oracle.absenceComment))
    func paired() throws {
        let oracle = try Oracle("descriptives")
        let before = try oracle.column("before", in: "input_paired.csv")
        let after = try oracle.column("after", in: "input_paired.csv")
        let change = PairedChange(before: before.span, after: after.span)
        let directions = change.directions
        let signedRanks = SignedRanks(zip(after, before).map { $0 - $1 })
        let answers = [
            "n_pairs": [Double(change.change.count)], "mean_change": [change.change.mean].compactMap(\.self),
            "sd_change": [change.change.standardDeviation].compactMap(\.self),
            "paired_t": [change.t].compactMap(\.self), "paired_ci": limits(change.interval()),
            "d_z": [change.inChangeDeviations].compactMap(\.self),
            "d_av": [change.inValueDeviations].compactMap(\.self),
            "d_rm": [change.inRepeatedMeasuresDeviations].compactMap(\.self),
            "wilcoxon_V": single(signedRanks?.positiveRankSum), "wilcoxon_p": single(signedRanks?.pValue()),
            "improved_same_worse": [Double(directions.rose), Double(directions.same), Double(directions.fell)],
        ]
        let quantities = oracle.quantities.filter { $0.text("before") != nil }
        for quantity in quantities { quantity.expect(answers[quantity.name]) }
        #expect(quantities.count == answers.count)
    }

    @Test("R: McNemar", .enabled(if: Oracle.isPresent("descriptives"), Oracle.absenceComment))
    func mcNemar() throws {
        let quantities = try Oracle("descriptives").quantities.filter { $0.name.hasPrefix("mcnemar") }
        for quantity in quantities {
            let test = try #require(
                McNemar(
                    lost: Int(quantity.number("discordant_10") ?? -1),
                    gained: Int(quantity.number("discordant_01") ?? -1)))
            switch quantity.name {
            case "mcnemar_chisq":
                quantity.expect(
                    [test.chiSquared(continuityCorrected: quantity.number("correct") == 1)].compactMap(\.self))
            case "mcnemar_p_exact": quantity.expect([test.exactP].compactMap(\.self))
            case "mcnemar_p_mid": quantity.expect([test.midP].compactMap(\.self))
            default: Issue.record("nothing answers \(quantity.name)")
            }
        }
        #expect(!quantities.isEmpty)
    }

    @Test("R: samples compared by ranks", .enabled(if: Oracle.isPresent("descriptives"), Oracle.absenceComment))
    func ranks() throws {
        let oracle = try Oracle("descriptives")
        let quantities = oracle.quantities.filter { $0.arguments["first"] != nil }
        for quantity in quantities {
            let (first, second) = try samples(oracle, quantity)
            let comparison = RankComparison(first.span, second.span)
            switch quantity.name {
            case "n1_n2": quantity.expect([Double(comparison.firstCount), Double(comparison.secondCount)])
            case "mann_whitney_U": quantity.expect([comparison.mannWhitneyU].compactMap(\.self))
            case "mann_whitney_p":
                let isCorrected = quantity.text("method")?.hasSuffix("continuity corrected") ?? false
                quantity.expect([comparison.mannWhitneyP(continuityCorrected: isCorrected)].compactMap(\.self))
            case "cliffs_delta": quantity.expect([comparison.cliffsDelta].compactMap(\.self))
            case "cliffs_delta_se": quantity.expect([comparison.standardError].compactMap(\.self))
            case "cliffs_delta_ci": quantity.expect(limits(comparison.interval()))
            case "probability_of_superiority": quantity.expect(single(comparison.probabilityOfSuperiority))
            default: Issue.record("nothing answers \(quantity.name)")
            }
        }
        #expect(!quantities.isEmpty)
    }

    private func samples(_ oracle: Oracle, _ quantity: Oracle.Quantity) throws -> ([Double], [Double]) {
        let file = try #require(quantity.text("file"))
        if let first = quantity.text("first"), let second = quantity.text("second") {
            return (try oracle.column(first, in: file), try oracle.column(second, in: file))
        }
        let values = try oracle.column(try #require(quantity.text("column")), in: file)
        let groups = try oracle.column(try #require(quantity.text("group")), in: file)
        let rows = zip(values, groups)
        return (
            rows.filter { $0.1 == quantity.number("first") }.map(\.0),
            rows.filter { $0.1 == quantity.number("second") }.map(\.0)
        )
    }
}
