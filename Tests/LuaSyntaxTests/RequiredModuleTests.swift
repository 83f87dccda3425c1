import LuaSyntax
import Testing

/// Which modules a text requires, and which uses of `require` are refused.
struct RequiredModuleTests {
    @Test(arguments: [
        ("local a = require \"x.y\"", ["x.y"]), ("require('x.y') require [[z.w]]", ["x.y", "z.w"]),
        ("return require(\n  'x.y'\n).f", ["x.y"]), ("t.require('x.y') t:require('x.y')", []),
        ("-- require 'x.y'\nlocal s = \"require 'x.y'\"", []), ("require(name) require('x' .. 'y') require(1)", []),
        ("require 'a.b' \"unfinished", ["a.b"]), ("require", []), ("require(", []), ("\u{e9} require 'a.b'", []),
        ("require '\\120.y'", ["x.y"]), ("require '\\xff.y'", []), ("require require 'a.b'", ["a.b"]),
    ])
    func namesAreFoundAmongTokens(_ source: String, _ names: [String]) {
        #expect(RequiredModule.all(in: Array(source.utf8)).map(\.name) == names)
    }

    @Test func placesAreThoseOfRequire() {
        let found = RequiredModule.all(in: Array("local a\n  = require 'x.y'".utf8))
        #expect(found.map(\.position) == [SourcePosition(line: 2, column: 5)])
    }

    @Test(arguments: [
        "return require(p.name)", "local load = require return load('x.y')", "return pcall(require, 'x.y')",
        "return require('x' .. 'y')", "return require('x.y', 1)", "return require()", "return (require)('x.y')",
        "require = 1",
    ])
    func otherUsesAreErrors(_ body: String) throws {
        let findings = try TestWorld.findings(inValue: body).filter { $0.rule == .requireName }
        #expect(findings.count == 1 && findings[0].severity == .error, "\(body)")
    }

    @Test(arguments: ["return require 'x.y'", "return require(\"x.y\").f(g)", "local require = g return require(g)"])
    func properUsesAreNot(_ body: String) throws {
        #expect(try TestWorld.findings(inValue: body).filter { $0.rule == .requireName }.isEmpty)
    }
}
