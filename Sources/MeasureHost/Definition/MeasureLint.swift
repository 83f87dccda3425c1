import LuaSyntax
import MeasureLanguage
import MeasureModel

/// What the linter is told of the host, and its findings as the product reports them.
enum MeasureLint {
    /// What is to be said of a measure and of the modules that it requires.
    static func findings(_ script: Script, columns: [String]?) -> [Finding] {
        findings(script.source, columns: columns, file: nil) + script.modules.flatMap(findings)
    }

    /// What is to be said of a module. Which columns a group has is not known there; that `g` is one is the habit.
    static func findings(_ module: ScriptModule) -> [Finding] {
        findings(module.source, columns: nil, file: module.file)
    }

    private static func findings(_ source: [UInt8], columns: [String]?, file: String?) -> [Finding] {
        guard let tree = try? SyntaxTree(parsing: source) else { return [] }
        let context = Lint.Context(
            catalogue: MeasureLanguage.catalogue, knownGlobals: knownGlobals, declaredColumns: columns.map(Set.init),
            groupParameter: file == nil ? nil : "g")
        return Lint.findings(in: tree, context).map { finding in
            Finding(
                isError: finding.severity == .error, rule: finding.rule.rawValue,
                message: Failure.escaped(finding.message), line: finding.line, column: finding.column, file: file)
        }
    }

    private static let knownGlobals: Set<String> =
        Set(MeasureLanguage.functionNames).union([
            "measure", "assert", "error", "ipairs", "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber",
            "type", "pcall", "xpcall", "tostring", "print", "setmetatable", "getmetatable", "pairs", "next", "require",
            "string", "table", "math", "utf8", "_G",
        ])
}
