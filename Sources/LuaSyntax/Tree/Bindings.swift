extension SyntaxTree {
    /// A function, or the file itself.
    public struct Function: Sendable {
        /// Where `function` stands.
        public let position: SourcePosition
        /// The function around it; nil for the file.
        public let parent: FunctionID?
        /// Its parameters; a function defined with `:` has `self` before the others.
        public internal(set) var parameters: [VariableID] = []
        /// Whether it takes `...`.
        public internal(set) var isVariadic = false
        /// What it does.
        public internal(set) var body: [StatementID] = []
    }

    /// A local variable, a parameter, the variable of a loop, or `_ENV`.
    public struct Variable: Sendable {
        /// Its name and where it is declared.
        public let name: Name
        /// What is written in angle brackets behind its name.
        public let attribute: Attribute
        /// Where its first value comes from.
        public internal(set) var origin: Origin
        /// The values it is given later, in the order of the source; nil where the value has no expression of its own,
        /// as that of `b` in `a, b = f()`.
        public internal(set) var assignments: [ExpressionID?] = []

        /// What is written in angle brackets behind the name of a local variable.
        public enum Attribute: String, Sendable {
            case none = ""
            case const
            case close
        }

        /// Where the first value of a variable comes from.
        public enum Origin: Sendable {
            /// It is `_ENV`.
            case environment
            /// `local`, with the expression that gives its value if it has one of its own.
            case local(ExpressionID?)
            /// A parameter, counted from 0.
            case parameter(of: FunctionID, index: Int)
            /// The variable of a `for` from one number to another.
            case counter
            /// A variable of `for ... in iterator`, counted from 0; nil if there are several iterator expressions.
            case iteration(ExpressionID?, index: Int)
        }
    }
}
