import CivilCalendar
import Configuration
import MeasureModel

/// Reads where the charts of a measure start anew: `phases: [ { start: 2026-01-05, reason: "new schedule" } ]`.
enum ChartPhasesReader {
    static func read(_ node: ConfigNode) throws(ConfigError) -> [WorkspaceConfig.ChartPhaseStart] {
        var phases: [WorkspaceConfig.ChartPhaseStart] = []
        for element in try node.list() {
            let phase = try phase(element)
            guard !phases.contains(where: { $0.start == phase.start && $0.group == phase.group }) else {
                throw element.failure("a phase of the same groups starts twice on \(phase.start)")
            }
            phases.append(phase)
        }
        return phases.sorted { ($0.start, $0.reason) < ($1.start, $1.reason) }
    }

    private static func phase(_ node: ConfigNode) throws(ConfigError) -> WorkspaceConfig.ChartPhaseStart {
        let fields = try node.fields(known: ["start", "reason", "group"])
        guard let start = fields["start"], let reason = fields["reason"] else {
            throw node.failure("a phase is written { start: 2026-01-05, reason: \"new schedule\" }")
        }
        guard let date = CivilDate(try start.text()) else {
            throw start.failure("`\(start.path)` must be a date such as 2026-01-05")
        }
        let words = try reason.text()
        guard VisibleText.isName(words), words.utf8.count <= 200 else {
            throw reason.failure(
                "`\(reason.path)` is a text of at most 200 bytes, without characters that cannot be seen")
        }
        var group: [String: String] = [:]
        for (dimension, value) in try fields["group"]?.fields() ?? [] { group[dimension] = try value.text() }
        return .init(start: date.description, reason: words, group: group)
    }
}
