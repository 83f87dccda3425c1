import Foundation
import PlumblineTestSupport
import Testing

/// When rows were: by a column of days or moments, by labels of periods, or by what is said on the command line.
struct ImportPeriodTests {
    @Test func byAColumnOfDays() throws {
        try ImportFolder.with { workspace in
            let report = try workspace.load(
                "respondent,network,trust,submitted\na,east,1,2025-08-31\nb,east,2,2025-09-01\nc,east,3,2025-12-19\n"
                    + "d,east,4,2025-12-20\ne,east,5,2026-02-01\nf,east,6,\n")
            #expect(report.type("submitted") == "date")
            #expect(
                try workspace.values("g.trust:sum()", every: "wave") == ["2025-fall": 5, "2026-spring": 5],
                "an end is the day after the last")
            #expect(
                try workspace.values("g.trust:sum()", every: "month") == [
                    "2025-08": 1, "2025-09": 2, "2025-12": 7, "2026-02": 5,
                ])
            #expect(try workspace.values("g.trust:sum()") == ["": 21], "a row without a day is still a row")
        }
    }

    /// Days begin in the workspace's zone, five or six hours after UTC's.
    @Test func byAColumnOfMoments() throws {
        try ImportFolder.with { workspace in
            let report = try workspace.load(
                "respondent,network,trust,submitted\na,east,1,2025-09-01T04:59:59Z\nb,east,2,2025-09-01T05:00Z\n"
                    + "c,east,4,2025-09-01 00:00\nd,east,8,2025-08-31T23:59\ne,east,16,2025-12-20T06:59+01:00\n"
                    + "f,east,32,2025-12-20T07:00+01:00\ng,east,64,2025-09-01\n")
            #expect(report.type("submitted") == "timestamp")
            #expect(try workspace.values("g.trust:sum()", every: "wave") == ["2025-fall": 86])
        }
    }

    /// Clocks went forward on 2026-03-08 at 02:00 and back on 2026-11-01 at 02:00.
    @Test func momentsThatNeverWereAndThatWereTwice() throws {
        try ImportFolder.with { workspace in
            let report = try workspace.load(
                "respondent,network,submitted\na,east,2026-03-08T01:59\nb,east,2026-03-08T02:00\n"
                    + "c,east,2026-03-08T02:59:59\nd,east,2026-03-08T03:00\ne,east,2026-11-01T01:30\n"
                    + "f,east,2026-03-08T02:30-06:00\n", "--max-rejects", "2")
            let rejects = try RejectFile(report)
            #expect(
                rejects.rows.map { Array($0[..<4]) } == [
                    ["2", "3", "53", "submitted"], ["3", "4", "77", "submitted"],
                ])
            #expect(
                rejects.reasons[0] == "`2026-03-08T02:00` never was: clocks in America/Chicago were set forward then")
            // The first of the two half past ones was at 06:30 UTC, 18 days and a bit before 20 November.
            let first = try workspace.values("days(\"2026-11-01\") + 6.5 / 24 - g.submitted:max()")
            #expect(abs((first[""] ?? nil) ?? 1) < 1e-9)
        }
    }

    @Test func byLabelsOfWaves() throws {
        let dataset = "  survey: { class: staff, person: respondent, period: { column: wave, kind: wave } }"
        try ImportFolder.with(datasets: dataset) { workspace in
            let report = try workspace.load(
                "respondent,network,trust,wave\na,east,1,2026-spring\nb,east,2,2025-fall\nc,east,4,2025-fal\n"
                    + "d,east,8,2025-10-01\ne,east,16,\n", "--max-rejects", "2")
            #expect(
                try RejectFile(report).reasons == [
                    "`2025-fal` is no wave of the calendar in plumbline.yaml",
                    "`2025-10-01` is no wave of the calendar in plumbline.yaml",
                ])
            #expect(
                report.columns.map(\.name) == ["respondent", "trust", "wave", "network"], "the host's column is its own"
            )
            #expect(try workspace.values("g.trust:sum()", every: "wave") == ["2025-fall": 2, "2026-spring": 1])
            #expect(try workspace.values("g.trust:sum()") == ["": 19])
        }
    }

    @Test(arguments: [
        ("month", "2025-10", "2025-11"), ("week", "2025-W40", "2025-W45"), ("quarter", "2025-Q4", "2026-Q1"),
        ("school_year", "2025-26", "2026-27"), ("day", "2025-10-01", "2025-11-01"),
    ])
    func byLabelsOfOtherPeriods(kind: String, first: String, second: String) throws {
        let dataset = "  survey: { class: staff, person: respondent, period: { column: time, kind: \(kind) } }"
        try ImportFolder.with(datasets: dataset) { workspace in
            try workspace.load("respondent,network,trust,time\na,east,1,\(first)\nb,east,2,\(second)\n")
            #expect(try workspace.values("g.trust:sum()", every: kind) == [first: 1, second: 2])
        }
    }

    @Test func byTheCommandLine() throws {
        try ImportFolder.with { workspace in
            try workspace.load("respondent,network,trust\na,east,1\n", as: "fall", "--period", "2025-fall")
            try workspace.load("respondent,network,trust\na,east,2\n", as: "spring", "--period", "2026-spring")
            try workspace.load("respondent,network,trust\na,east,4\n", as: "day", "--period", "2026-03-01")
            #expect(try workspace.values("g.trust:sum()", every: "wave") == ["2025-fall": 1, "2026-spring": 6])
        }
        let labelled = "  survey: { class: staff, person: respondent, period: { column: wave, kind: wave } }"
        try ImportFolder.with(datasets: labelled) { workspace in
            try workspace.load("respondent,network,trust\na,east,1\n", as: "fall", "--period", "2025-fall")
            try workspace.load("respondent,network,trust,wave\na,east,2,2026-spring\n", as: "spring")
            #expect(try workspace.values("g.trust:sum()", every: "wave") == ["2025-fall": 1, "2026-spring": 2])
        }
    }

    @Test(
        arguments: [
            (
                "respondent,network,trust\na,east,1\n", "2025-autumn",
                "is no wave of plumbline.yaml (2025-fall, 2026-spring)"
            ),
            ("respondent,network,trust\na,east,1\n", "2026-W9999999999", "is no wave of plumbline.yaml"),
            ("respondent,network,submitted\na,east,2025-10-01\n", "2025-fall", "leave --period out"),
            ("respondent,network,submited\na,east,2025-10-01\n", nil, "did you mean `submited`?"),
            ("respondent,network,trust\na,east,1\n", nil, "map one to it in the codebook, or say --period"),
        ] as [(String, String?, String)])
    func periodsThatCannotBe(text: String, period: String?, message: String) throws {
        try ImportFolder.with { workspace in
            try workspace.write("a.csv", text)
            let options = period.map { ["--period", $0] } ?? []
            let finished = try run(
                BuiltProgram.plumb, ["import", "survey", "a.csv", "--json"] + options, in: workspace.folder)
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains(message) == true, "\(finished.errors)")
        }
    }

    /// A column that says when rows were cannot be text or a number.
    @Test(arguments: ["text", "number", "integer", "boolean"])
    func codebooksThatCallADayByAnotherName(type: String) throws {
        let dataset =
            "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: survey.yaml }"
        let codebook = "columns: { submitted: { type: \(type) } }"
        try ImportFolder.with(datasets: dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            try workspace.write("a.csv", "respondent,network,submitted\na,east,2025-10-01\n")
            let finished = try workspace.plumb("import", "survey", "a.csv")
            #expect(finished.status == 3)
            #expect(finished.errorCode == "bad_codebook")
            #expect(finished.errorMessage?.contains("call it date or timestamp") == true)
            try workspace.write("survey.yaml", codebook.replacing(type, with: "timestamp"))
            #expect(try workspace.plumb("import", "survey", "a.csv").status == 0)
        }
    }

    /// A period that is declared after the import may name a column that was loaded as text: its rows are in no period.
    @Test func periodsThatAreDeclaredLater() throws {
        try ImportFolder.with(datasets: "  survey: { class: staff, person: respondent }") { workspace in
            try workspace.load("respondent,network,trust,day\na,east,1,soon\nb,east,2,2025-10-01\n")
            let configuration = try String(
                contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
            try workspace.write(
                "plumbline.yaml",
                configuration.replacing("person: respondent }", with: "person: respondent, period: { column: day } }"))
            #expect(try workspace.values("g.trust:sum()", every: "wave").isEmpty)
            #expect(try workspace.values("g.trust:sum()") == ["": 3])
        }
    }

    @Test func aDatasetWithoutPeriods() throws {
        try ImportFolder.with(datasets: "  survey: { class: staff, person: respondent }") { workspace in
            try workspace.load("respondent,network,trust\na,east,1\n")
            #expect(try workspace.values("g.trust:sum()") == ["": 1])
            let finished = try workspace.plumb("import", "survey", "load.csv", "--period", "2025-fall")
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains("has no `period` in plumbline.yaml") == true)
        }
    }

    /// One load tells days, another moments: a day is a day here, not in UTC.
    @Test func daysAndMomentsInDifferentLoads() throws {
        try ImportFolder.with { workspace in
            try workspace.load("respondent,network,trust,submitted\na,east,1,2025-09-01\n", as: "days")
            try workspace.load("respondent,network,trust,submitted\nb,east,2,2025-09-01T00:00\n", as: "moments")
            #expect(try workspace.values("g.trust:sum()", every: "wave") == ["2025-fall": 3])
            #expect(try workspace.values("g.trust:sum()", every: "day") == ["2025-09-01": 3])
        }
    }
}
