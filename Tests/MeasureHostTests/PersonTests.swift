import MeasureModel
import Testing

/// The host counts the persons behind a number; what a script says of them is never asked.
struct PersonTests {
    private let people = World(
        TestFile(
            network: "east", Cells.labels("who", ["a", "a", "b", nil, "c", "d"]),
            Cells.labels("role", ["t", "t", "c", "c", "t", nil]), Cells.numbers("x", [1, 2, nil, 4, 5, 6]),
            Cells.numbers("y", [nil, nil, 1, nil, nil, nil])),
        TestFile(
            network: "west", Cells.labels("who", ["a", "e"]), Cells.labels("role", ["t", "t"]),
            Cells.numbers("x", [7, 8]), Cells.numbers("y", [nil, nil])), datasets: [World.named])

    @Test func distinctPersonsBehindValidRows() throws {
        #expect(try people.estimate("return g.x:mean()").persons == 4)  // a, c, d, e
        #expect(try people.estimate("return g.y:mean()").persons == 1)  // b
        #expect(try people.estimate("return g.role:count()").persons == 4)  // a, b, c, e
        #expect(try people.estimate("return g.x:mean()").n == 7, "valid rows, with or without a person")
    }

    @Test func aPersonInTwoNetworksCountsOnceInEverythingAndOnceInEach() throws {
        let answer = try people.ask("return g.x:count()", Question(by: ["network"]))
        #expect(answer.groups.map { $0.parts[0].estimate?.persons } == [3, 2])
        #expect(try people.estimate("return g.x:count()").persons == 4)
    }

    @Test func rowsCanBePersons() throws {
        var anonymous = people
        anonymous.datasets = [World.survey]
        #expect(try anonymous.estimate("return g.x:mean()").persons == 7)
        #expect(try anonymous.estimate("return g.y:mean()").persons == 1)
        #expect(try anonymous.ask("return 1").part().groupPersons == 8)
    }

    /// Rows that already count people: for each site the largest of its counts.
    @Test func thirtyPupilsInThirtySixWeeksAreThirty() throws {
        let counted = DatasetDescription(
            name: "survey", dataClass: "student_record",
            persons: .counts(count: "enrolled", sites: ["school", "group"]))
        let weeks = 36
        let world = World(
            TestFile(
                Cells.labels("school", Array(repeating: "A", count: weeks) + ["B", "B", "C", nil]),
                Cells.labels("group", Array(repeating: "all", count: weeks) + ["all", "boys", "all", "all"]),
                Cells.integers("enrolled", (0..<weeks).map { 30 - $0 % 3 } + [12, 5, nil, 50]),
                Cells.integers("absent", (0..<weeks).map { $0 % 4 } + [1, 1, 1, 1])), datasets: [counted])
        #expect(try world.estimate("return g:where(g.school:is('A')).absent:sum()").persons == 30)
        // B has two sites with 12 and 5, C counts nobody, and a row without a school is no site.
        #expect(try world.estimate("return g.absent:sum()").persons == 30 + 12 + 5)
        #expect(try world.ask("return 1").part().groupPersons == 47)
        #expect(try world.estimate("return proportion(g.absent:sum(), g.enrolled:sum())").persons == 47)
    }

    @Test func countsRestOnThoseTheyCount() throws {
        #expect(try people.estimate("return g.x:at_least(5):count()").persons == 4)  // c, d, a, e
        #expect(try people.estimate("return g.x:is(1):count()").persons == 1)
        #expect(try people.estimate("return g.x:above(99):count()").persons == 4, "those who might have been")
        #expect(try people.estimate("return g.x:is(1):share()").persons == 4)
    }

    @Test func computedNumbersRestOnTheSmallerSide() throws {
        #expect(try people.estimate("return ratio(g.x:sum(), g.y:sum())").persons == 1)
        #expect(try people.estimate("return g.x:mean() + g.y:mean()").persons == 1)
        #expect(try people.estimate("return (g.x:mean() - g.y:mean()) * 2 + 1").persons == 1)
        #expect(try people.estimate("return -(g.y:mean() / 3)").persons == 1)
    }

    /// A plain number rests on the smallest set of rows, above none, that the script looked at.
    @Test(arguments: [
        ("return 5", 5), ("local n = g.n return 5", 5), ("local s = g:where(g.role:is('c')) return 5", 1),
        ("local s = g:where(g.x:above(99)) return 5", 5), ("local s = g:where(g.role:is('t')) return s.n", 3),
        ("local s = g:where(g.role:is('t')) s:where(s.x:is(5)) return 5", 1),
        ("for _, s in g:each('role') do end return 5", 1),
        ("for _, s in g:each('network') do end return 5", 2), ("for r in g:rows() do end return 5", 5),
        ("g:where(g.role:is('t')):rows() return 5", 3), ("g.x:map(function(v) return v end) return 5", 4),
        ("g.y:map(function(v) return v end) return 5", 1), ("return g.y:values()[1]", 1), ("return #g.x:values()", 4),
        ("local e = g.y:mean() return 5", 5), ("return g.y:mean().value", 1), ("return g.y:mean().n + 100", 1),
        ("return g.x:mean().value", 4), ("return (g.x:mean() - g.y:mean()).value", 1),
        ("return g.x:is(1):count().value", 1),
    ])
    func plainNumbersRestOnTheSmallestSubset(body: String, persons: Int) throws {
        let estimate = try people.estimate(body)
        #expect(estimate.persons == persons)
        #expect(estimate.n == persons)
        #expect(estimate.classes == ["staff_survey"])
        #expect(estimate.low == nil && estimate.method == nil)
    }

    @Test func partsAreJudgedOneByOneButPlainOnesTogether() throws {
        let answer = try people.ask(
            "local s = g:where(g.role:is('c')) return { a = g.x:mean(), b = 5, c = s.x:count() }")
        #expect(try answer.estimate("a").persons == 4)
        #expect(try answer.estimate("b").persons == 1)
        #expect(try answer.estimate("c").persons == 0, "the only row of c that counts names nobody")
    }

    /// A number that was taken out of an estimate may be in all that is returned afterwards.
    @Test func aNumberThatWasTakenOutBoundsWhatComesAfter() throws {
        #expect(try people.estimate("return g.x:mean() * 0 + g.y:mean().value").persons == 1)
        #expect(try people.estimate("local few = g.y:mean().value return g.x:mean()").persons == 1)
        #expect(try people.estimate("local few = g.y:mean() return g.x:mean()").persons == 4, "it was not taken out")
        #expect(try people.estimate("local n = g:where(g.role:is('t')).n return g.x:mean()").persons == 3)
        let answer = try people.ask(
            "if g.keys.network == 'east' then local few = g.y:mean().value end return g.x:mean()",
            Question(by: ["network"]))
        #expect(answer.groups.map { $0.parts[0].estimate?.persons } == [1, 2], "in its own group only")
    }

    @Test func whatWasTouchedInOneGroupDoesNotMatterInTheNext() throws {
        let body = "if g.keys.network == 'east' then g:where(g.x:is(5)) end return 5"
        let answer = try people.ask(body, Question(by: ["network"]))
        #expect(answer.groups.map { $0.parts[0].estimate?.persons } == [1, 2])
    }

    @Test func aCellWithoutANumberHasItsPersons() throws {
        let part = try people.ask("return nil", Question(by: ["role"])).groups[0].parts[0]
        #expect(part.status == .insufficient)
        #expect(part.groupPersons == 1)
        #expect(try people.ask("return insufficient('too early')").part().groupPersons == 5)
    }

    @Test func aDatasetWithoutItsPersonColumnIsNamed() throws {
        let broken = World(TestFile(Cells.numbers("x", [1, 2])), datasets: [World.named])
        // Also where the persons of rows without a key are to be counted.
        let keyless = World(
            TestFile(Cells.numbers("x", [1, 2]), Cells.labels("role", ["a", nil])), datasets: [World.named])
        #expect(
            try keyless.ask("return 1", Question(by: ["role"])).failure().message.contains(
                "no load of survey has the column `who`"))
        #expect(
            try broken.message("return g.x:mean()").contains(
                "no load of survey has the column `who` that tells its persons apart"))
    }
}
