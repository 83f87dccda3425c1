import Foundation
import PlumblineTestSupport
import Testing

/// Real data, imported by `plumb import` and evaluated by `plumb eval`, against what R computes. Every quantity of a case
/// is either asked in verbs of today or its name stands in the list of those that no verb says yet.
struct OracleImportTests {
    private static let absence = Comment(rawValue: Oracle.absence)

    @Test("psych: scale-bfi", .enabled(if: Oracle.isPresent("scale-bfi"), absence))
    func scale() throws {
        let oracle = try Oracle("scale-bfi")
        let answered = try check(
            oracle, files: ["input"], codebooks: ["input": ScaleQuestions.codebook], ScaleQuestions.question,
            notYet: [
                "alpha", "alpha_ci_feldt", "alpha_if_item_deleted", "alpha_standardized", "guttman_lambda2",
                "guttman_lambda6", "item_total_r", "mean_inter_item_r", "omega_total_1factor", "sem",
                "split_half_guttman", "split_half_r", "split_half_spearman_brown",
            ])
        #expect(answered == 54)
    }

    @Test("R: descriptives", .enabled(if: Oracle.isPresent("descriptives"), absence))
    func descriptives() throws {
        let oracle = try Oracle("descriptives")
        let answered = try check(
            oracle, files: ["input", "input_air", "input_items", "input_paired"], DescriptiveQuestions.question,
            notYet: [
                "bca_acceleration", "bca_levels", "bca_z0", "bootstrap_bias", "bootstrap_ci", "bootstrap_se",
                "cliffs_delta", "cliffs_delta_ci", "cliffs_delta_se", "concordant_discordant", "d_av", "d_rm",
                "fivenum_tukey", "goodman_kruskal_gamma", "jackknife_acceleration", "jackknife_se_mean",
                "kendall_tau_a", "kendall_tau_b", "kurtosis_excess", "mann_whitney_U", "mann_whitney_p",
                "mcnemar_chisq", "mcnemar_p_exact", "mcnemar_p_mid", "pearson_ci_fisher", "pearson_p", "pearson_r",
                "polychoric_rho", "probability_of_superiority", "skewness", "spearman_rho", "trimmed_mean",
                "trimmed_mean_se_yuen", "weighted_quantile", "weighted_sd", "wilcoxon_V", "wilcoxon_p",
                "winsorized_mean", "winsorized_sd",
            ])
        #expect(answered == 130)
    }

    @Test("R: proportions", .enabled(if: Oracle.isPresent("proportions"), absence))
    func proportions() throws {
        let oracle = try Oracle("proportions")
        let answered = try check(
            oracle, files: ["input", "input_dispositions", "input_edge", "input_items"],
            written: [
                "persons": ProportionQuestions.persons(oracle.quantities),
                "rates": ProportionQuestions.rates(oracle.quantities),
            ], codebooks: ["input_items": ProportionQuestions.codebook], ProportionQuestions.question,
            notYet: [
                "ci_agresti_coull", "ci_clopper_pearson", "ci_jeffreys", "ci_wald", "ci_wilson_cc",
                "fisher_p_two_sided", "odds_ratio_ci_log", "rate_ci_exact", "rate_difference_ci_wald",
                "rate_ratio_ci_exact", "rate_ratio_ci_log", "risk_difference_ci_newcombe_cc",
                "risk_difference_ci_wald", "risk_ratio_ci_log", "two_proportion_chisq", "two_proportion_p",
            ],
            // Wilson's interval at 90 % and 99 %: intervals of today have one level.
            otherVariants: ["ci_wilson": 2])
        #expect(answered == 103)
    }

    /// Checks all answers of a case that verbs of today give, and gives their number. `otherVariants` tells how many
    /// quantities of a name ask for a variant that no verb says.
    private func check(
        _ oracle: Oracle, files: [String], written: [String: String] = [:], codebooks: [String: String] = [:],
        _ question: (Oracle.Quantity) -> Question?, notYet: Set<String>, otherVariants: [String: Int] = [:]
    ) throws -> Int {
        let asked = oracle.quantities.compactMap { quantity in question(quantity).map { (quantity, $0) } }
        let covered = Set(asked.map(\.0.name))
        #expect(covered.union(notYet) == Set(oracle.quantities.map(\.name)), "every name is asked or listed")
        #expect(covered.isDisjoint(with: notYet))
        let open = oracle.quantities.filter { covered.contains($0.name) && question($0) == nil }
        #expect(Dictionary(grouping: open, by: \.name).mapValues(\.count) == otherVariants)
        try withTemporaryFolder { folder in
            var imported = files.map { (dataset: $0, url: oracle.file("\($0).csv")) }
            for (name, text) in written.sorted(by: { $0.key < $1.key }) {
                let url = folder.appending(path: "\(name).csv")
                try Data(text.utf8).write(to: url)
                imported.append((dataset: name, url: url))
            }
            let workspace = try OracleWorkspace(in: folder, files: imported, codebooks: codebooks)
            for ((quantity, _), answer) in zip(asked, try workspace.answers(to: asked.map(\.1))) {
                if let difference = quantity.difference(from: answer) { Issue.record("\(difference)") }
            }
        }
        return asked.count
    }
}
