import Foundation
import PlumblineTestSupport
import Testing

/// How files are written: what is found out, what the codebook says, what the command line says.
struct ImportWritingTests {
    private static let header = "respondent,network,score,submitted\n"

    @Test func blankLinesAndCommentsAboveTheHeader() throws {
        try ImportFolder.with { workspace in
            for (number, head) in ["# c\n\n#d\n", "\n\n# c\n", "# c\n#d\n\n", "\r\n#c\r\n"].enumerated() {
                let report = try workspace.load(head + Self.header + "a,east,4,2025-10-01\n", as: "load-\(number)")
                #expect(report.rows_read == 1)
                #expect(report.type("score") == "integer")
            }
        }
    }

    /// A header of very many equal names is mended in one pass, and told in a few sentences.
    @Test func veryManyEqualNames() throws {
        try ImportFolder.with { workspace in
            let count = 20_000
            let names = String(repeating: ",c", count: count)
            let cells = String(repeating: ",1", count: count)
            let report = try workspace.load(
                "respondent,network,submitted\(names)\na,east,2025-10-01\(cells)\n", as: "wide")
            #expect(report.columns.count == count + 3)
            #expect(report.type("c_20000") == "integer")
            #expect(report.notes.count < 40)
            #expect(try workspace.values("g.c_20000:sum()") == ["": 1])
        }
    }

    /// Measures compute with doubles: a number that no double holds is a text, or is rejected.
    @Test func numbersThatNoDoubleHolds() throws {
        let codebook = "columns: { ticket: { type: integer } }"
        let dataset = "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: c.yaml }"
        try ImportFolder.with(datasets: dataset, codebooks: ["c.yaml": codebook]) { workspace in
            let report = try workspace.load(
                "respondent,network,id,ticket,submitted\na,east,9007199254740993,1,2025-10-01\n"
                    + "b,east,9007199254740992,9007199254740993,2025-10-01\n", as: "fall", "--max-rejects", "1")
            #expect(report.type("id") == "text")
            #expect(report.rows_rejected == 1)
            #expect(try workspace.values("g.id:is(\"9007199254740993\"):count()") == ["": 1])
        }
    }

    @Test func theReasonNamesTheZoneOfTheClocks() throws {
        let codebook =
            "columns: { a: { type: timestamp, dates: \"%m/%d/%Y %I:%M %p\", time_zone: Europe/Berlin } }"
        let dataset = "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: c.yaml }"
        try ImportFolder.with(datasets: dataset, codebooks: ["c.yaml": codebook]) { workspace in
            try workspace.write(
                "a.csv", "respondent,network,a,submitted\nx,east,3/31/2024 2:30 AM,2025-10-01\n")
            let finished = try workspace.plumb("import", "survey", "a.csv")
            #expect(finished.errors.contains("clocks in Europe/Berlin were set forward then"))
        }
    }

    @Test(arguments: ["9999-12-31T23:59:59-18:00", "0001-01-01T00:00:00+18:00"])
    func momentsOutsideTheCalendar(time: String) throws {
        try ImportFolder.with { workspace in
            try workspace.write(
                "a.csv",
                "respondent,network,a,submitted\nx,east,\(time),2025-10-01\ny,east,2025-01-01T00:00Z,2025-10-01\n")
            let finished = try workspace.plumb("import", "survey", "a.csv")
            #expect(finished.status == 3)
            #expect(finished.errors.contains("is outside the years 1 to 9999"))
        }
    }

    @Test func devicesAreNoFiles() throws {
        try ImportFolder.with { workspace in
            let finished = try workspace.plumb("import", "survey", "/dev/zero")
            #expect(finished.status == 3)
            #expect(finished.errors.contains("is a device"))
        }
    }

    /// A CSV beside a workspace's data is read as its dataset's files are; options say how it is written.
    @Test func bareFilesInAWorkspace() throws {
        let codebook = "items: { trust: { range: [1, 6], missing: { not_applicable: [\"99\"] } } }"
        let dataset = "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: c.yaml }"
        try ImportFolder.with(datasets: dataset, codebooks: ["c.yaml": codebook]) { workspace in
            try workspace.write(
                "bare.csv", Array("name;trust\nZo\u{eb};99\nb;4\n".unicodeScalars.map { UInt8($0.value) }))
            let refused = try workspace.plumb("eval", "--csv", "bare.csv", "--expr", "g.trust:mean()")
            #expect(refused.errors.contains("`--encoding windows-1252`"))
            let finished = try workspace.plumb(
                "eval", "--csv", "bare.csv", "--encoding", "windows-1252", "--separator", ";", "--expr",
                "g.trust:mean()")
            let observations = try finished.json()["observations"] as? [[String: Any]]
            #expect(observations?.first?["value"] as? Double == 4)
        }
    }
}
