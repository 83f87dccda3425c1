import LuaSyntax
import Testing

/// What the linter takes for a column, seen by whether it objects to `== 1`.
struct KindInferenceTests {
    private func isCertain(_ source: String) throws -> Bool {
        try TestWorld.findings(source).contains { $0.rule == .columnComparison }
    }

    private func isCertain(inValue body: String) throws -> Bool {
        try TestWorld.findings(inValue: body).contains { $0.rule == .columnComparison }
    }

    @Test(arguments: [
        "return g.x == 1", "return g['x'] == 1", "return g:column('x') == 1", "return (g.x) == 1", "return -g.x == 1",
        "return g.x + 1 == 1", "return 1 - g.x == 1", "return g.x ^ p.a == 1", "return g.x:is(1) == 1",
        "return g.x & g.y == 1 & 2", "return (p.a | g.x) == 1", "return ~g.x == 1", "return g.x:map(p.f) == 1",
        "return g:where(p.m).x == 1", "return g:previous().x == 1", "return g:join('r', {}, {}).z == 1",
        "return g:scale({}) == 1", "local c = g.x; return c == 1", "local a, c = 1, g.x; return c == 1",
        "local c <const> = g.x; return c == 1", "local h = g:where(p.m); local c = h.x; return c == 1",
        "local c = g.x; c = c + 1; return c == 1", "local c = g.x; c = g.y; return c == 1",
        "local m = g.x:is(1); if p.a then m = m & g.y:is(2) end; return m == 1",
        "g = g:where(p.m); return g.x == 1", "for key, sub in g:each('school') do if sub.x == 1 then end end",
        "for key, sub in g:each('school') do for key, s in sub:each('team') do if s.x == 1 then end end end",
        "return function() return g.x == 1 end", "local c = g.x; local function f() return c == 1 end",
        "do local c = g.x; do return c == 1 end end", "return (g.x and g.y) == 1", "return (g.x or p.a) == 1",
        "local h = g; return h.x == 1",
    ])
    func isCertainOfColumns(_ body: String) throws {
        #expect(try isCertain(inValue: body))
    }

    @Test(arguments: [
        "local c = g.x; c = 1; return c == 1", "local c; c = g.x; return c == 1",
        "local c = g.x; c, p = p.f(); return c == 1",
        "local c = g.x; local function f() c = nil end; return c == 1",
        "local c = g.x; function c() end; return c == 1",
        "local a, c = g.x; return c == 1", "local c = p.f(g.x); return c == 1", "g = p.g; return g.x == 1",
        "local c = g.x; do local c = 1; return c == 1 end",
        "for key, sub in g:each('school') do sub = p if sub.x == 1 then end end",
        "for key, sub in g:each('school') do if key == 1 then end end", "for r in g:rows() do if r.x == 1 then end end",
        "for key, sub in g:each('a'), p do if sub.x == 1 then end end", "return p.x == 1", "return g.x:mean() == 1",
        "return g.x:nonsense() == 1", "return g.nonsense.x == 1", "return g.n == 1", "return g.where == 1",
        "return (p.a and g.x) == 1", "local a = g.x; local b = a; a = 1; b = a; return b == 1",
    ])
    func isNotCertainOfOthers(_ body: String) throws {
        #expect(try !isCertain(inValue: body))
    }

    @Test(arguments: [
        "return measure { value = function(group) return group.x == 1 end }",
        "return { value = function(group) return group.x == 1 end }",
        "local function value(rows) return rows.x == 1 end return measure { value = value }",
        "local m = { value = function(a, b) return a.x == 1 end } return measure(m)",
    ])
    func findsTheGroup(_ source: String) throws {
        #expect(try isCertain(source))
    }

    @Test(arguments: [
        "return measure { value = function() return g.x == 1 end }",
        "return measure { value = function(...) local g = ... return g.x == 1 end }",
        "return measure { values = function(g) return g.x == 1 end }",
        "return measure { value = function(p, g) return g.x == 1 end }",
        "local v = function(g) return g.x == 1 end v = f return measure { value = v }",
        "return measure { step = function(state, row, p) return row.x == 1 end }",
    ])
    func takesNothingElseForTheGroup(_ source: String) throws {
        #expect(try !isCertain(source))
    }

    @Test func knowsTheRowOfStep() throws {
        let source = """
            return measure {
              init = function(p) return { n = 0 } end,
              step = function(state, row, p)
                if row.safty_1 == 4 and row:wy("x") == "skipped" then state.n = state.n + 1 end
                return state
              end,
              merge = function(a, b) return { n = a.n + b.n } end,
              finish = function(state) return state.n end,
            }
            """
        let findings = try TestWorld.findings(source)
        #expect(findings.map(\.rule) == [.undeclaredColumn, .unknownVerb])
        #expect(findings.map { "\($0.line):\($0.column)" } == ["4:12", "4:33"])
        #expect(findings.first?.message.hasSuffix("did you mean `safety_1`?") == true)
    }

    /// Each variable depends on the next, so that every pass finds one more: the linter must give up and stay silent.
    @Test func givesUpOnLongChainsOfAssignments() throws {
        let count = 40
        var body = (0..<count).map { "local v\($0) = g.x" }.joined(separator: " ")
        for index in 0..<(count - 1) { body += " v\(index) = v\(index + 1)" }
        body += " v\(count - 1) = 1 return v0 == 1"
        #expect(try !isCertain(inValue: body))
    }
}
