import LuaSandbox
import Statistics

/// Verbs that give a table: an estimate for each site, under its name.
enum SiteTables {
    /// `g.score:site_estimates("school")`: each site's mean, drawn towards the average of all by what it may owe to chance.
    static func estimates(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let verb = "site_estimates"
        let values = try SiteValues(host, arguments, verb)
        let options = try host.options(arguments, 2, verb, known: ["method", "covariates", "least", "level"])
        let method = try host.choice(options, "method", verb, [("reml", VarianceComponents.Method.reml), ("ml", .ml)])
        let model = try SiteModel(host, values, options, method, verb)
        let table = try SiteTable(host, values.sites, options, verb)
        let level = try host.level(options, verb)
        let components: VarianceComponents
        do throws(Undefined) {
            components = try model.components()
        } catch {
            return try table.give(host, from: model.columns) { (_) throws(Undefined) in throw error }
        }
        return try table.give(host, from: model.columns) { (site) throws(Undefined) in
            guard let estimate = components.siteEstimates[site] else {
                throw Undefined("a site needs a value")
            }
            var computed = Computed(estimate.value, n: estimate.count, interval: estimate.interval(level: level))
            computed.add("observed", estimate.mean)
            computed.add("shrinkage", estimate.shrinkage)
            computed.add("effect", estimate.effect)
            computed.add("se", estimate.standardError)
            computed.add("center", estimate.center)
            computed.add("side", estimate.side(level: level))
            return computed
        }
    }

    /// `g.passed:funnel("school")`: each site's share with the limits that a site of its size has about the target.
    static func funnel(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let verb = "funnel"
        let options = try host.options(arguments, 2, verb, known: ["trials", "target", "method", "least", "level"])
        let shares = try SiteShares(host, arguments, options, verb)
        let method = try host.choice(options, "method", verb, [("exact", Funnel.Method.exact), ("normal", .normal)])
        let table = try SiteTable(host, shares.sites, options, verb)
        let level = try host.level(options, verb)
        host.bill(rows: shares.sites.count * 50)
        let funnel: Funnel
        do throws(Undefined) {
            funnel = try shares.funnel()
        } catch {
            return try table.give(host, from: shares.columns) { (_) throws(Undefined) in throw error }
        }
        return try table.give(host, from: shares.columns, sharesOf: shares.answers) { (site) throws(Undefined) in
            let proportion = shares.proportions[site]
            let limits = funnel.limits(trials: proportion.trials, level: level, method: method)
            guard let share = proportion.share, let limits else { throw Undefined("a site needs trials") }
            var computed = Computed(share, n: proportion.trials, interval: host.interval(proportion))
            if shares.answers != nil {
                computed.basis = .share(successes: proportion.successes, trials: proportion.trials)
            }
            computed.add("lower", limits.lowerBound)
            computed.add("upper", limits.upperBound)
            computed.add("side", share > limits.upperBound ? 1 : share < limits.lowerBound ? -1 : 0)
            computed.add("z", funnel.deviate(proportion))
            computed.add("target", funnel.target)
            return computed
        }
    }

    /// `g.passed:overdispersion("school")`: by how much sites differ beyond chance.
    static func overdispersion(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let verb = "overdispersion"
        let options = try host.options(arguments, 2, verb, known: ["trials", "target", "winsorize"])
        let shares = try SiteShares(host, arguments, options, verb)
        let winsorized = options["winsorize"] == nil ? 0.1 : options["winsorize"]?.asNumber
        guard let winsorized, (0..<0.5).contains(winsorized) else {
            throw .message("overdispersion: `winsorize` is the share drawn in at each end, from 0 to below 0.5")
        }
        return try host.give(from: shares.columns) { () throws(Undefined) in
            let funnel = try shares.funnel()
            let sites = shares.proportions.filter { $0.trials > 0 }
            let phi = funnel.overdispersion(sites, winsorizing: winsorized)
            var computed = Computed(phi, n: sites.reduce(0) { $0 + $1.trials })
            let heterogeneity = funnel.heterogeneity(sites)
            let freedom = sites.count - (shares.target == nil ? 1 : 0)
            computed.add("chi_squared", heterogeneity)
            computed.add("df", freedom)
            computed.add("p", heterogeneity.flatMap { ChiSquared(degreesOfFreedom: Double(freedom))?.upperTail($0) })
            computed.add("target", funnel.target)
            computed.add("sites", sites.count)
            return computed
        }
    }
}

/// Shares of sites: of rows that are yes or no, or of counts in a column of successes and one of trials.
private struct SiteShares {
    let sites: SiteCodes
    let columns: [ColumnView]
    /// The column of yes and no; nil where it holds counts.
    let answers: ColumnView?
    /// By site.
    let proportions: [Proportion]
    /// The given target; nil for the share of all sites together.
    let target: Double?
    private let problem: Undefined?

    init(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ options: LuaTable, _ verb: String
    ) throws(LuaHostError) {
        let successes = try host.column(arguments, verb)
        sites = try host.sites(arguments, at: 1, of: successes.group, verb)
        target = try Self.target(options, verb)
        if let trials = try host.column(options, "trials", of: successes.group, verb) {
            columns = [successes, trials, sites.column]
            answers = nil
            (proportions, problem) = Self.counted(
                try host.numbers(successes, verb), try host.numbers(trials, verb), sites)
        } else {
            columns = [successes, sites.column]
            answers = successes
            proportions = Self.answered(try host.truths(successes, verb), sites)
            problem = nil
        }
    }

    func funnel() throws(Undefined) -> Funnel {
        if let problem { throw problem }
        if let funnel = target.flatMap({ Funnel(target: $0) }) { return funnel }
        return try Funnel(pooling: proportions)
    }

    private static func target(_ options: LuaTable, _ verb: String) throws(LuaHostError) -> Double? {
        guard let given = options["target"] else { return nil }
        guard let target = given.asNumber, target > 0, target < 1 else {
            throw .message("\(verb): `target` is a share above 0 and below 1")
        }
        return target
    }

    private static func answered(_ truths: ArraySlice<Double>, _ sites: SiteCodes) -> [Proportion] {
        var counts = [(yes: Int, all: Int)](repeating: (0, 0), count: sites.count)
        for (truth, site) in zip(truths, sites.codes) where site >= 0 && !truth.isNaN {
            counts[Int(site)].all += 1
            if truth != 0 { counts[Int(site)].yes += 1 }
        }
        return counts.compactMap { Proportion(successes: $0.yes, trials: $0.all) }
    }

    private static func counted(
        _ successes: ArraySlice<Double>, _ trials: ArraySlice<Double>, _ sites: SiteCodes
    ) -> ([Proportion], Undefined?) {
        var counts = [(yes: Int, all: Int)](repeating: (0, 0), count: sites.count)
        for (row, site) in sites.codes.enumerated() where site >= 0 {
            let (yes, all) = (successes[successes.startIndex + row], trials[trials.startIndex + row])
            guard !yes.isNaN, !all.isNaN else { continue }
            // Sums of larger counts might not fit, and their limits would take long.
            guard yes >= 0, all <= 1e9, let yes = Int(exactly: yes), let all = Int(exactly: all), yes <= all else {
                let none = counts.compactMap { _ in Proportion(successes: 0, trials: 0) }
                return (
                    none, Undefined("a funnel needs counts, whole numbers of which the first is not above the second")
                )
            }
            counts[Int(site)].yes += yes
            counts[Int(site)].all += all
        }
        return (counts.compactMap { Proportion(successes: $0.yes, trials: $0.all) }, nil)
    }
}
