import Statistics

/// Writes measure files: sound Lua mostly, of statements and expressions that ask the library and the host for anything, with
/// extreme arguments, metatables and callbacks.
struct SourceGenerator {
    private var random: SplitMix64
    private var depth = 0

    /// A measure file.
    static func measure(_ random: inout SplitMix64) -> [UInt8] {
        var generator = SourceGenerator(random: SplitMix64(seed: random.next()))
        return Array(generator.file().utf8)
    }

    private init(random: SplitMix64) {
        self.random = random
    }

    private static let names = ["a", "b", "c", "t", "f", "g", "_ENV", "string", "kept"]
    private static let numbers = [
        "0", "1", "-1", "2.5", "0.0", "-0.0", "1e308", "5e-324", "0/0", "1/0", "-1/0", "math.maxinteger",
        "math.mininteger",
        "1<<53", "2^53", "255", "256", "1e15", "40", "17",
    ]
    private static let texts = [
        "'x'", "''", "'a\\0b'", "'\\255\\254'", "('x'):rep(300)", "'x'", "'role'", "'y'", "'day'", "'who'",
        "'2025-02-30'",
        "'2024-10-10'", "'%d%s'", "'(.-)%1'", "'[^a'", "'%b()'", "'\\u{202e}'", "'__index'", "'skipped'",
    ]
    private static let functions = [
        "string.rep", "string.find", "string.match", "string.gsub", "string.gmatch", "string.format", "string.byte",
        "string.char",
        "string.sub", "string.pack", "string.unpack", "string.reverse", "table.concat", "table.insert", "table.remove",
        "table.move", "table.sort", "table.unpack", "table.pack", "utf8.char", "utf8.codepoint", "utf8.len",
        "utf8.offset",
        "utf8.codes", "tostring", "tonumber", "pairs", "ipairs", "next", "select", "pcall", "xpcall", "error", "assert",
        "setmetatable", "getmetatable", "rawget", "rawset", "rawequal", "rawlen", "type", "print", "require",
        "math.random",
        "math.floor", "math.fmod", "math.tointeger", "ratio", "proportion", "difference", "insufficient",
        "not_applicable",
        "missing", "days",
    ]
    private static let verbs = [
        "mean", "sum", "sd", "min", "max", "median", "quantile", "count", "distinct", "share", "weighted", "is", "isin",
        "at_least", "at_most", "above", "below", "between", "top_box", "valid", "missing", "values", "map", "where",
        "each",
        "rows", "scale", "join", "previous", "column", "why", "nothing",
    ]
    private static let metamethods = [
        "__index", "__newindex", "__add", "__concat", "__eq", "__lt", "__le", "__len", "__call", "__unm", "__gc",
        "__close",
        "__mode", "__tostring", "__name", "__pairs", "__metatable", "__idiv", "__band", "__shl",
    ]
    private static let operators = [
        "+", "-", "*", "/", "//", "%", "^", "..", "&", "|", "~", "<<", ">>", "==", "~=", "<", "<=", "and", "or",
    ]

    private mutating func pick(_ choices: [String]) -> String { choices[random.below(choices.count)] }

    private mutating func list(_ most: Int, _ item: (inout SourceGenerator) -> String) -> String {
        var items: [String] = []
        for _ in 0..<random.below(most + 1) { items.append(item(&self)) }
        return items.joined(separator: ", ")
    }

    private mutating func file() -> String {
        let chunk = random.below(3) == 0 ? block(2) : ""
        var fields: [String] = []
        if random.below(8) == 0 { fields.append("title = \(expression())") }
        if random.below(8) == 0 { fields.append("params = { a = { default = \(pick(Self.numbers)) } }") }
        if random.below(8) == 0 { fields.append("tests = { { rows = { \(table()) }, expect = { value = 1 } } }") }
        if random.below(5) == 0 {
            fields += [
                "init = \(function())", "step = \(function())", "merge = \(function())", "finish = \(function())",
            ]
        } else {
            fields.append("value = function(g, p)\n\(block(5))return \(result())\nend")
        }
        return "local kept = {}\n\(chunk)return measure { \(fields.joined(separator: ", ")) }"
    }

    private mutating func result() -> String {
        switch random.below(5) {
        case 0: "g.x:mean()"
        case 1: "{ a = \(expression()), b = \(expression()) }"
        case 2: pick(Self.numbers)
        default: expression()
        }
    }

    private mutating func block(_ most: Int) -> String {
        depth += 1
        defer { depth -= 1 }
        guard depth < 5 else { return "" }
        var lines = ""
        for _ in 0..<1 + random.below(most) { lines += statement() + "\n" }
        return lines
    }

    private mutating func statement() -> String {
        switch random.below(17) {
        case 0, 1: "local \(pick(Self.names)) = \(expression())"
        case 2: "\(pick(Self.names)) = \(expression())"
        case 3: "kept[#kept + 1] = \(expression())"
        case 4, 5: "pcall(\(pick(Self.functions)), \(expression()), \(expression()))"
        case 6: "pcall(function() \(block(2)) end)"
        case 7: "xpcall(\(function()), \(function()))"
        case 8: "for i = \(pick(Self.numbers)), \(pick(Self.numbers)) do \(block(2)) if i > 20 then break end end"
        case 9: "for k, v in \(pick(["pairs", "ipairs", "next,"])) (\(expression())) do \(block(2)) end"
        case 10: "for k, v in g:\(pick(["rows()", "each('role')", "each('who')", "each('x')"])) do \(block(2)) end"
        case 11: "while \(expression()) do \(block(2)) break end"
        case 12: "do local t = setmetatable({}, { \(metafields()) }) \(block(2)) end"
        case 13: "local r = pcall(function() return \(host()) end)"
        case 14: "local f, t = \(iterator())"
        case 15: "pcall(\(pick(["f", "f", "(\(iterator()))"])), \(pick(["t", expression()])), \(expression()))"
        default: "print(\(expression()))"
        }
    }

    /// What the head of a loop asks for, to be kept and called by hand.
    private mutating func iterator() -> String {
        switch random.below(6) {
        case 0, 1: "pairs(\(pick([table(), expression()])))"
        case 2: "ipairs(\(expression()))"
        case 3: "string.gmatch(\(pick(Self.texts)), \(pick(Self.texts)))"
        case 4: "utf8.codes(\(pick(Self.texts)))"
        default: pick(["next", "g:rows()", "g:each('role')", "g:each('who')"])
        }
    }

    private mutating func metafields() -> String {
        list(3) { "\($0.pick(Self.metamethods)) = \($0.random.below(3) == 0 ? $0.expression() : $0.function())" }
    }

    private mutating func function() -> String {
        "function(a, b) \(block(2)) return \(list(2) { $0.expression() }) end"
    }

    private mutating func table() -> String {
        "{ " + list(4) { $0.random.below(2) == 0 ? $0.expression() : "[\($0.pick(Self.texts))] = \($0.expression())" }
            + " }"
    }

    private mutating func host() -> String {
        let column = pick(["g.x", "g.y", "g.role", "g.who", "g.yes", "g.day", "g", "g.x:mean()", "g.nothing", "a"])
        return "\(column):\(pick(Self.verbs))(\(list(3) { $0.expression() }))"
    }

    private mutating func expression() -> String {
        depth += 1
        defer { depth -= 1 }
        guard depth < 6 else { return pick(Self.numbers) }
        return switch random.below(14) {
        case 0, 1: pick(Self.numbers)
        case 2, 3: pick(Self.texts)
        case 4: pick(Self.names)
        case 5: table()
        case 6: function()
        case 7: "(\(expression()) \(pick(Self.operators)) \(expression()))"
        case 8: "(\(pick(["-", "not ", "#", "~"])) \(expression()))"
        case 9: "\(pick(Self.functions))(\(list(3) { $0.expression() }))"
        case 10, 11: host()
        case 12: "setmetatable(\(table()), { \(metafields()) })"
        default: pick(["nil", "true", "g", "g.keys", "g.n", "p", "missing('skipped')"])
        }
    }
}
