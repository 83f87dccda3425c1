import LuaSyntax

extension MeasureLanguage {
    private static let designDetails: [LanguageEntry.Detail] = [
        .detail("se", "number", "the standard error"),
        .detail("df", "number", "the degrees of freedom"),
        .detail(
            "deff", "number",
            "the design effect: the variance by that of simple random sampling without replacement; nil where the weights sum "
                + "to no more than the rows"),
        .detail("deff_replace", "number", "the same by that with replacement"),
    ]

    private static let designOptions: [LanguageEntry.Option] = [
        .option("method", "string", "the interval: `\"t\"`, or `\"normal\"`", standard: "`\"t\"`"), level,
    ]

    /// Surveys by how their rows were drawn.
    static let designs: [LanguageEntry] = [
        .verb(
            .group, "design",
            options: [
                .option(
                    "weights", "plumbline.Column|string",
                    "how many of the population a row stands for; rows without are left out",
                    standard: "1 for each row"),
                .option("strata", "plumbline.Column|string", "the strata that were drawn from", standard: "one"),
                .option(
                    "clusters", "plumbline.Column|string",
                    "what was drawn, such as schools of which all pupils are there",
                    standard: "rows"),
                .option(
                    "fpc", "plumbline.Column|string",
                    "how many clusters (or rows) the row's stratum has in the population",
                    standard: "drawn with replacement"),
                .option(
                    "lonely", "string",
                    "what a stratum of one cluster adds to a variance: `\"undefined\"` (then there is no error), `\"certain\"` "
                        + "(nothing) or `\"centered\"` (its difference from the mean of all)",
                    standard: "`\"undefined\"`"),
            ],
            result: .value(.design),
            gives:
                "a survey's design, which makes estimates with the errors that belong to it; where weights are negative or "
                + "strata are missing they are all insufficient",
            formula: .formula(
                "Taylor linearisation, clusters of the first stage within strata", "Wolter 2007; Lumley 2010"),
            example: .example("g:design{ weights = \"weight\", strata = \"role\" }:mean(\"trust_1\")", "4.889")),
        .verb(
            .design, "where", .needed("mask", "plumbline.Column"), result: .value(.design),
            gives:
                "the design with estimates about the rows for which the comparison is true; errors keep the whole sample, "
                + "which `g:where` would forget",
            example: .example("g:design{ weights = \"weight\" }:where(g.team:is(\"A\")):mean(\"trust_1\")", "5.25")),
        .verb(
            .design, "mean", .needed("col", "plumbline.Column|string"), options: designOptions, details: designDetails,
            result: .value(.estimate), gives: "the weighted mean",
            interval: "t on clusters less strata (`linearized_t`), or normal (`wald`)",
            formula: .formula("Σwx / Σw; the variance of Σ w(x − mean) / Σw by the design", "Wolter 2007"),
            example: .example("g:design{ weights = \"weight\" }:mean(\"trust_1\")", "4.889")),
        .verb(
            .design, "sum", .needed("col", "plumbline.Column|string"), options: designOptions, details: designDetails,
            result: .value(.estimate), gives: "the total of the population", interval: "t, or normal, as of the mean",
            formula: .formula("Σwx", "Wolter 2007"),
            example: .example("g:design{ weights = \"weight\" }:sum(\"trust_1\")", "44")),
        .verb(
            .design, "share", .needed("mask", "plumbline.Column|string"),
            options: [
                .option(
                    "method", "string", "the interval: `\"logit\"`, `\"beta\"` (Korn and Graubard) or `\"mean\"` (t)",
                    standard: "`\"logit\"`"), level,
            ], details: designDetails, result: .value(.estimate), gives: "the weighted share of yes",
            interval: "t of the log odds (`linearized_logit`); none for a share of 0 or 1",
            formula: .formula("the weighted mean of 0 and 1", "Korn and Graubard 1998"),
            example: .example("g:design{ weights = \"weight\" }:share(g.role:is(\"coach\"))", "0.4444")),
        .verb(
            .design, "variance", .needed("col", "plumbline.Column|string"), result: .value(.estimate),
            gives: "the variance in the population", formula: .formula("n / (n − 1) · Σw(x − mean)² / Σw"),
            example: .example("g:design{ weights = \"weight\" }:variance(\"trust_1\")", "0.9185")),
        .verb(
            .design, "quantile", .needed("col", "plumbline.Column|string"), .needed("p", "number"),
            options: [
                .option(
                    "rule", "string",
                    "`\"inverse\"`, the first value with the share p of the weight at or below it, or `\"interpolated\"` (Hmisc)",
                    standard: "`\"inverse\"`")
            ],
            result: .value(.estimate), gives: "the value below which the share p of the weight lies",
            formula: .formula("the inverse of the weighted distribution function"),
            example: .example("g:design{ weights = \"weight\" }:quantile(\"trust_1\", 0.5)", "5")),
    ]

    /// Weights adjusted to the population and to who answered.
    static let weightAdjustments: [LanguageEntry] = [
        .verb(
            .design, "poststratify", .needed("margin", "table"), result: .value(.design),
            gives:
                "the design with weights that sum to the population's counts: `{ by = \"role\", roster = g.with.roster }` "
                + "counts the rows of the roster by its column of that name, `count = \"heads\"` sums one of its columns instead, "
                + "and `counts = { teacher = 120, coach = 8 }` says them outright",
            formula: .formula(
                "w · N / Σw within each category; errors leave out what the categories explain", "Holt and Smith 1979"),
            example: .example(
                "g:design{ weights = \"weight\" }:poststratify{ by = \"role\", counts = { teacher = 30, coach = 10 } }:mean(\"trust_1\")",
                "4.675")),
        .verb(
            .design, "rake", .needed("margins", "table[]"), result: .value(.design),
            gives: "the design with weights that meet several margins, each as of `poststratify`",
            formula: .formula(
                "each margin in turn until a round changes no cell by more than 10⁻¹⁰ of the weight",
                "Deming and Stephan 1940"),
            example: .example(
                "g:design{}:rake{ { by = \"role\", counts = { teacher = 30, coach = 10 } }, "
                    + "{ by = \"team\", counts = { A = 20, B = 20 } } }:mean(\"trust_1\")", "4.563")),
        .verb(
            .design, "respondents", .needed("mask", "plumbline.Column|string"),
            options: [
                .option(
                    "cells", "plumbline.Column|string", "within which answers stand for missing ones",
                    standard: "all rows")
            ],
            result: .value(.design),
            gives:
                "the design with the weight of those who did not answer (no, or missing) given to those who did; insufficient "
                + "where nobody of a cell answered",
            formula: .formula("w · Σw of all / Σw of those who answered, by cell", "Little 1986"),
            example: .example(
                "g:design{ weights = \"weight\" }:respondents(g.trust_3:valid(), { cells = \"role\" }):mean(\"trust_3\")",
                "2.222")),
        .verb(
            .design, "response", .needed("mask", "plumbline.Column|string"),
            options: [
                .option("cells", "plumbline.Column|string", "for which the factors are told", standard: "all rows")
            ],
            details: [
                .detail("unweighted", "number", "the share of the rows that answered"),
                .detail("factors", "table<string, number>", "by cell, by how much `respondents` multiplies weights"),
            ],
            result: .value(.estimate),
            gives: "the share of the weight that answered; with cells it rests on the smallest of them",
            formula: .formula("Σw of those who answered / Σw of all"),
            example: .example("g:design{ weights = \"weight\" }:response(g.trust_3:valid())", "0.7778")),
        .verb(
            .design, "trim", .needed("medians", "number"), result: .value(.design),
            gives: "the design with weights cut off at so many medians, then multiplied to have the same sum, once",
            example: .example("g:design{ weights = \"weight\" }:trim(1):mean(\"trust_1\")", "4.8")),
        .verb(
            .design, "weights", result: .value(.column),
            gives: "the weights as a column; missing for rows that do not count",
            example: .example("g:design{ weights = \"weight\" }:weights():sum()", "9")),
        .verb(
            .design, "effective_size",
            details: [
                .detail(
                    "weighting_effect", "number", "by how much unequal weights alone multiply a variance, n Σw² / (Σw)²"
                )
            ],
            result: .value(.estimate), gives: "how many equally weighted rows would do as well",
            formula: .formula("(Σw)² / Σw², of weights above 0", "Kish 1965"),
            example: .example("g:design{ weights = \"weight\" }:effective_size()", "5.4")),
    ]
}
