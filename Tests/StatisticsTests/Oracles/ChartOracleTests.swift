import PlumblineTestSupport
import Statistics
import Testing

@Suite("Control charts as R computes them")
struct ChartOracleTests {
    @Test(
        "every quantity of the charts",
        .enabled(if: Oracle.isPresent("spc-attributes") && Oracle.isPresent("spc-xmr-run"), Oracle.absenceComment),
        arguments: ["spc-attributes", "spc-rare", "spc-rules", "spc-variables", "spc-xmr-run"])
    func charts(_ name: String) throws {
        let oracle = try Oracle(name)
        #expect(!oracle.quantities.isEmpty)
        for quantity in oracle.quantities {
            let answer = try ChartAnswers(oracle, quantity).answer
            if let text = quantity.value as? String {
                #expect(answer == .text(text), "\(quantity.name) \(quantity.arguments)")
            } else if case .numbers(let numbers) = answer {
                quantity.expect(numbers)
            } else {
                Issue.record("nothing answers \(quantity.name) \(quantity.arguments)")
            }
        }
    }
}

/// The room's answer to a quantity of a chart.
private struct ChartAnswers {
    enum Answer: Equatable {
        case numbers([Double])
        case text(String)
    }

    private let oracle: Oracle
    private let quantity: Oracle.Quantity

    init(_ oracle: Oracle, _ quantity: Oracle.Quantity) {
        self.oracle = oracle
        self.quantity = quantity
    }

    var answer: Answer? {
        get throws {
            if let verdict = try runsVerdict() { return .text(verdict.rawValue) }
            let numbers = try table() ?? events() ?? ranges() ?? runs() ?? spreads() ?? chart()
            return numbers.map { .numbers($0) }
        }
    }

    private func column(_ name: String) throws -> [Double] {
        try oracle.column(name, in: quantity.text("file") ?? "input.csv")
    }

    // MARK: Values in time order

    private func values() throws -> [Double] {
        let values = try column(quantity.text("y") ?? "")
        let phase = quantity.numbers("phase")
        return phase.isEmpty ? values : Array(values[Int(phase[0]) - 1..<Int(phase[1])])
    }

    private var baseline: Int? { quantity.numbers("baseline").last.map { Int($0) } }

    private func runs() throws -> [Double]? {
        guard quantity.text("skip") != nil else { return nil }
        let values = try values()
        let chart = ControlChart(.run(values.span), phases: [ChartPhase(baseline: baseline)])
        let phase = try #require(chart.phases.first)
        let runs = try #require(phase.runs)
        func flag(_ rule: ChartRule) -> Double {
            phase.verdicts.flatMap(\.signals).contains { $0.rule == rule } ? 1 : 0
        }
        switch quantity.name {
        case "run_centre_line_median": return [phase.center].compactMap(\.self)
        case "n_useful": return [Double(runs.useful)]
        case "n_runs": return [Double(runs.runs)]
        case "longest_run": return [Double(runs.longestRun)]
        case "n_crossings": return [Double(runs.crossings)]
        case "anhoej_longest_run_max": return [runs.longestPlausibleRun].compactMap { $0.map(Double.init) }
        case "anhoej_crossings_min": return [runs.fewestPlausibleCrossings].compactMap { $0.map(Double.init) }
        case "anhoej_signal_run": return [flag(.longestRun)]
        case "anhoej_signal_crossings": return [flag(.crossings)]
        case "shift_signal_points": return ones(runs.shift(length: Int(quantity.number("min_length") ?? 0)))
        case "trend_longest_points": return [Double(runs.longestTrend)]
        case "runs_above_below": return [Double(runs.above), Double(runs.below)]
        case "runs_limits_exact":
            return runs.plausibleRuns().map { [Double($0.upperBound), Double($0.lowerBound)] }
        default: return nil
        }
    }

    private func runsVerdict() throws -> RunsVerdict? {
        guard quantity.name == "runs_signal_exact" else { return nil }
        let values = try values()
        return ControlChart(.run(values.span), phases: [ChartPhase(baseline: baseline)]).phases[0].runs?.runsVerdict()
    }

    private func ranges() throws -> [Double]? {
        guard quantity.name == "mean_moving_range" || quantity.name == "mr_ucl" else { return nil }
        let values = Array(try values().prefix(baseline ?? .max))
        let isClosed = quantity.text("missing")?.hasPrefix("blanks dropped") ?? false
        let ranges = MovingRanges(values.span, gaps: isClosed ? .closed : .notFormed)
        return [quantity.name == "mr_ucl" ? ranges.upperLimit : ranges.mean].compactMap(\.self)
    }

    /// Limits by number of useful points.
    private func table() throws -> [Double]? {
        let column = quantity.text("column")
        switch quantity.name {
        case "anhoej_limits_table":
            return (10...60).map { count in
                let runs = alternating(count)
                return Double(
                    (column == "crossings min" ? runs.fewestPlausibleCrossings : runs.longestPlausibleRun) ?? 0)
            }
        case "runs_limits_exact_table":
            return (10...40).map { count in
                let plausible = alternating(count).plausibleRuns() ?? 0...0
                return Double(column == "lowest allowed" ? plausible.lowerBound : plausible.upperBound)
            }
        default: return nil
        }
    }

    private func alternating(_ count: Int) -> RunAnalysis {
        let values = (0..<count).map { $0.isMultiple(of: 2) ? -1.0 : 1 }
        return RunAnalysis(values.span, center: 0)
    }

    // MARK: Charts

    private func chart() throws -> [Double]? {
        guard let series = try series() else {
            // Points that are measured in σ already.
            let values = try values()
            return rule.flatMap { PatternRules.positions(of: $0, in: values.span) }.map(ones)
        }
        var options = ChartOptions()
        options.sigma = sigmaRule
        options.rareEventCenter = rareEventCenter
        let excluded = Set(quantity.numbers("exclude").map { Int($0) - 1 })
        let phases = [ChartPhase(baseline: baseline, excluding: excluded)]
        let phase = ControlChart(series, phases: phases, options: options).phases[0]
        switch quantity.name {
        case "centre_line": return [phase.center].compactMap(\.self)
        case "sigma": return single(phase.sigmas)
        case "sigma_z": return [phase.inflation].compactMap(\.self)
        case "ucl": return single(phase.upper)
        case "lcl": return single(phase.lower)
        case "signals":
            return ones(phase.verdicts.flatMap(\.signals).first { $0.rule == rule }?.positions ?? [])
        default: return nil
        }
    }

    private func series() throws -> ChartSeries? {
        switch quantity.text("chart") {
        case "XmR":
            let values = try values()
            return .individuals(values.span)
        case "p", "p' (Laney)", "u", "u' (Laney)": return try ratios()
        case "c":
            let events = try column(quantity.text("x") ?? "")
            return .counts(events.span)
        case "g (cases between)":
            let gaps = try casesBetween()
            return .casesBetween(gaps.span)
        case "t (time between)":
            let gaps = try timeBetween()
            return .timeBetween(gaps.span)
        case "Xbar-S": return try subgroups().byStandardDeviation
        case "Xbar-R": return try subgroups().byRange
        default: return nil
        }
    }

    private func ratios() throws -> ChartSeries? {
        var (events, sizes): ([Double], [Double])
        if quantity.text("aggregate") != nil {
            let harms = try column("harms")
            let isShare = quantity.text("n") == "admissions"
            events = try byMonth(isShare ? harms.map { $0 > 0 ? 1 : 0 } : harms)
            sizes = try byMonth(isShare ? harms.map { _ in 1 } : try column("days"))
        } else {
            events = try column(quantity.text("x") ?? "")
            sizes = try column(quantity.text("n") ?? "")
        }
        if quantity.text("rows") == "1..30" { (events, sizes) = (Array(events.prefix(30)), Array(sizes.prefix(30))) }
        let chart = quantity.text("chart") ?? ""
        let isAdjusted = chart.hasSuffix("(Laney)")
        return chart.hasPrefix("p")
            ? .shares(events.span, of: sizes.span, adjusted: isAdjusted)
            : .rates(events.span, per: sizes.span, adjusted: isAdjusted)
    }

    private func byMonth(_ values: [Double]) throws -> [Double] {
        let months = try #require(try oracle.table("input_gtt.csv")["month"])
        let sums = Dictionary(zip(months, values), uniquingKeysWith: +)
        return sums.keys.sorted().map { sums[$0] ?? .nan }
    }

    // MARK: Rare events

    private func events() throws -> [Double]? {
        switch quantity.name {
        case "n_events": [Double(try column("death").count { $0 == 1 })]
        case "gaps_first_10": Array(try casesBetween().prefix(10))
        case "zero_gaps": [Double(try timeBetween().count { $0 == 0 })]
        default: nil
        }
    }

    private func casesBetween() throws -> [Double] {
        let deaths = try column("death")
        return RareEvents.casesBetween(deaths.span)
    }

    private func timeBetween() throws -> [Double] {
        let dates = try #require(try oracle.table("input.csv")["date"])
        let days = zip(dates, try column("death")).filter { $0.1 == 1 }.map { dayNumber($0.0) }
        return RareEvents.timeBetween(days.span)
    }

    /// Days since 1 March of the year 0.
    private func dayNumber(_ date: String) -> Double {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        let (year, month) = parts[1] > 2 ? (parts[0], parts[1] - 3) : (parts[0] - 1, parts[1] + 9)
        return Double(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2])
    }

    // MARK: Subgroups

    private func spreads() throws -> [Double]? {
        switch quantity.name {
        case "subgroup_means": return try subgroups().means
        case "subgroup_sds": return try subgroups().standardDeviations
        default: break
        }
        guard ["s_", "r_"].contains(quantity.name.prefix(2)), let series = try series() else { return nil }
        let spread = try SpreadChart(series, phase: ChartPhase(baseline: baseline))
        switch quantity.name.dropFirst(2) {
        case "centre_line": return [spread.center]
        case "ucl": return single(spread.upper)
        case "lcl": return single(spread.lower)
        default: return nil
        }
    }

    private func subgroups() throws -> Subgroups {
        var values = try column("diameter")
        var samples = try column("sample")
        let rows = quantity.text("rows") ?? ""
        if rows.hasPrefix("trial") {
            let trial = try #require(try oracle.table("input.csv")["trial"])
            let last = trial.count { $0 == "TRUE" }
            let left = rows.contains("without") ? [2, 7, 8, 31, 56, 57, 99] : []
            let kept = (0..<last).filter { !left.contains($0 + 1) }
            (values, samples) = (kept.map { values[$0] }, kept.map { samples[$0] })
        }
        let starts = samples.indices.filter { $0 == 0 || samples[$0] != samples[$0 - 1] }
        return Subgroups(values.span, bounds: starts + [samples.count])
    }

    // MARK: Variants

    private var sigmaRule: IndividualsSigma {
        let text = quantity.text("sigma_rule") ?? ""
        if text.hasPrefix("mean MR / 1.128") { return .meanMovingRangeRounded }
        if text.hasPrefix("median") { return .medianMovingRange }
        if text.hasPrefix("Nelson") { return .screenedMovingRange }
        return text.hasPrefix("sample sd") ? .sampleStandardDeviation : .meanMovingRange
    }

    private var rareEventCenter: RareEventCenter {
        let text = quantity.text("cl") ?? ""
        return text.hasPrefix("sample median") ? .median : text.hasPrefix("0.693") ? .theoreticalMedian : .mean
    }

    private var rule: ChartRule? {
        let rules: [String: ChartRule] = [
            "N1": .beyondLimits, "N2": .nineOnOneSide, "WE4": .eightOnOneSide, "N3": .sixInTrend,
            "N4": .fourteenAlternating, "N5/WE2": .twoOfThree, "N6/WE3": .fourOfFive, "N7": .fifteenWithin,
            "N8": .eightOutside,
        ]
        return quantity.text("rule").flatMap { rules[$0] }
    }

    private func ones(_ positions: [Int]) -> [Double] { positions.map { Double($0 + 1) } }

    /// One number where all are equal and one is wanted.
    private func single(_ values: [Double]) -> [Double] {
        quantity.wanted.count == 1 && Set(values).count == 1 ? [values[0]] : values
    }
}
