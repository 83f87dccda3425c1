import LuaSyntax

extension MeasureLanguage {
    /// What lies between sites.
    static let sites: [LanguageEntry] = [
        .verb(
            .column, "anova", sitesColumn,
            details: [
                .detail("p", "number", "the probability of such a value or a larger one, were there no difference"),
                .detail("df_between", "number", "sites less one"), .detail("df_within", "number", "values less sites"),
                .detail("ss_between", "number", "Σ n(site mean − grand mean)²"),
                .detail("ss_within", "number", "Σ(value − site mean)²"),
                .detail("ms_between", "number", "ss_between / df_between"),
                .detail("ms_within", "number", "ss_within / df_within"), sdWithin,
                .detail("eta_squared", "number", "the share of the sum of squares that lies between sites, R²"),
                .detail("omega_squared", "number", "the same less what chance adds to it (Hays)"),
                .detail("grand_mean", "number", "the mean of all values"), siteCount, meanSize,
            ],
            result: .value(.estimate), gives: "F of the one-way analysis of variance of the values by site",
            formula: .formula("ms_between / ms_within"), example: .example("g.minutes:anova(\"team\")", "0.7784")),
        .verb(
            .column, "icc", sitesColumn,
            options: [
                .option(
                    "method", "\"anova\"|\"reml\"|\"ml\"", "mean squares, or a random-intercept model",
                    standard: "`\"anova\"`"),
                .option(
                    "size", "\"n0\"|\"mean\"",
                    "the size that stands for unequal sites: `\"n0\"`, (N − Σn²/N) / (k − 1), or `\"mean\"` (R's "
                        + "multilevel::ICC1), which has no interval", standard: "`\"n0\"`"),
                covariates, level,
            ],
            details: [
                .detail("icc2", "number", "ICC(2), the reliability of a site's mean: (MSB − MSW) / MSB"),
                .detail(
                    "design_effect", "number",
                    "how much larger the variance of the mean is for sites: 1 + (N/k − 1) · ICC"),
                siteCount, meanSize,
            ] + modelDetails,
            result: .value(.estimate),
            gives: "ICC(1), the share of the variance that lies between sites or teams. Not cut off below 0",
            interval: "F distribution (`mean_squares`), exact for sites of one size; none for models",
            formula: .formula(
                "(MSB − MSW) / (MSB + (n − 1)MSW); of a model τ² / (τ² + σ²)", "Shrout and Fleiss 1979; Searle 1971"),
            example: .example("g.minutes:icc(\"team\")", "-0.1017")),
        .verb(
            .column, "variance_components", sitesColumn, options: [method, covariates], details: modelDetails,
            result: .value(.estimate), gives: "the variance between sites, with what lies within them beside it",
            formula: .formula(
                "values = intercept + covariates + site + rest, fitted by restricted maximum likelihood; `\"anova\"`: (MSB − "
                    + "MSW) / n0, which may be negative", "Harville 1977; Searle, Casella and McCulloch 1992"),
            example: .example("g.minutes:variance_components(\"team\", { method = \"anova\" })", "-56.94")),
        .verb(
            .column, "between_sd", sitesColumn, options: [method, covariates], details: modelDetails,
            result: .value(.estimate),
            gives: "the standard deviation between sites, in the units of the values, without what chance adds",
            formula: .formula("the square root of the variance between sites"),
            example: .example("g.minutes:between_sd(\"team\")", "0")),
        .verb(
            .column, "site_estimates", sitesColumn,
            options: [
                .option("method", "\"reml\"|\"ml\"", "how variances are estimated", standard: "`\"reml\"`"), covariates,
                least,
                level,
            ],
            details: [
                .detail("observed", "number", "the mean of the site's own values"),
                .detail("shrinkage", "number", "the share of its distance that is kept: τ² / (τ² + σ²/n)"),
                .detail("effect", "number", "the distance kept"),
                .detail("se", "number", "the standard error"),
                .detail("center", "number", "the value of an average site"), side,
            ],
            result: .value(.unknown),
            gives:
                "a table with an estimate for each site under its name: its mean, drawn towards the average of all sites "
                + "by as much as it may owe to chance. To return it is to publish a part for each site",
            interval: "estimate ± z · se (`shrunken`), the variances taken as known",
            formula: .formula("center + shrinkage · (observed − expected); se = √(τ²(1 − shrinkage))", "Robinson 1991"),
            example: .example("g.minutes:site_estimates(\"team\").A", "58")),
        .verb(
            .column, "funnel", sitesColumn,
            options: [
                trials, target,
                .option(
                    "method", "\"exact\"|\"normal\"",
                    "binomial quantiles with interpolation, or target ± z√(target(1 − target)/n)",
                    standard: "`\"exact\"`"), least, level,
            ],
            details: [
                .detail("lower", "number", "the lower limit"), .detail("upper", "number", "the upper limit"), side,
                .detail("z", "number", "how many standard errors it lies from the target"),
                .detail("target", "number", "the share that every site would have were there only chance"),
            ],
            result: .value(.unknown),
            gives:
                "a table with an estimate for each site under its name: its share of yes, with the limits of a funnel plot "
                + "about the target",
            interval: "Wilson's, of the site's own share",
            formula: .formula("the limits between which chance keeps a site of that size", "Spiegelhalter 2005"),
            example: .example("g.minutes:above(50):funnel(\"team\").A.upper", "0.8698")),
        .verb(
            .column, "overdispersion", sitesColumn,
            options: [
                trials, target,
                .option("winsorize", "number", "the share of sites drawn in at each end", standard: "`0.1`"),
            ],
            details: [
                .detail("chi_squared", "number", "the sum of the squared deviates"),
                .detail("df", "number", "the degrees of freedom"),
                .detail("p", "number", "the probability of such a value or a larger one, were there no difference"),
                .detail("target", "number", "the share that every site would have were there only chance"), siteCount,
            ],
            result: .value(.estimate),
            gives: "φ, by how much the shares of sites differ beyond chance: 1 where they do not",
            formula: .formula(
                "the mean of the squared deviates from the target, the outer ones drawn in", "Spiegelhalter 2005"),
            example: .example("g.minutes:above(50):overdispersion(\"team\")", "0.0447")),
        .verb(
            .column, "gini",
            options: [
                .option("sample", "boolean", "whether the amounts are a sample: n / (n − 1) times", standard: "`false`")
            ],
            result: .value(.estimate),
            gives: "the Gini coefficient of amounts: 0 where all are equal, towards 1 where one has "
                + "everything",
            formula: .formula("Σ(2i − n − 1)x(i) / (n Σx) over the sorted amounts", "Dagum 1983"),
            example: .example("g.minutes:gini()", "0.2069")),
        .verb(
            .column, "theil",
            options: [
                .option(
                    "index", "\"T\"|\"L\"|\"GE2\"",
                    "Theil's T, Theil's L (mean logarithmic deviation), or half the squared coefficient of variation",
                    standard: "`\"T\"`"),
                .option(
                    "by", "plumbline.Column|string",
                    "a column of groups, to tell what lies between them from what lies within",
                    standard: "one group"),
            ],
            details: [
                .detail("between", "number", "the part between the groups' means"),
                .detail("within", "number", "the part within groups"),
                .detail("share_between", "number", "the part between groups as a share of the whole"),
            ],
            result: .value(.estimate),
            gives: "the inequality of amounts, in parts that add up; L needs amounts above 0",
            formula: .formula(
                "the mean of r ln r (T), −ln r (L), (r² − 1)/2 (GE2), r = amount / mean", "Shorrocks 1980"),
            example: .example("g.minutes:theil{ by = \"team\" }", "0.0697")),
    ]

    private static let sitesColumn = LanguageEntry.Parameter.needed("sites", "plumbline.Column|string")
    private static let siteCount = LanguageEntry.Detail.detail("sites", "number", "how many sites have values")
    private static let sdWithin = LanguageEntry.Detail.detail(
        "sd_within", "number", "the standard deviation within sites")
    private static let meanSize = LanguageEntry.Detail.detail("n0", "number", "the size that stands for unequal sites")
    private static let side = LanguageEntry.Detail.detail(
        "side", "number", "1 above, −1 below, 0 within what chance allows")

    private static let method = LanguageEntry.Option.option(
        "method", "\"reml\"|\"ml\"|\"anova\"", "how variances are estimated", standard: "`\"reml\"`")
    private static let covariates = LanguageEntry.Option.option(
        "covariates", "string[]", "columns that a model takes into account, at most 20", standard: "none")
    private static let least = LanguageEntry.Option.option(
        "least", "integer", "how many rows a site needs to be in the table; all count in what is computed",
        standard: "`1`")
    private static let trials = LanguageEntry.Option.option(
        "trials", "plumbline.Column|string", "a column of trials, where the column holds counts of successes",
        standard: "the column is yes or no for each row")
    private static let target = LanguageEntry.Option.option(
        "target", "number", "the share that limits lie about", standard: "that of all sites together")

    private static let modelDetails: [LanguageEntry.Detail] = [
        .detail("between", "number", "the variance between sites, τ²"),
        .detail("within", "number", "the variance within sites, σ²"), sdWithin,
        .detail("icc", "number", "the share of the variance that lies between sites"),
        .detail("coefficients", "table<string, number>", "`intercept`, and a slope for each covariate under its name"),
        .detail("standard_errors", "table<string, number>", "their standard errors"),
        .detail("log_likelihood", "number", "the logarithm of the (restricted) likelihood"),
        .detail("reliability", "number", "the mean of the sites' shrinkage"), siteCount,
    ]
}
