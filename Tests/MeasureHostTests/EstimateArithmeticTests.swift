import Foundation
import MeasureModel
import Testing

/// Computing with estimates: what comes out keeps the smallest number of persons behind any part.
struct EstimateArithmeticTests {
    private static let named = DatasetDescription(name: "survey", dataClass: "staff_survey", persons: .column("who"))

    /// Two groups of four different persons each, and a third that shares a person with the first.
    private let world = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "d", "e", "f", "g", "h", "a", "i"]),
            Cells.labels("role", ["t", "t", "t", "t", "c", "c", "c", "c", "p", "p"]),
            Cells.numbers("x", [1, 2, 3, 4, 3, 4, 5, 6, 10, 20]),
            Cells.truths("yes", [true, true, true, false, true, false, false, false, true, true]),
            Cells.numbers("none", [nil, nil, nil, nil, nil, nil, nil, nil, nil, nil])), datasets: [named])

    private let parts = "local t, c, p = g:where(g.role:is('t')), g:where(g.role:is('c')), g:where(g.role:is('p')) "

    @Test func meansOfDifferentPersonsDifferByWelch() throws {
        for body in ["return difference(t.x:mean(), c.x:mean())", "return t.x:mean() - c.x:mean()"] {
            let difference = try world.estimate(parts + body)
            #expect(difference.value == -2)
            // Equal sizes and variances: 6 degrees of freedom.
            let half = 2.446911851144979 * (5.0 / 3 / 4 * 2).squareRoot()
            #expect(
                isClose(difference.low, -2 - half, within: 1e-11) && isClose(difference.high, -2 + half, within: 1e-11))
            #expect(difference.level == 0.95)
            #expect(difference.persons == 4 && difference.n == 4)
        }
    }

    @Test func sharesOfDifferentPersonsDifferByNewcombe() throws {
        let difference = try world.estimate(parts + "return difference(t.yes:share(), c.yes:share())")
        let (first, second) = (wilson(3, 4), wilson(1, 4))
        // R. G. Newcombe 1998, method 10.
        let low = 0.5 - (pow(0.75 - first.low, 2) + pow(second.high - 0.25, 2)).squareRoot()
        let high = 0.5 + (pow(first.high - 0.75, 2) + pow(0.25 - second.low, 2)).squareRoot()
        #expect(difference.value == 0.5)
        #expect(isClose(difference.low, low) && isClose(difference.high, high))
    }

    @Test func whereSomebodyIsBehindBothNoIntervalIsClaimed() throws {
        for pair in [
            "t.x:mean(), p.x:mean()", "t.x:mean(), g.x:mean()", "t.yes:share(), p.yes:share()",
            "t.x:mean(), t.x:mean()",
        ] {
            let difference = try world.estimate(parts + "return difference(\(pair))")
            #expect(difference.low == nil && difference.method == nil, "\(pair)")
        }
        // A mean and a share, or a median, have none either.
        #expect(try world.estimate(parts + "return t.x:mean() - c.yes:share()").low == nil)
        #expect(try world.estimate(parts + "return t.x:median() - c.x:median()").low == nil)
    }

    @Test func ratiosShowTheirParts() throws {
        let ratio = try world.estimate(parts + "return ratio(t.x:sum(), p.x:sum())")
        #expect(isClose(ratio.value, 10.0 / 30))
        #expect(ratio.numerator == 10 && ratio.denominator == 30)
        #expect(ratio.persons == 2 && ratio.n == 2, "the smaller side")
        #expect(ratio.low == nil)
        #expect(isClose(try world.value(parts + "return t.x:sum() / p.x:sum()"), 10.0 / 30))
    }

    @Test func proportionsAreOfCounts() throws {
        let proportion = try world.estimate(parts + "return proportion(t.yes:count(), t.x:count())")
        let expected = wilson(3, 4)
        #expect(proportion.value == 0.75 && proportion.n == 4)
        #expect(proportion.numerator == 3 && proportion.denominator == 4)
        #expect(isClose(proportion.low, expected.low) && isClose(proportion.high, expected.high))
        #expect(try world.message("return proportion(g.x:mean(), g.x:count())").contains("proportion needs counts"))
        #expect(
            try world.message(parts + "return proportion(g.x:count(), t.x:count())").contains(
                "the first is not above the second"))
        let half = try world.estimate(parts + "return proportion(t.yes:count(), 6)")
        #expect(half.value == 0.5 && half.n == 6 && half.persons == 3, "a number beside an estimate")
        #expect(
            try world.ask("return proportion(g.none:count(), g.none:count())").part().reason == "nobody was counted")
    }

    @Test func constantsMoveAValueWithItsInterval() throws {
        let mean = try world.estimate(parts + "return t.x:mean()")
        let (low, high) = try (#require(mean.low), #require(mean.high))
        for (body, value, ends) in [
            ("t.x:mean() + 1", 3.5, (low + 1, high + 1)), ("1 + t.x:mean()", 3.5, (low + 1, high + 1)),
            ("t.x:mean() - 1", 1.5, (low - 1, high - 1)), ("10 - t.x:mean()", 7.5, (10 - high, 10 - low)),
            ("t.x:mean() * 2", 5, (2 * low, 2 * high)), ("-2 * t.x:mean()", -5, (-2 * high, -2 * low)),
            ("t.x:mean() / 4", 0.625, (low / 4, high / 4)), ("-t.x:mean()", -2.5, (-high, -low)),
            ("ratio(t.x:mean(), 2)", 1.25, (low / 2, high / 2)),
            ("difference(t.x:mean(), 1)", 1.5, (low - 1, high - 1)),
        ] as [(String, Double, (Double, Double))] {
            let moved = try world.estimate(parts + "return " + body)
            #expect(isClose(moved.value, value), "\(body)")
            #expect(isClose(moved.low, ends.0) && isClose(moved.high, ends.1), "\(body)")
            #expect(moved.n == 4 && moved.persons == 4 && moved.method == "t")
        }
    }

    @Test func sumsAndProductsHaveNoInterval() throws {
        for (body, value) in [
            ("t.x:mean() + c.x:mean()", 7.0), ("t.x:mean() * c.x:mean()", 11.25), ("ratio(10, t.x:sum())", 1),
            ("10 / t.x:sum()", 1),
        ] {
            let result = try world.estimate(parts + "return " + body)
            #expect(isClose(result.value, value), "\(body)")
            #expect(result.low == nil && result.numerator == nil)
            #expect(result.persons == 4)
        }
    }

    @Test func whatIsUndefinedStaysSo() throws {
        for body in [
            "g.none:mean() + 1", "1 - g.none:mean()", "g.x:mean() + g.none:mean()", "g.none:mean() * g.x:mean()",
            "ratio(g.none:sum(), g.x:sum())", "ratio(g.x:sum(), g.none:sum())", "difference(g.none:mean(), g.x:mean())",
            "-g.none:mean()", "g.none:mean() / 2", "proportion(g.none:sum(), g.x:sum())",
        ] {
            let part = try world.ask("return " + body).part()
            #expect(part.status == .insufficient && part.reason == "there is no valid value", "\(body)")
        }
        #expect(try world.ask("return not_applicable('no team') + 1").part().status == .notApplicable)
        #expect(try world.ask("return not_applicable('no team') + 1").part().reason == "no team")
    }

    @Test func divisionsByZeroAreInsufficient() throws {
        for body in ["g.x:sum() / 0", "ratio(g.x:sum(), 0)", "ratio(g.x:sum(), g.none:count())", "1 / g.none:count()"] {
            let part = try world.ask("return " + body).part()
            #expect(part.status == .insufficient && part.reason == "the denominator is 0", "\(body)")
        }
        #expect(try world.ask("return g.x:sum() * 1e308 * 1e308").part().reason == "the result is not finite")
    }

    @Test func mistakesAreNamed() throws {
        #expect(
            try world.message("return g.x:mean() + 'x'").contains("+ works on estimates and numbers, not on a string"))
        #expect(
            try world.message("return ratio(g.x, g.x:sum())").contains(
                "ratio works on estimates and numbers, not on a object"))
        #expect(try world.message("return ratio(1, 2)").contains("ratio needs estimates"))
        #expect(try world.message("return difference(1, 2)").contains("difference needs estimates"))
        #expect(try world.message("return g.x:mean() + 1 / 0").contains("inf is not a finite number"))
        #expect(try world.message("return ratio()").contains("not on a nil"))
        #expect(try world.message("return g.x:mean() < 3").contains("attempt to compare"))
        #expect(try world.message("return g.x:mean() ^ 2").contains("attempt to perform arithmetic"))
    }
}
