import MeasureModel
import Testing

/// Looking at single rows is a permission, and shows pseudonyms instead of persons.
struct RowAccessTests {
    private let world = World(
        TestFile(
            Cells.labels("who", ["ann", "ben", "ann", nil]), Cells.numbers("x", [1, 2.5, nil, 4]),
            Cells.truths("yes", [true, nil, false, true]),
            Cells.dates("day", ["1970-01-02", nil, "1970-01-11", "1970-01-01"]),
            Cells.texts("note", ["a", "", nil, "é"])), datasets: [World.named])

    private let none = Question(mayReadRows: false)

    @Test(arguments: [
        ("for r in g:rows() do end return 1", "rows"), ("return #g.x:values()", "values"),
        ("return g.x:map(function(v) return v end):mean()", "map"), ("return #g.who:values()", "values"),
        ("local s = g:where(g.yes) for r in s:rows() do end return 1", "rows"),
        ("for name, sub in g:each('who') do end return 1", "each(\"who\")"),
    ])
    func withoutPermissionItIsRefused(body: String, verb: String) throws {
        #expect(
            try world.message(body, none).contains(
                "\(verb) looks at single rows, which this measure may not: write it with column verbs, "
                    + "or list its id under `row_access` in plumbline.yaml"))
        _ = try world.ask(body).value()
    }

    @Test func columnVerbsNeedNoPermission() throws {
        let body = """
            local s = 0
            for name, sub in g:each('note') do s = s + sub.n end
            return { mean = g.x:mean(), who = g.who:distinct(), yes = g.yes:share(), s = s, n = g:where(g.yes).n }
            """
        #expect(try world.ask(body, none).groups[0].parts.count == 5)
    }

    @Test func mergeableMeasuresLookAtRows() throws {
        let source = """
            return measure { init = function() return 0 end, step = function(s, r) return s + 1 end,
              merge = function(a, b) return a + b end, finish = function(s) return s end }
            """
        let refused = try world.ask(file: source, form: .mergeable, none).failure()
        #expect(refused.code == .refused)
        #expect(refused.message.contains("list its id under `row_access`"))
        #expect(try world.ask(file: source, form: .mergeable).value() == 4)
    }

    @Test func rowsHoldValuesOfTheirTypes() throws {
        let body = """
            local s = {}
            for r in g:rows() do
              local cells = { math.type(r.x) or 'nil', tostring(r.x), tostring(r.yes), tostring(r.day), tostring(r.note) }
              s[#s + 1] = table.concat(cells, ',')
            end
            return table.concat(s, ' ')
            """
        #expect(
            try world.ask(body, Question(allowsAny: true)).groups[0].other
                == "\"integer,1,true,1,a float,2.5,nil,nil, nil,nil,false,10,nil integer,4,true,0,é\"")
    }

    @Test func rowsAreAskedByName() throws {
        #expect(try world.message("for r in g:rows() do return r.y end").contains("no column `y` in survey"))
        #expect(
            try world.message("for r in g:rows() do return r[1] end").contains("a row is asked for columns by name"))
        #expect(
            try world.message("for r in g:rows() do return r.why('x') end").contains(
                "write r:why(\"name\") with a colon"))
        #expect(try world.message("for r in g:rows() do r.x = 1 end").contains("this row cannot be changed"))
        #expect(
            try world.value(
                "for r in g:rows() do return type(r.why) == 'function' and r:why('x') == nil and 1 or 0 end") == 1)
    }

    @Test func rowsOutliveTheirLoop() throws {
        let body = """
            local all = {}
            for r in g:where(g.yes):rows() do all[#all + 1] = r end
            for i = 1, 30 do local garbage = ('x'):rep(100000) .. i end
            return all[1].x + all[2].x
            """
        #expect(try world.value(body, Question(limits: EvaluationLimits(memory: 4 << 20))) == 5)
    }

    @Test func valuesAreTheValidOnesInOrder() throws {
        for (column, text) in [
            ("x", "[1,2.5,4]"), ("yes", "[true,false,true]"), ("day", "[1,10,0]"), ("note", "[\"a\",\"\",\"é\"]"),
        ] {
            #expect(try world.ask("return g.\(column):values()", Question(allowsAny: true)).groups[0].other == text)
        }
        #expect(try world.ask("return (g.x + 1):values()", Question(allowsAny: true)).groups[0].other == "[2,3.5,5]")
    }

    @Test func mapGivesAColumn() throws {
        #expect(try world.value("return g.x:map(function(v) return v * 2 end):sum()") == 15)
        #expect(try world.value("return g.x:map(function(v) return v > 2 end):share()") == 2.0 / 3)
        #expect(try world.value("return g.note:map(function(v) return #v end):sum()") == 3)
        #expect(
            try world.value(
                "return g.x:map(function(v) if v > 2 then return v end end):missing('not_applicable'):count()") == 1)
        #expect(try world.value("return g.x:map(function(v) return v end):missing('skipped'):count()") == 1)
        #expect(try world.value("return g.x:map(function(v) return 1 / 0 end):count()") == 0)
        #expect(try world.value("return g.x:map(function(v) return 0 / 0 end):missing('not_applicable'):count()") == 3)
        #expect(try world.message("return g.x:map(function(v) return 'x' end):sum()").contains("not string (row 1)"))
        #expect(try world.message("return g.x:map(function(v) error('inside') end):sum()").hasSuffix("inside"))
    }

    // MARK: Pseudonyms

    @Test func personsAreShownAsPseudonyms() throws {
        let bodies = [
            "return g.who:values()", "local s = {} for r in g:rows() do s[#s + 1] = r.who end return s",
            "local s = {} for name in g:each('who') do s[#s + 1] = name end return s",
            "local s = {} for name, sub in g:each('who') do s[#s + 1] = sub.keys.who end return s",
            "local s = {} g.who:map(function(v) s[#s + 1] = v return 1 end) return s",
        ]
        var seen: Set<String> = []
        for body in bodies {
            let text = try #require(try world.ask(body, Question(allowsAny: true)).groups[0].other)
            #expect(!text.contains("ann") && !text.contains("ben"))
            let names = text.dropFirst().dropLast().split(separator: ",").map(String.init)
            #expect(Set(names).count == 2 && names.allSatisfy { $0.hasPrefix("\"p") && $0.utf8.count > 8 })
            seen.formUnion(names)
        }
        #expect(seen.count == 2, "the same everywhere")
        #expect(try world.value("return g.who:distinct()") == 2)
        #expect(try world.value("return g.who:count()") == 3)
    }

    @Test func pseudonymsDependOnTheSaltAndNothingElse() throws {
        func names(_ salt: UInt64) throws -> String? {
            var salted = world
            salted.salt = salt
            return try salted.ask("return g.who:values()", Question(allowsAny: true)).groups[0].other
        }
        #expect(try names(1) == names(1))
        #expect(try names(1) != names(2))
    }

    @Test func personsCannotBePickedOut() throws {
        for expression in ["g.who:is('ann')", "g.who:isin{ 'ann', 'ben' }", "g:where(g.yes).who:is('ann')"] {
            #expect(
                try world.message("return (\(expression)):count()").contains(
                    "`who` names persons: scripts see pseudonyms and cannot pick one out with"))
        }
        // Nor through the pseudonym.
        #expect(try world.message("return g.who:is(g.who:values()[1]):count()").contains("cannot pick one out"))
        #expect(try world.value("return g.note:is('a'):count()") == 1)
    }
}
