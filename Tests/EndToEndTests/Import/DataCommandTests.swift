import PlumblineTestSupport
import Testing

/// `plumb data`: what there is, and taking a load out.
struct DataCommandTests {
    private static let datasets =
        "  survey: { class: staff, person: respondent, period: { column: submitted } }\n"
        + "  roster: { class: staff, person: respondent }"
    private static let rows = "respondent,network,trust,submitted\na,east,4,2025-10-01\nb,west,,2025-10-02\n"

    private func datasets(_ finished: Finished) throws -> [[String: Any]] {
        #expect(finished.status == 0, "\(finished.errors)")
        return try finished.json()["datasets"] as? [[String: Any]] ?? []
    }

    @Test func whatThereIs() throws {
        try ImportFolder.with(datasets: Self.datasets) { workspace in
            #expect(try datasets(workspace.plumb("data")).map { $0["rows"] as? Int } == [0, 0], "before anything")
            let fall = try workspace.load(Self.rows, as: "fall")
            try workspace.load("respondent,network,submitted,role\nc,east,2026-03-01,coach\n", as: "spring")
            let all = try datasets(workspace.plumb("data"))
            #expect(all.map { $0["name"] as? String } == ["roster", "survey"])
            let survey = try #require(try datasets(workspace.plumb("data", "survey")).first)
            #expect(survey["rows"] as? Int == 3)
            let loads = survey["loads"] as? [[String: Any]] ?? []
            #expect(loads.map { $0["name"] as? String } == ["fall", "spring"])
            #expect(loads[0]["id"] as? String == fall.load_id)
            #expect(loads[0]["file"] as? String == "fall.csv")
            #expect(loads[0]["networks"] as? [String: Int] == ["east": 1, "west": 1])
            let columns = survey["columns"] as? [[String: Any]] ?? []
            let missing = columns.map { "\($0["name"] ?? "") \($0["type"] ?? "") \($0["missing"] ?? "")" }
            #expect(
                missing == [
                    "respondent text 0", "trust integer 2", "submitted date 0", "network text 0", "role text 2",
                ], "a load that lacks a column lacks its values")
        }
    }

    @Test func forPeople() throws {
        try ImportFolder.with(datasets: Self.datasets) { workspace in
            try workspace.load(Self.rows, as: "fall")
            let all = try run(BuiltProgram.plumb, ["data"], in: workspace.folder)
            #expect(all.output.contains("dataset  loads  rows  columns  snapshot"))
            #expect(all.output.contains("\nsurvey       1     2        4  snap_"))
            let one = try run(BuiltProgram.plumb, ["data", "survey"], in: workspace.folder)
            #expect(one.output.contains("\nfall     2         0  east,west  fall.csv  load_"))
            #expect(one.output.contains("\ntrust       integer        1\n"))
        }
    }

    @Test func unknownDatasets() throws {
        try ImportFolder.with(datasets: Self.datasets) { workspace in
            for command in [
                ["data", "survye"], ["import", "survye", "x.csv"], ["eval", "--expr", "1", "--from", "survye"],
            ] {
                let finished = try run(BuiltProgram.plumb, command + ["--json"], in: workspace.folder)
                #expect(finished.status == 2)
                #expect(finished.errorMessage?.contains("did you mean `survey`?") == true)
            }
        }
    }

    @Test func takingALoadOut() throws {
        try ImportFolder.with(datasets: Self.datasets) { workspace in
            let fall = try workspace.load(Self.rows, as: "fall")
            try workspace.load(Self.rows, as: "spring")
            let removed = try workspace.plumb("data", "remove", "spring")
            #expect(removed.status == 0)
            #expect(try removed.json()["dataset"] as? String == "survey")
            #expect(try removed.json()["snapshot_id"] as? String == fall.snapshot_id, "as it was before it came")
            #expect(try workspace.values("g.trust:count()") == ["": 1])
            #expect(try workspace.plumb("data", "remove", "spring").status == 2, "it is gone")
            #expect(try workspace.plumb("data", "remove", fall.load_id).status == 0, "by its id")
            let empty = try workspace.plumb("eval", "--expr", "g.trust:count()")
            #expect(empty.status == 3)
            #expect(empty.errorMessage?.contains("has no data yet") == true)
            let back = try workspace.load(Self.rows, as: "fall")
            #expect(back.load_id == fall.load_id, "its history stayed")
        }
    }

    @Test func whichLoadIsMeant() throws {
        try ImportFolder.with(datasets: Self.datasets) { workspace in
            try workspace.load(Self.rows, as: "fall")
            try workspace.load(Self.rows, into: "roster", as: "fall")
            let unclear = try workspace.plumb("data", "remove", "fall")
            #expect(unclear.status == 2)
            #expect(unclear.errorMessage?.contains("say which of roster/fall, survey/fall") == true)
            let slip = try workspace.plumb("data", "remove", "fal")
            #expect(slip.errorMessage?.contains("did you mean `fall`?") == true)
            #expect(try workspace.plumb("data", "remove", "roster/fall").status == 0)
            #expect(try workspace.plumb("data", "remove", "fall").status == 0)
        }
    }
}
