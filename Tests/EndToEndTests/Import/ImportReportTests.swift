import Foundation
import PlumblineTestSupport
import Testing

/// What an import says, to people and to programs.
struct ImportReportTests {
    private static let rows =
        "respondent,network,trust,submitted\na,east,4,2025-10-01\nb,west,,2025-10-02\nc,north,1,2025-10-02\n"

    @Test func forPrograms() throws {
        try ImportFolder.with { workspace in
            try workspace.write("fall.csv", Self.rows)
            let finished = try workspace.plumb("import", "survey", "fall.csv", "--max-rejects", "1")
            #expect(finished.status == 0)
            #expect(finished.errors.hasPrefix("survey/fall: 2 of 3 rows"), "for people who watch")
            let json = try finished.json()
            #expect(Set(json.keys) == ["imports"])
            let report = try #require((json["imports"] as? [[String: Any]])?.first)
            #expect(
                Set(report.keys) == [
                    "dataset", "load", "load_id", "snapshot_id", "unchanged", "dry_run", "rows_read", "rows_loaded",
                    "rows_rejected", "networks", "reject_file", "columns", "notes",
                ])
            #expect(report["dataset"] as? String == "survey")
            #expect(report["load"] as? String == "fall")
            #expect(report["rows_read"] as? Int == 3)
            #expect(report["networks"] as? [String: Int] == ["east": 1, "west": 1])
            let columns = report["columns"] as? [[String: Any]] ?? []
            #expect(columns.map { Set($0.keys) } == columns.map { _ in ["name", "type", "missing"] })
            #expect(columns.map { $0["missing"] as? Int } == [0, 1, 0, 0])
        }
    }

    @Test func forPeople() throws {
        try ImportFolder.with { workspace in
            try workspace.write("fall.csv", Self.rows)
            let finished = try run(
                BuiltProgram.plumb, ["import", "survey", "fall.csv", "--max-rejects", "1"], in: workspace.folder)
            let lines = finished.output.split(separator: "\n").map(String.init)
            #expect(lines.count == 3)
            #expect(lines[0] == "survey/fall: 2 of 3 rows, 4 columns (east 1, west 1)")
            #expect(lines[1].wholeMatch(of: /load load_[0-9a-f]{16}, snapshot snap_[0-9a-f]{16}/) != nil)
            #expect(lines[2].hasPrefix("1 rows were rejected, see "))
            #expect(lines[2].hasSuffix(".plumbline/rejects/survey/fall.csv"))
            let dry = try run(
                BuiltProgram.plumb, ["import", "survey", "fall.csv", "--max-rejects", "1", "--dry-run"],
                in: workspace.folder)
            #expect(dry.output.contains("nothing was kept (--dry-run)"))
        }
    }

    @Test func failuresForBoth() throws {
        try ImportFolder.with { workspace in
            try workspace.write("fall.csv", Self.rows)
            let finished = try workspace.plumb("import", "survey", "fall.csv")
            #expect(finished.status == 3)
            #expect(Set(try finished.json().keys) == ["error"])
            #expect(finished.errorCode == "too_many_rejects")
            #expect(finished.errorPlace["line"] as? Int == 4)
            #expect(finished.errors.hasPrefix("error: 1 of 3 rows of fall.csv cannot be read"))
            let people = try run(BuiltProgram.plumb, ["import", "survey", "fall.csv"], in: workspace.folder)
            #expect(people.output.isEmpty)
            #expect(people.errors == finished.errors)
        }
    }

    /// A codebook beside the workspace's own, for one import.
    @Test func anotherCodebook() throws {
        try ImportFolder.with { workspace in
            try workspace.write("books/other.yaml", "columns: { trust: { type: text } }")
            let report = try workspace.load(Self.rows, "--max-rejects", "1", "--codebook", "books/other.yaml")
            #expect(report.type("trust") == "text")
            try workspace.write("books/other.yaml", "columns: { trust: { typ: text } }")
            let refused = try workspace.plumb("import", "survey", "load.csv", "--codebook", "books/other.yaml")
            #expect(refused.status == 3)
            #expect(refused.errorCode == "bad_codebook")
            #expect(refused.errorMessage?.contains("did you mean `type`?") == true)
        }
    }

    @Test func theSameRowsUnderAnotherNameAreNoticed() throws {
        try ImportFolder.with { workspace in
            let text = "respondent,network,trust,submitted\na,east,4,2025-10-01\n"
            #expect(try workspace.load(text, as: "one").notes.isEmpty)
            let twin = try workspace.load(text, as: "two")
            #expect(twin.notes.contains { $0.hasPrefix("The load `one` has the very same rows") })
            #expect(try workspace.load(text, as: "one").notes.contains { $0.hasPrefix("The load `two`") })
        }
    }

    @Test func aSourceThatNearlyFitsIsNamed() throws {
        let codebook = """
            sources:
              portal: { columns: { resp_id: respondent, date: submitted } }
              forms: { columns: { Q1: trust } }
            """
        let survey =
            "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: c.yaml }"
        try ImportFolder.with(datasets: survey, codebooks: ["c.yaml": codebook]) { workspace in
            let report = try workspace.load("respondent,network,date,submitted\na,east,x,2025-10-01\n")
            #expect(
                report.notes == ["The codebook's source `portal` was not used: the file has no `resp_id`."])
        }
    }

    @Test(arguments: [
        ("  survey: { class: staff, person: respondent }", "network,trust\neast,4\n", "no column `respondent`"),
        (
            "  survey: { class: staff, persons: { count: enrolled, of: [school] } }", "network,school\neast,A\n",
            "no column `enrolled`"
        ),
        (
            "  survey: { class: staff, persons: { count: enrolled, of: [network, school] } }",
            "network,enrolled\neast,4\n", "no column `school`"
        ),
    ])
    func columnsThatTellPersonsMustBeThere(dataset: String, text: String, message: String) throws {
        try ImportFolder.with(datasets: dataset) { workspace in
            try workspace.write("load.csv", text)
            let finished = try workspace.plumb("import", "survey", "load.csv")
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains(message) == true)
            #expect(finished.errorMessage?.contains("by which the persons of `survey` are counted") == true)
        }
    }

    @Test func aFileOfRejectsOnlyIsNoLoad() throws {
        try ImportFolder.with { workspace in
            try workspace.write("load.csv", "respondent,network,trust,submitted\na,north,4,2025-10-01\n")
            let finished = try workspace.plumb("import", "survey", "load.csv", "--max-rejects", "10")
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains("None of the 1 rows of load.csv can be read") == true)
            #expect(finished.errorMessage?.contains("`north` is no network") == true)
        }
    }

    @Test(arguments: ["", "../up", "a/b", "a\u{1b}b", "a\nb", String(repeating: "x", count: 121)])
    func namesOfLoadsArePlain(name: String) throws {
        try ImportFolder.with { workspace in
            try workspace.write("load.csv", Self.rows)
            let finished = try workspace.plumb("import", "survey", "load.csv", "--as", name)
            #expect(finished.status == 2)
            #expect(finished.errorMessage?.contains("without slashes and control characters") == true)
        }
    }
}
