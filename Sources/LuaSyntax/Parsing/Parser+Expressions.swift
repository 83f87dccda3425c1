extension Parser {
    func expressions() throws(LuaSyntaxError) -> [ExpressionID] {
        var list = [try expression()]
        while try skip(.comma) { list.append(try expression()) }
        return list
    }

    /// Reads operands and operators as long as the operators bind more tightly than `priority`.
    func expression(bindingTighterThan priority: Int = 0) throws(LuaSyntaxError) -> ExpressionID {
        try enterLevel()
        var left = try operand()
        while let binary = BinaryOperator(kind), binary.leftPriority > priority {
            let sign = try advance()
            let right = try expression(bindingTighterThan: binary.rightPriority)
            left = makeBinary(binary, at: sign, left, right)
        }
        leaveLevel()
        return left
    }

    private func operand() throws(LuaSyntaxError) -> ExpressionID {
        if let unary = UnaryOperator(kind) { return try operation(unary) }
        return switch kind {
        case .nil, .true, .false, .integer, .float, .string, .ellipsis: try literal()
        case .leftBrace: try table()
        case .function: try functionBody(from: try advance(), isMethod: false)
        default: try suffixedExpression()
        }
    }

    private func operation(_ unary: UnaryOperator) throws(LuaSyntaxError) -> ExpressionID {
        let sign = try advance()
        let operand = try expression(bindingTighterThan: UnaryOperator.priority)
        return makeUnary(unary, at: sign, operand)
    }

    private func literal() throws(LuaSyntaxError) -> ExpressionID {
        let node: SyntaxTree.Expression.Node
        switch (token.kind, token.literal) {
        case (_, .integer(let value)): node = .integer(value)
        case (_, .float(let value)): node = .float(value)
        case (_, .string(let bytes)): node = .string(bytes)
        case (.true, _): node = .true
        case (.false, _): node = .false
        case (.ellipsis, _):
            guard scopes.isVariadic else { throw notVariadic() }
            node = .variadic
        default: node = .nil
        }
        return make(node, from: try advance())
    }

    // MARK: Tables

    private func table() throws(LuaSyntaxError) -> ExpressionID {
        let opening = try advance()
        var fields: [SyntaxTree.TableField] = []
        while kind != .rightBrace {
            try tableField(into: &fields)
            guard kind == .comma || kind == .semicolon else { break }
            try advance()
        }
        try expect(.rightBrace, closing: opening)
        return make(.table(fields), from: opening)
    }

    private func tableField(into fields: inout [SyntaxTree.TableField]) throws(LuaSyntaxError) {
        guard try isAtKey() else {
            fields.append(.item(try expression()))
            return
        }
        let key = try key()
        fields.append(.keyed(key: key, value: try expression()))
    }

    private func isAtKey() throws(LuaSyntaxError) -> Bool {
        guard kind == .name else { return kind == .leftBracket }
        return try kindBehind() == .assign
    }

    /// Reads `name =` or `[key] =`.
    private func key() throws(LuaSyntaxError) -> ExpressionID {
        let key = kind == .leftBracket ? try bracketedKey() : makeKey(try advance())
        try expect(.assign, "between a key and its value")
        return key
    }

    private func bracketedKey() throws(LuaSyntaxError) -> ExpressionID {
        let opening = try advance()
        let key = try expression()
        try expect(.rightBracket, closing: opening)
        return key
    }

    // MARK: Names, fields and calls

    /// Reads a name or something in parentheses, with the fields and calls behind it.
    func suffixedExpression() throws(LuaSyntaxError) -> ExpressionID {
        var result = try primaryExpression()
        while isAtSuffix { result = try suffix(of: result) }
        return result
    }

    private var isAtSuffix: Bool {
        switch kind {
        case .dot, .leftBracket, .colon, .leftParenthesis, .string, .leftBrace: true
        default: false
        }
    }

    private func primaryExpression() throws(LuaSyntaxError) -> ExpressionID {
        switch kind {
        case .name: return makeReference(try advance())
        case .leftParenthesis:
            let opening = try advance()
            let inner = try expression()
            try expect(.rightParenthesis, closing: opening)
            return make(.parenthesized(inner), from: opening)
        default: throw unexpectedInExpression()
        }
    }

    /// Reads a field or call behind an expression.
    private func suffix(of object: ExpressionID) throws(LuaSyntaxError) -> ExpressionID {
        switch kind {
        case .dot: makeField(try nameBehindSign("of a field after `.`"), of: object)
        case .leftBracket: makeIndex(object, try bracketedKey())
        case .colon: makeMethodCall(object, try nameBehindSign("of a verb after `:`"), try arguments())
        default: makeCall(object, try arguments())
        }
    }

    private func nameBehindSign(_ purpose: String) throws(LuaSyntaxError) -> Int {
        try advance()
        return try expectName(purpose)
    }

    private func arguments() throws(LuaSyntaxError) -> [ExpressionID] {
        switch kind {
        case .string: [try literal()]
        case .leftBrace: [try table()]
        default: try argumentList()
        }
    }

    private func argumentList() throws(LuaSyntaxError) -> [ExpressionID] {
        let opening = try expect(.leftParenthesis, "and the arguments of the call")
        let list = kind == .rightParenthesis ? [] : try expressions()
        try expect(.rightParenthesis, closing: opening)
        return list
    }
}
