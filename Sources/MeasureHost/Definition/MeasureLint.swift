import LuaSyntax
import MeasureLanguage
import MeasureModel

/// What the linter is told of the host, and its findings as the product reports them.
enum MeasureLint {
    static func findings(_ script: Script, columns: [String]?) -> [Finding] {
        guard let tree = try? SyntaxTree(parsing: script.source) else { return [] }
        let context = Lint.Context(
            catalogue: MeasureLanguage.catalogue, knownGlobals: knownGlobals, declaredColumns: columns.map(Set.init))
        return Lint.findings(in: tree, context).map { finding in
            Finding(
                isError: finding.severity == .error, rule: finding.rule.rawValue,
                message: Failure.escaped(finding.message), line: finding.line, column: finding.column)
        }
    }

    private static let knownGlobals: Set<String> =
        Set(MeasureLanguage.functionNames).union([
            "measure", "assert", "error", "ipairs", "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber",
            "type", "pcall", "xpcall", "tostring", "print", "setmetatable", "getmetatable", "pairs", "next", "require",
            "string", "table", "math", "utf8", "_G",
        ])
}
