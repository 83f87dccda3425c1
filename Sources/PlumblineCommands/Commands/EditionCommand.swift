import ArgumentParser
import Feed
import MeasureModel
import Workspace

struct EditionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edition", abstract: "The published editions.",
        subcommands: [EditionListCommand.self, EditionShowCommand.self])
}

struct EditionListCommand: PlumbCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the published editions.")

    @OptionGroup var common: CommonOptions

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let editions = try workspace.openStoreForReading()?.editions() ?? []
        var table = TextTable(["edition", "as of", "published (UTC)", "audiences", "run"], rightAligned: [0])
        for edition in editions {
            table.add([
                "\(edition.number)", edition.asOf, edition.publishedAt, edition.audiences.joined(separator: ","),
                edition.run,
            ])
        }
        console.show(editions.isEmpty ? "Nothing was published yet: run `plumb nightly`." : table.text)
        console.emit(.object([("editions", .array(editions.map(\.json)))]))
        return .done
    }
}

struct EditionShowCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show an edition's newest values.")

    @OptionGroup var common: CommonOptions
    @Argument(help: ArgumentHelp("The edition (default: the newest).", valueName: "N")) var number: Int?
    @Option(help: ArgumentHelp("The audience.", valueName: "NAME")) var audience = "hub"
    @Option(help: ArgumentHelp("One measure only.", valueName: "ID")) var measure: String?

    func execute(_ console: Console) throws -> ExitStatus {
        let workspace = try common.openWorkspace()
        let edition = try FeedEdition(
            workspace, try workspace.openStoreForReading(), audience: audience, number: number)
        if let measure, !edition.measures.contains(where: { $0.id == measure }) {
            let near = Workspace.suggestion(measure, edition.measures.map(\.id))
            throw UsageError("Edition \(edition.record.number) has no measure `\(measure)` for \(audience)\(near).")
        }
        let shown = edition.observations.filter { measure == nil || $0.measure == measure }
        console.show(
            "Edition \(edition.record.number) for \(audience), looking from \(edition.record.asOf), \(edition.record.policy)\n"
        )
        console.show(ObservationTable.text(measure == nil ? Self.newest(shown) : shown))
        console.emit(
            .object([("edition", edition.record.json), ("observations", .array(shown.map(\.json)))]))
        return .done
    }

    /// The newest period of each series.
    static func newest(_ observations: [Observation]) -> [Observation] {
        var order: [String] = []
        var newest: [String: Observation] = [:]
        for observation in observations {
            let group = GroupKey.ordered(observation.group.keys).map { "\($0)=\(observation.group[$0] ?? "")" }
            let series = ([observation.measure, observation.part ?? ""] + group).joined(separator: "\u{1f}")
            if newest[series] == nil { order.append(series) }
            newest[series] = observation
        }
        return order.compactMap { newest[$0] }
    }
}

extension EditionRecord {
    fileprivate var json: JSON {
        .object([
            ("number", .integer(number)), ("as_of", .string(asOf)), ("run", .string(run)), ("policy", .string(policy)),
            ("published_at", .string(publishedAt)), ("audiences", .array(audiences.map(JSON.string))),
        ])
    }
}

/// Observations as a table for people.
enum ObservationTable {
    static func text(_ observations: [Observation]) -> String {
        var table = TextTable(
            ["measure", "group", "period", "value", "interval", "n", "status"], rightAligned: [3, 5])
        for observation in observations {
            let name = observation.measure + (observation.part.map { ":\($0)" } ?? "")
            let group = GroupKey.ordered(observation.group.keys).compactMap { observation.group[$0] }
            table.add([
                name, group.isEmpty ? "all" : group.joined(separator: " / "), observation.period.label,
                observation.value.map(short) ?? "", interval(observation.low, observation.high),
                observation.n.map(String.init) ?? "", status(observation),
            ])
        }
        return table.text
    }

    private static func status(_ observation: Observation) -> String {
        observation.status == Status.suppressed.rawValue ? "hidden (too few persons)" : observation.status
    }

    static func interval(_ low: Double?, _ high: Double?) -> String {
        guard let low, let high else { return "" }
        return "[\(short(low)), \(short(high))]"
    }

    /// About four digits; the files keep them all.
    static func short(_ number: Double) -> String {
        guard number != number.rounded() else { return JSON.text(of: number) }
        var scale = 1.0
        while abs(number) * scale < 1_000, scale < 1e9 { scale *= 10 }
        return JSON.text(of: (number * scale).rounded() / scale)
    }
}
