import Foundation
import MeasureModel
import Testing

/// Verbs that estimate, against numbers that were computed elsewhere or by another road.
struct EstimateTests {
    private static let named = DatasetDescription(
        name: "survey", dataClass: "staff_survey", persons: .column("who"))

    private let world = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "d", "e", "a"]), Cells.numbers("x", [2, 4, 4, 5, nil, nil]),
            Cells.truths("yes", [true, true, false, true, false, nil]), Cells.numbers("w", [1, 2, 3, 4, 5, 6]),
            Cells.numbers("none", [nil, nil, nil, nil, nil, nil]), Cells.numbers("one", [nil, nil, 7, nil, nil, nil]),
            Cells.labels("role", ["t", "c", "t", nil, "t", "c"])), datasets: [named])

    @Test func meansHaveStudentsInterval() throws {
        let mean = try world.estimate("return g.x:mean()")
        #expect(mean.value == 3.75)
        #expect(mean.n == 4)
        #expect(mean.persons == 4)
        #expect(mean.classes == ["staff_survey"])
        #expect(mean.level == 0.95 && mean.method == "t")
        // 4 values with a variance of 19/12; the quantile of t with 3 degrees of freedom is tabled.
        let half = 3.18244630528371 * (19.0 / 12 / 4).squareRoot()
        #expect(isClose(mean.low, 3.75 - half, within: 1e-11) && isClose(mean.high, 3.75 + half, within: 1e-11))
        #expect(mean.numerator == nil && mean.flags.isEmpty)
    }

    @Test func sharesHaveWilsonsInterval() throws {
        let share = try world.estimate("return g.yes:share()")
        let expected = wilson(3, 5)
        #expect(share.value == 0.6 && share.n == 5 && share.numerator == 3 && share.denominator == 5)
        #expect(isClose(share.low, expected.low) && isClose(share.high, expected.high))
        #expect(share.method == "wilson" && share.level == 0.95)
        let none = try world.estimate("return g.x:above(9):share()")
        #expect(none.value == 0 && none.numerator == 0)
        #expect(isClose(none.low, 0, within: 1e-12) && isClose(none.high, wilson(0, 4).high))
    }

    @Test func oneObservationHasAValueAndNoInterval() throws {
        let mean = try world.estimate("return g.one:mean()")
        #expect(mean.value == 7 && mean.n == 1 && mean.persons == 1)
        #expect(mean.low == nil && mean.high == nil && mean.level == nil && mean.method == nil)
        let share = try world.estimate("return g.one:is(7):share()")
        #expect(share.value == 1 && share.n == 1 && share.low == nil && share.method == nil)
        #expect(try world.estimate("return g.one:median()").value == 7)
        #expect(try world.estimate("return g.one:sum()").value == 7)
        #expect(try world.ask("return g.one:sd()").part().status == .insufficient)
        #expect(try world.ask("return g.one:sd()").part().reason == "a standard deviation needs at least two values")
    }

    @Test func nothingIsInsufficient() throws {
        for verb in ["mean", "sum", "sd", "median", "min", "max", "share"] {
            let part = try world.ask("return g.none:\(verb)()").part()
            #expect(part.status == .insufficient && part.estimate == nil && part.reason != nil, "\(verb)")
            #expect(part.groupPersons == 5)
        }
        #expect(try world.ask("return g.none:quantile(0.9)").part().status == .insufficient)
        #expect(try world.ask("return g.none:weighted{ by = 'w' }:mean()").part().status == .insufficient)
    }

    @Test func simpleVerbs() throws {
        #expect(try world.estimate("return g.x:sum()").value == 15)
        #expect(isClose(try world.value("return g.x:sd()"), (19.0 / 12).squareRoot()))
        #expect(try world.value("return g.x:min()") == 2)
        #expect(try world.value("return g.x:max()") == 5)
        #expect(try world.value("return g.x:median()") == 4)
        #expect(try world.value("return g.w:median()") == 3.5)
        #expect(try world.value("return g.role:distinct()") == 2)
        #expect(try world.value("return g.w:distinct()") == 6)
        #expect(try world.value("return g.x:distinct()") == 3)
    }

    @Test func countsCountWhatIsThereOrTrue() throws {
        let valid = try world.estimate("return g.x:count()")
        #expect(valid.value == 4 && valid.n == 4)
        #expect(try world.value("return g.role:count()") == 5)
        let yes = try world.estimate("return g.yes:count()")
        #expect(yes.value == 3 && yes.n == 5)
        let none = try world.estimate("return g.none:count()")
        #expect(none.value == 0 && none.n == 0 && none.persons == 0)
        #expect(try world.value("return g.x:above(9):count()") == 0)
    }

    @Test func quantilesFollowHyndmanAndFan() throws {
        let ten = World(TestFile(Cells.numbers("x", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])))
        #expect(isClose(try ten.value("return g.x:quantile(0.25)"), 3.25))
        #expect(isClose(try ten.value("return g.x:quantile(0.25, { type = 6 })"), 2.75))
        #expect(try ten.value("return g.x:quantile(0.25, { type = 1 })") == 3)
        #expect(try ten.value("return g.x:quantile(0)") == 1)
        #expect(try ten.value("return g.x:quantile(1)") == 10)
        // Of ten values the second and the ninth hold the median with 97.9 %, the third and the eighth with 89.1 %.
        let median = try ten.estimate("return g.x:median()")
        #expect(median.value == 5.5 && median.low == 2 && median.high == 9)
        // Five values cannot: 1 - 2 / 32 is less than 95 %.
        #expect(try World(TestFile(Cells.numbers("x", [1, 2, 3, 4, 5]))).estimate("return g.x:median()").low == nil)
        #expect(try ten.message("return g.x:quantile(1.5)").contains("needs a share from 0 to 1"))
        #expect(try ten.message("return g.x:quantile()").contains("quantile(0.9)"))
        #expect(try ten.message("return g.x:quantile(0.5, { type = 10 })").contains("types 1 to 9"))
        #expect(try ten.message("return g.x:quantile(0.5, { tpye = 1 })").contains("did you mean `type`?"))
    }

    @Test func weightsCount() throws {
        let mean = try world.estimate("return g.x:weighted{ by = g.w }:mean()")
        #expect(isClose(mean.value, (2.0 + 8 + 12 + 20) / 10))
        #expect(mean.n == 4 && mean.persons == 4)
        #expect(isClose(try world.value("return g.yes:weighted{ by = 'w' }:share()"), 7.0 / 15))
        #expect(isClose(try world.value("return g.x:weighted{ by = 'w' }:sum()"), 42))
        #expect(isClose(try world.value("return g.x:weighted{ by = g.w * 0 + 3 }:mean()"), 3.75))
        // Rows without a weight, or with none, do not count.
        let holes = World(
            TestFile(Cells.numbers("x", [1, 2, 3, 4]), Cells.numbers("w", [1, nil, 0, 3])))
        let held = try holes.estimate("return g.x:weighted{ by = 'w' }:mean()")
        #expect(isClose(held.value, 13.0 / 4))
        #expect(held.persons == 2)
        for verb in ["mean()", "share()", "sum()", "sd()", "median()", "quantile(0.1)"] {
            let part = try world.ask("return g.x:weighted{ by = g.w - 3 }:\(verb)").part()
            #expect(part.status == .insufficient && part.reason == "a weight is negative or infinite", "\(verb)")
        }
        #expect(try world.message("return g.x:weighted{ with = g.w }:mean()").contains("no option `with`"))
        #expect(try world.message("return g.x:weighted():mean()").contains("weighted{ by = g.weight }"))
        #expect(try world.message("return g.x:weighted{ by = g:where(g.yes).w }:mean()").contains("different groups"))
    }

    @Test func oneResultIsOneValue() throws {
        // An estimate that rests on several rows of one person has an interval, and says so.
        let own = World(
            TestFile(Cells.labels("who", ["a", "a", "a"]), Cells.numbers("x", [1, 2, 6])), datasets: [Self.named])
        let mean = try own.estimate("return g.x:mean()")
        #expect(mean.persons == 1 && mean.n == 3)
        #expect(mean.flags == [.singlePersonInterval])
        #expect(mean.low != nil)
    }

    @Test func fieldsCanBeRead() throws {
        let body = """
            local e = g.yes:share()
            return { value = e.value, n = e.n, low = e.low, high = e.high, numerator = e.numerator,
                     denominator = e.denominator, level = e.level, named = e.method == 'wilson' and 1 or 0 }
            """
        let answer = try world.ask(body)
        #expect(try answer.value("value") == 0.6)
        #expect(try answer.value("n") == 5)
        #expect(try answer.value("numerator") == 3)
        #expect(try answer.value("denominator") == 5)
        #expect(try answer.value("level") == 0.95)
        #expect(try answer.value("named") == 1)
        #expect(isClose(try answer.value("low"), wilson(3, 5).low))
        #expect(try world.ask("return g.none:mean().value == nil and 1 or 0").value() == 1)
        #expect(
            try world.message("return g.x:mean().valeu").contains(
                "an estimate has no field `valeu`; did you mean `value`?"))
        #expect(
            try world.message("local e = g.x:mean() e.n = 100 return e").contains("this estimate cannot be changed"))
    }

    @Test func verbsNeedTheirReceivers() throws {
        #expect(try world.message("return g.x.mean()").contains("mean is a verb of columns: write g.name:mean(...)"))
        #expect(try world.message("return g.x.mean(g)").contains("mean is a verb of columns"))
        #expect(try world.message("return g.role:mean()").contains("mean needs numbers, but `role` holds text"))
        #expect(try world.message("return g.x:maen()").contains("a column has no verb `maen`; did you mean `mean`?"))
        #expect(try world.message("return g.where(1)").contains("where is a verb of groups: write g:where(...)"))
    }
}
