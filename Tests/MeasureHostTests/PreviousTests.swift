import MeasureModel
import Testing

/// `g:previous()`: the rows of the same keys in the preceding calendar period.
struct PreviousTests {
    private static let dated = DatasetDescription(
        name: "survey", dataClass: "staff_survey", persons: .column("who"), periodColumn: "day")

    private let world = World(
        TestFile(
            Cells.labels("who", ["a", "b", "c", "a", "b", "a"]), Cells.labels("role", ["t", "t", "c", "t", "t", "t"]),
            Cells.dates("day", ["2026-01-05", "2026-01-06", "2026-01-07", "2026-02-01", "2026-02-02", "2026-04-01"]),
            Cells.numbers("x", [1, 2, 3, 4, 5, 6])), datasets: [dated])

    private let months = [
        period("2026-01", "2026-01-01", "2026-02-01", .month), period("2026-02", "2026-02-01", "2026-03-01", .month),
        period("2026-03", "2026-03-01", "2026-04-01", .month), period("2026-04", "2026-04-01", "2026-05-01", .month),
    ]

    @Test func itIsThePeriodBeforeNotTheOneWithData() throws {
        let body = "local p = g:previous() if not p then return -1 end return p.x:sum()"
        #expect(try world.ask(body, Question(periods: months)).lines == ["@0: -1", "@1: 6", "@3: -1"])
    }

    @Test func keysAreTheSame() throws {
        let body = "local p = g:previous() if not p then return -1 end return p.x:sum()"
        #expect(
            try world.ask(body, Question(by: ["role"], periods: months)).lines == [
                "c@0: -1", "t@0: -1", "t@1: 3", "t@3: -1",
            ])
    }

    @Test func itIsAGroupOfItsPeriod() throws {
        let body =
            "local p = g:previous() return p and p.period.label == '2026-01' and p.keys.role == g.keys.role and p.n or -1"
        #expect(
            try world.ask(body, Question(by: ["role"], periods: months)).lines == [
                "c@0: -1", "t@0: -1", "t@1: 2", "t@3: -1",
            ])
        let chain = "local p = g:previous() return p and p:previous() == nil and 1 or 0"
        #expect(try world.ask(chain, Question(periods: months)).lines == ["@0: 0", "@1: 1", "@3: 0"])
    }

    @Test func itsPersonsCount() throws {
        let body = "local p = g:previous() if not p then return -1 end return g.x:mean() - p.x:mean()"
        let difference = try world.ask(body, Question(by: ["role"], periods: months)).groups[2].parts[0].estimate
        #expect(difference?.value == 3)
        #expect(difference?.persons == 2)
        #expect(difference?.low == nil, "the same persons are behind both")
        let plain = try world.ask("g:previous() return 5", Question(by: ["role"], periods: months))
        #expect(plain.groups.map { $0.parts[0].estimate?.persons } == [1, 2, 2, 1])
    }

    @Test func itIsAskedOfTheWholeGroup() throws {
        let failure = try world.ask("return g:where(g.x:above(0)):previous() and 1 or 0", Question(periods: months))
            .failure()
        #expect(failure.message.contains("take g:previous() first, then :where(...)"))
        #expect(try world.value("return g:previous() == nil and 1 or 0") == 1, "everything has no period before it")
    }

    @Test func undeclaredColumnsStayUndeclared() throws {
        let body = "local p = g:previous() return p and p.who:distinct() or 0"
        let answer = try world.ask(body, Question(periods: months, columns: ["x"]))
        #expect(answer.groups[1].failure?.message.contains("`who` is not declared") == true)
    }
}
