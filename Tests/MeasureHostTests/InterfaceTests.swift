import LuaSyntax
import MeasureLanguage
import MeasureModel
import Testing

/// What measures find beside Lua's own library is what the language's entries say, and nothing else.
struct InterfaceTests {
    private let world = World(
        TestFile(Cells.numbers("x", [1, 2])), TestFile("roster", Cells.numbers("x", [1])),
        datasets: [World.survey, DatasetDescription(name: "roster", dataClass: "staff", persons: .row)])

    private static let globals = ["measure"] + MeasureLanguage.functionNames

    private static let receivers: [(written: String, kind: ValueKind)] = [
        ("g", .group), ("g.x", .column), ("g.x:weighted{ by = 'x' }", .weighted), ("g:design{}", .design),
        ("R", .row),
        ("g:graph{ from = 'x', to = 'x' }", .graph),
    ]

    private static let verbs = receivers.map { receiver in
        (receiver: receiver.written, names: Set((MeasureLanguage.catalogue.verbs[receiver.kind] ?? [:]).keys))
    }

    /// Names that one of them has, and stock Lua's: none of them may turn up anywhere else.
    private var candidates: Set<String> {
        Set(Self.verbs.flatMap(\.names) + Self.globals).union([
            "__index", "__gc", "__name", "__metatable", "load", "io", "os", "debug", "close", "read", "write", "lines",
            "persons", "data", "frame", "name", "kind", "id",
        ])
    }

    /// Which of the candidates an expression of a name is true for.
    private func found(_ expression: String) throws -> Set<String> {
        let names = candidates.sorted().map { "'\($0)'" }.joined(separator: ", ")
        let body = """
            local R for r in g:rows() do R = r break end
            local found = {}
            for _, name in ipairs{ \(names) } do
              local ok, value = pcall(function() return \(expression) end)
              if ok and value then found[name] = 1 end
            end
            return found
            """
        return Set(try world.ask(body).groups[0].parts.compactMap(\.part))
    }

    @Test func globalsAreOnTheList() throws {
        #expect(try found("_G[name] ~= nil") == Set(Self.globals))
        #expect(try found("type(_G[name]) == 'function'") == Set(Self.globals))
    }

    @Test func verbsAreOnTheList() throws {
        for (receiver, names) in Self.verbs {
            #expect(try found("type((\(receiver))[name]) == 'function'") == names, "\(receiver)")
        }
    }

    @Test func estimatesHaveFieldsOnly() throws {
        let body = "local ok = pcall(function() return g.x:mean().%@ end) return ok and 1 or 0"
        for name in ["mean", "value2", "persons", "__index", "__gc", "column"] {
            #expect(try world.value(body.replacing("%@", with: name)) == 0, "\(name)")
        }
    }

    @Test func nothingOfTheHostCanBeOpened() throws {
        for expression in [
            "g", "g.x", "g.x:mean()", "g.x:weighted{ by = 'x' }", "g:design{}", "g.with", "missing('skipped')", "R",
            "g:graph{ from = 'x', to = 'x' }",
        ] {
            let body = """
                local R for r in g:rows() do R = r break end
                local o = \(expression)
                assert(type(o) == 'userdata' and getmetatable(o) == false)
                for _, f in ipairs{ rawget, rawset, rawlen, setmetatable, pairs, next, ipairs, table.insert, table.sort } do
                  local ok = pcall(f, o, 1, 1)
                  assert(not ok or f == ipairs or f == pairs)
                end
                assert(not pcall(function() for _ in pairs(o) do end end))
                assert(not tostring(o):find('0x') and not pcall(string.format, '%p', o))
                return 1
                """
            #expect(try world.value(body) == 1, "\(expression)")
        }
    }

    @Test func verbsRefuseReceiversOfOtherKinds() throws {
        let bodies = [
            "g.where(g.x, g.x)", "g.x.mean(g)", "g.x.mean({})", "g.x.mean(nil)", "g.x.mean(1)", "g.x.is(g.x:mean(), 1)",
            "g.x.map(g, print)", "g.rows(g.x)", "g.each(g.x, 'x')", "g.column(nil, 'x')", "g.scale({}, { 'x' })",
            "g.x:weighted{ by = 'x' }.mean(g.x)", "g:design{}.mean(g, 'x')", "g.design(g.x)", "g.previous(1)",
            "g.join(g.x)", "ratio(g, g)", "g.x + {}", "g + 1",
        ]
        for body in bodies {
            #expect(try world.ask("local v = \(body) return 1").failure().code == .luaError, "\(body)")
        }
    }

    @Test func objectsAreEqualToThemselvesOnly() throws {
        #expect(try world.value("local c = g.x return c == c and g.x ~= g.x and c ~= 1 and 1 or 0") == 1)
        #expect(try world.value("local t = { [g] = 1 } return t[g]") == 1)
    }
}
