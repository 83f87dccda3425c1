/// Making the nodes of expressions. Names and signs are given as indexes of their tokens.
extension Parser {
    func makeBinary(
        _ binary: BinaryOperator, at sign: Int, _ left: ExpressionID, _ right: ExpressionID
    ) -> ExpressionID {
        make(.binary(binary, left: left, right: right, at: position(of: sign)), from: left)
    }

    func makeUnary(_ unary: UnaryOperator, at sign: Int, _ operand: ExpressionID) -> ExpressionID {
        make(.unary(unary, operand), from: sign)
    }

    func makeIndex(_ object: ExpressionID, _ key: ExpressionID) -> ExpressionID {
        make(.index(object: object, key: key), from: object)
    }

    func makeCall(_ callee: ExpressionID, _ arguments: [ExpressionID]) -> ExpressionID {
        make(.call(callee: callee, arguments: arguments), from: callee)
    }

    func makeMethodCall(
        _ object: ExpressionID, _ verb: Int, _ arguments: [ExpressionID]
    ) -> ExpressionID {
        make(.methodCall(object: object, verb: name(of: verb), arguments: arguments), from: object)
    }

    /// `object.name`, whose name was just read.
    func makeField(_ name: Int, of object: ExpressionID) -> ExpressionID {
        makeIndex(object, makeKey(name))
    }

    /// The text that a name stands for as a key. The name was just read.
    func makeKey(_ name: Int) -> ExpressionID {
        make(.string(Array(self.name(of: name).text.utf8)), from: name)
    }

    /// What a name that was just read refers to: a variable, or else a field of `_ENV`.
    func makeReference(_ name: Int) -> ExpressionID {
        let text = self.name(of: name).text
        if let variable = scopes.lookUp(text) { return make(.variable(variable), from: name) }
        guard let environment = scopes.lookUp("_ENV"), environment != tree.environment else {
            return make(.global(text), from: name)
        }
        return makeIndex(make(.variable(environment), from: name), makeKey(name))
    }
}
