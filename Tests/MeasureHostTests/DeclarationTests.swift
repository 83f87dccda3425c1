import MeasureModel
import Testing

/// What a measure did not declare does not exist for it.
struct DeclarationTests {
    private let world = World(
        TestFile(
            network: "east", Cells.numbers("safety_1", [1, 2]), Cells.numbers("safety_2", [3, 4]),
            Cells.labels("role", ["t", "c"]), Cells.numbers("mean", [5, 6]), Cells.numbers("any name", [7, 8])),
        TestFile(
            "roster", network: "east", Cells.labels("role", ["t", "t", "c"]), Cells.numbers("age", [30, 40, 50])),
        datasets: [
            World.survey, DatasetDescription(name: "roster", dataClass: "staff", persons: .row),
            DatasetDescription(name: "empty", dataClass: "staff", persons: .row),
        ])

    @Test func declaredColumnsAndDimensionsAreThere() throws {
        let question = Question(by: ["role"], columns: ["safety_1"])
        #expect(try world.ask("return g.safety_1:sum()", question).lines == ["c@0: 2", "t@0: 1"])
        #expect(try world.ask("return g.role:count()", question).lines == ["c@0: 1", "t@0: 1"])
    }

    @Test(arguments: [
        "g.safety_2:sum()", "g:column('safety_2'):sum()", "g['safety_2']:sum()",
        "g:scale{ 'safety_1', 'safety_2' }:mean()",
        "g.safety_1:weighted{ by = 'safety_2' }:mean()", "g:each('safety_2')",
        "(function() for r in g:rows() do return r.safety_2 end end)()",
        "(function() for r in g:rows() do return r:why('safety_2') end end)()",
    ])
    func undeclaredColumnsDoNotExist(expression: String) throws {
        let message = try world.message("return \(expression)", Question(columns: ["safety_1"]))
        #expect(message.contains("the column `safety_2` is not declared: add it to `columns` of the measure"))
        // Without a declaration, as in an expression of `eval`, all are there.
        _ = try world.ask("local x = \(expression) return 1").value()
    }

    @Test func undeclaredColumnsAreNamedWithTheNearestDeclaredOne() throws {
        #expect(
            try world.message("return g.safty_1:sum()", Question(columns: ["safety_1"])).contains(
                "the column `safty_1` is not declared: add it to `columns` of the measure; did you mean `safety_1`?"))
    }

    @Test func unknownColumnsAreNamedWithTheNearest() throws {
        for expression in ["g.saftey_1:sum()", "g:column('saftey_1'):sum()"] {
            #expect(
                try world.message("return \(expression)").contains(
                    "no column `saftey_1` in survey; did you mean `safety_1`?"))
        }
        #expect(try world.message("return g.zzzzz:sum()").contains("no column `zzzzz` in survey"))
        #expect(!(try world.message("return g.zzzzz:sum()").contains("did you mean")))
    }

    @Test func declaredColumnsMayBeMissingFromTheData() throws {
        let message = try world.message("return g.safety_9:sum()", Question(columns: ["safety_9"]))
        #expect(message.contains("no column `safety_9` in survey; did you mean `safety_1`?"))
    }

    @Test func columnsCalledLikeVerbsAreReachedByName() throws {
        #expect(try world.value("return g:column('mean'):sum()") == 11)
        #expect(try world.value("return g['any name']:sum()") == 15)
        #expect(try world.value("return g.mean:sum()") == 11, "only a group's own verbs hide columns")
        let hidden = World(TestFile(Cells.numbers("n", [5, 6]), Cells.numbers("where", [1, 2])))
        #expect(try hidden.value("return g.n") == 2)
        #expect(try hidden.value("return g:column('n'):sum() + g:column('where'):sum()") == 14)
    }

    @Test func undeclaredDatasetsDoNotExist() throws {
        #expect(try world.value("return g.with.roster.n", Question(with: ["roster"])) == 3)
        for expression in ["g.with.roster.n", "g:join('roster', { role = 'role' }, { 'age' }).n"] {
            #expect(
                try world.message("return \(expression)").contains(
                    "the dataset `roster` is not declared: add it to `with` of the measure"))
        }
        #expect(
            try world.message("return g.with.rooster.n", Question(with: ["roster"])).contains("did you mean `roster`?"))
    }

    @Test func declaredDatasetsWithoutDataAreNamed() throws {
        #expect(
            try world.message("return g.with.pdsa.n", Question(with: ["pdsa"])).contains("there are no data of `pdsa`"))
        #expect(try world.value("return g.with.empty.n", Question(with: ["empty"])) == 0)
    }

    /// A network's worker is given that network's files: others are not hidden, they are not there.
    @Test func aScopeHoldsItsNetworkOnly() throws {
        let hub = World(
            TestFile(network: "east", Cells.numbers("x", [1, 2])), TestFile(network: "west", Cells.numbers("x", [10])))
        let east = World(TestFile(network: "east", Cells.numbers("x", [1, 2])))
        #expect(try hub.ask("return g.x:sum()", Question(by: ["network"])).lines == ["east@0: 3", "west@0: 10"])
        #expect(try east.ask("return g.x:sum()", Question(by: ["network"])).lines == ["east@0: 3"])
        #expect(try east.value("return g:where(g.network:is('west')).n") == 0)
        #expect(try east.value("return g.network:distinct()") == 1)
    }

    @Test func theNetworkIsAColumnThatNoFileNeedsToHave() throws {
        #expect(try world.value("return g.network:is('east'):count()") == 2)
        let bare = World(TestFile(Cells.numbers("x", [1])))
        #expect(try bare.message("return g.network:count()").contains("no column `network`"))
    }

    @Test func mixedTypesAreAnErrorOfTheColumnOnly() throws {
        let mixed = World(
            TestFile(Cells.numbers("x", [1]), Cells.numbers("y", [1])),
            TestFile(Cells.labels("x", ["a"]), Cells.numbers("y", [2])))
        #expect(
            try mixed.message("return g.x:count()").contains(
                "the column `x` of survey holds numbers in one load and text in another"))
        #expect(try mixed.value("return g.y:sum()") == 3)
    }

    /// Grouped by such a column nothing can be evaluated; other groupings go on.
    @Test func mixedTypesOfADimensionAreTheMeasuresFailure() throws {
        let mixed = World(
            TestFile(Cells.numbers("role", [1]), Cells.numbers("y", [1])),
            TestFile(Cells.labels("role", ["a"]), Cells.numbers("y", [2])))
        let answer = try mixed.ask("return g.y:sum()", Question(by: ["role"]))
        #expect(answer.groups.isEmpty)
        #expect(answer.result.failure?.code == .refused)
        #expect(answer.result.failure?.file == "Measures/x.lua")
        #expect(
            answer.result.failure?.message.contains("the column `role` of survey holds numbers in one load and text")
                == true)
        #expect(try mixed.value("return g.y:sum()") == 3)
    }

    @Test func numbersOfDifferentWidthsAreOneColumn() throws {
        let widths = World(
            TestFile(Cells.integers("x", [1, nil])), TestFile(Cells.numbers("x", [1.5])),
            TestFile(Cells.truths("x", [true])))
        #expect(try widths.value("return g.x:sum()") == 3.5)
    }

    @Test func aGroupIsAskedByName() throws {
        #expect(try world.message("return g[1]").contains("a group is asked for columns by name, not by a number"))
        #expect(try world.message("return g:column(1)").contains("column needs a name"))
        #expect(try world.message("return g:each(1)").contains("each needs a column's name"))
    }
}
