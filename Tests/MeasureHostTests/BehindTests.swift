import MeasureModel
import Testing

/// Who is behind a number where rows are many and those who matter are few.
struct BehindTests {
    // MARK: Counts that are too large

    @Test(arguments: [
        "difference(proportion(9e18, 9e18), proportion(9e18, 9e18), { independent = true, test = 'fisher' })",
        "rate_ratio(rate(9e18, 5), rate(9e18, 3), { independent = true, method = 'exact' })",
    ])
    func countsThatAreTooLargeAreRefused(body: String) throws {
        let world = World(TestFile(Cells.numbers("x", [1, 2])))
        #expect(try world.message("return \(body)").contains("counts at most 1e15"))
    }

    // MARK: Joins

    private static let six = (1...6).map { "t\($0)" as String? }

    private let schools = World(
        TestFile(
            Cells.labels("who", six + ["u1", "u2"]),
            Cells.labels("school", ["A", "A", "A", "A", "A", "A", "B", nil]),
            Cells.numbers("x", [1, 2, 3, 4, 5, 6, 7, 8])),
        TestFile(
            "students", Cells.labels("student", ["s", "r", "q"]), Cells.labels("school", ["A", "A", "B"]),
            Cells.numbers("absent", [7, 3, 2])),
        datasets: [
            World.named, DatasetDescription(name: "students", dataClass: "student", persons: .column("student")),
        ])

    /// All rows of a school look up the same student.
    @Test(arguments: [
        ("j.absent:mean()", 2), ("j:where(j.school:is('A')).absent:mean()", 1), ("j.absent:at_least(5):count()", 1),
        ("j:where(j.absent:at_least(5)).x:mean()", 1), ("g:where(j.absent:at_least(5)).x:mean()", 1),
        ("(g.x + j.absent):sum()", 2), ("ratio(j.absent:sum(), g.x:sum())", 2),
        ("j.absent:weighted{ by = 'x' }:mean()", 2),
        ("j.absent:median()", 1), ("g.x:mean()", 8),
        ("j:where(j.absent:at_least(5)).absent:valid():count()", 1), ("j.absent:valid():share()", 8),
        ("j.x:mean()", 8), ("j:where(j.x:above(0)).absent:valid():share()", 8),
        ("j:where(j.absent:missing('not_loaded')).x:sum()", 1),
    ])
    func aColumnOfOthersRestsOnThem(body: String, persons: Int) throws {
        let join = "local j = g:join('students', { school = 'school' }, { 'absent' }) "
        #expect(
            try schools.estimate(join + "return " + body, Question(with: ["students"])).persons == persons, "\(body)")
    }

    // MARK: Changes and regressions

    private let panel = World(
        TestFile(
            Cells.labels("who", ["a", "a", "b", "c", "d", "d", "e", "e", "f"]),
            Cells.truths("treated", [true, true, true, true, false, false, false, false, false]),
            Cells.truths("post", [false, true, false, true, false, true, false, true, true]),
            Cells.numbers("y", [1, 5, 2, 3, 1, 2, 2, 4, 9]),
            Cells.numbers("dose", [0, 2, 0, 0, 0, 0, 0, 0, nil]),
            Cells.labels("site", ["1", "1", "2", "2", "2", "3", "3", "4", "5"]),
            Cells.numbers("c", [nil, 1, nil, nil, 2, 5, 3, 7, 1])), datasets: [World.named])

    @Test func changesRestOnUnitsSeenTwice() throws {
        let options = "{ treated = g.treated, post = g.post, unit = 'who' }"
        #expect(try panel.estimate("return g:did('y', \(options))").persons == 1)
    }

    @Test func aRegressionRestsOnTheRowsThatItCompares() throws {
        #expect(try panel.estimate("return g:regression('y', { 'dose' })").persons == 1)
        // Rows of sites 4 and 5 are alone in their groups.
        let absorbed = "g:regression('y', { t = g.treated }, { absorb = 'site' })"
        #expect(try panel.estimate("return " + absorbed).persons == 2)
        #expect(try panel.estimate("return g.y:effect_size(g.treated, { adjust = { 'c' } })").persons == 1)
    }

    // MARK: Designs

    private let design = World(
        TestFile(
            Cells.labels("who", six), Cells.labels("school", ["A", "A", "A", "B", "B", "B"]),
            Cells.truths("yes", [true, false, true, true, false, true]), Cells.numbers("w", [1, nil, 0, 1, 2, 1])),
        TestFile(
            "students", Cells.labels("student", ["s", "r", "q", "p"]), Cells.labels("school", ["A", "B", "B", "B"]),
            Cells.numbers("absent", [7, 3, 2, 1])),
        datasets: [
            World.named, DatasetDescription(name: "students", dataClass: "student", persons: .column("student")),
        ])

    @Test func aMarginRestsOnItsSmallestCategory() throws {
        let weighted = """
            local d = g:design{}:poststratify{ by = 'school', roster = g.with.students, count = 'absent' }
            return d:where(g.school:is('A')):sum(g.yes)
            """
        #expect(try design.estimate(weighted, Question(with: ["students"])).persons == 1)
    }

    @Test func aResponseRateRestsOnRowsWithAWeight() throws {
        #expect(try design.estimate("return g:design{ weights = 'w' }:response(g.yes)").persons == 4)
        let cells = "g:design{ weights = 'w' }:response(g.yes, { cells = 'school' })"
        #expect(try design.estimate("return " + cells).persons == 1)
    }

    // MARK: Charts

    private let weeks = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "a", "b", "c", "d", "d"]),
            Cells.labels("week", ["1", "1", "1", "2", "2", "2", "3", "4"]),
            Cells.numbers("x", [1, 2, 3, 7, 8, 9, 5, 9]), Cells.numbers("gaps", [1, 5, nil, 3, nil, 4, nil, 8])),
        datasets: [World.named])

    @Test func chartsOfSubgroupsRestOnTheSmallest() throws {
        #expect(try weeks.estimate("return g.x:control_chart{ subgroup = 'week' }").persons == 1)
        #expect(try weeks.estimate("return g.x:control_chart{ subgroup = 'week', baseline = 2 }").persons == 3)
        #expect(
            try weeks.estimate("return g.x:run_chart{ subgroup = 'week' }").persons == 1, "5 and 8 are in the middle")
        #expect(try weeks.estimate("return g.x:run_chart{ subgroup = 'week', baseline = 2 }").persons == 3)
    }

    @Test func rangesRestOnNeighbours() throws {
        #expect(try weeks.estimate("return g.gaps:control_chart()").persons == 4)
        for detail in ["sigma", "upper", "mean_moving_range"] {
            #expect(try weeks.estimate("return g.gaps:control_chart().\(detail)").persons == 2, "\(detail)")
        }
    }

    // MARK: Graphs

    @Test(arguments: ["across('role')", "ei('role')", "modularity('role')", "assortativity('role')"])
    func tiesOfUnknownGroupsAreNotBehind(call: String) throws {
        let world = World(
            TestFile(Cells.labels("from", ["a", "b", "c", "d"]), Cells.labels("to", ["b", "a", "d", "e"])),
            TestFile(
                "roster", Cells.labels("who", ["a", "b", "c", "d", "e"]),
                Cells.labels("role", ["t", "u", nil, nil, nil])),
            datasets: [
                DatasetDescription(
                    name: "survey", dataClass: "staff_survey", persons: .column("from"), personColumns: ["from", "to"]),
                DatasetDescription(
                    name: "roster", dataClass: "staff_record", persons: .column("who"), personColumns: ["who"]),
            ])
        let body = "local net = g:graph{ nodes = g.with.roster, id = 'who' } return net:\(call)"
        #expect(try world.estimate(body, Question(with: ["roster"])).persons == 2)
    }
}
