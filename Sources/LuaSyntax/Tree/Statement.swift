extension SyntaxTree {
    /// Something that is done.
    public struct Statement: Sendable {
        /// What it is and what it is made of.
        public let node: Node
        /// Where its first character stands.
        public let position: SourcePosition
        /// The function it stands in.
        public let function: FunctionID

        /// The kinds of statements. The empty statement `;` leaves no trace.
        public enum Node: Sendable {
            /// `local a, b = x, y`
            case local([VariableID], values: [ExpressionID])
            /// `local function name ... end`; the value is a `function` expression.
            case localFunction(VariableID, value: ExpressionID)
            /// `a, t.b = x, y`
            case assignment(targets: [ExpressionID], values: [ExpressionID])
            /// `function a.b:c() ... end`; the value is a `function` expression.
            case function(target: ExpressionID, value: ExpressionID)
            /// A call whose results are dropped.
            case call(ExpressionID)
            case block([StatementID])
            case whileLoop(condition: ExpressionID, body: [StatementID])
            case repeatLoop(body: [StatementID], condition: ExpressionID)
            case conditional([Branch])
            /// `for variable = first, last, step do ... end`; the step may be missing.
            case numericLoop(VariableID, bounds: [ExpressionID], body: [StatementID])
            /// `for a, b in iterator do ... end`
            case genericLoop([VariableID], iterator: [ExpressionID], body: [StatementID])
            case goto(Name)
            case label(Name)
            case breakLoop
            case returnValues([ExpressionID])
        }
    }

    /// One arm of an `if`.
    public struct Branch: Sendable {
        /// What `if` or `elseif` asks; nil for `else`.
        public let condition: ExpressionID?
        /// What is done then.
        public let body: [StatementID]
    }
}
