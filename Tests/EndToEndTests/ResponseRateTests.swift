import Foundation
import PlumblineTestSupport
import Testing

/// The response rate stands beside every number of a survey, against the network's threshold.
struct ResponseRateTests {
    /// A roster of ten in the east and eight in the west, of whom eight and four or six answer.
    private static let roster: String = {
        var text = "respondent,network,role\n"
        for number in 0..<10 { text += "east-\(number),east,\(number % 3 == 0 ? "coach" : "teacher")\n" }
        for number in 0..<8 { text += "west-\(number),west,\(number % 3 == 0 ? "coach" : "teacher")\n" }
        return text
    }()

    private static func with(_ body: (SmallWorkspace) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let workspace = try SmallWorkspace(in: folder)
            let file = workspace.folder.appending(path: "plumbline.yaml")
            let configuration = try String(contentsOf: file, encoding: .utf8)
                .replacing(
                    "codebook: codebooks/survey.yaml }",
                    with: """
                        codebook: codebooks/survey.yaml,
                            response: { eligible: roster, threshold: 0.7 } }
                          roster: { class: staff_record, person: respondent, codebook: codebooks/roster.yaml }
                        """
                )
                .replacing(
                    "staff_survey: { minimum: 5 }", with: "staff_survey: { minimum: 5 }, staff_record: { minimum: 5 }"
                )
                .replacing("west: { share: [] }", with: "west: { share: [], response_threshold: 0.8 }")
            try workspace.write("plumbline.yaml", configuration)
            try workspace.write("codebooks/roster.yaml", "labels: { network: { east: East Side Schools } }\n")
            try workspace.write("roster.csv", roster)
            try workspace.write(
                "Measures/high.lua",
                SmallWorkspace.measure("culture.high", value: "return g.trust:at_least(4):share()"))
            let imported = try workspace.plumb("import", "roster", "roster.csv")
            #expect(imported.status == 0, "\(imported.errors)")
            try body(workspace)
        }
    }

    private func lines(_ observations: [[String: Any]]) -> [String] {
        observations.map { cell in
            let group = (cell["group"] as? [String: String])?["network"] ?? "all"
            let period = (cell["period"] as? [String: Any])?["label"] as? String ?? ""
            let response = cell["response"] as? [String: Any]
            let numbers = ["rate", "eligible", "threshold", "low", "high"].map { name in
                response?[name].map { "\($0)" } ?? "-"
            }
            return "\(group) \(period) \(numbers.joined(separator: " ")) \(cell["flags"] as? [String] ?? [])"
        }
    }

    @Test func itStandsBesideEveryNumber() throws {
        try Self.with { workspace in
            let night = try workspace.night()
            #expect(night.status == 0, "\(night.errors)")
            #expect(
                lines(try workspace.observations(of: "culture.trust")) == [
                    "all 2025-fall 0.6666666666666666 18 0.7 <null> <null> [\"low_response\"]",
                    "all 2026-spring 0.7777777777777778 18 0.7 <null> <null> []",
                    "east 2025-fall 0.8 10 0.7 <null> <null> []", "east 2026-spring 0.8 10 0.7 <null> <null> []",
                    "west 2025-fall - - - - - []", "west 2026-spring 0.75 8 0.8 <null> <null> [\"low_response\"]",
                ])
            // Six of eight say yes; the two who did not answer might all have said no, or yes.
            let high = lines(try workspace.observations(of: "culture.high"))
            #expect(high.contains("east 2025-fall 0.8 10 0.7 0.6 0.8 []"), "\(high)")
            let csv = try workspace.exported("observations.csv")
            #expect(csv.contains(",low_response,") && csv.contains(",0.75,"))
            let page = try workspace.exported("index.html")
            #expect(page.contains("<li>trust: I trust my team</li>"))
            #expect(page.contains("East Side Schools") && page.contains("<th scope=\"row\">west</th>"))
            #expect(page.contains("75 % of 8 answered; low response"), "\(page)")
        }
    }

    @Test func fewWhoWereToAnswerAreNotTold() throws {
        try Self.with { workspace in
            let file = workspace.folder.appending(path: "plumbline.yaml")
            let configuration = try String(contentsOf: file, encoding: .utf8)
            // West has eight on its roster, and the roster's class now asks for nine.
            try workspace.write(
                "plumbline.yaml",
                configuration.replacing("staff_record: { minimum: 5 }", with: "staff_record: { minimum: 9 }"))
            #expect(try workspace.night().status == 0)
            let shown = lines(try workspace.observations(of: "culture.trust"))
            #expect(shown.contains("west 2026-spring - - - - - []"), "\(shown)")
            #expect(shown.contains { $0.hasPrefix("all 2026-spring 0.77") })
        }
    }

    @Test func aNewRosterChangesIt() throws {
        try Self.with { workspace in
            _ = try workspace.night()
            try workspace.write("more.csv", "respondent,network,role\neast-10,east,coach\neast-11,east,coach\n")
            #expect(try workspace.plumb("import", "roster", "more.csv").status == 0)
            let second = try workspace.night()
            #expect(try second.json()["edition"] as? Int == 2)
            let east = lines(try workspace.observations(of: "culture.trust")).filter { $0.hasPrefix("east 2026") }
            #expect(east == ["east 2026-spring 0.6666666666666666 12 0.7 <null> <null> [\"low_response\"]"])
            // A load that is forgotten is in no rate that is kept.
            #expect(try workspace.plumb("data", "remove", "more", "--forget").status == 0)
            _ = try workspace.night()
            let after = lines(try workspace.observations(of: "culture.trust")).filter { $0.hasPrefix("east 2026") }
            #expect(after == ["east 2026-spring 0.8 10 0.7 <null> <null> []"])
        }
    }
}
