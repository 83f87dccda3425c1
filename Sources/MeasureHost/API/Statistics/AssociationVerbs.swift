import LuaSandbox
import MeasureModel
import Statistics

/// How two columns go together, and how one changed: correlation, agreement of ranks, before and after.
enum AssociationVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "correlation", correlation),
        Verb(.column, "change_from", changeFrom),
        Verb(.column, "cliffs_delta", cliffsDelta),
        Verb(.column, "mcnemar", mcNemarOfColumns),
        Verb(nil, "mcnemar", mcNemarOfCounts),
    ]

    // MARK: Correlation

    private enum Coefficient {
        case of(Correlation.Kind)
        case gamma
        case polychoric
    }

    /// `g.a:correlation(g.b, { method = "spearman" })`.
    static func correlation(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (first, second) = try pair(host, arguments, "correlation")
        let options = try host.options(arguments, 2, "correlation", known: ["method", "level"])
        let level = try host.level(options, "correlation")
        let coefficient = try host.choice(
            options, "method", "correlation",
            [
                ("pearson", Coefficient.of(.pearson)), ("spearman", .of(.spearman)), ("kendall", .of(.kendall)),
                ("gamma", .gamma), ("polychoric", .polychoric),
            ])
        let x = try host.numbers(first, "correlation")
        let y = try host.numbers(second, "correlation")
        // Ranks take sorting; a table of answers is searched for each row, and read for each correlation tried.
        switch coefficient {
        case .of(.pearson): break
        case .of, .gamma: host.billSort(of: x.count)
        case .polychoric: host.bill(rows: 50 * x.count + 1_000_000)
        }
        return try host.give(from: [first, second]) { () throws(Undefined) in
            switch coefficient {
            case .of(let kind): return try self.correlation(kind, x, y, level)
            case .gamma: return try gamma(x, y)
            case .polychoric:
                let found = try PolychoricCorrelation(x.span, y.span)
                return Computed(found.value, n: found.count)
            }
        }
    }

    private static func correlation(
        _ kind: Correlation.Kind, _ x: ArraySlice<Double>, _ y: ArraySlice<Double>, _ level: ConfidenceLevel
    ) throws(Undefined) -> Computed {
        let found =
            switch kind {
            case .pearson: try Correlation.pearson(x.span, y.span)
            case .spearman: try Correlation.spearman(x.span, y.span)
            case .kendall: try Correlation.kendall(x.span, y.span)
            }
        var computed = Computed(found.value, n: found.count, interval: found.interval(level: level))
        computed.add("p", found.pValue)
        if kind == .kendall { add(Concordance(x.span, y.span), to: &computed) }
        return computed
    }

    private static func gamma(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) throws(Undefined) -> Computed {
        let concordance = Concordance(x.span, y.span)
        guard concordance.count > 1 else { throw Undefined("a correlation needs at least two pairs") }
        var computed = Computed(concordance.gamma, n: concordance.count)
        computed.reason = "gamma needs pairs of rows that differ, in both columns"
        add(concordance, to: &computed)
        return computed
    }

    private static func add(_ concordance: Concordance, to computed: inout Computed) {
        computed.add("tau_a", concordance.tauA)
        computed.add("concordant", concordance.concordant)
        computed.add("discordant", concordance.discordant)
    }

    // MARK: Before and after

    /// `g.after:change_from(g.before)`: of the same rows, after less before.
    static func changeFrom(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let (after, before) = try pair(host, arguments, "change_from")
        let options = try host.options(arguments, 2, "change_from", known: ["level", "continuity"])
        let level = try host.level(options, "change_from")
        let isCorrected = try host.truth(options, "continuity", "change_from", standard: true)
        let new = try host.numbers(after, "change_from")
        let old = try host.numbers(before, "change_from")
        let changes = zip(new, old).map { $0 - $1 }
        host.billSort(of: changes.count)
        let group = after.group.resting(on: before.group)
        let directions: [(name: String, holds: (Double) -> Bool)] = [
            ("rose", { $0 > 0 }), ("same", { $0 == 0 }), ("fell", { $0 < 0 }),
        ]
        var counts: [(name: String, rows: Int, persons: Int)] = []
        for direction in directions {
            let persons = try host.persons(group) { direction.holds(changes[$0]) }
            counts.append((direction.name, changes.count(where: direction.holds), persons))
        }
        return try host.give(from: group, where: { !changes[$0].isNaN }) { () throws(Undefined) in
            var computed = try self.computed(PairedChange(before: old.span, after: new.span), level)
            let ranks = SignedRanks(changes.span)
            computed.add("wilcoxon_v", ranks?.positiveRankSum)
            computed.add("wilcoxon_p", ranks?.pValue(continuityCorrected: isCorrected))
            for count in counts { computed.add(count.name, count.rows, restingOn: count.persons) }
            return computed
        }
    }

    private static func computed(_ change: PairedChange, _ level: ConfidenceLevel) throws(Undefined) -> Computed {
        guard change.change.count > 0 else { throw Undefined("there is no row with a value before and after") }
        var computed = Computed(
            change.change.mean, n: change.change.count, interval: change.interval(level: level))
        computed.reason = "the change leaves the range of numbers: the values are infinite or too large"
        computed.add("sd", change.change.standardDeviation)
        computed.add("se", change.change.standardError)
        computed.add("t", change.t)
        computed.add("df", change.t == nil ? nil : change.change.count - 1)
        computed.add("p", change.p)
        computed.add("d_z", change.inChangeDeviations)
        computed.add("d_av", change.inValueDeviations)
        computed.add("d_rm", change.inRepeatedMeasuresDeviations)
        return computed
    }

    /// `g.after:mcnemar(g.before)`: of the rows that turned, the share that turned to yes.
    static func mcNemarOfColumns(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let (after, before) = try pair(host, arguments, "mcnemar")
        let (level, isCorrected) = try mcNemarOptions(host, arguments)
        let new = try host.truths(after, "mcnemar")
        let old = try host.truths(before, "mcnemar")
        let test = McNemar(before: old.span, after: new.span)
        let group = after.group.resting(on: before.group)
        func turned(to answer: Double) -> (Int) -> Bool {
            { new[new.startIndex + $0] == answer && old[old.startIndex + $0] == 1 - answer }
        }
        let (gains, losses) = (turned(to: 1), turned(to: 0))
        let persons = (gained: try host.persons(group, where: gains), lost: try host.persons(group, where: losses))
        return try host.give(from: group, where: { gains($0) || losses($0) }) { () throws(Undefined) in
            try computed(test, isCorrected, level, persons)
        }
    }

    /// `mcnemar(lost, gained)`: for data that come as counts, estimates or plain numbers.
    static func mcNemarOfCounts(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let (level, isCorrected) = try mcNemarOptions(host, arguments)
        guard let group = host.group else { throw .message("mcnemar belongs into `value`") }
        var rested = group
        var counts: [Int] = []
        for index in 0...1 {
            var number = arguments[index].asNumber
            if case .object(let reference) = arguments[index], case .estimate(let given) = host.object(reference) {
                guard let estimate = given.estimate else { return try host.give(.estimate(given)) }
                rested = rested.resting(on: rested, persons: estimate.persons)
                for dataClass in estimate.classes { host.noteClass(dataClass) }
                number = estimate.value
            }
            guard let count = number.flatMap(Int.init(exactly:)) else {
                throw .message("mcnemar needs two counts, of those who turned to no and of those who turned to yes")
            }
            counts.append(count)
        }
        guard let test = McNemar(lost: counts[0], gained: counts[1]) else {
            throw .message("mcnemar needs counts from 0 to 5,000,000,000")
        }
        return try host.give(from: rested) { () throws(Undefined) in try computed(test, isCorrected, level, nil) }
    }

    private static func mcNemarOptions(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> (ConfidenceLevel, isCorrected: Bool) {
        let options = try host.options(arguments, 2, "mcnemar", known: ["continuity", "level"])
        return (try host.level(options, "mcnemar"), try host.truth(options, "continuity", "mcnemar", standard: false))
    }

    private static func computed(
        _ test: McNemar, _ isCorrected: Bool, _ level: ConfidenceLevel, _ persons: (gained: Int, lost: Int)?
    ) throws(Undefined) -> Computed {
        guard let turned = Proportion(successes: test.gained, trials: test.discordant), let share = turned.share else {
            throw Undefined("nobody turned from no to yes or from yes to no")
        }
        var computed = Computed(
            share, n: turned.trials, interval: turned.trials > 1 ? turned.interval(level: level) : nil)
        computed.add("chi_squared", test.chiSquared(continuityCorrected: isCorrected))
        computed.add("p", test.p(continuityCorrected: isCorrected))
        computed.add("p_exact", test.exactP)
        computed.add("p_mid", test.midP)
        computed.add("gained", test.gained, restingOn: persons?.gained)
        computed.add("lost", test.lost, restingOn: persons?.lost)
        return computed
    }

    // MARK: Two groups

    /// `a.x:cliffs_delta(b.x)`: the values of one group against those of another, pair by pair.
    static func cliffsDelta(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let first = try host.column(arguments, "cliffs_delta")
        guard case .object(let reference) = arguments[1], case .column(let second) = host.object(reference) else {
            throw .message(
                "cliffs_delta needs the column of the other group: "
                    + "g:where(mask).minutes:cliffs_delta(g:where(~mask).minutes)")
        }
        let options = try host.options(arguments, 2, "cliffs_delta", known: ["continuity", "level"])
        let level = try host.level(options, "cliffs_delta")
        let isCorrected = try host.truth(options, "continuity", "cliffs_delta", standard: true)
        let (x, y) = (try host.numbers(first, "cliffs_delta"), try host.numbers(second, "cliffs_delta"))
        host.billSort(of: x.count + y.count)
        let group = first.group.resting(on: second.group, persons: try host.persons(second))
        return try host.give(from: group, where: { !first.data.isMissing($0) }) { () throws(Undefined) in
            let comparison = RankComparison(x.span, y.span)
            var computed = Computed(
                comparison.cliffsDelta, n: comparison.firstCount + comparison.secondCount,
                interval: comparison.interval(level: level))
            computed.reason = "a comparison needs valid values in both groups"
            computed.add("se", comparison.standardError)
            computed.add("superiority", comparison.probabilityOfSuperiority)
            computed.add("u", comparison.mannWhitneyU)
            computed.add("p", comparison.mannWhitneyP(continuityCorrected: isCorrected))
            computed.add("n_first", comparison.firstCount)
            computed.add("n_second", comparison.secondCount)
            return computed
        }
    }

    // MARK: -

    /// The column that the verb is called on, and one of the same rows.
    private static func pair(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> (ColumnView, ColumnView) {
        let first = try host.column(arguments, verb)
        return (first, try host.column(arguments, at: 1, of: first.group, verb))
    }
}
