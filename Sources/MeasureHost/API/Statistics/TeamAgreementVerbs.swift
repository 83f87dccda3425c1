import LuaSandbox
import Statistics

/// Whether the members of a team agree so far that the team may be spoken of as one.
enum TeamAgreementVerbs {
    /// `g:rwg(items, { range = { 1, 5 } })` of the rows at hand as one team, or with `by` the mean over teams.
    static func rwg(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let known = ["by", "cut", "categories", "random_variance"] + ScaleItems.options
        let options = try host.options(arguments, 2, "rwg", known: known)
        let items = try ReliabilityVerbs.items(host, arguments, options, "rwg")
        let variance = try randomVariance(options, items)
        let cut = try cut(options)
        return try give(host, items, options, "rwg", cut: cut) { (team) throws(Undefined) in
            try team.rwg(randomVariance: variance)
        }
    }

    /// The mean absolute distance from the items' means, likewise.
    static func averageDeviation(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let options = try host.options(arguments, 2, "average_deviation", known: ["by"] + ScaleItems.options)
        let items = try ReliabilityVerbs.items(host, arguments, options, "average_deviation")
        return try give(host, items, options, "average_deviation", cut: nil) { (team) throws(Undefined) in
            try team.averageDeviation()
        }
    }

    private static func give(
        _ host: Evaluation, _ items: ScaleItems, _ options: LuaTable, _ verb: String, cut: Double?,
        _ statistic: (WithinGroupAgreement) throws(Undefined) -> Double
    ) throws(LuaHostError) -> LuaValue {
        guard let by = try host.column(options, "by", of: items.group, verb) else {
            return try host.give(from: items.group, where: items.isAnswered) { () throws(Undefined) in
                let answered = (0..<items.group.count).count(where: items.isAnswered)
                var computed = Computed(try statistic(WithinGroupAgreement(items.table)), n: answered)
                computed.add("items", items.names.count)
                return computed
            }
        }
        host.bill(rows: by.data.count * (items.names.count + 1))
        let teams = TeamStatistics(items, SiteCodes(by), statistic)
        let group = items.group.resting(on: by.group)
        return try host.give(from: group, where: teams.isBehind) { () throws(Undefined) in
            let values = teams.values
            guard let mean = Descriptives.mean(values.span) else {
                throw Undefined("agreement needs a team with at least two members who answered each item")
            }
            var computed = Computed(mean, n: teams.members)
            computed.add("items", items.names.count)
            computed.add("teams", values.count)
            computed.add("median", Quantiles.median(values.span))
            if let cut { computed.add("share", Double(values.count { $0 >= cut }) / Double(values.count)) }
            return computed
        }
    }

    /// The variance of answers at random: given, or that of evenly spread answers over the categories that there are.
    private static func randomVariance(_ options: LuaTable, _ items: ScaleItems) throws(LuaHostError) -> Double {
        if let given = options["random_variance"] {
            guard let variance = given.asNumber, variance > 0, variance.isFinite else {
                throw .message("rwg: `random_variance` is a number above 0")
            }
            return variance
        }
        let categories: Double
        if let given = options["categories"] {
            guard let number = given.asNumber else { throw .message(categoriesNeeded) }
            categories = number
        } else {
            let widths = Set(items.ranges.map { $0.map { $0.upperBound - $0.lowerBound } })
            guard widths.count == 1, let width = widths.first ?? nil else {
                throw .message(
                    "rwg needs the range of the answers, the same for all items: { range = { 1, 5 } }, or in the codebook"
                )
            }
            categories = width + 1
        }
        guard let whole = Int(exactly: categories), whole > 1, whole <= 1_000_000 else {
            throw .message(categoriesNeeded)
        }
        return WithinGroupAgreement.uniformVariance(categories: whole)
    }

    private static let categoriesNeeded = "rwg: `categories` is how many answers there are to choose from, at least 2"

    private static func cut(_ options: LuaTable) throws(LuaHostError) -> Double {
        guard let given = options["cut"] else { return 0.7 }
        guard let cut = given.asNumber, (0...1).contains(cut) else {
            throw .message("rwg: `cut` is the agreement from which on a team counts in `share`, from 0 to 1")
        }
        return cut
    }
}

/// A statistic of each team that has it.
private struct TeamStatistics {
    /// Of the teams that have it, in the teams' order.
    private(set) var values: [Double] = []
    /// The rows of these teams that answered anything.
    private(set) var members = 0
    private let isBehindRow: [Bool]

    init(_ items: ScaleItems, _ sites: SiteCodes, _ statistic: (WithinGroupAgreement) throws(Undefined) -> Double) {
        let (order, starts) = sites.rowsBySite()
        var isBehind = [Bool](repeating: false, count: sites.codes.count)
        for site in 0..<sites.count {
            let rows = order[starts[site]..<starts[site + 1]]
            var team = AnswerTable(rows: rows.count, reservingColumns: items.answers.count)
            for (answers, range) in zip(items.answers, items.reversedWithin) {
                let own = rows.map { answers[answers.startIndex + $0] }
                team.append(own.span, reversedWithin: range)
            }
            guard let value = try? statistic(WithinGroupAgreement(team)) else { continue }
            values.append(value)
            for row in rows where items.isAnswered(row) {
                isBehind[row] = true
                members += 1
            }
        }
        isBehindRow = isBehind
    }

    func isBehind(_ row: Int) -> Bool { isBehindRow[row] }
}
