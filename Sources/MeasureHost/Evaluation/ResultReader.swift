import LuaSandbox
import MeasureModel

/// What a measure returned, as parts; anything that is no number in the host's sense is refused.
struct ResultReader {
    let host: Evaluation
    let group: GroupView
    let allowsAny: Bool

    /// Either parts, or (where allowed) another value as JSON.
    struct Result {
        var parts: [PartResult]
        var other: String?
    }

    func read(_ value: LuaValue) throws(Failure) -> Result {
        if let part = try part(nil, value) { return Result(parts: [part]) }
        if case .table(let table) = value, let fields = table.record, !fields.isEmpty, let parts = try parts(fields) {
            return Result(parts: parts)
        }
        guard allowsAny else { throw refusal(value) }
        return Result(parts: [], other: try json(value).text())
    }

    private func parts(_ fields: [(name: String, value: LuaValue)]) throws(Failure) -> [PartResult]? {
        var parts: [PartResult] = []
        for field in fields {
            guard let part = try part(field.name, field.value) else {
                if allowsAny { return nil }
                throw refusal(field.value, in: field.name)
            }
            try check(name: field.name)
            parts.append(part)
        }
        return parts
    }

    /// A part's name is published even where its number is hidden: it must not carry what somebody answered.
    private func check(name: String) throws(Failure) {
        guard name.utf8.count <= 80, VisibleText.isName(name) else {
            throw Failure(
                .invalidResult,
                "a part's name is blank, longer than 80 bytes, or holds characters that cannot be seen or odd spaces")
        }
        let isHarmless =
            host.fewestTaken == nil || host.shownLabels.contains(name) || host.setting.showsAnyWords
            || host.literals.isNamed(name)
            || host.literals.isComposed(name, of: host.shownLabels)
        guard isHarmless else {
            throw Failure(
                .invalidResult,
                "the part `\(Failure.escaped(name, limit: 80))` is called after something in the data: names of parts "
                    + "are published, so write them in the script, or take values of a dimension")
        }
    }

    /// A number, an estimate, or nothing; nil when it is none of these.
    private func part(_ name: String?, _ value: LuaValue) throws(Failure) -> PartResult? {
        switch value {
        case .none: return try undefined(name, .insufficient, "")
        case .integer(let integer): return try plain(name, Double(integer))
        case .number(let number): return try plain(name, number)
        case .object(let reference):
            guard case .estimate(let given) = host.object(reference) else { return nil }
            switch given.outcome {
            case .value(let estimate): return try checked(name, estimate)
            case .insufficient(let reason): return try undefined(name, .insufficient, reason)
            case .notApplicable(let reason): return try undefined(name, .notApplicable, reason)
            }
        case .boolean, .string, .table, .function, .column: return nil
        }
    }

    private func checked(_ name: String?, _ estimate: Estimate) throws(Failure) -> PartResult {
        guard estimate.value.isFinite else { throw notFinite(name, estimate.value) }
        var estimate = estimate
        // A number that the script was given may be in it, as in `a:mean() * 0 + few:mean().value`.
        if let taken = host.fewestTaken {
            estimate.persons = estimate.restsOnNothing ? taken : min(estimate.persons, taken)
            // Rows of nobody who could be counted are not nothing.
            if taken == 0 { estimate.n = max(estimate.n, 1) }
            estimate.classes = Set(estimate.classes).union(host.classes).sorted()
        }
        return PartResult(part: name, estimate: estimate, status: .ok, groupPersons: estimate.persons)
    }

    /// A plain number rests on as few persons as the smallest set of rows the script looked at.
    private func plain(_ name: String?, _ value: Double) throws(Failure) -> PartResult {
        guard value.isFinite else { throw notFinite(name, value) }
        let estimate = try counted { () throws(LuaHostError) in try host.ownEstimate(value) }
        return PartResult(part: name, estimate: estimate, status: .ok, groupPersons: estimate.persons)
    }

    private func undefined(_ name: String?, _ status: Status, _ reason: String) throws(Failure) -> PartResult {
        PartResult(
            part: name, estimate: nil, status: status, reason: reason.isEmpty ? nil : reason,
            groupPersons: try personsBehindNoNumber())
    }

    /// The persons by whom a cell without a number is judged: those of the group, and those behind what the script was
    /// given, for which words it chose may tell of them. Rows of nobody who could be counted are no safer than one person's.
    private func personsBehindNoNumber() throws(Failure) -> Int {
        let all = try counted { () throws(LuaHostError) in try host.personsIfAny(group) }
        return [all, host.fewestTaken].compactMap(\.self).min().map { max($0, 1) } ?? 0
    }

    private func counted<Result>(_ count: () throws(LuaHostError) -> Result) throws(Failure) -> Result {
        do {
            return try count()
        } catch {
            throw Failure(.luaError, "the persons of the group could not be counted")
        }
    }

    private func notFinite(_ name: String?, _ value: Double) -> Failure {
        let what = name.map { "the part `\(Failure.escaped($0, limit: 80))`" } ?? "the value"
        return Failure(
            .invalidResult,
            "\(what) is \(value.isNaN ? "not a number (NaN)" : "infinite"): "
                + "return insufficient(\"why\") where it is undefined")
    }

    private func refusal(_ value: LuaValue, in name: String? = nil) -> Failure {
        let what = name.map { "the part `\(Failure.escaped($0, limit: 80))`" } ?? "the value"
        return Failure(
            .invalidResult,
            "\(what) is a \(description(of: value)); a measure returns an estimate, a number, nil, "
                + "or a record of numbers and estimates")
    }

    private func description(of value: LuaValue) -> String {
        guard case .object(let reference) = value, let kind = ObjectKind(rawValue: reference.kind) else {
            return value.typeName
        }
        return kind.name
    }

    private func name(of key: LuaTable.Key) -> String {
        switch key {
        case .integer(let integer): String(integer)
        case .string(let text): text
        }
    }

    /// Bytes that are no UTF-8 read alike, and so do 1 and "1".
    private func twice(_ name: String) -> Failure {
        Failure(
            .invalidResult,
            "two keys of a table both read `\(Failure.escaped(name, limit: 80))` once they are written: rename one of them"
        )
    }

    private func json(_ value: LuaValue) throws(Failure) -> JSON {
        switch value {
        case .none: return .null
        case .boolean(let truth): return .bool(truth)
        case .integer(let integer): return .integer(Int(integer))
        case .number(let number):
            guard number.isFinite else { throw notFinite(nil, number) }
            return .number(number)
        case .string(let text): return .string(text)
        case .function, .column: throw refusal(value)
        case .object(let reference):
            guard case .estimate(let given) = host.object(reference) else { throw refusal(value) }
            return given.estimate.map { .number($0.value) } ?? .null
        case .table(let table):
            if let list = table.list {
                var elements: [JSON] = []
                for element in list { elements.append(try json(element)) }
                return .array(elements)
            }
            var fields: [(String, JSON)] = []
            var names: Set<String> = []
            for entry in table.entries {
                let name = name(of: entry.key)
                guard names.insert(name).inserted else { throw twice(name) }
                fields.append((name, try json(entry.value)))
            }
            return .object(fields)
        }
    }
}
