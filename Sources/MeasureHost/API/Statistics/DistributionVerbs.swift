import LuaSandbox
import Statistics

/// What a column's values are like: spread, shape, robust and resampled estimates.
enum DistributionVerbs {
    static let verbs: [Verb] =
        [
            Verb(.column, "iqr", interquartileRange),
            Verb(.column, "mad", medianAbsoluteDeviation),
            Verb(.column, "trimmed_mean", trimmedMean),
            Verb(.column, "winsorized_mean", winsorizedMean),
            Verb(.column, "skewness", skewness),
            Verb(.column, "kurtosis", kurtosis),
            Verb(.column, "cv", coefficientOfVariation),
            Verb(.column, "geometric_mean", geometricMean),
            Verb(.column, "five_numbers", fiveNumbers),
            Verb(.column, "autocorrelation", autocorrelation),
        ] + ResamplingVerbs.verbs + WeightedDistributionVerbs.verbs

    // MARK: Spread

    /// `col:iqr()`, `col:iqr{ type = 6 }`.
    static func interquartileRange(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "iqr")
        let options = try host.options(arguments, 1, "iqr", known: ["type"])
        let number = try host.wholeNumber(options, "type", "iqr", 1...9, standard: 7)
        let type = QuantileType(rawValue: number) ?? .type7
        return try host.give(from: sample) { () throws(Undefined) in
            let range = Quantiles.interquartileRange(sample.numbers.span, type: type)
            return Computed(try sample.known(range, "an interquartile range"), n: sample.count)
        }
    }

    /// `col:mad()`: times 1.4826 unless `constant` says otherwise.
    static func medianAbsoluteDeviation(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "mad")
        let options = try host.options(arguments, 1, "mad", known: ["constant"])
        let constant = options["constant"].map(\.asNumber) ?? 1.4826
        guard let constant, constant > 0, constant.isFinite else {
            throw .message("mad: `constant` is a number above 0, 1 for the plain deviation")
        }
        return try host.give(from: sample) { () throws(Undefined) in
            let deviation = Quantiles.medianAbsoluteDeviation(sample.numbers.span, constant: constant)
            return Computed(try sample.known(deviation, "a median absolute deviation"), n: sample.count)
        }
    }

    static func coefficientOfVariation(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "cv")
        return try host.give(from: sample) { () throws(Undefined) in
            let what = "a coefficient of variation"
            try sample.require(2, what)
            let moments = Moments(sample.numbers.span)
            if moments.mean == 0 { throw Undefined("\(what) needs a mean other than 0") }
            return Computed(try sample.known(moments.coefficientOfVariation, what), n: sample.count)
        }
    }

    // MARK: Robust means

    /// `col:trimmed_mean(0.1)`: without a tenth of the values at each end.
    static func trimmedMean(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "trimmed_mean")
        let share = try share(host, arguments, "trimmed_mean")
        let level = try host.level(try host.options(arguments, 2, "trimmed_mean", known: ["level"]), "trimmed_mean")
        return try host.give(from: sample) { () throws(Undefined) in
            let numbers = sample.numbers.span
            let mean = try sample.known(Quantiles.trimmedMean(numbers, share: share), "a trimmed mean")
            let interval = Quantiles.trimmedMeanInterval(numbers, share: share, level: level)
            var computed = Computed(mean, n: sample.count, interval: interval)
            computed.add("se", Quantiles.trimmedMeanStandardError(numbers, share: share))
            computed.add("df", Quantiles.trimmedCount(numbers, share: share).map { $0 - 1 })
            return computed
        }
    }

    /// `col:winsorized_mean(0.1)`: a tenth of the values at each end replaced with the outermost that stays.
    static func winsorizedMean(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "winsorized_mean")
        let share = try share(host, arguments, "winsorized_mean")
        return try host.give(from: sample) { () throws(Undefined) in
            let moments = Quantiles.winsorizedMoments(sample.numbers.span, share: share)
            var computed = Computed(try sample.known(moments?.mean, "a winsorized mean"), n: sample.count)
            computed.add("sd", moments?.standardDeviation)
            return computed
        }
    }

    private static func share(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String
    ) throws(LuaHostError) -> Double {
        let what = "the share of values at each end, from 0 to below 0.5, for instance \(verb)(0.1)"
        let share = try host.number(arguments, 1, verb, what)
        guard share >= 0, share < 0.5 else { throw .message("\(verb) needs \(what)") }
        return share
    }

    static func geometricMean(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        let sample = try Sample(host, arguments, "geometric_mean")
        let level = try host.level(
            try host.options(arguments, 1, "geometric_mean", known: ["level"]), "geometric_mean")
        return try host.give(from: sample) { () throws(Undefined) in
            let numbers = sample.numbers.span
            if let least = Descriptives.minimum(numbers), least <= 0 {
                throw Undefined("a geometric mean needs values above 0")
            }
            return Computed(
                try sample.known(Descriptives.geometricMean(numbers), "a geometric mean"), n: sample.count,
                interval: Descriptives.geometricMeanInterval(numbers, level: level))
        }
    }

    // MARK: Shape

    /// `col:skewness()`: G1 of SAS, SPSS and Excel; `{ type = 1 }` is g1, 3 is b1.
    static func skewness(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try shape(
            host, arguments, "skewness", needs: [1, 3, 1],
            [Descriptives.skewness, Descriptives.sampleSkewness, Descriptives.skewnessByDeviation])
    }

    /// `col:kurtosis()`: the excess over a normal distribution's, G2 of SAS, SPSS and Excel; 1 is g2, 3 is b2.
    static func kurtosis(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try shape(
            host, arguments, "kurtosis", needs: [1, 4, 1],
            [
                Descriptives.excessKurtosis, Descriptives.sampleExcessKurtosis,
                Descriptives.excessKurtosisByDeviation,
            ])
    }

    /// One of the three types of Joanes and Gill.
    private static func shape(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String, needs counts: [Int],
        _ types: [(Span<Double>) -> Double?]
    ) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, verb)
        let options = try host.options(arguments, 1, verb, known: ["type"])
        let type = try host.wholeNumber(options, "type", verb, 1...3, standard: 2) - 1
        return try host.give(from: sample) { () throws(Undefined) in
            try sample.require(counts[type], verb)
            try sample.requireDifferent(verb)
            return Computed(try sample.known(types[type](sample.numbers.span), verb), n: sample.count)
        }
    }

    /// `col:five_numbers()`: the median with hinges and ends. It shows the lowest and the highest value as they are, so
    /// it rests on those who have them, as `min` and `max` do.
    static func fiveNumbers(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "five_numbers")
        let numbers = sample.numbers
        let five = FiveNumberSummary(numbers.span)
        var holders = Int.max
        for end in [five?.minimum, five?.maximum] {
            let those = try host.persons(sample.column.group) { numbers[numbers.startIndex + $0] == end }
            holders = min(holders, those)
        }
        let group = sample.column.group.resting(on: sample.column.group, persons: holders)
        return try host.give(from: group, where: sample.isThere) { () throws(Undefined) in
            var computed = Computed(try sample.known(five?.median, "a five-number summary"), n: sample.count)
            computed.add("minimum", five?.minimum)
            computed.add("lower_hinge", five?.lowerHinge)
            computed.add("upper_hinge", five?.upperHinge)
            computed.add("maximum", five?.maximum)
            return computed
        }
    }

    /// `col:autocorrelation()`: at lag 1, of the rows as they come or in the order of another column.
    static func autocorrelation(
        _ host: Evaluation, _ arguments: borrowing LuaArguments
    ) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "autocorrelation")
        let options = try host.options(arguments, 1, "autocorrelation", known: ["order"])
        let order = try host.column(options, "order", of: sample.column.group, "autocorrelation")
        var numbers = Array(sample.numbers)
        if let order {
            let moments = try host.numbers(order, "autocorrelation")
            let places = moments.indices.filter { !moments[$0].isNaN }.sorted {
                (moments[$0], $0) < (moments[$1], $1)
            }
            numbers = places.map { sample.numbers[sample.numbers.startIndex + $0 - moments.startIndex] }
        }
        return try host.give(from: [sample.column] + (order.map { [$0] } ?? [])) { () throws(Undefined) in
            let ordered = Sample(sample.column, numbers[...])
            try ordered.require(2, "an autocorrelation")
            try ordered.requireDifferent("an autocorrelation")
            let found = Descriptives.lag1Autocorrelation(numbers.span)
            return Computed(try ordered.known(found, "an autocorrelation"), n: ordered.count)
        }
    }
}
