import LuaSyntax

extension MeasureLanguage {
    /// Numbers of a column.
    static let estimates: [LanguageEntry] = [
        .verb(
            .column, "mean", options: [level], details: [.detail("se", "number", "the standard error")],
            result: .value(.estimate), gives: "the mean; carries its standard error `se`",
            interval: "Student's t (`t`); none for one value",
            formula: .formula("Σx / n; interval: mean ± t(n − 1) · s / √n; se = s / √n", "Student 1908"),
            example: .example("g.minutes:mean()", "58")),
        estimate("sum", gives: "the sum", formula: .formula("Σx"), example: .example("g.minutes:sum()", "290")),
        estimate(
            "sd", gives: "the standard deviation (n − 1); needs two values",
            formula: .formula("√(Σ(x − mean)² / (n − 1)), in two passes"), example: .example("g.minutes:sd()", "24.14")),
        estimate("min", gives: "the smallest value", example: .example("g.minutes:min()", "30")),
        estimate("max", gives: "the largest value", example: .example("g.minutes:max()", "90")),
        estimate(
            "median", gives: "the median",
            interval:
                "order statistics (`order_statistics`), from six values on; none where an end is an extreme of few",
            formula: .formula("the quantile of ½, type 7"), example: .example("g.trust_1:median()", "5")),
        .verb(
            .column, "quantile", .needed("p", "number"),
            options: [
                .option(
                    "type", "integer", "which of Hyndman and Fan's nine types", standard: "`7`, that of R and of Excel")
            ],
            result: .value(.estimate), gives: "the value below which the share p lies",
            interval: "order statistics, where n suffices; none where an end is an extreme of few",
            formula: .formula(
                "types 1 to 9; interval: the narrowest pair of order statistics that covers the level by the binomial "
                    + "distribution", "Hyndman and Fan 1996"),
            example: .example("g.minutes:quantile(0.9)", "84")),
        .verb(
            .column, "share",
            options: [
                .option(
                    "method", "string",
                    "the interval: `\"wilson\"`, `\"wilson_cc\"` (with continuity correction), `\"clopper_pearson\"`, "
                        + "`\"jeffreys\"`, `\"agresti_coull\"` or `\"wald\"`", standard: "`\"wilson\"`"),
                .option("level", "number", "the interval's level", standard: "`0.95`"),
            ],
            result: .value(.estimate),
            gives: "the share of yes among yes and no, with numerator and denominator; also of columns of 0 and 1",
            interval: "Wilson (`wilson`); none for one answer",
            formula: .formula(
                "x / n; interval: (x + z²/2 ± z√(x(n − x)/n + z²/4)) / (n + z²)", "Wilson 1927"),
            example: .example("g.role:is(\"coach\"):share()", "0.3333")),
        estimate(
            "count",
            gives: "of a mask: how many are yes; of any other column: how many have a value. 0 where there is none. n "
                + "is all valid rows", example: .example("g.role:is(\"coach\"):count()", "2")),
        estimate(
            "distinct", gives: "how many different values there are", example: .example("g.team:distinct()", "2")),
        .verb(
            .column, "weighted",
            options: [
                .option(
                    "by", "plumbline.Column|string",
                    "the weights, or their column's name; rows without a weight are left out, and there is no value where one is negative or infinite",
                    standard: "needed")
            ],
            result: .value(.weighted), gives: "the column with weights, for the verbs of weighted columns",
            example: .example("g.trust_1:weighted{ by = \"weight\" }:mean()", "4.889")),
        .verb(
            .weighted, "mean", result: .value(.estimate), gives: "the weighted mean",
            interval: "linearised t (`linearized_t`)",
            formula: .formula("Σwx / Σw; variance by Taylor linearisation, persons drawn with replacement"),
            example: .example("g.trust_2:weighted{ by = g.weight }:mean()", "4.857")),
        .verb(
            .weighted, "share", result: .value(.estimate), gives: "the weighted share of yes",
            interval: "linearised t, cut off at 0 and 1", formula: .formula("the weighted mean of 0 and 1"),
            example: .example("g.role:is(\"coach\"):weighted{ by = g.weight }:share()", "0.4444")),
        .verb(
            .weighted, "sum", result: .value(.estimate), gives: "the weighted sum", interval: "linearised t",
            formula: .formula("Σwx"), example: .example("g.trust_1:weighted{ by = g.weight }:sum()", "44")),
    ]

    private static func estimate(
        _ name: String, gives: String, interval: String? = nil, formula: LanguageEntry.Formula? = nil,
        example: LanguageEntry.Example
    ) -> LanguageEntry {
        .verb(
            .column, name, result: .value(.estimate), gives: gives, interval: interval, formula: formula,
            example: example)
    }

    /// What can be read of an estimate.
    static let estimateFields: [LanguageEntry] = [
        .field(.estimate, "value", .number, gives: "the number"),
        .field(.estimate, "n", .number, gives: "the number of valid rows behind it"),
        .field(.estimate, "low", .number, gives: "the lower end of the interval"),
        .field(.estimate, "high", .number, gives: "the upper end of the interval"),
        .field(.estimate, "numerator", .number, gives: "of a share: how many were counted"),
        .field(.estimate, "denominator", .number, gives: "of a share: out of how many"),
        .field(.estimate, "level", .number, gives: "the interval's level, 0.95 unless another was asked for"),
        .field(.estimate, "method", .string, gives: "how the interval was made"),
    ]

    /// Computing with estimates, and the functions that need no receiver.
    static let functions: [LanguageEntry] = [
        .function(
            "ratio", .needed("a", "plumbline.Estimate"), .needed("b", "plumbline.Estimate"), result: .estimate,
            gives: "a by b (also written `a / b`), with numerator and denominator; insufficient where b is 0",
            example: .example("ratio(g.minutes:sum(), g.team:distinct())", "145")),
        .operation(
            .estimate, "a + b, a * b", signs: ["__add", "__mul"], result: .estimate, gives: "sum, product",
            example: .example("g.trust_1:mean() + g.trust_2:mean()", "9.267")),
        .operation(
            .estimate, "e + k, e - k, k - e, e * k, e / k, -e", signs: ["__sub", "__div", "__unm"], result: .estimate,
            gives: "with a number k", interval: "moves along",
            example: .example("1 - g.role:is(\"coach\"):share()", "0.6667")),
        .function(
            "insufficient", .needed("why", "string"), result: .estimate, gives: "no value: too little to say",
            example: .example("insufficient(\"fewer than two waves\")", "insufficient")),
        .function(
            "not_applicable", .needed("why", "string"), result: .estimate,
            gives: "no value: the question does not arise for this group",
            example: .example("not_applicable(\"no coaches here\")", "not_applicable")),
        .function(
            "missing", .needed("kind", "plumbline.Missing"), result: .unknown,
            gives: "a missing cell, for the rows of tests", example: .example("missing(\"not_asked\")")),
        .function(
            "days", .needed("date", "string"), result: .number, gives: "the day as a number, to compute with dates",
            example: .example("(days(\"2025-10-01\") - g.started):max()", "30")),
    ]
}
