import LuaSyntax

extension MeasureLanguage {
    /// What a scale is worth, and whether raters and team members agree.
    static let reliability: [LanguageEntry] = [
        .verb(
            .group, "alpha", items, options: [missing, level] + itemOptions,
            details: [
                itemCount,
                .detail("standardized", "number", "alpha of the items' correlations"),
                .detail(
                    "standardized_rescaled", "number",
                    "the same of covariances over the items' own standard deviations: another number than `standardized` "
                        + "with pairwise missing answers only (R's psych::alpha)"),
                .detail("inter_item", "number", "the mean correlation between different items"),
                .detail("item_total", "table<string, number>", "by item, its correlation with the sum of all items"),
                .detail("item_rest", "table<string, number>", "by item, its correlation with the sum of the others"),
                .detail("alpha_if_deleted", "table<string, number>", "by item, alpha of the scale without it"),
                .detail("lambda2", "number", "Guttman's lambda 2, on covariances"),
                .detail("lambda6", "number", "Guttman's lambda 6, on correlations"),
                .detail("sd", "number", "the standard deviation of the sum of the items"),
                .detail("sem", "number", "the standard error of measurement of that sum, sd · √(1 − alpha)"),
            ],
            result: .value(.estimate),
            gives: "Cronbach's alpha of the items; n is the rows that answered every item (pairwise: any). Not cut off "
                + "below 0: there an item should have been reversed",
            interval: "Feldt (`feldt`); none with pairwise missing answers",
            formula: .formula(
                "k / (k − 1) · (1 − Σ item variances / variance of the sum); interval: 1 − (1 − alpha) · F quantiles on "
                    + "n − 1 and (n − 1)(k − 1)", "Cronbach 1951; Feldt, Woodruff and Salih 1987; Guttman 1945"),
            example: .example("g:alpha({ \"trust_1\", \"trust_2\" })", "0.8649")),
        .verb(
            .group, "omega", items,
            options: [
                .option(
                    "method", "\"ml\"|\"minres\"",
                    "how one factor is fitted: `\"ml\"` on covariances, or `\"minres\"` on correlations, which is omega of "
                        + "standardized items", standard: "`\"ml\"`"),
                missing,
            ] + itemOptions,
            details: [itemCount], result: .value(.estimate),
            gives: "McDonald's omega of the items for one factor; needs three items",
            formula: .formula("(Σ loadings)² / ((Σ loadings)² + Σ unique variances)", "McDonald 1999"),
            example: .example("g:omega({ \"trust_1\", \"trust_2\", \"trust_3\" }, { reverse = {} })")),
        .verb(
            .group, "split_half", items,
            options: [
                .option(
                    "half", "string[]", "the items of the first half; the rest is the second",
                    standard: "every other item, beginning with the first"),
                missing,
            ] + itemOptions,
            details: [
                .detail("r", "number", "the correlation of the two"),
                .detail("guttman", "number", "Guttman's lambda 4 of this split (Flanagan, Rulon)"),
                itemCount,
            ],
            result: .value(.estimate), gives: "the reliability of the whole from the sums of two halves",
            formula: .formula(
                "Spearman and Brown's 2 r / (1 + r); guttman: 2 · (1 − the halves' variances / variance of the sum)",
                "Spearman 1910; Brown 1910; Rulon 1939"),
            example: .example("g:split_half({ \"trust_1\", \"trust_2\" })", "0.8792")),
        .verb(
            .group, "rasch", .needed("items", "table<string, number|number[]>|plumbline.Group"),
            options: [
                answered,
                .option(
                    "method", "\"wle\"|\"mle\"",
                    "`\"wle\"`, Warm's weighted likelihood, or `\"mle\"`, which has no finite answer for the lowest and the "
                        + "highest score", standard: "`\"wle\"`"),
                .option(
                    "of", "\"measure\"|\"se\"|\"raw\"",
                    "the measure, its standard error, or the number of steps taken", standard: "`\"measure\"`"),
            ] + itemOptions,
            result: .value(.column),
            gives:
                "a column: for each row its measure in logits, from items whose difficulties are known. `items` names "
                + "each item's difficulty, or lists one for each step from its lowest answer (of its `range`, or else 0); or "
                + "it is the rows of a dataset with the columns `item`, `difficulty` and, for items of several steps, `step`",
            formula: .formula(
                "P(x) ∝ exp Σ (measure − difficulty) over the steps taken (partial credit); se = 1 / √information",
                "Rasch 1960; Masters 1982; Warm 1989"),
            example: .example(
                "g:rasch({ trust_1 = { -2, -1, 0, 1, 2 }, trust_2 = { -2, -1, 0, 1, 2 } }, { range = { 1, 6 } }):mean()",
                "1.3197")),
        .verb(
            .group, "rwg", items,
            options: [
                by("teams: the estimate is then the mean over those that have it"),
                .option(
                    "categories", "integer", "how many answers there are to choose from", standard: "those of the range"
                ),
                .option(
                    "random_variance", "number", "the variance of answers at random, for another null than the uniform",
                    standard: "(categories² − 1) / 12"),
                .option("cut", "number", "the agreement from which on a team counts in `share`", standard: "`0.7`"),
            ] + itemOptions,
            details: teamDetails + [.detail("share", "number", "the share of teams that reach `cut`")],
            result: .value(.estimate),
            gives:
                "how far the rows, as members of one team, agree on the items; of one item rwg, of several rwg(j). Each "
                + "item needs two answers; a team whose answers vary more than at random has 0",
            formula: .formula(
                "j(1 − v) / (j(1 − v) + v), v the mean item variance over that of answers at random",
                "James, Demaree and Wolf 1984"),
            example: .example("g:rwg({ \"trust_1\", \"trust_2\" }, { by = \"team\", range = { 1, 6 } })", "0.7818")),
        .verb(
            .group, "average_deviation", items,
            options: [by("teams: the estimate is then the mean over those that have it")] + itemOptions,
            details: teamDetails, result: .value(.estimate),
            gives:
                "how far answers lie from their item's mean, on average over the items: agreement in the items' units",
            formula: .formula(
                "the mean of |answer − mean of the item|, averaged over the items", "Burke, Finkelstein and Dusig 1999"),
            example: .example("g:average_deviation({ \"trust_1\", \"trust_2\" }, { by = \"team\" })", "0.7361")),
        .verb(
            .group, "icc", .needed("raters", "string[]"),
            options: [
                .option(
                    "model", "\"random\"|\"fixed\"|\"one_way\"",
                    "`\"random\"`: the raters are a sample, ICC(2); `\"fixed\"`: these raters only, ICC(3); `\"one_way\"`: each "
                        + "row has raters of its own, ICC(1)", standard: "`\"random\"`"),
                .option(
                    "unit", "\"single\"|\"average\"", "whose judgement: that of one rater, or the mean of all",
                    standard: "`\"single\"`"),
                level,
            ],
            details: [.detail("raters", "number", "how many columns of judgements")], result: .value(.estimate),
            gives:
                "the intraclass correlation of judgements; a column per rater, a row per thing judged; rows that a rater "
                + "left out do not count",
            interval: "F distribution (`mean_squares`), for `random` with Satterthwaite's degrees of freedom",
            formula: .formula(
                "one_way: (MSB − MSW) / (MSB + (k − 1)MSW); random: (MSB − MSE) / (MSB + (k − 1)MSE + k(MSJ − MSE)/n); fixed: "
                    + "(MSB − MSE) / (MSB + (k − 1)MSE)", "Shrout and Fleiss 1979"),
            example: .example("g:icc({ \"trust_1\", \"trust_2\" }, { model = \"fixed\" })", "0.7619")),
        .verb(
            .group, "krippendorff", .needed("raters", "string[]"),
            options: [
                .option(
                    "scale", "\"nominal\"|\"ordinal\"|\"interval\"|\"ratio\"",
                    "what the judgements are; texts are `nominal`", standard: "`\"nominal\"`")
            ],
            details: [
                .detail("judgements", "number", "how many judgements of things that two or more judged"),
                .detail("raters", "number", "how many columns of judgements"),
            ],
            result: .value(.estimate),
            gives:
                "Krippendorff's alpha of raters, who may have left things out; n is the rows that at least two judged",
            formula: .formula("1 − observed / expected disagreement", "Krippendorff 2013"),
            example: .example("g:krippendorff({ \"trust_1\", \"trust_2\" }, { scale = \"ordinal\" })")),
        .verb(
            .column, "kappa", .needed("other", "plumbline.Column|string"),
            options: [
                .option(
                    "weights", "\"none\"|\"linear\"|\"squared\"", "how much a near miss counts",
                    standard: "`\"none\"`, Cohen's kappa"),
                .option(
                    "categories", "table",
                    "all categories in their order, for weights: of texts, and where some were not used",
                    standard: "those in use, numbers in their order"),
                level,
            ],
            details: [
                .detail("agreement", "number", "the share of rows judged alike; with weights their mean weight"),
                .detail("se", "number", "the standard error"),
            ],
            result: .value(.estimate), gives: "kappa, the agreement of two raters beyond chance",
            interval: "normal (`wald`)",
            formula: .formula(
                "(agreement − expected) / (1 − expected); se for large samples",
                "Cohen 1960 and 1968; Fleiss, Cohen and Everitt 1969"),
            example: .example("g.trust_1:kappa(\"trust_2\")")),
        .verb(
            .column, "agreement", .needed("other", "plumbline.Column|string"), result: .value(.estimate),
            gives: "the share of rows in which both columns say the same", interval: "Wilson (`wilson`)",
            formula: .formula("rows judged alike / rows that both judged; interval as of `share`"),
            example: .example("g.trust_1:agreement(\"trust_2\")", "0.6")),
    ]

    private static let items = LanguageEntry.Parameter.needed("items", "string[]|string")
    private static let itemCount = LanguageEntry.Detail.detail("items", "number", "how many items")

    private static let teamDetails: [LanguageEntry.Detail] = [
        itemCount,
        .detail("teams", "number", "with `by`: how many teams have it"),
        .detail("median", "number", "the median over teams"),
    ]

    /// The option that splits rows by a column.
    private static func by(_ about: String) -> LanguageEntry.Option {
        .option("by", "plumbline.Column|string", "a column of \(about)", standard: "all rows are one")
    }

    private static let missing = LanguageEntry.Option.option(
        "missing", "\"listwise\"|\"pairwise\"",
        "`\"listwise\"`: only rows that answered every item; `\"pairwise\"`: each pair of items with all who answered both",
        standard: "`\"listwise\"`")

    /// The share of items that must be answered.
    private static let answered = LanguageEntry.Option.option(
        "answered", "number", "the share of the items that a row must answer (0 to 1)", standard: "one item")

    /// How answers are read.
    private static let itemOptions: [LanguageEntry.Option] = [
        .option("reverse", "string[]", "a list of the reversed items", standard: "the codebook's"),
        .option("range", "number[]", "`{ lowest, highest }` of all items", standard: "the codebook's"),
    ]
}
