import CivilCalendar

/// A wave's answers as the members' tools export them. The same answers, three kinds of files.
struct SurveyExport {
    private let wave: SampleCalendar.Wave
    private let networks: [(network: SampleNetwork, sheets: [AnswerSheet])]

    init(_ wave: SampleCalendar.Wave, _ networks: [(network: SampleNetwork, sheets: [AnswerSheet])]) {
        self.wave = wave
        self.networks = networks
    }

    var files: [SampleExport] {
        var files: [SampleExport] = []
        let portal = networks.filter { $0.network.style == .portal }
        if !portal.isEmpty { files.append(SampleExport("survey", "\(wave.id)-portal", self.portal(portal))) }
        for (network, sheets) in networks where network.style == .forms {
            files.append(SampleExport("survey", "\(wave.id)-\(network.id)", forms(sheets), network: network.id))
        }
        let long = networks.filter { $0.network.style == .long }
        if !long.isEmpty { files.append(SampleExport("survey", "\(wave.id)-long", self.long(long))) }
        return files
    }

    /// When a sheet was sent.
    private func moment(_ sheet: AnswerSheet) -> String {
        SampleCalendar.moment(wave.start.adding(days: 5 + sheet.day), minute: sheet.minute)
    }

    /// Whether the file has no such question: those on the aim came late to the long files.
    static func isWanting(_ item: SurveyItem, _ network: SampleNetwork, _ wave: SampleCalendar.Wave) -> Bool {
        network.style == .long && wave.id == SampleCalendar.waves[0].id && item.name.hasPrefix("aim_")
    }

    // MARK: Portal

    static let portalNames = [
        "ResponseId": "respondent", "Network": "network", "District": "district", "School": "school", "Team": "team",
        "Role": "role", "EndDate": "submitted",
    ]
    static let portalRoles = ["T": "teacher", "C": "coach", "L": "leader", "H": "hub"]
    static let portalUnknown = "-9"

    private func portal(_ networks: [(network: SampleNetwork, sheets: [AnswerSheet])]) -> SampleCSV {
        var table = SampleCSV(
            ["ResponseId", "Network", "District", "School", "Team", "Role", "EndDate"] + SurveyItem.all.map(\.name))
        for (network, sheets) in networks {
            for sheet in sheets {
                let code = Self.portalRoles.first { $0.value == sheet.member.role }?.key ?? ""
                let who = [
                    sheet.respondent, network.id, sheet.district, sheet.member.school, sheet.member.team?.id ?? "",
                    code,
                    moment(sheet),
                ]
                table.add(who + sheet.answers.map { Self.text($0, unknown: Self.portalUnknown) })
            }
        }
        return table
    }

    // MARK: Forms

    static let formsNames = [
        "Timestamp": "submitted", "Your ID": "respondent", "Your district": "district", "Your school": "school",
        "Your team": "team", "Your role": "role",
    ]
    static let formsRoles = [
        "Classroom teacher": "teacher", "Instructional coach": "coach", "School leader": "leader", "Network hub": "hub",
    ]
    /// Answers 1 to 6 in words.
    static let formsWords = [
        "Strongly disagree", "Disagree", "Somewhat disagree", "Somewhat agree", "Agree", "Strongly agree",
    ]
    static let formsUnknown = "I don't know"

    private func forms(_ sheets: [AnswerSheet]) -> SampleCSV {
        var table = SampleCSV(
            ["Timestamp", "Your ID", "Your district", "Your school", "Your team", "Your role"]
                + SurveyItem.all.map(Self.question))
        for sheet in sheets {
            let word = Self.formsRoles.first { $0.value == sheet.member.role }?.key ?? ""
            let who = [
                moment(sheet), sheet.respondent, sheet.district, sheet.member.school, sheet.member.team?.id ?? "", word,
            ]
            let answers = zip(SurveyItem.all, sheet.answers).map { item, answer in
                if item.range != nil, case .number(let number) = answer { return Self.formsWords[number - 1] }
                return Self.text(answer, unknown: Self.formsUnknown)
            }
            table.add(who + answers)
        }
        return table
    }

    /// A question as a header: the wording, with the item's number where several begin alike.
    static func question(_ item: SurveyItem) -> String {
        item.range == nil ? item.wording : "How much do you agree: \(item.wording) (\(item.name))"
    }

    // MARK: Long

    private func long(_ networks: [(network: SampleNetwork, sheets: [AnswerSheet])]) -> SampleCSV {
        var table = SampleCSV(
            ["respondent", "network", "district", "school", "team", "role", "submitted", "question", "answer"])
        for (network, sheets) in networks {
            for sheet in sheets {
                let who = [
                    sheet.respondent, network.id, sheet.district, sheet.member.school, sheet.member.team?.id ?? "",
                    sheet.member.role, moment(sheet),
                ]
                for (item, answer) in zip(SurveyItem.all, sheet.answers)
                where answer != .notAsked && !Self.isWanting(item, network, wave) {
                    table.add(who + [item.name, Self.text(answer, unknown: "NA")])
                }
            }
        }
        return table
    }

    private static func text(_ answer: AnswerSheet.Answer, unknown: String) -> String {
        switch answer {
        case .number(let number): String(number)
        case .unknown: unknown
        case .skipped, .notAsked: ""
        }
    }
}
