import CivilCalendar
import LuaSandbox
import MeasureModel

/// Further datasets of a group: as a second group (`g.with`), and looked up row by row (`join`).
enum Companions {
    static func dataset(_ host: Evaluation, _ name: String) throws(LuaHostError) -> Dataset {
        try host.checkLength(ofName: name)
        guard host.setting.with.contains(name) else {
            let near = NameSuggestion.near(name, among: host.setting.with.filter(host.setting.visible.has(dataset:)))
            throw .message("the dataset `\(name)` is not declared: add it to `with` of the measure\(near)")
        }
        guard let dataset = host.setting.frames.datasets[name], host.setting.visible.has(dataset: name) else {
            throw .message("there are no data of `\(name)`")
        }
        return dataset
    }

    /// The rows with the group's keys, valid in its period.
    static func group(_ host: Evaluation, of group: GroupView, dataset name: String) throws(LuaHostError) -> GroupView {
        let dataset = try dataset(host, name)
        for part in group.key.parts where part.dimension != "network" {
            guard host.setting.visible.has(part.dimension, in: dataset) else {
                throw lacks(part.dimension, dataset, isGrouping: group.frame.dimensions.contains(part.dimension))
            }
        }
        return try rows(host, of: group, in: dataset)
    }

    /// Why the rows of a dataset cannot be cut to a group's.
    private static func lacks(_ dimension: String, _ dataset: Dataset, isGrouping: Bool) -> LuaHostError {
        let way = isGrouping ? "the measure is grouped" : "the rows were split"
        return .message("\(dataset.description.name) has no column `\(dimension)`, by which \(way)")
    }

    /// The rows of a dataset with a group's keys, valid in its period. What a script may read of it is not asked: the host
    /// counts response rates by them.
    static func rows(
        _ host: Evaluation, of group: GroupView, in dataset: Dataset
    ) throws(LuaHostError) -> GroupView {
        // Rows with validity may count in several periods and undated rows count in all, so neither is split by date.
        let isDated = dataset.description.validFrom == nil && dataset.description.periodColumn != nil
        let frame = try host.data { () throws(DataError) in
            try host.setting.frames.frame(dataset, host.setting.grouping(of: group), byDate: isDated)
        }
        for dimension in frame.dimensions where !dataset.hasColumn(dimension) {
            throw lacks(dimension, dataset, isGrouping: true)
        }
        let key = frame.dimensions.map { group.key[$0] ?? "" }
        guard
            let number = frame.groupNumbers[key]?.first(where: { number in
                !isDated || frame.groups[number].period == group.period ?? 0
            })
        else { return empty(frame, group) }
        let all = try split(
            host,
            GroupView(
                frame: frame, rows: .range(frame.groups[number].rows), key: group.key, period: group.period,
                readable: nil))
        guard dataset.description.validFrom != nil else { return all }
        return try valid(host, all)
    }

    /// Of rows with the measure's keys those with the keys that `each` added.
    private static func split(
        _ host: Evaluation, _ group: GroupView
    ) throws(LuaHostError) -> GroupView {
        var group = group
        let grouping = Set(group.frame.dimensions + ["network"])
        for part in group.key.parts where !grouping.contains(part.dimension) {
            guard let whole = try host.wholeColumn(part.dimension, of: group.frame) else {
                throw lacks(part.dimension, group.frame.dataset, isGrouping: false)
            }
            let column = ColumnView(group: group, data: group.part(of: whole), name: part.dimension)
            host.bill(rows: group.count)
            let parts = try GroupVerbs.parts(host, column)
            let places = parts.first { host.shown($0.0, of: column) == part.value }?.1 ?? []
            group = group.subset(places)
        }
        return group
    }

    private static func empty(_ frame: Frame, _ group: GroupView) -> GroupView {
        GroupView(frame: frame, rows: .list([]), key: group.key, period: group.period, readable: nil)
    }

    /// Rows that were true on some day of the group's period, and known on the day the run looks from.
    private static func valid(_ host: Evaluation, _ group: GroupView) throws(LuaHostError) -> GroupView {
        let description = group.frame.dataset.description
        let starts = try description.validFrom.map { (name) throws(LuaHostError) in try days(host, group, name) } ?? nil
        let ends = try description.validTo.map { (name) throws(LuaHostError) in try days(host, group, name) } ?? nil
        let period = group.period.flatMap { host.setting.periods[$0].days }
        let lastDay = min(period.map { Double($0.end.day) - 1 } ?? .infinity, Double(host.setting.asOf.day))
        let firstDay = period.map { Double($0.start.day) } ?? -.infinity
        let places = (0..<group.count).compactMap { place -> Int32? in
            let start = starts?[place] ?? .nan
            let end = ends?[place] ?? .nan
            return (start.isNaN || start <= lastDay) && (end.isNaN || end >= firstDay) ? Int32(place) : nil
        }
        return group.subset(places)
    }

    private static func days(
        _ host: Evaluation, _ group: GroupView, _ name: String
    ) throws(LuaHostError) -> [Double]? {
        guard let whole = try host.wholeColumn(name, of: group.frame) else { return nil }
        return Array(group.part(of: whole).numbers)
    }

    /// `g:join("roster", { person = "from" }, { "school" })`: the group with columns of another dataset, looked up row
    /// by row where its key columns equal ours. Of several rows that match, the first that is valid in the row's
    /// period counts; rows of the same network go before others.
    static func join(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "join")
        guard let name = arguments[1].asString, let on = arguments[2].asTable?.record, !on.isEmpty,
            let columns = arguments[3].asTable
        else { throw .message("join is written g:join(\"roster\", { person = \"from\" }, { \"school\" })") }
        let dataset = try dataset(host, name)
        var pairs: [(theirs: String, ours: String)] = []
        for pair in on {
            guard let ours = pair.value.asString else {
                throw .message("join: write { their_column = \"our_column\" }")
            }
            _ = try host.column(named: ours, of: group)  // declared, and there
            pairs.append((pair.name, ours))
        }
        var wanted: [(new: String, theirs: String)] = []
        for entry in columns.entries {
            guard let theirs = entry.value.asString else { throw .message("join: name the columns you want as text") }
            if case .string(let new) = entry.key {
                wanted.append((new, theirs))
            } else {
                wanted.append((theirs, theirs))
            }
        }
        let lookup = JoinLookup(host: host, group: group, dataset: dataset, pairs: pairs)
        var added: [String: GroupView.JoinedColumn] = [:]
        for column in wanted {
            guard !host.setting.visible.columnNames(of: group.frame.dataset).contains(column.new),
                group.joined[column.new] == nil
            else {
                throw .message(
                    "join: this group has a column `\(column.new)` already; give the new one another name: "
                        + "{ other_\(column.new) = \"\(column.theirs)\" }")
            }
            added[column.new] = GroupView.JoinedColumn(
                data: try lookup.column(column.theirs), dataset: name, dataClass: dataset.description.dataClass,
                namesPersons: dataset.description.personColumns.contains(column.theirs),
                isDimension: dataset.description.dimensions.contains(column.theirs),
                found: try lookup.foundPersons())
        }
        host.touchClass(of: dataset)
        return try host.give(.group(group.adding(added)))
    }
}

extension Evaluation.Setting {
    /// How the frame of a group was made, to make another dataset's like it.
    func grouping(of group: GroupView) -> FrameStore.Grouping {
        FrameStore.Grouping(
            dimensions: group.frame.dimensions, periods: periods, asOf: asOf, asOfInstant: asOfInstant)
    }
}
