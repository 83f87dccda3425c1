import LuaSandbox
import MeasureModel
import Statistics

/// Element by element: `+ - * / // % ^` on columns and numbers, `& | ~` on yes and no.
///
/// Missing on either side is missing; where the kinds differ the stronger one stays. A result that is no finite number
/// (a division by zero) is missing as `not_applicable`.
enum ColumnArithmetic {
    static func add(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try combine(host, arguments, "+") { $0 + $1 }
    }

    static func subtract(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try combine(host, arguments, "-") { $0 - $1 }
    }

    static func multiply(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try combine(host, arguments, "*") { $0 * $1 }
    }

    static func divide(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try combine(host, arguments, "/") { $0 / $1 }
    }

    static func floorDivide(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try combine(host, arguments, "//") { ($0 / $1).rounded(.down) }
    }

    static func modulo(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try combine(host, arguments, "%") { $0 - ($0 / $1).rounded(.down) * $1 }
    }

    static func power(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try combine(host, arguments, "^", Elementwise.power)
    }

    static func negate(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "-")
        let numbers = try host.numbers(column, "-")
        return try give(host, column.group, .number, numbers.map { -$0 }, from: column)
    }

    static func and(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try kleene(host, arguments, "&", decisive: 0)
    }

    static func or(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try kleene(host, arguments, "|", decisive: 1)
    }

    /// One or the other, not both.
    static func exclusiveOr(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try logic(host, arguments, "~") { x, y in x.isNaN || y.isNaN ? .nan : x == y ? 0 : 1 }
    }

    static func not(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "~")
        let truths = try host.truths(column, "~")
        return try give(host, column.group, .truth, truths.map { 1 - $0 }, from: column)
    }

    /// Raised by `<`, `<=` and the like, which Lua would answer with one boolean for the whole column.
    static func refuseOrder(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        throw .message(
            "columns are not compared with < or <=: use :below(x), :at_most(x), :above(x) or :at_least(x)")
    }

    static func refuseLength(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        throw .message("# does not work on columns: use :count() for the valid values, g.n for the rows")
    }

    // MARK: -

    private enum Operand {
        case column(ColumnView)
        case number(Double)
    }

    private static func operand(
        _ host: Evaluation, _ value: LuaValue, _ sign: String
    ) throws(LuaHostError) -> Operand {
        if let number = value.asNumber { return .number(number) }
        if case .object(let reference) = value, case .column(let column) = host.object(reference) {
            return .column(column)
        }
        throw .message("`\(sign)` works on columns and numbers, not on a \(value.typeName)")
    }

    private static func combine(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ sign: String, _ apply: (Double, Double) -> Double
    ) throws(LuaHostError) -> LuaValue {
        switch (try operand(host, arguments[0], sign), try operand(host, arguments[1], sign)) {
        case (.column(let left), .column(let right)):
            try host.requireSameRows(left.group, right.group, "`\(sign)`")
            let (a, b) = (try host.numbers(left, sign), try host.numbers(right, sign))
            let values = zip(a, b).map(apply)
            return try give(host, left.group, kind(left, right, sign), values, from: left, right)
        case (.column(let left), .number(let right)):
            let values = try host.numbers(left, sign).map { apply($0, right) }
            return try give(host, left.group, kind(left, nil, sign), values, from: left)
        case (.number(let left), .column(let right)):
            let values = try host.numbers(right, sign).map { apply(left, $0) }
            return try give(host, right.group, .number, values, from: right)
        case (.number, .number): throw .message("`\(sign)` needs a column")
        }
    }

    /// A day plus a number is a day; everything else is a number. Differences of days and times are in days.
    private static func kind(_ left: ColumnView, _ right: ColumnView?, _ sign: String) -> ColumnKind {
        guard left.data.kind == .date || left.data.kind == .time, sign == "+" || sign == "-" else { return .number }
        guard let right else { return left.data.kind }
        return right.data.kind == .number ? left.data.kind : .number
    }

    /// The result as a column. Rows that became missing here, because the operation is undefined for them, are
    /// `not_applicable`; others keep the strongest kind of what went in.
    private static func give(
        _ host: Evaluation, _ group: GroupView, _ kind: ColumnKind, _ values: [Double], from inputs: ColumnView...
    ) throws(LuaHostError) -> LuaValue {
        var values = values
        for row in values.indices where values[row].isInfinite { values[row] = .nan }
        let data = ColumnData(kind: kind, numbers: values, why: why(values, inputs))
        let group = inputs.reduce(group) { $0.resting(on: $1.group) }
        return try host.give(.column(ColumnView(group: group, data: data, ownsMemory: true)))
    }

    private static func why(_ values: [Double], _ inputs: [ColumnView]) -> ArraySlice<UInt8>? {
        func kind(_ row: Int) -> UInt8 { inputs.reduce(0) { max($0, $1.data.missingKind(row)?.rawValue ?? 0) } }
        let tellsKinds = inputs.contains { $0.data.why != nil }
        guard tellsKinds || values.indices.contains(where: { values[$0].isNaN && kind($0) == 0 }) else { return nil }
        return values.indices.map { row -> UInt8 in
            guard values[row].isNaN else { return 0 }
            let strongest = kind(row)
            return strongest == 0 ? MissingKind.notApplicable.rawValue : strongest
        }[...]
    }

    /// Kleene's three-valued logic: a decisive value on either side decides, else missing on either side is missing.
    private static func kleene(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ sign: String, decisive: Double
    ) throws(LuaHostError) -> LuaValue {
        try logic(host, arguments, sign) { x, y in
            x == decisive || y == decisive ? decisive : x.isNaN || y.isNaN ? .nan : 1 - decisive
        }
    }

    private static func logic(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ sign: String, _ apply: (Double, Double) -> Double
    ) throws(LuaHostError) -> LuaValue {
        guard case .column(let left) = try operand(host, arguments[0], sign),
            case .column(let right) = try operand(host, arguments[1], sign)
        else { throw .message("`\(sign)` joins two comparisons: (a \(sign) b)") }
        try host.requireSameRows(left.group, right.group, "`\(sign)`")
        let values = zip(try host.truths(left, sign), try host.truths(right, sign)).map(apply)
        return try give(host, left.group, .truth, values, from: left, right)
    }
}

extension Evaluation {
    /// A column as yes (1), no (0) and missing: a comparison, a column of truths, or numbers that are all 0 or 1.
    func truths(_ column: ColumnView, _ verb: String) throws(LuaHostError) -> ArraySlice<Double> {
        let numbers = try numbers(column, verb)
        if column.data.kind != .truth, numbers.contains(where: { $0 != 0 && $0 != 1 && !$0.isNaN }) {
            throw .message(
                "\(verb) needs yes or no, but \(column.called) holds other numbers: "
                    + "compare it first, for instance with :at_least(4)")
        }
        return numbers
    }
}
