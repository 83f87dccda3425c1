/// Finds what Lua itself does not report, before anything runs.
///
/// The rules about columns, masks and verbs rest on ``KindInference``. It is conservative: where it is not certain what
/// a value is, nothing is said about it. The work is nearly linear in the length of the source.
public enum Lint {
    /// The most findings that are reported for one file; a longer list helps nobody.
    public static let maximumFindings = 200

    /// What the linter is told about the world in which a script runs.
    public struct Context: Sendable {
        /// The verbs and fields of the host's values.
        public var catalogue: VerbCatalogue
        /// The globals that the sandbox offers; nil switches the rule off.
        public var knownGlobals: Set<String>?
        /// The columns that the measure declares; nil switches the rule off.
        public var declaredColumns: Set<String>?
        /// What functions call a group that they are given, in files that are no measures; nil where no name says so.
        public var groupParameter: String?

        /// The world of a script.
        public init(
            catalogue: VerbCatalogue, knownGlobals: Set<String>? = nil, declaredColumns: Set<String>? = nil,
            groupParameter: String? = nil
        ) {
            self.catalogue = catalogue
            self.knownGlobals = knownGlobals
            self.declaredColumns = declaredColumns
            self.groupParameter = groupParameter
        }
    }

    /// All findings in the order of the source, at most ``maximumFindings``.
    public static func findings(in tree: SyntaxTree, _ context: Context) -> [LintFinding] {
        var linter = Linter(tree, context)
        linter.checkExpressions()
        linter.checkStatements()
        linter.checkConstants()
        return linter.findings.sorted(by: precedes)
    }

    /// By place, then by rule: a total order, so that reports do not change from run to run.
    private static func precedes(_ left: LintFinding, _ right: LintFinding) -> Bool {
        (left.line, left.column, left.rule.rawValue) < (right.line, right.column, right.rule.rawValue)
    }
}
