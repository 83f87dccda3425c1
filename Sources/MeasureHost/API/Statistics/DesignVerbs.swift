import LuaSandbox
import MeasureModel
import Statistics

/// `g:design{ weights = "pw", strata = "stype", fpc = "fpc" }`: how a survey's rows were drawn, and its estimates.
enum DesignVerbs {
    static let verbs: [Verb] = [
        Verb(.group, "design", design),
        Verb(.design, "__index", VerbTable.refuse(.design)),
        Verb(.design, "where", domain),
        Verb(.design, "mean", mean),
        Verb(.design, "share", share),
        Verb(.design, "sum", total),
        Verb(.design, "variance", variance),
        Verb(.design, "quantile", quantile),
    ]

    static func design(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let group = try host.group(arguments, "design")
        let options = try host.options(
            arguments, 1, "design", known: ["weights", "strata", "clusters", "fpc", "lonely"])
        let lonely = try host.choice(options, "lonely", "design", SurveyDesign.LonelyCluster.self)
        let weights = try numbers(host, options, "weights", group)
        let sizes = try numbers(host, options, "fpc", group)
        let strata = try host.column(options, "strata", of: group, "design").map { codes(host, $0) }
        let clusters = try host.column(options, "clusters", of: group, "design").map { codes(host, $0) }
        let places = (0..<group.count).filter { place in
            weights.map { !$0[$0.startIndex + place].isNaN } ?? true
        }
        func picked(_ column: ArraySlice<Double>?) -> [Double]? {
            column.map { column in places.map { column[column.startIndex + $0] } }
        }
        let (used, known) = (picked(weights) ?? places.map { _ in 1 }, picked(sizes) ?? [])
        let (inStrata, inClusters) = (
            strata.map { codes in places.map { codes[$0] } } ?? [],
            clusters.map { codes in places.map { codes[$0] } } ?? []
        )
        let made: Result<SurveyDesign, Undefined>
        do throws(SurveyProblem) {
            guard !known.contains(where: \.isNaN) else { throw .unequalPopulationSizes(row: 0) }
            made = .success(
                try SurveyDesign(
                    weights: used.span, strata: inStrata.span, clusters: inClusters.span, populationSizes: known.span,
                    lonely: lonely))
        } catch {
            made = .failure(Undefined(error.reason))
        }
        return try host.give(
            .design(DesignView(group: telling(host, group, options), places: places, design: made)))
    }

    /// The group, which tells of what the design's columns were computed from: its weights can be read as a column.
    private static func telling(_ host: Evaluation, _ group: GroupView, _ options: LuaTable) -> GroupView {
        ["weights", "strata", "clusters", "fpc"].reduce(group) { group, name in
            guard case .object(let reference) = options[name], case .column(let column) = host.object(reference) else {
                return group
            }
            return group.telling(of: column.group)
        }
    }

    private static func numbers(
        _ host: Evaluation, _ options: LuaTable, _ name: String, _ group: GroupView
    ) throws(LuaHostError) -> ArraySlice<Double>? {
        guard let column = try host.column(options, name, of: group, "design") else { return nil }
        return try host.numbers(column, "design")
    }

    /// A number for each different value, -1 where there is none.
    private static func codes(_ host: Evaluation, _ column: ColumnView) -> [Int32] {
        host.bill(rows: column.data.count)
        switch column.data.values {
        case .labels(let codes, _): return Array(codes)
        case .numbers(let numbers):
            var known: [Double: Int32] = [:]
            return numbers.map { number in
                guard !number.isNaN else { return -1 }
                if let code = known[number] { return code }
                let code = Int32(known.count)
                known[number] = code
                return code
            }
        }
    }

    /// `d:where(mask)`: estimates about some of the rows, which keep the whole sample's errors.
    static func domain(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let view = try host.design(arguments, "where")
        guard case .object(let reference) = arguments[1], case .column(let mask) = host.object(reference) else {
            throw .message("where needs a comparison: d:where(g.role:is(\"teacher\"))")
        }
        try host.requireSameRows(mask.group, view.group, "where")
        let truths = try host.truths(mask, "where")
        let domain = truths.indices.map { row in
            truths[row] == 1 && view.domain?[row - truths.startIndex] != false
        }
        let group = view.group.resting(on: mask.group)
        return try host.give(
            .design(DesignView(group: group, places: view.places, design: view.design, domain: domain)))
    }

    // MARK: Estimates

    static func mean(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let request = try Request(host, arguments, "mean", methods: ["t", "normal"])
        return try give(host, request) { $0.mean(of: $1) }
    }

    static func total(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let request = try Request(host, arguments, "sum", methods: ["t", "normal"])
        return try give(host, request) { $0.total(of: $1) }
    }

    static func share(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let methods = SurveyEstimate.ShareMethod.allCases.map(\.rawValue)
        let request = try Request(host, arguments, "share", methods: methods)
        _ = try host.truths(request.column, "share")
        return try give(host, request) { $0.mean(of: $1) }
    }

    private static func give(
        _ host: Evaluation, _ request: Request, _ estimate: (SurveyDesign, Span<Double>) -> SurveyEstimate?
    ) throws(LuaHostError) -> LuaValue {
        try host.give(from: request.view, request.column) { (design, values) throws(Undefined) in
            guard let found = estimate(design, values.span) else { throw Undefined("there is no valid value") }
            let interval =
                switch request.method {
                case "normal": found.normalInterval(level: request.level)
                case "t": found.interval(level: request.level)
                default:
                    SurveyEstimate.ShareMethod(rawValue: request.method).flatMap {
                        found.shareInterval($0, level: request.level)
                    }
                }
            var computed = Computed(found.value, n: found.count, interval: interval)
            computed.add("se", found.standardError)
            computed.add("df", found.degreesOfFreedom)
            computed.add("deff", found.designEffect)
            computed.add("deff_replace", found.designEffectWithReplacement)
            return computed
        }
    }

    static func variance(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let view = try host.design(arguments, "variance")
        let column = try host.column(arguments, at: 1, of: view.group, "variance")
        return try host.give(from: view, column) { (design, values) throws(Undefined) in
            let count = zip(values, design.weights).count { !$0.0.isNaN && $0.1 > 0 }
            var computed = Computed(design.variance(of: values.span), n: count)
            computed.reason = "a variance needs at least two values"
            return computed
        }
    }

    /// `d:quantile(col, 0.5)`: a value that some row has rests, at either end, on those who have it.
    static func quantile(_ host: Evaluation, _ arguments: borrowing LuaArguments) throws(LuaHostError) -> LuaValue {
        let view = try host.design(arguments, "quantile")
        let column = try host.column(arguments, at: 1, of: view.group, "quantile")
        let p = try host.number(arguments, 2, "quantile", "a share from 0 to 1, for instance d:quantile(g.x, 0.9)")
        guard (0...1).contains(p) else { throw .message("quantile needs a share from 0 to 1, not \(p)") }
        let options = try host.options(arguments, 3, "quantile", known: ["rule"])
        let rule = try host.choice(options, "rule", "quantile", WeightedQuantiles.Rule.self)
        host.bill(rows: view.places.count * 8)
        let numbers = try host.numbers(column, "quantile")
        guard case .success(let design) = view.design else { return try host.give(view, insufficient: "") }
        let values = view.values(numbers)
        let used = zip(values, design.weights).filter { !$0.0.isNaN && $0.1 > 0 }.map(\.0)
        let found = WeightedQuantiles.quantile(values.span, weights: design.weights.span, at: p, rule: rule)
        let shown = used.count > 2 ? Extremes.behind(found, of: used) : nil
        let weights = view.weightByRow(design)
        return try host.give(
            from: view.group.resting(on: column.group),
            where: { row in
                let number = numbers[numbers.startIndex + row]
                return weights[row] > 0 && !number.isNaN && (shown == nil || number == shown)
            }, { () throws(Undefined) in Computed(found, n: used.count) })
    }

    /// A design, a column, and how its interval is wanted.
    private struct Request {
        var view: DesignView
        var column: ColumnView
        var method: String
        var level: ConfidenceLevel

        init(
            _ host: Evaluation, _ arguments: borrowing LuaArguments, _ verb: String, methods: [String]
        ) throws(LuaHostError) {
            view = try host.design(arguments, verb)
            column = try host.column(arguments, at: 1, of: view.group, verb)
            let options = try host.options(arguments, 2, verb, known: ["method", "level"])
            method = try host.choice(options, "method", verb, methods.map { ($0, $0) })
            level = try host.level(options, verb)
        }
    }
}

extension Evaluation {
    func design(_ arguments: borrowing LuaArguments, _ verb: String) throws(LuaHostError) -> DesignView {
        if case .object(let reference) = arguments[0], case .design(let design) = object(reference) { return design }
        throw .message("\(verb) is a verb of designs: local d = g:design{ weights = \"w\" }, then d:\(verb)(...)")
    }

    /// Gives what was computed of a column by a design: behind it are the rows with a value and a weight above 0.
    func give(
        from view: DesignView, _ column: ColumnView,
        _ compute: (SurveyDesign, [Double]) throws(Undefined) -> Computed
    ) throws(LuaHostError) -> LuaValue {
        let numbers = try numbers(column, "a design")
        bill(rows: view.places.count * 4)
        guard case .success(let design) = view.design else { return try give(view, insufficient: "") }
        let weights = view.weightByRow(design)
        return try give(
            from: view.group.resting(on: column.group),
            where: { row in weights[row] > 0 && !numbers[numbers.startIndex + row].isNaN },
            { () throws(Undefined) in try compute(design, view.values(numbers)) })
    }

    /// Why a design has no estimate: what is wrong with it, else `reason`.
    func give(_ view: DesignView, insufficient reason: String) throws(LuaHostError) -> LuaValue {
        guard case .failure(let undefined) = view.design else {
            return try give(.estimate(.insufficient(reason)))
        }
        return try give(.estimate(.insufficient(undefined.reason)))
    }
}
