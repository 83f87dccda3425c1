import LuaSandbox
import Statistics

/// What a script wants charted.
struct ChartRequest {
    var series: ChartSeries
    var phases: [ChartPhase]
    var options: ChartOptions
    /// Units, exposures or values behind each point; empty where each point is one value.
    var sizes: [Double] = []
    /// The standard deviation or range of each subgroup; empty without subgroups.
    var spreads: [Double] = []
    /// Gaps of 0 between events, which a t chart shows as half a unit.
    var zeroGaps: Int?
    /// The rows that are charted.
    var group: GroupView
    /// The point that each row belongs to, counted from 0; nil for rows that belong to none.
    var pointOfRow: [Int?]
    /// Whether a point is made of the rows of a subgroup.
    var isGathered = false
}

/// Reads the options of a chart and makes points of rows.
struct ChartReader {
    let host: Evaluation
    let verb: String
    let column: ColumnView
    /// The kind that the verb's name says already.
    let fixedKind: ChartKind?

    /// Thirty years of days; more points than that want a subgroup.
    static let mostPoints = 10_000
    private static let mostPhases = 100

    func request(_ arguments: borrowing LuaArguments) throws(LuaHostError) -> ChartRequest {
        let given = try host.options(arguments, 1, verb, known: knownOptions)
        let kind = try kind(given)
        let chartOptions = try chartOptions(given, kind)
        let of = try host.column(given, "of", of: column.group, verb)
        let subgroup = try host.column(given, "subgroup", of: column.group, verb)
        try requireFit(kind, of, subgroup)
        var request = try points(kind, given, of, subgroup)
        guard request.series.points.count <= Self.mostPoints else {
            throw .message("\(verb): a chart has at most \(Self.mostPoints) points; gather rows with `subgroup`")
        }
        request.options = chartOptions
        request.phases = try phases(given, count: request.series.points.count)
        return request
    }

    private var knownOptions: [String] {
        let shared = ["subgroup", "baseline", "exclude", "phases", "center", "shift", "trend"]
        return fixedKind == nil ? ["kind", "of", "sigma", "gaps", "zero_as"] + shared : shared
    }

    private func kind(_ given: LuaTable) throws(LuaHostError) -> ChartKind {
        if let fixedKind { return fixedKind }
        let kinds: [ChartKind] = [.xmr] + ChartKind.allCases.filter { $0 != .xmr && $0 != .run }
        return try host.choice(given, "kind", verb, kinds.map { ($0.rawValue, $0) })
    }

    private func requireFit(_ kind: ChartKind, _ of: ColumnView?, _ subgroup: ColumnView?) throws(LuaHostError) {
        let isRatio = [.p, .pPrime, .u, .uPrime].contains(kind)
        if of != nil, !isRatio { throw .message("\(verb): only p and u charts have denominators in `of`") }
        if [.p, .pPrime].contains(kind), of == nil, subgroup == nil {
            throw .message("\(verb): a p chart needs its denominators, `of = \"students\"`, or a `subgroup`")
        }
        if [.u, .uPrime].contains(kind), of == nil {
            throw .message("\(verb): a u chart needs its exposure, `of = \"days\"`")
        }
        if [.xbarS, .xbarR].contains(kind), subgroup == nil {
            throw .message("\(verb): means of subgroups need `subgroup`, the column that tells them apart")
        }
        if [.g, .t].contains(kind), subgroup != nil {
            throw .message("\(verb): gaps between events have no `subgroup`")
        }
    }

    // MARK: Options

    private func chartOptions(_ given: LuaTable, _ kind: ChartKind) throws(LuaHostError) -> ChartOptions {
        var options = ChartOptions()
        options.shiftLength = try whole(given, "shift", 2...100) ?? options.shiftLength
        options.trendLength = try whole(given, "trend", 3...100) ?? options.trendLength
        options.gaps = try host.choice(given, "gaps", verb, MovingRangeGaps.allCases.map { ($0.rawValue, $0) })
        try readCenter(given, kind, &options)
        switch given["sigma"] {
        case nil: break
        case .string:
            options.sigma = try host.choice(given, "sigma", verb, IndividualsSigma.allCases.map { ($0.rawValue, $0) })
        default:
            guard let sigma = given["sigma"]?.asNumber, sigma > 0, sigma.isFinite else {
                throw .message("\(verb): `sigma` is a number above 0 or a way to estimate it, see the documentation")
            }
            options.knownSigma = sigma
        }
        guard given["sigma"] == nil && given["gaps"] == nil || kind == .xmr else {
            throw .message("\(verb): `sigma` and `gaps` belong to xmr charts; others have one way to their limits")
        }
        return options
    }

    private func readCenter(
        _ given: LuaTable, _ kind: ChartKind, _ options: inout ChartOptions
    ) throws(LuaHostError) {
        switch (given["center"], kind) {
        case (nil, _): break
        case (.string, .g):
            options.rareEventCenter = try host.choice(
                given, "center", verb, RareEventCenter.allCases.map { ($0.rawValue, $0) })
        case (let center, .xmr), (let center, .run):
            guard let number = center?.asNumber, number.isFinite else {
                throw .message("\(verb): `center` is the number at which the centre line lies")
            }
            options.knownCenter = number
        default: throw .message("\(verb): `center` belongs to run, xmr and g charts")
        }
    }

    private func whole(
        _ given: LuaTable, _ name: String, _ range: ClosedRange<Int>
    ) throws(LuaHostError) -> Int? {
        guard let value = given[name] else { return nil }
        guard let number = value.asNumber.flatMap({ Int(exactly: $0) }), range ~= number else {
            throw .message("\(verb): `\(name)` is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// Positions counted from 1.
    private func positions(_ given: LuaTable, _ name: String) throws(LuaHostError) -> [Int] {
        guard let value = given[name] else { return [] }
        guard let list = value.asTable?.list, list.count <= Self.mostPoints else {
            throw .message("\(verb): `\(name)` is a list of positions, counted from 1: { 13, 25 }")
        }
        let positions = list.compactMap { $0.asNumber.flatMap { Int(exactly: $0) } }
        guard positions.count == list.count, positions.allSatisfy({ $0 >= 1 }) else {
            throw .message("\(verb): `\(name)` is a list of positions, counted from 1: { 13, 25 }")
        }
        return positions
    }

    /// `baseline = 12`: the first twelve points of each phase; `baseline = { 5, 24 }`: those from the fifth on.
    private func phases(_ given: LuaTable, count: Int) throws(LuaHostError) -> [ChartPhase] {
        let starts = try positions(given, "phases").map { $0 - 1 }
        guard starts.count <= Self.mostPhases else {
            throw .message("\(verb): a chart has at most \(Self.mostPhases) phases")
        }
        let excluded = Set(try positions(given, "exclude").map { $0 - 1 })
        var baseline: (first: Int, last: Int)?
        switch given["baseline"] {
        case nil: break
        case .table:
            let ends = try positions(given, "baseline")
            guard ends.count == 2, ends[0] <= ends[1] else {
                throw .message("\(verb): `baseline` is a number of points, or their first and last: { 1, 24 }")
            }
            baseline = (ends[0] - 1, ends[1])
        default: baseline = try whole(given, "baseline", 1...Self.mostPoints).map { (0, $0) }
        }
        return Set(starts + [0]).filter { $0 < max(count, 1) }.sorted().map { start in
            let skipped = baseline.map { Set(start..<start + min($0.first, count)) } ?? []
            return ChartPhase(start: start, baseline: baseline?.last, excluding: excluded.union(skipped))
        }
    }

    // MARK: Points

    private func points(
        _ kind: ChartKind, _ given: LuaTable, _ of: ColumnView?, _ subgroup: ColumnView?
    ) throws(LuaHostError) -> ChartRequest {
        let isShareOfRows = [.p, .pPrime].contains(kind) && of == nil
        let values = isShareOfRows ? try host.truths(column, verb) : try host.numbers(column, verb)
        let sizes: [Double]? = if let of { Array(try host.numbers(of, verb)) } else { nil }
        let rows = try ChartRows(host, values: Array(values), sizes: sizes, subgroup: subgroup)
        if let subgroup {
            host.bill(rows: column.data.count)
            if case .labels(_, let labels) = subgroup.data.values { host.bill(rows: labels.texts.count) }
        }
        var request = ChartRequest(
            series: .nothing, phases: [], options: ChartOptions(), group: column.group, pointOfRow: rows.points,
            isGathered: subgroup != nil)
        if let of { request.group = request.group.resting(on: of.group) }
        if let subgroup { request.group = request.group.resting(on: subgroup.group) }
        try fill(&request, kind, given, rows)
        return request
    }

    private func fill(
        _ request: inout ChartRequest, _ kind: ChartKind, _ given: LuaTable, _ rows: ChartRows
    ) throws(LuaHostError) {
        switch kind {
        case .run, .xmr:
            let means = rows.means
            request.series = kind == .run ? .run(means.span) : .individuals(means.span)
        case .c:
            let events = rows.sums.events
            request.series = .counts(events.span)
        case .p, .pPrime, .u, .uPrime:
            let (events, sizes) = rows.sums
            request.sizes = sizes
            request.series =
                [.p, .pPrime].contains(kind)
                ? .shares(events.span, of: sizes.span, adjusted: kind == .pPrime)
                : .rates(events.span, per: sizes.span, adjusted: kind == .uPrime)
        case .g:
            let between = gaps(rows, kind, &request.pointOfRow)
            request.series = .casesBetween(between.span)
        case .t:
            let between = gaps(rows, kind, &request.pointOfRow)
            let half = given["zero_as"]?.asNumber ?? 0.5
            guard half > 0, half.isFinite else { throw .message("\(verb): `zero_as` is a number above 0") }
            request.zeroGaps = between.count { $0 == 0 }
            request.series = .timeBetween(between.span, zeroAs: half)
        case .xbarS, .xbarR:
            let subgroups = rows.subgroups
            request.sizes = subgroups.sizes
            request.spreads = kind == .xbarS ? subgroups.standardDeviations : subgroups.ranges
            request.series = kind == .xbarS ? subgroups.byStandardDeviation : subgroups.byRange
        }
        guard given["zero_as"] == nil || kind == .t else { throw .message("\(verb): `zero_as` belongs to t charts") }
    }

    /// Gaps of events: of a comparison the cases between two yes, of dates and times the time between them, and of
    /// numbers the gaps themselves.
    private func gaps(_ rows: ChartRows, _ kind: ChartKind, _ pointOfRow: inout [Int?]) -> [Double] {
        let values = rows.values
        switch (kind, column.data.kind) {
        case (.g, .truth):
            let gaps = RareEvents.casesBetween(values.span)
            var gap = 0
            for row in values.indices {
                pointOfRow[row] = gap < gaps.count ? gap : nil
                if values[row] == 1 { gap += 1 }
            }
            return gaps
        case (.t, .date), (.t, .time):
            let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
            // The first event begins the first gap, every other one ends one.
            for (rank, row) in order.enumerated() { pointOfRow[row] = order.count > 1 ? max(rank - 1, 0) : nil }
            let times = order.map { values[$0] }
            return RareEvents.timeBetween(times.span)
        default: return values
        }
    }
}

extension ChartSeries {
    fileprivate static var nothing: ChartSeries {
        let values: [Double] = []
        return .run(values.span)
    }
}

/// Rows on their way to points: one point each, or one for each subgroup, in the order of the subgroups' values.
private struct ChartRows {
    let values: [Double]
    /// Denominators of the rows; nil where each row with a value counts 1.
    let sizes: [Double]?
    /// The rows of each subgroup; nil where each row is a point.
    private let parts: [[Int32]]?

    init(
        _ host: Evaluation, values: [Double], sizes: [Double]?, subgroup: ColumnView?
    ) throws(LuaHostError) {
        self.values = values
        self.sizes = sizes
        parts = if let subgroup { try GroupVerbs.parts(host, subgroup).map(\.1) } else { nil }
    }

    /// The point that each row belongs to; nil for rows that lack something.
    var points: [Int?] {
        var points = [Int?](repeating: nil, count: values.count)
        func place(_ row: Int, _ point: Int) {
            if !values[row].isNaN, !(sizes?[row].isNaN ?? false) { points[row] = point }
        }
        if let parts {
            for (point, part) in parts.enumerated() { for row in part { place(Int(row), point) } }
        } else {
            for row in values.indices { place(row, row) }
        }
        return points
    }

    /// The values, or their means in each subgroup.
    var means: [Double] { parts == nil ? values : subgroups.means }

    var subgroups: Subgroups {
        let parts = parts ?? []
        let gathered = parts.flatMap { $0.map { values[Int($0)] } }
        let bounds = parts.reduce(into: [0]) { bounds, part in bounds.append(bounds[bounds.count - 1] + part.count) }
        return Subgroups(gathered.span, bounds: bounds)
    }

    /// Events and denominators, or their sums in each subgroup; a row that lacks one of them adds to neither.
    var sums: (events: [Double], sizes: [Double]) {
        guard let parts else { return (values, sizes ?? [Double](repeating: 1, count: values.count)) }
        let sums = parts.map { part -> (Double, Double) in
            let rows = part.map(Int.init).filter { !values[$0].isNaN && !(sizes?[$0].isNaN ?? false) }
            guard !rows.isEmpty else { return (.nan, .nan) }
            let (events, units) = (rows.map { values[$0] }, rows.map { sizes?[$0] ?? 1 })
            return (Moments(events.span).sum ?? .infinity, Moments(units.span).sum ?? .infinity)
        }
        return (sums.map(\.0), sums.map(\.1))
    }
}
