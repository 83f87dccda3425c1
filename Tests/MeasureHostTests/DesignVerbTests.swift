import MeasureModel
import Testing

/// Survey designs, their estimates and their weights, through the language.
struct DesignVerbTests {
    private let world = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "d", "e", "f", "g", "h"]),
            Cells.labels("role", ["t", "t", "t", "t", "c", "c", "c", "c"]),
            Cells.labels("school", ["1", "1", "2", "2", "3", "3", "4", "4"]),
            Cells.labels("lone", ["1", "2", "2", "2", "2", "2", "2", "2"]),
            Cells.labels("gap", ["1", "1", "1", nil, "2", "2", "2", "2"]),
            Cells.numbers("x", [1, 2, 3, 4, 5, 6, 7, 9]),
            Cells.numbers("blank", [1, 2, nil, 4, 5, nil, 7, 9]),
            Cells.numbers("same", [3, 3, 3, 3, 3, 3, 3, 3]),
            Cells.numbers("none", [nil, nil, nil, nil, nil, nil, nil, nil]),
            Cells.numbers("w", [1, 2, 3, 4, 1, 2, 3, 4]), Cells.numbers("half", [1, 2, nil, 4, 1, 2, 3, 4]),
            Cells.numbers("minus", [1, 2, 3, 4, 1, 2, 3, -4]), Cells.numbers("zero", [0, 0, 0, 0, 0, 0, 0, 0]),
            Cells.numbers("endless", [1, 2, 3, 4, 1, 2, 3, .infinity]),
            Cells.numbers("some", [0, 2, 0, 4, 0, 2, 0, 4]), Cells.numbers("fpc", [40, 40, 40, 40, 20, 20, 20, 20]),
            Cells.numbers("tiny", [2, 2, 2, 2, 20, 20, 20, 20]),
            Cells.truths("yes", [true, true, true, false, true, false, false, false]),
            Cells.truths("answered", [true, true, false, true, true, nil, false, true]),
            Cells.truths("teachers", [true, true, true, true, false, false, false, false])),
        TestFile(
            "roster", Cells.labels("who", ["a", "b", "c", "d", "e", "i", "j", "k", "l", "m"]),
            Cells.labels("role", ["t", "t", "t", "t", "t", "t", "c", "c", "c", "c"]),
            Cells.numbers("heads", [1, 1, 1, 1, 1, 1, 5, 5, 5, 5])),
        datasets: [
            World.named, DatasetDescription(name: "roster", dataClass: "staff_record", persons: .column("who")),
        ])

    private let question = Question(with: ["roster"])

    /// A design without strata is what `weighted` has always computed.
    @Test func weightsAloneAgreeWithWeightedColumns() throws {
        for (column, weight) in [("x", "w"), ("blank", "w"), ("x", "half"), ("blank", "some")] {
            for (verb, old) in [("mean", "mean"), ("sum", "sum")] {
                let new = try world.estimate("return g:design{ weights = '\(weight)' }:\(verb)('\(column)')")
                let known = try world.estimate("return g.\(column):weighted{ by = '\(weight)' }:\(old)()")
                #expect(isClose(new.value, known.value), "\(verb) \(column) \(weight)")
                if column == "x" { #expect(isClose(new.low, known.low)) }
                #expect(new.persons == known.persons)
            }
        }
    }

    @Test func withoutWeightsAMeanIsAMean() throws {
        let (design, plain) = (
            try world.estimate("return g:design{}:mean('x')"), try world.estimate("return g.x:mean()")
        )
        #expect(isClose(design.value, plain.value) && isClose(design.low, plain.low, within: 1e-10) && design.n == 8)
        #expect(
            isClose(
                try world.value("return g:design{}:variance('x')"), try world.value("local s = g.x:sd() return s * s")))
        #expect(try world.value("return g:design{}:mean('x').deff == nil and 1 or 0") == 1, "nothing is left to sample")
    }

    @Test func estimatesAreOfOneScale() throws {
        let mean = try world.estimate("return g:design{ weights = 'w', strata = 'role' }:mean('x')")
        let shifted = try world.estimate("return g:design{ weights = 'w', strata = 'role' }:mean(g.x * 2 + 5)")
        #expect(isClose(shifted.value, mean.value * 2 + 5) && isClose(shifted.low, (mean.low ?? 0) * 2 + 5))
        let heavier = try world.estimate("return g:design{ weights = g.w * 10, strata = 'role' }:mean('x')")
        #expect(isClose(heavier.value, mean.value) && isClose(heavier.low, mean.low), "weights count by their ratios")
    }

    @Test func aDomainKeepsTheSample() throws {
        let domain = try world.estimate("return g:design{ weights = 'w' }:where(g.role:is('t')):mean('x')")
        let group = try world.estimate(
            "local t = g:where(g.role:is('t')) return t:design{ weights = 'w' }:mean('x')")
        #expect(isClose(domain.value, group.value) && domain.n == 4 && domain.persons == 4)
        #expect(domain.low != group.low)
        let nested = "g:design{ weights = 'w' }:where(g.role:is('t')):where(g.x:above(2))"
        #expect(try world.estimate("return \(nested):mean('x')").n == 2)
        let nobody = try world.ask("return g:design{}:where(g.x:above(100)):mean('x')").part()
        #expect(nobody.status == .insufficient && nobody.reason == "there is no valid value")
    }

    /// A stated reason for all that makes no design, whatever is asked of it.
    @Test(arguments: [
        ("weights = 'minus'", "a weight is negative or infinite"),
        ("weights = 'endless'", "a weight is negative or infinite"),
        ("weights = 'zero'", "no row has a weight above 0"), ("weights = 'none'", "no row has a weight"),
        ("strata = 'gap'", "a row has no stratum or no cluster"),
        ("clusters = 'gap'", "a row has no stratum or no cluster"),
        ("fpc = 'none'", "rows of a stratum name different population sizes"),
        ("fpc = 'fpc'", "rows of a stratum name different population sizes"),
        ("strata = 'role', fpc = 'tiny'", "a stratum has fewer units in the population than in the sample"),
    ]) func aDesignThatIsNone(options: String, reason: String) throws {
        for use in [
            "mean('x')", "sum('x')", "share('yes')", "variance('x')", "quantile('x', 0.5)", "effective_size()",
            "response('answered')", "respondents('answered'):mean('x')", "trim(3):mean('x')", "where(g.yes):mean('x')",
            "poststratify{ by = 'role', roster = g.with.roster }:mean('x')",
            "rake{ { by = 'role', roster = g.with.roster } }:mean('x')",
        ] {
            let part = try world.ask("return g:design{ \(options) }:\(use)", question).part()
            #expect(part.status == .insufficient && part.reason == reason, "\(use): \(part.reason ?? "")")
        }
        #expect(try world.value("return g:design{ \(options) }:weights():count()") == 0)
    }

    @Test func emptyGroupsAndSingleRows() throws {
        let nobody = "local e = g:where(g.x:above(100)) return e:design{ weights = 'w' }:mean('x')"
        #expect(try world.ask(nobody).part().reason == "no row has a weight")
        let one = "local e = g:where(g.x:above(8)) return e:design{ weights = 'w' }:mean('x')"
        let mean = try world.estimate(one)
        #expect(mean.value == 9 && mean.low == nil && mean.n == 1)
        let same = try world.estimate("return g:design{ weights = 'w' }:mean('same')")
        #expect(same.value == 3 && same.low == 3 && same.high == 3)
        let certain = try world.estimate("return g:design{ weights = 'w' }:share(g.same:is(3))")
        #expect(certain.value == 1 && certain.low == nil)
        #expect(try world.ask("return g:design{}:variance(g.none)").part().status == .insufficient)
        let clusters = try world.estimate("return g:design{ clusters = g.same }:mean('x')")
        #expect(clusters.low == nil, "one cluster tells nothing of the spread")
    }

    @Test func aLonelyClusterIsAsTheAuthorSays() throws {
        let low = { (lonely: String) in
            try world.estimate("return g:design{ strata = 'lone', lonely = '\(lonely)' }:mean('x')").low
        }
        #expect(try low("undefined") == nil)
        let (certain, centered) = (try #require(try low("certain")), try #require(try low("centered")))
        #expect(centered < certain)
    }

    @Test func weightsMeetThePopulation() throws {
        let sums = """
            local d = g:design{ weights = 'w' }:poststratify{ by = 'role', roster = g.with.roster }
            return { t = d:where(g.role:is('t')):weights():sum(), c = d:where(g.role:is('c')):weights():sum() }
            """
        let parts = try world.ask(sums, question).groups[0].parts
        #expect(isClose(parts.first { $0.part == "t" }?.estimate?.value, 6))
        #expect(isClose(parts.first { $0.part == "c" }?.estimate?.value, 4))
        let heads = "g:design{}:poststratify{ by = 'role', roster = g.with.roster, count = 'heads' }"
        #expect(isClose(try world.value("return \(heads):weights():sum()", question), 26))
        let counts = "g:design{}:poststratify{ by = 'role', counts = { t = 6, c = 20 } }"
        #expect(
            isClose(
                try world.value("return \(counts):mean('x')"), try world.value("return \(heads):mean('x')", question)))
        let raked = "g:design{ weights = 'w' }:rake{ { by = 'role', counts = { t = 6, c = 4 } }, "
        let twice = raked + "{ by = 'school', counts = { ['1'] = 3, ['2'] = 3, ['3'] = 2, ['4'] = 2 } } }"
        #expect(isClose(try world.value("return \(twice):weights():sum()"), 10, within: 1e-8))
    }

    @Test func marginsThatCannotBeMet() throws {
        for (margins, reason) in [
            (
                "poststratify{ by = 'role', counts = { t = 6, c = 4, p = 2 } }",
                "a category of the population is not in the sample: merge it with another"
            ),
            (
                "poststratify{ by = 'role', counts = { t = 6 } }",
                "the population has no usable count for a category of the sample"
            ),
            ("poststratify{ by = 'gap', counts = { ['1'] = 6, ['2'] = 5 } }", "a row has no category of the margin"),
            (
                "rake{ { by = 'role', counts = { t = 6, c = 4 } }, { by = 'yes', counts = { ['true'] = 7, ['false'] = 4 } } }",
                "the margins' population counts have different sums"
            ),
        ] {
            let part = try world.ask("return g:design{ weights = 'w' }:\(margins):mean('x')").part()
            #expect(part.status == .insufficient && part.reason == reason, "\(margins): \(part.reason ?? "")")
        }
    }

    @Test func aRosterIsBehindWhatWasAdjustedToIt() throws {
        let question = Question(with: ["roster"])
        let mean = try world.estimate(
            "return g:design{}:poststratify{ by = 'role', roster = g.with.roster }:mean('x')", question)
        #expect(mean.classes == ["staff_record", "staff_survey"] && mean.persons == 4)
    }

    @Test func answersStandForMissingOnes() throws {
        let mean = try world.estimate(
            "return g:design{ weights = 'w' }:respondents('answered', { cells = 'role' }):mean('x')")
        // t: 10 of 7 over weights 1, 2, 4; c: 10 of 5 over 1 and 4.
        let expected = ((1.0 + 4 + 16) * 10 / 7 + (5.0 + 36) * 2) / 20
        #expect(isClose(mean.value, expected) && mean.n == 5 && mean.persons == 5)
        let body = """
            local e = g:design{ weights = 'w' }:response('answered', { cells = 'role' })
            return { rate = e, plain = e.unweighted, t = e.factors.t, c = e.factors.c }
            """
        let parts = try world.ask(body).groups[0].parts
        func part(_ name: String) -> Double? { parts.first { $0.part == name }?.estimate?.value }
        #expect(isClose(part("rate"), 0.6) && isClose(part("plain"), 5.0 / 8))
        #expect(isClose(part("t"), 10.0 / 7) && isClose(part("c"), 2))
        let silent = "g:design{ weights = 'w' }:respondents(g.teachers, { cells = 'role' }):mean('x')"
        let reason = "a category of the population is not in the sample: merge it with another"
        #expect(try world.ask("return \(silent)").part().reason == reason)
        let cells = try world.ask("return g:design{}:respondents('answered', { cells = 'gap' }):mean('x')").part()
        #expect(cells.status == .insufficient)
    }

    @Test func trimmedWeightsKeepTheirSum() throws {
        #expect(isClose(try world.value("return g:design{ weights = 'w' }:trim(1):weights():sum()"), 20))
        #expect(
            isClose(
                try world.value("return g:design{ weights = 'w' }:trim(100):mean('x')"),
                try world.value("return g:design{ weights = 'w' }:mean('x')")))
        #expect(try world.message("return g:design{}:trim(0)").contains("above 0"))
    }

    @Test func theEffectiveSizeIsKishs() throws {
        #expect(isClose(try world.value("return g:design{ weights = 'w' }:effective_size()"), 400.0 / 60))
        #expect(isClose(try world.value("return g:design{ weights = 'w' }:effective_size().weighting_effect"), 1.2))
        let some = try world.estimate("return g:design{ weights = 'some' }:effective_size()")
        #expect(some.n == 4 && isClose(some.value, 144.0 / 40), "weights of 0 are no rows that count")
    }

    /// The lowest and the highest value rest on those who have them.
    @Test func quantilesAtTheEndsRestOnTheirHolders() throws {
        let middle = try world.estimate("return g:design{ weights = 'w' }:quantile('x', 0.5)")
        #expect(middle.persons == 8)
        #expect(try world.estimate("return g:design{ weights = 'w' }:quantile('x', 1)").persons == 1)
        #expect(try world.estimate("return g:design{ weights = 'w' }:quantile('x', 0)").persons == 1)
        #expect(try world.message("return g:design{}:quantile('x', 2)").contains("from 0 to 1"))
    }

    @Test(arguments: [
        ("g:design{ weights = 'wt' }", "no column `wt`"), ("g:design{ weight = 'w' }", "did you mean `weights`?"),
        ("g:design{ weights = 'role' }", "needs numbers"), ("g:design{ lonely = 'odd' }", "`lonely` is one of"),
        ("g:design{}:mean()", "needs a column"), ("g:design{}:share('x')", "needs yes or no"),
        ("g:design{}:mean(g:where(g.yes).x)", "different groups"), ("g:design{}:meen('x')", "did you mean `mean`?"),
        ("g:design{}:poststratify('role')", "needs a margin"), ("g:design{}:rake{ by = 'role' }", "a list of margins"),
        ("g:design{}:poststratify{ by = 'role' }", "needs `roster`"),
        ("g:design{}:poststratify{ roster = g }", "says `by` which column"),
        ("g:design{}:poststratify{ by = 'role', counts = { 1, 2 } }", "numbers by category"),
        ("g:design{}:poststratify{ by = 'who', counts = { a = 1 } }", "names persons"),
        ("g:design{}:response('answered', { cells = 'who' })", "names persons"),
    ]) func wrongArgumentsAreExplained(expression: String, words: String) throws {
        let message = try world.message("local d = \(expression) return 1", question)
        #expect(message.contains(words), "\(message)")
    }

    /// Weights of single rows are seen where rows may be.
    @Test func weightsAreNoWayToRows() throws {
        var question = question
        question.mayReadRows = false
        let failure = try world.ask("return #g:design{ weights = 'w' }:weights():values()", question).failure()
        #expect(failure.message.contains("row_access"))
        #expect(try world.ask("return g:design{ weights = 'w' }:weights():mean()", question).value() == 2.5)
    }
}
