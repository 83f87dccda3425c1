import CivilCalendar
import LuaSandbox
import MeasureModel

/// The host's side of one task: the objects its script holds, and what it has touched.
final class Evaluation: LuaHost {
    /// What stays the same over the groups of a task.
    struct Setting {
        var frames: FrameStore
        var periods: [Period]
        var asOf: CivilDate
        var asOfInstant: Int64
        var mayReadRows: Bool
        var with: [String]
        /// What exists of the data.
        var visible = VisibleData(nil)
        var pseudonymSalt: UInt64
        /// When days begin, to compare times with them.
        var dayStarts = DayStarts.utc
        /// The texts of the script and of its modules: words that a measure gives as a reason are published only where
        /// they stand in one of them.
        var sources: [[UInt8]] = []
        /// Whether any words may come back (for the author alone).
        var showsAnyWords = false
    }

    let setting: Setting
    /// What the script says as it is.
    private(set) lazy var literals = LiteralText(setting.sources)
    private var objects = ObjectTable()
    private var lastColumns: (frame: Frame, names: [String], readable: Set<String>?, columns: [ColumnData])?
    private var meter: LuaMeter?
    /// The smallest number of persons of any rows the script looked at in this group: none where nobody behind them
    /// could be counted, nil where it looked at no rows.
    private(set) var fewestPersons: Int?
    /// The smallest number of persons behind any plain number that it was given in this group.
    private(set) var fewestTaken: Int?
    /// The group being evaluated.
    private(set) var group: GroupView?
    /// Values of dimensions that it was shown in this group, and may call parts after.
    private(set) var shownLabels: Set<String> = []
    /// Data classes of the datasets it looked at in this group.
    private(set) var classes: Set<String> = []
    /// Whether it asked for the day the run looks from, in any group.
    private(set) var readsAsOf = false

    init(_ setting: Setting) {
        self.setting = setting
    }

    /// From now on work is billed to this script.
    func attach(_ meter: LuaMeter) {
        self.meter = meter
    }

    /// The columns of several names. Group after group asks for the same ones: they are looked up anew only where the names
    /// or the data are others than the last time.
    func columns(named names: [String], of group: GroupView) throws(LuaHostError) -> [ColumnView] {
        if let last = lastColumns, last.frame === group.frame, last.names == names, last.readable == group.readable,
            group.joined.isEmpty
        {
            return zip(names, last.columns).map { name, whole in
                ColumnView(group: group, data: group.part(of: whole), name: name, ownsMemory: group.isPicked)
            }
        }
        var columns: [ColumnView] = []
        var wholes: [ColumnData] = []
        for name in names {
            columns.append(try column(named: name, of: group))
            wholes.append(try wholeColumn(named: name, of: group))
        }
        if group.joined.isEmpty { lastColumns = (group.frame, names, group.readable, wholes) }
        return columns
    }

    /// Forgets the last group and starts on the next.
    func begin(_ group: GroupView) -> LuaObject {
        forgetObjects()
        fewestPersons = nil
        fewestTaken = nil
        classes = [group.frame.dataset.description.dataClass]
        shownLabels = Set(group.key.parts.map(\.value))
        self.group = group
        return add(.group(group))
    }

    // MARK: Objects

    /// Lets go of all objects.
    func forgetObjects() {
        objects.removeAll()
        group = nil
    }

    private func add(_ object: HostObject) -> LuaObject {
        if let meter { object.held.bill(object.byteCount, to: meter) }
        return LuaObject(kind: object.kind.rawValue, id: objects.add(object))
    }

    /// An object for a script to hold.
    func give(_ object: HostObject) throws(LuaHostError) -> LuaValue {
        if let meter, !meter.fits(object.byteCount) { throw .needsMemory }
        return .object(add(object))
    }

    /// Bills memory that is the script's as long as the host holds this for it.
    func bill(_ held: HeldObject, bytes: Int) throws(LuaHostError) {
        try requireRoom(bytes: bytes)
        if let meter { held.bill(bytes, to: meter) }
    }

    /// Makes sure that so much memory is left to the script.
    func requireRoom(bytes: Int) throws(LuaHostError) {
        if let meter, !meter.fits(bytes) { throw .needsMemory }
    }

    /// What a script's object stands for. Numbers of rows and of missing values are other things than those of objects.
    func object(_ reference: LuaObject) -> HostObject? {
        guard let object = objects[reference.id], object.kind.rawValue == reference.kind else { return nil }
        return object
    }

    func release(_ object: LuaObject) {
        // Rows share the number of their group, and the number of a missing value is its kind.
        guard object.kind != ObjectKind.row.rawValue, object.kind != ObjectKind.missing.rawValue else { return }
        objects.remove(object.id)
    }

    func call(_ function: UInt16, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        guard Int(function) < VerbTable.handlers.count else { throw .message("no such function") }
        do {
            return try VerbTable.handlers[Int(function)](self, arguments)
        } catch {
            // A script that catches the error has learnt something of the rows it had picked out.
            takeWhatWasSeen()
            throw error
        }
    }

    // MARK: Work

    /// Bills native work over so many rows.
    func bill(rows: Int) {
        meter?.billWork(rows)
    }

    /// Ends the call of a script that is out of time or fuel; loops that may be long ask every few rounds.
    func stopIfOver() throws(LuaHostError) {
        if let meter, meter.isOver { throw .stopped }
    }

    /// Makes sure that so many bytes of passing work fit into the script's memory.
    func requireMemory(_ bytes: Int) throws(LuaHostError) {
        if let meter, !meter.fits(bytes) { throw .needsMemory }
    }

    /// Passes over very many rows in stretches, and ends the call between two of them when the script is out of time.
    func inStretches(_ count: Int, _ body: (Range<Int>) -> Void) throws(LuaHostError) {
        var start = 0
        while start < count {
            try stopIfOver()
            let end = min(start + Self.stretch, count)
            body(start..<end)
            start = end
        }
    }

    /// Rows that a pass takes some milliseconds for.
    private static let stretch = 1 << 20

    /// A number for each value, made in stretches.
    func mapped<Value>(_ values: ArraySlice<Value>, _ body: (Value) -> Double) throws(LuaHostError) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(values.count)
        try inStretches(values.count) { range in
            let first = values.startIndex
            result.append(contentsOf: values[first + range.lowerBound..<first + range.upperBound].lazy.map(body))
        }
        return result
    }

    /// Runs something that may fail because of the data; gathering is shared by all measures and not billed.
    /// A name that a script made up is looked for before, on its own clock.
    func data<Result>(_ body: () throws(DataError) -> Result) throws(LuaHostError) -> Result {
        do {
            guard let meter else { return try body() }
            return try meter.offTheClock(body)
        } catch let error as DataError {
            throw .message(words(of: error))
        } catch {
            throw .message("the data could not be read")
        }
    }

    /// What a script is told of data that are not right: nothing of columns that do not exist for it.
    private func words(of error: DataError) -> String {
        guard let place = error.place, let dataset = setting.frames.datasets[place.dataset],
            !setting.visible.has(place.column, in: dataset)
        else { return error.message }
        return "the data of \(place.dataset) contradict what is declared of them"
    }

    // MARK: Persons

    /// Distinct persons in all rows of a group.
    func persons(_ group: GroupView) throws(LuaHostError) -> Int {
        let own = group.persons(try framePersons(group.frame))
        return min(own, group.foundPersons { _ in true } ?? .max)
    }

    /// Distinct persons behind the rows of a group for which `isCounted` holds.
    func persons(_ group: GroupView, where isCounted: (Int) -> Bool) throws(LuaHostError) -> Int {
        let counting = try framePersons(group.frame)
        let others = group.foundPersons(where: isCounted) ?? .max
        guard group.isOfDistinctPersons(counting) else {
            return min(others, counting.count(group.rows, where: isCounted))
        }
        var total = 0
        for place in 0..<group.count where isCounted(place) { total += 1 }
        return min(others, total)
    }

    /// Distinct persons behind those rows of a group for which `isCounted` holds; nil where it holds for none, for rows of
    /// nobody who could be counted are something else than no rows.
    func personsIfAny(_ group: GroupView, where isCounted: (Int) -> Bool) throws(LuaHostError) -> Int? {
        let persons = try persons(group, where: isCounted)
        return persons > 0 || (0..<group.count).contains(where: isCounted) ? persons : nil
    }

    /// Distinct persons in all rows of a group; nil where it has none.
    func personsIfAny(_ group: GroupView) throws(LuaHostError) -> Int? {
        group.count == 0 ? nil : try persons(group)
    }

    /// Distinct persons behind the valid rows of a column, of which there are `valid` where that is known already.
    func persons(_ column: ColumnView, valid: Int? = nil) throws(LuaHostError) -> Int {
        let own = try ownPersons(column, valid: valid)
        return min(own, column.group.foundPersons { !column.data.isMissing($0) } ?? .max)
    }

    private func ownPersons(_ column: ColumnView, valid: Int?) throws(LuaHostError) -> Int {
        let counting = try framePersons(column.group.frame)
        let valid = valid ?? column.data.validCount
        if valid == column.group.count { return column.group.persons(counting) }
        if column.group.isOfDistinctPersons(counting) { return valid }
        switch column.data.values {
        case .numbers(let numbers):
            let start = numbers.startIndex
            return counting.count(column.group.rows) { !numbers[start + $0].isNaN }
        case .labels(let codes, _):
            let start = codes.startIndex
            return counting.count(column.group.rows) { codes[start + $0] >= 0 }
        }
    }

    /// An estimate made of nothing but numbers that the script wrote down or took: it rests on as few persons as they may.
    func ownEstimate(_ value: Double) throws(LuaHostError) -> Estimate {
        let all = if let group { try personsIfAny(group) } else { nil as Int? }
        let behind = [fewestPersons, all].compactMap(\.self).min()
        // Rows of nobody who could be counted are not nothing: they make one case, and no persons.
        return Estimate(
            value: value == 0 ? 0 : value, n: behind.map { max($0, 1) } ?? 0, counted: .persons, persons: behind ?? 0,
            classes: classes.sorted())
    }

    private func framePersons(_ frame: Frame) throws(LuaHostError) -> FramePersons {
        if let known = frame.knownPersons { return known }
        return try data { () throws(DataError) in try frame.persons() }
    }

    func counter(of dataset: Dataset) throws(LuaHostError) -> PersonCounter {
        try data { () throws(DataError) in try dataset.counter() }
    }

    /// Notes that the script looks at these rows: a plain number it returns rests on no more persons than they hold.
    func touch(_ group: GroupView) throws(LuaHostError) {
        note(persons: try personsIfAny(group), classes: group.classes)
    }

    /// Notes that the script looks at the values of a column.
    func touch(_ column: ColumnView) throws(LuaHostError) {
        let valid = column.data.validCount
        note(persons: valid == 0 ? nil : try persons(column, valid: valid), classes: column.group.classes)
    }

    private func note(persons: Int?, classes: [String]) {
        self.classes.formUnion(classes)
        if let persons { fewestPersons = min(fewestPersons ?? persons, persons) }
    }

    /// Notes that the script was given a plain number that rests on so many persons. From now on nothing it returns
    /// rests on more: the number may be in it, though estimates made without it are none the smaller. Nil is a number that
    /// rests on no rows; none are rows of nobody who could be counted.
    func take(persons: Int?) {
        guard let persons else { return }
        fewestPersons = min(fewestPersons ?? persons, persons)
        fewestTaken = min(fewestTaken ?? persons, persons)
    }

    /// Notes that the script learnt whether there is something, as by an error that it caught or by a number that is
    /// missing: that tells of the fewest rows it had picked out.
    func takeWhatWasSeen() {
        take(persons: fewestPersons ?? group.flatMap { try? personsIfAny($0) })
    }

    /// Notes that the script took a number out of an estimate. A share tells of those who said yes and of those who did
    /// not.
    func take(_ given: HostEstimate, _ estimate: Estimate) {
        classes.formUnion(estimate.classes)
        if estimate.restsOnNothing { takeWhatWasSeen() } else { take(persons: estimate.persons) }
        guard case .share = given.basis, let column = given.column else { return }
        let truths = column.data.numbers
        for side in [1.0, 0.0] {
            take(persons: (try? personsIfAny(column.group) { truths[truths.startIndex + $0] == side }) ?? nil)
        }
    }

    /// Notes that the script was told which values a column has; the rows of the rarest are those of so few persons.
    func showed(_ labels: [String], ofDimension isDimension: Bool, fewestPersons: Int?) {
        if isDimension { shownLabels.formUnion(labels) }
        take(persons: fewestPersons)
    }

    func noteClass(_ dataClass: String) {
        classes.insert(dataClass)
    }

    func noteAsOfWasRead() {
        readsAsOf = true
    }
}

/// Frames by dataset and grouping, made when first asked for and shared by the tasks of a worker.
final class FrameStore {
    /// The grouping of a batch.
    struct Grouping: Hashable {
        var dimensions: [String]
        var periods: [Period]
        var asOf: CivilDate
        var asOfInstant: Int64
    }

    let datasets: [String: Dataset]
    /// Shared by all that gathers.
    let announcements = Announcements()
    /// Shared by all measures: deviates depend on nothing but a number of values.
    let meanIntervals = MeanIntervals()
    let alphaIntervals = AlphaIntervals()
    private var frames: [Key: Frame] = [:]
    private var matches: [[String]: PersonMatch?] = [:]

    private struct Key: Hashable {
        var dataset: String
        var grouping: Grouping
        var byDate: Bool
    }

    init(_ datasets: [Dataset]) {
        self.datasets = Dictionary(uniqueKeysWithValues: datasets.map { ($0.description.name, $0) })
        for dataset in datasets { dataset.announcements = announcements }
    }

    /// Rows of a dataset split by dimensions and, when `byDate`, by period.
    func frame(_ dataset: Dataset, _ grouping: Grouping, byDate: Bool) throws(DataError) -> Frame {
        let key = Key(dataset: dataset.description.name, grouping: grouping, byDate: byDate)
        if let known = frames[key] { return known }
        let frame = try announcements.hostWork(rows: dataset.rowCount) { () throws(DataError) in
            try Frame(
                dataset, dimensions: grouping.dimensions, calendar: byDate ? .byDate(grouping.periods) : .none,
                asOf: grouping.asOf, asOfInstant: grouping.asOfInstant)
        }
        frames[key] = frame
        return frame
    }

    /// Which persons of a dataset are those of another; nil where they are not named.
    func match(_ dataset: Dataset, _ other: Dataset) throws(DataError) -> PersonMatch? {
        let key = [dataset.description.name, other.description.name]
        if let known = matches[key] { return known }
        let match = try PersonMatch(dataset, other)
        matches[key] = .some(match)
        return match
    }

    /// Forgets gathered data, before the next batch.
    func forgetFrames() {
        frames.removeAll()
    }
}
