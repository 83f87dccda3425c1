/// The questionnaire: what is asked, of whom, and on which scale.
struct SurveyItem {
    var name: String
    var wording: String
    /// Nil for numbers that are no scale.
    var range: ClosedRange<Int>?
    var isReversed = false
    /// Roles that are asked; empty for everybody, the hub's own staff too.
    var asked = Self.members
    /// The level of answers: a mean on the scale.
    var level = 4.2

    /// The roles of those who work in schools.
    static let members = ["teacher", "coach", "leader"]

    /// Scales, each with its items in order.
    static let scales: [(name: String, items: [SurveyItem])] = [
        (
            "hub",
            items(
                "hub", ["gives a clear direction", "coaches us well", "answers quickly", "helps with data"], asked: [])
        ),
        ("aim", items("aim", ["I can say our aim", "our aim guides my work"], level: 4.3)),
        ("role", items("role", ["I know what is expected", "I have the time for it", "I know our aim"], level: 4.0)),
        (
            "ci",
            items(
                "ci", ["we test changes", "we measure often", "we write down what we learn", "we use a theory"],
                asked: ["teacher", "coach"], level: 3.8)
        ),
        ("safety", safety), ("trust", items("trust", ["we trust each other", "we keep promises", "we speak openly"])),
        ("identity", items("identity", ["I belong to this network", "this network is ours"])),
        ("norms", items("norms", ["we ask for evidence", "we share what fails", "we question habits"], level: 4.0)),
        ("align", items("align", ["our district backs us", "rules fit our work", "leaders stay"], level: 3.6)),
        ("sustain", items("sustain", ["we go on without the grant", "it is in our plans"], asked: ["leader"])),
        (
            "data_use",
            items("data_use", ["we look at our measures", "they change what we do"], asked: ["teacher", "coach"])
        ),
    ]

    static let all: [SurveyItem] =
        scales.flatMap(\.items) + [
            SurveyItem(name: "initiatives", wording: "Competing initiatives at the same time"),
            SurveyItem(name: "minutes", wording: "Minutes of common planning time last week"),
        ]

    private static let safety: [SurveyItem] = {
        var safety = items(
            "safety",
            ["I can speak up", "mistakes are held against me", "we can raise problems", "it is safe to take risks"],
            asked: ["teacher", "coach"], level: 4.4)
        safety[1].isReversed = true
        safety[1].level = 2.6
        return safety
    }()

    private static func items(
        _ scale: String, _ wordings: [String], asked: [String] = members, level: Double = 4.2
    ) -> [SurveyItem] {
        wordings.enumerated().map { index, wording in
            SurveyItem(name: "\(scale)_\(index + 1)", wording: wording, range: 1...6, asked: asked, level: level)
        }
    }

    func isAsked(_ role: String) -> Bool {
        asked.isEmpty || asked.contains(role)
    }
}
