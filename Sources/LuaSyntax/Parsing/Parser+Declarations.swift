/// Statements that bring variables into scope, and functions.
extension Parser {
    // MARK: Local variables

    func localStatement() throws(LuaSyntaxError) -> StatementID {
        let start = try advance()
        if try skip(.function) { return try localFunction(from: start) }
        let variables = try localNames()
        let values = try skip(.assign) ? try expressions() : []
        return makeLocal(variables, values, from: start)
    }

    private func makeLocal(_ variables: [VariableID], _ values: [ExpressionID], from start: Int) -> StatementID {
        for (index, variable) in variables.enumerated() {
            tree.variables[variable.index].origin = .local(index < values.count ? values[index] : nil)
            scopes.declare(tree[variable].name.text, variable)
        }
        return make(.local(variables, values: values), from: start)
    }

    /// Reads the names behind `local`. They come into scope only behind their values.
    private func localNames() throws(LuaSyntaxError) -> [VariableID] {
        var variables: [VariableID] = []
        var hasClose = false
        repeat {
            let name = name(of: try expectName("after `local`"))
            try scopes.checkRoom(for: name, waiting: variables.count)
            let attribute = try self.attribute()
            if attribute == .close {
                guard !hasClose else {
                    throw LuaSyntaxError(name.position, "Only one variable of a `local` can be `<close>`.")
                }
                hasClose = true
            }
            variables.append(makeVariable(name, .local(nil), attribute))
        } while try skip(.comma)
        return variables
    }

    private func attribute() throws(LuaSyntaxError) -> SyntaxTree.Variable.Attribute {
        guard try skip(.less) else { return .none }
        let name = name(of: try expectName("after `<`"))
        try expect(.greater, "after the attribute")
        switch name.text {
        case "const": return .const
        case "close": return .close
        default:
            throw LuaSyntaxError(
                name.position,
                "Lua knows no attribute `<\(Snippet.printable(name.text))>`, only `<const>` and `<close>`.")
        }
    }

    // MARK: Loops

    /// What stands between `for` and `do`.
    private struct LoopHeader {
        let isNumeric: Bool
        let variables: [VariableID]
        /// The bounds of a numeric loop, the iterator of a generic one.
        let values: [ExpressionID]

        /// How many variables without a name Lua needs for the state of a loop.
        static let numericState = 3
        static let genericState = 4
    }

    func forStatement() throws(LuaSyntaxError) -> StatementID {
        let opening = try advance()
        scopes.openBlock(isLoop: true)
        let header = try loopHeader()
        openLoopScope(header)
        let body = try block()
        scopes.closeBlock()
        try expect(.end, closing: opening)
        scopes.closeBlock()
        return makeLoop(header, body, from: opening)
    }

    private func loopHeader() throws(LuaSyntaxError) -> LoopHeader {
        let first = try expectName("after `for`")
        let header =
            switch kind {
            case .assign: try numericHeader(first)
            case .comma, .in: try genericHeader(first)
            default: throw expected("`=` or `in` after the variable of `for`")
            }
        try expect(.do, "before the body of `for`")
        return header
    }

    private func numericHeader(_ variable: Int) throws(LuaSyntaxError) -> LoopHeader {
        let name = name(of: variable)
        try scopes.checkRoom(for: name, waiting: LoopHeader.numericState)
        try advance()
        var bounds = [try expression()]
        try expect(.comma, "between the first and the last value of `for`")
        bounds.append(try expression())
        if try skip(.comma) { bounds.append(try expression()) }
        return LoopHeader(isNumeric: true, variables: [makeVariable(name, .counter)], values: bounds)
    }

    private func genericHeader(_ first: Int) throws(LuaSyntaxError) -> LoopHeader {
        var names = [name(of: first)]
        try scopes.checkRoom(for: names[0], waiting: LoopHeader.genericState)
        while try skip(.comma) {
            let next = name(of: try expectName("after `,`"))
            try scopes.checkRoom(for: next, waiting: LoopHeader.genericState + names.count)
            names.append(next)
        }
        try expect(.in, "after the variables of `for`")
        let iterator = try expressions()
        let only = iterator.count == 1 ? iterator.first : nil
        var variables: [VariableID] = []
        for (index, name) in names.enumerated() {
            variables.append(makeVariable(name, .iteration(only, index: index)))
        }
        return LoopHeader(isNumeric: false, variables: variables, values: iterator)
    }

    private func openLoopScope(_ header: LoopHeader) {
        scopes.declareHidden(header.isNumeric ? LoopHeader.numericState : LoopHeader.genericState)
        scopes.openBlock()
        for variable in header.variables { scopes.declare(tree[variable].name.text, variable) }
    }

    private func makeLoop(_ header: LoopHeader, _ body: [StatementID], from opening: Int) -> StatementID {
        header.isNumeric
            ? make(.numericLoop(header.variables[0], bounds: header.values, body: body), from: opening)
            : make(.genericLoop(header.variables, iterator: header.values, body: body), from: opening)
    }

    // MARK: Functions

    private func localFunction(from start: Int) throws(LuaSyntaxError) -> StatementID {
        let variable = try declareLocalFunction()
        let value = try functionBody(from: start + 1, isMethod: false)
        tree.variables[variable.index].origin = .local(value)
        return make(.localFunction(variable, value: value), from: start)
    }

    /// Brings the name of a local function into scope before its body is read, so that it can call itself.
    private func declareLocalFunction() throws(LuaSyntaxError) -> VariableID {
        let name = name(of: try expectName("after `local function`"))
        try scopes.checkRoom(for: name, waiting: 0)
        let variable = makeVariable(name, .local(nil))
        scopes.declare(name.text, variable)
        return variable
    }

    func functionStatement() throws(LuaSyntaxError) -> StatementID {
        let opening = try advance()
        var target = makeReference(try expectName("after `function`"))
        var isMethod = false
        while !isMethod, kind == .dot || kind == .colon {
            isMethod = kind == .colon
            try advance()
            target = makeField(try expectName("of a field"), of: target)
        }
        let value = try functionBody(from: opening, isMethod: isMethod)
        try checkAssignable(target)
        noteAssignment(to: target, of: value)
        return make(.function(target: target, value: value), from: opening)
    }

    /// Reads a function from its parameters to its `end`.
    func functionBody(from opening: Int, isMethod: Bool) throws(LuaSyntaxError) -> ExpressionID {
        let function = openFunction(from: opening)
        try parameters(of: function, isMethod: isMethod)
        let body = try statements()
        try expect(.end, closing: opening)
        tree.functions[function.index].body = body
        try scopes.closeFunction()
        return make(.function(function), from: opening)
    }

    private func parameters(of function: FunctionID, isMethod: Bool) throws(LuaSyntaxError) {
        let opening = try expect(.leftParenthesis, "before the parameters of a function")
        if isMethod { try declareParameter(Name(text: "self", position: position(of: opening)), of: function) }
        if try skip(.rightParenthesis) { return }
        repeat {
            if try skip(.ellipsis) {
                setVariadic(function)
                break
            }
            try declareParameter(name(of: try expectName("of a parameter, `...` or `)`")), of: function)
        } while try skip(.comma)
        try expect(.rightParenthesis, closing: opening)
    }

    private func declareParameter(_ name: Name, of function: FunctionID) throws(LuaSyntaxError) {
        try scopes.checkRoom(for: name, waiting: 0)
        let index = tree[function].parameters.count
        let variable = makeVariable(name, .parameter(of: function, index: index))
        tree.functions[function.index].parameters.append(variable)
        scopes.declare(name.text, variable)
    }
}
