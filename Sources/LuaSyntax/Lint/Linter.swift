/// One run of all rules over one tree. The rules are in extensions, a file for each family.
struct Linter {
    let tree: SyntaxTree
    let context: Lint.Context
    let kinds: KindInference
    let globals: GlobalUses
    /// The measure's own functions: what `value`, `step` and so on name, and all functions inside them.
    let measureFunctions: Set<FunctionID>
    /// The expressions that stand before the arguments of a call.
    let callees: Set<ExpressionID>
    /// `require` where it stands before one text.
    let properRequires: Set<ExpressionID>
    private(set) var findings: [LintFinding] = []
    /// What a mistyped name may have meant.
    lazy var visibleNames = (context.knownGlobals ?? []).union(["true", "false", "nil"])
        .union(tree.variables.lazy.map(\.name.text))

    init(_ tree: SyntaxTree, _ context: Lint.Context) {
        let outline = MeasureOutline(of: tree)
        self.tree = tree
        self.context = context
        kinds = KindInference(tree, outline, context.catalogue, groupParameter: context.groupParameter)
        globals = GlobalUses(tree)
        measureFunctions = Self.measureFunctions(tree, outline)
        callees = Self.callees(tree)
        properRequires = Self.properRequires(tree)
    }

    // MARK: Walking

    mutating func checkExpressions() {
        for index in tree.expressions.indices {
            let id = ExpressionID(index: index)
            checkColumnUse(id)
            checkVerbUse(id)
            checkKeys(id)
            checkFraction(id)
            checkGlobalUse(id)
            checkRequire(id)
        }
    }

    mutating func checkStatements() {
        for statement in tree.statements {
            switch statement.node {
            case .whileLoop(let condition, _): checkCondition(condition, of: "while")
            case .repeatLoop(_, let condition): checkCondition(condition, of: "until")
            case .conditional(let branches):
                for branch in branches { checkCondition(branch.condition, of: "if") }
            case .assignment(let targets, _):
                for target in targets { checkGlobalAssignment(target) }
            case .function(let target, _): checkGlobalAssignment(target)
            default: break
            }
        }
    }

    // MARK: Reporting

    var isFull: Bool { findings.count >= Lint.maximumFindings }

    mutating func report(_ rule: LintRule, at position: SourcePosition, _ message: String) {
        guard !isFull else { return }
        findings.append(LintFinding(rule: rule, line: position.line, column: position.column, message: message))
    }

    // MARK: Asking

    func kind(_ id: ExpressionID) -> ValueKind { kinds[id].kind }

    /// The source of an expression to quote in a proposal; "..." if it is long.
    func quoted(_ id: ExpressionID) -> String {
        Snippet.verbatim(tree.source[tree[id].range]) ?? "..."
    }

    /// The same, in parentheses if an operator beside it could take it apart.
    func quotedOperand(_ id: ExpressionID) -> String {
        switch tree[id].node {
        case .unary, .binary, .function: "(\(quoted(id)))"
        default: quoted(id)
        }
    }

    /// The same, in parentheses if a `:` could not stand behind it.
    func quotedReceiver(_ id: ExpressionID) -> String {
        switch tree[id].node {
        case .variable, .global, .index, .call, .methodCall, .parenthesized: quoted(id)
        default: "(\(quoted(id)))"
        }
    }

    private static func measureFunctions(_ tree: SyntaxTree, _ outline: MeasureOutline?) -> Set<FunctionID> {
        let named = (outline?.functions ?? [:]).filter { KindInference.roles.contains($0.key) }
        var result = Set(named.values)
        // Outer functions come before inner ones.
        for (index, function) in tree.functions.enumerated() {
            if let parent = function.parent, result.contains(parent) { result.insert(FunctionID(index: index)) }
        }
        return result
    }

    private static func properRequires(_ tree: SyntaxTree) -> Set<ExpressionID> {
        var result: Set<ExpressionID> = []
        for case .call(let callee, let arguments) in tree.expressions.lazy.map(\.node) {
            guard case .global("require") = tree[callee].node, arguments.count == 1 else { continue }
            if tree.text(of: arguments[0]) != nil { result.insert(callee) }
        }
        return result
    }

    private static func callees(_ tree: SyntaxTree) -> Set<ExpressionID> {
        var result: Set<ExpressionID> = []
        for case .call(let callee, _) in tree.expressions.lazy.map(\.node) { result.insert(callee) }
        return result
    }
}
