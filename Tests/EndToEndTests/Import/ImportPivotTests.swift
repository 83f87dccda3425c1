import PlumblineTestSupport
import Testing

/// Long answers: a row for each person and question.
struct ImportPivotTests {
    private static let dataset =
        "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: survey.yaml }"
    private static let codebook = """
        items: { trust: { missing: { not_applicable: [9] } } }
        sources:
          long:
            network: east
            pivot: { rows: [respondent, submitted], item: question, value: answer }
            columns: { Q1: trust }
        """

    @Test func longAnswersBecomeWideRows() throws {
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": Self.codebook]) { workspace in
            let report = try workspace.load(
                "respondent,question,answer,submitted,seconds\na,Q1,4,2025-10-01,3\nb,Q2,x,2025-10-01,4\n"
                    + "a,Q2,y,2025-10-01,5\nb,Q1,9,2025-10-01,6\na,Q1,2,2026-03-01,7\n")
            #expect(report.rows_loaded == 3)
            #expect(report.columns.map(\.name) == ["respondent", "submitted", "trust", "Q2", "network"])
            #expect(report.columns.map(\.type) == ["text", "date", "integer", "text", "text"])
            #expect(report.columns.map(\.missing) == [0, 0, 1, 1, 0])
            #expect(
                try workspace.values("g.trust:mean()", every: "wave") == ["2025-fall": 4, "2026-spring": 2])
            #expect(try workspace.values("g.trust:missing(\"not_applicable\"):count()") == ["": 1])
            #expect(try workspace.values("g.Q2:is(\"y\"):count()") == ["": 1])
        }
    }

    @Test func longRowsThatCannotBeRead() throws {
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": Self.codebook]) { workspace in
            let report = try workspace.load(
                "respondent,question,answer,submitted\na,Q1,4,2025-10-01\na,Q1,5,2025-10-01\nb,,5,2025-10-01\n"
                    + "c,Q1\nd,Q1,1,2025-10-01,extra\n", "--max-rejects", "4")
            #expect(report.rows_rejected == 4)
            #expect(report.rows_loaded == 1)
            let rejects = try RejectFile(report)
            #expect(rejects.rows.map { $0[1] } == ["3", "4", "5", "6"], "lines of the file")
            #expect(rejects.reasons[0] == "`Q1` was answered before on the same sheet")
            #expect(rejects.reasons[1] == "the row names no item")
            #expect(rejects.reasons[2] == "the row has 2 cells, the header has 4")
            #expect(rejects.reasons[3] == "the row has 5 cells, the header has 4")
            #expect(try workspace.values("g.trust:mean()") == ["": 4])
        }
    }

    @Test func aPivotNeedsItsColumns() throws {
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": Self.codebook]) { workspace in
            try workspace.write("a.csv", "respondent,item,answer,submitted\na,Q1,4,2025-10-01\n")
            let finished = try workspace.plumb("import", "survey", "a.csv", "--source", "long")
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains("no column `question`, which the codebook's `pivot` needs") == true)
        }
    }
}
