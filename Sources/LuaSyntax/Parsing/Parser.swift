/// Reads tokens into a ``SyntaxTree`` by recursive descent, in one pass, the way Lua's own compiler does.
///
/// The functions that call each other in circles keep their stack frames small: the state is in a class, tokens are named
/// by their index, nodes are made in functions of their own. So the deepest nesting fits a stack of 512 KiB, even when
/// nothing is optimised.
final class Parser {
    /// How deep statements and expressions may nest. Lua counts the same levels and stops at 200, but there the calls
    /// of the host count as well: what passes here also compiles in a worker.
    static let maximumNesting = 195

    private var lexer: Lexer
    /// The tokens read so far, of which the last one or two are still to be used.
    private var tokens: [Token] = []
    private var cursor = 0
    private var nesting = 0
    var scopes = ScopeStack()
    var tree: SyntaxTree

    init(_ source: [UInt8]) throws(LuaSyntaxError) {
        lexer = Lexer(source)
        tokens = [try lexer.next()]
        tree = SyntaxTree(of: source)
    }

    func parseFile() throws(LuaSyntaxError) -> SyntaxTree {
        let environment = Name(text: "_ENV", position: SourcePosition(line: 1, column: 1))
        scopes.declareEnvironment(makeVariable(environment, .environment))
        let file = openFunction(from: cursor)
        setVariadic(file)
        tree.functions[file.index].body = try statements()
        guard kind == .endOfSource else { throw unexpectedEndOfBlock() }
        try scopes.closeFunction()
        return tree
    }

    // MARK: Tokens

    /// The token to be used next.
    var token: Token { tokens[cursor] }

    var kind: Token.Kind { tokens[cursor].kind }

    /// The kind of the last token that was used; nil at the beginning.
    var kindBefore: Token.Kind? { cursor > 0 ? tokens[cursor - 1].kind : nil }

    /// Where the token with this index stands.
    func position(of token: Int) -> SourcePosition { tokens[token].position }

    func kind(of token: Int) -> Token.Kind { tokens[token].kind }

    /// Steps over the current token and returns its index.
    @discardableResult
    func advance() throws(LuaSyntaxError) -> Int {
        if cursor + 1 == tokens.count { tokens.append(try lexer.next()) }
        cursor += 1
        return cursor - 1
    }

    /// The kind of the token behind the current one.
    func kindBehind() throws(LuaSyntaxError) -> Token.Kind {
        if cursor + 1 == tokens.count { tokens.append(try lexer.next()) }
        return tokens[cursor + 1].kind
    }

    /// Steps over a token of this kind, if there is one.
    func skip(_ kind: Token.Kind) throws(LuaSyntaxError) -> Bool {
        guard self.kind == kind else { return false }
        try advance()
        return true
    }

    @discardableResult
    func expect(_ kind: Token.Kind, _ purpose: String) throws(LuaSyntaxError) -> Int {
        guard self.kind == kind else { throw expected("\(kind.described) \(purpose)") }
        return try advance()
    }

    /// Expects the token that closes what `opening` opened.
    func expect(_ kind: Token.Kind, closing opening: Int) throws(LuaSyntaxError) {
        guard try skip(kind) else {
            let line = position(of: opening).line
            let place = line == token.position.line ? "" : " of line \(line)"
            throw expected("\(kind.described) to close the \(self.kind(of: opening).described)\(place)")
        }
    }

    /// Steps over a name and returns its index.
    func expectName(_ purpose: String) throws(LuaSyntaxError) -> Int {
        guard kind == .name else { throw expectedName(purpose) }
        return try advance()
    }

    /// The name that the token with this index is; nothing for another token.
    func name(of token: Int) -> Name {
        guard case .name(let text) = tokens[token].literal else { return Name(text: "", position: position(of: token)) }
        return Name(text: text, position: position(of: token))
    }

    // MARK: Nesting

    func enterLevel() throws(LuaSyntaxError) {
        nesting += 1
        guard nesting <= Self.maximumNesting else {
            throw LuaSyntaxError(
                token.position,
                "This is nested more than \(Self.maximumNesting) levels deep: take parts of it out into local "
                    + "variables or functions.")
        }
    }

    func leaveLevel() {
        nesting -= 1
    }

    // MARK: Making nodes

    typealias Name = SyntaxTree.Name

    /// Makes an expression that reaches from a token to the last one read.
    func make(_ node: SyntaxTree.Expression.Node, from start: Int) -> ExpressionID {
        make(node, from: position(of: start), tokens[start].range.lowerBound)
    }

    /// Makes an expression that begins with another one.
    func make(_ node: SyntaxTree.Expression.Node, from start: ExpressionID) -> ExpressionID {
        make(node, from: tree[start].position, tree[start].range.lowerBound)
    }

    private func make(
        _ node: SyntaxTree.Expression.Node, from position: SourcePosition, _ offset: Int
    ) -> ExpressionID {
        tree.expressions.append(
            SyntaxTree.Expression(
                node: node, position: position, range: offset..<tokens[cursor - 1].range.upperBound,
                function: scopes.function))
        return ExpressionID(index: tree.expressions.count - 1)
    }

    func make(_ node: SyntaxTree.Statement.Node, from start: Int) -> StatementID {
        make(node, at: position(of: start))
    }

    func make(_ node: SyntaxTree.Statement.Node, at position: SourcePosition) -> StatementID {
        tree.statements.append(SyntaxTree.Statement(node: node, position: position, function: scopes.function))
        return StatementID(index: tree.statements.count - 1)
    }

    func makeVariable(
        _ name: Name, _ origin: SyntaxTree.Variable.Origin, _ attribute: SyntaxTree.Variable.Attribute = .none
    ) -> VariableID {
        tree.variables.append(SyntaxTree.Variable(name: name, attribute: attribute, origin: origin))
        return VariableID(index: tree.variables.count - 1)
    }

    func openFunction(from start: Int) -> FunctionID {
        let id = FunctionID(index: tree.functions.count)
        let parent = id.index > 0 ? scopes.function : nil
        tree.functions.append(SyntaxTree.Function(position: position(of: start), parent: parent))
        scopes.openFunction(id)
        return id
    }

    func setVariadic(_ function: FunctionID) {
        tree.functions[function.index].isVariadic = true
        scopes.setVariadic()
    }
}
