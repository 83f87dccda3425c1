import LuaSandbox
import MeasureModel

/// `column:fill(value, kind)`: says what a missing value stands for.
enum ColumnFill {
    static func fill(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, "fill")
        var values = Array(try host.numbers(column, "fill"))
        let wanted = try MaskVerbs.kind(arguments[2], "fill")
        var why = column.data.why.map { Array($0) }
        var kind = column.data.kind
        var group = column.group

        func replace(_ replacement: (Int) -> (value: Double, why: UInt8)) {
            for row in values.indices {
                guard let missing = column.data.missingKind(row), wanted == nil || missing == wanted else { continue }
                let (value, kind) = replacement(row)
                values[row] = value
                why?[row] = kind
            }
        }

        if case .object(let reference) = arguments[1], case .column(let other) = host.object(reference) {
            try host.requireSameRows(column.group, other.group, "fill")
            let others = Array(try host.numbers(other, "fill"))
            if why == nil, other.data.why != nil {
                why = values.indices.map { column.data.missingKind($0)?.rawValue ?? 0 }
            }
            replace { (others[$0], other.data.missingKind($0)?.rawValue ?? 0) }
            if kind == .empty { kind = other.data.kind }
            group = group.resting(on: other.group)
        } else {
            let value = try number(host, arguments[1], column)
            replace { _ in (value, 0) }
            if kind == .empty { kind = .number }
        }
        // What is filled in tells nothing, so that a sum still shows the values that were there.
        if column.data.validCount > 0 { group = group.resting(on: group, persons: try host.persons(column)) }
        let data = ColumnData(kind: kind, numbers: values, why: why?[...])
        return try host.give(.column(ColumnView(group: group, data: data, ownsMemory: true)))
    }

    private static func number(
        _ host: Evaluation, _ value: LuaValue, _ column: ColumnView
    ) throws(LuaHostError) -> Double {
        if let number = value.asNumber, number.isFinite { return number }
        if case .boolean(let truth) = value, column.data.kind == .truth { return truth ? 1 : 0 }
        throw .message(
            "fill needs a number or another column of the same rows, not a \(value.typeName); write a date as days(\"2026-11-04\")"
        )
    }
}
