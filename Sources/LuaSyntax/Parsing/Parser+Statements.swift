extension Parser {
    /// Whether the current token ends a block. `until` ends one but leaves its variables in scope.
    private func isAtEndOfBlock(countingUntil: Bool) -> Bool {
        switch kind {
        case .else, .elseif, .end, .endOfSource: true
        case .until: countingUntil
        default: false
        }
    }

    /// Reads statements up to the end of the block.
    func statements() throws(LuaSyntaxError) -> [StatementID] {
        var block: [StatementID] = []
        while !isAtEndOfBlock(countingUntil: true) {
            let isReturn = kind == .return
            try statement(into: &block)
            if isReturn { break }
        }
        return block
    }

    /// Reads statements as a block of their own.
    func block(isLoop: Bool = false) throws(LuaSyntaxError) -> [StatementID] {
        scopes.openBlock(isLoop: isLoop)
        let body = try statements()
        scopes.closeBlock()
        return body
    }

    private func statement(into block: inout [StatementID]) throws(LuaSyntaxError) {
        try enterLevel()
        switch kind {
        case .semicolon: try advance()
        case .doubleColon: try labelStatement(into: &block)
        default: block.append(try statement())
        }
        leaveLevel()
    }

    private func statement() throws(LuaSyntaxError) -> StatementID {
        switch kind {
        case .if: try ifStatement()
        case .while: try whileStatement()
        case .do: try doStatement()
        case .for: try forStatement()
        case .repeat: try repeatStatement()
        case .function: try functionStatement()
        case .local: try localStatement()
        case .return: try returnStatement()
        case .break: try breakStatement()
        case .goto: try gotoStatement()
        default: try expressionStatement()
        }
    }

    // MARK: Blocks and branches

    private func doStatement() throws(LuaSyntaxError) -> StatementID {
        let opening = try advance()
        let body = try block()
        try expect(.end, closing: opening)
        return make(.block(body), from: opening)
    }

    private func whileStatement() throws(LuaSyntaxError) -> StatementID {
        let opening = try advance()
        let condition = try condition(of: .while, before: .do)
        let body = try block(isLoop: true)
        try expect(.end, closing: opening)
        return make(.whileLoop(condition: condition, body: body), from: opening)
    }

    private func repeatStatement() throws(LuaSyntaxError) -> StatementID {
        let opening = try advance()
        scopes.openBlock(isLoop: true)
        scopes.openBlock()
        let body = try statements()
        try expect(.until, closing: opening)
        // The condition still sees the variables of the body.
        let condition = try expression()
        scopes.closeBlock()
        scopes.closeBlock()
        return make(.repeatLoop(body: body, condition: condition), from: opening)
    }

    private func ifStatement() throws(LuaSyntaxError) -> StatementID {
        let opening = try advance()
        var branches: [SyntaxTree.Branch] = []
        repeat {
            let condition = try condition(of: .if, before: .then)
            branches.append(SyntaxTree.Branch(condition: condition, body: try block()))
        } while try skip(.elseif)
        if try skip(.else) {
            branches.append(SyntaxTree.Branch(condition: nil, body: try block()))
        }
        try expect(.end, closing: opening)
        return make(.conditional(branches), from: opening)
    }

    private func condition(
        of keyword: Token.Kind, before next: Token.Kind
    ) throws(LuaSyntaxError) -> ExpressionID {
        let condition = try expression()
        guard kind != .assign else {
            throw LuaSyntaxError(token.position, "A condition compares with `==`; a single `=` assigns.")
        }
        try expect(next, "after the condition of \(keyword.described)")
        return condition
    }

    // MARK: Jumps

    private func breakStatement() throws(LuaSyntaxError) -> StatementID {
        let start = try advance()
        guard scopes.isInLoop else {
            throw LuaSyntaxError(position(of: start), "`break` leaves a loop, but there is none around it.")
        }
        return make(.breakLoop, from: start)
    }

    private func gotoStatement() throws(LuaSyntaxError) -> StatementID {
        let start = try advance()
        let label = name(of: try expectName("of a label after `goto`"))
        scopes.jump(to: label)
        return make(.goto(label), from: start)
    }

    /// Reads a label and the labels and semicolons right behind it: only then is it known whether it ends its block.
    private func labelStatement(into block: inout [StatementID]) throws(LuaSyntaxError) {
        let start = try advance()
        let name = name(of: try expectName("between `::` and `::`"))
        try expect(.doubleColon, "after the name of the label")
        block.append(make(.label(name), from: start))
        while kind == .semicolon || kind == .doubleColon { try statement(into: &block) }
        try scopes.label(name, isLast: isAtEndOfBlock(countingUntil: false))
    }

    private func returnStatement() throws(LuaSyntaxError) -> StatementID {
        let start = try advance()
        var values: [ExpressionID] = []
        if !isAtEndOfBlock(countingUntil: true), kind != .semicolon { values = try expressions() }
        _ = try skip(.semicolon)
        return make(.returnValues(values), from: start)
    }

    // MARK: Calls and assignments

    private func expressionStatement() throws(LuaSyntaxError) -> StatementID {
        let first = try suffixedExpression()
        if kind == .assign || kind == .comma { return try assignment(to: first) }
        guard isCall(first) else { throw notAStatement(first) }
        return make(.call(first), at: tree[first].position)
    }

    private func isCall(_ expression: ExpressionID) -> Bool {
        switch tree[expression].node {
        case .call, .methodCall: true
        default: false
        }
    }

    private func assignment(to first: ExpressionID) throws(LuaSyntaxError) -> StatementID {
        var targets = [first]
        try checkAssignable(first)
        while try skip(.comma) {
            targets.append(try suffixedExpression())
            // Lua's compiler recurses here, so every further target is a level.
            try enterLevel()
            try checkAssignable(targets[targets.count - 1])
        }
        try expect(.assign, "after what is assigned to")
        return makeAssignment(targets, try expressions())
    }

    private func makeAssignment(_ targets: [ExpressionID], _ values: [ExpressionID]) -> StatementID {
        for (index, target) in targets.enumerated() {
            if index > 0 { leaveLevel() }
            noteAssignment(to: target, of: index < values.count ? values[index] : nil)
        }
        return make(.assignment(targets: targets, values: values), at: tree[targets[0]].position)
    }

    func checkAssignable(_ target: ExpressionID) throws(LuaSyntaxError) {
        switch tree[target].node {
        case .global, .index: return
        case .variable(let id):
            guard tree[id].attribute != .none else { return }
            throw LuaSyntaxError(
                tree[target].position,
                "`\(Snippet.printable(tree[id].name.text))` was declared with `<\(tree[id].attribute.rawValue)>` and "
                    + "cannot be changed.")
        default: throw cannotAssign(to: target)
        }
    }

    func noteAssignment(to target: ExpressionID, of value: ExpressionID?) {
        guard case .variable(let id) = tree[target].node else { return }
        tree.variables[id.index].assignments.append(value)
    }
}
