import MeasureModel
import Testing

/// Two groups compared: differences and effect sizes, through the language.
struct EffectVerbTests {
    private let world = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "d", "e", "f", "g", "h"]),
            Cells.truths("treated", [true, true, true, false, false, false, false, nil]),
            Cells.truths("everyone", [true, true, true, true, true, true, true, true]),
            Cells.truths("once", [true, false, false, false, false, false, false, false]),
            Cells.truths("passed", [true, true, false, true, false, false, false, true]),
            Cells.numbers("x", [4, 6, 8, 1, 2, 3, 4, 5]), Cells.numbers("before", [1, 2, 4, 1, 2, 2, 3, 9]),
            Cells.numbers("same", [3, 3, 3, 3, 3, 3, 3, 3]),
            Cells.numbers("none", [nil, nil, nil, nil, nil, nil, nil, nil]),
            Cells.numbers("huge", [1e308, -1e308, 1e308, 1, 2, 3, 4, 5]),
            Cells.numbers("endless", [.infinity, 1, 2, 3, 4, 5, 6, 7])), datasets: [World.named])

    private func detail(_ call: String, _ name: String) throws -> Double { try world.value("return \(call).\(name)") }

    @Test func aDifferenceIsThatOfTwoMeans() throws {
        let direct = try world.estimate("return g.x:mean_difference(g.treated)")
        let made = try world.estimate(
            "return difference(g:where(g.treated).x:mean(), g:where(~g.treated).x:mean())")
        #expect(direct.value == 3.5 && direct.n == 7 && direct.persons == 3, "the smaller side counts")
        #expect(isClose(direct.low, made.low) && isClose(direct.high, made.high) && direct.method == "welch")
        let student = try world.estimate("return g.x:mean_difference(g.treated, { method = 'student' })")
        // Pooled variance (8 + 5) / 5, error √(2.6 (1/3 + 1/4)).
        let half = 2.570581835636314 * (2.6 * (1.0 / 3 + 0.25)).squareRoot()
        #expect(isClose(student.low, 3.5 - half, within: 1e-10) && student.method == "t")
        #expect(try detail("g.x:mean_difference(g.treated, { method = 'student' })", "df") == 5)
        #expect(try detail("g.x:mean_difference(g.treated)", "n_yes") == 3)
        #expect(try detail("g.x:mean_difference(g.treated)", "n_no") == 4)
    }

    @Test func anEffectSizeIsInStandardDeviations() throws {
        let g = try world.estimate("return g.x:effect_size(g.treated)")
        let d = 3.5 / 2.6.squareRoot()
        #expect(isClose(g.value, d * (1 - 3.0 / 19)) && g.method == "wald" && g.persons == 3)
        let cohen = try world.estimate("return g.x:effect_size(g.treated, { method = 'd' })")
        #expect(isClose(cohen.value, d) && cohen.method == "noncentral_t")
        let glass = try world.estimate("return g.x:effect_size(g.treated, { method = 'delta' })")
        #expect(isClose(glass.value, 3.5 / (5.0 / 3).squareRoot()) && glass.low == nil)
        #expect(isClose(try detail("g.x:effect_size(g.treated)", "sd"), 2.6.squareRoot()))
        #expect(try world.value("return g.x:effect_size(g.treated).baseline == 'not_satisfied' and 1 or 0") == 1)
        #expect(try world.value("return g.same:mean_difference(g.treated)") == 0)
    }

    @Test func effectsDoNotDependOnTheScale() throws {
        let g = try world.estimate("return g.x:effect_size(g.treated)")
        let moved = try world.estimate("return (g.x * 7 - 100):effect_size(g.treated)")
        #expect(isClose(moved.value, g.value) && isClose(moved.low, g.low) && isClose(moved.high, g.high))
        let turned = try world.estimate("return g.x:effect_size(~g.treated)")
        #expect(isClose(turned.value, -g.value) && isClose(turned.low, g.high.map { -$0 }))
    }

    @Test func aComparisonHasACoxIndex() throws {
        let cox = try world.estimate("return g.passed:effect_size(g.treated)")
        // 2 of 3 against 1 of 4: odds ratio 6.
        #expect(isClose(cox.value, 1.791759469228055 / 1.65 * (1 - 3.0 / 19)) && cox.low == nil && cox.persons == 3)
        #expect(isClose(try world.value("return hedges_g{ p1 = 2/3, p2 = 1/4, n1 = 3, n2 = 4 }"), cox.value))
    }

    @Test func covariatesAdjustTheDifference() throws {
        let call = "g.x:effect_size(g.treated, { adjust = { 'before' } })"
        let adjusted = try world.estimate("return \(call)")
        let coefficient = try world.value("return g:regression('x', { 'treated', 'before' })")
        #expect(isClose(try detail(call, "difference"), coefficient) && adjusted.low == nil && adjusted.n == 7)
        #expect(isClose(adjusted.value, coefficient / 2.6.squareRoot() * (1 - 3.0 / 19)))
    }

    /// No value without a reason.
    @Test(arguments: [
        "g.x:mean_difference(g.everyone)", "g.none:mean_difference(g.treated)", "g.x:effect_size(g.everyone)",
        "g.none:effect_size(g.treated)", "g.same:effect_size(g.treated)", "g.everyone:effect_size(g.treated)",
        "g.endless:mean_difference(g.treated)", "g.endless:effect_size(g.treated)", "g.huge:effect_size(g.treated)",
        "g.x:effect_size(g.treated, { adjust = { 'same' } })", "g.x:effect_size(g.treated, { adjust = { 'none' } })",
        "hedges_g{ d = 1, n1 = 1, n2 = 0 }", "hedges_g{ p1 = 0, p2 = 0.5, n1 = 5, n2 = 5 }",
        "hedges_g{ t = 1, n1 = 5, n2 = 5, icc = 1, cluster_size = 10 }", "improvement_index(g.none:mean())",
        "g.x:survival(g.none, 3)", "g.none:median_survival(g.passed)", "g.x:median_survival(g.once)",
        "(-g.x):survival(g.passed, 3)", "g.endless:survival(g.passed, 3)",
    ]) func undefinedIsInsufficient(call: String) throws {
        let part = try world.ask("return \(call)").part()
        #expect(part.status == .insufficient && part.reason?.isEmpty == false, "\(part)")
        let words = part.reason?.replacing(/term \d/, with: "")
        #expect(words?.contains(where: \.isNumber) != true, "reasons hold no counts: \(part.reason ?? "")")
    }

    @Test func oneValueOnASideHasNoInterval() throws {
        let difference = try world.estimate("return g.x:mean_difference(g.once)")
        #expect(difference.low == nil && difference.persons == 1)
        #expect(try world.value("return g.x:mean_difference(g.once).p == nil and 1 or 0") == 1)
    }

    @Test(arguments: [
        ("g.x:effect_size()", "needs a column"), ("g.x:effect_size('x')", "needs yes or no"),
        ("g.x:effect_size(g.treated, { method = 'h' })", "`method` is one of"),
        ("g.x:effect_size(g.treated, { adjust = 1 })", "`adjust` is a list"),
        ("g.x:effect_size(g.treated, { adjust = { g.x * 2 } })", "needs a name"),
        ("g.x:mean_difference(g:where(g.treated).treated)", "different groups"),
        ("hedges_g{ d = 1 }", "needs n1 and n2"), ("hedges_g{ n1 = 3, n2 = 4 }", "needs n1 and n2"),
        ("hedges_g{ d = 1, n1 = 3.5, n2 = 4 }", "needs n1 and n2"),
        ("hedges_g{ t = 1, n1 = 5, n2 = 5, icc = 2, cluster_size = 10 }", "from 0 to 1"),
        ("improvement_index('g')", "works on estimates"), ("adjust_p{ 0.5, 2 }", "from 0 to 1"),
        ("adjust_p{ 0.5, 'x' }", "from 0 to 1"), ("adjust_p{ 0.1, method = 'holm' }", "from 0 to 1"),
        ("adjust_p(0.5)", "a list of p values"), ("g.x:survival('passed')", "needs a time"),
    ]) func wrongArgumentsAreExplained(call: String, words: String) throws {
        let message = try world.message("local v = \(call) return 1")
        #expect(message.contains(words), "\(message)")
    }

    @Test func adjustedValuesKeepTheirPlaces() throws {
        #expect(isClose(try world.value("return adjust_p{ 0.04, 0.01, 0.03 }[2]"), 0.03))
        #expect(isClose(try world.value("return adjust_p({ 0.04, 0.01, 0.03 }, { method = 'holm' })[1]"), 0.06))
        #expect(try world.value("return #adjust_p{}") == 0)
    }

    @Test func survivalIsAShareLeft() throws {
        let left = try world.estimate("return g.x:survival(g.passed, 4)")
        // Times 1 e, 2, 3, 4 e and 4: 7/8 · 4/5 = 0.7.
        #expect(isClose(left.value, 0.7) && left.n == 8 && left.method == "log_log")
        #expect(try world.estimate("return g.x:survival(g.passed, 0)").value == 1)
        #expect(try world.estimate("return g.x:median_survival(g.passed)").value == 5)
        #expect(try world.estimate("return (g.x * 7):median_survival(g.passed)").value == 35)
    }
}
