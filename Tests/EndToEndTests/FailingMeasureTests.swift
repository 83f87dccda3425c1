import Foundation
import PlumblineTestSupport
import Testing

/// A measure that is wrong or hostile: a clear error, the right exit status, the last edition and all data as they were.
struct FailingMeasureTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var script: String
        var code: String
        var message: String
        var line: Int?
        /// Found without data by `plumb check`.
        var isFoundByCheck = false

        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "syntax error",
            script: "return measure {\n  id = \"bad.one\",\n  value = function(g) retrun g end\n}",
            code: "syntax_error", message: "syntax error near 'g'", line: 3, isFoundByCheck: true),
        Case(
            name: "missing field",
            script:
                "return measure {\n  id = \"bad.one\", version = \"1.0.0\", title = \"t\", domain = \"culture\",\n  type = \"driver\", from = \"survey\",\n  value = function(g) return 1 end }",
            code: "refused", message: "the field `unit` is missing", line: 1, isFoundByCheck: true),
        Case(
            name: "unknown field",
            script: SmallWorkspace.measure("bad.one", value: "return 1", more: "colour = \"red\","),
            code: "refused", message: "a measure has no field `colour`", line: 3, isFoundByCheck: true),
        Case(
            name: "unknown column",
            script: SmallWorkspace.measure("bad.one", value: "return g.trst:mean()").replacing(
                "{ \"trust\" }", with: "{ \"trst\" }"),
            code: "refused", message: "no column `trst` in survey; did you mean `trust`?", line: 3, isFoundByCheck: true
        ),
        Case(
            name: "comparison that is always false",
            script: SmallWorkspace.measure("bad.one", value: "return g:where(g.trust == 4).n"), code: "refused",
            message: ":is(", line: 5, isFoundByCheck: true),
        Case(
            name: "runtime error", script: SmallWorkspace.measure("bad.one", value: "local t = nil; return t.x"),
            code: "lua_error", message: "attempt to index a nil value", line: 5),
        Case(
            name: "endless loop", script: SmallWorkspace.measure("bad.one", value: "while true do end"),
            code: "cpu_limit", message: "the CPU limit of 0.2 s was reached", line: 5),
        Case(
            name: "endless loop inside pcall",
            script: SmallWorkspace.measure(
                "bad.one", value: "while true do pcall(function() while true do end end) end"),
            code: "cpu_limit", message: "the CPU limit of 0.2 s was reached", line: 5),
        Case(
            name: "a call that tries for ever",
            script: SmallWorkspace.measure(
                "bad.one", value: "local a = (\"a\"):rep(60) return #a:match((\".-\"):rep(30) .. \"b\")"),
            code: "cpu_limit", message: "the CPU limit of 0.2 s was reached", line: 5),
        Case(
            name: "endless loop outside value",
            script: "while true do end\n" + SmallWorkspace.measure("bad.one", value: "return 1"),
            code: "cpu_limit", message: "was reached while the file was being loaded", line: 1,
            isFoundByCheck: true),
        Case(
            name: "a large table outside value",
            script: "local t = {} for i = 1, 1e9 do t[i] = i end\n"
                + SmallWorkspace.measure("bad.one", value: "return 1"),
            code: "memory_limit", message: "the memory limit of 64 MB was reached while the file was being loaded",
            line: 1,
            isFoundByCheck: true),
        Case(
            name: "brackets in brackets",
            script: SmallWorkspace.measure(
                "bad.one",
                value: "return \(String(repeating: "(", count: 300))1\(String(repeating: ")", count: 300))"),
            code: "syntax_error", message: "nested too deeply", isFoundByCheck: true),
        Case(
            name: "a string of 10 GB",
            script: SmallWorkspace.measure("bad.one", value: "return #string.rep(\"x\", 10000000000)"),
            code: "lua_error", message: "resulting string too large", line: 5),
        Case(
            name: "a string of 1 GB",
            script: SmallWorkspace.measure("bad.one", value: "return #string.rep(\"x\", 1000000000)"),
            code: "memory_limit", message: "the memory limit of 64 MB was reached", line: 5),
        Case(
            name: "a table without end",
            script: SmallWorkspace.measure("bad.one", value: "local t = {} for i = 1, 1e9 do t[i] = i end return #t"),
            code: "memory_limit", message: "the memory limit of 64 MB was reached", line: 5),
        Case(
            name: "NaN", script: SmallWorkspace.measure("bad.one", value: "return 0 / 0"), code: "invalid_result",
            message: "not a number (NaN)"),
        Case(
            name: "a function", script: SmallWorkspace.measure("bad.one", value: "return function() end"),
            code: "invalid_result", message: "the value is a function"),
        Case(
            name: "a cycle", script: SmallWorkspace.measure("bad.one", value: "local t = {} t.t = t return t"),
            code: "invalid_result", message: "does it contain itself?"),
    ]

    @Test(arguments: cases) func evalNamesItAndExitsWithFour(_ bad: Case) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write("Measures/bad.lua", bad.script)
            let evaluated = try workspace.plumb("eval", "Measures/bad.lua", "--json", "--cpu", "0.2")
            #expect(evaluated.status == 4)
            #expect(evaluated.errorCode == bad.code)
            #expect(
                evaluated.errorMessage?.contains(bad.message) == true, "\(evaluated.errorMessage ?? evaluated.output)")
            if let line = bad.line { #expect(evaluated.errorPlace["line"] as? Int == line) }
            #expect(evaluated.errorPlace["file"] as? String == "Measures/bad.lua")
            #expect(evaluated.errors.contains("error: Measures/bad.lua"), "\(evaluated.errors)")
        }
    }

    @Test(arguments: cases) func checkFindsWhatItCan(_ bad: Case) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write("Measures/bad.lua", bad.script)
            let checked = try workspace.plumb("check", "--json")
            #expect(checked.status == (bad.isFoundByCheck ? 1 : 0))
            #expect(checked.output.contains(bad.message.replacing("\"", with: "\\\"")) == bad.isFoundByCheck)
        }
    }

    /// One night with each bad measure beside good ones: they are published, it is named, and what it once said stays.
    @Test(arguments: cases) func theNightGoesOnWithoutIt(_ bad: Case) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "plumbline.yaml",
                try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
                    .replacing("cpu: 2s", with: "cpu: 200ms"))
            try workspace.write("Measures/bad.lua", SmallWorkspace.measure("bad.one", value: "return g.trust:mean()"))
            #expect(try workspace.night().status == 0)
            let before = try workspace.observations(of: "bad.one").map { $0["value"] as? Double }
            let good = try workspace.observations(of: "culture.trust").map { $0["value"] as? Double }
            try workspace.write("Measures/bad.lua", bad.script)
            let night = try workspace.night()
            #expect(night.status == 1)
            let failures = try night.json()["failures"] as? [[String: Any]] ?? []
            #expect(failures.count == (bad.isFoundByCheck ? 1 : 2) || failures.count == 1)
            #expect(failures.allSatisfy { $0["code"] as? String == bad.code }, "\(failures)")
            #expect((failures.first?["message"] as? String)?.contains(bad.message) == true, "\(failures)")
            let after = try workspace.observations(of: "bad.one")
            #expect(after.map { $0["value"] as? Double } == before)
            #expect(after.allSatisfy { ["stale", "suppressed"].contains($0["status"] as? String) })
            #expect(try workspace.observations(of: "culture.trust").map { $0["value"] as? Double } == good)
            #expect(
                !(try workspace.published()).contains(bad.message), "published is the measure only, never its words")
        }
    }

    @Test func aMeasureThatNeverWorkedIsPublishedAsAnError() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write("Measures/bad.lua", SmallWorkspace.measure("bad.one", value: "while true do end"))
            #expect(try workspace.night().status == 1)
            #expect(try workspace.observations(of: "bad.one").map { $0["status"] as? String } == ["error"])
            try workspace.write("Measures/bad.lua", SmallWorkspace.measure("bad.one", value: "return g.trust:mean()"))
            #expect(try workspace.night().status == 0)
            #expect(try workspace.observations(of: "bad.one").count == 6)
        }
    }

    @Test func aFailingTestKeepsTheLastGoodValues() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            #expect(try workspace.night().status == 0)
            let text = try String(contentsOf: workspace.folder.appending(path: "Measures/trust.lua"), encoding: .utf8)
            try workspace.write("Measures/trust.lua", text.replacing("g.trust:mean()", with: "g.trust:mean() + 1"))
            let night = try workspace.night()
            #expect(night.status == 1)
            let failure = (try night.json()["failures"] as? [[String: Any]])?.first
            #expect(failure?["code"] as? String == "test_failed")
            #expect((failure?["message"] as? String)?.contains("value: expected 3, got 4") == true)
            let statuses = try workspace.observations(of: "culture.trust").map { $0["status"] as? String }
            #expect(statuses == ["stale", "stale", "stale", "stale", "suppressed", "stale"])
        }
    }

    @Test func anErrorInOneGroupIsThatGroupsOnly() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "Measures/bad.lua",
                SmallWorkspace.measure(
                    "bad.one",
                    value: "if g.keys.network == \"east\" then error(\"east is closed\") end return g.trust:mean()"))
            let night = try workspace.night()
            #expect(night.status == 1)
            let statuses = try workspace.observations(of: "bad.one").map { $0["status"] as? String }
            #expect(statuses == ["ok", "ok", "error", "error", "suppressed", "ok"])
            #expect(!(try workspace.published()).contains("east is closed"))
            // The next night comes to the same and publishes nothing.
            #expect(try workspace.night().json()["edition"] is NSNull)
        }
    }
}
