import MeasureModel
import Testing

/// What rests on rows of nobody who could be counted, or on whether somebody is there, tells of somebody all the same.
struct UncountedPersonTests {
    /// One row names nobody, and one person of role `s` gave no answer.
    private let world = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "d", "e", nil, "f"]),
            Cells.labels("role", ["t", "t", "t", "t", "t", "n", "s"]),
            Cells.numbers("x", [1, 2, 3, 4, 5, 60, nil])), datasets: [World.named])

    @Test(arguments: [
        "return g:where(g.role:is('n')).x:mean().value", "return g:where(g.role:is('n')).n",
        "local v = g:where(g.role:is('n')).x:mean().value return g.x:mean() * 0 + v",
        "local v for _, part in g:each('role') do v = part.x:max().value or v end return v",
        "local none = g:where(g.x:above(99)).x:count() return none + g:where(g.role:is('n')).x:mean()",
        "local none = g:where(g.x:above(99)).x:count() return none + g:where(g.role:is('n')).x:mean().value",
    ])
    func rowsOfNobodyAreNotNothing(body: String) throws {
        let part = try world.ask(body).part()
        let estimate = try #require(part.estimate)
        #expect(estimate.persons == 0)
        #expect(estimate.n > 0, "what rests on nothing at all is published")
    }

    @Test func aCountOfNothingTakesThePersonsOfWhatIsAdded() throws {
        let none = "local none = g:where(g.x:above(99)).x:count()"
        #expect(try world.estimate("\(none) return none").persons == 0)
        #expect(try world.estimate("\(none) return none + g:where(g.x:is(3)).x:mean()").persons == 1)
        #expect(try world.estimate("\(none) return none + g:where(g.x:is(3)).x:mean().value").persons == 1)
        #expect(try world.estimate("\(none) local n = g.n return none").persons == 6)
    }

    /// Whether there is a number tells whether somebody answered.
    @Test(arguments: ["mean().value == nil", "mean().n == nil", "count().value == 0"])
    func askingWhetherThereIsANumberCounts(question: String) throws {
        let body = "if g:where(g.role:is('s')).x:\(question) then return g.x:mean() end return g.x:max()"
        #expect(try world.estimate(body).persons == 1)
    }

    /// Words that were chosen by what somebody answered are judged by that person.
    @Test func reasonsRestOnWhatWasTaken() throws {
        let body = "local v = g:where(g.x:is(3)).x:mean().value return insufficient(v == 3 and 'three' or 'other')"
        #expect(try world.ask(body).part().groupPersons == 1)
        let nobody = "local v = g:where(g.role:is('n')).x:mean().value return insufficient(v == 60 and 'a' or 'b')"
        #expect(try world.ask(nobody).part().groupPersons == 1)
        #expect(try world.ask("return insufficient('too early')").part().groupPersons == 6)
    }

    /// A joined column may bear the name of a dimension and hold what somebody wrote.
    @Test func aColumnJoinedUnderTheNameOfADimensionIsNone() throws {
        let joined = World(
            TestFile(Cells.labels("who", ["a", "b"]), Cells.numbers("x", [1, 2])),
            TestFile("roster", Cells.labels("person", ["a", "b"]), Cells.labels("note", ["I am ill", "fine"])),
            datasets: [
                World.named,
                DatasetDescription(
                    name: "roster", dataClass: "staff_record", persons: .column("person"), personColumns: ["person"],
                    dimensions: GroupKey.standardDimensions),
            ])
        let body = """
            local j = g:join('roster', { person = 'who' }, { school = 'note' })
            local out = {}
            for note, part in j:each('school') do out[note] = 0 end
            return out
            """
        #expect(try joined.ask(body, Question(with: ["roster"])).failure().code == .invalidResult)
    }
}
