import LuaSandbox
import MeasureModel
import Statistics

/// Verbs that make an estimate of a column.
enum ColumnEstimates {
    /// The mean with Student's t interval.
    static func mean(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "mean")
        let level = try host.level(try host.options(arguments, 1, "mean", known: ["level"]), "mean")
        let numbers = try host.numbers(column, "mean")
        let moments = Moments(numbers.span)
        return try give(
            host, column, moments.mean, n: moments.count, interval: host.interval(moments, level),
            persons: try host.persons(column, valid: moments.count), basis: .mean(moments))
    }

    static func sum(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "sum")
        let numbers = try host.numbers(column, "sum")
        let valid = Descriptives.count(numbers.span)
        // The sum of a comparison counts, and rests on whom it counts.
        let persons =
            column.data.kind == .truth
            ? try personsCounted(host, column) : try host.persons(column, valid: valid)
        return try give(host, column, Descriptives.sum(numbers.span), n: valid, persons: persons)
    }

    static func standardDeviation(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "sd")
        let numbers = try host.numbers(column, "sd")
        let moments = Moments(numbers.span)
        return try give(
            host, column, moments.standardDeviation, n: moments.count,
            otherwise: "a standard deviation needs at least two values")
    }

    static func minimum(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "min")
        let numbers = try host.numbers(column, "min")
        let lowest = Descriptives.minimum(numbers.span)
        return try extreme(host, column, lowest, lowest.map { [$0] } ?? [], n: Descriptives.count(numbers.span))
    }

    static func maximum(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "max")
        let numbers = try host.numbers(column, "max")
        let highest = Descriptives.maximum(numbers.span)
        return try extreme(host, column, highest, highest.map { [$0] } ?? [], n: Descriptives.count(numbers.span))
    }

    static func median(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try quantile(host, try host.column(arguments, "median"), at: 0.5, .type7, "median")
    }

    /// `quantile(0.9)`, `quantile(0.9, { type = 6 })`: with an interval from order statistics.
    static func quantile(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "quantile")
        let p = try host.number(arguments, 1, "quantile", "a share from 0 to 1, for instance quantile(0.9)")
        guard (0...1).contains(p) else { throw .message("quantile needs a share from 0 to 1, not \(p)") }
        let options = try host.options(arguments, 2, "quantile", known: ["type"])
        let number = options["type"]?.asNumber ?? 7
        guard let type = Int(exactly: number).flatMap(QuantileType.init) else {
            throw .message("quantile has the types 1 to 9 (Hyndman and Fan), not \(JSON.text(of: number))")
        }
        return try quantile(host, column, at: p, type, "quantile")
    }

    private static func quantile(
        _ host: Evaluation, _ column: ColumnView, at p: Double, _ type: QuantileType, _ verb: String
    ) throws(LuaHostError) -> LuaValue {
        let numbers = try host.numbers(column, verb)
        let estimate = Quantiles.estimate(numbers.span, at: p, type: type, level: host.level)
        let count = estimate?.count ?? 0
        let extremes = try Extremes(host, column.group, numbers)
        var persons = try host.persons(column)
        // Made of the lowest or the highest value, it rests on those who have that.
        if count > 2, let value = estimate?.value { persons = min(persons, extremes.persons(behind: value)) }
        return try give(
            host, column, estimate?.value, n: count, interval: extremes.shown(estimate?.interval), persons: persons)
    }

    /// A value that shows some of the numbers as they are rests on the persons who have them.
    private static func extreme(
        _ host: Evaluation, _ column: ColumnView, _ value: Double?, _ shown: [Double], n: Int
    ) throws(LuaHostError) -> LuaValue {
        let numbers = column.data.numbers
        var persons = try host.persons(column)
        for number in shown {
            let holders = try host.persons(column.group) { numbers[numbers.startIndex + $0] == number }
            persons = min(persons, holders)
        }
        return try give(host, column, value, n: n, persons: persons)
    }

    /// The share of yes among yes and no, with Wilson's interval or another.
    static func share(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "share")
        let truths = try host.truths(column, "share")
        let options = try host.options(arguments, 1, "share", known: ["method", "level"])
        let method = try host.choice(options, "method", "share", Proportion.Method.self)
        let level = try host.level(options, "share")
        let proportion = Proportion(truths.span)
        return try give(
            host, column, proportion.share, n: proportion.trials, interval: host.interval(proportion, method, level),
            counts: (Double(proportion.successes), Double(proportion.trials)),
            persons: try host.persons(column, valid: proportion.trials),
            basis: .share(successes: proportion.successes, trials: proportion.trials))
    }

    /// How many rows are yes, or, of a column that is no comparison, how many have a value. Nothing counts as 0.
    static func count(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "count")
        host.bill(rows: column.data.count)
        let valid = column.data.validCount
        guard column.data.kind == .truth else {
            return try give(host, column, Double(valid), n: valid, persons: try host.persons(column, valid: valid))
        }
        let truths = column.data.numbers
        let proportion = Proportion(truths.span)
        return try give(host, column, Double(proportion.successes), n: valid, persons: try personsCounted(host, column))
    }

    /// Those for whom a comparison is yes; where it is for none, those for whom it might have been.
    private static func personsCounted(_ host: Evaluation, _ column: ColumnView) throws(LuaHostError) -> Int {
        let truths = column.data.numbers
        guard truths.contains(1) else { return try host.persons(column) }
        return try host.persons(column.group) { truths[truths.startIndex + $0] == 1 }
    }

    /// How many different values there are.
    static func distinct(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "distinct")
        host.bill(rows: column.data.count)
        let different: Int
        switch column.data.values {
        case .labels(let codes, let labels):
            var seen = [Bool](repeating: false, count: labels.texts.count)
            for code in codes where code >= 0 { seen[Int(code)] = true }
            different = seen.reduce(0) { $0 + ($1 ? 1 : 0) }
        case .numbers(let numbers): different = Set(numbers.filter { !$0.isNaN }).count
        }
        return try give(host, column, Double(different), n: column.data.validCount)
    }

    /// The column with weights: `col:weighted{ by = g.weight }`, then `:mean()`, `:share()` or `:sum()`.
    static func weighted(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "weighted")
        let options = try host.options(arguments, 1, "weighted", known: ["by"])
        let weights: ColumnView
        switch options["by"] {
        case .string(let name): weights = try host.column(named: name, of: column.group)
        case .object(let reference):
            guard case .column(let given) = host.object(reference) else {
                throw .message("weighted needs a column of weights: weighted{ by = g.weight }")
            }
            try host.requireSameRows(given.group, column.group, "weighted")
            weights = given
        default: throw .message("weighted needs a column of weights: weighted{ by = g.weight }")
        }
        let numbers = try host.numbers(weights, "weighted")
        let rested = ColumnView(
            group: column.group.resting(on: weights.group), data: column.data, name: column.name,
            ownsMemory: column.ownsMemory)
        return try host.give(.weighted(WeightedColumn(column: rested, weights: numbers)))
    }

    /// A verb of weighted columns: it has no value where the weights make no sense.
    static func usingWeights(_ verb: @escaping Verb.Handler) -> Verb.Handler {
        { (host, arguments) throws(LuaHostError) in
            if case .object(let reference) = arguments[0], case .weighted(let weighted) = host.object(reference),
                !weighted.isUsable
            {
                return try host.give(.estimate(.insufficient("a weight is negative or infinite")))
            }
            return try verb(host, arguments)
        }
    }

    static func weightedMean(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let weighted = try weightedColumn(host, arguments, "mean")
        let moments = moments(weighted, try host.numbers(weighted.column, "mean"))
        return try give(host, weighted, moments, interval: moments.meanInterval(level: host.level))
    }

    static func weightedShare(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let weighted = try weightedColumn(host, arguments, "share")
        let moments = moments(weighted, try host.truths(weighted.column, "share"))
        // A share ends at 0 and 1, and so does its interval.
        return try give(host, weighted, moments, interval: moments.meanInterval(level: host.level)?.clipped(to: 0...1))
    }

    static func weightedSum(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let weighted = try weightedColumn(host, arguments, "sum")
        let moments = moments(weighted, try host.numbers(weighted.column, "sum"))
        return try give(
            host, weighted.column, moments.total, n: moments.count,
            interval: moments.totalInterval(level: host.level), persons: try persons(host, weighted))
    }

    // MARK: -

    static func weightedColumn(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> WeightedColumn {
        if case .object(let reference) = arguments[0], case .weighted(let weighted) = host.object(reference) {
            return weighted
        }
        throw .message("write g.name:weighted{ by = g.weight }:\(verb)()")
    }

    static func moments(_ weighted: WeightedColumn, _ numbers: ArraySlice<Double>) -> WeightedMoments {
        let weights = weighted.weights
        return WeightedMoments(numbers.span, weights: weights.span)
    }

    private static func give(
        _ host: Evaluation, _ weighted: WeightedColumn, _ moments: WeightedMoments, interval: Interval?
    ) throws(LuaHostError) -> LuaValue {
        try give(
            host, weighted.column, moments.mean, n: moments.count, interval: interval,
            persons: try persons(host, weighted))
    }

    static func persons(_ host: Evaluation, _ weighted: WeightedColumn) throws(LuaHostError) -> Int {
        let weights = weighted.weights
        return try host.persons(weighted.column.group) { row in
            !weighted.column.data.isMissing(row) && weights[weights.startIndex + row] > 0
        }
    }

    static func give(
        _ host: Evaluation, _ column: ColumnView, _ value: Double?, n: Int, interval: Interval? = nil,
        counts: (numerator: Double, denominator: Double)? = nil, persons: Int? = nil,
        basis: HostEstimate.Basis? = nil, otherwise reason: String = "there is no valid value"
    ) throws(LuaHostError) -> LuaValue {
        guard let value else { return try host.give(.estimate(.insufficient(reason))) }
        let own = if let persons { persons } else { try host.persons(column) }
        let counted = min(own, column.group.otherPersons ?? .max)
        var estimate = Estimate(
            value: value, n: n, numerator: counts?.numerator, denominator: counts?.denominator, persons: counted,
            classes: column.group.classes)
        estimate.set(interval)
        if interval != nil, counted == 1, n > 1 { estimate.flags = [.singlePersonInterval] }
        return try host.give(.estimate(HostEstimate(outcome: .value(estimate), basis: basis, column: column)))
    }
}

extension Estimate {
    /// Takes over an interval, or drops the one it has.
    mutating func set(_ interval: Interval?) {
        low = interval?.low
        high = interval?.high
        level = interval?.level
        method = interval?.method.rawValue
    }
}

extension Evaluation {
    /// The level of every interval.
    var level: ConfidenceLevel { .percent95 }

    /// Student's interval of a mean.
    func interval(_ moments: Moments, _ level: ConfidenceLevel = .percent95) -> Interval? {
        setting.frames.meanIntervals.interval(moments, level: level)
    }
}
