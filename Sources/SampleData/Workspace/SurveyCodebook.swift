/// The survey's codebook: items and scales, the kinds of missing, and the three kinds of files that answers come in.
struct SurveyCodebook {
    private let world: SampleWorld

    init(_ world: SampleWorld) {
        self.world = world
    }

    var text: String {
        """
        # What is asked in the survey, and how three tools' exports become the same columns.
        items:
        \(SurveyItem.all.map(Self.item).joined(separator: "\n"))

        columns:
          respondent: { label: "Who answered" }
          submitted: { label: "When", type: timestamp }

        scales:
        \(SurveyItem.scales.map { "  \($0.name): [\($0.items.map(\.name).joined(separator: ", "))]" }
            .joined(separator: "\n"))

        missing:
          not_applicable: ["NA", "\(SurveyExport.portalUnknown)", "\(SurveyExport.formsUnknown)"]

        labels:
          district: { A: Alder Valley, B: Birch County }

        sources:
        \(portal)
        \(forms)
          long:
            pivot: { rows: [respondent, network, district, school, team, role, submitted], item: question, value: answer }

        """
    }

    private static func item(_ item: SurveyItem) -> String {
        var fields = ["label: \"\(item.wording)\"", "type: integer"]
        if let range = item.range { fields.append("range: [\(range.lowerBound), \(range.upperBound)]") }
        if item.isReversed { fields.append("reverse: true") }
        if !item.asked.isEmpty { fields.append("asked: { role: [\(item.asked.joined(separator: ", "))] }") }
        return "  \(item.name): { \(fields.joined(separator: ", ")) }"
    }

    private var portal: String {
        """
          portal:
            columns: \(Self.map(SurveyExport.portalNames))
            values: { role: \(Self.map(SurveyExport.portalRoles)) }
        """
    }

    private var forms: String {
        let questions = SurveyItem.all.map { item in
            "      \"\(SurveyExport.question(item))\": \(item.name)"
        }
        let agreed = SurveyItem.all.filter { $0.range != nil }.enumerated().map { index, item in
            "      \(item.name): \(index == 0 ? "&agree " + Self.map(Self.words) : "*agree")"
        }
        return """
              forms:
                columns:
            \(SurveyExport.formsNames.sorted { $0.key < $1.key }.map { "      \($0.key): \($0.value)" }
            .joined(separator: "\n"))
            \(questions.joined(separator: "\n"))
                values:
                  role: \(Self.map(SurveyExport.formsRoles))
            \(agreed.joined(separator: "\n"))
            """
    }

    private static let words = Dictionary(
        uniqueKeysWithValues: SurveyExport.formsWords.enumerated().map { ($0.element, String($0.offset + 1)) })

    private static func map(_ pairs: [String: String]) -> String {
        "{ " + pairs.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + " }"
    }
}
