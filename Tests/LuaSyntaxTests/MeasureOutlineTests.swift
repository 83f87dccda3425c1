import LuaSyntax
import Testing

struct MeasureOutlineTests {
    private func outline(_ source: String) throws -> MeasureOutline? {
        MeasureOutline(of: try SyntaxTree(parsing: Array(source.utf8)))
    }

    @Test func findsThePartsOfTheExample() throws {
        let outline = try #require(try outline(TestWorld.exampleMeasure))
        #expect(outline.position == SourcePosition(line: 2, column: 8))
        #expect(
            Set(outline.fields.keys) == [
                "id", "version", "title", "question", "domain", "type", "direction", "unit", "source", "from",
                "columns", "by", "every", "params", "presets", "chart", "value", "tests",
            ])
        #expect(outline.fields["id"] == SourcePosition(line: 3, column: 3))
        #expect(outline.fields["version"] == SourcePosition(line: 3, column: 23))
        #expect(outline.fields["value"] == SourcePosition(line: 13, column: 3))
        #expect(
            outline.texts["columns"]?.map { "\($0.text) \($0.position)" } == [
                "safety_1 8:32", "safety_2 8:44", "safety_3 8:56",
            ])
        #expect(
            outline.texts["by"]?.map { "\($0.text) \($0.position)" } == ["district 9:16", "role 9:32", "team 9:44"])
        #expect(outline.texts["id"] == nil)
        #expect(outline.tests == [SourcePosition(line: 17, column: 5), SourcePosition(line: 18, column: 5)])
        #expect(Set(outline.functions.keys) == ["value"])
    }

    @Test(arguments: [
        "return { id = 'x' }", "return measure { id = 'x' }", "return measure({ id = 'x' })",
        "return (measure{ id = 'x' })",
        "local m = { id = 'x' } return m", "local m = measure { id = 'x' } return m",
        "local m = { id = 'x' } return measure(m)", "return measure { ['id'] = 'x' }",
        "f() return measure { id = 'x', };",
    ])
    func findsTheDefinition(_ source: String) throws {
        #expect(try outline(source)?.fields.keys.contains("id") == true)
    }

    @Test(arguments: [
        "", "return", "return 1", "return measure", "return measure()", "return measure('x')", "return measure(a, {})",
        "return other { id = 'x' }", "return {}, {}", "measure { id = 'x' }", "do return { id = 'x' } end",
        "local m = { id = 'x' } m = nil return m", "local measure = f return measure { id = 'x' }",
        "return hub.measure { id = 'x' }", "local m m = m return m", "local function f() return f end return f",
    ])
    func findsNoOther(_ source: String) throws {
        #expect(try outline(source) == nil)
    }

    @Test func findsFunctionsThatAreNamedFirst() throws {
        let source = """
            local function step(state, row) end
            local finish = function(state) end
            local value, other
            return measure { step = step, finish = (finish), value = value, merge = nil, init = function() end }
            """
        let tree = try SyntaxTree(parsing: Array(source.utf8))
        let outline = try #require(MeasureOutline(of: tree))
        #expect(Set(outline.functions.keys) == ["step", "finish", "init"])
        #expect(outline.functions["step"].map { tree[$0].position } == SourcePosition(line: 1, column: 7))
    }

    @Test func takesListsInVariables() throws {
        let source = """
            local items = { "a", "b" }
            return measure { columns = items, with = { [1] = "x", "roster" }, by = { { "a", { "b" } }, {}, "c" },
              tests = { { name = 1 }, other }, columns2 = { f() } }
            """
        let outline = try #require(try outline(source))
        #expect(outline.texts["columns"]?.map(\.text) == ["a", "b"])
        #expect(outline.texts["columns"]?.first?.position == SourcePosition(line: 1, column: 17))
        #expect(outline.texts["with"]?.map(\.text) == ["roster"])
        #expect(outline.texts["by"]?.map(\.text) == ["a", "b", "c"])
        #expect(outline.texts["columns2"] == [])
        #expect(outline.tests == [SourcePosition(line: 3, column: 13), SourcePosition(line: 3, column: 27)])
    }

    @Test func letsTheLastFieldOfANameCount() throws {
        let outline = try #require(try outline("return { columns = { 'a' }, columns = 'b', tests = {{}}, tests = 1 }"))
        #expect(outline.texts["columns"] == nil)
        #expect(outline.fields["columns"] == SourcePosition(line: 1, column: 29))
        #expect(outline.tests.isEmpty)
    }
}
