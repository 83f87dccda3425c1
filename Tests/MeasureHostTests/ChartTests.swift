import Foundation
import MeasureModel
import Testing

/// Run charts and control charts of values in row order.
struct ChartTests {
    private let world = World(
        TestFile(
            Cells.numbers("x", [1, 2, 3, 4, 5, 6, 7, 8, nil, 10]),
            Cells.numbers("same", [Double?](repeating: 4, count: 10)),
            Cells.numbers("events", [1, 0, 2, 1, 1, 0, 3, 1, 1, 0]),
            Cells.numbers("units", [10, 10, 10, 10, 0, 10, 10, 10, nil, 10]),
            Cells.numbers("none", [Double?](repeating: nil, count: 10)),
            Cells.numbers("zero", [Double?](repeating: 0, count: 10)),
            Cells.numbers("huge", [Double?](repeating: 1e308, count: 9) + [-1e308]),
            Cells.labels("week", ["a", "a", "a", "a", "a", "b", "b", "b", "b", "b"])))

    /// Not defined, and why.
    private func reason(_ body: String) throws -> String? {
        let part = try world.ask("return " + body).part()
        #expect(part.status == .insufficient && part.estimate == nil, "\(body)")
        return part.reason
    }

    /// A detail of a chart as text.
    private func detail(_ written: String) throws -> String? {
        let body = """
            local function show(v)
              if type(v) ~= 'table' then return tostring(v) end
              local texts = {}
              for i, element in ipairs(v) do texts[i] = tostring(element) end
              return '[' .. table.concat(texts, ' ') .. ']'
            end
            return show(\(written))
            """
        return try world.ask(body, Question(allowsAny: true)).groups[0].other?.trimmingCharacters(in: ["\""])
    }

    @Test func centreLines() throws {
        #expect(try world.value("return g.x:run_chart()") == 5)
        #expect(isClose(try world.value("return g.x:control_chart()"), 46.0 / 9))
        #expect(try world.estimate("return g.x:control_chart()").n == 9, "rows with a value")
        #expect(try world.estimate("return g.x:control_chart{ baseline = 3 }").n == 3)
        #expect(try world.value("return g.x:control_chart{ baseline = 3 }") == 2)
        #expect(try world.value("return g.x:control_chart{ baseline = { 3, 5 } }") == 4)
        #expect(try world.value("return g.x:control_chart{ baseline = 3, exclude = { 2 } }") == 2)
        #expect(try world.value("return g.x:control_chart{ phases = { 6 }, baseline = 2 }") == 6.5, "the last phase's")
        #expect(try world.value("return g.x:control_chart{ center = 3, sigma = 2 }") == 3)
        #expect(isClose(try world.value("return g.events:control_chart{ kind = 'p', of = 'units' }"), 8.0 / 80))
        #expect(isClose(try world.value("return g.x:above(5):control_chart{ kind = 'p', subgroup = 'week' }"), 4.0 / 9))
        #expect(
            isClose(try world.value("return g.x:above(5):control_chart{ kind = 'g' }"), 5.0 / 3),
            "5, 0, 0 and an unknown one")
    }

    @Test func limitsRunsAndSignals() throws {
        #expect(try detail("g.x:control_chart{ center = 3, sigma = 2 }.upper") == "9.0")
        #expect(try detail("g.x:control_chart{ center = 3, sigma = 2 }.signals.beyond_limits") == "[10]")
        #expect(try detail("g.x:control_chart{ center = 3, sigma = 2 }.rules.six_in_trend") == "true")
        #expect(try detail("g.x:run_chart().rule_sets.ihi") == "true")
        #expect(try detail("g.x:run_chart().rule_sets.nelson") == "nil", "it needs limits")
        #expect(try detail("g.x:run_chart().crossings") == "1")
        #expect(try detail("g.x:run_chart{ shift = 4 }.signals.shift") == "[4 10]")
        #expect(try detail("g.x:control_chart().points") == "[1.0 2.0 3.0 4.0 5.0 6.0 7.0 8.0 false 10.0]")
        #expect(try detail("#g.x:control_chart{ phases = { 4, 8 } }.phases") == "3")
        #expect(try detail("run_limits(15, 15).crossings_min") == "10")
        #expect(try detail("run_limits(0, 0).longest_run_max") == "nil")
        #expect(try detail("g.events:control_chart{ kind = 'p', of = 'units' }.sizes[5]") == "0.0")
        #expect(try detail("g.events:control_chart{ kind = 'p', of = 'units' }.points[5]") == "false")
    }

    @Test func whatHasNoLimitsSaysWhy() throws {
        #expect(try detail("g.same:control_chart().problem") == "the points of the baseline do not vary")
        #expect(try detail("g.same:control_chart().sigma") == "nil")
        #expect(try world.value("return g.same:control_chart()") == 4)
        #expect(
            try detail("g.x:control_chart{ baseline = 1 }.problem")
                == "limits need at least two recorded points in a row in the baseline")
        #expect(try world.value("return g.zero:control_chart{ kind = 'c' }") == 0)
    }

    @Test func whatHasNoCentreSaysWhy() throws {
        #expect(try reason("g.none:run_chart()") == "the baseline has no recorded point")
        #expect(try reason("g:where(g.x:above(99)).x:control_chart()") == "the baseline has no recorded point")
        #expect(try reason("g.zero:control_chart{ kind = 'p', of = 'zero' }") == "the baseline has no recorded point")
        let impossible = try reason("(g.zero - 1):control_chart{ kind = 'c' }")
        #expect(impossible?.hasPrefix("a point cannot be") == true, "no position, which would speak of a row")
        #expect(try reason("g.units:control_chart{ kind = 'p', of = 'events' }") == impossible)
        #expect(
            try reason("(g.huge * 10):control_chart()") == "the baseline has no recorded point", "infinite is missing")
        #expect(
            try reason("g.events:control_chart{ kind = 'u', of = 'huge' }") == impossible, "an exposure below 0")
        #expect(
            try reason("(g.huge + g.zero):control_chart{ baseline = 9 }")
                == "the values are too large to compute limits from")
        for kind in ["xbar_s", "xbar_r"] {
            let chart = "g.x:control_chart{ kind = '\(kind)', subgroup = 'x' }"
            #expect(try detail("\(chart).problem") == "no subgroup of the baseline has two values")
        }
    }

    @Test func optionsAreChecked() throws {
        for (call, words) in [
            ("g.x:control_chart{ kind = 'run' }", "`kind` is one of"),
            ("g.x:control_chart{ kind = 'p' }", "denominators"),
            ("g.x:control_chart{ kind = 'u', subgroup = 'week' }", "exposure"),
            ("g.x:control_chart{ kind = 'xbar_s' }", "need `subgroup`"),
            ("g.x:control_chart{ kind = 'g', subgroup = 'week' }", "no `subgroup`"),
            ("g.x:control_chart{ of = 'units' }", "only p and u"), ("g.x:control_chart{ sigma = 0 }", "above 0"),
            ("g.x:control_chart{ sigma = 'sd' }", "`sigma` is one of"),
            ("g.x:control_chart{ baseline = 0 }", "`baseline`"),
            ("g.x:control_chart{ baseline = { 5, 2 } }", "`baseline`"),
            ("g.x:control_chart{ exclude = { 0 } }", "`exclude`"),
            ("g.x:control_chart{ phases = 3 }", "`phases`"),
            ("g.x:control_chart{ kind = 'c', center = 2 }", "`center`"),
            ("g.x:control_chart{ kind = 'c', sigma = 2 }", "xmr"), ("g.x:run_chart{ kind = 'p' }", "no option `kind`"),
            ("g.x:control_chart{ zero_as = 1 }", "t charts"), ("g.week:run_chart()", "holds text"),
            ("g.x:control_chart{ kind = 'p', subgroup = 'week' }", "yes or no"), ("run_limits(-1, 2)", "whole numbers"),
            ("run_limits(1.5, 2)", "whole numbers"), ("run_limits(1e9, 2)", "whole numbers"),
        ] {
            #expect(try world.message("return \(call)").contains(words), "\(call)")
        }
    }

    @Test func pointsNeedRowAccess() throws {
        for detail in ["points", "signals", "moving_ranges", "lowers"] {
            let refused = try world.message(
                "return #g.x:control_chart().\(detail)", Question(mayReadRows: false))
            #expect(refused.contains("row"), "\(refused)")
        }
        #expect(try world.value("return g.x:control_chart().crossings", Question(mayReadRows: false)) == 1)
    }

    @Test func aCentreRestsOnThoseWhoSetIt() throws {
        func persons(_ body: String) throws -> Int { try world.estimate("return " + body).persons }
        #expect(try persons("g.x:run_chart()") == 9)
        #expect(try persons("g.x:run_chart{ baseline = { 5, 5 } }") == 1, "it is one row's value")
        #expect(try persons("g.x:run_chart{ baseline = 4, exclude = { 1 } }") == 3)
        #expect(try persons("g.x:run_chart{ phases = { 6 } }") == 4)
        #expect(try persons("g.x:control_chart{ kind = 'xbar_s', subgroup = 'week', baseline = 1 }") == 5)
        #expect(try persons("g.x:above(5):control_chart{ kind = 'g', baseline = 1 }") == 6, "up to the first event")
        #expect(try persons("g.x:run_chart().crossings") == 4, "those on one side")
        #expect(try persons("g.x:run_chart{ center = 9 }.above") == 1, "one is above")
        #expect(try persons("g.x:run_chart{ phases = { 9 } }.phases[1].center") == 1, "another phase has one")
    }

    @Test func aChartHasAnEnd() throws {
        let long = World(TestFile(Cells.numbers("x", (0..<10_001).map { Double($0 % 7) })))
        #expect(try long.message("return g.x:run_chart()").contains("at most 10000 points"))
        #expect(try long.value("return g.x:run_chart{ subgroup = 'x' }") == 3)
    }
}
