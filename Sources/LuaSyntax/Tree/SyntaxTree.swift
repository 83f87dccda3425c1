/// A Lua 5.4 source text as a tree whose names are already resolved.
///
/// The nodes lie in four flat lists and refer to each other by index, for two reasons. However deep a hostile source
/// nests or chains, no walk over the tree and no release of it recurses. And the order of a list is useful: parts stand
/// before the whole and an initialiser before every use of its variable, so one pass from front to back can compute
/// what an expression is from what its parts are.
public struct SyntaxTree: Sendable {
    /// The source text.
    public let source: [UInt8]
    /// All expressions, parts before the whole.
    public internal(set) var expressions: [Expression] = []
    /// All statements, those inside a block before the statement that owns the block.
    public internal(set) var statements: [Statement] = []
    /// All functions, outer before inner; the first is the file itself, which Lua treats as a function.
    public internal(set) var functions: [Function] = []
    /// All local variables and parameters in the order of their declaration; the first is `_ENV`, which holds the
    /// globals.
    public internal(set) var variables: [Variable] = []

    /// Reads a source text. Any bytes are allowed; what Lua 5.4 would refuse is refused with a reason.
    ///
    /// Some limits of Lua's compiler are not checked, because they depend on the code it generates: more than 255
    /// registers in a function or more than 255 variables captured from outside.
    public init(parsing source: [UInt8]) throws(LuaSyntaxError) {
        self = try Parser(source).parseFile()
    }

    /// An empty tree for the parser to fill.
    init(of source: [UInt8]) {
        self.source = source
    }

    /// The function that is the file itself.
    public var file: FunctionID { FunctionID(index: 0) }

    /// The variable `_ENV` that every file starts with.
    public var environment: VariableID { VariableID(index: 0) }

    /// The expression with this identity.
    public subscript(id: ExpressionID) -> Expression { expressions[id.index] }

    /// The statement with this identity.
    public subscript(id: StatementID) -> Statement { statements[id.index] }

    /// The function with this identity.
    public subscript(id: FunctionID) -> Function { functions[id.index] }

    /// The variable with this identity.
    public subscript(id: VariableID) -> Variable { variables[id.index] }
}

/// Names an expression of a ``SyntaxTree``.
public struct ExpressionID: Hashable, Sendable {
    /// Its place in ``SyntaxTree/expressions``.
    public let index: Int
}

/// Names a statement of a ``SyntaxTree``.
public struct StatementID: Hashable, Sendable {
    /// Its place in ``SyntaxTree/statements``.
    public let index: Int
}

/// Names a function of a ``SyntaxTree``.
public struct FunctionID: Hashable, Sendable {
    /// Its place in ``SyntaxTree/functions``.
    public let index: Int
}

/// Names a variable of a ``SyntaxTree``.
public struct VariableID: Hashable, Sendable {
    /// Its place in ``SyntaxTree/variables``.
    public let index: Int
}
