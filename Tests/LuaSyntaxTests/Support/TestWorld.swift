import LuaSyntax

/// A catalogue with the verbs of SEMANTICS.md, and the example measure from there.
enum TestWorld {
    static let catalogue: VerbCatalogue = {
        let column: [String: VerbResult] = [
            "mean": .value(.estimate), "sum": .value(.estimate), "sd": .value(.estimate), "median": .value(.estimate),
            "quantile": .value(.estimate), "count": .value(.estimate), "share": .value(.estimate),
            "is": .value(.mask), "isin": .value(.mask), "at_least": .value(.mask), "at_most": .value(.mask),
            "above": .value(.mask), "below": .value(.mask), "between": .value(.mask), "missing": .value(.mask),
            "valid": .value(.mask), "top_box": .value(.estimate), "weighted": .value(.weighted),
            "values": .value(.unknown), "map": .value(.column), "distinct": .value(.unknown),
            "min": .value(.estimate), "max": .value(.estimate),
        ]
        return VerbCatalogue(
            verbs: [
                .group: [
                    "column": .value(.column), "where": .value(.group), "each": .iterator([.string, .group]),
                    "rows": .iterator([.row]), "scale": .value(.column), "graph": .value(.unknown),
                    "join": .joined(.group), "previous": .value(.group),
                ],
                .column: column,
                .mask: column,
                .weighted: ["mean": .value(.estimate), "sum": .value(.estimate)],
                .row: ["why": .value(.string)],
            ],
            fields: [
                .group: [
                    "n": .number, "keys": .unknown, "period": .unknown, "as_of": .unknown, "with": .unknown,
                ]
            ])
    }()

    static let globals: Set<String> = [
        "measure", "insufficient", "not_applicable", "missing", "ratio", "difference", "require", "math", "string",
        "table", "utf8", "pairs", "ipairs", "next", "select", "type", "tostring", "tonumber", "error", "assert",
        "pcall", "_VERSION",
    ]

    static let columns: Set<String> = ["safety_1", "safety_2", "safety_3", "role", "x", "y"]

    static let context = Lint.Context(catalogue: catalogue, knownGlobals: globals, declaredColumns: columns)

    static let exampleMeasure = """
        -- Measures/within_team/safety.lua
        return measure {
          id = "team.safety", version = "1.0.0",
          title = "Psychological safety", question = "Do members feel safe to speak up in their team?",
          domain = "within_team",         -- hub | roles | improvement | within_team | across_teams
          type = "driver",                -- outcome | driver | process | balancing | pdsa | quality
          direction = "higher", unit = "points", source = "Edmondson 1999, adapted",
          from = "survey", columns = { "safety_1", "safety_2", "safety_3" },
          by = { {}, { "district" }, { "role" }, { "team" } }, every = "wave",
          params  = { answered = { default = 0.5, min = 0, max = 1, about = "share of the items a person must answer" } },
          presets = { strict = { answered = 1 } },
          chart   = nil,                  -- { kind = "p", rules = "anhoej", baseline = 12 }
          value = function(g, p)
            return g:scale({ "safety_1", "safety_2", "safety_3" }, { answered = p.answered }):mean()
          end,
          tests = {
            { name = "half answered counts", rows = { { safety_1 = 4, safety_2 = 5 } }, expect = { value = 4.5, n = 1 } },
            { name = "one of three does not", rows = { { safety_1 = 4 } }, expect = { status = "insufficient" } },
          },
        }
        """

    static func findings(_ source: String, _ context: Lint.Context = context) throws -> [LintFinding] {
        Lint.findings(in: try SyntaxTree(parsing: Array(source.utf8)), context)
    }

    /// The findings in the body of a `value(g, p)`, which starts at column 1 of line 2.
    static func findings(inValue body: String) throws -> [LintFinding] {
        try findings("return measure { value = function(g, p)\n\(body)\nend }")
    }
}
