import LuaSyntax

extension MeasureLanguage {
    /// What a column's values are like: spread, shape, robust and resampled estimates.
    static let distributions: [LanguageEntry] = spread + robust + shape + resampling + weightedSpread

    private static let spread: [LanguageEntry] = [
        .verb(
            .column, "iqr",
            options: [
                .option(
                    "type", "integer", "which of Hyndman and Fan's nine types of quantiles",
                    standard: "`7`, that of R and of Excel")
            ], result: .value(.estimate), gives: "the interquartile range",
            formula: .formula("the quantile at 3/4 less that at 1/4", "Hyndman and Fan 1996"),
            example: .example("g.minutes:iqr()", "30")),
        .verb(
            .column, "mad",
            options: [
                .option(
                    "constant", "number", "what it is multiplied by; `1` for the plain deviation",
                    standard: "`1.4826`, so that it estimates the standard deviation of normal values")
            ], result: .value(.estimate), gives: "the median absolute deviation from the median",
            formula: .formula("constant · median |x − median|", "Hampel 1974"),
            example: .example("g.minutes:mad()", "29.652")),
        .verb(
            .column, "cv", result: .value(.estimate),
            gives: "the coefficient of variation; needs two values and a mean other than 0",
            formula: .formula("s / mean, with the standard deviation s over n − 1"),
            example: .example("g.minutes:cv()", "0.4162")),
        .verb(
            .column, "five_numbers",
            details: [
                .detail("minimum", "number", "the lowest value"),
                .detail("lower_hinge", "number", "the median of the lower half"),
                .detail("upper_hinge", "number", "the median of the upper half"),
                .detail("maximum", "number", "the highest value"),
            ], result: .value(.estimate),
            gives:
                "Tukey's five numbers: the median, with hinges and ends. As it shows the lowest and the highest value, "
                + "it rests on those who have them; use `quantile` where that hides too much",
            formula: .formula("halves include the median where n is odd", "Tukey 1977"),
            example: .example("g.minutes:five_numbers().upper_hinge", "75")),
    ]

    private static let robust: [LanguageEntry] = [
        .verb(
            .column, "trimmed_mean", .needed("share", "number"), options: [level],
            details: [
                .detail("se", "number", "the standard error; of a trimmed mean Yuen's"),
                .detail("df", "number", "degrees of freedom; of a trimmed mean the values that stay, less 1"),
            ], result: .value(.estimate),
            gives: "the mean without this share of the values at each end, from 0 to below 0.5",
            interval: "Student's t on Yuen's standard error (`yuen`)",
            formula: .formula(
                "⌊n · share⌋ values dropped at each end; se = winsorized sd / ((1 − 2 share) √n)", "Yuen 1974"),
            example: .example("g.minutes:trimmed_mean(0.2)", "56.67")),
        .verb(
            .column, "winsorized_mean", .needed("share", "number"),
            details: [.detail("sd", "number", "the standard deviation; of a winsorized mean the winsorized one")],
            result: .value(.estimate),
            gives: "the mean after replacing this share of the values at each end with the outermost that stays",
            formula: .formula("⌊n · share⌋ values replaced at each end", "Tukey and McLaughlin 1963"),
            example: .example("g.minutes:winsorized_mean(0.2)", "58")),
        .verb(
            .column, "geometric_mean", options: [level], result: .value(.estimate),
            gives: "the geometric mean; needs values above 0", interval: "Student's t of the logarithms (`log_t`)",
            formula: .formula("exp(mean of log x); interval: exp(t interval of log x)"),
            example: .example("g.minutes:geometric_mean()", "53.9")),
    ]

    private static let shape: [LanguageEntry] = [
        .verb(
            .column, "skewness",
            options: [
                .option(
                    "type", "integer", "`1`: g1 = m3 / m2^(3/2); `2`: G1 = g1 √(n(n − 1)) / (n − 2); `3`: b1 = m3 / s³",
                    standard: "`2`, that of SAS, SPSS and Excel")
            ], result: .value(.estimate), gives: "the skewness; needs values that differ, type 2 at least three",
            formula: .formula("moments m about the mean over n, s over n − 1", "Joanes and Gill 1998"),
            example: .example("g.minutes:skewness()", "0.3859")),
        .verb(
            .column, "kurtosis",
            options: [
                .option(
                    "type", "integer",
                    "`1`: g2 = m4 / m2² − 3; `2`: G2 = (n − 1)((n + 1) g2 + 6) / ((n − 2)(n − 3)); `3`: b2 = m4 / s⁴ − 3",
                    standard: "`2`, that of SAS, SPSS and Excel")
            ], result: .value(.estimate),
            gives: "the kurtosis in excess of a normal distribution's; needs values that differ, type 2 at least four",
            formula: .formula("moments m about the mean over n, s over n − 1", "Joanes and Gill 1998"),
            example: .example("g.minutes:kurtosis()", "-1.445")),
        .verb(
            .column, "autocorrelation",
            options: [
                .option(
                    "order", "plumbline.Column|string", "a column to put the rows in order by, for instance their date",
                    standard: "the order of the rows in the data")
            ], result: .value(.estimate),
            gives: "the autocorrelation at lag 1; the neighbours of a missing value are not neighbours",
            formula: .formula("Σ (x[i] − mean)(x[i+1] − mean) / Σ (x[i] − mean)²", "NIST StRD"),
            example: .example("g.minutes:autocorrelation{ order = \"started\" }", "-0.409")),
    ]

    private static let resampling: [LanguageEntry] = [
        .verb(
            .column, "jackknife", options: [statistic],
            details: [
                .detail("se", "number", "the standard error"),
                .detail("bias", "number", "by how much the statistic is off on average"),
                .detail("acceleration", "number", "how fast the standard error changes with the statistic"),
                .perRow("replicates", "the statistic without the first valid value, without the second and so on"),
            ], result: .value(.estimate), gives: "the statistic, with its error from leaving out each value in turn",
            formula: .formula(
                "se = √((n − 1)/n Σ (r − mean r)²); bias = (n − 1)(mean r − value); acceleration = Σ L³ / (6 (Σ L²)^1.5), "
                    + "L = mean r − r", "Efron and Tibshirani 1993"),
            example: .example("g.minutes:jackknife{ statistic = \"median\" }.se", "14")),
        .verb(
            .column, "bootstrap",
            options: [
                statistic,
                .option(
                    "method", "string",
                    "how the interval is made: `\"bca\"` (bias-corrected and accelerated), `\"percentile\"`, `\"basic\"`",
                    standard: "`\"bca\"`"),
                .option("resamples", "integer", "how many resamples are drawn, from 2 to 10,000", standard: "`1999`"),
                .option(
                    "seed", "integer",
                    "where the generator begins (SplitMix64 on the sorted values); the same seed gives the "
                        + "same resamples on every run and machine, whatever the order of rows", standard: "`1`"),
                .option(
                    "draws", "plumbline.Column[]",
                    "resamples of your own: a column for each place in a resample, a row for each resample, in it the "
                        + "numbers of valid values from 1; needs row access", standard: "they are drawn"),
                level,
            ],
            details: [
                .detail("se", "number", "the standard error"),
                .detail("bias", "number", "by how much the statistic is off on average"),
                .detail("bias_correction", "number", "BCa's z0, the normal deviate of the share of resamples below"),
                .detail(
                    "acceleration", "number",
                    "how fast the standard error changes with the statistic; of `bca`, as the next two"),
                .detail("level_low", "number", "the probability at which BCa takes its lower quantile"),
                .detail("level_high", "number", "the probability at which BCa takes its upper quantile"),
            ], result: .value(.estimate), gives: "the statistic, with an interval and an error from resamples",
            interval:
                "`bootstrap_bca`, `bootstrap_percentile` or `bootstrap_basic`; quantiles of type 6; none where an end "
                + "would be the smallest or largest value of few",
            formula: .formula(
                "bca: quantiles at Φ(z0 + (z0 ± z)/(1 − a(z0 ± z))); basic: twice the value less the opposite quantile; z0 "
                    + "counts ties half, a by the jackknife", "Efron 1987; Davison and Hinkley 1997"),
            example: .example("g.minutes:bootstrap{ statistic = \"mean\" }", "58")),
    ]

    private static let weightedSpread: [LanguageEntry] = [
        .verb(
            .weighted, "sd",
            options: [
                .option(
                    "weights", "string",
                    "what the weights say: `\"reliability\"` (how much a row is worth, divided by Σw − Σw²/Σw), "
                        + "`\"frequency\"` (how often it occurs, Σw − 1), `\"population\"` (its share, Σw)",
                    standard: "`\"reliability\"`")
            ], result: .value(.estimate), gives: "the weighted standard deviation",
            formula: .formula("√(Σ w (x − weighted mean)² / divisor)"),
            example: .example("g.trust_1:weighted{ by = g.weight }:sd()", "0.9692")),
        .verb(
            .weighted, "median", options: [weightedRule], result: .value(.estimate), gives: "the weighted median",
            formula: .formula("the weighted quantile of ½"),
            example: .example("g.trust_1:weighted{ by = g.weight }:median()", "5")),
        .verb(
            .weighted, "quantile", .needed("p", "number"), options: [weightedRule], result: .value(.estimate),
            gives: "the value below which the share p of the weight lies; rows of weight 0 are left out",
            formula: .formula(
                "inverse: the smallest x with a share of the weight ≥ p at or below it; interpolated: weights scaled to sum "
                    + "to n, then type 7 on the repeated values", "R's survey; Hmisc"),
            example: .example("g.trust_1:weighted{ by = g.weight }:quantile(0.9)", "6")),
    ]

    private static let weightedRule = LanguageEntry.Option.option(
        "rule", "string", "`\"inverse\"` (of the weighted distribution function) or `\"interpolated\"`",
        standard: "`\"inverse\"`")

    private static let statistic = LanguageEntry.Option.option(
        "statistic", "string",
        "`\"mean\"`, `\"median\"`, `\"sd\"`, `\"cv\"`, `\"iqr\"`, `\"mad\"`, `\"geometric_mean\"` or `\"skewness\"`",
        standard: "`\"mean\"`")

    /// The level of an interval.
    static let level = LanguageEntry.Option.option(
        "level", "number", "the interval's level, above 0 and below 1", standard: "`0.95`")
}
