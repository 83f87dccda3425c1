import PlumblineTestSupport
import Testing

/// Declared keys catch the same row twice: in one file, and in two loads.
struct ImportKeyTests {
    private static func dataset(_ keys: String, period: String = "{ column: submitted }") -> String {
        "  survey: { class: staff, person: respondent, period: \(period), keys: [\(keys)] }"
    }

    @Test func inOneFile() throws {
        try ImportFolder.with(datasets: Self.dataset("respondent")) { workspace in
            let report = try workspace.load(
                "respondent,network,submitted\na,east,2025-10-01\na,west,2025-10-01\na,east,2025-10-02\n",
                "--max-rejects",
                "1")
            #expect(report.networks == ["east": 1, "west": 1], "networks name their people themselves")
            let rejects = try RejectFile(report)
            #expect(rejects.columns == ["respondent"])
            #expect(rejects.reasons == ["row 1 of the same file has the same key"])
        }
    }

    /// A row that was rejected for another reason does not keep its key from a good one.
    @Test func rejectedRowsHaveNoKey() throws {
        try ImportFolder.with(datasets: Self.dataset("respondent")) { workspace in
            let report = try workspace.load(
                "respondent,network,submitted\na,east,soon\na,east,2025-10-02\n", "--max-rejects", "1")
            #expect(report.rows_loaded == 1)
            #expect(try RejectFile(report).columns == ["submitted"])
        }
    }

    @Test func acrossLoads() throws {
        try ImportFolder.with(datasets: Self.dataset("respondent, submitted")) { workspace in
            let rows = "respondent,network,submitted\na,east,2025-10-01\nb,east,2025-10-01\n"
            try workspace.load(rows, as: "first")
            let second = try workspace.load(
                rows.replacing("b,east,2025-10-01", with: "b,east,2025-10-02"), as: "second", "--max-rejects", "1")
            #expect(second.rows_loaded == 1)
            #expect(try RejectFile(second).reasons == ["the load `first` has a row with the same key"])
            // The same name replaces: its own older rows do not count.
            let again = try workspace.load(rows + "c,east,2025-10-01\n", as: "first")
            #expect(again.rows_loaded == 3)
            _ = try workspace.plumb("data", "remove", "first")
            let third = try workspace.load(rows, as: "third")
            #expect(third.rows_loaded == 2, "nor do those of a load that was taken out")
        }
    }

    /// A key may be a moment: what counts is the moment, not how it was written.
    @Test func momentsAsKeys() throws {
        try ImportFolder.with(datasets: Self.dataset("respondent, submitted")) { workspace in
            try workspace.load("respondent,network,submitted\na,east,2025-10-01T08:00\n", as: "first")
            let second = try workspace.load(
                "respondent,network,submitted\na,east,2025-10-01 08:00:00\na,east,2025-10-01T13:00Z\n"
                    + "a,east,2025-10-01T08:01\n", as: "second", "--max-rejects", "2")
            #expect(second.rows_loaded == 1)
        }
    }

    /// The period may be told by the command line or by a label: the same person in two waves is two rows.
    @Test func periodsAsKeys() throws {
        let dataset = Self.dataset("respondent, wave", period: "{ column: wave, kind: wave }")
        try ImportFolder.with(datasets: dataset) { workspace in
            let rows = "respondent,network,trust\na,east,1\nb,east,2\n"
            #expect(try workspace.load(rows, as: "fall", "--period", "2025-fall").rows_loaded == 2)
            #expect(try workspace.load(rows, as: "spring", "--period", "2026-spring").rows_loaded == 2)
            let again = try workspace.load(
                "respondent,network,trust,wave\na,east,1,2025-fall\nc,east,2,2025-fall\n", as: "again", "--max-rejects",
                "1")
            #expect(try RejectFile(again).reasons == ["the load `fall` has a row with the same key"])
        }
        let dated = Self.dataset("respondent, submitted")
        try ImportFolder.with(datasets: dated) { workspace in
            let rows = "respondent,network,trust\na,east,1\n"
            try workspace.load(rows, as: "fall", "--period", "2025-fall")
            let again = try workspace.load(
                rows + "b,east,2\n", as: "again", "--period", "2025-fall", "--max-rejects", "1")
            #expect(again.rows_loaded == 1)
            #expect(try workspace.load(rows, as: "spring", "--period", "2026-spring").rows_loaded == 1)
        }
    }

    /// Several files on one command line are held against each other too.
    @Test func inFilesOfOneCommand() throws {
        try ImportFolder.with(datasets: Self.dataset("respondent")) { workspace in
            let rows = "respondent,network,submitted\na,east,2025-10-01\n"
            try workspace.write("one.csv", rows)
            try workspace.write("two.csv", rows)
            let finished = try workspace.plumb("import", "survey", "one.csv", "two.csv")
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains("the load `one` has a row with the same key") == true)
            #expect(try workspace.plumb("import", "survey", "one.csv").status == 0)
            // Both are replaced: the older rows of the one do not stand in the way of the other's.
            try workspace.write("one.csv", rows.replacing("a,", with: "b,"))
            let swapped = try workspace.plumb("import", "survey", "one.csv", "two.csv")
            #expect(swapped.status == 0, "\(swapped.errors)")
        }
    }

    /// Mapped values and codes for missing values count as what they stand for.
    @Test func keysAreReadThroughTheCodebook() throws {
        let dataset =
            "  survey: { class: staff, person: respondent, period: { column: submitted }, keys: [ticket], "
            + "codebook: survey.yaml }"
        let codebook = "columns: { ticket: { values: { I: 1 } } }"
        try ImportFolder.with(datasets: dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            try workspace.load("respondent,network,ticket,submitted\na,east,I,2025-10-01\n", as: "first")
            let second = try workspace.load(
                "respondent,network,ticket,submitted\na,east,1,2025-10-01\nb,east,II,2025-10-01\n", as: "second",
                "--max-rejects", "1")
            #expect(second.rows_loaded == 1)
        }
    }
}
