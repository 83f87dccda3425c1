import LuaSyntax

extension MeasureLanguage {
    /// Whether a change made a difference: effect sizes, difference in differences, interrupted series, survival.
    static let effects: [LanguageEntry] = twoGroups + printedEffects + models + survivals

    private static let meaning: [LanguageEntry.Detail] = [
        .detail(
            "improvement_index", "number",
            "by how many percentile ranks the average of the others would rise: 100 Φ(g) − 50"),
        .detail(
            "baseline", "string",
            "`\"satisfied\"` up to 0.05, `\"needs_adjustment\"` up to 0.25, else `\"not_satisfied\"`: whether groups are alike"
        ),
    ]

    private static let sides: [LanguageEntry.Detail] = [
        .detail("n_yes", "number", "the values where the comparison is true"),
        .detail("n_no", "number", "the values where it is false"),
    ]

    private static let tests: [LanguageEntry.Detail] = [
        .detail("se", "number", "the standard error"),
        .detail("t", "number", "the estimate by its error"),
        .detail("df", "number", "the degrees of freedom of t"),
        .detail("p", "number", "how likely such an estimate or a larger one is, were the true value 0"),
    ]

    private static let correction = LanguageEntry.Option.option(
        "correction", "string",
        "for small samples: `\"approximate\"`, 1 − 3 / (4 N − 9), or `\"exact\"`, by gamma functions",
        standard: "`\"approximate\"`")

    /// Rows for which a comparison is true held against the others.
    private static let twoGroups: [LanguageEntry] = [
        .verb(
            .column, "mean_difference", .needed("mask", "plumbline.Column|string"),
            options: [
                .option("method", "string", "`\"welch\"`, or `\"student\"` (equal variances)", standard: "`\"welch\"`"),
                level,
            ], details: tests + sides, result: .value(.estimate),
            gives:
                "the mean where the comparison is true less the mean where it is false; it rests on the side with fewer persons",
            interval: "Welch (`welch`), or Student (`t`)",
            formula: .formula(
                "mean₁ − mean₀; error √(s₁²/n₁ + s₀²/n₀) on Satterthwaite's degrees of freedom", "Welch 1947"),
            example: .example("g.trust_1:mean_difference(g.team:is(\"A\"))", "0.6667")),
        .verb(
            .column, "effect_size", .needed("mask", "plumbline.Column|string"),
            options: [
                .option(
                    "method", "string",
                    "`\"g\"` (Hedges), `\"d\"` (Cohen) or `\"delta\"` (Glass: in deviations where it is false)",
                    standard: "`\"g\"`"), correction,
                .option(
                    "se", "string", "the error of g with g in it (`\"with_g\"`) or with d (`\"with_d\"`)",
                    standard: "`\"with_g\"`"),
                .option(
                    "adjust", "string[]",
                    "covariates: the difference is then that of a regression, without an interval",
                    standard: "none"), level,
            ],
            details: [
                .detail("hedges_g", "number", "Hedges' g; of a comparison the Cox index"),
                .detail("cohen_d", "number", "Cohen's d"),
                .detail("glass_delta", "number", "Glass's delta"),
                .detail("difference", "number", "the difference in its own unit"),
                .detail("sd", "number", "the pooled standard deviation"),
            ] + meaning + tests + sides, result: .value(.estimate),
            gives:
                "the difference of the means where the comparison is true and where it is false, in standard deviations; of a "
                + "column that is a comparison itself the Cox index",
            interval: "of g normal (`wald`), of d exact (`noncentral_t`), of the others none",
            formula: .formula(
                "g = (1 − 3 / (4N − 9)) (mean₁ − mean₀) / s pooled; Cox index: log odds ratio / 1.65, corrected alike",
                "Hedges and Olkin 1985; WWC 4.1"),
            example: .example("g.trust_1:effect_size(g.team:is(\"A\"))", "0.4938")),
    ]

    /// Effects from numbers in a report.
    private static let printedEffects: [LanguageEntry] = [
        .function(
            "hedges_g",
            options: [
                .option("n1", "number", "the size of the treated group", standard: "needed"),
                .option("n2", "number", "the size of the other group", standard: "needed"),
                .option("d", "number", "Cohen's d", standard: "one of d, t, p1 and p2, or difference"),
                .option("t", "number", "Student's t", standard: "as d"),
                .option(
                    "icc", "number", "with t: the intraclass correlation of clusters that t ignores",
                    standard: "no clusters"),
                .option("cluster_size", "number", "with icc: the mean number in a cluster", standard: "no clusters"),
                .option("p1", "number", "the share of the treated group: gives the Cox index", standard: "as d"),
                .option("p2", "number", "the share of the other group", standard: "as d"),
                .option(
                    "difference", "number", "a difference adjusted for covariates, with `sd` and `n`", standard: "as d"),
                .option(
                    "sd", "number", "with difference: the pooled standard deviation, not adjusted",
                    standard: "needed there"),
                .option("n", "number", "with difference: the rows of the regression", standard: "needed there"),
                correction,
            ], details: meaning, result: .estimate, gives: "Hedges' g from what a report prints",
            formula: .formula(
                "(1 − 3 / (4N − 9)) d; d = t √(1/n₁ + 1/n₂), with clusters times √(1 − 2 (n̄ − 1) ρ / (N − 2))",
                "WWC 4.1"),
            example: .example("hedges_g{ d = 0.25, n1 = 40, n2 = 45 }", "0.2477")),
        .function(
            "improvement_index", .needed("g", "plumbline.Estimate|number"), result: .estimate,
            gives: "by how many percentile ranks the average of the other group would rise with an effect of g",
            interval: "moves along", formula: .formula("100 Φ(g) − 50", "WWC 4.1"),
            example: .example("improvement_index(0.25)", "9.871")),
        .function(
            "adjust_p", .needed("p", "number[]"),
            options: [
                .option(
                    "method", "string", "`\"benjamini_hochberg\"` or `\"holm\"`", standard: "`\"benjamini_hochberg\"`")
            ], result: .unknown, gives: "a list of p values adjusted for how many of them there are",
            formula: .formula(
                "least of p m / rank from above; Holm: largest of p (m − rank + 1) from below",
                "Benjamini and Hochberg 1995; Holm 1979"),
            example: .example("adjust_p{ 0.01, 0.04, 0.03 }[1]", "0.03")),
    ]

    private static let errorOptions: [LanguageEntry.Option] = [
        .option("cluster", "plumbline.Column|string", "within which errors hang together", standard: "none"),
        .option(
            "errors", "string",
            "`\"classical\"`, `\"HC1\"`, `\"HC3\"`, `\"CR0\"`, `\"CR1\"` (Stata), `\"CR2\"` (with Satterthwaite's degrees of "
                + "freedom) or `\"newey_west\"`", standard: "`\"classical\"`, with clusters `\"CR1\"`"),
        .option(
            "lag", "integer", "of `newey_west`: how far in time errors hang together", standard: "`⌊4 (n/100)^(2/9)⌋`"),
        .option("corrected", "boolean", "of `newey_west`: times n / (n − k)", standard: "`false`"), level,
    ]

    private static let fits: [LanguageEntry.Detail] =
        tests + [
            .detail("r_squared", "number", "the share of the variance explained"),
            .detail("clusters", "number", "how many clusters there are"),
        ]

    private static let regressionInterval =
        "t on the rows less the coefficients (`regression_t`, `heteroskedastic`, `newey_west`), on the clusters less one "
        + "(`cluster_cr0`, `cluster_cr1`) or on Satterthwaite's degrees of freedom (`cluster_cr2`)"

    /// Regressions.
    private static let models: [LanguageEntry] = [
        .verb(
            .group, "regression", .needed("outcome", "plumbline.Column|string"), .needed("terms", "table"),
            options: [
                .option(
                    "term", "string", "whose coefficient: a term, or `role=coach` of a column of texts",
                    standard: "the first"),
                .option("factors", "string[]", "terms whose numbers are categories", standard: "texts only"),
                .option(
                    "absorb", "plumbline.Column|string", "groups that get an intercept of their own (fixed effects)",
                    standard: "none"),
            ] + errorOptions, details: fits, result: .value(.estimate),
            gives:
                "one coefficient of ordinary least squares on the rows where nothing is missing. Terms are names of columns, "
                + "columns with names (`treated = g.arm:is(\"a\")`) and products (`\"treated:post\"`); of texts each but the "
                + "first is held against the first",
            interval: regressionInterval,
            formula: .formula(
                "(X'X)⁻¹X'y; CR1 with G/(G − 1) · (N − 1)/(N − k); CR2 bias-reduced",
                "White 1980; Liang and Zeger 1986; Bell and McCaffrey 2002; Newey and West 1987"),
            example: .example(
                "g:regression(\"trust_1\", { \"trust_2\", in_a = g.team:is(\"A\") }, { term = \"in_a\" })", "0.8421")),
        .verb(
            .group, "did", .needed("outcome", "plumbline.Column|string"),
            options: [
                .option(
                    "treated", "plumbline.Column|string", "which rows are of units treated at some time",
                    standard: "needed"),
                .option("post", "plumbline.Column|string", "which rows are from the treatment on", standard: "needed"),
                .option("covariates", "table", "further terms, as of `regression`", standard: "none"),
                .option(
                    "unit", "plumbline.Column|string",
                    "compares the changes of units that were seen before and after (Welch), instead of a regression",
                    standard: "a regression"),
            ] + errorOptions,
            details: fits + [
                .detail("treated_change", "number", "the change of the treated"),
                .detail("control_change", "number", "the change of the others"),
            ], result: .value(.estimate),
            gives:
                "the difference in differences: what changed where something was done, less what changed elsewhere; it rests "
                + "on the smallest of the four groups",
            interval: regressionInterval + "; of changes of units Welch (`welch`)",
            formula: .formula("the coefficient of treated × post"),
            example: .example(
                "g:did(\"trust_1\", { treated = g.team:is(\"A\"), post = g.started:at_least(\"2025-09-03\") })",
                "insufficient")),
        .verb(
            .group, "interrupted_series", .needed("outcome", "plumbline.Column|string"),
            options: [
                .option("post", "plumbline.Column|string", "true from the change on", standard: "`at`"),
                .option(
                    "at", "integer", "the position of the first row after the change, counted from 1",
                    standard: "`post`"),
                .option("time", "plumbline.Column|string", "what rows are put in order by", standard: "as they stand"),
                .option("season", "plumbline.Column|string", "categories such as months", standard: "none"),
                .option(
                    "term", "string",
                    "`\"level\"` (the jump), `\"slope\"` (the change of trend), `\"time\"` (the trend before) or `\"effect\"` (both "
                        + "after a while)", standard: "`\"level\"`"),
                .option("after", "number", "of `effect`: how many rows after the change", standard: "the last row"),
            ] + errorOptions.filter { $0.name != "cluster" && $0.name != "errors" } + [
                .option("errors", "string", "as of `regression`, without clusters", standard: "`\"newey_west\"`")
            ],
            details: fits + [
                .detail("autocorrelation", "number", "of neighbouring residuals"),
                .detail("durbin_watson", "number", "Durbin and Watson's statistic"),
            ], result: .value(.estimate),
            gives:
                "an effect on a series of rows in time order, one row for each period; rows without a value keep their place",
            interval: "t on the rows less the coefficients (`newey_west`)",
            formula: .formula(
                "y = a + b time + c level + d slope; time = 1 … n, slope counts from 0 at the first row after",
                "Wagner 2002; Newey and West 1987"),
            example: .example("g:interrupted_series(\"trust_1\", { at = 4, errors = \"classical\" })", "-1.667")),
    ]

    /// Time until something happens.
    private static let survivals: [LanguageEntry] = [
        .verb(
            .column, "survival", .needed("events", "plumbline.Column|string"), .needed("time", "number"),
            options: [level],
            details: [.detail("se", "number", "Greenwood's standard error")], result: .value(.estimate),
            gives:
                "the share that an event has not reached after a time, where the column says how long each row was observed and "
                + "`events` whether the event ended that",
            interval: "on the scale of log(−log) (`log_log`)",
            formula: .formula("Π (1 − events / at risk)", "Kaplan and Meier 1958; Greenwood 1926"),
            example: .example("g.minutes:survival(g.role:is(\"teacher\"), 50)", "0.4")),
        .verb(
            .column, "median_survival", .needed("events", "plumbline.Column|string"), options: [level],
            result: .value(.estimate), gives: "the time at which half is left",
            interval:
                "where the interval of the curve reaches one half, if it does at both ends (`log_log`); none where an end "
                + "would be the smallest or largest time of few",
            formula: .formula("the first time with no more than half left", "Brookmeyer and Crowley 1982"),
            example: .example("g.minutes:median_survival(g.role:is(\"teacher\"))", "50")),
    ]
}
