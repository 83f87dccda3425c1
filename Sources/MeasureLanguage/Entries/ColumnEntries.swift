import LuaSyntax

extension MeasureLanguage {
    /// Comparisons: a mask each.
    static let comparisons: [LanguageEntry] = [
        comparison(
            "is", .needed("value", "string|number|boolean"),
            gives: "equal to it (a text, number, boolean, or date as text)",
            example: .example("g.role:is(\"coach\"):count()", "2")),
        comparison(
            "isin", .needed("values", "plumbline.Column|any[]"),
            gives:
                "one of a list, or a value that another column has, of this group or of `g.with`: `isin(g.with.roster.person)`",
            example: .example("g.team:isin{ \"A\", \"C\" }:count()", "3")),
        comparison(
            "at_least", .needed("x", "number|string"), gives: "x or more",
            example: .example("g.minutes:at_least(50):count()", "3")),
        comparison(
            "at_most", .needed("x", "number|string"), gives: "x or less",
            example: .example("g.minutes:at_most(50):count()", "3")),
        comparison(
            "above", .needed("x", "number|string"), gives: "more than x",
            example: .example("g.minutes:above(50):count()", "2")),
        comparison(
            "below", .needed("x", "number|string"), gives: "less than x",
            example: .example("g.minutes:below(50):count()", "2")),
        .verb(
            .column, "between", .needed("low", "number|string"), .needed("high", "number|string"),
            result: .value(.mask), gives: "from low to high, both included",
            example: .example("g.minutes:between(45, 75):count()", "3")),
        .verb(
            .column, "top_box", .needed("k", "integer"),
            options: [
                .option(
                    "max", "number", "the best answer there is",
                    standard: "the codebook's upper end, or else the largest answer in all the data")
            ],
            result: .value(.mask), gives: "among the k best answers",
            example: .example("g.trust_1:top_box(2, { max = 6 }):share()", "0.6667")),
        .verb(
            .column, "valid", result: .value(.mask), gives: "there; never missing itself",
            example: .example("g.minutes:valid():share()", "0.8333")),
        .verb(
            .column, "missing", .optional("kind", "plumbline.Missing"), result: .value(.mask),
            gives: "missing, for any reason or for this kind; never missing itself",
            example: .example("g.minutes:missing():count()", "1")),
    ]

    private static func comparison(
        _ name: String, _ parameter: LanguageEntry.Parameter, gives: String, example: LanguageEntry.Example
    ) -> LanguageEntry {
        .verb(.column, name, parameter, result: .value(.mask), gives: gives, example: example)
    }

    /// Computing with whole columns.
    static let columnOperations: [LanguageEntry] = [
        .operation(
            .column, "a & b, a | b, a ~ b, ~a", signs: ["__band", "__bor", "__bxor", "__bnot"], result: .mask,
            gives: "and, or, one of the two, not, on masks (and on columns of 0 and 1)",
            example: .example("(g.role:is(\"coach\") & g.team:is(\"A\")):count()", "1")),
        .operation(
            .column, "a + b, a - b, a * b, a / b, a // b, a % b, a ^ b, -a",
            signs: ["__add", "__sub", "__mul", "__div", "__idiv", "__mod", "__pow", "__unm"], result: .column,
            gives: "row by row, on columns and numbers. `date - date` is days, `date + 7` a date",
            example: .example("((g.trust_1 + g.trust_2) / 2):mean()", "4.6")),
        .verb(
            .column, "per", .needed("unit", "plumbline.Column|string"),
            options: [
                .option(
                    "give", "\"mean\"|\"sum\"|\"count\"|\"min\"|\"max\"", "what is computed of the unit's valid values",
                    standard: "`\"mean\"`"),
                .option(
                    "least", "integer", "how many valid values a unit needs; else it has none",
                    standard: "one; for `count` none"),
            ],
            result: .value(.column),
            gives:
                "a column with one value for each unit (team, person, ...), in the first of its rows; the others are "
                + "`not_applicable`, so that each unit counts once",
            example: .example("g.minutes:per(\"team\"):mean()", "60")),
        .verb(
            .column, "gaps", .needed("unit", "plumbline.Column|string"), result: .value(.column),
            gives:
                "a column: how far each value lies from the one before it of the same unit; days between dates. The first "
                + "has none",
            example: .example("g.started:gaps(\"team\"):median()", "1")),
        .verb(
            .column, "fill", .needed("value", "number|boolean|plumbline.Column"), .optional("kind", "string"),
            result: .value(.column),
            gives:
                "the column with a number, or what another column has in that row, in place of missing values: of all, or "
                + "of one kind. For blanks that mean something: `g.ended:fill(days(g.as_of), \"skipped\")`",
            example: .example("g.minutes:fill(0):mean()", "48.33")),
        .verb(
            .column, "map", .needed("f", "fun(value: any): any"), result: .value(.column),
            gives: "a column of what `f` gives for each value that is there: a number, true or false, nil for missing; "
                + "needs row access",
            example: .example("g.minutes:map(function(m) return m / 60 end):mean()", "0.9667"), showsRows: true),
        .verb(
            .column, "values", result: .value(.unknown), gives: "the valid values as a list; needs row access",
            example: .example("#g.minutes:values()", "5"), showsRows: true),
    ]
}
