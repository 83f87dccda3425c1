import LuaSandbox
import Statistics

/// What lies between sites: analysis of variance, variance components, shrunken estimates, funnels, inequality.
enum SiteVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "anova", anova),
        Verb(.column, "icc", intraclass),
        Verb(.column, "variance_components", variance),
        Verb(.column, "between_sd", standardDeviation),
        Verb(.column, "site_estimates", SiteTables.estimates),
        Verb(.column, "funnel", SiteTables.funnel),
        Verb(.column, "overdispersion", SiteTables.overdispersion),
        Verb(.column, "gini", InequalityVerbs.gini),
        Verb(.column, "theil", InequalityVerbs.theil),
    ]

    /// `g.score:anova("school")`: F, and the parts that it is made of.
    private static func anova(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let values = try SiteValues(host, arguments, "anova")
        _ = try host.options(arguments, 2, "anova", known: [])
        let compared = try values.personsCompared(host)
        return try host.give(from: values.columns) { () throws(Undefined) in
            let anova = try OneWayAnova(values.moments)
            var computed = Computed(anova.ratio, n: anova.count)
            computed.reason = "F needs values that vary within a site"
            add(anova, to: &computed)
            computed.rest(["ss_within", "ms_within", "sd_within"], on: compared)
            return computed
        }
    }

    private static func add(_ anova: OneWayAnova, to computed: inout Computed) {
        computed.add("p", anova.pValue)
        computed.add("df_between", anova.freedomBetween)
        computed.add("df_within", anova.freedomWithin)
        computed.add("ss_between", anova.squaresBetween)
        computed.add("ss_within", anova.squaresWithin)
        computed.add("ms_between", anova.meanSquareBetween)
        computed.add("ms_within", anova.meanSquareWithin)
        computed.add("sd_within", anova.residualStandardDeviation)
        computed.add("eta_squared", anova.etaSquared)
        computed.add("omega_squared", anova.omegaSquared)
        computed.add("grand_mean", anova.grandMean)
        computed.add("sites", anova.sites)
        computed.add("n0", anova.size())
    }

    /// `g.score:icc("team")`: ICC(1) with ICC(2) beside it, or that of a random-intercept model.
    private static func intraclass(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let values = try SiteValues(host, arguments, "icc")
        let options = try host.options(arguments, 2, "icc", known: ["method", "size", "covariates", "level"])
        let size = try host.choice(
            options, "size", "icc", [("n0", OneWayAnova.SiteSize.unbiased), ("mean", .arithmeticMean)])
        let level = try host.level(options, "icc")
        let method = try host.choice(options, "method", "icc", methods.reversed())
        if let fit = method {
            guard options["size"] == nil else { throw .message("icc: `size` belongs to the method \"anova\"") }
            let model = try SiteModel(host, values, options, fit, "icc")
            return try host.give(from: model.columns) { () throws(Undefined) in
                let components = try model.components()
                var computed = Computed(components.icc, n: components.count)
                add(components, model, to: &computed)
                return computed
            }
        }
        try refuseCovariates(options, "icc")
        return try host.give(from: values.columns) { () throws(Undefined) in
            let anova = try OneWayAnova(values.moments)
            var computed = Computed(
                anova.icc1(size), n: anova.count, interval: size == .unbiased ? anova.icc1Interval(level: level) : nil)
            computed.reason = "an intraclass correlation needs values that differ"
            computed.add("icc2", anova.icc2)
            computed.add("design_effect", anova.designEffect)
            computed.add("sites", anova.sites)
            computed.add("n0", anova.size())
            return computed
        }
    }

    /// The words for how variances are estimated; nil stands for the method of moments.
    private static let methods: [(word: String, value: VarianceComponents.Method?)] = [
        ("reml", .reml), ("ml", .ml), ("anova", nil),
    ]

    private static func variance(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        try variance(host, arguments, "variance_components") { $0 }
    }

    /// The square root of the variance between sites, in the units of the values.
    private static func standardDeviation(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        try variance(host, arguments, "between_sd") { $0 < 0 ? nil : $0.squareRoot() }
    }

    private static func variance(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String, _ headline: (Double) -> Double?
    ) throws(LuaHostError) -> LuaValue {
        let values = try SiteValues(host, arguments, verb)
        let options = try host.options(arguments, 2, verb, known: ["method", "covariates"])
        guard let fit = try host.choice(options, "method", verb, methods) else {
            try refuseCovariates(options, verb)
            let compared = try values.personsCompared(host)
            return try host.give(from: values.columns) { () throws(Undefined) in
                let anova = try OneWayAnova(values.moments)
                var computed = Computed(headline(anova.varianceBetween), n: anova.count)
                computed.reason = "the variance between sites comes out below 0"
                computed.add("between", anova.varianceBetween)
                computed.add("within", anova.meanSquareWithin)
                computed.add("sd_within", anova.residualStandardDeviation)
                computed.add("icc", anova.icc1())
                computed.add("sites", anova.sites)
                computed.rest(["within", "sd_within"], on: compared)
                return computed
            }
        }
        let model = try SiteModel(host, values, options, fit, verb)
        return try host.give(from: model.columns) { () throws(Undefined) in
            let components = try model.components()
            var computed = Computed(headline(components.varianceBetween), n: components.count)
            add(components, model, to: &computed)
            return computed
        }
    }

    private static func add(_ components: VarianceComponents, _ model: SiteModel, to computed: inout Computed) {
        let names = ["intercept"] + model.covariateNames
        computed.add("between", components.varianceBetween)
        computed.add("within", components.varianceWithin)
        computed.add("sd_within", components.varianceWithin.squareRoot())
        computed.add("icc", components.icc)
        computed.add("coefficients", record: zip(names, components.coefficients).map { ($0, $1) })
        computed.add("standard_errors", record: zip(names, components.standardErrors).map { ($0, $1) })
        computed.add("log_likelihood", components.logLikelihood)
        computed.add("reliability", components.meanReliability)
        computed.add("sites", components.sites)
    }

    private static func refuseCovariates(_ options: LuaTable, _ verb: String) throws(LuaHostError) {
        guard options["covariates"] == nil else {
            throw .message("\(verb): covariates need a model: { method = \"reml\" } or \"ml\"")
        }
    }
}

/// Values and the sites that they belong to.
struct SiteValues {
    let values: ColumnView
    let numbers: ArraySlice<Double>
    let sites: SiteCodes

    init(_ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) {
        values = try host.column(arguments, verb)
        sites = try host.sites(arguments, at: 1, of: values.group, verb)
        numbers = try host.numbers(values, verb)
    }

    /// The rows behind are those in which all of these have a value.
    var columns: [ColumnView] { [values, sites.column] }

    /// The persons of sites with at least two values, which is where values vary within a site.
    func personsCompared(_ host: Evaluation) throws(LuaHostError) -> Int {
        let (numbers, codes) = (self.numbers, sites.codes)
        var sizes = [Int](repeating: 0, count: sites.count)
        let place = { (row: Int) -> Int? in
            let site = Int(codes[codes.startIndex + row])
            return site < 0 || numbers[numbers.startIndex + row].isNaN ? nil : site
        }
        for row in 0..<numbers.count { if let site = place(row) { sizes[site] += 1 } }
        return try host.persons(values.group) { row in place(row).map { sizes[$0] > 1 } ?? false }
    }

    var moments: SiteMoments { SiteMoments(numbers.span, sites: sites.codes.span, siteCount: sites.count) }
}

/// A random-intercept model of values by site, with or without covariates.
struct SiteModel {
    let values: SiteValues
    let covariateNames: [String]
    private let covariates: [ColumnView]
    private let covariateValues: [[Double]]
    private let method: VarianceComponents.Method

    init(
        _ host: Evaluation, _ values: SiteValues, _ options: LuaTable, _ method: VarianceComponents.Method,
        _ verb: String
    ) throws(LuaHostError) {
        self.values = values
        self.method = method
        covariateNames = try Self.names(options, verb)
        var covariates: [ColumnView] = []
        var covariateValues: [[Double]] = []
        for name in covariateNames {
            let column = try host.column(named: name, of: values.values.group)
            covariates.append(column)
            covariateValues.append(Array(try host.numbers(column, verb)))
        }
        self.covariates = covariates
        self.covariateValues = covariateValues
        // The likelihood is looked at some fifty times, each time site by site.
        host.bill(rows: values.sites.count * 50 * (covariates.count + 1))
    }

    private static func names(_ options: LuaTable, _ verb: String) throws(LuaHostError) -> [String] {
        guard let given = options["covariates"] else { return [] }
        let names = given.asTable?.list?.compactMap(\.asString) ?? []
        guard names.count == given.asTable?.entries.count, names.count <= 20, Set(names).count == names.count,
            !names.contains("intercept")
        else { throw .message("\(verb): `covariates` is a list of at most 20 columns' names, each of them once") }
        return names
    }

    var columns: [ColumnView] { values.columns + covariates }

    func components() throws(Undefined) -> VarianceComponents {
        guard !covariates.isEmpty else { return try VarianceComponents(values.moments, method: method) }
        return try VarianceComponents(
            values.numbers.span, sites: values.sites.codes.span, siteCount: values.sites.count,
            covariates: covariateValues, method: method)
    }
}
