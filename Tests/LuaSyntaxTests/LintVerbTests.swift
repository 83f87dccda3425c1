import LuaSyntax
import Testing

/// Verbs and names of columns.
struct LintVerbTests {
    @Test(arguments: [
        ("return g.x:maen()", "2:12", LintRule.unknownVerb, "A column has no verb `maen`; did you mean `mean`?"),
        ("return g:wher(p.m)", "2:10", .unknownVerb, "A group has no verb `wher`; did you mean `where`?"),
        ("return g.x:is(1):shre()", "2:18", .unknownVerb, "A mask has no verb `shre`; did you mean `share`?"),
        (
            "return g.x:weighted{}:top_box(2)", "2:23", .unknownVerb,
            "A weighted column has no verb `top_box`; it has mean, sum."
        ),
        ("for r in g:rows() do r:wy('x') end", "2:24", .unknownVerb, "A row has no verb `wy`; did you mean `why`?"),
        ("return g:safety_1()", "2:10", .unknownVerb, "`safety_1` is a column, not a verb: write `g.safety_1`."),
        (
            "return g.x.mean()", "2:12", .dotCall,
            "A verb is called with a colon: write `g.x:mean()` instead of `g.x.mean()`."
        ),
        (
            "return g.x.at_least(p.cut)", "2:12", .dotCall,
            "A verb is called with a colon: write `g.x:at_least(...)` instead of `g.x.at_least(...)`."
        ),
        (
            "return g.x['mean']()", "2:12", .dotCall,
            "A verb is called with a colon: write `g.x:mean()` instead of `g.x.mean()`."
        ),
        (
            "return g.where(g.x:is(1))", "2:10", .dotCall,
            "A verb is called with a colon: write `g:where(...)` instead of `g.where(...)`."
        ),
        (
            "for k, s in g.each('school') do end", "2:15", .dotCall,
            "A verb is called with a colon: write `g:each(...)` instead of `g.each(...)`."
        ),
        ("return g.x.maen()", "2:12", .unknownVerb, "A column has no verb `maen`; did you mean `g.x:mean()`?"),
        ("return g.wher(p.m)", "2:10", .unknownVerb, "A group has no verb `wher`; did you mean `g:where(...)`?"),
        (
            "return g.safty_1:mean()", "2:10", .undeclaredColumn,
            "The measure does not declare a column `safty_1`; did you mean `safety_1`?"
        ),
        (
            "return g['Saftey 1']:mean()", "2:10", .undeclaredColumn,
            "The measure does not declare a column `Saftey 1`; did you mean `safety_1`?"
        ),
        (
            "return g.perod", "2:10", .undeclaredColumn,
            "The measure does not declare a column `perod`; did you mean `period`?"
        ),
        (
            "return g.trust:mean()", "2:10", .undeclaredColumn,
            "The measure does not declare a column `trust`; add it to `columns = { ... }`."
        ),
        (
            "return g:where(p.m):previous().safty_1", "2:32", .undeclaredColumn,
            "The measure does not declare a column `safty_1`; did you mean `safety_1`?"
        ),
        (
            "for k, s in g:each('role') do local c = s.safty_1 end", "2:43", .undeclaredColumn,
            "The measure does not declare a column `safty_1`; did you mean `safety_1`?"
        ),
        (
            "for r in g:rows() do local v = r.safty_1 end", "2:34", .undeclaredColumn,
            "The measure does not declare a column `safty_1`; did you mean `safety_1`?"
        ),
    ])
    func reports(_ body: String, _ place: String, _ rule: LintRule, _ message: String) throws {
        let findings = try TestWorld.findings(inValue: body)
        #expect(findings.map { "\($0.line):\($0.column)" } == [place])
        #expect(findings.map(\.rule) == [rule])
        #expect(findings.map(\.message) == [message])
        #expect(findings.map(\.severity) == [.error])
    }

    @Test func listsTheVerbsIfNoneIsNear() throws {
        let findings = try TestWorld.findings(inValue: "return g:filter(p.m)")
        #expect(
            findings.map(\.message) == [
                "A group has no verb `filter`; it has column, each, graph, join, previous, rows, scale, where."
            ])
    }

    @Test(arguments: [
        "return g.x.mean(g.y)", "return g.where(g, p.m)", "local mean = g.x.mean", "return g.keys.x()",
        "return g.keys()",
        "return g:join('roster', {}, {}).school:distinct()", "local h = g:join('r', {}, {}); return h.anything:mean()",
        "local h = g; if p.a then h = g:join('r', {}, {}) end; return h.anything:mean()", "return p.x:maen()",
        "return g:column('safty_1'):mean()", "return ('x'):anything()", "return g.x:mean():anything()",
        "return g.with.roster.anything:whatever()", "local t = {}; return t.x.mean()",
    ])
    func doesNotReport(_ body: String) throws {
        #expect(try TestWorld.findings(inValue: body) == [])
    }

    /// A group with columns from elsewhere is still a group.
    @Test func knowsJoinedGroups() throws {
        let findings = try TestWorld.findings(inValue: "return g:join('r', {}, {}):wher(p.m).anything.mean()")
        #expect(findings.map(\.rule) == [.unknownVerb])
        let column = try TestWorld.findings(inValue: "return g:join('r', {}, {}).anything.mean()")
        #expect(column.map(\.rule) == [.dotCall])
    }

    @Test func asksForDeclaredColumnsOnlyIfItKnowsThem() throws {
        var context = TestWorld.context
        context.declaredColumns = nil
        let source = "return measure { value = function(g) return g.safty_1:mean() end }"
        #expect(try TestWorld.findings(source, context) == [])
        context.declaredColumns = []
        #expect(try TestWorld.findings(source, context).map(\.rule) == [.undeclaredColumn])
    }
}
