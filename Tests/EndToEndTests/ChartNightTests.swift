import Foundation
import PlumblineTestSupport
import Testing

/// Charts that measures declare, from the night to the feed.
struct ChartNightTests {
    /// Two years of months. East has 40 rows a month, and a share of yes that rises from about a half to 0.8 in the
    /// thirteenth; in the fifteenth too few persons. West has 20 rows a month, and too few persons in the fifth.
    private static let rows: String = {
        var text = "person,network,day,done\n"
        func add(_ network: String, _ month: Int, _ count: Int, _ yes: Int) {
            let (year, number) = (2024 + (5 + month) / 12, (5 + month) % 12 + 1)
            for row in 0..<count {
                text +=
                    "\(network)-\(month)-\(row),\(network),\(year)-\(number < 10 ? "0" : "")\(number)-15,\(row < yes ? 1 : 0)\n"
            }
        }
        for month in 0..<24 {
            let wobble = [0, 2, -2, 1, -1, 3, -3][month % 7]
            add("east", month, month == 14 ? 4 : 40, month == 14 ? 2 : (month < 12 ? 20 : 32) + wobble)
            add("west", month, month == 4 ? 3 : 20, month == 4 ? 1 : 10 + wobble)
        }
        return text
    }()

    private static let measure = """
        return measure {
          id = "process.done", version = "1.0.0", title = "Done", domain = "improvement", type = "process",
          direction = "higher", unit = "proportion", from = "steps", columns = { "done" },
          by = { {}, { "network" } }, every = "month", chart = { kind = "p", rules = "anhoej", baseline = 12 },
          value = function(g) return g.done:share() end,
        }
        """

    private static let phases = """
        measures:
          process.done:
            phases: [ { start: 2025-05-20, reason: "new <routine>", group: { network: east } } ]

        """

    private func workspace(in folder: URL) throws -> SmallWorkspace {
        let workspace = try SmallWorkspace(in: folder)
        let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
        try workspace.write(
            "plumbline.yaml",
            text.replacing(
                "datasets:\n",
                with: "datasets:\n  steps: { class: student_record, person: person, period: { column: day } }\n"
            ).replacing(
                "privacy: {", with: "public: { share: [process.*] }\nprivacy: { student_record: { minimum: 10 },"))
        try workspace.write("steps.csv", Self.rows)
        let imported = try workspace.plumb("import", "steps", "steps.csv")
        #expect(imported.status == 0, "\(imported.errors)")
        try workspace.write("Measures/done.lua", Self.measure)
        return workspace
    }

    private struct Point {
        var label: String
        var status: String
        var flags: [String]
        var chart: [String: Any]?

        var signals: [String] { chart?["signals"] as? [String] ?? [] }
        func number(_ name: String) -> Double? { chart?[name] as? Double }
    }

    private func points(
        _ workspace: SmallWorkspace, _ network: String?, audience: String = "hub", measure: String = "process.done"
    ) throws -> [Point] {
        try workspace.observations(of: measure, audience: audience).filter {
            ($0["group"] as? [String: String])?["network"] == network
        }.map {
            Point(
                label: ($0["period"] as? [String: Any])?["label"] as? String ?? "",
                status: $0["status"] as? String ?? "",
                flags: $0["flags"] as? [String] ?? [], chart: $0["chart"] as? [String: Any])
        }
    }

    @Test func aShiftIsSeen() throws {
        try withTemporaryFolder { folder in
            let workspace = try workspace(in: folder)
            let night = try workspace.night()
            #expect(night.status == 0, "\(night.errors)")
            let east = try points(workspace, "east")
            #expect(east.count == 24)
            // 12 months of 40: 240 yes and the wobbles of 12 months.
            let center = (240.0 + [0, 2, -2, 1, -1, 3, -3, 0, 2, -2, 1, -1].reduce(0, +)) / 480
            let sigma = (center * (1 - center) / 40).squareRoot()
            for point in east where point.status == "ok" {
                #expect(point.chart?["kind"] as? String == "p" && point.chart?["rules"] as? String == "anhoej")
                #expect(point.chart?["phase"] as? Int == 1 && point.chart?["status"] as? String == "ok")
                #expect(abs((point.number("center") ?? 0) - center) < 1e-12)
                #expect(abs((point.number("upper") ?? 0) - (center + 3 * sigma)) < 1e-12)
                #expect(abs((point.number("lower") ?? 0) - (center - 3 * sigma)) < 1e-12)
            }
            #expect(east[14].status == "suppressed" && east[14].chart == nil && east[14].flags.isEmpty)
            let signalling = east.filter { $0.signals.contains("longest_run") }
            #expect(signalling.last?.label == "2026-05" && signalling.count < 6)
            for point in east {
                #expect(point.flags.contains("signal") == !point.signals.isEmpty)
                #expect(point.flags.contains("shift") == point.signals.contains("longest_run"))
            }
            #expect(east[12].signals.isEmpty)
            #expect(east[12].chart?["disagree"] as? [String] == ["western_electric", "nelson"])
        }
    }

    @Test func aHiddenPointInTheBaselineIsInsufficient() throws {
        try withTemporaryFolder { folder in
            let workspace = try workspace(in: folder)
            #expect(try workspace.night().status == 0)
            let west = try points(workspace, "west")
            #expect(west[4].status == "suppressed" && west[4].chart == nil)
            for point in west where point.status == "ok" {
                #expect(point.chart?["status"] as? String == "insufficient")
                #expect(point.chart?["reason"] as? String == "the baseline has hidden points")
                #expect(point.chart?["center"] is NSNull && point.chart?["upper"] is NSNull && point.signals.isEmpty)
            }
            let page = try workspace.exported("index.html")
            #expect(page.contains("no chart: the baseline has hidden points"))
            #expect(page.contains("signal (Anhøj): a run longer than chance makes plausible"))
            #expect(
                page.contains("class=\"signal\"") && page.contains("class=\"center\"") && page.contains("signals in 20")
            )
        }
    }

    @Test func aNewPhaseIsData() throws {
        try withTemporaryFolder { folder in
            let workspace = try workspace(in: folder)
            #expect(try workspace.night().status == 0)
            let before = try points(workspace, nil)
            let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write("plumbline.yaml", text + Self.phases)
            let letter = try workspace.night().json()
            #expect(letter["edition"] as? Int == 2)
            #expect((letter["tasks"] as? [String: Int])?["evaluated"] == 0, "nothing is evaluated for that")
            #expect(try workspace.night().json()["edition"] is NSNull)
            let east = try points(workspace, "east")
            #expect(Array(east.prefix(13)).map { $0.number("phase") } == [Double?](repeating: 1, count: 12) + [2])
            // The first period that begins on the day or later is June, the thirteenth month. Its baseline of twelve
            // months holds the hidden one.
            #expect(east[11].chart?["status"] as? String == "ok")
            #expect(east[12].chart?["reason"] as? String == "the baseline has hidden points")
            #expect(try points(workspace, nil).map(\.signals) == before.map(\.signals), "other groups go on")
            try workspace.write("plumbline.yaml", text + Self.phases.replacing("2025-05-20", with: "2025-09-01"))
            #expect(try workspace.night().status == 0)
            let later = try points(workspace, "east")
            #expect((later[15].number("center") ?? 0) > 0.75 && later[23].signals.isEmpty)
            #expect(try workspace.exported("index.html").contains("phase 2 since 2025-09-01: new &lt;routine&gt;"))
        }
    }

    @Test func everyAudienceSeesItsOwn() throws {
        try withTemporaryFolder { folder in
            let workspace = try workspace(in: folder)
            let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write("plumbline.yaml", text + Self.phases)
            #expect(try workspace.night().status == 0)
            func lines(_ audience: String, _ network: String) throws -> [Substring] {
                try workspace.published(audience).split(separator: "\n").filter {
                    $0.contains("process.done") && $0.contains("\"group\":{\"network\":\"\(network)\"}")
                }
            }
            for network in ["east", "west"] {
                let hub = try lines("hub", network)
                #expect(hub.count == 24)
                #expect(try lines(network, network) == hub && lines("public", network) == hub)
            }
            #expect(try lines("west", "east").isEmpty && lines("east", "west").isEmpty)
            for (audience, isShown) in [("hub", true), ("east", true), ("west", false), ("public", false)] {
                let measures = try workspace.exported("measures.json", audience: audience)
                #expect(measures.contains("new <routine>") == isShown, "\(audience)")
                #expect(measures.contains(#""chart":{"kind":"p","rules":"anhoej","baseline":12,"#))
            }
            let csv = try workspace.exported("observations.csv").split(separator: "\n").map(String.init)
            let header = csv[0].split(separator: ",", omittingEmptySubsequences: false)
            let place = try #require(header.firstIndex(of: "rules"))
            let row = try #require(csv.first { $0.contains(",2024-07,") && $0.contains(",east,") })
            let cells = row.split(separator: ",", omittingEmptySubsequences: false)
            #expect(cells[place] == "anhoej" && Double(cells[place - 4]) != nil, "\(row)")
        }
    }

    @Test func whatIsNotOverIsNotJudged() throws {
        try withTemporaryFolder { folder in
            let workspace = try workspace(in: folder)
            #expect(try workspace.plumb("nightly", "--as-of", "2026-05-20").status == 0)
            let last = try #require(try points(workspace, "east").last)
            #expect(last.status == "provisional" && last.number("center") != nil && last.number("upper") != nil)
            #expect(last.signals.isEmpty && !last.flags.contains("signal"))
        }
    }

    @Test func chartsAreCheckedBeforehand() throws {
        try withTemporaryFolder { folder in
            let workspace = try workspace(in: folder)
            let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write(
                "plumbline.yaml",
                text + Self.phases.replacing("network: east", with: "team: A")
                    + "  culture.trust: { phases: [ { start: 2025-01-01, reason: new } ] }\n")
            let checked = try workspace.plumb("check")
            #expect(checked.status == 0, "warnings: \(checked.output) \(checked.errors)")
            let said = checked.output + checked.errors
            #expect(said.contains("about groups by team, which `by` does not have"))
            #expect(said.contains("starts phases of culture.trust, which has no chart"))
            try workspace.write("Measures/done.lua", Self.measure.replacing("\"anhoej\"", with: "\"anhoj\""))
            let refused = try workspace.plumb("check")
            #expect(refused.status == 1)
            #expect((refused.output + refused.errors).contains("did you mean `anhoej`?"))
        }
    }

    @Test(.enabled(if: Python.isAvailable, "needs the Python environment: run `make setup-test`"))
    func chartsKeepToTheSchema() throws {
        try withTemporaryFolder { folder in
            let workspace = try workspace(in: folder)
            let text = try String(contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write("plumbline.yaml", text + Self.phases)
            #expect(try workspace.night().status == 0)
            let target = workspace.folder.appending(path: "out")
            #expect(try workspace.plumb("feed", "export", "--to", target.path).status == 0)
            let script = """
                import json, pathlib, sys, jsonschema
                folder = pathlib.Path(sys.argv[1])
                for name in ["observations", "measures"]:
                    schema = json.loads((folder / f"schema/{name}.schema.json").read_text())
                    jsonschema.Draft202012Validator.check_schema(schema)
                    jsonschema.Draft202012Validator(schema).validate(json.loads((folder / f"{name}.json").read_text()))
                """
            let finished = try Python.run(script, [target.path])
            #expect(finished.status == 0, "\(finished.errors)")
        }
    }
}
