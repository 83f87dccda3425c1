import LuaSyntax

/// Writes a tree as Lua again, on one line and with parentheses around every operation. If the tree is right, Lua
/// compiles the result to the same code as the original.
struct Unparser {
    let tree: SyntaxTree

    static func source(of tree: SyntaxTree) -> String {
        Unparser(tree: tree).block(tree[tree.file].body)
    }

    // MARK: Statements

    private func block(_ statements: [StatementID]) -> String {
        statements.map { statement(tree[$0].node) + " " }.joined()
    }

    private func statement(_ node: SyntaxTree.Statement.Node) -> String {
        switch node {
        case .local(let variables, let values):
            let names = variables.map { id in
                let attribute = tree[id].attribute
                return name(id) + (attribute == .none ? "" : "<\(attribute.rawValue)>")
            }
            return "local " + names.joined(separator: ", ") + (values.isEmpty ? "" : " = ") + list(values) + ";"
        case .localFunction(let variable, let value): return "local function " + name(variable) + function(value)
        case .function(let target, let value): return "function " + expression(target) + function(value)
        case .assignment(let targets, let values): return list(targets) + " = " + list(values) + ";"
        case .call(let call): return expression(call) + ";"
        case .returnValues(let values): return "return " + list(values) + ";"
        case .goto(let label): return "goto \(label.text);"
        case .label(let label): return "::\(label.text)::"
        case .breakLoop: return "break;"
        default: return compound(node)
        }
    }

    private func compound(_ node: SyntaxTree.Statement.Node) -> String {
        switch node {
        case .block(let body): "do " + block(body) + "end;"
        case .whileLoop(let condition, let body): "while " + expression(condition) + " do " + block(body) + "end;"
        case .repeatLoop(let body, let condition): "repeat " + block(body) + "until " + expression(condition) + ";"
        case .conditional(let branches): conditional(branches)
        case .numericLoop(let variable, let bounds, let body):
            "for \(name(variable)) = " + list(bounds) + " do " + block(body) + "end;"
        case .genericLoop(let variables, let iterator, let body):
            "for " + variables.map(name).joined(separator: ", ") + " in " + list(iterator) + " do " + block(body)
                + "end;"
        default: ""
        }
    }

    private func conditional(_ branches: [SyntaxTree.Branch]) -> String {
        var result = ""
        for (index, branch) in branches.enumerated() {
            if let condition = branch.condition {
                result += (index == 0 ? "if " : "elseif ") + expression(condition) + " then "
            } else {
                result += "else "
            }
            result += block(branch.body)
        }
        return result + "end;"
    }

    // MARK: Expressions

    private func list(_ expressions: [ExpressionID]) -> String {
        expressions.map(expression).joined(separator: ", ")
    }

    private func name(_ id: VariableID) -> String { tree[id].name.text }

    func expression(_ id: ExpressionID) -> String {
        switch tree[id].node {
        case .nil: "nil"
        case .true: "true"
        case .false: "false"
        case .variadic: "..."
        case .integer(let value): "0x" + String(UInt64(bitPattern: value), radix: 16)
        case .float(let value): value.isFinite ? "\(value)" : "1e999"
        case .string(let bytes): text(bytes)
        case .variable(let variable): name(variable)
        case .global(let name): name
        case .function: "function" + function(id)
        case .table(let fields): "{" + fields.map(field).joined(separator: ", ") + "}"
        case .parenthesized(let inner): "(" + expression(inner) + ")"
        default: operation(tree[id].node)
        }
    }

    private func operation(_ node: SyntaxTree.Expression.Node) -> String {
        switch node {
        case .index(let object, let key):
            if case .string(let bytes) = tree[key].node, isName(bytes) {
                expression(object) + "." + String(decoding: bytes, as: UTF8.self)
            } else {
                expression(object) + "[" + expression(key) + "]"
            }
        case .call(let callee, let arguments): expression(callee) + "(" + list(arguments) + ")"
        case .methodCall(let object, let verb, let arguments):
            expression(object) + ":" + verb.text + "(" + list(arguments) + ")"
        case .unary(let unary, let operand): "(" + unary.rawValue + " " + expression(operand) + ")"
        case .binary(let binary, let left, let right, _):
            "(" + expression(left) + " " + binary.rawValue + " " + expression(right) + ")"
        default: ""
        }
    }

    private func field(_ field: SyntaxTree.TableField) -> String {
        switch field {
        case .item(let item): expression(item)
        case .keyed(let key, let value): "[" + expression(key) + "] = " + expression(value)
        }
    }

    private func function(_ value: ExpressionID) -> String {
        guard case .function(let id) = tree[value].node else { return "" }
        let parameters = tree[id].parameters.map(name) + (tree[id].isVariadic ? ["..."] : [])
        return "(" + parameters.joined(separator: ", ") + ") " + block(tree[id].body) + "end"
    }

    private func isName(_ bytes: [UInt8]) -> Bool {
        guard let tokens = try? Lexer.tokens(of: bytes), tokens.count == 2 else { return false }
        return tokens[0].kind == .name && tokens[0].range == bytes.indices
    }

    private func text(_ bytes: [UInt8]) -> String {
        let escapes = bytes.map { byte in
            let digits = String(byte)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
        return "\"" + escapes.joined() + "\""
    }
}
