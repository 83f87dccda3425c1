import PlumblineTestSupport
import Testing

/// What columns are: found over the whole file, unless the codebook or what they stand for says it.
struct ImportTypeTests {
    private static let dataset = """
          survey:
            class: staff
            person: respondent
            person_columns: [mentor]
            period: { column: submitted }
            keys: [ticket]
            codebook: survey.yaml
        """

    @Test func typesAreFoundOverTheWholeFile() throws {
        try ImportFolder.with { workspace in
            // The last row decides about `late`, whatever the thousand before it look like.
            let rows = (0..<1_000).map {
                "p\($0),east,\($0),\($0).5,yes,2025-10-01,2025-10-01T08:00,00\($0 % 10),\($0),2025-10-01"
            }
            let report = try workspace.load(
                "respondent,network,whole,real,truth,day,moment,code,late,submitted\n" + rows.joined(separator: "\n")
                    + "\nq,east,-1,1e3,NO,2025-11-01,2025-11-01,01,n/a,2025-10-01\n")
            let types = Dictionary(uniqueKeysWithValues: report.columns.map { ($0.name, $0.type) })
            #expect(
                types == [
                    "respondent": "text", "network": "text", "whole": "integer", "real": "number", "truth": "boolean",
                    "day": "date", "moment": "timestamp", "code": "text", "late": "text", "submitted": "date",
                ])
            #expect(try workspace.values("g.truth:share()") == ["": 1_000.0 / 1_001])
            #expect(try workspace.values("g.code:is(\"007\"):count()") == ["": 100])
        }
    }

    @Test func theCodebookDecides() throws {
        let codebook = """
            columns:
              zip: { type: text }
              minutes: { type: number }
              day: { type: date }
              score: { type: integer }
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            let report = try workspace.load(
                "respondent,network,ticket,zip,minutes,day,score,submitted\na,east,1,60601,5,2025-10-01,3,2025-10-01\n"
                    + "b,east,2,60602,6,2025-10-01T08:00,4,2025-10-01\nc,east,3,60603,7,2025-10-02,4.5,2025-10-01\n",
                "--max-rejects", "2")
            #expect(report.type("zip") == "text")
            #expect(report.type("minutes") == "number")
            #expect(report.type("day") == "date")
            #expect(report.type("score") == "integer")
            #expect(
                try RejectFile(report).reasons == [
                    "`2025-10-01T08:00` is not a date such as 2026-11-04", "`4.5` is not a whole number",
                ])
        }
    }

    /// Persons, dimensions and keys are names: `7` and `07` are two of them.
    @Test func namesAreTexts() throws {
        let more = "dimensions: { cohort: { in: network } }"
        try ImportFolder.with(datasets: Self.dataset, more: more, codebooks: ["survey.yaml": ""]) { workspace in
            let report = try workspace.load(
                "respondent,mentor,network,school,cohort,ticket,age,submitted\n7,8,east,12,2025,1,40,2025-10-01\n"
                    + "07,8,east,012,2025,01,50,2025-10-01\n")
            for name in ["respondent", "mentor", "network", "school", "cohort", "ticket"] {
                #expect(report.type(name) == "text", "\(name)")
            }
            #expect(report.type("age") == "integer")
            #expect(try workspace.values("g.respondent:distinct()") == ["": 2])
            #expect(try workspace.values("g:where(g.school:is(\"012\")).age:sum()", by: "cohort") == ["2025,east": 50])
        }
    }

    @Test func columnsCalledLikeVerbs() throws {
        try ImportFolder.with { workspace in
            let report = try workspace.load("respondent,network,n,where,submitted\na,east,3,hall,2025-10-01\n")
            #expect(report.notes.count == 2)
            #expect(report.notes[0].contains("g:column(\"n\")"))
            #expect(try workspace.values("g:column(\"n\"):sum()") == ["": 3])
        }
    }

    /// A column that is something else than in an earlier load is refused, and the earlier load stays.
    @Test(arguments: [
        ("3", "high", "integer", "text"), ("high", "3", "text", "integer"), ("2025-10-01", "4", "date", "integer"),
        ("yes", "1", "boolean", "integer"),
    ])
    func loadsThatDisagree(first: String, second: String, before: String, now: String) throws {
        try ImportFolder.with { workspace in
            try workspace.load("respondent,network,score,submitted\na,east,\(first),2025-10-01\n", as: "fall")
            let state = try workspace.state()
            try workspace.write("other.csv", "respondent,network,score,submitted\na,east,\(second),2026-03-01\n")
            let finished = try workspace.plumb("import", "survey", "other.csv", "--as", "spring")
            #expect(finished.status == 3)
            let message = "The column `score` is \(now) in other.csv, but \(before) in the load `fall`"
            #expect(finished.errorMessage?.contains(message) == true, "\(finished.errors)")
            #expect(try workspace.state() == state)
            let replacing = try workspace.plumb("import", "survey", "other.csv", "--as", "fall")
            #expect(replacing.status == 0, "nothing is left that disagrees")
        }
    }

    /// Columns that are blank in a whole file, and numbers with and without a fraction, go together.
    @Test func loadsThatAgree() throws {
        try ImportFolder.with { workspace in
            let header = "respondent,network,score,note,submitted\n"
            try workspace.load(header + "a,east,3,,2025-10-01\n", as: "fall")
            try workspace.load(header + "a,east,3.5,late,2026-03-01T08:00\n", as: "spring")
            try workspace.load(header + "a,east,,,2026-10-01\n", as: "autumn")
            #expect(try workspace.values("g.score:sum()") == ["": 6.5])
        }
    }
}
