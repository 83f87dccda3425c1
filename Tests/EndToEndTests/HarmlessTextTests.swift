import Foundation
import PlumblineTestSupport
import Testing

/// What scripts and files say never reaches a terminal, a page or a spreadsheet as something that acts there.
struct HarmlessTextTests {
    /// Moves a cursor, turns text around, hides, is a tag, is a formula.
    private static let evil = "=1+1\u{1b}[2J\u{202e}txt\u{200b}\u{9b}31m<script>alert(1)</script>"
    private static let evilInLua =
        #"=1+1\27[2J\u{202e}txt\u{200b}\u{9b}31m<script>alert(1)</script>"#

    /// Characters that are not seen, line feeds and tabs apart.
    private func hidden(_ text: String) -> [String] {
        text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n" && scalar != "\t"
            case .format, .lineSeparator, .paragraphSeparator, .surrogate: true
            default: false
            }
        }.map { String($0.value, radix: 16) }
    }

    private func expectHarmless(_ finished: Finished, _ comment: String) {
        #expect(hidden(finished.output) == [], "\(comment): \(finished.output)")
        #expect(hidden(finished.errors) == [], "\(comment): \(finished.errors)")
        for line in finished.errors.split(separator: "\n") {
            #expect(line.utf8.count <= 512, "\(comment): \(line)")
        }
    }

    @Test(arguments: [
        "error('EVIL')", "error({ 'EVIL' })", "error(setmetatable({}, { __tostring = function() return 'EVIL' end }))",
        "error(setmetatable({}, { __tostring = function() error('EVIL') end }))", "error(nil)", "error(1e300)",
        "error('\\255\\254\\0EVIL')", "error(('EVIL'):rep(1000))", "print('EVIL') return 1", "return 'EVIL'",
        "return { EVIL = 1 }", "return { ['EVIL'] = 1 }", "return { 'EVIL', { x = 'EVIL' } }",
        "return '\\255\\254\\237\\160\\128'",
        "return insufficient('EVIL')", "return not_applicable('EVIL')", "return g['EVIL']:mean()",
        "return g.trust:isin({ 'EVIL' }):count()",
        "local t = setmetatable({}, { __index = function(t, k) error('EVIL' .. k) end }) return t.EVIL",
        "return load('EVIL')", "return ('EVIL').x.y", "return g:each('EVIL')", "return EVIL()",
    ])
    func inAScript(body: String) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let script = SmallWorkspace.measure("bad.one", value: body.replacing("EVIL", with: Self.evilInLua))
            try workspace.write("Measures/bad.lua", script)
            for options in [[], ["--json"]] {
                let finished = try run(
                    BuiltProgram.plumb, ["eval", "Measures/bad.lua"] + options, in: workspace.folder)
                #expect([0, 4].contains(finished.status))
                expectHarmless(finished, body)
            }
            expectHarmless(try workspace.night(), body)
            for letter in try FileManager.default.contentsOfDirectory(
                at: workspace.folder.appending(path: ".plumbline/runs"), includingPropertiesForKeys: nil)
            {
                #expect(
                    hidden(try String(contentsOf: letter, encoding: .utf8)) == [],
                    "\(body): \(letter.lastPathComponent)")
            }
            try expectHarmlessFeed(workspace, body)
        }
    }

    @Test(arguments: ["title", "question", "unit", "source", "columns", "from", "about", "tests"])
    func inADefinition(field: String) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let evil = Self.evilInLua
            let more =
                switch field {
                case "about": "params = { p = { default = 1, about = \"\(evil)\" } },"
                case "tests":
                    "tests = { { name = \"\(evil)\", rows = { { trust = 1 } }, expect = { value = 1 } }, "
                        + "{ name = \"\(evil)2\", rows = {}, expect = { value = 1 } } },"
                case "question", "source": "\(field) = \"\(evil)\","
                default: ""
                }
            var script = SmallWorkspace.measure("bad.one", value: "return g.trust:mean()", more: more)
            script = script.replacing(
                "\(field) = \"", with: "\(field) = \"\(field == "question" || field == "source" ? "" : evil)")
            if field == "columns" { script = script.replacing("{ \"trust\" }", with: "{ \"\(evil)\" }") }
            try workspace.write("Measures/bad.lua", script)
            for command in [["check"], ["test"], ["eval", "Measures/bad.lua"], ["nightly", "--as-of", "2026-06-30"]] {
                for options in [[], ["--json"]] {
                    let finished = try run(BuiltProgram.plumb, command + options, in: workspace.folder)
                    expectHarmless(finished, "\(command) \(field)")
                    #expect(finished.status != 70)
                }
            }
            let check = try workspace.plumb("check", "--json")
            if !["about", "tests"].contains(field) { #expect(check.status == 1, "\(field): \(check.output)") }
            try expectHarmlessFeed(workspace, field)
        }
    }

    /// Values of dimensions are published as they are, in a form that does nothing.
    @Test func inData() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "more.csv",
                SmallWorkspace.survey.replacing("teacher", with: "\"\(Self.evil)\"").replacing(
                    "coach", with: "\u{ff1d}wide"))
            try workspace.write(
                "Measures/roles.lua",
                SmallWorkspace.measure("by.role", value: "return { mean = g.trust:mean(), ['=part'] = g.n }").replacing(
                    "{ \"network\" }", with: "{ \"role\" }"))
            expectHarmless(try workspace.plumb("import", "survey", "more.csv", "--as", "survey"), "import")
            expectHarmless(try workspace.plumb("data", "survey"), "data")
            expectHarmless(try workspace.plumb("eval", "Measures/roles.lua"), "eval")
            #expect(try workspace.night().status == 0)
            expectHarmless(try workspace.plumb("edition", "show"), "show")
            try expectHarmlessFeed(workspace, "data")
            let csv = try workspace.exported("observations.csv")
            #expect(
                csv.contains("'=1+1\\u{1b}[2J\\u{202e}txt") && csv.contains("'\u{ff1d}wide") && csv.contains("'=part"))
            let page = try workspace.exported("index.html")
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            // Programs get the very text.
            let roles = try workspace.observations(of: "by.role").compactMap {
                ($0["group"] as? [String: String])?["role"]
            }
            #expect(Set(roles) == [Self.evil, "\u{ff1d}wide"])
        }
    }

    @Test func inRejects() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "codebooks/survey.yaml", "items:\n  trust: { label: t, type: integer, range: [1, 6] }\n")
            let rows = SmallWorkspace.survey + "x-1,east,coach,\"\(Self.evil)\",2025-10-01\n"
            try workspace.write("more.csv", rows)
            let finished = try workspace.plumb("import", "survey", "more.csv", "--max-rejects", "5")
            #expect(finished.status == 0, "\(finished.errors)")
            expectHarmless(finished, "import")
            let list = try String(
                contentsOf: workspace.folder.appending(path: ".plumbline/rejects/survey/more.csv"), encoding: .utf8)
            #expect(hidden(list) == [] && list.contains("txt"), "\(list)")
        }
    }

    private func expectHarmlessFeed(_ workspace: SmallWorkspace, _ comment: String) throws {
        for file in ["observations.csv", "observations.json", "measures.json", "index.html"] {
            let text = try workspace.exported(file)
            #expect(hidden(text) == [], "\(comment): \(file)")
            if file == "index.html" { #expect(!text.contains("<script"), "\(comment)") }
            guard file == "observations.csv" else { continue }
            for cell in text.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                let first = cell.drop { $0 == "\"" }.first.map(String.init) ?? ""
                #expect(!["=", "+", "@", "\u{ff1d}"].contains(first), "\(comment): \(cell)")
            }
        }
    }
}
