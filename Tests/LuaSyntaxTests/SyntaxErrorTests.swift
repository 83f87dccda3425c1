import LuaSyntax
import Testing

struct SyntaxErrorTests {
    private func error(_ source: String) -> LuaSyntaxError? {
        do {
            _ = try SyntaxTree(parsing: Array(source.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("x = ", "1:5: Expected a value, but found the end of the file."),
        ("if x then\n  y()\n", "3:1: Expected `end` to close the `if` of line 1, but found the end of the file."),
        (
            "function f()\n  return 1\n",
            "3:1: Expected `end` to close the `function` of line 1, but found the end of the file."
        ),
        ("return {\n a = 1\n b = 2 }", "3:2: Expected `}` to close the `{` of line 1, but found `b`."),
        ("f(1", "1:4: Expected `)` to close the `(`, but found the end of the file."),
        ("f(a b)", "1:5: Expected `)` to close the `(`, but found `b`."),
        ("if x = 1 then end", "1:6: A condition compares with `==`; a single `=` assigns."),
        ("while x = 1 do end", "1:9: A condition compares with `==`; a single `=` assigns."),
        ("if x y", "1:6: Expected `then` after the condition of `if`, but found `y`."),
        ("while x then", "1:9: Expected `do` after the condition of `while`, but found `then`."),
        ("for x do", "1:7: Expected `=` or `in` after the variable of `for`, but found `do`."),
        ("for i = 1 do", "1:11: Expected `,` between the first and the last value of `for`, but found `do`."),
        ("for i in x end", "1:12: Expected `do` before the body of `for`, but found `end`."),
        ("local 1", "1:7: Expected a name after `local`, but found `1`."),
        ("local function (x) end", "1:16: Expected a name after `local function`, but found `(`."),
        ("function f(1)", "1:12: Expected a name of a parameter, `...` or `)`, but found `1`."),
        ("x.1", "1:1: This is not a statement: expected a call or an assignment, as `name = ...`."),
        ("local end = 1", "1:7: Expected a name after `local`, but found `end`, which is a word of Lua's own."),
        (
            "return g.end",
            "1:10: Expected a name of a field after `.`, but found `end`, which is a word of Lua's own; write `[\"end\"]` instead of `.end`."
        ),
        ("x:y", "1:4: Expected `(` and the arguments of the call, but found the end of the file."),
        ("goto 1", "1:6: Expected a name of a label after `goto`, but found `1`."),
        ("x = {[1] 2}", "1:10: Expected `=` between a key and its value, but found `2`."),
        (
            "end",
            "1:1: `end` closes nothing here: either there is one too many, or something above was closed too early. `return` must be the last statement of its block."
        ),
        (
            "return 1\nx = 2",
            "2:1: `x` closes nothing here: either there is one too many, or something above was closed too early. `return` must be the last statement of its block."
        ),
        ("x", "1:1: This is not a statement: expected a call or an assignment, as `name = ...`."),
        ("x += 1", "1:1: This does nothing with its result: write `name = ...`. Lua has no `+=` and no `++`."),
        ("x++", "1:1: This does nothing with its result: write `name = ...`. Lua has no `+=` and no `++`."),
        ("x <- 1", "1:1: This does nothing with its result. Lua assigns with `=`, not with `<-`."),
        ("x == 1", "1:1: This compares and does nothing with the result: assign with a single `=`."),
        ("f() = 1", "1:1: Only a variable or a field, such as `t.name`, can stand left of `=`."),
        ("a, (b) = 1", "1:4: Only a variable or a field, such as `t.name`, can stand left of `=`."),
        ("x = a && b", "1:8: Expected a value, but found `&`. Lua writes `and` instead of `&&`."),
        ("x = a || b", "1:8: Expected a value, but found `|`. Lua writes `or` instead of `||`."),
        ("x = a === b", "1:9: Expected a value, but found `=`. Lua writes `==` for \"is equal\"."),
        ("x = a++b", "1:7: Expected a value, but found `+`. Lua has no `++`: write `x = x + 1`."),
        ("x = a != b", "1:7: Lua has no `!`: write `~=` for \"is not equal\" and `not` for \"not\"."),
        ("x = “a”", "1:5: Lua does not know curly quotes: write straight ones, \" or '."),
        ("x = $a", "1:5: Lua has no use for `$` here."),
        (
            "größe = 1",
            "1:3: `ö` cannot stand here: names are made of the letters a to z, digits and `_`; everything else needs quotes, as in g[\"any name\"]."
        ),
        ("\u{FEFF}x = 1", "1:1: The file starts with a byte order mark: save it as UTF-8 without one."),
        ("x = 'abc\ny = 2", "1:5: This text never ends: close it with ' on the same line."),
        ("x = \"abc", "1:5: This text never ends: close it with \" on the same line."),
        ("x = [==[abc]]", "1:5: This text never ends: close it with `]==]`."),
        ("--[[ abc", "1:1: This comment never ends: close it with `]]`."),
        ("x = [=a", "1:5: A long text starts with `[[` or `[=[`; a `[` is missing here."),
        ("x = 'C:\\data'", "1:8: `\\d` is not an escape: write `\\\\` if you mean a backslash."),
        ("x = '\\300'", "1:6: `\\300` is too large: a byte goes up to `\\255`."),
        ("x = '\\xg'", "1:6: `\\x` needs two hexadecimal digits, as in `\\x41`."),
        ("x = '\\uE9'", "1:6: `\\u` needs hexadecimal digits in braces, as in `\\u{E9}`."),
        ("x = '\\u{E9'", "1:6: `\\u{` needs a closing `}`."),
        ("x = '\\u{80000000}'", "1:6: `\\u{...}` is too large: it goes up to `\\u{7FFFFFFF}`."),
        ("break", "1:1: `break` leaves a loop, but there is none around it."),
        ("do goto done end", "1:9: `goto` finds no label `::done::` in its block."),
        ("::a::\ndo ::a:: end", "2:6: The label `a` already stands in line 1."),
        (
            "goto a\nlocal x\n::a:: f()",
            "1:6: This `goto` jumps over the declaration of `x`: declare that variable before the `goto`."
        ),
        ("local x <const> = 1\nx = 2", "2:1: `x` was declared with `<const>` and cannot be changed."),
        ("local x <final> = 1", "1:10: Lua knows no attribute `<final>`, only `<const>` and `<close>`."),
        ("local x <close>, y <close> = 1", "1:18: Only one variable of a `local` can be `<close>`."),
        ("function f() return ... end", "1:21: `...` needs a function whose last parameter is `...`."),
    ])
    func saysWhatIsWrong(_ source: String, _ message: String) {
        #expect(error(source)?.description == message)
    }

    @Test func limitsNestingAndVariables() {
        let deep = "return " + String(repeating: "(", count: 300)
        #expect(
            error(deep)?.description
                == "1:202: This is nested more than 195 levels deep: take parts of it out into local variables or functions."
        )
        let many = "local " + (1...201).map { "v\($0)" }.joined(separator: ",")
        #expect(error(many)?.message == "A function can have 200 local variables at most: put some into a table.")
    }

    /// What is printed must be one short line, whatever stands in the source.
    @Test func keepsMessagesShort() {
        let long = String(repeating: "x", count: 5000)
        for source in ["return \(long) \(long)", "return '\(long)' 'y'", "goto \(long)", "x = 1\(long)", "[" + long] {
            let message = error(source)?.message ?? ""
            #expect(!message.isEmpty && message.count < 250)
        }
    }
}
