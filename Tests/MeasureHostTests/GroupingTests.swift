import MeasureModel
import Testing

/// `value` sees the rows of one key, over all loads, in a defined order.
struct GroupingTests {
    /// Two loads of two networks; each file has a dictionary of its own, in another order.
    private static let world = World(
        TestFile(
            network: "east", Cells.labels("district", ["B", "A", "B", nil]),
            Cells.labels("school", ["s2", "s1", "s2", "s1"]), Cells.numbers("x", [1, 2, 3, 4])),
        TestFile(
            network: "west", Cells.labels("district", ["A", "A"]), Cells.labels("school", ["s9", "s1"]),
            Cells.numbers("x", [10, 20])),
        TestFile(
            network: "east", Cells.texts("district", ["A", "B", "A"]), Cells.labels("school", ["s1", nil, "s3"]),
            Cells.numbers("x", [100, 200, 300])))

    private let world = Self.world

    @Test func everythingIsOneGroup() throws {
        let answer = try world.ask("return g.x:sum()")
        #expect(answer.lines == ["@0: 640"])
        #expect(answer.groups[0].key == GroupKey())
    }

    @Test func rowsOfAllLoadsOfANetworkAreTogether() throws {
        let answer = try world.ask("return g.x:sum()", Question(by: ["network"]))
        #expect(answer.lines == ["east@0: 610", "west@0: 30"])
        #expect(answer.summary.keylessRows == 0)
    }

    @Test func keysCarryTheirAncestorsAndNetworksAreNeverMerged() throws {
        let answer = try world.ask("return g.x:sum()", Question(by: ["network", "school"]))
        #expect(
            answer.lines == ["east/s1@0: 106", "east/s2@0: 4", "east/s3@0: 300", "west/s1@0: 20", "west/s9@0: 10"])
        #expect(answer.groups[0].key.parts == [GroupKey.Part("network", "east"), GroupKey.Part("school", "s1")])
    }

    @Test func dictionariesThatDifferBetweenLoadsAreOne() throws {
        let answer = try world.ask("return g.x:sum()", Question(by: ["district"]))
        #expect(answer.lines == ["A@0: 432", "B@0: 204"])
        #expect(try world.value("return g.district:distinct()") == 2)
        #expect(try world.value("return g:where(g.district:is('A')).x:sum()") == 432)
    }

    @Test func rowsWithoutAKeyStayInCoarserGroupingsAndAreCounted() throws {
        let answer = try world.ask("return g.x:sum()", Question(by: ["network", "district", "school"]))
        #expect(answer.lines.count == 5)
        #expect(answer.groups.reduce(0) { $0 + ($1.parts[0].estimate?.value ?? 0) } == 640 - 4 - 200)
        #expect(answer.summary.keylessRows == 2)
        #expect(answer.summary.keylessPersons == 2)
        #expect(try world.ask("return g.x:sum()", Question(by: ["network"])).summary.keylessRows == 0)
    }

    @Test func keylessPersonsAreCountedAsPersons() throws {
        let world = World(
            TestFile(
                Cells.labels("who", ["a", "a", "b", nil, "c"]), Cells.labels("role", [nil, nil, nil, nil, "x"]),
                Cells.numbers("x", [1, 2, 3, 4, 5])), datasets: [World.named])
        let summary = try world.ask("return g.x:sum()", Question(by: ["role"])).summary
        #expect(summary.keylessRows == 4)
        #expect(summary.keylessPersons == 2)
    }

    @Test func aNetworksOwnResultsHaveItsKey() throws {
        let key = GroupKey([GroupKey.Part("network", "east")])
        let answer = try world.ask("return g.x:sum()", Question(fixedKey: key))
        #expect(answer.lines == ["east@0: 640"])
        #expect(try world.ask("return g.keys.network == 'east' and 1 or 0", Question(fixedKey: key)).value() == 1)
    }

    @Test func aGroupKnowsItself() throws {
        let body = """
            local names = {}
            for k, v in pairs(g.keys) do names[#names + 1] = k .. '=' .. v end
            return { rows = 2, [table.concat(names, ' ')] = 1 }
            """
        let parts = try world.ask(body, Question(by: ["network", "school"])).groups.map { $0.parts.compactMap(\.part) }
        #expect(parts[0] == ["network=east school=s1", "rows"])
        #expect(parts[3] == ["network=west school=s1", "rows"])
    }

    /// By load, then by row, whatever the grouping.
    @Test func rowsComeInTheOrderOfTheLoads() throws {
        let body = "local s = '' for r in g:rows() do s = s .. ' ' .. r.x end return s"
        let answer = try world.ask(body, Question(by: ["network"], allowsAny: true))
        #expect(
            answer.groups.map(\.other)
                == ["\" 1.0 2.0 3.0 4.0 100.0 200.0 300.0\"", "\" 10.0 20.0\""].map {
                    $0.replacing(".0", with: "")
                })
        let all = try world.ask(body, Question(allowsAny: true))
        #expect(all.groups[0].other == "\" 1 2 3 4 10 20 100 200 300\"")
        let values = try world.ask("return g.x:values()", Question(by: ["district"], allowsAny: true))
        #expect(values.groups.map(\.other) == ["[2,10,20,100,300]", "[1,3,200]"])
    }

    @Test func groupsComeInTheOrderOfTheirBytes() throws {
        let world = World(
            TestFile(
                Cells.labels("role", ["é", "a", "Z", "10", "9", "b", ""]), Cells.numbers("x", [1, 2, 3, 4, 5, 6, 7])))
        let lines = try world.ask("return g.x:sum()", Question(by: ["role"])).lines
        #expect(lines == ["@0: 7", "10@0: 4", "9@0: 5", "Z@0: 3", "a@0: 2", "b@0: 6", "é@0: 1"])
    }

    @Test func numbersDatesAndTruthsCanBeDimensions() throws {
        let world = World(
            TestFile(
                Cells.integers("grade", [10, 9, 10, nil]), Cells.truths("new", [true, false, false, nil]),
                Cells.dates("day", ["2026-03-02", "2026-03-01", nil, "2026-03-02"]), Cells.numbers("x", [1, 2, 3, 4])))
        #expect(try world.ask("return g.x:sum()", Question(by: ["grade"])).lines == ["10@0: 4", "9@0: 2"])
        #expect(try world.ask("return g.x:sum()", Question(by: ["new"])).lines == ["false@0: 5", "true@0: 1"])
        #expect(
            try world.ask("return g.x:sum()", Question(by: ["day"])).lines == ["2026-03-01@0: 2", "2026-03-02@0: 5"])
    }

    @Test func aDimensionThatIsNotThereGivesNoGroups() throws {
        let answer = try world.ask("return 1", Question(by: ["team"]))
        #expect(answer.groups.isEmpty)
        #expect(answer.result.failure == nil)
    }

    @Test func withoutRowsThereAreNoGroups() throws {
        let empty = World(TestFile(Cells.numbers("x", [])))
        #expect(try empty.ask("return g.x:sum()").groups.isEmpty)
        #expect(try World(datasets: [World.survey]).ask("return 1").groups.isEmpty)
    }

    @Test func eachGoesThroughTheValuesInOrder() throws {
        let body = """
            local parts = {}
            for name, sub in g:each('district') do parts[name] = sub.x:sum() parts[name .. ' n'] = sub.n end
            return parts
            """
        let parts = try world.ask(body).groups[0].parts
        #expect(
            parts.map { "\($0.part ?? "")=\(JSON.text(of: $0.estimate?.value ?? 0))" } == [
                "A=432", "A n=5", "B=204", "B n=3",
            ])
        let order = "local s = '' for name, sub in g:each('x') do s = s .. name .. ';' end return s"
        #expect(try world.ask(order, Question(allowsAny: true)).groups[0].other == "\"1;2;3;4;10;20;100;200;300;\"")
        let keys = """
            for name, sub in g:each('school') do
              assert(sub.keys.school == name and sub.keys.district == g.keys.district)
            end
            return 1
            """
        #expect(try world.ask(keys, Question(by: ["district"])).lines == ["A@0: 1", "B@0: 1"])
    }

    @Test func batchesOfOneWorkerDoNotDisturbEachOther() throws {
        let questions = [Question(by: ["network"]), Question(by: ["school"]), Question(), Question(by: ["network"])]
        let replies = try world.evaluate(questions.map { $0.batch([$0.task(measure("return g.x:sum()"))]) })
        let groups: [[GroupResult]] = replies.map { if case .task(_, let result) = $0[1] { result.groups } else { [] } }
        #expect(groups[0] == groups[3])
        #expect(groups.map(\.count) == [2, 4, 1, 2])
    }

    @Test func tasksOfABatchAreReportedInOrder() throws {
        let question = Question(by: ["network"])
        let bodies = ["return g.n", "error('x')", "return g.x:max()", "syntax error", "return 4"]
        let replies = try world.evaluate([question.batch(bodies.map { question.task(measure($0)) })])[0]
        #expect(replies.count == 7)
        for (index, reply) in replies.dropFirst().prefix(5).enumerated() {
            guard case .task(let number, _) = reply else {
                Issue.record("\(reply)")
                continue
            }
            #expect(number == index)
        }
        let codes = replies.map { reply -> Failure.Code? in
            if case .task(_, let result) = reply {
                result.failure?.code ?? result.groups.first?.failure?.code
            } else {
                nil
            }
        }
        #expect(codes == [nil, nil, .luaError, nil, .syntaxError, nil, nil])
    }
}
