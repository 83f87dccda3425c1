import LuaSyntax
import MeasureModel

/// What the linter is told of the host, and its findings as the product reports them.
enum MeasureLint {
    static func findings(_ script: Script, columns: [String]?) -> [Finding] {
        guard let tree = try? SyntaxTree(parsing: script.source) else { return [] }
        let context = Lint.Context(
            catalogue: catalogue, knownGlobals: knownGlobals, declaredColumns: columns.map(Set.init))
        return Lint.findings(in: tree, context).map { finding in
            Finding(
                isError: finding.severity == .error, rule: finding.rule.rawValue,
                message: Failure.escaped(finding.message), line: finding.line, column: finding.column)
        }
    }

    /// The verbs by the kind of their receiver; a mask is a column with the same verbs.
    private static let catalogue: VerbCatalogue = {
        var verbs: [ValueKind: [String: VerbResult]] = [:]
        for verb in VerbTable.verbs where !verb.name.hasPrefix("__") {
            guard let receiver = verb.receiver, let kind = receiver.lintKind else { continue }
            verbs[kind, default: [:]][verb.name] = verb.result
        }
        verbs[.mask] = verbs[.column]
        let fields: [ValueKind: [String: ValueKind]] = [
            .group: ["n": .number, "keys": .unknown, "period": .unknown, "as_of": .string, "with": .unknown],
            .estimate: Dictionary(
                uniqueKeysWithValues: EstimateVerbs.fields.map { ($0, $0 == "method" ? .string : .number) }),
        ]
        let rowVerbs: Set<String> = ["map", "values"]
        return VerbCatalogue(
            verbs: verbs, fields: fields, rowVerbs: [.group: ["rows"], .column: rowVerbs, .mask: rowVerbs])
    }()

    private static let knownGlobals: Set<String> =
        Set(VerbTable.verbs.filter { $0.receiver == nil }.map(\.name)).union([
            "measure", "assert", "error", "ipairs", "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber",
            "type", "pcall", "xpcall", "tostring", "print", "setmetatable", "getmetatable", "pairs", "next", "require",
            "string", "table", "math", "utf8", "_G",
        ])
}

extension ObjectKind {
    fileprivate var lintKind: ValueKind? {
        switch self {
        case .group: .group
        case .column: .column
        case .row: .row
        case .estimate: .estimate
        case .weighted: .weighted
        case .missing, .companions: nil
        }
    }
}
