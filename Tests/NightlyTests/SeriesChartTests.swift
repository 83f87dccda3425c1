import MeasureModel
import Statistics
import Testing

@testable import Nightly

/// The chart of one series of published numbers.
struct SeriesChartTests {
    /// A point of a course: a value, or how it stands without one.
    private enum Point {
        case value(Double)
        case share(Double, Double)
        case provisional(Double)
        case hidden
        /// A period without an observation.
        case gap
    }

    private static func course(_ points: [Point]) -> SeriesCourse {
        var course = SeriesCourse(count: points.count)
        for (place, point) in points.enumerated() {
            var isComplete = true
            if case .provisional = point { isComplete = false }
            var observation = Observation(
                id: "", measure: "m", version: "1.0.0", part: nil, params: [:], preset: nil,
                period: .init(kind: "month", label: "", start: nil, end: nil, complete: isComplete), group: [:],
                unit: "points", countedUnit: "rows", status: .ok, reason: nil,
                provenance: .init(data: "", script: "", host: "", policy: "", asOf: ""))
            switch point {
            case .gap: continue
            case .hidden: observation.status = Status.suppressed.rawValue
            case .value(let value), .provisional(let value): observation.value = value
            case .share(let events, let units):
                observation.value = units > 0 ? events / units : 0
                (observation.numerator, observation.denominator) = (events, units)
            }
            course.put(observation, at: place)
        }
        return course
    }

    private static func chart(
        _ points: [Point], _ kind: ChartKind = .xmr, _ rules: RuleSet = .anhoej, baseline: Int? = nil,
        starts: [Int] = []
    ) -> SeriesChart {
        SeriesChart(course(points), kind: kind, rules: rules, baseline: baseline, phaseStarts: starts)
    }

    private static let steady: [Point] = [1, 3, 2, 1, 3, 2, 3, 1, 2, 1, 3, 2].map { .value($0) }

    @Test func aSeriesOfOnePointHasACentreAndNoLimits() {
        let place = Self.chart([.value(4)]).place(0, phase: 1)
        #expect(place.status == "ok" && place.center == 4 && place.lower == nil && place.upper == nil)
        #expect(place.reason == "limits need at least two complete periods in a row in the baseline")
        #expect(place.signals.isEmpty)
    }

    @Test func equalPointsHaveNoLimits() {
        let chart = Self.chart([Point](repeating: .value(0.1), count: 30), .xmr, .nelson)
        for index in 0..<30 {
            let place = chart.place(index, phase: 1)
            #expect(place.center == 0.1 && place.lower == nil && place.upper == nil)
            #expect(place.reason == "the points of the baseline do not vary" && place.signals.isEmpty)
            #expect(place.disagree.isEmpty, "a set that cannot judge does not disagree")
        }
    }

    @Test func limitsComeFromTheBaseline() {
        let chart = Self.chart(Self.steady + [.value(100), .value(2)], baseline: 12)
        let (first, last) = (chart.place(0, phase: 1), chart.place(13, phase: 1))
        #expect(first.center == 2 && last.center == 2)
        #expect(first.upper == last.upper && first.lower == last.lower)
        let ranges = [2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1].reduce(0.0, +) / 11
        #expect(abs((first.upper ?? 0) - (2 + 3 * ranges / (2 / Double.pi.squareRoot()))) < 1e-12)
    }

    @Test func ruleSetsThatJudgeOtherwiseAreNamed() {
        let points = Self.steady + [.value(100)]
        let place = Self.chart(points, .xmr, .anhoej, baseline: 12).place(12, phase: 1)
        #expect(place.signals.isEmpty && place.disagree == ["western_electric", "nelson"])
        let other = Self.chart(points, .xmr, .nelson, baseline: 12).place(12, phase: 1)
        #expect(other.signals == ["beyond_limits"] && other.disagree == ["anhoej", "ihi"])
    }

    @Test func aHiddenPointInTheBaselineLeavesNoChart() {
        var points = Self.steady + [.value(100)]
        points[3] = .hidden
        for baseline in [12, nil] {
            let place = Self.chart(points, baseline: baseline).place(12, phase: 1)
            #expect(place.status == "insufficient" && place.reason == "the baseline has hidden points")
            #expect(place.center == nil && place.lower == nil && place.upper == nil && place.signals.isEmpty)
        }
        #expect(Self.chart(points, baseline: 3).place(12, phase: 1).status == "ok", "it lies behind the baseline")
        let phased = Self.chart(points, starts: [5])
        #expect(phased.place(2, phase: 1).status == "insufficient" && phased.place(7, phase: 2).status == "ok")
    }

    @Test func hiddenPointsAreGapsAndTellNothing() {
        let rest = [Point](repeating: .value(5), count: 8)
        let hidden = Self.chart(Self.steady + [.hidden] + rest, .xmr, .nelson, baseline: 12)
        let gap = Self.chart(Self.steady + [.gap] + rest, .xmr, .nelson, baseline: 12)
        for place in 13..<21 { #expect(hidden.place(place, phase: 1) == gap.place(place, phase: 1)) }
        #expect(!hidden.place(20, phase: 1).signals.contains("nine_on_one_side"), "the gap ends the run")
    }

    @Test func aPeriodWithoutDataFormsNoMovingRange() {
        let chart = Self.chart([.value(1), .value(2), .gap, .value(50), .value(51)])
        let place = chart.place(0, phase: 1)
        #expect(place.center == 26)
        #expect(abs((place.upper ?? 0) - (26 + 3 / (2 / Double.pi.squareRoot()))) < 1e-12, "ranges of 1 and 1")
    }

    @Test func provisionalPointsAreShownAndNotJudged() {
        let settled = Self.chart(Self.steady, .xmr, .nelson)
        let chart = Self.chart(Self.steady + [.provisional(100)], .xmr, .nelson)
        #expect(chart.place(3, phase: 1) == settled.place(3, phase: 1))
        let place = chart.place(12, phase: 1)
        #expect(place.center == 2 && place.upper == settled.place(3, phase: 1).upper)
        #expect(place.signals.isEmpty && place.disagree.isEmpty)
        let only = Self.chart([.provisional(1)]).place(0, phase: 1)
        #expect(only.status == "insufficient" && only.reason == "the baseline has no complete period with a value")
    }

    @Test func sharesAreChartedByWhatTheyAreMadeOf() {
        let points: [Point] = [.share(2, 20), .share(0, 0), .share(4, 40), .share(6, 20), .value(0.5)]
        let chart = Self.chart(points, .p)
        let place = chart.place(0, phase: 1)
        #expect(place.center == 12.0 / 80)
        let sigma = (0.15 * 0.85 / 20).squareRoot()
        #expect(place.lower == 0 && abs((place.upper ?? 0) - (0.15 + 3 * sigma)) < 1e-12)
        #expect(chart.place(1, phase: 1).upper == nil, "nobody was there")
        let numbers = Self.chart(Self.steady, .p).place(0, phase: 1)
        #expect(numbers.status == "insufficient" && numbers.reason == "a p chart needs a numerator and a denominator")
        let impossible = Self.chart([.share(3, 2), .share(1, 2)], .p).place(1, phase: 1)
        #expect(impossible.status == "insufficient" && impossible.reason == "a value is not possible on this chart")
        #expect(Self.chart([.value(-1), .value(2)], .c).place(1, phase: 1).status == "insufficient")
    }

    @Test func hugeValuesHaveNoLimits() {
        let place = Self.chart([.value(1.7e308), .value(-1.7e308), .value(1.7e308)]).place(0, phase: 1)
        for number in [place.center, place.lower, place.upper] { #expect(number?.isFinite != false) }
        #expect(place.reason != nil)
    }

    @Test func whatThePhaseShowsIsSaidAtItsLastPoint() {
        let low = [Point](repeating: .value(1), count: 10)
        let points = low + [Point](repeating: .value(5), count: 10)
        let chart = Self.chart(points + [.gap], .run, .anhoej)
        #expect(chart.place(19, phase: 1).signals == ["longest_run", "crossings"])
        #expect(chart.place(18, phase: 1).signals == ["longest_run"])
        #expect(chart.place(10, phase: 1).signals.isEmpty)
        #expect(chart.place(0, phase: 1).disagree.isEmpty)
    }
}
