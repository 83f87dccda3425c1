import PlumblineTestSupport
import Testing

/// Why a value is missing: by the codes of the codebook, by who was asked, by what a load lacks.
struct ImportMissingTests {
    private static let dataset =
        "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: survey.yaml }"

    /// How many rows lack a value of the column, by kind.
    private func kinds(_ column: String, _ workspace: ImportFolder) throws -> [String: Double?] {
        var kinds: [String: Double?] = [:]
        for kind in ["skipped", "not_asked", "not_applicable", "not_loaded"] {
            kinds[kind] = try workspace.values("g.\(column):missing(\"\(kind)\"):count()")[""]
        }
        return kinds
    }

    @Test func codesOfTheFileAndOfAColumn() throws {
        let codebook = """
            missing: { skipped: ["-99", NA], not_asked: [-98] }
            items: { trust: { missing: { not_applicable: [9], skipped: [-98] } } }
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            let report = try workspace.load(
                "respondent,network,trust,minutes,submitted\na,east,9,9,2025-10-01\nb,east,-99,-98,2025-10-01\n"
                    + "c,east,NA,,2025-10-01\nd,east,-98,60,2025-10-01\ne,east,,NA,2025-10-01\nf,east,5,30,2025-10-01\n"
            )
            #expect(report.type("trust") == "integer", "codes do not count as values")
            #expect(try workspace.values("g.trust:mean()") == ["": 5])
            #expect(try workspace.values("g.minutes:mean()") == ["": 33])
            #expect(
                try kinds("trust", workspace)
                    == ["skipped": 4, "not_asked": 0, "not_applicable": 1, "not_loaded": 0])
            #expect(
                try kinds("minutes", workspace)
                    == ["skipped": 2, "not_asked": 1, "not_applicable": 0, "not_loaded": 0])
        }
    }

    /// A mapped value may be a code, or nothing at all.
    @Test func codesBehindMaps() throws {
        let codebook = """
            columns: { trust: { values: { refused: "-9", empty: "", agree: 5 }, missing: { not_applicable: [-9] } } }
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            try workspace.load(
                "respondent,network,trust,submitted\na,east,refused,2025-10-01\nb,east,empty,2025-10-01\n"
                    + "c,east,agree,2025-10-01\nd,east,-9,2025-10-01\n")
            #expect(try workspace.values("g.trust:mean()") == ["": 5])
            #expect(
                try kinds("trust", workspace)
                    == ["skipped": 1, "not_asked": 0, "not_applicable": 2, "not_loaded": 0])
        }
    }

    @Test func blankCellsOfThoseWhoWereNotAsked() throws {
        let codebook = """
            columns:
              coached: { asked: { role: [teacher, coach] } }
              burdened: { asked: { wave: [2026-spring], network: [east] } }
            sources: { s: { columns: { R: role }, values: { role: { T: teacher, C: coach, P: principal } } } }
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            try workspace.load(
                "respondent,network,R,coached,burdened,submitted\na,east,T,,,2025-10-01\nb,east,P,,3,2026-03-01\n"
                    + "c,west,P,4,,2026-03-01\nd,east,,,,2026-03-02\ne,west,C,2,,2025-10-01\n")
            #expect(
                try kinds("coached", workspace)
                    == ["skipped": 2, "not_asked": 1, "not_applicable": 0, "not_loaded": 0],
                "a teacher skipped it, and somebody without a role; an answer stands whoever was asked")
            #expect(
                try kinds("burdened", workspace)
                    == ["skipped": 1, "not_asked": 3, "not_applicable": 0, "not_loaded": 0])
        }
    }

    /// Whether a moment is in a wave is a matter of the day here, not of the offset it was written with.
    @Test func wavesOfMomentsBeginHere() throws {
        let codebook = "columns: { trust: { asked: { wave: [2026-spring] } } }"
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            // The fall is from 1 September 05:00 to 20 December 06:00 UTC, the spring begins on 1 February 06:00.
            try workspace.load(
                "respondent,network,role,trust,submitted\np,east,before,,2025-09-01T04:59:00Z\n"
                    + "q,east,first,,2025-09-01T05:00:00Z\nr,east,last,,2025-12-20T05:59:00Z\n"
                    + "s,east,after,,2025-12-20T06:00:00Z\nt,east,spring,,2026-02-01T06:00:00Z\n")
            // Between waves nobody can say who was asked.
            #expect(
                try workspace.values("g.trust:missing(\"not_asked\"):count()", by: "role")
                    == ["before": 0, "first": 1, "last": 1, "after": 0, "spring": 0])
        }
    }

    /// A column that one load lacks is not loaded there; one that is blank in a load is skipped there, whatever the
    /// other load holds.
    @Test func columnsThatALoadLacks() throws {
        try ImportFolder.with { workspace in
            try workspace.load(
                "respondent,network,trust,comment,submitted\na,east,4,good,2025-10-01\nb,east,5,,2025-10-01\n",
                as: "fall")
            try workspace.load(
                "respondent,network,comment,submitted\na,east,,2026-03-01\nb,east,,2026-03-01\n", as: "spring")
            #expect(
                try kinds("trust", workspace)
                    == ["skipped": 0, "not_asked": 0, "not_applicable": 0, "not_loaded": 2])
            #expect(
                try kinds("comment", workspace)
                    == ["skipped": 3, "not_asked": 0, "not_applicable": 0, "not_loaded": 0])
            #expect(try workspace.values("g.comment:is(\"good\"):count()") == ["": 1])
        }
    }

    /// The very same the other way round: blank first, numbers later.
    @Test func blankColumnsFitNumbers() throws {
        try ImportFolder.with { workspace in
            try workspace.load("respondent,network,trust,submitted\na,east,,2025-10-01\n", as: "fall")
            try workspace.load("respondent,network,trust,submitted\na,east,2.5,2026-03-01\n", as: "spring")
            #expect(try workspace.values("g.trust:mean()") == ["": 2.5])
        }
    }

    @Test(arguments: ["NaN", "nan", "Inf", "-Infinity"])
    func notANumberIsNoValue(text: String) throws {
        let declared = "columns: { trust: { missing: { not_applicable: [\"\(text)\"] } } }"
        let rows = "respondent,network,trust,submitted\na,east,4,2025-10-01\nb,east,\(text),2025-10-01\n"
        try ImportFolder.with { workspace in
            try workspace.write("a.csv", rows)
            let refused = try workspace.plumb("import", "survey", "a.csv")
            #expect(refused.status == 3)
            #expect(refused.errorCode == "too_many_rejects")
            #expect(refused.errorMessage?.contains("`\(text)` is no value: declare it as a missing code") == true)
            let loaded = try workspace.load(rows, "--max-rejects", "1")
            #expect(loaded.type("trust") == "integer", "it does not make the column one of texts")
            #expect(loaded.rows_rejected == 1)
        }
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": declared]) { workspace in
            let loaded = try workspace.load(rows)
            #expect(loaded.type("trust") == "integer")
            #expect(try workspace.values("g.trust:missing(\"not_applicable\"):count()") == ["": 1])
        }
    }
}
