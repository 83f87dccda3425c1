/// How many entries Lua's compiler may put into the table of constants of each function.
///
/// Never too low: which constants the compiler folds, or keeps out of the table because they fit an instruction, is
/// not followed.
struct ConstantCount {
    /// The last place in the table that an instruction can name.
    static let maximum = 255

    private var counts: [Int]

    func mayExceedIndex(_ function: FunctionID) -> Bool { counts[function.index] > Self.maximum }

    private enum Constant: Hashable {
        case `nil`, `true`, `false`
        case string([UInt8])
        case integer(Int64)
        case float(UInt64)
        /// A `<const>` variable, whose value is copied to where it is used.
        case variable(VariableID)
    }

    init(_ tree: SyntaxTree) {
        counts = Array(repeating: 0, count: tree.functions.count)
        var seen = [Set<Constant>](repeating: [], count: tree.functions.count)
        var isFoldable = [Bool](repeating: false, count: tree.expressions.count)
        for (index, expression) in tree.expressions.enumerated() {
            let function = expression.function.index
            if let constant = Self.constant(expression.node, tree) {
                if seen[function].insert(constant).inserted { counts[function] += 1 }
            } else if case .function = expression.node {
                // The compiler looks constants up in one table for all functions: an inner function that uses the
                // same one makes it forget the outer one's place, and the outer one gets it once more.
                seen[function].removeAll()
            }
            isFoldable[index] = Self.isFoldable(expression.node, tree, isFoldable)
            if isFoldable[index], Self.isOperation(expression.node) { counts[function] += 1 }
        }
    }

    private static func constant(_ node: SyntaxTree.Expression.Node, _ tree: SyntaxTree) -> Constant? {
        switch node {
        case .nil: .nil
        case .true: .true
        case .false: .false
        case .string(let bytes): .string(bytes)
        case .global(let name): .string(Array(name.utf8))
        case .methodCall(_, let verb, _): .string(Array(verb.text.utf8))
        case .integer(let value): .integer(value)
        case .float(let value): .float(value.bitPattern)
        case .variable(let id): tree[id].attribute == .const ? .variable(id) : nil
        default: nil
        }
    }

    /// Whether the compiler may compute the value, which then is one more constant.
    private static func isFoldable(
        _ node: SyntaxTree.Expression.Node, _ tree: SyntaxTree, _ isFoldable: [Bool]
    ) -> Bool {
        switch node {
        case .integer, .float: true
        case .variable(let id): tree[id].attribute == .const
        case .parenthesized(let inner), .unary(.minus, let inner), .unary(.bitwiseNot, let inner):
            isFoldable[inner.index]
        case .binary(let binary, let left, let right, _):
            !binary.isComparison && isFoldable[left.index] && isFoldable[right.index]
        default: false
        }
    }

    private static func isOperation(_ node: SyntaxTree.Expression.Node) -> Bool {
        switch node {
        case .unary, .binary: true
        default: false
        }
    }
}
