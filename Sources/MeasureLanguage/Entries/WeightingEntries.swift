import LuaSyntax

extension MeasureLanguage {
    /// Proportions, rates and weighted surveys.
    static let weighting: [LanguageEntry] =
        proportions + comparisonsOfEstimates + responses + designs + weightAdjustments

    private static let independent = LanguageEntry.Option.option(
        "independent", "boolean",
        "whether different persons are behind both: counts do not show it, and no interval is claimed without",
        standard: "what the rows show")

    /// Shares and rates of data that come as counts.
    private static let proportions: [LanguageEntry] = [
        .function(
            "proportion", .needed("a", "plumbline.Estimate|number"), .needed("b", "plumbline.Estimate|number"),
            options: [
                .option("method", "string", "the interval, as of `share`", standard: "`\"wilson\"`"), level,
            ], result: .estimate,
            gives: "a counted out of b, for data that come as counts (whole numbers, a not above b); n is b",
            interval: "Wilson (`wilson`), or one of those of `share`; of a single case only where `method` asks for it",
            formula: .formula(
                "a / b; `clopper_pearson` by beta quantiles, `jeffreys` with 0 and 1 kept at the ends, `agresti_coull` and "
                    + "`wald` not cut off",
                "Wilson 1927; Newcombe 1998; Clopper and Pearson 1934; Brown, Cai and DasGupta 2001"),
            example: .example("proportion(g.role:is(\"coach\"):count(), g.role:count())", "0.3333")),
        .function(
            "rate", .needed("events", "plumbline.Estimate|number"), .needed("exposure", "plumbline.Estimate|number"),
            options: [level], result: .estimate,
            gives: "events per unit of exposure (days, pupils, visits), with numerator and denominator",
            interval: "Garwood's exact interval of a Poisson rate (`garwood`)",
            formula: .formula(
                "x / t; limits are quantiles of gamma distributions of shape x and x + 1, by t", "Garwood 1936"),
            example: .example("rate(g.minutes:above(50):count(), g.minutes:sum())", "0.006897")),
        .verb(
            .column, "net_share", .needed("k", "integer"),
            options: [
                .option("bottom", "integer", "how many of the worst answers count", standard: "`k`"),
                .option("max", "number", "the best answer there is", standard: "as of `top_box`"),
                .option(
                    "min", "number", "the worst answer there is",
                    standard: "the codebook's lower end, or else the smallest answer in all the data"), level,
            ],
            details: [
                .detail("top", "number", "the share of the k best answers"),
                .detail("bottom", "number", "the share of the worst answers"),
            ],
            result: .value(.estimate), gives: "the share of the k best answers less that of the worst ones",
            interval: "normal (`wald`)",
            formula: .formula("p − q; variance (p + q − (p − q)²) / n", "Agresti 2013"),
            example: .example("g.trust_1:net_share(2, { max = 6, min = 1 })", "0.6667")),
    ]

    /// Two estimates compared.
    private static let comparisonsOfEstimates: [LanguageEntry] = [
        .function(
            "difference", .needed("a", "plumbline.Estimate"), .needed("b", "plumbline.Estimate"),
            options: [
                .option(
                    "method", "string",
                    "the interval of two shares: `\"newcombe\"`, `\"newcombe_cc\"` (with continuity correction) or `\"wald\"`",
                    standard: "`\"newcombe\"`"),
                level, independent,
                .option(
                    "test", "string",
                    "of two shares, whose `p`: `\"chi_squared\"` (not corrected) or `\"fisher\"` (exact)",
                    standard: "`\"chi_squared\"`"),
            ],
            details: [
                .detail("p", "number", "how likely such a difference or a larger one is, were there none"),
                .detail("t", "number", "of two means, Welch's t"),
                .detail("df", "number", "the degrees of freedom"),
                .detail("se", "number", "the standard error"),
                .detail("chi_squared", "number", "of two shares, Pearson's statistic"),
                .detail("cohens_h", "number", "of two shares, 2 asin √a − 2 asin √b"),
            ], result: .estimate, gives: "a less b (also written `a - b`)",
            interval:
                "two means of different persons: Welch (`welch`); two shares: Newcombe (`newcombe`); two rates: normal "
                + "(`wald`); none where a person is behind both",
            formula: .formula(
                "interval of two means by Welch's t; of two shares by Newcombe's method 10 (`newcombe_cc`: 11); of two rates "
                    + "by the variance x/t²", "Welch 1947; Newcombe 1998"),
            example: .example(
                "difference(g:where(g.team:is(\"A\")).trust_1:mean(), g:where(g.team:is(\"B\")).trust_1:mean())",
                "0.6667")),
        .function(
            "risk_ratio", .needed("a", "plumbline.Estimate"), .needed("b", "plumbline.Estimate"),
            options: [level, independent], result: .estimate, gives: "one share by another, as of a risk",
            interval: "on the logarithmic scale (`katz`); none where a side has no yes",
            formula: .formula("a / b; variance of the logarithm 1/x₁ − 1/n₁ + 1/x₂ − 1/n₂", "Katz 1978"),
            example: .example("risk_ratio(proportion(56, 70), proportion(48, 80), { independent = true })", "1.333")),
        .function(
            "odds_ratio", .needed("a", "plumbline.Estimate"), .needed("b", "plumbline.Estimate"),
            options: [level, independent], result: .estimate, gives: "the odds of one share by those of another",
            interval: "on the logarithmic scale (`woolf`); none where a cell is empty",
            formula: .formula("variance of the logarithm: the sum of 1 / cell over the four cells", "Woolf 1955"),
            example: .example("odds_ratio(proportion(56, 70), proportion(48, 80), { independent = true })", "2.667")),
        .function(
            "rate_ratio", .needed("a", "plumbline.Estimate"), .needed("b", "plumbline.Estimate"),
            options: [
                .option("method", "string", "the interval: `\"log\"` or `\"exact\"`", standard: "`\"log\"`"), level,
                independent,
            ], result: .estimate, gives: "one rate by another",
            interval:
                "on the logarithmic scale (`rate_ratio_log`), or exact given the sum of events (`rate_ratio_exact`)",
            formula: .formula("a / b; variance of the logarithm 1/x₁ + 1/x₂", "Rothman and Greenland 1998"),
            example: .example("rate_ratio(rate(17, 482), rate(9, 510), { independent = true })", "1.999")),
    ]

    /// Who answered.
    private static let responses: [LanguageEntry] = [
        .function(
            "outcome_rate", .needed("name", "string"), .needed("counts", "table<string, plumbline.Estimate|number>"),
            options: [
                .option(
                    "e", "number", "the share of the cases of unknown eligibility that is eligible",
                    standard: "that among the cases of known eligibility (CASRO)")
            ],
            details: [
                .detail("eligible_share", "number", "the share of eligible cases among those of known eligibility")
            ], result: .estimate,
            gives:
                "a survey's outcome rate `RR1` to `RR6`, `COOP1` to `COOP4`, `REF1` to `REF3` or `CON1` to `CON3` from the "
                + "numbers of interviews `I`, partial ones `P`, refusals `R`, noncontacts `NC`, others `O`, unknown "
                + "households `UH`, unknown others `UO` and `ineligible`",
            formula: .formula("as in the Standard Definitions; RR1 is I / (I + P + R + NC + O + UH + UO)", "AAPOR"),
            example: .example(
                "outcome_rate(\"RR1\", { I = 812, P = 64, R = 203, NC = 148, O = 37, UH = 210, UO = 45 })", "0.5346")),
        .function(
            "nonresponse_bounds", .needed("mean", "plumbline.Estimate"), .needed("rate", "plumbline.Estimate|number"),
            options: [
                .option("range", "number[]", "`{ lowest, highest }` of the scale", standard: "`{ 0, 1 }`, of a share")
            ],
            result: .estimate,
            gives:
                "the mean or share of those who answered; its ends are what it would be over everybody, had all others been "
                + "at one end of the scale or at the other",
            interval: "no interval of chance: worst cases (`nonresponse_bounds`, without a level)",
            formula: .formula("rate · mean + (1 − rate) · end", "Manski 1995"),
            example: .example(
                "nonresponse_bounds(g.trust_3:mean(), g.trust_3:valid():share(), { range = { 1, 6 } })", "2.8")),
    ]
}
