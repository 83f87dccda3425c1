import LuaSyntax

extension MeasureLanguage {
    /// Values in time order: run charts and control charts.
    static let charts: [LanguageEntry] = [
        .verb(
            .column, "run_chart", options: chartOptions,
            details: runDetails + signalDetails + [pointDetails[0], phaseDetail], result: .value(.estimate),
            gives:
                "the median of values in time order, the centre line of a run chart, with the runs about it. Points are the "
                + "rows in their order, or the means of subgroups; n is the rows that set it",
            formula: .formula(
                "median of the baseline; signals: longest run > round(log2 useful) + 3, crossings < the 5 % quantile of "
                    + "Binomial(useful − 1, ½)", "Perla, Provost and Murray 2011; Anhøj and Olesen 2014"),
            example: .example("g.minutes:run_chart()", "50")),
        .verb(
            .column, "control_chart", options: controlOptions + chartOptions,
            details: limitDetails + runDetails + signalDetails + rangeDetails + subgroupDetails + pointDetails
                + [phaseDetail], result: .value(.estimate),
            gives:
                "the centre line of a control chart of values in time order, with σ, limits, runs and signals. Points are "
                + "the rows in their order, or subgroups; n is the rows that set it. A chart has at most 10,000 points",
            formula: .formula(
                "limits: centre ± 3σ, never beyond what is possible. σ of xmr: mean moving range / d2; p: √(p(1 − p) / n); "
                    + "u: √(u / n); p_prime and u_prime: that times the mean moving range of z / d2; c: √c; g: √(m(m + 1)); "
                    + "t: as xmr on x^(1/3.6); xbar_s: mean s / (c4 √n), pooled s where sizes differ; xbar_r: mean R / "
                    + "(d2 √n). Constants are exact, not those of printed tables",
                "Shewhart 1931; Montgomery; Laney 2002; Benneyan 2001; Nelson 1994"),
            example: .example("g.minutes:control_chart{ kind = \"xmr\" }", "58")),
        .function(
            "run_limits", .needed("above", "integer"), .needed("below", "integer"), result: .unknown,
            gives:
                "a table of what is plausible for so many useful points above and below a centre line: `longest_run_max`, "
                + "`crossings_min`, `runs_low`, `runs_high` (2.5 % at either end; none with fewer than two points on a side)",
            formula: .formula(
                "as `run_chart`; number of runs: its exact distribution given the points on either side",
                "Swed and Eisenhart 1943"),
            example: .example("run_limits(10, 10).longest_run_max", "7")),
    ]

    private static let controlOptions: [LanguageEntry.Option] = [
        .option(
            "kind", "\"xmr\"|\"p\"|\"p_prime\"|\"u\"|\"u_prime\"|\"c\"|\"g\"|\"t\"|\"xbar_s\"|\"xbar_r\"",
            "`xmr` single values, `p` events among units, `u` events per exposure, both also with Laney's limits "
                + "(`p_prime`, `u_prime`), `c` events over equal exposures, `g` cases between events (of a comparison: counted "
                + "from its rows), `t` time between events (of dates: sorted and counted; of numbers: the gaps), `xbar_s` and "
                + "`xbar_r` means of subgroups", standard: "`\"xmr\"`"),
        .option(
            "of", "plumbline.Column|string",
            "denominators of p and u charts: units or exposure, as a column or its name",
            standard: "of p charts with a subgroup: its rows with a value"),
        .option(
            "sigma", "string|number",
            "of an xmr chart: σ itself, or `mean_moving_range`, `mean_moving_range_rounded` (/ 1.128), "
                + "`median_moving_range` (/ 0.9539), `screened_moving_range` (without ranges of 3.267 means or more), "
                + "`sample_standard_deviation`", standard: "`\"mean_moving_range\"`"),
        .option(
            "gaps", "\"not_formed\"|\"closed\"",
            "of an xmr chart: whether a moving range is formed across a missing point", standard: "`\"not_formed\"`"),
        .option("zero_as", "number", "of a t chart: what stands for a gap of 0", standard: "0.5"),
    ]

    private static let chartOptions: [LanguageEntry.Option] = [
        .option(
            "subgroup", "plumbline.Column|string",
            "rows with the same value are one point, in the order of the values: means, or sums of events and denominators",
            standard: "each row is a point"),
        .option(
            "baseline", "integer|integer[]",
            "the points that set centre and limits: so many from the start of each phase, or `{ first, last }`",
            standard: "all points of the phase"),
        .option(
            "exclude", "integer[]", "points, counted from 1, that set neither; they are still judged", standard: "none"),
        .option("phases", "integer[]", "points, counted from 1, at which the chart starts anew", standard: "one phase"),
        .option(
            "center", "number|string",
            "of run and xmr charts: a known centre; of a g chart `mean`, `median` or `theoretical_median` (0.693 means)",
            standard: "from the baseline; `\"mean\"` on a g chart"),
        .option("shift", "integer", "how many points on one side are a shift in the IHI's rules", standard: "6"),
        .option("trend", "integer", "how many points rising or falling are a trend in the IHI's rules", standard: "5"),
    ]

    private static let limitDetails: [LanguageEntry.Detail] = [
        .detail("kind", "string", "the kind of chart"),
        .detail("sigma", "number", "σ of the last phase, where it is the same for all points"),
        .detail("lower", "number", "its lower limit, where σ is the same for all points"),
        .detail("upper", "number", "its upper limit, where σ is the same for all points"),
        .detail("sigma_z", "number", "what Laney's charts multiply σ by"),
        .detail("problem", "string", "why there are no limits"),
        .detail("zero_gaps", "number", "of a t chart: how many gaps are 0"),
    ]

    private static let runDetails: [LanguageEntry.Detail] = [
        .detail("useful", "number", "the points of the last phase that are not on its centre line"),
        .detail("above", "number", "those above it"),
        .detail("below", "number", "those below it"),
        .detail("runs", "number", "how many runs there are; points on the line and missing ones break none"),
        .detail("longest_run", "number", "the points of the longest run"),
        .detail("longest_run_max", "number", "the longest that chance makes plausible (Anhøj)"),
        .detail("crossings", "number", "how often the line is crossed"),
        .detail("crossings_min", "number", "the fewest that chance makes plausible (Anhøj)"),
        .detail("longest_trend", "number", "the points of the longest rise or fall; repeats are passed over"),
        .detail("runs_low", "number", "the fewest runs that chance makes plausible"),
        .detail("runs_high", "number", "the most runs that chance makes plausible"),
        .detail("runs_verdict", "string", "`too few`, `too many` or `none`"),
    ]

    private static let signalDetails: [LanguageEntry.Detail] = [
        .detail("rules", "table<string, boolean>", "for each rule whether it found its pattern in the last phase"),
        .detail(
            "rule_sets", "table<string, boolean>",
            "for each rule set (`anhoej`, `ihi`, `western_electric`, `nelson`) whether any of its rules did"),
        LanguageEntry.Detail(
            name: "signals", type: "table<string, integer[]>",
            about: "for each rule the points, counted from 1, at which its pattern is complete", showsRows: true),
    ]

    private static let rangeDetails: [LanguageEntry.Detail] = [
        .detail("mean_moving_range", "number", "of an xmr chart: the mean of the baseline's moving ranges"),
        .detail("moving_range_limit", "number", "the upper limit of the moving ranges"),
        .perRow("moving_ranges", "the moving ranges by point"),
    ]

    private static let subgroupDetails: [LanguageEntry.Detail] = [
        .detail("spread_center", "number", "of subgroups: the centre line of their standard deviations or ranges"),
        .detail("spread_lower", "number", "its lower limit, where the subgroups are of one size"),
        .detail("spread_upper", "number", "its upper limit, where the subgroups are of one size"),
        .perRow("spreads", "the standard deviations or ranges by point"),
        .perRow("spread_lowers", "their lower limits by point, in the last phase"),
        .perRow("spread_uppers", "their upper limits by point, in the last phase"),
    ]

    private static let pointDetails: [LanguageEntry.Detail] = [
        .perRow("points", "the points as drawn; false where one is missing"),
        .perRow("sizes", "denominators or sizes of subgroups by point"),
        .perRow("sigmas", "σ by point"),
        .perRow("lowers", "the lower limits by point"),
        .perRow("uppers", "the upper limits by point"),
    ]

    private static let phaseDetail = LanguageEntry.Detail.detail(
        "phases", "table[]",
        "each phase with its `start`, `center`, and `sigma`, `lower`, `upper` where they are constant")
}
