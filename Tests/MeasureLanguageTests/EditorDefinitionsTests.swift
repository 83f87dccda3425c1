import Foundation
import MeasureLanguage
import PlumblineTestSupport
import Testing

/// The definitions for editors: sound Lua that declares everything measures can call.
struct EditorDefinitionsTests {
    private static let columns = [
        EditorDefinitions.Column(name: "minutes", about: "survey (int64): how long\nit took"),
        EditorDefinitions.Column(name: "a \"b\" \\ c", about: "survey (text)"),
        EditorDefinitions.Column(name: "über", about: "survey (text)"),
        EditorDefinitions.Column(name: "2nd", about: "x"),
    ]

    private static let lua: URL? = ["/usr/bin/lua5.4", "/opt/homebrew/bin/lua", "/usr/local/bin/lua"]
        .map { URL(filePath: $0) }.first { FileManager.default.isExecutableFile(atPath: $0.path) }

    @Test(.enabled(if: lua != nil, "skipped: no stock lua5.4 here; `make setup-test` installs it"))
    func stockLuaCompilesIt() throws {
        let check = "local f = assert(load(io.read('a'))); f(); print(type(ratio), type(measure))"
        let finished = try run(
            try #require(Self.lua), ["-e", check], input: EditorDefinitions.file(columns: Self.columns))
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(finished.output == "function\tfunction\n")
    }

    @Test func everyVerbAndFunctionIsDeclared() {
        let file = EditorDefinitions.file()
        for (kind, name) in [("Group", "where"), ("Column", "mean"), ("Weighted", "share"), ("Row", "why")] {
            #expect(file.contains("function \(kind):\(name)("))
        }
        for name in MeasureLanguage.functionNames { #expect(file.contains("\nfunction \(name)("), "\(name)") }
        #expect(file.contains("---@operator add(plumbline.Column|number): plumbline.Column"))
        #expect(file.contains("---@operator bnot: plumbline.Column"))
        #expect(
            file.contains(
                "---@param options? { type?: integer }\n---@return plumbline.Estimate\nfunction Column:quantile(p, options) end"
            ))
    }

    @Test func everyLineOutsideFunctionsIsAnAnnotation() {
        for line in EditorDefinitions.file(columns: Self.columns).split(separator: "\n") {
            #expect(line.hasPrefix("--") || line.hasPrefix("function ") || line.hasPrefix("local "), "\(line)")
        }
    }

    @Test func columnsAreFieldsOfGroupsAndRows() {
        let file = EditorDefinitions.file(columns: Self.columns)
        #expect(file.contains("---@field minutes plumbline.Column survey (int64): how long it took\n"))
        #expect(file.contains("---@field minutes number|string|boolean|nil survey"))
        #expect(file.contains(#"---@field ["a \"b\" \\ c"] plumbline.Column"#))
        #expect(file.contains("---@field [\"über\"] ") && file.contains("---@field [\"2nd\"] "))
    }

    @Test func aWorkspaceGetsItsOwnColumns() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let finished = try workspace.plumb("types", "--json")
            #expect(finished.status == 0, "\(finished.errors)")
            let file = try String(
                contentsOf: workspace.folder.appending(path: "types/plumbline.lua"), encoding: .utf8)
            #expect(file.contains("---@field trust plumbline.Column survey (integer): I trust my team\n"))
            #expect(try workspace.plumb("types", "--to", "survey.csv").status == 5)
        }
    }
}
