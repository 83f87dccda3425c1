import LuaSandbox
import MeasureModel
import Statistics

/// Values in time order: run charts and control charts. Points are rows in their order, or subgroups of rows.
enum ChartVerbs {
    static let verbs: [Verb] = [
        Verb(.column, "control_chart", controlChart),
        Verb(.column, "run_chart", runChart),
        Verb(nil, "run_limits", runLimits),
    ]

    /// `col:control_chart{ kind = "p", of = "students", baseline = 12 }`: the centre line, with limits, runs and signals.
    static func controlChart(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try chart(host, arguments, "control_chart", kind: nil)
    }

    /// `col:run_chart()`: the median, with the runs about it.
    static func runChart(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        try chart(host, arguments, "run_chart", kind: .run)
    }

    private static func chart(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String, kind: ChartKind?
    ) throws(LuaHostError) -> LuaValue {
        let column = try host.column(arguments, verb)
        let reader = ChartReader(host: host, verb: verb, column: column, fixedKind: kind)
        let request = try reader.request(arguments)
        // Rules, runs and their distributions pass over the points some twenty times.
        host.bill(rows: request.series.points.count * 20)
        try host.stopIfOver()
        let findings = ChartFindings(request)
        let fewest = try fewestPersons(host, request, findings)
        let ranged = try findings.rangedPoints.map { (points) throws(LuaHostError) in
            try persons(host, request, points) ?? 0
        }
        var group = request.group
        if request.isGathered {
            let smallest = try smallestSubgroup(host, request, among: findings.centralPoints)
            group = group.resting(on: group, persons: smallest)
        }
        return try host.give(from: group, where: findings.isBehind) { () throws(Undefined) in
            try findings.computed(restingOn: fewest, ranged: ranged.flatMap { $0 > 0 ? $0 : nil })
        }
    }

    /// The persons in the subgroup with the fewest of them: its mean weighs as much as those of others.
    private static func smallestSubgroup(
        _ host: Evaluation, _ request: ChartRequest, among points: Set<Int>
    ) throws(LuaHostError) -> Int? {
        var places = [[Int32]](repeating: [], count: request.series.points.count)
        host.bill(rows: request.pointOfRow.count)
        for (row, point) in request.pointOfRow.enumerated() {
            if let point, points.contains(point) { places[point].append(Int32(row)) }
        }
        var fewest: Int?
        for rows in places where !rows.isEmpty {
            let persons = try host.persons(request.group.subset(rows))
            if persons > 0 { fewest = min(fewest ?? persons, persons) }
        }
        return fewest
    }

    private static func persons(
        _ host: Evaluation, _ request: ChartRequest, _ points: Set<Int>
    ) throws(LuaHostError) -> Int? {
        host.bill(rows: request.pointOfRow.count)
        try host.stopIfOver()
        return try host.personsIfAny(request.group) { row in request.pointOfRow[row].map(points.contains) ?? false }
    }

    /// The smallest number of persons behind any set of points that the chart tells something of.
    private static func fewestPersons(
        _ host: Evaluation, _ request: ChartRequest, _ findings: ChartFindings
    ) throws(LuaHostError) -> Int {
        var fewest = Int.max
        for points in findings.toldPoints where !points.isEmpty {
            fewest = min(fewest, try persons(host, request, points) ?? .max)
        }
        return fewest
    }

    /// `run_limits(above, below)`: what is plausible for so many useful points on either side of a centre line.
    static func runLimits(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let above = try points(host, arguments, 0)
        let below = try points(host, arguments, 1)
        host.bill(rows: (above + below) * 20)
        let sides = [(above, 1.0), (below, -1.0)].flatMap { [Double](repeating: $0.1, count: $0.0) }
        let runs = RunAnalysis(sides.span, center: 0)
        let plausible = runs.plausibleRuns()
        let limits = [
            ("longest_run_max", runs.longestPlausibleRun), ("crossings_min", runs.fewestPlausibleCrossings),
            ("runs_low", plausible?.lowerBound), ("runs_high", plausible?.upperBound),
        ]
        return .table(
            LuaTable(record: limits.compactMap { name, limit in limit.map { (name, .integer(Int64($0))) } }))
    }

    private static func points(
        _ host: Evaluation, _ arguments: borrowing LuaArguments, _ index: Int
    ) throws(LuaHostError) -> Int {
        let given = try host.number(arguments, index, "run_limits", "the useful points above and below the centre line")
        guard let count = Int(exactly: given), 0...ChartReader.mostPoints ~= count else {
            throw .message("run_limits needs whole numbers of points from 0 to \(ChartReader.mostPoints)")
        }
        return count
    }
}
