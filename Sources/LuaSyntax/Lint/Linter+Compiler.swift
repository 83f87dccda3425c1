/// Two forms that Lua 5.4.4 compiles wrongly without a word.
extension Linter {
    // MARK: Comparisons as keys (fixed in Lua 5.4.8, commit 782ef85b)

    mutating func checkKeys(_ id: ExpressionID) {
        switch tree[id].node {
        case .index(_, let key): checkKey(key)
        case .table(let fields):
            for case .keyed(let key, _) in fields { checkKey(key) }
        default: break
        }
    }

    private mutating func checkKey(_ key: ExpressionID) {
        guard containsTest(key) else { return }
        report(
            .comparisonAsIndex, at: tree[key].position,
            "Lua 5.4.4 can go wrong when a comparison is used as a key directly; compute it into a local first: "
                + "`local key = \(quoted(key))`, then `[key]`.")
    }

    /// Whether the value of the expression may be that of a comparison or `not` itself.
    private func containsTest(_ key: ExpressionID) -> Bool {
        var waiting = [key]
        while let id = waiting.popLast() {
            switch tree[tree.unwrapped(id)].node {
            case .unary(.not, _): return true
            case .binary(let binary, let left, let right, _):
                if binary.isComparison { return true }
                if binary == .and || binary == .or { waiting += [left, right] }
            default: break
            }
        }
        return false
    }

    // MARK: Bitwise operators and many constants (fixed in Lua 5.4.5, commit c764ca71)

    mutating func checkConstants() {
        let counts = ConstantCount(tree)
        var isReported: Set<FunctionID> = []
        for expression in tree.expressions {
            guard case .binary(let binary, _, _, let position) = expression.node, binary.isBitwise,
                counts.mayExceedIndex(expression.function), isReported.insert(expression.function).inserted
            else { continue }
            report(
                .bitwiseConstants, at: position,
                "Lua 5.4.4 can compute `\(binary.rawValue)` wrongly in a function with more than "
                    + "\(ConstantCount.maximum) constants (texts, numbers and names); split the function.")
        }
    }
}
