import LuaSandbox
import MeasureModel
import Statistics

/// How long it takes until something happens, where some were observed only up to a time without it.
enum SurvivalVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "survival", survival),
        Verb(.column, "median_survival", median),
    ]

    /// `g.days:survival(g.adopted, 30)`: the share that an event has not reached after a time.
    static func survival(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let data = try Observed(host, arguments, "survival")
        let time = try host.number(arguments, 2, "survival", "a time: g.days:survival(g.adopted, 30)")
        let level = try host.level(try host.options(arguments, 3, "survival", known: ["level"]), "survival")
        return try data.give(host) { (curve) throws(Undefined) in
            let step = curve.steps.last { $0.time <= time }
            var computed = Computed(
                curve.survival(after: time), n: curve.count, interval: step?.interval(level: level))
            computed.add("se", step?.standardError)
            return computed
        }
    }

    /// `g.days:median_survival(g.adopted)`: the time at which half is left.
    static func median(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let data = try Observed(host, arguments, "median_survival")
        let options = try host.options(arguments, 2, "median_survival", known: ["level"])
        let level = try host.level(options, "median_survival")
        let extremes = try Extremes(host, data.times.group, data.times.data.numbers)
        let numbers = data.times.data.numbers
        let truths = data.truths
        // The median is the time of one of those who had the event.
        let curve = try? KaplanMeier(times: numbers.span, events: truths.span)
        let own = curve?.median.map { extremes.persons(behind: $0) } ?? .max
        let withEvent = try host.persons(data.times.group) {
            !numbers[numbers.startIndex + $0].isNaN && truths[truths.startIndex + $0] == 1
        }
        return try data.give(host, persons: min(own, withEvent)) { (curve) throws(Undefined) in
            let limits = curve.medianLimits(level: level)
            let interval = limits.low.flatMap { low in
                limits.high.flatMap { Interval(low: low, high: $0, level: level, method: .logLog) }
            }
            var computed = Computed(curve.median, n: curve.count, interval: extremes.shown(interval))
            computed.reason = "the event has not reached half"
            return computed
        }
    }

    /// Times and what ended them.
    private struct Observed {
        let times: ColumnView
        let events: ColumnView
        let truths: ArraySlice<Double>

        init(_ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) {
            times = try host.column(arguments, verb)
            let numbers = try host.numbers(times, verb)
            events = try host.column(arguments, at: 1, of: times.group, verb)
            truths = try host.truths(events, verb)
            host.bill(rows: numbers.count * 8)
        }

        func give(
            _ host: Evaluation, persons: Int? = nil, _ compute: (KaplanMeier) throws(Undefined) -> Computed
        ) throws(LuaHostError) -> LuaValue {
            let numbers = times.data.numbers
            return try host.give(
                from: times.group.resting(on: events.group, persons: persons),
                where: { !numbers[numbers.startIndex + $0].isNaN && !truths[truths.startIndex + $0].isNaN },
                { () throws(Undefined) in
                    try compute(try KaplanMeier(times: numbers.span, events: truths.span))
                })
        }
    }
}
