import LuaSandbox
import Statistics

/// How far a statistic would vary: the jackknife and the bootstrap.
enum ResamplingVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "jackknife", jackknife),
        Verb(.column, "bootstrap", bootstrap),
    ]

    private static let statistics: [(word: String, value: @Sendable (Span<Double>) -> Double?)] = [
        ("mean", { Descriptives.mean($0) }),
        ("median", { Quantiles.median($0) }),
        ("sd", { Moments($0).standardDeviation }),
        ("cv", { Moments($0).coefficientOfVariation }),
        ("iqr", { Quantiles.interquartileRange($0) }),
        ("mad", { Quantiles.medianAbsoluteDeviation($0) }),
        ("geometric_mean", { Descriptives.geometricMean($0) }),
        ("skewness", { Descriptives.sampleSkewness($0) }),
    ]

    /// `col:jackknife{ statistic = "median" }`: the statistic, and what it is when each value in turn is left out.
    static func jackknife(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "jackknife")
        let options = try host.options(arguments, 1, "jackknife", known: ["statistic"])
        let statistic = try host.choice(options, "statistic", "jackknife", statistics)
        let clock = WorkClock(host)
        let given = try host.give(from: sample) { () throws(Undefined) in
            try sample.require(2, "a jackknife")
            let jackknife = try Jackknife(sample.numbers.span) { clock.isOver($0.count) ? nil : statistic($0) }
            let value = try sample.known(statistic(sample.numbers.span), "the statistic")
            var computed = Computed(value, n: sample.count)
            computed.add("se", jackknife.standardError)
            computed.add("bias", jackknife.bias(of: value))
            computed.add("acceleration", jackknife.acceleration)
            computed.add("replicates", perRow: jackknife.replicates)
            return computed
        }
        try host.stopIfOver()
        return given
    }

    /// `col:bootstrap{ statistic = "median", method = "percentile" }`: the statistic with an interval from resamples.
    ///
    /// The resamples are drawn from the sorted values, so that the order of rows does not matter, and are the same on
    /// every run.
    static func bootstrap(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let sample = try Sample(host, arguments, "bootstrap")
        let options = try host.options(
            arguments, 1, "bootstrap", known: ["statistic", "method", "resamples", "seed", "draws", "level"])
        let statistic = try host.choice(options, "statistic", "bootstrap", statistics)
        let method = try host.choice(
            options, "method", "bootstrap",
            [("bca", Bootstrap.Method.bca), ("percentile", .percentile), ("basic", .basic)])
        let level = try host.level(options, "bootstrap")
        let resamples = try host.wholeNumber(options, "resamples", "bootstrap", 2...10_000, standard: 1999)
        let seed = try host.wholeNumber(options, "seed", "bootstrap", 0...Int(Int32.max), standard: 1)
        let values = sample.numbers.filter { !$0.isNaN }
        let draws = try draws(host, options, sample, values.count)
        let clock = WorkClock(host)
        let watched = { (values: Span<Double>) in clock.isOver(values.count) ? nil : statistic(values) }
        let group = draws.map { sample.column.group.resting(on: $0.group) } ?? sample.column.group
        let extremes = try Extremes(host, sample.column.group, sample.numbers)
        let given = try host.give(from: group, where: sample.isThere) { () throws(Undefined) in
            try sample.require(2, "a bootstrap")
            let isAccelerated = method == .bca
            guard let draws else {
                var generator = SplitMix64(seed: UInt64(seed))
                let drawn = try Bootstrap(
                    values.sorted().span, resamples: resamples, using: &generator, isAccelerated: isAccelerated,
                    statistic: watched)
                return computed(drawn, method, level, extremes)
            }
            let given = try Bootstrap(
                values.span, resamples: draws.indices.span, isAccelerated: isAccelerated, statistic: watched)
            return computed(given, method, level, extremes)
        }
        try host.stopIfOver()
        return given
    }

    private static func computed(
        _ bootstrap: Bootstrap, _ method: Bootstrap.Method, _ level: ConfidenceLevel,
        _ extremes: Extremes
    ) -> Computed {
        var computed = Computed(
            bootstrap.value, n: bootstrap.count,
            interval: extremes.shown(bootstrap.interval(method, level: level)))
        let levels = bootstrap.correctedLevels(level: level)
        computed.add("se", bootstrap.standardError)
        computed.add("bias", bootstrap.bias)
        computed.add("bias_correction", bootstrap.biasCorrection)
        computed.add("acceleration", bootstrap.acceleration)
        computed.add("level_low", levels?.low)
        computed.add("level_high", levels?.high)
        return computed
    }

    /// Resamples that the script hands in: a column for each place in a resample, a row for each resample, in it the
    /// numbers of valid values. Whoever chooses them can ask for one value after the other, so it is row access.
    private static func draws(
        _ host: Evaluation, _ options: LuaTable, _ sample: Sample, _ count: Int
    ) throws(LuaHostError) -> (indices: [Int], group: GroupView)? {
        guard let given = options["draws"] else { return nil }
        try host.requireRowAccess("bootstrap with `draws` of your own", of: sample.column.group)
        var columns: [ColumnView] = []
        for element in given.asTable?.list ?? [] {
            guard case .object(let reference) = element, case .column(let column) = host.object(reference) else {
                break
            }
            columns.append(column)
        }
        guard let first = columns.first, columns.count == given.asTable?.list?.count else {
            throw .message(
                "bootstrap: `draws` is a list of columns, one for each place in a resample: { d.i1, d.i2, d.i3 }")
        }
        guard columns.count == count else {
            throw .message("bootstrap: `draws` needs as many columns as there are valid values")
        }
        guard first.data.count * count <= 10_000_000 else {
            throw .message("bootstrap: `draws` has at most 10,000,000 numbers")
        }
        var numbers: [ArraySlice<Double>] = []
        for column in columns {
            try host.requireSameRows(column.group, first.group, "bootstrap")
            numbers.append(try host.numbers(column, "bootstrap"))
        }
        var indices: [Int] = []
        indices.reserveCapacity(first.data.count * count)
        for row in 0..<first.data.count {
            for column in numbers {
                guard let number = Int(exactly: column[column.startIndex + row]), (1...count).contains(number) else {
                    throw .message("bootstrap: `draws` holds whole numbers from 1 to the number of valid values")
                }
                indices.append(number - 1)
            }
        }
        return (indices, first.group)
    }
}

/// Bills work as it is done, and says when the script has none left.
private final class WorkClock {
    private let host: Evaluation
    private var open = 0

    init(_ host: Evaluation) { self.host = host }

    /// Takes in so many further rows. What is computed after it was over is thrown away.
    func isOver(_ rows: Int) -> Bool {
        open += rows
        guard open > 100_000 else { return false }
        host.bill(rows: open)
        open = 0
        return (try? host.stopIfOver()) == nil
    }
}
