import CivilCalendar
import MeasureModel
import Testing

/// What a plugin does not declare does not exist for its measures: a script cannot tell it from what was never there.
struct PluginReadsTests {
    private static let datasets = [
        DatasetDescription(
            name: "survey", dataClass: "staff_survey", persons: .column("person"), periodColumn: "day",
            personColumns: ["person"], dimensions: GroupKey.standardDimensions,
            items: [
                ItemDescription(name: "trust", low: 1, high: 6), ItemDescription(name: "qqqqqq", low: 1, high: 1000),
            ],
            scales: [
                ScaleDescription(name: "open", items: ["trust", "safety"]),
                ScaleDescription(name: "qqqqqq", items: ["trust", "qqqqqq"]),
            ], eligible: "roster"),
        DatasetDescription(
            name: "roster", dataClass: "staff_record", persons: .column("who"), personColumns: ["who"],
            dimensions: GroupKey.standardDimensions),
        DatasetDescription(name: "payroll", dataClass: "staff_record", persons: .row),
    ]

    /// Columns called `qqqqqq` are there and not declared; none is called `jjjjjj`.
    private let world = World(
        TestFile(
            network: "east", Cells.labels("person", ["ann", "ben", "cem", "dan"]),
            Cells.labels("id", ["ann", "ben", "cem", "dan"]), Cells.labels("school", ["A", "A", "B", "B"]),
            Cells.numbers("trust", [1, 2, 3, 4]), Cells.numbers("safety", [2, 3, 4, 6]),
            Cells.numbers("qqqqqq", [100, 200, 300, 400]),
            Cells.dates("day", ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"])),
        TestFile(
            "roster", network: "east", Cells.labels("who", ["ann", "ben", "cem", "dan", "eva"]),
            Cells.labels("id", ["ann", "ben", "cem", "dan", "eva"]), Cells.labels("role", ["c", "t", "t", "t", "t"]),
            Cells.labels("school", ["A", "A", "B", "B", "B"]), Cells.numbers("age", [1, 2, 3, 4, 5]),
            Cells.numbers("qqqqqq", [1, 2, 3, 4, 5])),
        TestFile("payroll", network: "east", Cells.numbers("pay", [1, 2, 3])), datasets: Self.datasets)

    private func plugin(
        _ survey: [String]? = ["id", "trust", "safety", "network"], rows: Bool = true, rosterRows: Bool = true
    ) -> MeasurePlugin {
        MeasurePlugin(
            name: "riverbend/climate", version: "1.2.0",
            reads: [
                DatasetReads(dataset: "survey", columns: survey, rows: rows),
                DatasetReads(dataset: "roster", columns: ["id", "role", "age", "network"], rows: rosterRows),
            ])
    }

    private func question(_ plugin: MeasurePlugin? = nil, by: [String] = [], columns: [String]? = nil) -> Question {
        var question = Question(by: by, columns: columns, with: ["roster", "payroll"])
        question.plugin = plugin
        return question
    }

    /// Ways to a column of the survey, `$`, and of the roster, `%`.
    private static let ways = [
        "return g.$:mean()", "return g['$']:mean()", "return g:column('$'):mean()", "return g:where(g.$:valid()).n",
        "local n = 0 for _, sub in g:each('$') do n = n + sub.n end return n", "return #g.$:values()",
        "local n = 0 for r in g:rows() do n = n + (r.$ and 1 or 0) end return n",
        "local n = 0 for r in g:rows() do n = n + (r:why('$') and 1 or 0) end return n",
        "return g:scale({ '$', 'safety' }):mean()", "return g:alpha({ '$', 'safety' })",
        "return g.trust:correlation(g.$)", "return (g.trust + g.$):mean()", "return g.trust:isin(g.$):count()",
        "return g.$:isin(g.with.roster.age):count()", "return g.$:top_box(2):share()", "return g.$:distinct()",
        "return g:where(g.trust:at_least(2)).$:mean()",
        "return g:graph{ from = '$', to = 'trust' }:size()", "return g:graph{ from = 'trust', to = '$' }:size()",
        "return g:graph{ from = 'trust', to = 'safety', weight = '$' }:size()",
        "return g:join('roster', { age = '$' }, { 'role' }).role:count()",
        "return g:join('roster', { id = 'id' }, { 'role' }).$:mean()",
        "return g.with.roster.%:mean()", "return g.with.roster:column('%'):mean()",
        "return g.with.roster:where(g.with.roster.age:valid()).%:mean()",
        "local n = 0 for _, sub in g.with.roster:each('%') do n = n + sub.n end return n",
        "local n = 0 for r in g.with.roster:rows() do n = n + (r.% and 1 or 0) end return n",
        "return g.with.roster:scale({ '%' }):mean()", "return g.trust:isin(g.with.roster.%):count()",
        "return g:join('roster', { id = 'id' }, { new = '%' }).new:count()",
        "return g:join('roster', { ['%'] = 'trust' }, { 'role' }).role:count()",
        "return g:graph{ from = 'id', to = 'id', nodes = g.with.roster, id = '%' }:size()",
        "return g.with.roster:graph{ from = '%', to = 'age' }:size()",
        "local d = g:design{ weights = '$' } return 1", "local d = g:design{ strata = '$' } return 1",
        "local d = g:design{ clusters = '$' } return 1", "local r = g:regression('safety', { '$' }) return 1",
        "local r = g:regression('$', { 'trust' }) return 1",
        "local r = g:icc({ '$', 'safety' }, { model = 'random' }) return 1",
        "local r = g:krippendorff({ '$', 'safety' }) return 1",
        "local r = g.trust:autocorrelation{ order = '$' } return 1",
    ]

    private func way(_ template: String, _ own: String, _ theirs: String) -> String {
        template.replacing("$", with: own).replacing("%", with: theirs)
    }

    /// What comes of a body: the words of its error, or that it gave something.
    private func words(_ body: String, _ question: Question) throws -> String {
        let answer = try world.ask(body, question)
        return (answer.result.failure ?? answer.groups.first?.failure)?.message ?? "fine"
    }

    @Test(arguments: ways)
    func undeclaredColumnsAreLikeNone(template: String) throws {
        let confined = question(plugin())
        #expect(try words(way(template, "trust", "age"), confined) == "fine")
        let hidden = try words(way(template, "qqqqqq", "qqqqqq"), confined)
        let absent = try words(way(template, "jjjjjj", "jjjjjj"), confined)
        #expect(absent.contains("no column `jjjjjj` in "))
        #expect(hidden.replacing("qqqqqq", with: "jjjjjj") == absent)
        #expect(try words(way(template, "qqqqqq", "qqqqqq"), question()) == "fine", "others may read it")
    }

    /// The host counts persons and periods by columns that a script may not read.
    @Test(arguments: ["person", "day", "school"])
    func columnsOfTheHostAreNotTheScripts(name: String) throws {
        #expect(try words("return g.\(name):count()", question(plugin())).contains("no column `\(name)` in survey"))
        #expect(try world.ask("return g.trust:mean()", question(plugin())).estimate().persons == 4)
    }

    @Test(arguments: [
        "return g.qqqqq:mean()", "return g.with.roster.qqqqq:mean()", "return g:scale('qqqqq'):mean()",
        "return g:join('roster', { id = 'id' }, { 'qqqqq' }).x",
        "return g:join('roster', { qqqqq = 'id' }, { 'role' }).x",
        "return g.with.payrol.n", "return g:scale('qqqqqq'):mean()", "return g.persn:count()", "return g.dya:count()",
    ])
    func whatIsNotDeclaredIsNotProposed(body: String) throws {
        let words = try words(body, question(plugin()))
        #expect(words != "fine")
        #expect(!words.contains("did you mean"), "\(words)")
        #expect(try self.words("return g.trst:mean()", question(plugin())).contains("did you mean `trust`?"))
    }

    @Test func scalesOfUndeclaredItemsAreNone() throws {
        #expect(try words("return g:scale('open'):mean()", question(plugin())) == "fine")
        #expect(
            try words("return g:scale('qqqqqq'):mean()", question(plugin()))
                == "the codebook of survey has no scale `qqqqqq`")
        #expect(try words("return g:scale('qqqqqq'):mean()", question()) == "fine")
    }

    @Test func undeclaredDatasetsAreLikeThoseWithoutData() throws {
        var absent = question(plugin())
        absent.with = ["roster", "nothing"]
        for body in ["return g.with.$.n", "return g:join('$', { x = 'id' }, { 'y' }).y:count()"] {
            let hidden = try words(body.replacing("$", with: "payroll"), question(plugin()))
            #expect(hidden == "there are no data of `payroll`")
            #expect(
                try words(body.replacing("$", with: "nothing"), absent) == hidden.replacing("payroll", with: "nothing"))
        }
        #expect(try words("return g.with.payroll.n", question()) == "fine")
    }

    /// Nothing is said of a hidden column by a name that a script gives to one of its own.
    @Test func aColumnMayBeCalledLikeAHiddenOne() throws {
        let joined = "local j = g:join('roster', { id = 'id' }, { qqqqqq = 'age' }) "
        let confined = question(plugin())
        #expect(try world.ask(joined + "return j.qqqqqq:mean()", confined).value() == 2.5)
        #expect(
            try words(joined + "return j.qqqqqq:top_box(2):share()", confined).contains("needs the item's best answer"))
        #expect(
            try words(
                joined + "return j:join('roster', { age = 'qqqqqq' }, { again = 'role' }).again:count()", confined)
                == "join: no column `qqqqqq` in survey")
        #expect(
            try words(
                joined + "local n = 0 for _, sub in j:each('qqqqqq') do n = n + sub.with.roster.n end return n",
                confined)
                == "roster has no column `qqqqqq`, by which the rows were split")
        let rows = "local n = 0 for r in j:rows() do n = n + r.qqqqqq end return n"
        #expect(try world.ask(joined + rows, confined).value() == 10)
    }

    /// What another measure of the batch looked up is not there for one that could not have.
    @Test func nothingIsSharedWithMeasuresThatMayReadMore() throws {
        let free = question()
        let bodies = [
            "return g.qqqqqq:mean()", "return g:join('roster', { qqqqqq = 'trust' }, { 'role' }).role:count()",
            "return g:join('roster', { id = 'id' }, { new = 'qqqqqq' }).new:count()",
        ]
        for body in bodies {
            let tasks = [free.task(measure(body)), question(plugin()).task(measure(body))]
            let results = try world.evaluate([free.batch(tasks)])[0].compactMap { reply -> TaskResult? in
                if case .task(_, let result) = reply { result } else { nil }
            }
            #expect(results.count == 2)
            #expect(results[0].groups.first?.failure == nil)
            #expect(results[1].groups.first?.failure?.message.contains("no column `qqqqqq` in") == true)
        }
    }

    @Test func theMeasuresOwnDeclarationsHoldToo() throws {
        let narrow = question(plugin(), columns: ["trust"])
        #expect(try words("return g.trust:mean()", narrow) == "fine")
        #expect(try words("return g.safety:mean()", narrow).contains("the column `safety` is not declared"))
        #expect(try words("return g.qqqqqq:mean()", narrow) == "no column `qqqqqq` in survey")
        // What a measure declares beyond its plugin is nothing.
        let wide = question(plugin(), columns: ["trust", "qqqqqq"])
        #expect(try words("return g.qqqqqq:mean()", wide) == "no column `qqqqqq` in survey")
    }

    @Test func allColumnsMayBeDeclared() throws {
        #expect(try words("return g.qqqqqq:mean()", question(plugin(nil))) == "fine")
        #expect(try words("return g.with.roster.qqqqqq:mean()", question(plugin(nil))).contains("no column `qqqqqq`"))
    }

    @Test func groupingNeedsDeclaredColumns() throws {
        let refused = try world.ask("return g.n", question(plugin(), by: ["network", "school"])).failure()
        #expect(refused.code == .refused)
        #expect(refused.message == "survey has no column `school` to group by")
        let declared = plugin(["trust", "school", "network"])
        #expect(try world.ask("return g.n", question(declared, by: ["network", "school"])).groups.count == 2)
        // The companion's rows are cut by its own column, which is another one.
        #expect(
            try words("return g.with.roster.n", question(declared, by: ["network", "school"]))
                == "roster has no column `school`, by which the measure is grouped")
    }

    @Test func aDatasetThatIsNotDeclaredIsNotEvaluated() throws {
        let stranger = MeasurePlugin(name: "a/b", version: "1.0.0")
        let failure = try world.ask("return 1", question(stranger)).failure()
        #expect(failure.code == .refused && failure.message == "there are no data of `survey`")
    }

    /// Response rates are the host's: they are the same whoever asks, and whoever asks first.
    @Test func responseRatesAreCountedAllTheSame() throws {
        let free = try world.ask("return g.trust:mean()", question()).groups[0].response
        #expect(free == ResponseCount(respondents: 4, eligible: 5))
        #expect(try world.ask("return g.trust:mean()", question(plugin())).groups[0].response == free)
    }

    /// What is wrong with a column of the host is the workspace's affair.
    @Test func troubleWithHiddenColumnsIsNotTheirs() throws {
        var broken = world
        broken.datasets[0].persons = .column("badge")
        #expect(try broken.ask("return g.trust:mean()", question()).failure().message.contains("the column `badge`"))
        let words = try broken.ask("return g.trust:mean()", question(plugin())).failure().message
        #expect(words == "the data of survey contradict what is declared of them")
    }

    // MARK: Single rows

    @Test(arguments: [
        "for r in g:rows() do end return 1", "return #g.trust:values()",
        "return g.trust:map(function(v) return v end):mean()", "return #(g.trust + 1):values()",
        "for r in g:graph{ from = 'trust', to = 'safety' }.nodes:rows() do end return 1",
    ])
    func rowsAreLookedAtWhereThePluginDeclaresIt(body: String) throws {
        #expect(try words(body, question(plugin())) == "fine")
        let words = try words(body, question(plugin(rows: false)))
        #expect(words.contains("looks at single rows of survey, which its plugin does not declare"), "\(words)")
        #expect(words.contains("`rows: true` for `survey` under `reads` in plugin.yaml"), "\(words)")
    }

    @Test(arguments: [
        "for r in g.with.roster:rows() do end return 1", "return #g.with.roster.age:values()",
        "return #g:join('roster', { id = 'id' }, { 'age' }).age:values()",
        "for r in g:join('roster', { id = 'id' }, { 'age' }):rows() do end return 1",
        "local j = g:join('roster', { id = 'id' }, { 'age' }) "
            + "return #j:graph{ from = 'age', to = 'trust' }.nodes.id:values()",
    ])
    func rowsOfAnotherDatasetNeedItsDeclaration(body: String) throws {
        #expect(try words(body, question(plugin())) == "fine")
        let words = try words(body, question(plugin(rosterRows: false)))
        #expect(words.contains("looks at single rows of roster, which its plugin does not declare"), "\(words)")
    }

    private static let join = "local j = g:join('roster', { id = 'id' }, { 'age', 'role' }) "

    /// Rows and values of the survey that were chosen by the roster, or computed from it, tell of the roster's rows.
    @Test(arguments: [
        "return #(g.trust * 0 + j.age):values()", "return #(j.age + g.trust * 0):values()",
        "return (g.trust * 0 + j.age):map(function(v) return v end):mean()",
        "for r in g:where(j.age:above(2)):rows() do end return 1",
        "for r in g:where(j.role:is('t')):rows() do end return 1",
        "for r in g:where((g.trust * 0 + j.age):above(2)):rows() do end return 1",
        "for r in g:where(g.trust:above(0) & j.age:above(2)):rows() do end return 1",
        "return #g:where(j.age:above(2)).trust:values()", "return #j.age:above(2):values()",
        "for _, sub in g:where(j.age:above(1)):each('trust') do for r in sub:rows() do end end return 1",
        "for _, sub in j:each('age') do for r in sub:rows() do end end return 1",
        "for _, sub in j:each('age') do return #sub.trust:values() end",
        "for r in g:where(g.trust:isin(g.with.roster.age)):rows() do end return 1",
        "return #g.id:isin(g.with.roster.id):values()",
        "return #g:where(g.trust:isin(g.with.roster.age)).trust:values()",
        "return #g.with.roster:graph{ from = 'id', to = 'role', weight = 'age', nodes = g, id = 'id' }"
            + ":degree{ weighted = true }:values()",
        "for r in g.with.roster:graph{ from = 'id', to = 'role', nodes = g, id = 'id' }.nodes:rows() do end return 1",
        "for r in g.with.roster:graph{ from = 'id', to = 'role', nodes = g, id = 'id' }.nodes"
            + ":where(g.trust:above(0)):rows() do end return 1",
        "local net = g:graph{ from = 'id', to = 'id', weight = j.age, nodes = g, id = 'id' } "
            + "return #net:degree{ weighted = true }:values()",
        "local net = g:graph{ from = 'id', to = 'id', nodes = g, id = 'id' } "
            + "return #net:node_ei(j.role):values()",
        "local net = g:graph{ from = 'id', to = j.role } return #net.nodes.id:values()",
        "return #g:graph{ from = 'id', to = 'trust', nodes = g, id = j.age }.nodes.trust:values()",
        "return #g:design{ weights = j.age }:weights():values()",
        "return #j:scale({ 'trust', 'age' }):values()", "return #g.safety:fill(j.age):values()",
        "local again = g:where(j.age:above(1)):join('roster', { id = 'id' }, { 'role' }) "
            + "return #again.trust:values()",
    ])
    func rowsThatRestOnAnotherDatasetNeedItsDeclaration(body: String) throws {
        #expect(try words(Self.join + body, question(plugin())) == "fine")
        let words = try words(Self.join + body, question(plugin(rosterRows: false)))
        #expect(words.contains("looks at single rows of roster, which its plugin does not declare"), "\(words)")
        #expect(try self.words(Self.join + body, question()) == "fine", "others may look at rows of all datasets")
    }

    @Test(arguments: [
        "return j.age:mean()", "return (g.trust * 0 + j.age):mean()", "return g:where(j.age:above(2)).trust:mean()",
        "return g.trust:correlation(j.age)", "return g.trust:isin(g.with.roster.age):share()",
        "return g:where(g.trust:isin(g.with.roster.age)).trust:mean()",
        "return g.with.roster:graph{ from = 'id', to = 'role', nodes = g, id = 'id' }:degree():mean()",
        "local low = g:where(j.age:above(2)).trust:mean() return #g.trust:values()",
        "local sum = g.trust + j.age for r in g:rows() do end return 1",
        "for r in g:where(g.trust:above(2)):rows() do end return 1",
    ])
    func whatShowsNoRowsOfAnotherDatasetNeedsNoDeclaration(body: String) throws {
        #expect(try words(Self.join + body, question(plugin(rosterRows: false))) == "fine")
    }

    /// Rows of a companion that was chosen by columns of the survey tell of the survey's rows.
    @Test func rowsOfAnotherDatasetThatRestOnTheMeasuresOwnNeedItsDeclaration() throws {
        let body = "for r in g.with.roster:where(g.with.roster.age:isin(g.trust)):rows() do end return 1"
        #expect(try words(body, question(plugin())) == "fine")
        #expect(
            try words(body, question(plugin(rows: false)))
                .contains("looks at single rows of survey, which its plugin does not declare"))
    }

    /// Details of an estimate that have a value for each row tell of the rows that it was computed from.
    @Test(arguments: [
        "return #(g.trust * 0 + j.age):jackknife().replicates",
        "return #g:where(j.age:above(1)).trust:jackknife().replicates",
    ])
    func detailsOfRowsThatRestOnAnotherDatasetNeedItsDeclaration(body: String) throws {
        var (declared, undeclared) = (question(plugin()), question(plugin(rosterRows: false)))
        (declared.with, undeclared.with) = (["roster"], ["roster"])
        let words = try words(Self.join + body, undeclared)
        #expect(words.contains("looks at single rows of roster, which its plugin does not declare"), "\(words)")
        #expect(try self.words(Self.join + body, declared) == "fine")
    }

    /// A table with an entry for each person shows single rows of all that it is made from.
    @Test(arguments: [
        "return (g.trust * 0 + j.age):site_estimates('person')",
        "return (g.trust * 0 + j.age):above(1):funnel('person')",
        "return g.with.roster:graph{ from = 'id', to = 'role', nodes = g, id = 'id' }:mixing(g.person)",
    ])
    func tablesByPersonsThatRestOnAnotherDatasetNeedItsDeclaration(body: String) throws {
        let needle = "looks at single rows of roster, which its plugin does not declare"
        let columns = ["id", "trust", "network", "person"]
        #expect(try words(Self.join + body, question(plugin(columns, rosterRows: false))).contains(needle))
        #expect(try !words(Self.join + body, question(plugin(columns))).contains("single rows"))
    }

    @Test func mergeableMeasuresNeedRows() throws {
        let source = """
            return measure { init = function() return 0 end, step = function(s, r) return s + r.trust end,
              merge = function(a, b) return a + b end, finish = function(s) return s end }
            """
        #expect(try world.ask(file: source, form: .mergeable, question(plugin())).value() == 10)
        let refused = try world.ask(file: source, form: .mergeable, question(plugin(rows: false))).failure()
        #expect(refused.code == .refused && refused.message.contains("which its plugin does not declare"))
        let hidden = source.replacing("r.trust", with: "r.qqqqqq")
        let failure = try world.ask(file: hidden, form: .mergeable, question(plugin())).failure()
        #expect(failure.message == "no column `qqqqqq` in survey")
    }

    // MARK: Tests and checks

    private func script(_ value: String, _ plugin: MeasurePlugin, columns: String = "") -> Script {
        let source = """
            return measure { id = "a", version = "1.0.0", title = "t", domain = "hub", type = "outcome", unit = "u",
              from = "survey", \(columns) every = "all",
              value = function(g, p) \(value) end,
              tests = { { name = "one", rows = { { trust = 2, qqqqqq = 3 } }, expect = { value = 2 } } } }
            """
        return Script(name: "x.lua", source: Array(source.utf8), plugin: plugin)
    }

    @Test(arguments: [
        ("return g.trust:mean()", nil), ("return g.qqqqqq:mean()", "no column `qqqqqq` in survey"),
        ("return g.trust:values()[1]", "looks at single rows of survey"),
    ])
    func testsRunAsTheNightDoes(value: String, problem: String?) throws {
        let script = script(value, plugin(rows: false))
        guard
            case .tested(let results, nil) = try world.replies(to: [.test(script, limits: EvaluationLimits())])[1][0]
        else { throw World.Unexpected(replies: []) }
        #expect(results.count == 1)
        if let problem {
            #expect(results[0].problem?.contains(problem) == true, "\(results[0].problem ?? "it passed")")
        } else {
            #expect(results[0].problem == nil)
        }
    }

    @Test func theLinterKnowsWhatIsDeclared() throws {
        let script = script("return g.qqqqqq:mean()", plugin())
        guard
            case .defined(_, nil, let findings) = try world.replies(to: [.define(script, limits: EvaluationLimits())])[
                1][0]
        else { throw World.Unexpected(replies: []) }
        #expect(findings.map(\.rule) == ["undeclared-column"])
        #expect(findings.first?.line == 3)
    }
}
