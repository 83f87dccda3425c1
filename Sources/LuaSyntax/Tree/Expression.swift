extension SyntaxTree {
    /// Something that has a value.
    public struct Expression: Sendable {
        /// What it is and what it is made of.
        public let node: Node
        /// Where its first character stands.
        public let position: SourcePosition
        /// Its bytes in the source.
        public let range: Range<Int>
        /// The function it stands in.
        public let function: FunctionID

        /// The kinds of expressions.
        public enum Node: Sendable {
            case `nil`
            case `true`
            case `false`
            /// `...`
            case variadic
            case integer(Int64)
            case float(Double)
            /// The bytes of a text, escapes resolved; also the name behind a dot, as in `t.name`.
            case string([UInt8])
            /// A local variable, a parameter, one of an outer function, or `_ENV`.
            case variable(VariableID)
            /// A name that no local variable has. (Under a local `_ENV` it is an index of that instead.)
            case global(String)
            case function(FunctionID)
            case table([TableField])
            case parenthesized(ExpressionID)
            /// `object.key` and `object[key]`; the first form has a `string` key.
            case index(object: ExpressionID, key: ExpressionID)
            case call(callee: ExpressionID, arguments: [ExpressionID])
            /// `object:verb(arguments)`
            case methodCall(object: ExpressionID, verb: Name, arguments: [ExpressionID])
            /// Its operator stands where the expression starts.
            case unary(UnaryOperator, ExpressionID)
            case binary(BinaryOperator, left: ExpressionID, right: ExpressionID, at: SourcePosition)
        }
    }

    /// An entry of a table constructor.
    public enum TableField: Sendable {
        /// `value`, which gets the next number as its key.
        case item(ExpressionID)
        /// `name = value` and `[key] = value`; the first form has a `string` key.
        case keyed(key: ExpressionID, value: ExpressionID)
    }

    /// A name and where it stands.
    public struct Name: Sendable, Hashable {
        /// The name: ASCII letters, digits and `_`.
        public let text: String
        /// Where its first character stands.
        public let position: SourcePosition
    }
}

extension SyntaxTree {
    /// The expression inside any parentheses around it.
    public func unwrapped(_ id: ExpressionID) -> ExpressionID {
        var id = id
        while case .parenthesized(let inner) = self[id].node { id = inner }
        return id
    }

    /// The text of a `string` expression, nil for any other and for bytes that are not UTF-8.
    public func text(of id: ExpressionID) -> String? {
        guard case .string(let bytes) = self[id].node else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}
