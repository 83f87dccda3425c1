import LuaSyntax

extension MeasureLanguage {
    /// How two columns go together, and how one changed: correlation, agreement of ranks, before and after.
    static let associations: [LanguageEntry] = [
        .verb(
            .column, "correlation", .needed("other", "plumbline.Column|string"),
            options: [
                .option(
                    "method", "string",
                    "`\"pearson\"`, `\"spearman\"` (ties share their average rank), `\"kendall\"` (tau-b), `\"gamma\"` "
                        + "(Goodman and Kruskal's), `\"polychoric\"` (of ordered answers, in two steps, no cell corrected)",
                    standard: "`\"pearson\"`"),
                level,
            ],
            details: [
                .detail(
                    "p", "number", "the two-sided probability were there nothing to find; see the verb for the test"),
                .detail("tau_a", "number", "Kendall's tau-a; of `kendall` and `gamma`"),
                .detail("concordant", "integer", "pairs of rows ordered alike; of `kendall` and `gamma`"),
                .detail("discordant", "integer", "pairs of rows ordered in opposite ways; of `kendall` and `gamma`"),
            ], result: .value(.estimate),
            gives:
                "the correlation over the rows where both have a value, which n counts. `p` is Student's t on n − 2, for "
                + "`pearson` and `spearman`",
            interval:
                "of `pearson` Fisher's transformation (`fisher`), of `spearman` and `kendall` the same with other "
                + "standard errors (`bonett_wright`); none for `gamma` and `polychoric`",
            formula: .formula(
                "Σ dx dy / √(Σ dx² Σ dy²); tau-b = (C − D) / √(untied in x · untied in y); gamma = (C − D) / (C + D); interval: "
                    + "tanh(atanh r ± z se), se² = 1/(n − 3), (1 + r²/2)/(n − 3), 0.437/(n − 4)",
                "Fisher 1921; Bonett and Wright 2000; Olsson 1979"),
            example: .example("g.trust_1:correlation(g.trust_2)", "0.7845")),
        .verb(
            .column, "change_from", .needed("before", "plumbline.Column|string"),
            options: [
                level,
                .option(
                    "continuity", "boolean", "whether Wilcoxon's probability is corrected for continuity",
                    standard: "`true`"),
            ],
            details: [
                .detail("sd", "number", "the standard deviation of the changes"),
                .detail("se", "number", "the standard error of the mean change"),
                .detail("t", "number", "Student's t; nil where all change alike"),
                .detail("df", "number", "its degrees of freedom"),
                .detail("p", "number", "its two-sided probability"),
                .detail("d_z", "number", "the mean change in standard deviations of the changes"),
                .detail("d_av", "number", "in standard deviations of the values, √((s1² + s2²)/2)"),
                .detail("d_rm", "number", "d_z √(2(1 − r)), with the correlation r of before and after"),
                .detail("wilcoxon_v", "number", "the sum of the ranks of changes above 0; changes of 0 are dropped"),
                .detail("wilcoxon_p", "number", "its two-sided probability, normal with correction for ties"),
                .detail("rose", "integer", "rows that are higher than before; rests on those persons"),
                .detail("same", "integer", "rows that are the same; rests on those persons"),
                .detail("fell", "integer", "rows that are lower than before; rests on those persons"),
            ], result: .value(.estimate),
            gives:
                "the mean change of the same rows from another column, this less before, over the rows where both have a "
                + "value. Two waves of one person in rows of their own are joined first: `g:previous()` does not pair persons",
            interval: "Student's t of the changes (`t`)",
            formula: .formula(
                "mean (after − before) ± t(n − 1) s / √n; V by average ranks of |change|",
                "Student 1908; Wilcoxon 1945; Morris and DeShon 2002"),
            example: .example("g.trust_2:change_from(g.trust_1)", "0")),
        .verb(
            .column, "mcnemar", .needed("before", "plumbline.Column|string"), options: mcNemarOptions,
            details: mcNemarDetails, result: .value(.estimate),
            gives:
                "McNemar's test of a yes or no of the same rows before and now. The value is the share that turned to yes "
                + "of those who turned, 0.5 where as many turned one way as the other; n counts those who turned",
            interval: "Wilson (`wilson`); none where one turned", formula: mcNemarFormula,
            example: .example("g.trust_1:at_least(5):mcnemar(g.trust_2:at_least(5))", "1")),
        .function(
            "mcnemar", .needed("lost", "plumbline.Estimate|integer"), .needed("gained", "plumbline.Estimate|integer"),
            options: mcNemarOptions, details: mcNemarDetails, result: .estimate,
            gives: "the same from counts of those who turned to no and of those who turned to yes",
            interval: "Wilson (`wilson`); none where one turned", formula: mcNemarFormula,
            example: .example("mcnemar(12, 25).chi_squared", "4.568")),
        .verb(
            .column, "cliffs_delta", .needed("other", "plumbline.Column"),
            options: [
                .option(
                    "continuity", "boolean", "whether Mann and Whitney's probability is corrected for continuity",
                    standard: "`true`"),
                level,
            ],
            details: [
                .detail(
                    "superiority", "number", "the probability that the first is higher, ties counted half: U / (n1 n2)"),
                .detail("u", "number", "Mann and Whitney's U of the first group: pairs it wins and half of the ties"),
                .detail("p", "number", "Mann and Whitney's two-sided probability, normal with correction for ties"),
                .detail("se", "number", "Cliff's unbiased standard error of delta"),
                .detail("n_first", "integer", "values in the first group"),
                .detail("n_second", "integer", "values in the second group"),
            ], result: .value(.estimate),
            gives:
                "two groups compared by ranks: the share of pairs in which this column is higher less the share in which "
                + "the other is, from −1 to 1, with Mann and Whitney's test. The other column is of another group "
                + "(`g:where(...)`, `g.with`, `g:previous()`) of other persons; for the same persons use `change_from`. It rests "
                + "on the persons of the smaller group",
            interval: "Cliff's asymmetric interval (`cliff`), from two values on each side",
            formula: .formula(
                "(#(x > y) − #(x < y)) / (n1 n2); U normal with variance n1 n2 / 12 · (N + 1 − Σ(t³ − t)/(N(N − 1)))",
                "Cliff 1993; Mann and Whitney 1947"),
            example: .example(
                "g:where(g.team:is(\"A\")).trust_1:cliffs_delta(g:where(g.team:is(\"B\")).trust_1)", "0.3333")),
    ]

    private static let mcNemarOptions: [LanguageEntry.Option] = [
        .option(
            "continuity", "boolean", "whether chi-squared and its probability are corrected (Edwards)",
            standard: "`false`"),
        level,
    ]

    private static let mcNemarDetails: [LanguageEntry.Detail] = [
        .detail("chi_squared", "number", "the chi-squared statistic; of McNemar's test (b − c)² / (b + c)"),
        .detail("p", "number", "its probability on one degree of freedom"),
        .detail("p_exact", "number", "the exact two-sided probability, a fair coin for each who turned"),
        .detail("p_mid", "number", "the same with half of the probability of the result itself"),
        .detail("gained", "integer", "rows that turned to yes; rests on those persons"),
        .detail("lost", "integer", "rows that turned to no; rests on those persons"),
    ]

    private static let mcNemarFormula = LanguageEntry.Formula.formula(
        "gained / (gained + lost); (gained − lost)² / (gained + lost); corrected: (|gained − lost| − 1)² / (gained + lost)",
        "McNemar 1947; Fagerland, Lydersen and Laake 2013")
}
