import DisclosureControl
import MeasureModel
import Workspace

/// Makes the sealed bodies of an edition, one for each audience: each is computed for that audience, never cut out of a
/// richer one.
struct EditionBuilder {
    let workspace: Workspace
    let measures: [PublishedMeasure]

    /// The audiences: the hub, the public, every network.
    var audiences: [String] { ["hub", "public"] + workspace.config.networks.map(\.id) }

    func bodies(_ observations: [ObservationMaker.Made]) -> [EditionBody] {
        let visible = observationBytes(observations.sorted(by: Self.precedes))
        return audiences.map { audience in
            let list = measures.filter { shows($0, to: audience) }
            return EditionBody(
                audience: audience, observations: visible[audience] ?? [],
                measures: list.flatMap { $0.json(for: audience).bytes() + [Self.lineFeed] })
        }
    }

    /// What each audience sees of observations in order, one a line.
    private func observationBytes(_ ordered: [ObservationMaker.Made]) -> [String: [UInt8]] {
        var hub: [UInt8] = []
        hub.reserveCapacity(ordered.count * 1024)  // address space; only what is written becomes memory
        var everybody: [UInt8] = []
        var networks = Dictionary(uniqueKeysWithValues: workspace.config.networks.map { ($0.id, [UInt8]()) })
        var verdicts: [String: (hub: Bool, everybody: Bool)] = [:]
        for made in ordered {
            var line = made.observation.jsonBytes
            line.append(Self.lineFeed)
            let verdict = verdicts[made.observation.measure] ?? verdict(made)
            verdicts[made.observation.measure] = verdict
            if verdict.hub { hub += line }
            if verdict.everybody { everybody += line }
            // A network sees its own cells; pooled ones would show it what the others have.
            if let network = made.key["network"], made.owner == nil || made.owner == network {
                networks[network]?.append(contentsOf: line)
            }
        }
        networks["hub"] = hub
        networks["public"] = everybody
        return networks
    }

    private func verdict(_ made: ObservationMaker.Made) -> (hub: Bool, everybody: Bool) {
        let id = made.observation.measure
        return (shows(id: id, owner: made.owner, to: "hub"), shows(id: id, owner: made.owner, to: "public"))
    }

    /// What the hub sees of them, unordered.
    func shownToHub(_ observations: [ObservationMaker.Made]) -> [ObservationMaker.Made] {
        var verdicts: [String: Bool] = [:]
        return observations.filter { made in
            if let known = verdicts[made.observation.measure] { return known }
            let isShown = verdict(made).hub
            verdicts[made.observation.measure] = isShown
            return isShown
        }
    }

    private static let lineFeed = UInt8(ascii: "\n")

    /// Measure, grouping as listed, keys by bytes, period start, part.
    private static func precedes(_ left: ObservationMaker.Made, _ right: ObservationMaker.Made) -> Bool {
        if left.observation.measure != right.observation.measure {
            return left.observation.measure.utf8.lexicographicallyPrecedes(right.observation.measure.utf8)
        }
        if left.grouping != right.grouping { return left.grouping < right.grouping }
        if left.key != right.key { return left.key < right.key }
        if left.start != right.start { return left.start < right.start }
        let (a, b) = (left.observation.part ?? "", right.observation.part ?? "")
        return a.utf8.lexicographicallyPrecedes(b.utf8)
    }

    private func shows(_ measure: PublishedMeasure, to audience: String) -> Bool {
        shows(id: measure.id, owner: measure.owner, to: audience)
    }

    private func shows(id: String, owner: String?, to audience: String) -> Bool {
        let isShared = owner.map { WorkspaceConfig.matches(id, workspace.config.network($0)?.share ?? []) } ?? true
        switch audience {
        case "hub": return isShared
        case "public": return isShared && WorkspaceConfig.matches(id, workspace.config.publicShare)
        default: return owner == nil || owner == audience
        }
    }
}

/// A measure as the feed lists it.
struct PublishedMeasure {
    var id: String
    var owner: String?
    var definition: MeasureDefinition
    var labels: [String: [String: String]]
    var itemLabels: [String: String]
    /// All versions that were ever published, the oldest first.
    var versions: [String]
    /// Where its charts start anew.
    var phases: [WorkspaceConfig.ChartPhaseStart]

    func json(for audience: String) -> JSON {
        .object([
            ("id", .string(id)), ("version", .string(definition.version)), ("title", .string(definition.title)),
            ("question", .optional(definition.question)), ("domain", .string(definition.domain.rawValue)),
            ("type", .string(definition.type.rawValue)), ("direction", .optional(definition.direction?.rawValue)),
            ("unit", .string(definition.unit)), ("source", .optional(definition.source)),
            ("from", .string(definition.from)), ("every", .string(definition.every.rawValue)),
            ("by", .array(definition.by.map { .array($0.map(JSON.string)) })),
            ("params", .array(definition.params.map(\.json))),
            (
                "presets",
                .object(
                    definition.presets.map { preset in
                        (preset.name, .object(preset.values.map { ($0.name, .number($0.value)) }))
                    })
            ),
            ("chart", definition.chart.map { chart($0, for: audience) } ?? .null),
            ("tests", .array(definition.tests.map(JSON.string))),
            ("versions", .array(versions.map(JSON.string))),
            (
                "labels",
                .object([
                    ("groups", .object(labels.sorted { $0.key < $1.key }.map { ($0.key, Self.object($0.value)) })),
                    ("items", Self.object(itemLabels)),
                ])
            ),
        ])
    }

    private func chart(_ chart: MeasureDefinition.Chart, for audience: String) -> JSON {
        .object([
            ("kind", .string(chart.kind)), ("rules", .string(chart.rules)), ("baseline", .optional(chart.baseline)),
            (
                "phases",
                .array(
                    phases.filter { shows($0, to: audience) }.map { phase in
                        .object([
                            ("start", .string(phase.start)), ("reason", .string(phase.reason)),
                            ("group", Self.object(phase.group)),
                        ])
                    })
            ),
        ])
    }

    /// The hub sees all phases, a network those of everybody and of its own groups, the public those of everybody.
    private func shows(_ phase: WorkspaceConfig.ChartPhaseStart, to audience: String) -> Bool {
        switch audience {
        case "hub": true
        case "public": phase.group.isEmpty
        default: phase.group.isEmpty || phase.group["network"] == audience || owner == audience
        }
    }

    private static func object(_ texts: [String: String]) -> JSON {
        .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
}

extension MeasureDefinition.Parameter {
    fileprivate var json: JSON {
        .object([
            ("name", .string(name)), ("default", .number(standard)), ("min", .optional(minimum)),
            ("max", .optional(maximum)), ("about", .optional(about)),
        ])
    }
}
