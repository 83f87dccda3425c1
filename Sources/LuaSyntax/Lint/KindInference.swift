/// Finds out what the expressions of a measure are: columns, masks, groups and so on.
///
/// It does not follow the flow of control. A variable that is set to values of different kinds is of unknown kind
/// everywhere, and whatever is not certain is unknown.
struct KindInference {
    /// What is known of an expression.
    struct Known: Equatable {
        var kind: ValueKind
        /// For a group or row: whether it has the measure's declared columns and no others.
        var hasDeclaredColumns = false

        static let unknown = Known(kind: .unknown)

        /// What is known of a variable that may be either.
        func merged(with other: Known) -> Known {
            guard kind == other.kind else { return .unknown }
            return Known(kind: kind, hasDeclaredColumns: hasDeclaredColumns && other.hasDeclaredColumns)
        }
    }

    /// The fields of a definition that the host calls.
    static let roles: Set<String> = ["value", "init", "step", "merge", "finish"]

    private let tree: SyntaxTree
    private let catalogue: VerbCatalogue
    private var known: [Known]
    /// What the host passes as parameters.
    private var parameters: [VariableID: Known] = [:]
    /// What is left to know of variables that are set to different things.
    private var merged: [VariableID: Known] = [:]

    init(
        _ tree: SyntaxTree, _ outline: MeasureOutline?, _ catalogue: VerbCatalogue, groupParameter: String? = nil
    ) {
        self.tree = tree
        self.catalogue = catalogue
        known = Array(repeating: .unknown, count: tree.expressions.count)
        if let groupParameter { assumeGroups(named: groupParameter) }
        if let outline { assumeParameters(outline) }
        settle()
    }

    subscript(id: ExpressionID) -> Known { known[id.index] }

    private mutating func assumeGroups(named name: String) {
        for (index, variable) in tree.variables.enumerated() where variable.name.text == name {
            guard case .parameter = variable.origin else { continue }
            parameters[VariableID(index: index)] = Known(kind: .group)
        }
    }

    private mutating func assumeParameters(_ outline: MeasureOutline) {
        if let value = outline.functions["value"], let group = tree[value].parameters.first {
            parameters[group] = Known(kind: .group, hasDeclaredColumns: true)
        }
        if let step = outline.functions["step"], tree[step].parameters.count > 1 {
            parameters[tree[step].parameters[1]] = Known(kind: .row, hasDeclaredColumns: true)
        }
    }

    /// Assumes that every variable stays what it is at first, until that holds for all of which it is still assumed.
    /// Nearly always two passes do; if a few do not, all variables that are set again count as unknown.
    private mutating func settle() {
        let maximumPasses = 4
        for _ in 0..<maximumPasses {
            inferAll()
            if !mergeAssignments() { return }
        }
        for (index, variable) in tree.variables.enumerated() where !variable.assignments.isEmpty {
            merged[VariableID(index: index)] = .unknown
        }
        inferAll()
    }

    /// Parts stand before the whole, so one pass from front to back does.
    private mutating func inferAll() {
        for index in tree.expressions.indices { known[index] = infer(tree.expressions[index].node) }
    }

    /// Returns whether less is known of any variable than before.
    private mutating func mergeAssignments() -> Bool {
        var hasChanged = false
        for (index, variable) in tree.variables.enumerated() where !variable.assignments.isEmpty {
            let id = VariableID(index: index)
            let before = value(of: id)
            let after = variable.assignments.reduce(before) { $0.merged(with: $1.map { self[$0] } ?? .unknown) }
            if after != before {
                merged[id] = after
                hasChanged = true
            }
        }
        return hasChanged
    }

    private func value(of id: VariableID) -> Known { merged[id] ?? firstValue(of: id) }

    private func firstValue(of id: VariableID) -> Known {
        switch tree[id].origin {
        case .environment, .local(nil), .iteration(nil, _): .unknown
        case .local(let value?): self[value]
        case .parameter: parameters[id] ?? .unknown
        case .counter: Known(kind: .number)
        case .iteration(let iterator?, let index): element(index, of: iterator)
        }
    }

    // MARK: Expressions

    private func infer(_ node: SyntaxTree.Expression.Node) -> Known {
        switch node {
        case .integer, .float: Known(kind: .number)
        case .string: Known(kind: .string)
        case .parenthesized(let inner): self[inner]
        case .variable(let id): value(of: id)
        case .index(let object, let key): field(key, of: self[object].kind)
        case .methodCall(let object, let verb, _): result(of: verb.text, on: self[object])
        case .unary(let unary, let operand): Known(kind: kind(unary, self[operand].kind))
        case .binary(let binary, let left, let right, _): combine(binary, self[left], self[right])
        default: .unknown
        }
    }

    /// Any field of a group that is neither a field nor a verb of all groups is a column.
    private func field(_ key: ExpressionID, of object: ValueKind) -> Known {
        guard let name = tree.text(of: key) else { return .unknown }
        if let kind = catalogue.fields[object]?[name] { return Known(kind: kind) }
        guard object == .group, catalogue.verbs[.group]?[name] == nil else { return .unknown }
        return Known(kind: .column)
    }

    private func result(of verb: String, on receiver: Known) -> Known {
        switch catalogue.verbs[receiver.kind]?[verb] {
        case .value(let kind): Known(kind: kind, hasDeclaredColumns: receiver.hasDeclaredColumns)
        case .joined(let kind): Known(kind: kind)
        case .iterator, nil: .unknown
        }
    }

    /// What the variable of a loop gets.
    private func element(_ index: Int, of iterator: ExpressionID) -> Known {
        guard case .methodCall(let object, let verb, _) = tree[iterator].node,
            case .iterator(let kinds) = catalogue.verbs[self[object].kind]?[verb.text], index < kinds.count
        else { return .unknown }
        return Known(kind: kinds[index], hasDeclaredColumns: self[object].hasDeclaredColumns)
    }

    private func kind(_ unary: UnaryOperator, _ operand: ValueKind) -> ValueKind {
        switch unary {
        case .minus: operand == .column || operand == .number ? operand : .unknown
        case .bitwiseNot: operand.isRowwise ? .mask : .unknown
        case .not, .length: .unknown
        }
    }

    private func combine(_ binary: BinaryOperator, _ left: Known, _ right: Known) -> Known {
        switch binary {
        // Columns and masks are never false or nil, so `and` gives its right side and `or` its left one.
        case .and: return left.kind.isRowwise ? right : .unknown
        case .or: return left.kind.isRowwise ? left : .unknown
        case _ where binary.isBitwise:
            return left.kind.isRowwise || right.kind.isRowwise ? Known(kind: .mask) : .unknown
        case _ where binary.isArithmetic:
            if left.kind == .column || right.kind == .column { return Known(kind: .column) }
            return left.kind == .number && right.kind == .number ? Known(kind: .number) : .unknown
        default: return .unknown
        }
    }
}
