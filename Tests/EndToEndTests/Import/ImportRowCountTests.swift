import Foundation
import PlumblineTestSupport
import Statistics
import Testing

/// Every record of a file is loaded or rejected, and a reject says where it stands.
struct ImportRowCountTests {
    private static let dataset = """
          survey:
            class: staff
            person: respondent
            period: { column: submitted }
            keys: [respondent]
            codebook: survey.yaml
        """
    private static let codebook = "columns: { trust: { type: integer }, submitted: { type: date } }\n"

    @Test(arguments: MessySurvey.encodings.indices) func rowsInAreRowsLoadedAndRejected(index: Int) throws {
        let (name, encoding) = MessySurvey.encodings[index]
        var random = SplitMix64(seed: 101 + UInt64(index))
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": Self.codebook]) { workspace in
            for _ in 0..<8 {
                let survey = MessySurvey(&random, encoding: encoding)
                try workspace.write("load.csv", survey.bytes)
                let finished = try workspace.plumb(
                    "import", "survey", "load.csv", "--max-rejects", "1000", "--encoding", name)
                let report = try #require(try ImportFolder.Report.all(finished).first, "\(finished.errors)")
                #expect(report.rows_read == survey.recordCount)
                #expect(report.rows_read == report.rows_loaded + report.rows_rejected)
                #expect(report.networks.values.reduce(0, +) == report.rows_loaded)
                #expect(
                    try workspace.values("g.respondent:count()").values.compactMap(\.self).reduce(0, +)
                        == Double(report.rows_loaded))
                let listed = try RejectFile(report).rows.map { cells in
                    MessySurvey.Bad(
                        row: Int(cells[0]) ?? 0, line: Int(cells[1]) ?? 0, byte: Int(cells[2]) ?? -1, column: cells[3])
                }
                #expect(listed == survey.bad)
                for (bad, beginning) in zip(listed, survey.beginnings) {
                    #expect(Array(survey.bytes[bad.byte...].prefix(beginning.count)) == beginning)
                }
            }
        }
    }

    /// A record of 20 million bytes, with line breaks and quotes in it, is a row like others.
    @Test func aVeryLongRecord() throws {
        try ImportFolder.with { workspace in
            let path = workspace.folder.appending(path: "long.csv").path
            let script = """
                { printf 'respondent,network,note,submitted\\na,east,"'; yes 'a line, of ""text""' | head -c 20000000
                  printf '",2025-10-01\\nb,east,x,2025-10-02\\nc,east\\n'; } > "$1"
                """
            #expect(try run(URL(filePath: "/bin/sh"), ["-c", script, "sh", path]).status == 0)
            let finished = try workspace.plumb("import", "survey", "long.csv", "--max-rejects", "1")
            let report = try #require(try ImportFolder.Report.all(finished).first, "\(finished.errors)")
            #expect(report.rows_read == 3)
            #expect(report.rows_loaded == 2)
            let rejects = try RejectFile(report)
            #expect(rejects.rows.map { Array($0.prefix(2)) } == [["3", "\(4 + 20_000_000 / 20)"]])
            #expect(try workspace.values("g.note:distinct()") == ["": 2])
        }
    }

    /// Wide files take time in proportion to their columns.
    @Test func tenThousandColumns() throws {
        try ImportFolder.with { workspace in
            let names = (0..<10_000).map { "item \($0)" }
            let header = (["respondent", "network", "submitted"] + names).joined(separator: ",")
            let rows = (0..<3).map { row in
                (["p\(row)", "east", "2025-10-01"] + names.indices.map { "\(($0 + row) % 7)" }).joined(separator: ",")
            }
            let report = try workspace.load(([header] + rows).joined(separator: "\n"))
            #expect(report.columns.count == 10_003)
            #expect(report.rows_loaded == 3)
            #expect(report.type("item 9999") == "integer")
            let shown = try workspace.plumb("data", "survey").json()["datasets"] as? [[String: Any]]
            #expect((shown?.first?["columns"] as? [Any])?.count == 10_003)
        }
    }
}
