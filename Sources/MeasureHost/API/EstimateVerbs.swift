import CivilCalendar
import LuaSandbox
import MeasureLanguage
import MeasureModel
import Statistics

/// Reading estimates and computing with them. What comes out rests on the smaller number of persons, and has an
/// interval only where one is known for it.
enum EstimateVerbs {
    /// `e.value`, `e.n`, `e.low`, `e.high`, `e.numerator`, `e.denominator`, `e.level`, `e.method`.
    static func index(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        guard case .object(let reference) = arguments[0], case .estimate(let given) = host.object(reference),
            let name = arguments[1].asString
        else { throw .message("an estimate is asked for its fields by name") }
        guard fields.contains(name) || MeasureLanguage.detailNames.contains(name) else {
            let known = fields + MeasureLanguage.detailNames
            throw .message("an estimate has no field `\(name)`\(NameSuggestion.near(name, among: known))")
        }
        guard let estimate = given.estimate else {
            host.takeWhatWasSeen()
            return .none
        }
        let detail = given.detail(name)
        if detail?.showsRows == true { try host.requireRowAccess(name, of: given.column?.group) }
        host.take(given, estimate)
        guard detail != nil || fields.contains(name) else { return .none }
        if let detail {
            host.take(persons: detail.persons)
            return detail.value
        }
        switch name {
        case "value": return .number(estimate.value)
        case "n": return .integer(Int64(estimate.n))
        case "low": return number(estimate.low)
        case "high": return number(estimate.high)
        case "numerator": return number(estimate.numerator)
        case "denominator": return number(estimate.denominator)
        case "level": return number(estimate.level)
        default: return estimate.method.map { .string($0) } ?? .none
        }
    }

    static let fields = ["value", "n", "low", "high", "numerator", "denominator", "level", "method"]

    private static func number(_ value: Double?) -> LuaValue {
        value.map { .number($0) } ?? .none
    }

    static func add(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        switch try operands(host, arguments, "+") {
        case (.estimate(let a), .constant(let k)), (.constant(let k), .estimate(let a)):
            try give(host, shifted(a, factor: 1, offset: k))
        case (.estimate(let a), .estimate(let b)): try give(host, combined(a, b, a.value + b.value))
        case (.undefined(let reason), _), (_, .undefined(let reason)): try give(host, reason)
        case (.constant(let a), .constant(let b)): .number(a + b)
        }
    }

    static func subtract(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        switch try operands(host, arguments, "-") {
        case (.estimate(let a), .constant(let k)): try give(host, shifted(a, factor: 1, offset: -k))
        case (.constant(let k), .estimate(let a)): try give(host, shifted(a, factor: -1, offset: k))
        default: try DifferenceVerbs.difference(host, arguments)
        }
    }

    static func multiply(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        switch try operands(host, arguments, "*") {
        case (.estimate(let a), .constant(let k)), (.constant(let k), .estimate(let a)):
            try give(host, shifted(a, factor: k, offset: 0))
        case (.estimate(let a), .estimate(let b)): try give(host, combined(a, b, a.value * b.value))
        case (.undefined(let reason), _), (_, .undefined(let reason)): try give(host, reason)
        case (.constant(let a), .constant(let b)): .number(a * b)
        }
    }

    static func divide(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        if case (.estimate(let a), .constant(let k)) = try operands(host, arguments, "/"), k != 0 {
            return try give(host, shifted(a, factor: 1 / k, offset: 0))
        }
        return try ratio(host, arguments)
    }

    static func negate(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        switch try operand(host, arguments[0], "-") {
        case .estimate(let a): try give(host, shifted(a, factor: -1, offset: 0))
        case .undefined(let reason): try give(host, reason)
        case .constant(let k): .number(-k)
        }
    }

    /// `ratio(a, b)`: a by b, for instance cycles per team.
    static func ratio(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        switch try operands(host, arguments, "ratio") {
        case (.undefined(let reason), _), (_, .undefined(let reason)): return try give(host, reason)
        case (.estimate(let a), .estimate(let b)):
            guard b.value != 0 else { return try give(host, .insufficient("the denominator is 0")) }
            var result = combined(a, b, a.value / b.value)
            (result.numerator, result.denominator) = (a.value, b.value)
            return try give(host, result)
        case (.estimate(let a), .constant(let k)):
            guard k != 0 else { return try give(host, .insufficient("the denominator is 0")) }
            return try give(host, shifted(a, factor: 1 / k, offset: 0))
        case (.constant(let k), .estimate(let a)):
            guard a.value != 0 else { return try give(host, .insufficient("the denominator is 0")) }
            return try give(host, combined(a, a, k / a.value))
        case (.constant, .constant): throw .message("ratio needs estimates: ratio(g.a:sum(), g.b:sum())")
        }
    }

    // MARK: -

    /// What is computed with.
    enum Operand {
        case estimate(Estimate)
        case constant(Double)
        case undefined(HostEstimate)
    }

    static func operand(
        _ host: Evaluation, _ value: LuaValue, _ name: String
    ) throws(LuaHostError) -> Operand {
        if let number = value.asNumber {
            guard number.isFinite else { throw .message("\(name): \(number) is not a finite number") }
            return .constant(number)
        }
        guard case .object(let reference) = value, case .estimate(let given) = host.object(reference) else {
            throw .message("\(name) works on estimates and numbers, not on a \(value.typeName)")
        }
        return given.estimate.map { .estimate($0) } ?? .undefined(given)
    }

    static func operands(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ name: String
    ) throws(LuaHostError) -> (Operand, Operand) {
        (try operand(host, arguments[0], name), try operand(host, arguments[1], name))
    }

    /// a times factor plus offset, with its interval.
    static func shifted(_ a: Estimate, factor: Double, offset: Double) -> Estimate {
        var result = a
        result.value = a.value * factor + offset
        let ends = [a.low, a.high].map { $0.map { $0 * factor + offset } }
        (result.low, result.high) = factor < 0 ? (ends[1], ends[0]) : (ends[0], ends[1])
        (result.numerator, result.denominator) = (nil, nil)
        return result
    }

    static func combined(_ a: Estimate, _ b: Estimate, _ value: Double) -> Estimate {
        // A count of nothing takes nothing away from what is behind the other number.
        let (left, right) = (a.restsOnNothing ? b : a, b.restsOnNothing ? a : b)
        return Estimate(
            value: value, n: min(left.n, right.n), counted: left.n <= right.n ? left.counted : right.counted,
            persons: min(left.persons, right.persons), classes: Set(a.classes + b.classes).sorted())
    }

    static func give(_ host: Evaluation, _ estimate: Estimate) throws(LuaHostError) -> LuaValue {
        guard estimate.value.isFinite else { return try give(host, .insufficient("the result is not finite")) }
        return try host.give(.estimate(HostEstimate(outcome: .value(estimate))))
    }

    static func give(_ host: Evaluation, _ estimate: HostEstimate) throws(LuaHostError) -> LuaValue {
        try host.give(.estimate(estimate))
    }
}

extension Estimate {
    /// Whether there are no rows behind it, as behind a count of none. Where there are rows but no persons, nobody behind
    /// them could be counted, and it is not safe.
    var restsOnNothing: Bool { n == 0 && persons == 0 }
}

extension Evaluation {
    /// Whether a person is behind valid rows of both columns, or a row is in both.
    func share(_ left: ColumnView, _ right: ColumnView) throws(LuaHostError) -> Bool {
        let ours = left.group.datasetRows { !left.data.isMissing($0) }
        let theirs = right.group.datasetRows { !right.data.isMissing($0) }
        if !Set(ours).isDisjoint(with: theirs) { return true }
        return try counter(of: left.group.frame.dataset).overlap(ours, theirs)
    }
}

/// Functions that scripts call by name.
enum GlobalFunctions {
    /// `insufficient("why")`: there are not enough data for a value.
    static func insufficient(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try host.give(.estimate(HostEstimate(outcome: .insufficient(reason(host, arguments)))))
    }

    /// `not_applicable("why")`: the question does not arise for this group.
    static func notApplicable(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue
    {
        try host.give(.estimate(HostEstimate(outcome: .notApplicable(reason(host, arguments)))))
    }

    /// The words of a reason are published, so they must stand in the script as they are: a text that was put together
    /// may carry what somebody answered.
    private static func reason(_ host: Evaluation, _ arguments: borrowing LuaArguments) -> String {
        let words = arguments[0].asString ?? ""
        let isLiteral = host.setting.showsAnyWords || host.literals.isWritten(words)
        return isLiteral ? Failure.escaped(words, limit: 200) : ""
    }

    /// `missing("not_asked")`: a missing value of a kind, for the rows of tests.
    static func missing(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        guard let name = arguments[0].asString, let kind = MissingKind(name: name) else {
            let kinds = MissingKind.allCases.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw .message("missing needs a kind: \(kinds)")
        }
        return .object(LuaObject(kind: ObjectKind.missing.rawValue, id: UInt32(kind.rawValue)))
    }

    /// `days("2026-11-04")`: the day as a number, to compute with columns of dates.
    static func days(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        guard let text = arguments[0].asString, let date = CivilDate(text) else {
            throw .message("days needs a date as text: days(\"2026-11-04\")")
        }
        return .integer(Int64(date.day))
    }
}
