import LuaSandbox
import MeasureModel
import Statistics

/// Effects read from time: difference in differences, and interrupted series.
enum PanelVerbs {
    static let verbs: [Verb] = [
        Verb(.group, "did", differenceInDifferences),
        Verb(.group, "interrupted_series", interruptedSeries),
    ]

    // MARK: Difference in differences

    /// `g:did("score", { treated = mask, post = mask, cluster = "school" })`: what changed where something was done, less
    /// what changed where it was not.
    static func differenceInDifferences(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "did")
        let outcome = try host.column(arguments, at: 1, of: group, "did")
        let options = try host.options(
            arguments, 2, "did", known: ["treated", "post", "unit", "covariates"] + ErrorRequest.options)
        guard let treated = try host.column(options, "treated", of: group, "did"),
            let post = try host.column(options, "post", of: group, "did")
        else {
            throw .message(
                "did needs who was treated and since when: g:did(\"score\", { treated = g.arm:is(\"a\"), "
                    + "post = g.wave:at_least(2) })")
        }
        let sides = (try host.truths(treated, "did"), try host.truths(post, "did"))
        var plan = try RegressionPlan(host, outcome: outcome, "did")
        plan.add("treated", treated, .numbers)
        plan.add("post", post, .numbers)
        try plan.add(host, product: "treated:post")
        if let covariates = options["covariates"] {
            guard let table = covariates.asTable else { throw .message("did: `covariates` is a list of columns") }
            try plan.add(host, table, factors: [])
        }
        let request = try ErrorRequest(host, options, &plan, of: group, "did")
        let unit = try host.column(options, "unit", of: group, "did")
        if let unit {
            guard options["covariates"] == nil, options["cluster"] == nil, options["errors"] == nil else {
                throw .message(
                    "did: changes of units take no covariates, clusters or errors; leave out `unit` or these")
            }
            // A row counts where its unit is known.
            plan.cluster = plan.codes(resting: unit)
        }
        try plan.bill(host)
        let coefficient = try plan.coefficient("treated:post")
        let parts = unit == nil ? coefficient.parts : changedParts(plan, sides)
        return try host.give(from: plan.group, comparing: parts) { () throws(Undefined) in
            if unit != nil { return try changes(plan, sides, request.level) }
            let cells = DifferenceInDifferences(plan.outcome.span, treated: sides.0.span, post: sides.1.span)
            var computed = try request.computed(try plan.fit(), [coefficient.id: 1])
            computed.add("treated_change", MeanDifference(cells.treatedAfter, cells.treatedBefore).value)
            computed.add("control_change", MeanDifference(cells.controlAfter, cells.controlBefore).value)
            return computed
        }
    }

    /// The rows of each arm whose unit was seen before and after: no other is behind a change.
    private static func changedParts(
        _ plan: RegressionPlan, _ sides: (ArraySlice<Double>, ArraySlice<Double>)
    ) -> [(Int) -> Bool] {
        let units = plan.cluster ?? []
        let (treated, post) = (Array(sides.0), Array(sides.1))
        let complete = units.indices.filter { row in
            ![units[row], plan.outcome[row], treated[row], post[row]].contains(where: \.isNaN)
        }
        let before = Set(complete.filter { post[$0] == 0 }.map { units[$0] })
        let changed = before.intersection(complete.filter { post[$0] != 0 }.map { units[$0] })
        var arms = [Int?](repeating: nil, count: units.count)
        for row in complete where changed.contains(units[row]) { arms[row] = treated[row] == 0 ? 0 : 1 }
        return [0, 1].map { arm in { row in arms[row] == arm } }
    }

    /// Welch's comparison of the changes of units that were seen before and after.
    private static func changes(
        _ plan: RegressionPlan, _ sides: (ArraySlice<Double>, ArraySlice<Double>), _ level: ConfidenceLevel
    ) throws(Undefined) -> Computed {
        guard let units = plan.cluster else { throw Undefined("changes need units") }
        let changes = try UnitChanges(plan.outcome.span, treated: sides.0.span, post: sides.1.span, units: units.span)
        let difference = changes.difference
        var computed = Computed(
            difference.value, n: changes.treated.count + changes.control.count,
            interval: difference.interval(level: level))
        computed.reason = "changes need units on both sides that were seen before and after"
        computed.add("se", difference.standardError)
        computed.add("t", difference.statistic)
        computed.add("df", difference.degreesOfFreedom)
        computed.add("p", difference.pValue)
        computed.add("treated_change", changes.treated.mean)
        computed.add("control_change", changes.control.mean)
        return computed
    }

    // MARK: Interrupted series

    /// `g:interrupted_series("rate", { time = "week", post = g.week:at_least("2025-09-01") })`: the jump of a series, its
    /// change of trend, or the effect by the end.
    static func interruptedSeries(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "interrupted_series")
        let outcome = try host.column(arguments, at: 1, of: group, "interrupted_series")
        let options = try host.options(
            arguments, 2, "interrupted_series",
            known: ["at", "post", "time", "season", "term", "after", "errors", "lag", "corrected", "level"])
        let term = try host.choice(
            options, "term", "interrupted_series", ["level", "slope", "time", "effect"].map { ($0, $0) })
        let series = try Series(host, outcome, options)
        let request = try ErrorRequest(
            host, options, rows: series.values.count, standard: .neweyWest(lag: 0, corrected: false),
            "interrupted_series")
        guard ![.cr0, .cr1, .cr2].contains(request.errors) else {
            throw .message("interrupted_series is one series: it has no errors by cluster")
        }
        let after = try position(options, series)
        return try host.give(from: series.group, comparing: series.sides) { () throws(Undefined) in
            let model = try series.fit()
            let weights: [String: Double] = term == "effect" ? ["level": 1, "slope": after] : [term: 1]
            var computed = try request.computed(model, weights)
            computed.add("autocorrelation", model.residualAutocorrelation)
            computed.add("durbin_watson", model.durbinWatson)
            return computed
        }
    }

    /// How many periods after the interruption the effect is asked for; at the end of the series without a word.
    private static func position(_ options: LuaTable, _ series: Series) throws(LuaHostError) -> Double {
        let last = Double(series.values.count - 1 - (series.interruption ?? 0))
        guard let given = options["after"] else { return last }
        guard let after = given.asNumber, after >= 0, after.isFinite else {
            throw .message("interrupted_series: `after` is a number of periods from 0 on")
        }
        return after
    }
}

/// Rows in time order with an interruption.
private struct Series {
    let group: GroupView
    let values: [Double]
    /// The position of the first row after it; nil where that does not show.
    let interruption: Int?
    private let season: [Double]?
    /// The rows before the interruption and those after.
    let sides: [(Int) -> Bool]

    init(_ host: Evaluation, _ outcome: ColumnView, _ options: LuaTable) throws(LuaHostError) {
        let verb = "interrupted_series"
        let numbers = try host.numbers(outcome, verb)
        guard numbers.count <= 1_000_000 else { throw .message("\(verb): a series has at most a million rows") }
        var group = outcome.group
        var order = Array(0..<numbers.count)
        if let time = try host.column(options, "time", of: outcome.group, verb) {
            let times = try host.numbers(time, verb)
            host.bill(rows: times.count * 8)
            let start = times.startIndex
            order = order.filter { !times[start + $0].isNaN }
                .sorted { (times[start + $0], $0) < (times[start + $1], $1) }
            group = group.resting(on: time.group)
        }
        let post = try host.column(options, "post", of: outcome.group, verb)
        if let post { group = group.resting(on: post.group) }
        let start = try Self.start(host, options, post, order)
        let season = try host.column(options, "season", of: outcome.group, verb)
        if let season { group = group.resting(on: season.group) }
        let codes = season.map { RegressionPlan.codes($0) }
        self.group = group
        values = order.map { numbers[numbers.startIndex + $0] }
        self.season = codes.map { codes in order.map { codes[$0] } }
        interruption = start
        var isAfter = [Bool?](repeating: nil, count: numbers.count)
        for (position, row) in order.enumerated() where !values[position].isNaN {
            isAfter[row] = position >= start ?? .max
        }
        sides = [false, true].map { side in { row in isAfter[row] == side } }
        let width = 4 + Set((self.season ?? []).filter { !$0.isNaN }).count
        guard width <= 400, values.count * width * width < 2_000_000_000 else {
            throw .message("\(verb): a season has at most some hundred values, of a series of moderate length")
        }
        try host.requireMemory(values.count * width * 32)
        host.bill(rows: values.count * width * width / 4)
        try host.stopIfOver()
    }

    /// Where the interruption is: a position counted from 1, or the first row for which a comparison is true.
    private static func start(
        _ host: Evaluation, _ options: LuaTable, _ post: ColumnView?, _ order: [Int]
    ) throws(LuaHostError) -> Int? {
        if let post {
            let truths = try host.truths(post, "interrupted_series")
            return order.firstIndex { truths[truths.startIndex + $0] == 1 }
        }
        guard let at = options["at"]?.asNumber.flatMap(Int.init(exactly:)), at > 0 else {
            throw .message(
                "interrupted_series needs `post`, a comparison that is true from the change on, or `at`, the position of "
                    + "the first row after it, counted from 1")
        }
        return at - 1
    }

    func fit() throws(Undefined) -> LinearModel {
        guard let interruption, interruption > 0, interruption < values.count else {
            throw Undefined("an interrupted series needs values before and after the interruption")
        }
        var design = RegressionDesign.interruptedSeries(values.span, interruption: interruption)
        if let season { design.addCategories("season", season.span) }
        do throws(Undefined) {
            return try LinearModel(design)
        } catch {
            guard error.reason.contains("=") else { throw error }
            throw Undefined("a season is a combination of other columns of the regression")
        }
    }
}
