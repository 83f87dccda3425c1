import Foundation
import PlumblineTestSupport
import Testing

/// An import is whole or not at all.
struct ImportWholeTests {
    private static let rows = "respondent,network,trust,submitted\na,east,4,2025-10-01\nb,west,5,2025-10-02\n"

    /// A file that is no table, and the place that is to blame.
    struct Bad: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var message: String
        var line: Int?
        var byte: Int?

        init(_ name: String, _ bytes: [UInt8], _ message: String, line: Int?, byte: Int? = nil) {
            (testDescription, self.bytes, self.message, self.line, self.byte) = (name, bytes, message, line, byte)
        }
    }

    private static let bad = [
        Bad("empty", [], "The file is empty", line: 1, byte: 0),
        Bad("blank", Array("\n\r\n".utf8), "The file is empty", line: 1, byte: 0),
        Bad(
            "header only", Array("respondent,network,trust,submitted\n".utf8), "has a header but no rows", line: 1,
            byte: 0),
        Bad(
            "cut in a quote", Array((rows + "c,east,\"4,2025-10-03\n").utf8),
            "The quote that opens in line 4 never closes",
            line: 4, byte: 82),
        Bad("not UTF-8", Array(rows.utf8) + [0xe9, 0x0a], "The file is not UTF-8 (line 4)", line: 4, byte: 75),
        Bad("half a letter of UTF-16", [0xff, 0xfe, 0x61, 0x00, 0x00], "is not utf-16le", line: nil, byte: 4),
        Bad("UTF-16 without a mark", [0x61, 0x00, 0x0a, 0x00], "The header holds NUL bytes", line: 1, byte: 0),
        Bad("ragged", Array((rows + "c,east\n").utf8), "the row has 2 cells, the header has 4", line: 4, byte: 75),
    ]

    @Test(arguments: bad)
    func badFilesChangeNothing(bad: Bad) throws {
        try ImportFolder.with { workspace in
            try workspace.load(Self.rows, as: "fall")
            let before = try workspace.state()
            try workspace.write("bad.csv", bad.bytes)
            let finished = try workspace.plumb("import", "survey", "bad.csv", "--as", "fall")
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains(bad.message) == true, "\(finished.errors)")
            #expect(finished.errors.contains(bad.message), "people read it on standard error")
            #expect((finished.errorPlace["file"] as? String)?.hasSuffix("bad.csv") == true)
            #expect(finished.errorPlace["line"] as? Int == bad.line)
            if let byte = bad.byte { #expect(finished.errorPlace["byte"] as? Int == byte) }
            #expect(try workspace.state() == before)
        }
    }

    @Test func filesThatAreNotThere() throws {
        try ImportFolder.with { workspace in
            try workspace.write("good.csv", Self.rows)
            let finished = try workspace.plumb("import", "survey", "good.csv", "absent.csv")
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains("absent.csv: The file cannot be read: No such file") == true)
            let data = try workspace.plumb("data", "survey").json()["datasets"] as? [[String: Any]]
            #expect(data?.first?["rows"] as? Int == 0)
        }
    }

    /// A good file and a bad one on one command line: neither is imported.
    @Test(arguments: bad)
    func severalFilesAreOneImport(bad: Bad) throws {
        try ImportFolder.with { workspace in
            try workspace.load(Self.rows, as: "fall")
            let before = try workspace.state()
            try workspace.write("good.csv", Self.rows)
            try workspace.write("bad.csv", bad.bytes)
            for files in [["good.csv", "bad.csv"], ["bad.csv", "good.csv"]] {
                let finished = try workspace.plumb("import", "survey", files[0], files[1])
                #expect(finished.status == 3)
                #expect(finished.errorMessage?.contains(bad.message) == true)
                #expect(try workspace.state() == before)
            }
        }
    }

    @Test func severalGoodFiles() throws {
        try ImportFolder.with { workspace in
            for name in ["b", "a", "c"] { try workspace.write("\(name).csv", Self.rows) }
            let finished = try workspace.plumb("import", "survey", "b.csv", "a.csv", "c.csv")
            let reports = try ImportFolder.Report.all(finished)
            #expect(reports.map(\.load) == ["b", "a", "c"])
            #expect(Set(reports.map(\.snapshot_id)).count == 1, "all are in the same snapshot")
            #expect(reports.allSatisfy { !$0.unchanged })
            #expect(try workspace.values("g.trust:count()") == ["": 6])
            try workspace.write("d.csv", Self.rows)
            let again = try ImportFolder.Report.all(try workspace.plumb("import", "survey", "a.csv", "d.csv"))
            #expect(again.map(\.unchanged) == [true, false])
        }
    }

    /// Two files of one name would be one load: the second would silently take the place of the first.
    @Test func twoFilesOfOneName() throws {
        try ImportFolder.with { workspace in
            for folder in ["east", "west"] { try workspace.write("\(folder)/fall.csv", Self.rows) }
            let finished = try workspace.plumb("import", "survey", "east/fall.csv", "west/fall.csv")
            #expect(finished.status == 2)
            #expect(finished.errorMessage?.contains("`fall`") == true)
            #expect(!FileManager.default.fileExists(atPath: workspace.folder.appending(path: ".plumbline/loads").path))
        }
    }

    @Test func theSameBytesTwiceChangeNothing() throws {
        try ImportFolder.with { workspace in
            let first = try workspace.load(Self.rows, as: "fall")
            #expect(!first.unchanged)
            let before = try workspace.state()
            let again = try workspace.load(Self.rows, as: "fall")
            #expect(again.unchanged)
            #expect(again.load_id == first.load_id)
            #expect(again.snapshot_id == first.snapshot_id)
            #expect(try workspace.state() == before)
            let shown = try run(BuiltProgram.plumb, ["import", "survey", "fall.csv"], in: workspace.folder)
            #expect(shown.output.contains("nothing changed: the same rows were loaded under this name before"))
        }
    }

    @Test func theSameNameReplaces() throws {
        try ImportFolder.with { workspace in
            let first = try workspace.load(Self.rows, as: "fall")
            let second = try workspace.load(Self.rows.replacing("a,east,4", with: "a,east,2"), as: "fall")
            #expect(second.load_id != first.load_id)
            #expect(try workspace.values("g.trust:sum()") == ["": 7])
            try workspace.load(Self.rows, as: "spring")
            #expect(try workspace.values("g.trust:sum()") == ["": 16])
            try workspace.write("other.csv", Self.rows)
            #expect(try workspace.plumb("import", "survey", "other.csv", "--as", "spring").status == 0)
            #expect(try workspace.values("g.trust:sum()") == ["": 16], "named by --as, not by its file")
        }
    }

    @Test func aDryRunKeepsNothing() throws {
        try ImportFolder.with { workspace in
            try workspace.load(Self.rows, as: "fall")
            let before = try workspace.state()
            let rows = Self.rows.replacing("trust", with: "mood") + "c,east,x,2025-10-03\n"
            let dry = try workspace.load(rows, as: "spring", "--dry-run", "--max-rejects", "1")
            #expect(dry.dry_run)
            #expect(dry.rows_read == 3)
            #expect(dry.type("mood") == "text")
            #expect(dry.load_id.hasPrefix("load_"))
            #expect(try workspace.state() == before)
            #expect(
                !FileManager.default.fileExists(atPath: workspace.folder.appending(path: ".plumbline/rejects").path))
            let real = try workspace.load(rows, as: "spring")
            #expect(real.load_id == dry.load_id, "a dry run tells the id")
            let refused = try workspace.plumb("import", "survey", "fall.csv", "--dry-run", "--period", "2025-fall")
            #expect(refused.status == 3, "it refuses what an import refuses")
        }
    }

    @Test func importsAtOnceAllArrive() throws {
        try ImportFolder.with { workspace in
            for number in 0..<8 { try workspace.write("load-\(number).csv", Self.rows) }
            let processes = try (0..<8).map { number in
                try BuiltProgram.start("import", "survey", "load-\(number).csv", in: workspace.folder)
            }
            for process in processes {
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
            }
            #expect(try workspace.values("g.trust:count()") == ["": 16])
        }
    }
}
