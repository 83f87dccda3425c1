@testable import Statistics

/// Charts on arrays, for tests only, as in `ArrayColumns`.
extension ChartSeries {
    static func run(_ values: [Double]) -> ChartSeries { run(values.span) }
    static func individuals(_ values: [Double]) -> ChartSeries { individuals(values.span) }
    static func counts(_ events: [Double]) -> ChartSeries { counts(events.span) }
    static func casesBetween(_ gaps: [Double]) -> ChartSeries { casesBetween(gaps.span) }
    static func timeBetween(_ gaps: [Double]) -> ChartSeries { timeBetween(gaps.span) }

    static func shares(_ events: [Double], of sizes: [Double], adjusted: Bool = false) -> ChartSeries {
        shares(events.span, of: sizes.span, adjusted: adjusted)
    }

    static func rates(_ events: [Double], per exposures: [Double], adjusted: Bool = false) -> ChartSeries {
        rates(events.span, per: exposures.span, adjusted: adjusted)
    }

    static func subgroups(means: [Double], standardDeviations: [Double], sizes: [Double]) -> ChartSeries {
        subgroups(means: means.span, standardDeviations: standardDeviations.span, sizes: sizes.span)
    }

    static func subgroups(means: [Double], ranges: [Double], sizes: [Double]) -> ChartSeries {
        subgroups(means: means.span, ranges: ranges.span, sizes: sizes.span)
    }
}

extension Subgroups {
    init(_ values: [Double], bounds: [Int]) { self.init(values.span, bounds: bounds) }
}

extension MovingRanges {
    init(_ values: [Double]) { self.init(values.span) }
}

extension RareEvents {
    static func casesBetween(_ events: [Double]) -> [Double] { casesBetween(events.span) }
    static func timeBetween(_ times: [Double]) -> [Double] { timeBetween(times.span) }
}

extension RunAnalysis {
    init(_ values: [Double], center: Double) { self.init(values.span, center: center) }
}

extension PatternRules {
    static func positions(of rule: ChartRule, in z: [Double]) -> [Int]? { positions(of: rule, in: z.span) }
}

extension PairedChange {
    init(before: [Double], after: [Double]) { self.init(before: before.span, after: after.span) }
}

extension McNemar {
    init(before: [Double], after: [Double]) { self.init(before: before.span, after: after.span) }
}

extension RankComparison {
    init(_ first: [Double], _ second: [Double]) { self.init(first.span, second.span) }
}

extension MultipleComparisons {
    static func benjaminiHochberg(_ p: [Double]) -> [Double]? { benjaminiHochberg(p.span) }
    static func holm(_ p: [Double]) -> [Double]? { holm(p.span) }
}

extension RegressionDesign {
    init(response: [Double]) { self.init(response: response.span) }
    mutating func addCategories(_ name: String, _ codes: [Double]) { addCategories(name, codes.span) }
    mutating func absorb(_ codes: [Double]) { absorb(codes.span) }
    mutating func cluster(by codes: [Double]) { cluster(by: codes.span) }

    static func differenceInDifferences(
        _ outcome: [Double], treated: [Double], post: [Double]
    ) -> RegressionDesign {
        differenceInDifferences(outcome.span, treated: treated.span, post: post.span)
    }

    static func twoWayFixedEffects(
        _ outcome: [Double], underTreatment: [Double], units: [Double], periods: [Double]
    ) -> RegressionDesign {
        twoWayFixedEffects(
            outcome.span, underTreatment: underTreatment.span, units: units.span, periods: periods.span)
    }

    static func interruptedSeries(_ values: [Double], interruption: Int) -> RegressionDesign {
        interruptedSeries(values.span, interruption: interruption)
    }
}

extension DifferenceInDifferences {
    init(_ outcome: [Double], treated: [Double], post: [Double]) {
        self.init(outcome.span, treated: treated.span, post: post.span)
    }
}

extension KaplanMeier {
    static func curve(times: [Double], events: [Double]) throws -> KaplanMeier {
        try KaplanMeier(times: times.span, events: events.span)
    }
}
