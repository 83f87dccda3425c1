import Foundation
import PlumblineTestSupport
import Testing

/// `plumb eval` as the analyst uses it.
struct EvalTests {
    private func eval(_ arguments: String...) throws -> Finished {
        try withTemporaryFolder { folder in
            try Data(SmallWorkspace.survey.utf8).write(to: folder.appending(path: "bare.csv"))
            return try run(BuiltProgram.plumb, ["eval", "--csv", "bare.csv", "--json"] + arguments, in: folder)
        }
    }

    @Test func anExpressionOnABareCSV() throws {
        let finished = try eval("--expr", "g.trust:mean()")
        #expect(finished.status == 0)
        let json = try finished.json()
        #expect(Set(json.keys) == ["observations", "result", "log", "usage", "error"])
        #expect(json["error"] is NSNull)
        #expect(json["result"] is NSNull)
        let cell = try #require((json["observations"] as? [[String: Any]])?.first)
        #expect(cell["n"] as? Int == 26)
        #expect(cell["method"] as? String == "t")
        #expect(cell["level"] as? Double == 0.95)
        #expect((cell["period"] as? [String: String]) == ["kind": "all", "label": "all"])
        let usage = try #require(json["usage"] as? [String: Any])
        #expect(usage["rows"] as? Int == 26)
        #expect(usage["groups"] as? Int == 1)
        #expect(usage["fuel"] is NSNull)
    }

    @Test func groupsAreSortedByTheirKeys() throws {
        let json = try eval("--expr", "g.trust:mean()", "--by", "role,network").json()
        let groups = (json["observations"] as? [[String: Any]] ?? []).compactMap { $0["group"] as? [String: String] }
        #expect(
            groups == [
                ["network": "east", "role": "coach"], ["network": "east", "role": "teacher"],
                ["network": "west", "role": "coach"], ["network": "west", "role": "teacher"],
            ])
    }

    @Test func aRecordGivesParts() throws {
        let json = try eval("--expr", "{ low = g.trust:min(), share = g.trust:at_least(4):share() }").json()
        let parts = (json["observations"] as? [[String: Any]] ?? []).map { $0["part"] as? String }
        #expect(parts == ["low", "share"])
    }

    @Test(arguments: [
        ("g.trust:values()[1]", "4"), ("\"text\"", "\"text\""), ("true", "true"), ("{ 1, 2, { 3 } }", "[1,2,[3]]"),
        ("{ a = { b = \"c\" } }", "{\"a\":{\"b\":\"c\"}}"), ("{ \"x\" }", "[\"x\"]"),
    ])
    func otherValuesAreShownAsResult(expression: String, result: String) throws {
        let finished = try eval("--expr", expression)
        #expect(finished.status == 0)
        if expression.hasPrefix("g.") {
            #expect((try finished.json()["observations"] as? [[String: Any]])?.first?["value"] as? Double == 4)
        } else {
            #expect(finished.output.contains("\"result\":\(result),"))
        }
    }

    @Test func printedTextIsKept() throws {
        let json = try eval("--expr", "(function() print(\"a\", 1) print(g.n) return 1 end)()").json()
        #expect(json["log"] as? [String] == ["a\t1", "26"])
    }

    @Test func fuelIsTheSameOnEveryRun() throws {
        let used = try (0..<3).map { _ -> Int? in
            let json = try eval(
                "--expr", "(function() local x = 0 for i = 1, 50000 do x = x + i end return x end)()", "--fuel",
                "1000000"
            ).json()
            return (json["usage"] as? [String: Any])?["fuel"] as? Int
        }
        #expect(used[0] != nil)
        #expect(Set(used).count == 1)
        let stopped = try eval("--expr", "(function() while true do end end)()", "--fuel", "100000")
        #expect(stopped.status == 4)
        #expect(stopped.errorCode == "fuel_limit")
    }

    @Test func limitsCanBeSet() throws {
        let slow = try eval("--expr", "(function() while true do end end)()", "--cpu", "0.1")
        #expect(slow.errorCode == "cpu_limit")
        let large = try eval("--expr", "#string.rep(\"x\", 3000000)", "--memory", "2MB")
        #expect(large.errorCode == "memory_limit")
    }

    @Test func misuseIsAUsageError() throws {
        for arguments in [
            ["eval"], ["eval", "x.lua", "--expr", "1"], ["eval", "--expr", "1", "--cpu", "-1"],
            ["eval", "--expr", "1", "--param", "x"], ["eval", "--expr", "1", "--every", "moon"], ["nonsense"],
            ["nightly", "--nonsense"],
        ] {
            let finished = try withTemporaryFolder { try run(BuiltProgram.plumb, arguments + ["--json"], in: $0) }
            #expect(finished.status == 2, "\(arguments)")
            #expect(finished.errorCode != nil, "\(finished.output)")
        }
    }

    @Test func parametersOfAMeasureFile() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "Measures/high.lua",
                SmallWorkspace.measure(
                    "culture.high", value: "return g.trust:at_least(p.least):share()",
                    more: "params = { least = { default = 4, min = 1, max = 6 } },"))
            let standard = try workspace.plumb(
                "eval", "Measures/high.lua", "--json", "--by", "network", "--every", "all")
            let higher = try workspace.plumb(
                "eval", "Measures/high.lua", "--json", "--by", "network", "--every", "all", "--param", "least=5")
            let values = try [standard, higher].map { finished in
                (try finished.json()["observations"] as? [[String: Any]] ?? []).map { $0["numerator"] as? Double }
            }
            #expect(values == [[12, 3], [4, 1]])
            let outside = try workspace.plumb("eval", "Measures/high.lua", "--json", "--param", "least=9")
            #expect(outside.status == 4)
            #expect(outside.errorMessage?.contains("at least 1 and at most 6") == true)
        }
    }
}
