import Foundation
import PlumblineTestSupport
import Testing

/// A network's own measures reach that network's rows, and nothing of others.
struct IsolationTests {
    /// Everything a script can ask for: other networks' rows, by grouping, splitting, companions, joins, the past.
    private static let attempts = [
        "local names = {} for name in g:each('network') do names[#names + 1] = name end return #names",
        "return g.network:is('east'):count()", "return g:where(g.network:is('east')).n",
        "local n = 0 for r in g:rows() do if r.network ~= 'west' then n = n + 1 end end return n + 1",
        "return g.trust:top_box(1):count()", "return g.with.roster.network:distinct()",
        "return g.with.roster.n", "return g:join('roster', { person = 'respondent' }, { 'site' }).site:count()",
        "local p = g:previous() return p and p.network:distinct() or 1",
    ]

    private static func measure(_ number: Int, _ body: String) -> String {
        """
        return measure {
          id = "reach.m\(number)", version = "1.0.0", title = "reach", domain = "culture", type = "driver", unit = "rows",
          from = "survey", with = { "roster" }, columns = { "trust", "network", "respondent" },
          by = { {}, { "network" } }, every = "wave",
          value = function(g, p)
            \(body)
          end,
        }
        """
    }

    /// The west's answers with the east's rows in the workspace equal those without them, to the byte.
    @Test func noAttemptToReachOthersChangesAnything() throws {
        func published(_ survey: String, _ roster: String) throws -> [String] {
            try withTemporaryFolder { folder in
                let workspace = try SmallWorkspace(in: folder)
                let configuration = try String(
                    contentsOf: workspace.folder.appending(path: "plumbline.yaml"), encoding: .utf8)
                try workspace.write(
                    "plumbline.yaml",
                    configuration.replacing(
                        "datasets:\n", with: "datasets:\n  roster: { class: staff_survey, person: person }\n"
                    ).replacing("minimum: 5", with: "minimum: 1"))
                try workspace.write("survey.csv", survey)
                try workspace.write("roster.csv", roster)
                #expect(try workspace.plumb("import", "survey", "survey.csv").status == 0)
                #expect(try workspace.plumb("import", "roster", "roster.csv").status == 0)
                for (number, body) in Self.attempts.enumerated() {
                    try workspace.write("networks/west/Measures/m\(number).lua", Self.measure(number, body))
                }
                let night = try workspace.night()
                #expect(night.status == 0, "\(night.output)")
                return try workspace.published("west").split(separator: "\n").map(String.init).filter {
                    $0.contains(#""measure":"west/reach."#)
                }
            }
        }
        let roster = "person,network,site\nwest-0,west,W\nwest-1,west,W\n"
        let withOthers = try published(SmallWorkspace.survey, roster + "east-0,east,E\nwest-0,east,E\n")
        let west = SmallWorkspace.survey.split(separator: "\n").enumerated().filter {
            $0.offset == 0 || $0.element.hasPrefix("west")
        }.map { $0.element + "\n" }.joined()
        let alone = try published(west, roster)
        #expect(withOthers.count == Self.attempts.count * 2, "two waves")
        #expect(withOthers == alone)
        #expect(!withOthers.joined().contains("east"))
    }
}
