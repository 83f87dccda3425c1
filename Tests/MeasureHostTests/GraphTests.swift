import Columnar
import MeasureModel
import Testing

/// Networks through the language: who their nodes are, what their numbers rest on, and what they refuse.
struct GraphTests {
    static let ties = DatasetDescription(
        name: "survey", dataClass: "staff_survey", persons: .column("from"), personColumns: ["from", "to"],
        dimensions: GroupKey.standardDimensions)
    static let roster = DatasetDescription(
        name: "roster", dataClass: "staff_record", persons: .column("person"), personColumns: ["person"],
        dimensions: GroupKey.standardDimensions)

    /// ann and ben name each other, ann twice, ben names cem and himself; one tie has no end, one goes to a stranger.
    /// dee is on the roster only, ann is on it twice.
    private let world = World(
        TestFile(
            Cells.labels("from", ["ann", "ben", "ben", "ann", "ben", "ann", "ann"]),
            Cells.labels("to", ["ben", "ann", "cem", "ben", "ben", nil, "zoe"]),
            Cells.numbers("weight", [1, 2, 3, 4, 5, 6, 7])),
        TestFile(
            "roster", Cells.texts("person", ["ann", "ben", "cem", "dee", nil, "ann"]),
            Cells.labels("school", ["A", "A", "B", "B", "B", "B"]),
            Cells.numbers("age", [30, 40, 50, nil, 60, 70])),
        datasets: [Self.ties, Self.roster])

    private func question(mayReadRows: Bool = true) -> Question {
        Question(with: ["roster"], mayReadRows: mayReadRows)
    }

    private static let net = "local net = g:graph{ weight = 'weight', nodes = g.with.roster } "

    private static let numbers: [(String, Double)] = [
        ("net:size()", 4.0), ("net:ties()", 3), ("net:ties().repeated", 1), ("net:ties().self_ties", 1),
        ("net:ties().unknown_ends", 2), ("net:ties().weight", 10), ("net:density()", 0.25),
        ("net:reciprocity()", 2.0 / 3),
        ("net:reciprocity{ of = 'tied_pairs' }", 0.5), ("net:dyads().null", 4), ("net:isolated():share()", 0.25),
        ("net:degree():max()", 3), ("net:degree{ direction = 'in', weighted = true }:sum()", 10),
        ("net:across('school')", 1.0 / 3), ("net:ei('school')", -1.0 / 3), ("net:ei('school').within", 2),
        ("net:ei('school', { weighted = true }).across", 3), ("net:mixing('school').from_to.A.B", 1),
        ("net:components()", 2), ("net:component():is(2):count()", 1), ("net:core():max()", 1),
        ("net:assortativity('age', { as = 'numbers' })", 0), ("net:undirected():ties()", 2),
        ("net:betweenness():sum()", 1), ("net:closeness():count()", 2),
        ("net.nodes:where(net:isolated()).school:is('B'):share()", 1),
    ]

    @Test(arguments: numbers) func numbersOfASmallNetwork(expression: String, value: Double) throws {
        #expect(isClose(try world.value(Self.net + "return \(expression)", question()), value), "\(expression)")
    }

    @Test func numbersRestOnThePersonsOfTies() throws {
        for expression in ["net:density()", "net:degree():mean()", "net:across('school')", "net:isolated():share()"] {
            let estimate = try world.estimate(Self.net + "return \(expression)", question())
            #expect(estimate.persons == 2, "\(expression): ann and ben named ties")
            #expect(estimate.classes == ["staff_record", "staff_survey"])
        }
        let found = try world.estimate("return g:graph{}:density()", question())
        #expect(found.persons == 2 && found.classes == ["staff_survey"] && found.n == 4 && found.counted == .persons)
        #expect(try world.estimate(Self.net + "return net:ties()", question()).n == 3)
        #expect(try world.estimate(Self.net + "return net:degree():max()", question()).persons == 1)
    }

    /// One person tells of all the schools: they are no more than one person.
    @Test func nodesThatAreNoPersonsCountThoseWhoToldOfThem() throws {
        let told = DatasetDescription(
            name: "survey", dataClass: "x", persons: .column("who"), personColumns: ["who"])
        let world = World(
            TestFile(
                Cells.labels("who", ["ann", "ann", "ann", "ben"]), Cells.labels("from", ["A", "B", "C", "D"]),
                Cells.labels("to", ["B", "C", "A", "E"])), datasets: [told])
        let some = "local net = g:graph{} return net.nodes:where(net.nodes.id:isin{ 'A', 'B', 'C' })"
        #expect(try world.estimate(some + ".id:count()").persons == 1)
        let all = try world.estimate("return g:graph{}:degree():mean()")
        #expect(all.persons == 2 && all.n == 5)
        #expect(try world.estimate("return g:graph{}:size()").counted == .cases)
        #expect(try world.message("return g:graph{}.nodes.person").contains("no column but `id`"))
    }

    @Test func idsStayPseudonyms() throws {
        let body = """
            local ids, seen = g:graph{}.nodes.id:values(), {}
            for _, id in ipairs(g.from:values()) do seen[id] = true end
            local known = 0
            for _, id in ipairs(ids) do
              assert(id:find('^p%w+$') and id ~= 'ann')
              if seen[id] then known = known + 1 end
            end
            return known
            """
        #expect(try world.value(body, question()) == 2)
        #expect(try world.message("return g:graph{}.nodes.id:is('ann'):count()", question()).contains("person"))
        #expect(
            try world.message("return g:graph{}:degree():values()[1]", question(mayReadRows: false))
                .contains("row_access"))
        #expect(
            try world.message("return g:graph{}:mixing('id')", question(mayReadRows: false)).contains("row_access"))
    }

    @Test func nodesCanBeJoined() throws {
        let body = """
            local net = g:graph{}
            local nodes = net.nodes:join('roster', { person = 'id' }, { 'school' })
            assert(net.nodes:previous() == nil)
            assert(net.nodes.with.roster.n == 6)
            return net:across(nodes.school)
            """
        #expect(isClose(try world.value(body, question()), 1.0 / 3))
    }

    @Test func theTableOfGroupsRestsOnTheSmallest() throws {
        let body = Self.net + "local some = net:mixing('school').within return g.from:distinct() + 0 * some"
        #expect(try world.estimate(body, question()).persons == 2)
        let few = "local nodes = g.with.roster local net = g:graph{ nodes = nodes:where(nodes.age:at_most(50)) } "
        #expect(try world.estimate(few + "return net:mixing('school').within * net:density()", question()).persons == 1)
    }

    @Test func nonresponseSaysWhichTiesAreAtRisk() throws {
        let body = Self.net + "local answered = net.nodes.person:isin(g.from) "
        let parts: [(String, Double)] = [
            ("net:nonresponse(answered)", 0.5), ("net:nonresponse(answered).ties_at_risk", 1),
            ("net:nonresponse(answered).response_rate", 0.5), ("net:nonresponse(answered).density_low", 0.25),
            ("net:nonresponse(answered).density_high", 0.75), ("g:where(net:at_risk(answered)).n", 1),
            ("net:at_risk(answered):count()", 1), ("net:at_risk(answered):missing('not_applicable'):count()", 3),
        ]
        for (expression, value) in parts {
            #expect(isClose(try world.value(body + "return \(expression)", question()), value), "\(expression)")
        }
        let answer = try world.ask(body + "return net:undirected():nonresponse(answered)", question())
        #expect(try answer.part().reason?.contains("nobody who reports") == true)
        #expect(try world.message(Self.net + "return net:nonresponse()", question()).contains("who answered"))
    }

    /// Verbs of the whole, and of each node summed up.
    static let whole = [
        "density()", "reciprocity()", "triads()", "transitivity()", "centralization{ of = 'in_degree' }",
        "centralization{ of = 'betweenness' }", "centralization{ of = 'closeness' }", "geodesics()", "reachability()",
        "efficiency()", "krackhardt()", "krackhardt{ of = 'upper_boundedness' }", "degree_assortativity()",
        "assortativity('school')", "assortativity('age', { as = 'numbers' })", "modularity('school')",
        "across('school')", "ei('school')", "mixing('school').within", "nonresponse('answered')", "size()", "ties()",
        "components()", "components{ strong = true }", "dyads()",
    ]
    static let nodes = [
        "degree()", "betweenness()", "betweenness{ normalized = true }", "closeness()",
        "closeness{ scale = 'wasserman_faust' }", "harmonic()", "eigenvector()", "page_rank()", "clustering()",
        "core()",
        "component()", "constraint()", "effective_size()", "equivalents()", "node_ei('school')", "brokerage('school')",
        "isolated()",
    ]

    /// Networks of no, one and two nodes, with and without ties; and one in two parts.
    private static let small: [(names: [String], pairs: [(String, String)])] = [
        ([], []), (["a"], []), (["a"], [("a", "a")]), (["a", "b"], []), (["a", "b"], [("a", "b")]),
        (["a", "b", "c", "d"], [("a", "b"), ("c", "d"), ("c", "d")]), (["a", "b"], [("x", "y")]),
    ]

    @Test(arguments: small.indices) func smallNetworksHaveAStatedStatus(index: Int) throws {
        let (names, pairs) = Self.small[index]
        let world = World(
            TestFile(
                Cells.labels("from", pairs.map(\.0) + ["none"]), Cells.labels("to", pairs.map(\.1) + [nil])),
            TestFile(
                "roster", Cells.labels("person", names + [nil]), Cells.labels("school", names.map { _ in "S" } + [nil]),
                Cells.numbers("age", names.map { _ in 1 } + [nil]),
                Cells.truths("answered", names.map { _ in true } + [nil])),
            datasets: [Self.ties, Self.roster])
        let asked = Self.whole.map { "net:\($0)" } + Self.nodes.map { "net:\($0):sum()" }
        for directed in ["true", "false"] {
            for expression in asked where directed == "true" || !expression.contains("reciprocity") {
                let body = "local net = g:graph{ directed = \(directed), nodes = g.with.roster } return \(expression)"
                let answer = try world.ask(body, question())
                let part = try answer.part()
                if let estimate = part.estimate {
                    #expect(estimate.value.isFinite && part.status == .ok, "\(expression)")
                } else {
                    #expect(part.status == .insufficient, "\(expression)")
                }
            }
        }
    }

    @Test func unusableWeightsMakeNoTies() throws {
        let world = World(
            TestFile(
                Cells.labels("from", ["a", "b", "c", "d", "e"]), Cells.labels("to", ["b", "c", "d", "e", "a"]),
                Cells.numbers("w", [0, -1, nil, .infinity, 2])), datasets: [Self.ties])
        let net = "local net = g:graph{ weight = g.w } return "
        #expect(try world.value(net + "net:ties()") == 1)
        #expect(try world.value(net + "net:ties().unusable_weights") == 4)
        #expect(try world.estimate(net + "net:size()").persons == 1)
    }

    @Test func idsMayBeNumbersHereAndTextsThere() throws {
        let world = World(
            TestFile(Cells.integers("from", [10, 2, nil]), Cells.numbers("to", [2, 3, 1])),
            TestFile("roster", Cells.texts("person", ["10", "2", "3"])), datasets: [World.survey, Self.roster])
        #expect(try world.value("return g:graph{}.nodes.id:values()[4]") == 10)
        #expect(try world.value("return g:graph{ nodes = g.with.roster }:ties()", question()) == 2)
    }

    private static let mistakes: [(String, String)] = [
        ("g:graph{ form = 'from' }", "did you mean `from`"), ("g:graph{ from = 'x' }", "no column `x`"),
        ("g:graph{ nodes = 3 }", "`nodes` is a group"), ("g:graph{ directed = 1 }", "`directed` is true or false"),
        ("g:graph{ id = 'from' }", "a column of `nodes`"), ("g:graph{ weight = 'to' }", "holds text"),
        ("g:graph{}.degre", "did you mean `degree`"), ("g:graph{}.degree(g)", "write net:degree"),
        ("g:graph{}:degree{ direction = 'up' }", "\"all\", \"out\", \"in\""),
        ("g:graph{}:centralization()", "in_degree"), ("g:graph{}:page_rank{ damping = 1 }", "0.99"),
        ("g:graph{ directed = false }:reciprocity()", "no direction"), ("g:graph{}:ei('school')", "net.nodes:join"),
        ("g:graph{}:ei(g.from)", "different groups"), ("g:graph{}:mixing('id', { weight = true })", "did you mean"),
    ]

    @Test(arguments: mistakes) func mistakesAreExplained(expression: String, words: String) throws {
        #expect(try world.message("return \(expression)", question()).contains(words), "\(expression)")
    }
}
