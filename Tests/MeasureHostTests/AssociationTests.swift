import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// Correlation, change of the same rows, and two groups compared.
struct AssociationTests {
    private static let methods = ["pearson", "spearman", "kendall", "gamma", "polychoric"]

    private static func world(_ x: [Double?], _ y: [Double?]) -> World {
        World(TestFile(Cells.numbers("x", x), Cells.numbers("y", y)))
    }

    /// Answers from 1 to 6 that go together somewhat.
    private static let answers: [(x: Double?, y: Double?)] = {
        var random = SplitMix64(seed: 41)
        return (0..<60).map { row in
            let common = random.normal()
            func answer() -> Double { min(max((3.5 + common + random.normal() * 0.8).rounded(), 1), 6) }
            let (x, y) = (answer(), answer())
            return (row % 13 == 5 ? nil : x, row % 17 == 6 ? nil : y)
        }
    }()

    private static var sample: World { world(answers.map(\.x), answers.map(\.y)) }

    private func reason(_ body: String, _ x: [Double?], _ y: [Double?]) throws -> String {
        let part = try Self.world(x, y).ask("return " + body).part()
        #expect(part.status == .insufficient && part.estimate == nil, "\(body)")
        return part.reason ?? ""
    }

    // MARK: Correlation

    @Test func correlationsDoNotDependOnOrderOrSide() throws {
        var random = SplitMix64(seed: 42)
        let shuffled = random.shuffled(Self.answers)
        for method in Self.methods {
            let there = "return g.x:correlation(g.y, { method = '\(method)' })"
            let back = "return g.y:correlation('x', { method = '\(method)' })"
            let found = try Self.sample.estimate(there)
            #expect(found.n == Self.answers.count { $0.x != nil && $0.y != nil } && found.persons == found.n)
            #expect(found.value > 0.2 && found.value < 0.9, "\(method)")
            let tolerance = method == "polychoric" ? 1e-6 : 1e-12
            #expect(isClose(try Self.sample.value(back), found.value, within: tolerance), "\(method)")
            let other = try Self.world(shuffled.map(\.x), shuffled.map(\.y)).value(there)
            #expect(isClose(other, found.value, within: tolerance), "\(method)")
        }
    }

    @Test func ranksKnowNoScale() throws {
        let scaled = "local x = g.x * 3 - 100 "
        let bent = "local x = g.x ^ 3 "
        for method in Self.methods {
            let plain = try Self.sample.value("return g.x:correlation(g.y, { method = '\(method)' })")
            let ask = "return x:correlation(g.y, { method = '\(method)' })"
            #expect(isClose(try Self.sample.value(scaled + ask), plain, within: 1e-9), "\(method)")
            guard method != "pearson" else { continue }
            #expect(isClose(try Self.sample.value(bent + ask), plain, within: 1e-9), "\(method)")
            let turned = "local x = -g.x " + ask
            #expect(isClose(try Self.sample.value(turned), -plain, within: 1e-6), "\(method)")
        }
    }

    @Test func whatCannotGoTogetherIsSaid() throws {
        let call = { (method: String) in "g.x:correlation(g.y, { method = '\(method)' })" }
        for method in ["pearson", "spearman", "kendall"] {
            for pairs in [([1, nil, 2], [nil, 3, 5]), ([nil, nil], [1, 2])] as [([Double?], [Double?])] {
                #expect(
                    try reason(call(method), pairs.0, pairs.1) == "a correlation needs at least two pairs", "\(method)")
            }
            #expect(
                try reason(call(method), [1, 1, 1], [1, 2, 3])
                    == "a correlation needs values that differ, in both columns", "\(method)")
        }
        #expect(try reason(call("gamma"), [1], [2]) == "a correlation needs at least two pairs")
        #expect(try reason(call("gamma"), [1, 1], [1, 2]) == "gamma needs pairs of rows that differ, in both columns")
        #expect(
            try reason(call("polychoric"), [1, 1], [1, 2])
                == "a polychoric correlation needs at least two different answers, in both columns")
        #expect(
            try reason(call("pearson"), [1, .infinity, 3], [1, 2, 3])
                == "a correlation leaves the range of numbers: the values are infinite or too large")
        for method in Self.methods {
            let part = try Self.world([1e308, -1e308, 5], [1, 2, 7]).ask("return " + call(method)).part()
            #expect(part.estimate.map(\.value.isFinite) ?? (part.status == .insufficient), "\(method)")
        }
    }

    @Test func perfectCorrelationsHaveNoInterval() throws {
        let world = Self.world([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])
        let perfect = try world.estimate("return g.x:correlation(g.y)")
        #expect(perfect.value == 1 && perfect.low == nil)
        #expect(try world.value("return g.x:correlation(g.y).p or 7") == 7)
        #expect(try world.value("return g.x:correlation(g.y, { method = 'gamma' }).concordant") == 10)
    }

    @Test func columnsOfOtherRowsAreRefused() throws {
        for body in [
            "g.x:correlation(g:where(g.x:above(2)).y)", "g.x:correlation()", "g.x:correlation('z')",
            "g.x:correlation(g.y, { method = 'kendal' })", "g.x:change_from(g:where(g.x:above(2)).y)",
            "g.x:mcnemar(g.y)", "g.x:cliffs_delta('y')", "g.x:cliffs_delta(g.y, { continuity = 1 })", "mcnemar(1)",
            "mcnemar(1.5, 2)", "mcnemar(-1, 2)",
        ] {
            #expect(try Self.sample.ask("return \(body)").failure().code == .luaError, "\(body)")
        }
    }

    // MARK: Change

    @Test func changesMoveAlongWithShiftAndScale() throws {
        let fields = ["sd", "se", "t", "p", "d_z", "d_av", "d_rm", "wilcoxon_v", "wilcoxon_p", "rose", "same", "fell"]
        let scales = ["sd": 8.0, "se": 8]
        func ask(_ shape: String) throws -> [PartResult] {
            let parts = fields.map { "\($0) = e.\($0)," }.joined(separator: " ")
            let body = "local e = (g.y\(shape)):change_from(g.x\(shape)) return { value = e, \(parts) }"
            return try Self.sample.ask(body).groups[0].parts
        }
        let (plain, shifted, scaled) = (try ask(""), try ask(" + 64"), try ask(" * 8"))
        #expect(plain.count == fields.count + 1)
        for part in plain {
            let name = try #require(part.part)
            let value = try #require(part.estimate?.value)
            let others = [shifted, scaled].map { $0.first { $0.part == name }?.estimate?.value }
            #expect(isClose(others[0], value, within: 1e-9), "\(name)")
            #expect(isClose(others[1], value * (scales[name] ?? (name == "value" ? 8 : 1)), within: 1e-9), "\(name)")
        }
    }

    @Test func fewChangesAreSaid() throws {
        let none = "there is no row with a value before and after"
        #expect(try reason("g.y:change_from(g.x)", [1, nil], [nil, 2]) == none)
        let one = Self.world([1, nil], [3, 2])
        let change = try one.estimate("return g.y:change_from(g.x)")
        #expect(change.value == 2 && change.n == 1 && change.low == nil)
        #expect(try one.value("return g.y:change_from(g.x).t or 7") == 7)
        let alike = Self.world([1, 2, 3], [2, 3, 4])
        #expect(try alike.value("local e = g.y:change_from(g.x) return (e.t or e.d_z or e.df) and 1 or 7") == 7)
        #expect(try alike.value("return g.y:change_from(g.x).rose") == 3)
        #expect(
            try reason("g.y:change_from(g.x)", [1, 2], [.infinity, 2])
                == "the change leaves the range of numbers: the values are infinite or too large")
    }

    /// A count is a cell of those it counts.
    @Test func countsRestOnThoseTheyCount() throws {
        let world = Self.world([1, 2, 3, 4, 5], [1, 2, 3, 4, 6])
        #expect(try world.estimate("return g.y:change_from(g.x)").persons == 5)
        #expect(try world.estimate("return g.y:change_from(g.x).rose").persons == 1)
        #expect(try world.estimate("return g.y:change_from(g.x).same").persons == 4)
        #expect(try world.estimate("return g.y:change_from(g.x).fell").persons == 5)
        #expect(try world.estimate("return g.y:change_from(g.x).t").persons == 5)
    }

    // MARK: Turned from yes to no

    private static let turned = World(
        TestFile(
            Cells.truths("before", [true, true, true, false, false, false, true, nil]),
            Cells.truths("after", [true, false, true, true, true, true, nil, false])))

    @Test func turningIsCountedFromColumnsAndFromCounts() throws {
        let e = try Self.turned.estimate("return g.after:mcnemar(g.before)")
        #expect(e.value == 0.75 && e.n == 4 && e.persons == 4 && e.method == "wilson")
        for field in ["chi_squared", "p", "p_exact", "p_mid", "gained", "lost"] {
            let byColumns = try Self.turned.value("return g.after:mcnemar(g.before).\(field)")
            #expect(try Self.turned.value("return mcnemar(1, 3).\(field)") == byColumns, "\(field)")
            let counts = "mcnemar((g.before & ~g.after):count(), (~g.before & g.after):count())"
            #expect(try Self.turned.value("return \(counts).\(field)") == byColumns, "\(field)")
        }
        #expect(try Self.turned.value("return g.after:mcnemar(g.before).chi_squared") == 1)
        #expect(try Self.turned.value("return g.after:mcnemar(g.before, { continuity = true }).chi_squared") == 0.25)
        #expect(isClose(try Self.turned.value("return g.after:mcnemar(g.before).p_exact"), 0.625))
    }

    @Test func turningRestsOnThoseWhoTurned() throws {
        #expect(try Self.turned.estimate("return g.after:mcnemar(g.before).lost").persons == 1)
        #expect(try Self.turned.estimate("return g.after:mcnemar(g.before).gained").persons == 3)
        let counts = "mcnemar((g.before & ~g.after):count(), (~g.before & g.after):count())"
        #expect(try Self.turned.estimate("return \(counts)").persons == 1)
    }

    @Test func nobodyTurned() throws {
        let reason = "nobody turned from no to yes or from yes to no"
        #expect(try Self.turned.ask("return g.after:mcnemar(g.after)").part().reason == reason)
        #expect(try Self.turned.ask("return mcnemar(0, 0)").part().reason == reason)
        #expect(try Self.turned.ask("return mcnemar(insufficient('too few'), 2)").part().reason == "too few")
    }

    // MARK: Two groups

    private static let groups = World(
        TestFile(
            Cells.labels("team", ["A", "A", "A", "A", "B", "B", "B", nil]),
            Cells.numbers("x", [5, 4, 6, nil, 4, 3, 4, 9])))

    private static let split = "local a, b = g:where(g.team:is('A')).x, g:where(g.team:is('B')).x "

    @Test func groupsAreComparedPairByPair() throws {
        let e = try Self.groups.estimate(Self.split + "return a:cliffs_delta(b)")
        // Of nine pairs 5 and 6 win all six, 4 wins one and ties two.
        #expect(isClose(e.value, 7.0 / 9) && e.n == 6 && e.persons == 3 && e.method == "cliff")
        #expect(try Self.groups.value(Self.split + "return a:cliffs_delta(b).u") == 8)
        #expect(isClose(try Self.groups.value(Self.split + "return a:cliffs_delta(b).superiority"), 8.0 / 9))
        #expect(try Self.groups.value(Self.split + "return b:cliffs_delta(a).u") == 1)
        #expect(isClose(try Self.groups.value(Self.split + "return b:cliffs_delta(a)"), -7.0 / 9))
        let p = try Self.groups.value(Self.split + "return a:cliffs_delta(b).p")
        #expect(isClose(try Self.groups.value(Self.split + "return b:cliffs_delta(a).p"), p))
        #expect(try Self.groups.value(Self.split + "return a:cliffs_delta(b, { continuity = false }).p") < p)
        #expect(isClose(try Self.groups.value(Self.split + "return (a ^ 3 + 7):cliffs_delta(b ^ 3 + 7)"), 7.0 / 9))
    }

    /// A group of one would show how many of the other are below that person.
    @Test func comparisonsRestOnTheSmallerGroup() throws {
        let one = "local a, b = g:where(g.team:is('A')).x, g:where(g.x:is(9)).x "
        #expect(try Self.groups.estimate(one + "return a:cliffs_delta(b)").persons == 1)
        #expect(try Self.groups.estimate(one + "return b:cliffs_delta(a)").persons == 1)
        let few = Self.world([1, 2, 3, 4], [nil, nil, 3, 9])
        #expect(try few.estimate("return g.x:cliffs_delta(g.y)").persons == 2)
    }

    @Test func emptyAndEqualGroups() throws {
        let empty = "local a, b = g.x, g:where(g.team:is('C')).x "
        let reason = "a comparison needs valid values in both groups"
        for call in ["a:cliffs_delta(b)", "b:cliffs_delta(a)", "b:cliffs_delta(b)"] {
            #expect(try Self.groups.ask(empty + "return \(call)").part().reason == reason, "\(call)")
        }
        let equal = Self.world([2, 2, 2], [2, 2, nil])
        let e = try equal.estimate("return g.x:cliffs_delta(g.y)")
        #expect(e.value == 0 && e.low == nil)
        #expect(try equal.value("return g.x:cliffs_delta(g.y).p or 7") == 7)
        let wild = Self.world([.infinity, 1, 2], [-.infinity, 1e308, 3])
        #expect(try wild.value("return g.x:cliffs_delta(g.y)").isFinite)
    }
}
