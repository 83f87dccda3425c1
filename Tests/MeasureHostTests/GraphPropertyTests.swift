import Columnar
import MeasureModel
import PlumblineTestSupport
import Statistics
import Testing

/// What must not matter to a network, and what it may cost.
struct GraphPropertyTests {
    private struct Tie {
        var from: Int
        var to: Int
        var weight: Double
    }

    /// Ties between 12 of 14 nodes, some of them there twice or with oneself.
    private func ties(_ random: inout some RandomNumberGenerator) -> [Tie] {
        (0..<40).map { _ in
            Tie(
                from: Int.random(in: 0..<12, using: &random), to: Int.random(in: 0..<12, using: &random),
                weight: Double(Int.random(in: 1...4, using: &random)))
        }
    }

    private func world(_ ties: [Tie], nodes: [Int], name: (Int) -> String) -> World {
        World(
            TestFile(
                Cells.labels("from", ties.map { name($0.from) }), Cells.labels("to", ties.map { name($0.to) }),
                Cells.numbers("weight", ties.map(\.weight))),
            TestFile(
                "roster", Cells.labels("person", nodes.map(name)), Cells.labels("school", nodes.map { "S\($0 % 3)" }),
                Cells.numbers("age", nodes.map(Double.init)), Cells.truths("answered", nodes.map { $0 % 4 > 0 })),
            datasets: [GraphTests.ties, GraphTests.roster])
    }

    private func answers(_ world: World, directed: Bool) throws -> [String: PartResult] {
        let all =
            GraphTests.whole.map { "net:\($0)" }
            + GraphTests.nodes.flatMap { ["net:\($0):sum()", "net:\($0):max()", "net:\($0):count()"] }
            + ["net:degree{ weighted = true }:sd()", "net:ei('school', { weighted = true })"]
        let asked = all.filter { directed || !$0.contains("reciprocity") }
        let fields = asked.enumerated().map { "q\($0) = \($1)," }.joined(separator: "\n")
        let body =
            "local net = g:graph{ weight = 'weight', directed = \(directed), nodes = g.with.roster } return { \(fields) }"
        let parts = try world.ask(body, Question(with: ["roster"])).groups[0].parts
        #expect(parts.count == asked.count)
        let byName = Dictionary(uniqueKeysWithValues: parts.map { ($0.part ?? "", $0) })
        return Dictionary(
            uniqueKeysWithValues: asked.enumerated().compactMap { index, name in byName["q\(index)"].map { (name, $0) }
            })
    }

    @Test(arguments: [false, true], [1, 2]) func orderAndNamesDoNotMatter(directed: Bool, seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let ties = ties(&random)
        let wanted = try answers(world(ties, nodes: Array(0..<14)) { "p\($0)" }, directed: directed)
        let names = (0..<14).shuffled(using: &random).map { "q\($0)" }
        var turned = ties.shuffled(using: &random)
        if !directed { turned = turned.map { Tie(from: $0.to, to: $0.from, weight: $0.weight) } }
        let nodes = Array(0..<14).shuffled(using: &random)
        let got = try answers(world(turned, nodes: nodes) { names[$0] }, directed: directed)
        for (name, part) in wanted {
            let other = try #require(got[name])
            #expect(other.status == part.status, "\(name)")
            #expect(isClose(other.estimate?.value, part.estimate?.value, within: 1e-9), "\(name)")
            if directed, !name.hasSuffix("max()") {
                #expect(other.estimate?.persons == part.estimate?.persons, "\(name)")
            }
        }
    }

    /// Nodes found in ties are those of a roster of the same people.
    @Test func nodesAreFoundInWhateverOrder() throws {
        var random = SplitMix64(seed: 5)
        let ties = ties(&random)
        let found = "local net = g:graph{} local b = net:betweenness():values() return b[1] + 2 * b[2] + 3 * b[3]"
        let wanted = try world(ties, nodes: [0]) { "p\($0)" }.value(found)
        #expect(isClose(try world(ties.shuffled(using: &random), nodes: [0]) { "p\($0)" }.value(found), wanted))
    }

    private let large = World(
        TestFile(
            Cells.numbers("from", (0..<20_000).map { Double($0 % 4_000) }),
            Cells.numbers("to", (0..<20_000).map { Double(($0 * 7_919 + $0 / 4_000) % 4_000) })))

    @Test(arguments: [
        "betweenness():max()", "closeness():mean()", "geodesics()", "brokerage(net:core()):sum()",
        "constraint():mean()",
        "centralization{ of = 'betweenness' }",
    ]) func longWalksAreBilledAndStopped(expression: String) throws {
        let limits = EvaluationLimits(cpuSeconds: 1000, fuel: 400_000)
        let failure = try large.ask("local net = g:graph{} return net:\(expression)", Question(limits: limits))
            .failure()
        #expect(failure.code == .fuelLimit, "\(failure.message)")
    }

    @Test func aWalkEndsWhenTheTimeIsUp() throws {
        let limits = EvaluationLimits(cpuSeconds: 0.05)
        let failure = try large.ask("return g:graph{}:betweenness():max()", Question(limits: limits)).failure()
        #expect(failure.code == .cpuLimit)
    }

    /// A graph's nodes are the script's memory as long as a column over them is.
    @Test func graphsAreBilled() throws {
        let limits = EvaluationLimits(cpuSeconds: 1000, memory: 8 << 20)
        let keeping = "local t = {} for i = 1, 40 do t[i] = g:graph{}:core():above(0) end return 1"
        #expect(try large.ask(keeping, Question(limits: limits)).failure().code == .memoryLimit)
        let letting = "local last for i = 1, 40 do last = g:graph{}:size() end return last"
        #expect(try large.value(letting, Question(limits: limits)) == 4_000)
    }
}
