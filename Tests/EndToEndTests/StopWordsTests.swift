import Foundation
import PlumblineTestSupport
import Testing

/// What `plumb eval` says of each stop, word by word.
struct StopWordsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var body: String
        var options: [String] = []
        /// A number that differs from run to run stands as #.
        var words: String

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "CPU time in one group", body: "while true do end", options: ["--cpu", "0.1"],
            words:
                "5: [2025-fall] the CPU limit of 0.1 s was reached after 0 of 2 groups, # s of it in one group of 12 rows: a "
                + "loop or a pattern without end? Otherwise use column verbs instead of a loop over rows (cpu_limit)"),
        Case(
            name: "fuel in one group", body: "while true do end", options: ["--fuel", "12400000"],
            words:
                "5: [2025-fall] the fuel limit of 12.4 million instructions was reached after 0 of 2 groups, 12.4 million "
                + "instructions of it in one group of 12 rows: a loop without end? Otherwise raise it (fuel_limit)"),
        Case(
            name: "memory", body: "local t = {} while true do t = { t } end", options: ["--memory", "4MB"],
            words:
                "5: [2025-fall] the memory limit of 4 MB was reached after 0 of 2 groups, when 56 bytes more were asked for: "
                + "keep fewer tables and columns at a time, or set `limits.memory` for this measure to at least 8MB "
                + "(memory_limit)"),
        Case(
            name: "one block of memory", body: "return #(\"x\"):rep(20 << 20)",
            words:
                "5: [2025-fall] the memory limit of 64 MB was reached after 0 of 2 groups, by one text or list of 20 MB, where "
                + "one may have 16 MB: build no such long ones, or set `limits.memory` for this measure to at least 32MB and "
                + "`limits.block` to at least 32MB (memory_limit)"),
        Case(
            name: "the result's size", body: "return (\"x\"):rep(2 << 20)",
            words:
                "4: [2025-fall] the result is larger than 1 MB (`limits.result`), after 0 of 2 groups: return numbers, not "
                + "tables of rows (output_limit)"),
        Case(
            name: "the result's keys", body: "local t = {} for i = 1, 10001 do t[i] = i end return t",
            words:
                "4: [2025-fall] tables hold more than 10000 keys, the most that `limits.result_keys` allows (invalid_result)"
        ),
        Case(
            name: "the result's depth", body: "local t = {} t.t = t return t",
            words:
                "4: [2025-fall] a table is nested deeper than 16 levels, the most that `limits.result_depth` allows (does it "
                + "contain itself?) (invalid_result)"),
        Case(
            name: "the depth of a pattern", body: "return (\"a\"):rep(1000):find((\"a-\"):rep(220) .. \"b\")",
            words:
                "5: [2025-fall] pattern too complex (a pattern nests at most 200 levels: write a shorter one) (lua_error)"
        ),
        Case(
            name: "calls without end", body: "local function f() return 1 + f() end return f()",
            options: ["--memory", "256MB"],
            words: "5: [2025-fall] stack overflow (does a function call itself without end?) (lua_error)"),
        Case(
            name: "calls through C without end",
            body: "local function f() return ((\"x\"):gsub(\"x\", f)) end return f()",
            words:
                "5: [2025-fall] C stack overflow (calls through `pcall`, `gsub`, `sort` or a metatable nest at most 200 "
                + "levels) (lua_error)"),
        Case(
            name: "brackets without end",
            body: "return \(String(repeating: "(", count: 300))1\(String(repeating: ")", count: 300))",
            words: "5: blocks, brackets or calls are nested too deeply (at most 200 levels) (syntax_error)"),
        Case(
            name: "a long file", body: "return 1 --\(String(repeating: "x", count: 70_000))",
            words:
                ": the source has 70259 bytes; at most 65536 are allowed (`limits.source`): make several measures of it "
                + "(refused)"),
        Case(
            name: "a compiled file", body: "\u{0}",
            words: ": the source is not text: it holds a zero byte or is a compiled chunk (refused)"),
    ]

    @Test(arguments: cases) func words(_ stop: Case) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            var script = SmallWorkspace.measure("bad.one", value: stop.body)
            if stop.words.contains("of 2 groups") || stop.words.contains("[2025-fall] ") {
                script = script.replacing("{ {}, { \"network\" } }", with: "{ {} }")
            } else {
                script = script.replacing("{ {}, { \"network\" } }", with: "{ { \"network\" } }")
            }
            try workspace.write("Measures/bad.lua", script)
            let finished = try run(
                BuiltProgram.plumb, ["eval", "Measures/bad.lua"] + stop.options, in: workspace.folder)
            #expect(finished.status == 4)
            let said = finished.errors.trimmingCharacters(in: .newlines)
            let plain = said.replacing(#/ 0\.[0-9]+ s of it/#, with: " # s of it")
            let wanted = "error: Measures/bad.lua" + (stop.words.hasPrefix(":") ? "" : ":") + stop.words
            if wanted.hasSuffix(")") { #expect(plain == wanted) } else { #expect(plain.hasPrefix(wanted), "\(plain)") }
            #expect(said.utf8.count <= 512)
        }
    }

    /// Where groups took about as long as one another, it is told what all of them would need.
    @Test func whatWouldFit() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let body = "local s = 0 for i = 1, 20000 do s = s + i end return s"
            let script = SmallWorkspace.measure("bad.one", value: body).replacing(
                "{ {}, { \"network\" } }", with: "{ { \"network\" } }")
            try workspace.write("Measures/bad.lua", script)
            let finished = try workspace.plumb("eval", "Measures/bad.lua", "--fuel", "130000")
            #expect(
                finished.errors
                    == "error: Measures/bad.lua:5: [network=west, 2026-spring] the fuel limit of 130,000 instructions was reached "
                    + "after 3 of 4 groups: at this pace all would need about 160,116 instructions; set it to at least 180000 "
                    + "(fuel_limit)\n")
            let enough = try workspace.plumb("eval", "Measures/bad.lua", "--fuel", "180000")
            #expect(enough.status == 0)
        }
    }

    @Test func whatIsPrintedBeyondTheLimit() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "Measures/bad.lua",
                SmallWorkspace.measure("bad.one", value: "for i = 1, 2000 do print(i) end return 1"))
            let finished = try workspace.plumb("eval", "Measures/bad.lua")
            #expect(finished.status == 0)
            #expect(
                finished.output.contains(
                    "| … (the rest was cut off: `limits.log` and `limits.log_lines` say how much is kept)"))
        }
    }
}
