import MeasureModel

/// The rows a script holds as a group: those of one key in one period, or some of them.
final class GroupView: HeldObject {
    /// Which rows of the frame.
    enum Rows {
        case range(Range<Int>)
        case list([Int32])

        var count: Int {
            switch self {
            case .range(let range): range.count
            case .list(let list): list.count
            }
        }
    }

    let frame: Frame
    let rows: Rows
    let key: GroupKey
    /// The period's place in the batch; nil for groups of undated data.
    let period: Int?
    /// Columns that may be read; nil for all.
    let readable: Set<String>?
    /// Columns looked up in other datasets, by name.
    let joined: [String: JoinedColumn]
    /// Data classes of other datasets by which these rows were chosen.
    private let otherClasses: Set<String>
    /// Other datasets by whose rows these were chosen.
    private let otherSources: Set<String>
    /// Its number among the frame's groups, when it is one of them as it stands.
    private let number: Int?
    /// Whether every row is known to be another person's, since that holds for the rows these were taken from.
    private let isTakenFromDistinct: Bool
    private var personsInAll: Int?
    /// The smallest number of persons in rows of other groups by which these were chosen.
    let otherPersons: Int?
    /// Rows of other datasets that were looked up for the rows by which these were chosen.
    private let otherFound: [FoundRows]
    /// Those that were looked up for the column whose rows these are.
    private let columnFound: FoundRows?

    /// A column of another dataset over the whole frame, and what the other dataset says of it.
    struct JoinedColumn {
        var data: ColumnData
        var dataset: String
        var dataClass: String
        var namesPersons: Bool
        /// Whether it is a dimension there, by whatever name it was joined.
        var isDimension: Bool
        /// Whose rows of the other dataset were found; nil where that dataset does not say who its persons are.
        var found: FoundRows?
    }

    init(
        frame: Frame, rows: Rows, key: GroupKey, period: Int?, readable: Set<String>?,
        joined: [String: JoinedColumn] = [:], otherClasses: Set<String> = [], otherSources: Set<String> = [],
        otherPersons: Int? = nil, otherFound: [FoundRows] = [], columnFound: FoundRows? = nil,
        number: Int? = nil, isTakenFromDistinct: Bool = false
    ) {
        self.frame = frame
        self.rows = rows
        self.key = key
        self.period = period
        self.readable = readable
        self.joined = joined
        self.otherClasses = otherClasses
        self.otherSources = otherSources
        self.otherPersons = otherPersons
        self.otherFound = otherFound
        self.columnFound = columnFound
        self.number = number
        self.isTakenFromDistinct = isTakenFromDistinct
    }

    var count: Int { rows.count }

    /// The datasets of whose rows it tells: its own, those in which columns were looked up, and those on whose rows it
    /// rests.
    private(set) lazy var sources: Set<String> =
        otherSources.isEmpty && joined.isEmpty
        ? frame.dataset.sources
        : frame.dataset.sources.union(joined.values.map(\.dataset)).union(otherSources)

    /// Whether its rows lie here and there in the frame, so that columns of them are copies.
    var isPicked: Bool { if case .list = rows { true } else { false } }

    /// Distinct persons in all its rows.
    func persons(_ counting: FramePersons) -> Int {
        if let personsInAll { return personsInAll }
        let persons =
            if isTakenFromDistinct {
                count
            } else if let number {
                counting.count(group: number, rows)
            } else {
                counting.count(rows) { _ in true }
            }
        personsInAll = persons
        return persons
    }

    /// Whether every row is another person's, as far as that has shown.
    func isOfDistinctPersons(_ counting: FramePersons) -> Bool {
        isTakenFromDistinct || (counting.areSingle && persons(counting) == count)
    }

    private var isKnownDistinct: Bool {
        isTakenFromDistinct || (frame.knownPersons.map { $0.areSingle && personsInAll == count } ?? false)
    }

    /// All rows of other datasets that these rest on.
    private var found: [FoundRows] {
        guard let columnFound, !otherFound.contains(where: { $0 === columnFound }) else { return otherFound }
        return otherFound + [columnFound]
    }

    /// The same rows as those of a column that was looked up; without a name, as those of whether it was found.
    func ofColumn(_ name: String?) -> GroupView {
        let found = name.flatMap { joined[$0]?.found }
        guard found !== columnFound else { return self }
        return GroupView(
            frame: frame, rows: rows, key: key, period: period, readable: readable, joined: joined,
            otherClasses: otherClasses, otherSources: otherSources, otherPersons: otherPersons, otherFound: otherFound,
            columnFound: found, number: number, isTakenFromDistinct: isTakenFromDistinct)
    }

    /// The fewest persons of another dataset who were looked up for the rows at the places where `isCounted` holds; nil
    /// where none were.
    func foundPersons(where isCounted: (Int) -> Bool) -> Int? {
        let found = self.found
        guard !found.isEmpty else { return nil }
        return found.compactMap { $0.persons(rows, where: isCounted) }.min()
    }

    /// Some of its rows, given by their places among them.
    func subset(_ places: [Int32], key: GroupKey? = nil) -> GroupView {
        let list: [Int32] =
            switch rows {
            case .range(let range): places.map { Int32(range.lowerBound) + $0 }
            case .list(let list): places.map { list[Int($0)] }
            }
        return GroupView(
            frame: frame, rows: .list(list), key: key ?? self.key, period: period, readable: readable, joined: joined,
            otherClasses: otherClasses, otherSources: otherSources, otherPersons: otherPersons, otherFound: found,
            isTakenFromDistinct: isKnownDistinct)
    }

    /// The same rows with more columns.
    func adding(_ columns: [String: JoinedColumn]) -> GroupView {
        GroupView(
            frame: frame, rows: rows, key: key, period: period, readable: readable,
            joined: joined.merging(columns) { $1 }, otherClasses: otherClasses, otherSources: otherSources,
            otherPersons: otherPersons, otherFound: found, number: number,
            isTakenFromDistinct: isTakenFromDistinct)
    }

    /// The same rows, resting on the data of another group too, and on so many of its persons.
    func resting(on other: GroupView, persons: Int? = nil) -> GroupView {
        guard other !== self || persons != nil else { return self }
        let classes = other.classes
        let isOfSameFrame = other.frame === frame
        let foreign = isOfSameFrame ? nil : other.foundPersons { _ in true }
        let fewest = [otherPersons, other.otherPersons, persons, foreign].compactMap(\.self).min()
        let more = isOfSameFrame ? other.found.filter { theirs in !otherFound.contains { $0 === theirs } } : []
        guard classes != self.classes || fewest != otherPersons || !more.isEmpty else {
            return telling(of: other)
        }
        return GroupView(
            frame: frame, rows: rows, key: key, period: period, readable: readable, joined: joined,
            otherClasses: otherClasses.union(classes), otherSources: otherSources.union(other.sources),
            otherPersons: fewest, otherFound: otherFound + more, columnFound: columnFound, number: number,
            isTakenFromDistinct: isTakenFromDistinct)
    }

    /// The same rows, which tell of the rows of another group's datasets too.
    func telling(of other: GroupView) -> GroupView {
        guard !other.sources.isSubset(of: sources) else { return self }
        let telling = GroupView(
            frame: frame, rows: rows, key: key, period: period, readable: readable, joined: joined,
            otherClasses: otherClasses, otherSources: otherSources.union(other.sources), otherPersons: otherPersons,
            otherFound: otherFound, columnFound: columnFound, number: number, isTakenFromDistinct: isTakenFromDistinct)
        telling.personsInAll = personsInAll
        return telling
    }

    /// Parts of columns that the group was asked for before, where they lie in the frame and cost nothing to keep.
    private(set) var knownParts: [String: ColumnData] = [:]

    /// These rows of a column over the whole frame, found again under its name.
    func part(of whole: ColumnData, named name: String) -> ColumnData {
        let part = part(of: whole)
        if case .range = rows { knownParts[name] = part }
        return part
    }

    /// These rows of a column over the whole frame.
    func part(of whole: ColumnData) -> ColumnData {
        switch rows {
        case .range(let range): return whole.slice(range)
        case .list(let list): return whole.gathered(list)
        }
    }

    /// The data classes of all datasets that these rows and their columns rest on.
    private(set) lazy var classes: [String] =
        otherClasses.isEmpty && joined.isEmpty
        ? [frame.dataset.description.dataClass]
        : otherClasses.union(joined.values.map(\.dataClass)).union([frame.dataset.description.dataClass]).sorted()

    /// Whether a column's values name persons, who are shown as pseudonyms.
    func namesPersons(_ column: String) -> Bool {
        joined[column]?.namesPersons ?? frame.dataset.description.personColumns.contains(column)
    }

    /// The places in the dataset of the rows for which `isCounted` holds, in order.
    func datasetRows(where isCounted: (Int) -> Bool) -> [Int32] {
        let order = frame.datasetRows
        switch rows {
        case .range(let range):
            return range.indices.compactMap { isCounted($0 - range.lowerBound) ? order[$0] : nil }
        case .list(let list):
            return list.indices.compactMap { isCounted($0) ? order[Int(list[$0])] : nil }
        }
    }

    /// The place in the frame of the row at `place` among these rows.
    func frameRow(_ place: Int) -> Int {
        switch rows {
        case .range(let range): range.lowerBound + place
        case .list(let list): Int(list[place])
        }
    }
}
