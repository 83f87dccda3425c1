/// Where the parts of a measure's definition stand in its file, so that whoever checks the definition can point to
/// the line.
///
/// It is found without running anything: `return measure { ... }` or `return { ... }` at the end of the file, with the
/// table written there or in a local variable that is set once.
public struct MeasureOutline: Sendable {
    /// Where the returned expression stands.
    public let position: SourcePosition
    /// Where the key of each field of the definition stands, such as `id` or `columns`.
    public private(set) var fields: [String: SourcePosition] = [:]
    /// The texts in each field that is a list, such as `columns`, `with` or `by`, in the order of the source. Lists in
    /// lists, as in `by`, are flattened.
    public private(set) var texts: [String: [ListedText]] = [:]
    /// Where each entry of `tests` stands, in their order.
    public private(set) var tests: [SourcePosition] = []
    /// The functions among the fields, such as `value` or `step`.
    public private(set) var functions: [String: FunctionID] = [:]

    /// A text in a list.
    public struct ListedText: Sendable, Hashable {
        /// What it says.
        public let text: String
        /// Where its opening quote stands.
        public let position: SourcePosition
    }

    /// Finds the definition that a file returns; nil if it returns something else.
    public init?(of tree: SyntaxTree) {
        guard let last = tree[tree.file].body.last, case .returnValues(let values) = tree[last].node,
            values.count == 1, let definition = Self.definition(in: values[0], tree)
        else { return nil }
        position = tree[values[0]].position
        for case .keyed(let key, let value) in definition {
            guard let name = tree.text(of: key) else { continue }
            // As in Lua, the last field of a name counts.
            fields[name] = tree[key].position
            texts[name] = Self.listedTexts(in: value, tree)
            functions[name] = Self.function(value, tree)
            if name == "tests" { tests = Self.entries(of: value, tree) }
        }
    }

    /// The table in `{ ... }`, `measure { ... }` or `measure({ ... })`.
    private static func definition(in value: ExpressionID, _ tree: SyntaxTree) -> [SyntaxTree.TableField]? {
        let value = tree.resolved(value)
        if case .call(let callee, let arguments) = tree[value].node {
            guard case .global("measure") = tree[callee].node, arguments.count == 1 else { return nil }
            return tree.table(arguments[0])
        }
        return tree.table(value)
    }

    private static func function(_ value: ExpressionID, _ tree: SyntaxTree) -> FunctionID? {
        guard case .function(let id) = tree[tree.resolved(value)].node else { return nil }
        return id
    }

    private static func entries(of value: ExpressionID, _ tree: SyntaxTree) -> [SourcePosition] {
        var positions: [SourcePosition] = []
        for case .item(let item) in tree.table(value) ?? [] { positions.append(tree[item].position) }
        return positions
    }

    /// The texts in a list and in the lists inside it; nil if it is no list. (Without recursion: lists can nest deep.)
    private static func listedTexts(in value: ExpressionID, _ tree: SyntaxTree) -> [ListedText]? {
        guard let fields = tree.table(value) else { return nil }
        var texts: [ListedText] = []
        var waiting = Array(fields.reversed())
        while let field = waiting.popLast() {
            guard case .item(let item) = field else { continue }
            if let text = tree.text(of: item) {
                texts.append(ListedText(text: text, position: tree[item].position))
            } else if case .table(let inner) = tree[item].node {
                waiting.append(contentsOf: inner.reversed())
            }
        }
        return texts
    }
}

extension SyntaxTree {
    /// What an expression stands for: without parentheses, and for a local variable that is set once its value.
    func resolved(_ id: ExpressionID) -> ExpressionID {
        var id = unwrapped(id)
        // A value stands before its variable's uses, so this ends; a function that returns itself does not get here.
        while case .variable(let variable) = self[id].node, self[variable].assignments.isEmpty,
            case .local(let value?) = self[variable].origin, value.index < id.index
        {
            id = unwrapped(value)
        }
        return id
    }

    /// The fields, if the expression stands for a table that is written out.
    fileprivate func table(_ id: ExpressionID) -> [TableField]? {
        guard case .table(let fields) = self[resolved(id)].node else { return nil }
        return fields
    }
}
