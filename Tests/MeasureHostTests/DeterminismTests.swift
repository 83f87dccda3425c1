import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// Same data, same scripts, same day: the same results, bit for bit.
struct DeterminismTests {
    private static func world() -> World {
        var random = SplitMix64(seed: 91)
        let rows = 300
        func numbers() -> [Double?] {
            (0..<rows).map { _ in random.chance(20) ? nil : Double.random(in: -1e6...1e6, using: &random) }
        }
        let (x, y) = (numbers(), numbers())
        let roles = (0..<rows).map { _ in random.pick(["a", "b", "c", "d", "e"]) as String? }
        return World(
            TestFile(Cells.numbers("x", x), Cells.numbers("y", y), Cells.labels("role", roles)),
            TestFile(Cells.numbers("x", y), Cells.numbers("y", x), Cells.labels("role", roles.reversed())))
    }

    static let bodies = [
        "return { m = g.x:mean(), s = g.x:sum(), d = g.y:sd(), r = ratio(g.x:sum(), g.y:sum()), q = g.x:quantile(0.37) }",
        "local s = 0 for name, sub in g:each('role') do s = s + sub.x:sum().value * 1.1 end return s",
        "local t = {} for r in g:rows() do t[r.role] = (t[r.role] or 0) + (r.x or 0) end local s = 0 "
            + "for k, v in pairs(t) do s = s * 0.7 + v end return s",
        "return math.random() + math.random(1000)",
        "print(g, print, {}, g.x) for k in pairs(_G) do print(k) end return 1",
        "error('at ' .. tostring(g) .. tostring({}) .. tostring(print))",
    ]

    /// Without what was used: time differs.
    private func content(_ answer: Answer) -> String {
        "\(answer.groups) \(answer.result.log) \(answer.result.failure as Any)"
    }

    @Test(arguments: bodies) func resultsAreTheSameOnEveryRun(body: String) throws {
        let world = Self.world()
        let first = content(try world.ask(body, Question(by: ["role"])))
        for _ in 0..<4 { #expect(content(try world.ask(body, Question(by: ["role"]))) == first) }
    }

    @Test func otherMeasuresOfABatchDoNotMatter() throws {
        let world = Self.world()
        let question = Question(by: ["role"])
        let alone = try Self.bodies.map { try world.ask($0, question).groups }
        let together = try world.evaluate([
            question.batch((Self.bodies + Self.bodies.reversed()).map { question.task(measure($0)) })
        ])[0]
        let groups = together.compactMap { if case .task(_, let result) = $0 { result.groups } else { nil } }
        #expect(groups.map { "\($0)" } == (alone + alone.reversed()).map { "\($0)" })
    }

    @Test func randomNumbersDependOnMeasureGroupAndPeriodOnly() throws {
        let world = Self.world()
        let body = "return math.random()"
        func numbers(_ question: Question) throws -> [String: Double] {
            Dictionary(
                uniqueKeysWithValues: try world.ask(body, question).groups.map { group in
                    (group.key["role"] ?? "", group.parts[0].estimate?.value ?? 0)
                })
        }
        let all = try numbers(Question(by: ["role"]))
        #expect(Set(all.values).count == 5, "each group has its own")
        var fewer = world
        fewer.files.removeLast()
        fewer.files[0].columns[2] = Cells.labels("role", (0..<300).map { _ in "b" })
        #expect(try fewer.ask(body, Question(by: ["role"])).groups[0].parts[0].estimate?.value == all["b"])
        #expect(try numbers(Question(by: ["role"], seed: 2)) != all)
    }

    @Test func theOrderOfRowsDecidesNothingButSums() throws {
        // The files are given in the order of their loads' names; a sum is made in that order.
        let world = Self.world()
        var turned = world
        turned.files.reverse()
        let body = "return { n = g.x:count(), max = g.x:max(), median = g.x:median() }"
        #expect(try world.ask(body).groups == turned.ask(body).groups)
    }
}
