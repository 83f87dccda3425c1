import PlumblineTestSupport
import Testing

/// Codebooks make one dataset of what different programs export, so that one measure reads them all.
struct ImportMapTests {
    private static let dataset =
        "  survey: { class: staff, person: respondent, period: { column: submitted }, codebook: survey.yaml }"
    private static let measure = """
        return measure {
          id = "culture.trust", version = "1.0.0", title = "Trust", domain = "culture", type = "driver", unit = "points",
          from = "survey", columns = { "trust_1", "trust_2" }, by = { { "network" } },
          value = function(g)
            return g:scale({ "trust_1", "trust_2" }, { answered = 0.5 }):mean()
          end,
        }
        """

    /// East answers in numbers, west in words under names of its own; the people and what they think are the same.
    @Test func oneMeasureReadsTheExportsOfTwoNetworks() throws {
        let codebook = """
            items: { trust_1: { range: [1, 5] }, trust_2: { range: [1, 5], reverse: true } }
            sources:
              numbers: { columns: { Q1: trust_1, Q2: trust_2, ID: respondent, Date: submitted } }
              words:
                network: west
                columns: { "Ich vertraue": trust_1, "Ich zweifle": trust_2, Nummer: respondent, Tag: submitted }
                values: { trust_1: { nie: 1, oft: 4, immer: 5 }, trust_2: { nie: 1, oft: 4, immer: 5 } }
                drop: [Zeitstempel]
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            try workspace.load(
                "ID,Q1,Q2,Date\na,4,1,2025-10-01\nb,5,4,2025-10-01\nc,1,,2025-10-02\n", as: "east", "--network", "east")
            let west = try workspace.load(
                "Zeitstempel,Nummer,Ich vertraue,Ich zweifle,Tag\n"
                    + "x,a,oft,nie,2025-10-01\ny,b,immer,oft,2025-10-01\nz,c,nie,,2025-10-02\n", as: "west")
            #expect(west.columns.map(\.name) == ["respondent", "trust_1", "trust_2", "submitted", "network"])
            try workspace.write("Measures/trust.lua", Self.measure)
            #expect(try workspace.values(ofMeasure: "Measures/trust.lua") == ["east": 3, "west": 3])
        }
    }

    /// One program, but each network named and coded its questions itself: the maps of a network hold for its rows only.
    @Test func networksOfOneSourceMayDiffer() throws {
        let codebook = """
            sources:
              forms:
                columns: { ID: respondent }
                networks:
                  east: { columns: { Q7: trust }, values: { trust: { "yes": 5, "no": 1 } } }
                  west: { columns: { V1: trust }, values: { trust: { "1": 5, "2": 1 } } }
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            try workspace.load(
                "ID,Q7,submitted\na,yes,2025-10-01\nb,no,2025-10-01\nc,yes,2025-10-01\n", as: "east", "--network",
                "east")
            try workspace.load(
                "ID,V1,submitted\na,1,2025-10-01\nb,2,2025-10-01\nc,1,2025-10-01\n", as: "west", "--network", "west")
            #expect(try workspace.values("g.trust:mean()", by: "network") == ["east": 11.0 / 3, "west": 11.0 / 3])
        }
    }

    /// Both networks in one file, told apart by a column: each row is read by the maps of its network.
    @Test func networksInOneFileMayDiffer() throws {
        let codebook = """
            sources:
              forms:
                columns: { ID: respondent, Net: network }
                values: { network: { E: east, W: west } }
                networks: { west: { values: { trust: { "5": 1, "1": 5 } } } }
            networks:
              east: { values: { role: { T: teacher } } }
              west: { values: { role: { L: teacher } } }
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            let report = try workspace.load(
                "ID,Net,role,trust,submitted\na,E,T,5,2025-10-01\nb,W,L,1,2025-10-01\nc,W,T,5,2025-10-01\n")
            #expect(report.networks == ["east": 1, "west": 2])
            #expect(
                try workspace.values("g.trust:mean()", by: "network,role")
                    == ["east,teacher": 5, "west,T": 1, "west,teacher": 5])
        }
    }

    @Test func aFileOfAnUnknownNetworkIsRefused() throws {
        try ImportFolder.with { workspace in
            try workspace.write("a.csv", "respondent,trust,submitted\na,5,2025-10-01\n")
            let nobody = try workspace.plumb("import", "survey", "a.csv")
            #expect(nobody.status == 3)
            #expect(nobody.errorMessage?.contains("say whose rows it holds with --network (east, west)") == true)
            let unknown = try workspace.plumb("import", "survey", "a.csv", "--network", "esat")
            #expect(unknown.status == 2)
            #expect(unknown.errorMessage?.contains("did you mean `east`?") == true)
            let rows = try workspace.load(
                "respondent,network,submitted\na,north,2025-10-01\nb,,2025-10-01\nc,east,2025-10-01\n", "--max-rejects",
                "2")
            #expect(rows.networks == ["east": 1])
        }
    }

    /// The source is the one whose columns are all there; where two fit, or none is known, it must be said.
    @Test func sourcesAreChosenByTheirColumns() throws {
        let codebook = """
            sources:
              old: { network: east, columns: { A: respondent, B: trust } }
              new: { network: west, columns: { A: respondent, C: trust } }
            """
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            #expect(try workspace.load("A,B,submitted\nx,1,2025-10-01\n", as: "b").networks == ["east": 1])
            #expect(try workspace.load("A,C,submitted\nx,1,2025-10-01\n", as: "c").networks == ["west": 1])
            try workspace.write("both.csv", "A,B,C,submitted\nx,1,2,2025-10-01\n")
            let both = try workspace.plumb("import", "survey", "both.csv")
            #expect(both.status == 3)
            #expect(both.errorMessage?.contains("several sources of the codebook (new, old); say --source") == true)
            try workspace.write("codebook.yaml", codebook)
            let unknown = try workspace.plumb("import", "survey", "both.csv", "--source", "odl")
            #expect(unknown.status == 2)
            #expect(unknown.errorMessage?.contains("did you mean `old`?") == true)
            let named = try workspace.load(
                "A,B,C,submitted\nx,1,2,2025-10-01\n", as: "both", "--source", "new", "--codebook", "codebook.yaml")
            #expect(named.columns.map(\.name) == ["respondent", "B", "trust", "submitted", "network"])
        }
    }

    @Test(arguments: [
        ("sources: { s: { columns: { A: trust, B: trust } } }", "A,B,respondent,submitted", "both become `trust`"),
        ("sources: { s: { columns: { A: trust, Z: role } } }", "A,respondent,submitted", "maps the column `Z`"),
        ("sources: { s: { drop: [Z] } }", "A,respondent,submitted", "drops the column `Z`"),
        ("", "trust.missing,respondent,submitted", "the name is kept for the host"),
        ("", "plumbline.period,respondent,submitted", "the name is kept for the host"),
    ])
    func mapsThatDoNotFit(codebook: String, header: String, message: String) throws {
        try ImportFolder.with(datasets: Self.dataset, codebooks: ["survey.yaml": codebook]) { workspace in
            let cells = header.split(separator: ",").map { $0 == "submitted" ? "2025-10-01" : "1" }
            try workspace.write("a.csv", header + "\n" + cells.joined(separator: ",") + "\n")
            let source = codebook.isEmpty ? [] : ["--source", "s"]
            let finished = try run(
                BuiltProgram.plumb, ["import", "survey", "a.csv", "--network", "east", "--json"] + source,
                in: workspace.folder)
            #expect(finished.status == 3)
            #expect(finished.errorMessage?.contains(message) == true, "\(finished.errors)")
        }
    }
}
