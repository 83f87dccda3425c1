import LuaSandbox
import MeasureModel

/// What a test expects, held against what came out. Only what it names is checked.
struct Expectation {
    private let test: TestCase

    init(_ test: TestCase) {
        self.test = test
    }

    func check(_ result: GroupResult) throws(TestProblem) {
        let expect = test.expect
        if let wanted = expect["error"]?.asString {
            guard let failure = result.failure else { throw TestProblem("expected an error, but there was none") }
            guard failure.message.contains(wanted) || failure.code.rawValue == wanted else {
                throw TestProblem("expected an error with `\(wanted)`, got: \(failure.message)")
            }
            return
        }
        if let failure = result.failure {
            let place = failure.line.map { " in line \($0)" } ?? ""
            throw TestProblem("\(failure.code.rawValue)\(place): \(failure.message)")
        }
        if let parts = expect["parts"] { return try check(parts, result.parts) }
        guard let part = result.parts.first, result.parts.count == 1 else {
            throw TestProblem("the measure gave several parts: expect = { parts = { ... } }")
        }
        try check(expect, part, "")
    }

    private func check(_ wanted: LuaValue, _ parts: [PartResult]) throws(TestProblem) {
        guard let fields = wanted.asTable?.record else { throw TestProblem("`parts` is written { name = 1 }") }
        for field in fields {
            guard let part = parts.first(where: { $0.part == field.name }) else {
                let names = parts.compactMap(\.part).joined(separator: ", ")
                throw TestProblem("there is no part `\(field.name)`, only: \(names)")
            }
            if let table = field.value.asTable {
                try check(table, part, "\(field.name).")
            } else {
                try check(LuaTable(record: [("value", field.value)]), part, "\(field.name).")
            }
        }
    }

    private func check(_ expect: LuaTable, _ part: PartResult, _ prefix: String) throws(TestProblem) {
        if let wanted = expect["status"]?.asString, wanted != part.status.rawValue {
            throw TestProblem("\(prefix)status: expected \(wanted), got \(description(part))")
        }
        for (field, number) in [
            ("value", part.estimate?.value), ("n", part.estimate.map { Double($0.n) }), ("low", part.estimate?.low),
            ("high", part.estimate?.high),
        ] {
            guard let expected = expect[field] else { continue }
            guard let wanted = expected.asNumber else { throw TestProblem("\(prefix)\(field): expect a number") }
            guard wanted.isFinite else { throw TestProblem("\(prefix)\(field): no measure gives what is not finite") }
            guard let number else {
                throw TestProblem("\(prefix)\(field): expected \(JSON.text(of: wanted)), got \(description(part))")
            }
            guard abs(number - wanted) <= test.tolerance * max(1, abs(wanted)) else {
                throw TestProblem("\(prefix)\(field): expected \(JSON.text(of: wanted)), got \(JSON.text(of: number))")
            }
        }
    }

    private func description(_ part: PartResult) -> String {
        if let estimate = part.estimate, part.status == .ok { return "\(JSON.text(of: estimate.value)) (ok)" }
        return part.status.rawValue + (part.reason.map { " (\($0))" } ?? "")
    }
}
