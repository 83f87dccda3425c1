import Foundation
import PlumblineTestSupport
import Testing

/// The night as the scheduler sees it.
struct NightTests {
    @Test func aNightPublishesWhatTheDataSay() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let night = try workspace.night()
            #expect(night.status == 0, "\(night.errors)")
            let letter = try night.json()
            #expect(letter["edition"] as? Int == 1)
            #expect((letter["tasks"] as? [String: Int]) == ["planned": 2, "reused": 0, "evaluated": 2, "failed": 0])
            #expect(letter["observations"] as? Int == 6)
            #expect(letter["suppressed"] as? Int == 1)
            let cells = try workspace.observations(of: "culture.trust")
            let shown = cells.map { cell in
                let group = (cell["group"] as? [String: String])?["network"] ?? "all"
                let period = (cell["period"] as? [String: Any])?["label"] as? String ?? ""
                return "\(group) \(period) \(cell["status"] ?? "") \(cell["value"] ?? "") \(cell["n"] ?? "")"
            }
            #expect(
                shown == [
                    "all 2025-fall ok 3.5 12", "all 2026-spring ok 3.5714285714285716 14", "east 2025-fall ok 4 8",
                    "east 2026-spring ok 4 8", "west 2025-fall suppressed <null> <null>", "west 2026-spring ok 3 6",
                ])
        }
    }

    @Test func aNightInWhichNothingChangedPublishesNothing() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            _ = try workspace.night()
            let second = try workspace.night()
            #expect(second.status == 0)
            let letter = try second.json()
            #expect(letter["edition"] is NSNull)
            #expect((letter["tasks"] as? [String: Int])?["reused"] == 2)
            // Another day changes nothing either, as long as no period ends in between.
            let later = try workspace.plumb("nightly", "--json", "--as-of", "2026-07-15")
            #expect(try later.json()["edition"] is NSNull)
            // Evaluating everything again comes to the same.
            let full = try workspace.night("--full")
            #expect(try full.json()["edition"] is NSNull)
            #expect((try full.json()["tasks"] as? [String: Int])?["evaluated"] == 2)
        }
    }

    @Test func withoutDataThereIsNothingToPublish() throws {
        try withTemporaryFolder { folder in
            #expect(try BuiltProgram.plumb("init", "ws", in: folder).status == 0)
            let night = try BuiltProgram.plumb("nightly", "--json", in: folder.appending(path: "ws"))
            #expect(night.status == 0)
            #expect(try night.json()["edition"] is NSNull)
        }
    }

    @Test func newDataMakeANewEdition() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            _ = try workspace.night()
            try workspace.write(
                "more.csv",
                "respondent,network,role,trust,submitted\nwest-8,west,teacher,6,2025-10-03\n")
            #expect(try workspace.plumb("import", "survey", "more.csv").status == 0)
            #expect(try workspace.night().json()["edition"] as? Int == 2)
            let west = try workspace.observations(of: "culture.trust").first {
                ($0["group"] as? [String: String]) == ["network": "west"]
                    && ($0["period"] as? [String: Any])?["label"] as? String == "2025-fall"
            }
            #expect(west?["value"] as? Double == 3.2)
        }
    }

    @Test func aPeriodThatIsNotOverIsProvisional() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            #expect(try workspace.plumb("nightly", "--as-of", "2026-04-01").status == 0)
            let statuses = try workspace.observations(of: "culture.trust").map { $0["status"] as? String }
            #expect(statuses == ["ok", "provisional", "ok", "provisional", "suppressed", "provisional"])
            // The day on which it ends makes it final, and rows after the day are not there yet.
            #expect(try workspace.plumb("nightly", "--json", "--as-of", "2026-06-01").json()["edition"] as? Int == 2)
            #expect(try workspace.plumb("nightly", "--json", "--as-of", "2026-02-15").json()["edition"] as? Int == 3)
            let labels = try workspace.observations(of: "culture.trust").map {
                ($0["period"] as? [String: Any])?["label"] as? String
            }
            #expect(labels == ["2025-fall", "2025-fall", "2025-fall"])
        }
    }

    @Test func audiencesSeeTheirOwn() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "networks/east/Measures/own.lua", SmallWorkspace.measure("own.trust", value: "return g.trust:mean()"))
            try workspace.write(
                "networks/west/Measures/own.lua", SmallWorkspace.measure("own.trust", value: "return g.trust:mean()"))
            #expect(try workspace.night().status == 0)
            #expect(try workspace.published("hub").contains(#""measure":"east/own.trust""#))
            #expect(try !workspace.published("hub").contains("west/own.trust"))
            let west = try workspace.published("west")
            #expect(west.contains(#""measure":"west/own.trust""#))
            #expect(!west.contains("east"))
            #expect(west.contains(#""group":{"network":"west"}"#))
            #expect(!west.contains(#""group":{}"#), "pooled cells would show a network the others")
            #expect(try workspace.published("public").isEmpty)
            let own = try workspace.observations(of: "west/own.trust", audience: "west")
            #expect(own.map { $0["value"] as? Double } == [nil, 3])
        }
    }

    @Test func onlyCarriesTheOthersOver() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "Measures/high.lua", SmallWorkspace.measure("culture.high", value: "return g.trust:at_least(4):share()")
            )
            #expect(try workspace.night().status == 0)
            let before = try workspace.published()
            try workspace.write(
                "more.csv", "respondent,network,role,trust,submitted\neast-9,east,teacher,1,2025-10-03\n")
            _ = try workspace.plumb("import", "survey", "more.csv")
            #expect(try workspace.night("--only", "culture.high").json()["edition"] as? Int == 2)
            let trust = { (text: String) in text.split(separator: "\n").filter { $0.contains("culture.trust") } }
            #expect(trust(try workspace.published()) == trust(before))
            #expect(try workspace.published() != before)
            let unknown = try workspace.night("--only", "culture.trsut")
            #expect(unknown.status == 2)
            #expect(unknown.errorMessage?.contains("did you mean `culture.trust`?") == true)
        }
    }

    @Test func aChangedDefinitionIsFlagged() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            _ = try workspace.night()
            let text = try String(contentsOf: workspace.folder.appending(path: "Measures/trust.lua"), encoding: .utf8)
            try workspace.write("Measures/trust.lua", text.replacing("1.0.0", with: "1.1.0"))
            #expect(try workspace.night().json()["edition"] as? Int == 2)
            let flags = try workspace.observations(of: "culture.trust").map { $0["flags"] as? [String] }
            #expect(flags.allSatisfy { $0 == ["definition_changed"] })
            #expect(try workspace.night().json()["edition"] is NSNull, "the flag stays, so nothing changes")
        }
    }

    @Test(arguments: [1, 2, 5]) func workersDoNotChangeABodyByAByte(workers: Int) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            for index in 0..<6 {
                try workspace.write(
                    "Measures/m\(index).lua",
                    SmallWorkspace.measure("m.m\(index)", value: "return g.trust:mean() + math.random() * 0 + \(index)")
                )
            }
            #expect(try workspace.night("--workers", "\(workers)").status == 0)
            let published = try workspace.published()
            let other = try SmallWorkspace(in: folder.appending(path: "other"))
            for index in 0..<6 {
                try other.write(
                    "Measures/m\(index).lua",
                    SmallWorkspace.measure("m.m\(index)", value: "return g.trust:mean() + math.random() * 0 + \(index)")
                )
            }
            #expect(try other.night("--workers", "1").status == 0)
            #expect(try other.published() == published)
        }
    }

    /// A quiet night says nothing, unless something failed.
    @Test func quietNightsAreQuiet() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let good = try workspace.plumb("nightly", "--quiet", "--as-of", "2026-06-30")
            #expect(good.status == 0 && good.output.isEmpty && good.errors.isEmpty)
            try workspace.write("Measures/bad.lua", SmallWorkspace.measure("bad.one", value: "return 0 / 0"))
            let bad = try workspace.plumb("nightly", "--quiet", "--as-of", "2026-06-30")
            #expect(bad.status == 1 && bad.output.isEmpty)
            #expect(bad.errors.hasPrefix("FAILED bad.one: invalid_result: "))
        }
    }

    /// A measure that cannot be read at all has no tasks that could fail.
    @Test func tasksAddUp() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write("Measures/bad.lua", "return measure {")
            try workspace.write("Measures/worse.lua", SmallWorkspace.measure("bad.two", value: "return 0 / 0"))
            let letter = try workspace.night().json()
            let tasks = try #require(letter["tasks"] as? [String: Int])
            #expect(tasks == ["planned": 4, "reused": 0, "evaluated": 4, "failed": 2])
            #expect((letter["failures"] as? [Any])?.count == 2)
        }
    }

    @Test func versionsAreRememberedAndTheirDayIsADay() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            #expect(try workspace.night().status == 0)
            let trust = try String(contentsOf: workspace.folder.appending(path: "Measures/trust.lua"), encoding: .utf8)
            for version in ["1.1.0", "2.0.0"] {
                try workspace.write("Measures/trust.lua", trust.replacing("\"1.0.0\"", with: "\"\(version)\""))
                #expect(try workspace.night().status == 0)
            }
            let measures = try workspace.exported("measures.json")
            #expect(measures.contains(#""versions":["1.0.0","1.1.0","2.0.0"]"#))
            let index = try workspace.exported("index.json")
            #expect(index.contains(/"published_at": "[0-9-]{10}T[0-9:]{8}Z"/))
            #expect(try workspace.published().contains(#""policy":"staff_survey@1; policy: primary only""#))
        }
    }

    /// A byte order mark that an editor left is no part of a script.
    @Test func scriptsMayBeginWithAByteOrderMark() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            try workspace.write(
                "Measures/mark.lua", "\u{feff}" + SmallWorkspace.measure("culture.mark", value: "return g.trust:mean()")
            )
            #expect(try workspace.night().status == 0)
            #expect(try workspace.observations(of: "culture.mark").count == 6)
        }
    }

    /// Where rows count people, n counts people only if they are what was counted out of.
    @Test func whatNCountsIsSaid() throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let configuration = try String(
                contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write(
                "plumbline.yaml",
                configuration.replacing(
                    "datasets:\n",
                    with:
                        "datasets:\n  outcomes: { class: student, persons: { count: enrolled, of: [school] }, n_kind: students }\n"
                ).replacing("privacy: {", with: "privacy: { student: { minimum: 10 },"))
            try workspace.write(
                "weeks.csv", "network,school,enrolled,absent\neast,A,30,3\neast,A,31,2\neast,B,20,5\n")
            #expect(try workspace.plumb("import", "outcomes", "weeks.csv").status == 0)
            func write(_ name: String, _ value: String) throws {
                let text = SmallWorkspace.measure("out.\(name)", value: value)
                    .replacing(
                        "\"survey\", columns = { \"trust\" }",
                        with: "\"outcomes\", columns = { \"absent\", \"enrolled\" }"
                    )
                    .replacing("\"wave\"", with: "\"all\"").replacing("{ {}, { \"network\" } }", with: "{ {} }")
                try workspace.write("Measures/\(name).lua", text)
            }
            try write("rate", "return proportion(g.absent:sum(), g.enrolled:sum())")
            try write("ratio", "return ratio(g.absent:sum(), g.enrolled:sum())")
            try write("plain", "return 5")
            #expect(try workspace.night().status == 0)
            for (name, n, kind) in [("rate", 81, "students"), ("ratio", 3, "rows"), ("plain", 51, "persons")] {
                let found = try #require(try workspace.observations(of: "out.\(name)").first)
                #expect(found["n"] as? Int == n && found["n_kind"] as? String == kind, "\(found)")
            }
        }
    }
}
