import LuaSyntax
import Testing

struct SyntaxTreeTests {
    private func tree(_ source: String) throws -> SyntaxTree {
        try SyntaxTree(parsing: Array(source.utf8))
    }

    private func rewritten(_ source: String) throws -> String {
        Unparser.source(of: try tree(source)).trimmingSuffix(" ")
    }

    @Test(arguments: [
        ("a or b and c", "(a or (b and c))"), ("a and b or c", "((a and b) or c)"), ("a < b == c", "((a < b) == c)"),
        ("a | b ~ c & d << e", "(a | (b ~ (c & (d << e))))"), ("a .. b .. c", "(a .. (b .. c))"),
        ("a .. b + c", "(a .. (b + c))"), ("a << b .. c", "(a << (b .. c))"), ("a + b - c", "((a + b) - c)"),
        ("a + b * c // d % e", "(a + (((b * c) // d) % e))"), ("a ^ b ^ c", "(a ^ (b ^ c))"),
        ("-a ^ b", "(- (a ^ b))"), ("a ^ -b ^ c", "(a ^ (- (b ^ c)))"), ("not a == b", "((not a) == b)"),
        ("-a * b", "((- a) * b)"), ("# a .. b", "((# a) .. b)"), ("~ a & b", "((~ a) & b)"),
        ("not not a", "(not (not a))"), ("a == b | c", "(a == (b | c))"), ("(a + b) * c", "(((a + b)) * c)"),
    ])
    func groupsOperatorsAsLuaDoes(_ source: String, _ expected: String) throws {
        #expect(try rewritten("return " + source) == "return \(expected);")
    }

    @Test func knowsWhichVariableANameMeans() throws {
        let tree = try tree("local x = x; local x = x; do local x end; local function f(x) return x, y end return x")
        let references = tree.expressions.compactMap { expression -> String? in
            switch expression.node {
            case .variable(let id): "\(tree[id].name.text) of \(tree[id].name.position)"
            case .global(let name): name
            default: nil
            }
        }
        #expect(references == ["x", "x of 1:7", "x of 1:60", "y", "x of 1:20"])
    }

    @Test func seesTheVariablesOfARepeatInItsCondition() throws {
        let tree = try tree("repeat local x until x")
        guard case .variable(let id)? = tree.expressions.last?.node else {
            Issue.record("x is not the local variable")
            return
        }
        #expect(tree[id].name.position == SourcePosition(line: 1, column: 14))
    }

    @Test func makesGlobalsFieldsOfALocalEnvironment() throws {
        #expect(try rewritten("local _ENV = {}; x = y") == "local _ENV = {}; _ENV.x = _ENV.y;")
        #expect(try rewritten("x = _ENV.y") == "x = _ENV.y;")
    }

    @Test func notesAllAssignments() throws {
        let tree = try tree("local a, b = 1; a = 2; a, b = f(); function a() end; for i = 1, 2 do i = 3 end")
        let assignments = tree.variables.map {
            "\($0.name.text) \($0.assignments.map { $0 == nil ? "-" : "x" }.joined())"
        }
        #expect(assignments == ["_ENV ", "a xxx", "b -", "i x"])
    }

    @Test func notesWhereVariablesComeFrom() throws {
        let tree = try tree("local a, b = f() for i = 1, 2 do end for k, v in p() do end for k in p, q do end")
        let origins = tree.variables.map { variable in
            switch variable.origin {
            case .environment: "environment"
            case .local(let value): value == nil ? "local" : "local with value"
            case .parameter(_, let index): "parameter \(index)"
            case .counter: "counter"
            case .iteration(let iterator, let index): "iteration \(index)" + (iterator == nil ? " of several" : "")
            }
        }
        #expect(
            origins == [
                "environment", "local with value", "local", "counter", "iteration 0", "iteration 1",
                "iteration 0 of several",
            ])
    }

    @Test func givesMethodsAParameterSelf() throws {
        let tree = try tree("function a.b:c(x, ...) end")
        let function = tree.functions[1]
        #expect(function.parameters.map { tree[$0].name.text } == ["self", "x"])
        #expect(function.isVariadic)
        #expect(function.parent == tree.file)
        #expect(function.position == SourcePosition(line: 1, column: 1))
    }

    @Test func placesExpressions() throws {
        let source = "return\n  a.b:c(1)[ 'x' ] +\n  - (d)"
        let tree = try tree(source)
        let places = tree.expressions.map { "\($0.position) \(String(decoding: tree.source[$0.range], as: UTF8.self))" }
        #expect(
            places == [
                "2:3 a", "2:5 b", "2:3 a.b", "2:9 1", "2:3 a.b:c(1)", "2:13 'x'", "2:3 a.b:c(1)[ 'x' ]", "3:6 d",
                "3:5 (d)", "3:3 - (d)", "2:3 a.b:c(1)[ 'x' ] +\n  - (d)",
            ])
        guard case .binary(.add, _, _, let position)? = tree.expressions.last?.node else {
            Issue.record("The last expression is not the sum")
            return
        }
        #expect(position == SourcePosition(line: 2, column: 19))
    }

    @Test func placesStatements() throws {
        let tree = try tree("local a\na = 1\nif a then\n  f()\nend\nreturn")
        let places = tree.statements.map { "\($0.position)" }
        #expect(places == ["1:1", "2:1", "4:3", "3:1", "6:1"])
        #expect(tree[tree.file].body.map { "\(tree[$0].position)" } == ["1:1", "2:1", "3:1", "6:1"])
    }

    @Test func saysWhichFunctionHoldsWhat() throws {
        let tree = try tree("x = function() return function() return 1 end end")
        let depths = tree.expressions.map(\.function.index)
        #expect(depths == [0, 2, 1, 0])
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
