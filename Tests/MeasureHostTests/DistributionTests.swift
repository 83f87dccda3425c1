import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// Spread, shape, robust and resampled estimates: what they say of data that are too few, too equal or too wild, and
/// what they do not depend on.
struct DistributionTests {
    /// Every verb, and whether it stays the same when all values are shifted (`.same`), or moves along (`.along`).
    private enum Shift { case same, along, other }

    private static let verbs: [(call: String, shift: Shift, scalesBy: Int)] = [
        ("iqr()", .same, 1), ("mad()", .same, 1), ("trimmed_mean(0.1)", .along, 1), ("winsorized_mean(0.2)", .along, 1),
        ("trimmed_mean(0.1).se", .same, 1), ("winsorized_mean(0.2).sd", .same, 1), ("cv()", .other, 0),
        ("geometric_mean()", .other, 1), ("skewness()", .same, 0), ("skewness{ type = 1 }", .same, 0),
        ("skewness{ type = 3 }", .same, 0), ("kurtosis()", .same, 0), ("kurtosis{ type = 3 }", .same, 0),
        ("five_numbers()", .along, 1), ("five_numbers().lower_hinge", .along, 1), ("jackknife()", .along, 1),
        ("jackknife{ statistic = 'median' }.se", .same, 1), ("jackknife{ statistic = 'sd' }.bias", .same, 1),
        ("bootstrap{ resamples = 99 }.se", .same, 1), ("bootstrap{ resamples = 99 }.high", .along, 1),
        ("bootstrap{ resamples = 99, statistic = 'iqr', method = 'percentile' }.high", .same, 1),
    ]

    /// What each verb gives, as parts v1, v2, ...
    private static func asked(of column: String) -> String {
        let parts = verbs.enumerated().map { "v\($0.offset + 1) = \(column):\($0.element.call)," }
        return "return { \(parts.joined(separator: " ")) }"
    }

    private static func world(_ values: [Double?]) -> World { World(TestFile(Cells.numbers("x", values))) }

    private static func answers(_ values: [Double?]) throws -> [PartResult] {
        let answer = try world(values).ask(asked(of: "g.x"))
        let group = try #require(answer.groups.first)
        #expect(group.failure == nil, "\(String(describing: group.failure))")
        return verbs.indices.map { index in
            group.parts.first { $0.part == "v\(index + 1)" }
                ?? PartResult(part: nil, estimate: nil, status: .insufficient)
        }
    }

    private static let sample: [Double?] = {
        var random = SplitMix64(seed: 31)
        return (0..<40).map { $0 % 9 == 4 ? nil : 2 + (random.uniform() * 64).rounded() / 8 }
    }()

    // MARK: Data that are no good

    private func reason(_ call: String, _ values: [Double?]) throws -> String {
        let part = try Self.world(values).ask("return g.x:\(call)").part()
        #expect(part.status == .insufficient && part.estimate == nil, "\(call)")
        return part.reason ?? ""
    }

    @Test func nothingIsSaidOfNothing() throws {
        for verb in Self.verbs where !verb.call.contains(").") && !verb.call.contains("}.") {
            #expect(try reason(verb.call, [nil, nil]) == "there is no valid value", "\(verb.call)")
            let empty = "return g:where(g.x:above(5)).x:\(verb.call)"
            #expect(try Self.world([1, 2]).ask(empty).part().reason == "there is no valid value", "\(verb.call)")
        }
    }

    @Test func someNeedMoreThanOneValue() throws {
        #expect(try reason("cv()", [3]) == "a coefficient of variation needs at least two values")
        #expect(try reason("autocorrelation()", [3]) == "an autocorrelation needs at least two values")
        #expect(try reason("jackknife()", [3]) == "a jackknife needs at least two values")
        #expect(try reason("bootstrap()", [3, nil]) == "a bootstrap needs at least two values")
        #expect(try reason("skewness()", [3, 4]) == "skewness needs at least three values")
        #expect(try reason("kurtosis()", [3, 4, 6]) == "kurtosis needs at least four values")
        for call in ["trimmed_mean(0.2)", "winsorized_mean(0)", "geometric_mean()", "five_numbers()"] {
            let one = try Self.world([3]).estimate("return g.x:\(call)")
            #expect(isClose(one.value, 3) && one.n == 1 && one.low == nil, "\(call)")
        }
    }

    @Test func equalValuesHaveNoShape() throws {
        for verb in ["skewness", "kurtosis", "autocorrelation"] {
            let what = verb == "autocorrelation" ? "an autocorrelation" : verb
            #expect(try reason(verb + "()", [2, 2, 2, 2]) == "\(what) needs values that differ")
        }
        let equal = Self.world([2, 2, 2, 2])
        for call in ["iqr()", "mad()", "cv()", "bootstrap{ resamples = 50 }.se", "jackknife().se"] {
            #expect(try equal.value("return g.x:\(call)") == 0, "\(call)")
        }
        #expect(try equal.value("return g.x:jackknife().acceleration or 7") == 7)
    }

    @Test func whereTheFormulaEndsItIsSaid() throws {
        #expect(try reason("geometric_mean()", [3, 0]) == "a geometric mean needs values above 0")
        #expect(try reason("cv()", [-1, 1]) == "a coefficient of variation needs a mean other than 0")
        #expect(
            try reason("bootstrap{ statistic = 'geometric_mean' }", [3, -1, 4]) == "the statistic is undefined")
    }

    private static let wild: [[Double]] = [
        [1, 2, .infinity, 4], [-.infinity, 1, .infinity], [1e308, -1e308, 1.7e308],
        [.leastNonzeroMagnitude, 1e308, 3], [1e-200, 2e-200, 4e-200],
    ]

    @Test(arguments: wild)
    func wildNumbersGiveNumbersOrReasons(_ values: [Double]) throws {
        for (part, verb) in zip(try Self.answers(values), Self.verbs) {
            if let estimate = part.estimate {
                let numbers = [estimate.value, estimate.low, estimate.high].compactMap(\.self)
                #expect(numbers.allSatisfy { $0.isFinite }, "\(verb.call)")
            } else {
                #expect(part.status == .insufficient, "\(verb.call)")
            }
        }
        #expect(
            try reason("iqr()", [-.infinity, 1, .infinity])
                == "an interquartile range leaves the range of numbers: the values are infinite or too large")
        #expect(try Self.world([1, 2, 3, .infinity]).value("return g.x:trimmed_mean(0.3)") == 2.5)
    }

    @Test func optionsAreChecked() throws {
        let world = Self.world(Self.sample)
        for body in [
            "g.x:iqr{ type = 10 }", "g.x:mad{ constant = 0 }", "g.x:mad{ constant = 'x' }", "g.x:trimmed_mean()",
            "g.x:trimmed_mean(0.5)", "g.x:winsorized_mean(-0.1)", "g.x:skewness{ type = 4 }",
            "g.x:kurtosis{ kind = 1 }",
            "g.x:bootstrap{ resamples = 10001 }", "g.x:bootstrap{ resamples = 1 }", "g.x:bootstrap{ method = 'bc' }",
            "g.x:bootstrap{ statistic = 'max' }", "g.x:bootstrap{ level = 1 }", "g.x:bootstrap{ draws = { 1 } }",
            "g.x:bootstrap{ draws = { g.x } }", "g.x:mean{ level = 2 }", "g.x:autocorrelation{ order = 1 }",
        ] {
            #expect(try world.ask("return \(body)").failure().code == .luaError, "\(body)")
        }
    }

    // MARK: What must not matter

    @Test func orderOfRowsDoesNotMatter() throws {
        var random = SplitMix64(seed: 32)
        let before = try Self.answers(Self.sample)
        for _ in 0..<5 {
            let after = try Self.answers(random.shuffled(Self.sample))
            for (index, verb) in Self.verbs.enumerated() {
                #expect(
                    isClose(after[index].estimate?.value, before[index].estimate?.value, within: 1e-9), "\(verb.call)")
            }
        }
        let ordered = "return g.x:autocorrelation{ order = g.t }"
        let places = Array(0..<Self.sample.count)
        func world(_ places: [Int]) -> World {
            World(
                TestFile(
                    Cells.numbers("x", places.map { Self.sample[$0] }), Cells.numbers("t", places.map(Double.init))))
        }
        let inOrder = try world(places).value("return g.x:autocorrelation()")
        #expect(isClose(try world(random.shuffled(places)).value(ordered), inOrder, within: 1e-9))
    }

    @Test func shiftAndScaleMoveWhatTheyShould() throws {
        let before = try Self.answers(Self.sample)
        let shifted = try Self.answers(Self.sample.map { $0.map { $0 + 1000 } })
        let scaled = try Self.answers(Self.sample.map { $0.map { $0 * 8 } })
        for (index, verb) in Self.verbs.enumerated() {
            let value = try #require(before[index].estimate?.value)
            switch verb.shift {
            case .same: #expect(isClose(shifted[index].estimate?.value, value, within: 1e-8), "\(verb.call)")
            case .along: #expect(isClose(shifted[index].estimate?.value, value + 1000, within: 1e-9), "\(verb.call)")
            case .other: break
            }
            let factor = verb.scalesBy == 1 ? 8.0 : 1
            #expect(isClose(scaled[index].estimate?.value, value * factor, within: 1e-9), "\(verb.call)")
        }
    }

    // MARK: Numbers computed elsewhere

    @Test func meansCarryTheirError() throws {
        let world = Self.world([2, 4, 4, 5, nil])
        #expect(isClose(try world.value("return g.x:mean().se"), (19.0 / 12 / 4).squareRoot()))
        let narrow = try world.estimate("return g.x:mean{ level = 0.5 }")
        #expect(isClose(narrow.high, 3.75 + 0.7648923284043452 * (19.0 / 48).squareRoot(), within: 1e-9))
        #expect(narrow.level == 0.5)
        #expect(try Self.world([3]).value("return g.x:mean().se or 7") == 7)
    }

    /// R: `mean(x, trim = 0.2)`, WRS2's `trimse` and `trimci`.
    @Test func trimmedMeansHaveYuensInterval() throws {
        let world = Self.world([1, 2, 3, 4, 5, 6, 7, 8, 9, 40])
        let trimmed = try world.estimate("return g.x:trimmed_mean(0.2)")
        #expect(trimmed.value == 5.5 && trimmed.method == "yuen" && trimmed.n == 10)
        // Winsorized: 3 3 3 4 5 6 7 8 8 8, mean 5.5, squares 42.5.
        let error = (42.5 / 9).squareRoot() / (0.6 * 10.0.squareRoot())
        #expect(isClose(try world.value("return g.x:trimmed_mean(0.2).se"), error))
        #expect(try world.value("return g.x:trimmed_mean(0.2).df") == 5)
        #expect(isClose(trimmed.high, 5.5 + 2.5705818356363146 * error, within: 1e-9))
    }

    @Test func geometricMeansHaveTheIntervalOfLogarithms() throws {
        let mean = try Self.world([1, 2, 4, 8, 16]).estimate("return g.x:geometric_mean()")
        #expect(isClose(mean.value, 4) && mean.method == "log_t" && mean.n == 5)
        #expect(isClose((mean.low ?? 0) * (mean.high ?? 0), 16, within: 1e-9))
    }

    /// e1071's `skewness` and `kurtosis` of 1, 2, 3, 10 in their three types.
    @Test func shapesHaveThreeTypes() throws {
        let world = Self.world([1, 2, 3, 10])
        // Deviations -3, -2, -1, 6: m2 = 12.5, m3 = 45, m4 = 348.5.
        let (g1, g2) = (45 / (12.5 * 12.5.squareRoot()), 348.5 / 156.25 - 3)
        #expect(isClose(try world.value("return g.x:skewness{ type = 1 }"), g1))
        #expect(isClose(try world.value("return g.x:skewness()"), g1 * 12.0.squareRoot() / 2))
        #expect(isClose(try world.value("return g.x:skewness{ type = 3 }"), g1 * 0.75 * 0.75.squareRoot()))
        #expect(isClose(try world.value("return g.x:kurtosis{ type = 1 }"), g2))
        #expect(isClose(try world.value("return g.x:kurtosis()"), 3.0 / 2 * (5 * g2 + 6)))
        #expect(isClose(try world.value("return g.x:kurtosis{ type = 3 }"), (g2 + 3) * 0.5625 - 3))
    }

    // MARK: Persons

    /// It shows answers of persons.
    @Test func fiveNumbersRestOnTheEnds() throws {
        let five = try Self.world([1, 1, 2, 3, 4, 9]).estimate("return g.x:five_numbers()")
        #expect(five.value == 2.5 && five.persons == 1 && five.n == 6)
        #expect(try Self.world([1, 1, 2, 4, 4]).estimate("return g.x:five_numbers().maximum").persons == 2)
        #expect(try Self.world([1, 1, 2, 4, 4]).estimate("return g.x:iqr()").persons == 5)
    }

    // MARK: Resampling

    @Test func bootstrapsAreTheSameOnEveryRun() throws {
        let world = Self.world(Self.sample)
        let first = try world.estimate("return g.x:bootstrap()")
        #expect(try world.estimate("return g.x:bootstrap()") == first)
        #expect(first.method == "bootstrap_bca" && first.level == 0.95)
        let other = try world.estimate("return g.x:bootstrap{ seed = 2 }")
        #expect(other.value == first.value && other.low != first.low)
        let plain = try world.estimate("return g.x:mean()")
        let widths = [first, plain].map { ($0.high ?? 0) - ($0.low ?? 0) }
        #expect(first.value == plain.value && abs(widths[0] / widths[1] - 1) < 0.2)
        let details = "local e = g.x:bootstrap{ method = '%' } return (e.acceleration and e.level_low) and 1 or 0"
        #expect(try world.value(details.replacing("%", with: "bca")) == 1)
        #expect(try world.value(details.replacing("%", with: "basic")) == 0)
    }

    /// Whoever chooses the draws can read one value after the other.
    @Test func drawsOfOnesOwnAreRowAccess() throws {
        let world = World(
            TestFile(Cells.numbers("x", [1, nil, 3, 8])),
            TestFile("d", Cells.numbers("i1", [1, 2]), Cells.numbers("i2", [1, 3]), Cells.numbers("i3", [3, 3])),
            datasets: [World.survey, DatasetDescription(name: "d", dataClass: "unclassified", persons: .row)])
        let body = "local d = g.with.d return g.x:bootstrap{ draws = { d.i1, d.i2, d.i3 } }.bias"
        // Resamples 1 1 8 and 3 8 8: means 10/3 and 19/3, whose mean is 29/6; the mean of all is 4.
        #expect(isClose(try world.value(body, Question(with: ["d"])), 29.0 / 6 - 4))
        #expect(try world.message(body, Question(with: ["d"], mayReadRows: false)).contains("row_access"))
        let wrong = "local d = g.with.d return g.x:bootstrap{ draws = { d.i1, d.i2 } }"
        #expect(try world.message(wrong, Question(with: ["d"])).contains("as many columns"))
        let beyond = "local d = g.with.d return g.x:bootstrap{ draws = { d.i1, d.i2, d.i3 + 1 } }"
        #expect(try world.message(beyond, Question(with: ["d"])).contains("whole numbers from 1"))
    }

    @Test func replicatesAreRowAccess() throws {
        let world = Self.world([1, 2, 6])
        let body = "return g.x:jackknife().replicates[1]"
        #expect(try world.value(body) == 4)
        #expect(try world.message(body, Question(mayReadRows: false)).contains("row_access"))
    }

    /// Ten thousand medians of half a million rows are not waited for.
    @Test func longBootstrapsStopWithTheScript() throws {
        let world = Self.world((0..<200_000).map { Double($0 % 977) })
        let body = "return g.x:bootstrap{ statistic = 'median', resamples = 10000 }"
        let failure = try world.ask(body, Question(limits: EvaluationLimits(cpuSeconds: 0.3))).failure()
        #expect(failure.code == .cpuLimit, "\(failure.message)")
    }

    // MARK: Weights

    private static func weighted(_ values: [Double?], _ weights: [Double?]) -> World {
        World(TestFile(Cells.numbers("x", values), Cells.numbers("w", weights)))
    }

    @Test func wholeWeightsAreRowsRepeated() throws {
        var random = SplitMix64(seed: 33)
        let values = (0..<25).map { _ in Double(random.below(12)) }
        let weights = values.map { _ in Double(random.below(5)) }
        let repeated = zip(values, weights).flatMap { [Double?](repeating: $0, count: Int($1)) }
        let world = Self.weighted(values, weights)
        let plain = Self.world(repeated)
        #expect(
            isClose(
                try world.value("return g.x:weighted{ by = 'w' }:sd{ weights = 'frequency' }"),
                try plain.value("return g.x:sd()"), within: 1e-9))
        for p in [0.0, 0.1, 0.35, 0.5, 0.8, 1] {
            #expect(
                try world.value("return g.x:weighted{ by = 'w' }:quantile(\(p))")
                    == plain.value("return g.x:quantile(\(p), { type = 1 })"), "\(p)")
        }
        let scaled = Self.weighted(values, weights.map { $0 * 4 })
        for call in ["sd()", "sd{ weights = 'population' }", "median()", "quantile(0.3, { rule = 'interpolated' })"] {
            let body = "return g.x:weighted{ by = 'w' }:\(call)"
            #expect(isClose(try scaled.value(body), try world.value(body), within: 1e-9), "\(call)")
        }
    }

    @Test func rowsWithoutWeightAreLeftOut() throws {
        let world = Self.weighted([1, 2, 3, nil, 50], [1, nil, 1, 4, 0])
        #expect(try world.value("return g.x:weighted{ by = 'w' }:quantile(1)") == 3)
        let deviation = try world.estimate("return g.x:weighted{ by = 'w' }:sd()")
        #expect(isClose(deviation.value, 2.0.squareRoot()) && deviation.persons == 2)
        #expect(try world.estimate("return g.x:weighted{ by = 'w' }:quantile(1)").persons == 1)
    }

    @Test func weightsThatSayNothingAreSaidSo() throws {
        let calls = ["sd()", "median()", "quantile(0.2)"]
        let worlds: [(weights: [Double?], reason: String)] = [
            ([0, 0, 0], "the weights are all 0, or infinite"),
            ([1, .infinity, 1], "a weight is negative or infinite"), ([1, -1, 1], "a weight is negative or infinite"),
            ([nil, nil, nil], "there is no valid value with a weight"),
        ]
        for (weights, reason) in worlds {
            let world = Self.weighted([1, 2, 3], weights)
            for call in calls {
                let part = try world.ask("return g.x:weighted{ by = 'w' }:\(call)").part()
                #expect(part.status == .insufficient && part.reason == reason, "\(call) \(weights)")
            }
        }
        let one = try Self.weighted([1, nil], [2, 1]).ask("return g.x:weighted{ by = 'w' }:sd()").part()
        #expect(one.reason == "a weighted standard deviation needs at least two rows with weight")
    }
}
