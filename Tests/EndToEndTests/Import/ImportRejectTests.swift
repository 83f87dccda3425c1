import Foundation
import PlumblineTestSupport
import Testing

/// Rows that cannot be read are rejected whole and listed; too many of them, and nothing is imported.
struct ImportRejectTests {
    private static let codebook = "columns: { trust: { type: integer }, day: { type: date } }"
    private static let dataset =
        "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: survey.yaml }"

    /// Bytes and lines are those of the file, after letters of several bytes and line breaks in quotes.
    private static let text =
        "respondent,network,note,trust,submitted\r\n"
        + "a,east,\"two\r\nlines é\",4,2025-10-01\r\n"
        + "b,east,,many,2025-10-01\r\n"
        + "c,north,,4,2025-10-01\r\n"
        + "d,east,,4\r\n"
        + "\r\n"
        + "e,east,\"=cmd()\",4,\"1. 10., 2025\"\r\n"
        + "f,west,ok,5,2025-10-02\r\n"

    @Test func theListSaysWhereAndWhy() throws {
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": Self.codebook]) { workspace in
            let report = try workspace.load(Self.text, "--max-rejects", "4")
            #expect(report.rows_read == 6)
            #expect(report.rows_loaded == 2)
            #expect(report.rows_rejected == 4)
            #expect(report.networks == ["east": 1, "west": 1])
            let path = try #require(report.reject_file)
            #expect(path.hasSuffix(".plumbline/rejects/survey/load.csv"))
            let rejects = try RejectFile(report)
            #expect(rejects.header == "row,line,byte,column,reason")
            #expect(rejects.rows.map { $0[0] } == ["2", "3", "4", "5"])
            #expect(rejects.rows.map { $0[1] } == ["4", "5", "6", "8"])
            let bytes = Array(Self.text.utf8)
            let begins = rejects.rows.map { Int($0[2]).map { String(decoding: bytes[$0...($0 + 1)], as: UTF8.self) } }
            #expect(begins == ["b,", "c,", "d,", "e,"])
            #expect(rejects.columns == ["trust", "network", "", "submitted"])
            #expect(
                rejects.reasons == [
                    "`many` is not a whole number", "`north` is no network of plumbline.yaml",
                    "the row has 4 cells, the header has 5",
                    "`1. 10., 2025` is not a time such as 2026-11-04T06:00",
                ])
        }
    }

    @Test func oneMoreThanAllowedAndNothingIsImported() throws {
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": Self.codebook]) { workspace in
            try workspace.load("respondent,network,trust,submitted\na,east,1,2025-10-01\n", as: "before")
            let before = try workspace.state()
            try workspace.write("load.csv", Self.text)
            let refused = try workspace.plumb("import", "survey", "load.csv", "--max-rejects", "3")
            #expect(refused.status == 3)
            #expect(refused.errorCode == "too_many_rejects")
            let message = try #require(refused.errorMessage)
            #expect(message.contains("4 of 6 rows of load.csv cannot be read, more than --max-rejects 3"))
            #expect(message.contains("line 4, column `trust`: `many` is not a whole number"))
            #expect(refused.errorPlace["line"] as? Int == 4)
            #expect(refused.errorPlace["byte"] as? Int == 78)
            #expect(try workspace.state() == before)
        }
    }

    /// A rejected row leaves nothing behind, though its first cells could be read.
    @Test func rejectedRowsAreRejectedWhole() throws {
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": Self.codebook]) { workspace in
            let plain = try workspace.load(
                "respondent,network,role,trust,submitted\na,east,x,1,2025-10-01\n", as: "fall")
            let again = try workspace.load(
                "respondent,network,role,trust,submitted\nzz,east,new,oops,2025-10-01\na,east,x,1,2025-10-01\n",
                as: "fall",
                "--max-rejects", "1")
            #expect(again.unchanged, "the rows that were loaded are the very same")
            #expect(again.load_id == plain.load_id)
            let other = try workspace.load(
                "respondent,network,role,trust,submitted\nzz,west,new,oops,2025-10-01\na,east,x,1,2025-10-01\n",
                as: "fall", "--max-rejects", "1")
            #expect(other.load_id == plain.load_id, "a network all of whose rows are rejected is not there")
            #expect(other.networks == ["east": 1])
        }
    }

    @Test func theListGoesWhenNothingIsRejected() throws {
        try ImportFolder.with { workspace in
            let bad = "respondent,network,submitted\na,east,soon\nb,east,2025-10-01\n"
            let first = try workspace.load(bad, "--max-rejects", "1")
            let path = try #require(first.reject_file)
            #expect(FileManager.default.fileExists(atPath: path))
            let second = try workspace.load(bad.replacing("soon", with: "2025-10-02"))
            #expect(second.reject_file == nil)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func aReasonCannotRunInASpreadsheet() throws {
        try ImportFolder.with(
            datasets:
                "  survey: { class: staff, person: respondent, period: { column: submitted }, keys: [respondent] }"
        ) { workspace in
            let report = try workspace.load(
                "respondent,network,submitted\na,east,=1+1\nb,east,\"x\"\"y\nz\"\nc,east,2025-10-01\n", "--max-rejects",
                "2")
            let text = try String(contentsOfFile: try #require(report.reject_file), encoding: .utf8)
            #expect(
                text == """
                    row,line,byte,column,reason
                    1,2,29,submitted,`=1+1` is not a time such as 2026-11-04T06:00
                    2,3,41,submitted,"`x""y
                    z` is not a time such as 2026-11-04T06:00"

                    """)
        }
    }

    @Test func limitsThatMakeNoSense() throws {
        try ImportFolder.with { workspace in
            try workspace.write("a.csv", "respondent,network,submitted\na,east,2025-10-01\n")
            for limit in ["--max-rejects=-1", "--max-rejects=many", "--as=", "--format=xlsx"] {
                let finished = try workspace.plumb("import", "survey", "a.csv", limit)
                #expect(finished.status == 2, "\(limit)")
            }
        }
    }
}
