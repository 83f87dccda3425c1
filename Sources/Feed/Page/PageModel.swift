import MeasureModel
import Workspace

/// What the page shows, ready to be put into the template.
struct PageModel {
    var hub: String
    var audience: String
    var edition: Int
    var asOf: String
    var policy: String
    var count: Int
    var hiddenCount: Int
    var domains: [DomainModel]

    struct DomainModel {
        var id: String
        var name: String
        var measures: [MeasureModel]
    }

    struct MeasureModel {
        var id: String
        var title: String
        var question: String
        var unit: String
        var direction: String?
        var source: String?
        /// The wording of its items, by column.
        var items: [ItemModel]
        var hasItems: Bool
        var groupings: [GroupingModel]
    }

    struct ItemModel {
        var name: String
        var wording: String
    }

    struct GroupingModel {
        var summary: String
        var caption: String
        var isOpen: Bool
        var rows: [RowModel]
    }

    struct RowModel {
        var group: String
        var period: String
        var value: String
        var n: String
        var note: String?
        /// What the chart says at the newest point.
        var chart: String?
        var isHidden: Bool
        /// An SVG picture; its texts are escaped already.
        var line: String
    }
}

/// Makes the page's content of an edition.
struct PageBuilder {
    private let edition: FeedEdition
    private let measures: [String: FeedMeasure]

    init(_ edition: FeedEdition) {
        self.edition = edition
        measures = Dictionary(uniqueKeysWithValues: edition.measures.map { ($0.id, $0) })
    }

    func page() -> PageModel {
        let domains = MeasureDefinition.Domain.allCases.compactMap { domain -> PageModel.DomainModel? in
            let inside = edition.measures.filter { $0.domain == domain.rawValue }.map(model)
            return inside.isEmpty ? nil : .init(id: domain.rawValue, name: domain.title, measures: inside)
        }
        return PageModel(
            hub: edition.hub, audience: edition.audience, edition: edition.record.number, asOf: edition.record.asOf,
            policy: edition.record.policy, count: edition.observations.count,
            hiddenCount: edition.observations.count { $0.status == Status.suppressed.rawValue }, domains: domains)
    }

    private func model(_ measure: FeedMeasure) -> PageModel.MeasureModel {
        let own = edition.observations.filter { $0.measure == measure.id }
        var order: [[String]] = []
        var byGrouping: [[String]: [Observation]] = [:]
        for observation in own {
            let dimensions = GroupKey.ordered(observation.group.keys)
            if byGrouping[dimensions] == nil { order.append(dimensions) }
            byGrouping[dimensions, default: []].append(observation)
        }
        let items = measure.labels.items.sorted { $0.key < $1.key }
        let groupings = order.enumerated().map { index, dimensions in
            grouping(dimensions, byGrouping[dimensions] ?? [], measure, isFirst: index == 0)
        }
        return .init(
            id: measure.id, title: measure.title, question: measure.question ?? "", unit: measure.unit,
            direction: measure.direction, source: measure.source,
            items: items.map { .init(name: $0.key, wording: $0.value) }, hasItems: !items.isEmpty,
            groupings: groupings)
    }

    private struct SeriesKey: Hashable {
        var group: [String: String]
        var part: String?
    }

    private func grouping(
        _ dimensions: [String], _ observations: [Observation], _ measure: FeedMeasure, isFirst: Bool
    ) -> PageModel.GroupingModel {
        var order: [SeriesKey] = []
        var series: [SeriesKey: [Observation]] = [:]
        for observation in observations {
            let key = SeriesKey(group: observation.group, part: observation.part)
            if series[key] == nil { order.append(key) }
            series[key, default: []].append(observation)
        }
        let rows = order.compactMap { key in
            series[key].flatMap {
                row(key, $0.sorted { ($0.period.start ?? "") < ($1.period.start ?? "") }, dimensions, measure)
            }
        }
        let name = dimensions.isEmpty ? "all together" : "by " + dimensions.joined(separator: ", ")
        return .init(
            summary: "\(name) (\(rows.count))", caption: "\(measure.title), \(name), newest period",
            isOpen: isFirst, rows: rows)
    }

    private func row(
        _ key: SeriesKey, _ points: [Observation], _ dimensions: [String], _ measure: FeedMeasure
    ) -> PageModel.RowModel? {
        guard let newest = points.last else { return nil }
        let names = dimensions.map { dimension in
            let value = key.group[dimension] ?? ""
            return measure.labels.groups[dimension]?[value] ?? value
        }
        let part = key.part.map(measure.labels.name(ofPart:))
        let group = ([names.isEmpty ? "all" : names.joined(separator: " / ")] + [part].compactMap(\.self))
            .joined(separator: ": ")
        let format = NumberFormat(unit: measure.unit)
        let isHidden = newest.status == Status.suppressed.rawValue
        return .init(
            group: group, period: newest.period.label, value: format.value(newest),
            n: newest.n.map { "\($0) \(newest.countedUnit)" } ?? "", note: note(newest),
            chart: ChartWords(measure, format).text(newest),
            isHidden: isHidden, line: Sparkline(points, format: format, title: "\(measure.title), \(group)").svg())
    }

    private func note(_ observation: Observation) -> String? {
        let words: [String?] = [
            [Status.ok, .suppressed].map(\.rawValue).contains(observation.status)
                ? nil
                : observation.status.replacing("_", with: " "),
            observation.status == Status.suppressed.rawValue ? nil : observation.reason,
            observation.response.map { "\(Int(($0.rate * 100).rounded())) % of \($0.eligible) answered" },
            observation.flags.isEmpty ? nil : observation.flags.joined(separator: ", ").replacing("_", with: " "),
        ]
        let note = words.compactMap(\.self).joined(separator: "; ")
        return note.isEmpty ? nil : note
    }
}

extension MeasureDefinition.Domain {
    /// As headings name it.
    var title: String {
        switch self {
        case .hub: "Hub leadership"
        case .roles: "Roles and engagement"
        case .improvement: "Continuous improvement"
        case .withinTeam: "Within teams"
        case .acrossTeams: "Across teams"
        case .culture: "Network culture"
        case .environment: "Institutional environment"
        case .pdsa: "Improvement cycles"
        case .spread: "Spread and scale"
        case .outcome: "Outcomes and variation"
        case .impact: "Impact"
        case .quality: "Data quality"
        }
    }
}
