import Columnar
import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// All verbs against a plain model in Swift, over random columns with every mixture of missing values.
struct VerbPropertyTests {
    private struct Row {
        var x: Double?
        var y: Double?
        var yes: Bool?
        var no: Bool?
        var role: String?
        var school: String?
        var who: String?
    }

    /// A column of the model: what is there in each row.
    private typealias Expected = @Sendable ([Row]) -> [Double?]

    private static func number(_ truth: Bool?) -> Double? { truth.map { $0 ? 1 : 0 } }

    private static func both(_ a: Double?, _ b: Double?, _ apply: (Double, Double) -> Double) -> Double? {
        guard let a, let b else { return nil }
        let value = apply(a, b)
        return value.isFinite ? value : nil
    }

    private static func and(_ a: Bool?, _ b: Bool?) -> Bool? {
        if a == false || b == false { return false }
        return a == nil || b == nil ? nil : true
    }

    private static func or(_ a: Bool?, _ b: Bool?) -> Bool? {
        if a == true || b == true { return true }
        return a == nil || b == nil ? nil : false
    }

    private static let columns: [(lua: String, expected: Expected)] = [
        ("g.x", { $0.map(\.x) }), ("g.y", { $0.map(\.y) }),
        ("(g.x + g.y)", { $0.map { both($0.x, $0.y, +) } }), ("(g.x - g.y)", { $0.map { both($0.x, $0.y, -) } }),
        ("(g.x * g.y)", { $0.map { both($0.x, $0.y, *) } }), ("(g.x / g.y)", { $0.map { both($0.x, $0.y, /) } }),
        ("(g.x // 2)", { $0.map { $0.x.map { ($0 / 2).rounded(.down) } } }),
        ("(g.x % 3)", { $0.map { $0.x.map { $0 - ($0 / 3).rounded(.down) * 3 } } }),
        ("(1 - g.x)", { $0.map { $0.x.map { 1 - $0 } } }), ("(-g.y)", { $0.map { $0.y.map { -$0 } } }),
        ("(g.y ^ 2)", { $0.map { $0.y.map { $0 * $0 } } }),
        (
            "g.x:map(function(v) if v > 0 then return v * 2 end end)",
            { $0.map { $0.x.flatMap { $0 > 0 ? $0 * 2 : nil } } }
        ),
        (
            "g:scale({ 'x', 'y' }, { answered = 0.5 })",
            { rows in
                rows.map { row in
                    let answers = [row.x, row.y].compactMap(\.self)
                    return answers.isEmpty ? nil : answers.reduce(0, +) / Double(answers.count)
                }
            }
        ),
        (
            "g:scale({ 'x', 'y' }, { answered = 1, method = 'sum' })",
            { $0.map { both($0.x, $0.y, +) } }
        ),
    ]

    private static let masks: [(lua: String, expected: Expected)] = [
        ("g.yes", { $0.map { number($0.yes) } }), ("(~g.yes)", { $0.map { number($0.yes.map { !$0 }) } }),
        ("(g.yes & g.no)", { $0.map { number(and($0.yes, $0.no)) } }),
        ("(g.yes | g.no)", { $0.map { number(or($0.yes, $0.no)) } }),
        ("g.x:at_least(1)", { $0.map { number($0.x.map { $0 >= 1 }) } }),
        ("g.x:above(1)", { $0.map { number($0.x.map { $0 > 1 }) } }),
        ("g.x:at_most(1)", { $0.map { number($0.x.map { $0 <= 1 }) } }),
        ("g.x:below(1)", { $0.map { number($0.x.map { $0 < 1 }) } }),
        ("g.x:between(-1, 1)", { $0.map { number($0.x.map { $0 >= -1 && $0 <= 1 }) } }),
        ("g.x:is(0.5)", { $0.map { number($0.x.map { $0 == 0.5 }) } }),
        ("g.role:is('t')", { $0.map { number($0.role.map { $0 == "t" }) } }),
        ("g.role:isin{ 't', 'p', 'none' }", { $0.map { number($0.role.map { $0 == "t" || $0 == "p" }) } }),
        ("g.x:valid()", { $0.map { $0.x == nil ? 0 : 1 } }),
        ("g.role:missing()", { $0.map { $0.role == nil ? 1 : 0 } }),
        (
            "(g.x:above(0) & ~(g.role:is('t') | g.yes))",
            { $0.map { row in number(and(row.x.map { $0 > 0 }, or(row.role.map { $0 == "t" }, row.yes).map { !$0 })) } }
        ),
        ("g.y:top_box(2, { max = 3 })", { $0.map { number($0.y.map { $0 >= 2 }) } }),
    ]

    private static let verbs: [(lua: String, expected: @Sendable ([Double]) -> Double?)] = [
        ("sum", { $0.isEmpty ? nil : $0.reduce(0, +) }),
        ("mean", { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) }),
        ("min", { $0.min() }), ("max", { $0.max() }), ("distinct", { Double(Set($0).count) }),
        ("median", { median($0) }), ("sd", { deviation($0) }),
    ]

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func deviation(_ values: [Double]) -> Double? {
        guard values.count > 1 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }

    // MARK: -

    private static func rows(_ count: Int, _ random: inout SplitMix64) -> [Row] {
        let missing = random.pick([0, 10, 40, 90])
        func maybe<Value>(_ value: Value, _ random: inout SplitMix64) -> Value? { random.chance(missing) ? nil : value }
        return (0..<count).map { _ in
            Row(
                x: maybe(Double(Int.random(in: -8...8, using: &random)) / 2, &random),
                y: maybe(Double(Int.random(in: -2...3, using: &random)), &random),
                yes: maybe(random.chance(50), &random),
                no: maybe(random.chance(50), &random), role: maybe(random.pick(["t", "c", "p", "é"]), &random),
                school: maybe(random.pick(["A", "B", "C"]), &random),
                who: maybe("w\(Int.random(in: 0...6, using: &random))", &random))
        }
    }

    /// The rows in several files, now and then without a column that would be missing throughout.
    private static func world(_ loads: [[Row]]) -> World {
        var world = World(datasets: [World.named])
        world.files = loads.enumerated().map { load, rows in
            var file = TestFile(
                Cells.numbers("x", rows.map(\.x)), Cells.numbers("y", rows.map(\.y)),
                Cells.truths("yes", rows.map(\.yes)),
                Cells.truths("no", rows.map(\.no)), Cells.labels("role", rows.map(\.role)),
                Cells.texts("school", rows.map(\.school)), Cells.labels("who", rows.map(\.who)))
            if load > 0, rows.allSatisfy({ $0.role == nil }) { file.columns.removeAll { $0.name == "role" } }
            return file
        }
        return world
    }

    /// Evaluates parts over the groups of a dimension and holds each against the model.
    private func check(
        _ loads: [[Row]], by dimension: String?, _ parts: [(lua: String, expected: ([Row]) -> PartModel)]
    ) throws {
        let record = parts.enumerated().map { "p\($0.offset) = \($0.element.lua)" }.joined(separator: ", ")
        let answer = try Self.world(loads).ask("return { \(record) }", Question(by: dimension.map { [$0] } ?? []))
        let all = loads.flatMap(\.self)
        let keys = dimension == nil ? [""] : Set(all.compactMap(\.school)).sorted()
        guard !all.isEmpty else { return }
        #expect(answer.groups.map { $0.key.parts.first?.value ?? "" } == keys)
        for (group, key) in zip(answer.groups, keys) {
            let rows = dimension == nil ? all : all.filter { $0.school == key }
            if let failure = group.failure { Issue.record("\(failure.message)") }
            for (index, part) in parts.enumerated() {
                let got = group.parts.first { $0.part == "p\(index)" }
                let model = part.expected(rows)
                #expect(
                    isClose(got?.estimate?.value, model.value, within: 1e-9),
                    "\(part.lua) of \(rows.count) rows, \(key)")
                guard let estimate = got?.estimate, model.value != nil else { continue }
                if let n = model.n { #expect(estimate.n == n, "n of \(part.lua)") }
                if let persons = model.persons {
                    #expect(estimate.persons == persons, "persons of \(part.lua) of \(rows.count) rows, \(key)")
                }
            }
        }
    }

    private struct PartModel {
        var value: Double?
        var n: Int?
        var persons: Int?
    }

    private static func persons(_ rows: [Row], _ isCounted: [Bool]) -> Int {
        Set(zip(rows, isCounted).compactMap { $1 ? $0.who : nil }).count
    }

    private static func estimate(
        _ column: @escaping Expected, _ verb: @escaping ([Double]) -> Double?
    ) -> ([Row]) -> PartModel {
        { rows in
            let cells = column(rows)
            return PartModel(
                value: verb(cells.compactMap(\.self)), n: cells.count { $0 != nil },
                persons: persons(rows, cells.map { $0 != nil }))
        }
    }

    /// A verb of a column; the lowest and the highest value rest on those who have them.
    private static func estimate(
        _ column: @escaping Expected, _ verb: (lua: String, expected: @Sendable ([Double]) -> Double?)
    ) -> ([Row]) -> PartModel {
        let model = estimate(column, verb.expected)
        guard ["min", "max", "median"].contains(verb.lua) else { return model }
        return { rows in
            var part = model(rows)
            let value = part.value
            let values = column(rows).compactMap(\.self)
            // A median may be the lowest or the highest of more than two, too.
            let isExtreme = value == values.min() || value == values.max()
            guard verb.lua != "median" || (values.count > 2 && isExtreme) else { return part }
            part.persons = persons(rows, column(rows).map { $0 != nil && $0 == value })
            return part
        }
    }

    private static func samples(
        _ seed: UInt64, _ count: Int, _ body: ([[Row]], inout SplitMix64) throws -> Void
    ) rethrows {
        var random = SplitMix64(seed: seed)
        for _ in 0..<count {
            let loads = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                rows(random.pick([0, 1, 2, 5, 17, 40]), &random)
            }
            try body(loads, &random)
        }
    }

    @Test func everyVerbOnEveryColumn() throws {
        let parts = Self.columns.flatMap { column in
            Self.verbs.map { verb in
                (lua: "\(column.lua):\(verb.lua)()", expected: Self.estimate(column.expected, verb))
            } + [(lua: "\(column.lua):count()", expected: Self.estimate(column.expected) { Double($0.count) })]
        }
        try Self.samples(81, 12) { loads, random in
            try check(loads, by: random.pick([nil, "school"]), parts)
        }
    }

    @Test func everyMask() throws {
        let parts = Self.masks.flatMap { mask in
            [
                (
                    lua: "\(mask.lua):share()",
                    expected: Self.estimate(mask.expected) { $0.isEmpty ? nil : $0.reduce(0, +) / Double($0.count) }
                ),
                (
                    lua: "\(mask.lua):count()",
                    expected: { (rows: [Row]) -> PartModel in
                        let cells = mask.expected(rows)
                        let yes = cells.count { $0 == 1 }
                        let counted = cells.map { yes > 0 ? $0 == 1 : $0 != nil }
                        return PartModel(
                            value: Double(yes), n: cells.count { $0 != nil }, persons: Self.persons(rows, counted))
                    }
                ),
                (
                    // A number taken out, such as `.n`, would bound the persons of all the others.
                    lua: "g:where(\(mask.lua)).x:valid():share()",
                    expected: { (rows: [Row]) -> PartModel in
                        let chosen = zip(rows, mask.expected(rows)).compactMap { $1 == 1 ? $0 : nil }
                        let valid = chosen.count { $0.x != nil }
                        return PartModel(
                            value: chosen.isEmpty ? nil : Double(valid) / Double(chosen.count), n: chosen.count,
                            persons: Self.persons(chosen, chosen.map { _ in true }))
                    }
                ),
            ]
        }
        try Self.samples(82, 12) { loads, random in
            try check(loads, by: random.pick([nil, "school"]), parts)
        }
    }

    @Test func verbsOfSubsets() throws {
        try Self.samples(83, 40) { loads, random in
            let (mask, column, verb) = (random.pick(Self.masks), random.pick(Self.columns), random.pick(Self.verbs))
            let inner = random.pick(Self.masks)
            func chosen(_ rows: [Row], _ mask: Expected) -> [Row] {
                zip(rows, mask(rows)).compactMap { $1 == 1 ? $0 : nil }
            }
            let model = Self.estimate(column.expected, verb)
            let body = "local g = g:where(\(mask.lua)) return \(column.lua):\(verb.lua)()"
            let nested = "local g = g:where(\(mask.lua)) g = g:where(\(inner.lua)) return \(column.lua):\(verb.lua)()"
            try check(
                loads, by: nil,
                [
                    ("(function() \(body) end)()", { model(chosen($0, mask.expected)) }),
                    ("(function() \(nested) end)()", { model(chosen(chosen($0, mask.expected), inner.expected)) }),
                ])
        }
    }

    @Test func eachSplitsLikeAModel() throws {
        try Self.samples(84, 40) { loads, _ in
            let all = loads.flatMap(\.self)
            guard !all.isEmpty else { return }
            let body =
                "local t = { all = g.n } for name, s in g:each('role') do t[name] = s.x:sum() t[name .. '#'] = s.n end return t"
            let world = Self.world(loads)
            guard all.contains(where: { $0.role != nil }) else { return }
            let parts = try world.ask(body).groups[0].parts
            for role in ["c", "p", "t", "é"] {
                let rows = all.filter { $0.role == role }
                let numbers = rows.compactMap(\.x)
                #expect(
                    parts.first { $0.part == role + "#" }?.estimate?.value == (rows.isEmpty ? nil : Double(rows.count)))
                #expect(
                    isClose(
                        parts.first { $0.part == role }?.estimate?.value, numbers.isEmpty ? nil : numbers.reduce(0, +),
                        within: 1e-9))
            }
        }
    }

    /// Row by row and by column verbs the same numbers come out.
    @Test func rowsAgreeWithColumns() throws {
        let body = """
            local sum, n, yes = 0, 0, 0
            for r in g:rows() do
              if r.x then sum, n = sum + r.x, n + 1 end
              if r.yes and r.role == 't' then yes = yes + 1 end
            end
            local byColumn = g.x:count().value == n and (n == 0 or math.abs(g.x:sum().value - sum) < 1e-9)
            return { columns = byColumn and 1 or 0, masks = (g.yes & g.role:is('t')):count().value == yes and 1 or 0 }
            """
        try Self.samples(85, 30) { loads, random in
            guard loads.flatMap(\.self).contains(where: { $0.role != nil && $0.school != nil }) else { return }
            let answer = try Self.world(loads).ask(body, Question(by: random.pick([[], ["school"]])))
            for group in answer.groups { #expect(group.parts.allSatisfy { $0.estimate?.value == 1 }, "\(loads)") }
        }
    }
}
