/// Which globals a file sets, and where.
struct GlobalUses {
    /// The names of all globals that the file sets.
    private(set) var assigned: Set<String> = []
    /// The expressions that are set and not read.
    private(set) var targets: Set<ExpressionID> = []

    init(_ tree: SyntaxTree) {
        for statement in tree.statements {
            switch statement.node {
            case .assignment(let targets, _):
                for target in targets { note(target, tree) }
            case .function(let target, _): note(target, tree)
            default: break
            }
        }
    }

    private mutating func note(_ target: ExpressionID, _ tree: SyntaxTree) {
        guard case .global(let name) = tree[target].node else { return }
        assigned.insert(name)
        targets.insert(target)
    }
}
