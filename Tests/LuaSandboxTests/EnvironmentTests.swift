import LuaSandbox
import Testing

/// What scripts find is an allow-list, written here once more: a name that comes or goes is a decision.
struct EnvironmentTests {
    static let base = [
        "assert", "error", "getmetatable", "ipairs", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawlen",
        "rawset", "require", "select", "setmetatable", "tonumber", "tostring", "type", "xpcall",
    ]
    static let libraries = [
        "string": [
            "byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "pack", "packsize", "rep",
            "reverse", "sub", "unpack", "upper",
        ],
        "table": ["concat", "insert", "move", "pack", "remove", "sort", "unpack"],
        "math": [
            "abs", "acos", "asin", "atan", "ceil", "cos", "deg", "exp", "floor", "fmod", "log", "max", "min", "modf",
            "rad", "random", "sin", "sqrt", "tan", "tointeger", "type", "ult",
        ],
        "utf8": ["char", "codepoint", "codes", "len", "offset"],
    ]
    static let constants = [
        "math.huge", "math.maxinteger", "math.mininteger", "math.pi", "utf8.charpattern",
    ]
    /// Arithmetic on strings that are numbers, reached through operators only.
    static let stringOperators = ["__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm", "__idiv"]

    /// Never to be reached, whatever the path.
    static let forbidden = [
        "load", "loadstring", "loadfile", "dofile", "collectgarbage", "warn", "io", "os", "debug", "package",
        "coroutine", "string.dump", "math.randomseed", "_VERSION", "arg", "module", "setfenv", "getfenv", "newproxy",
    ]

    private func names(_ paths: some Sequence<String>) -> Set<String> {
        // Where a table is reached through a metatable, scripts write it as if it were its own.
        Set(
            paths.map { path in
                path.replacing("(metatable).__index", with: "").replacing("_G.", with: "")
            })
    }

    @Test func everythingThatCanBeReachedIsOnTheList() throws {
        let walk = try EnvironmentWalk.ofScripts()
        let functions = names(walk.functions.keys)
        let internals = Set(Self.libraries.keys.map { "\($0)(metatable).__newindex" })
        let operators = Set(Self.stringOperators.map { "(string metatable).\($0)" })
        let allowed = Set(Self.base + Self.libraries.flatMap { library, names in names.map { "\(library).\($0)" } })
        // The order of the walk decides by which of its two paths the string library is found.
        let methods = functions.filter { $0.hasPrefix("(string metatable).__index.") }
        #expect(
            methods.isSubset(of: Set(Self.libraries["string", default: []].map { "(string metatable).__index.\($0)" })))
        #expect(functions.subtracting(methods).subtracting(internals).subtracting(operators) == allowed)
    }

    @Test func everyOtherValueIsOnTheListToo() throws {
        let walk = try EnvironmentWalk.ofScripts()
        let values = names(walk.values).filter { !$0.hasSuffix("__metatable") }
        #expect(values == Set(Self.constants))
        // Each of the metatables is out of reach.
        let locked = walk.values.filter { $0.hasSuffix("__metatable") }
        #expect(locked.count == 6, "\(locked)")
    }

    @Test func noForbiddenFunctionHidesBehindAnAllowedName() throws {
        let stock = try EnvironmentWalk.ofStockLua()
        let ours = Set(try EnvironmentWalk.ofScripts().functions.values)
        // The order of the walk decides by which of its paths a library is found.
        let functions = stock.functions.map { path, function in
            (
                path.replacing("_G.package.loaded._G.", with: "").replacing("_G.package.loaded.", with: "")
                    .replacing("_G.", with: ""), function
            )
        }
        let banned = functions.filter { path, _ in
            Self.forbidden.contains { path == $0 || path.hasPrefix($0 + ".") }
        }
        #expect(banned.count > 50)
        for (path, function) in banned where ours.contains(function) {
            Issue.record("\(path) can be reached")
        }
        // Whatever can run long, or show an address, is ours: only mathematics is the stock library's.
        let stockFunctions = Dictionary(functions.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for function in ours {
            if let path = stockFunctions[function], !path.hasPrefix("math.") {
                Issue.record("\(path) is the stock one")
            }
        }
    }

    @Test func scriptsFindTheirNamesAndNoOthers() throws {
        for name in Self.base + ["_G", "string", "table", "math", "utf8", "measure"] {
            #expect(try value(of: "return type(\(name)) ~= 'nil' and _G.\(name) == \(name)") == true, "\(name)")
        }
        for name in Self.forbidden {
            #expect(try value(of: "return \(name) == nil and _G.\(name) == nil") == true, "\(name)")
        }
        #expect(try value(of: "return _G._G == _G") == true)
        #expect(
            try value(of: "return { ('').dump == nil, ('').rep == string.rep, ('').format == string.format }") == [
                true, true, true,
            ])
    }

    @Test func requireKnowsNoModuleButThoseSentAlong() throws {
        let message = try failure(of: "require 'hub.scales'").message
        #expect(message.contains("no module `hub.scales` came with this script"))
        #expect(try failure(of: "require 'io'").code == .luaError)
        #expect(try failure(of: "require()").code == .luaError)
    }

    @Test(arguments: ["string", "table", "math", "utf8"]) func libraryTablesAreReadOnly(library: String) throws {
        let known = try #require(Self.libraries[library]?.first)
        #expect(
            try failure(of: "\(library).\(known) = print").message.contains("the library tables cannot be changed"))
        #expect(try failure(of: "\(library).new = print").message.contains("the library tables cannot be changed"))
        #expect(try failure(of: "table.insert(\(library), 1)").message.contains("the library tables cannot be changed"))
        #expect(try value(of: "return pcall(function() \(library).\(known) = nil end)") == false)
    }

    @Test(arguments: ["string", "table", "math", "utf8"]) func rawsetDoesNotReachALibrary(library: String) throws {
        #expect(try failure(of: "rawset(\(library), 'len', print)").message.contains("cannot be changed"))
        #expect(try value(of: "return pcall(rawset, \(library), 'x', 1)") == false)
    }

    @Test func rawsetWritesIntoTablesAndGlobals() throws {
        let body = """
            local t = setmetatable({}, { __newindex = function() error('asked') end })
            rawset(t, 'a', 1) rawset(_G, 'kept', 2)
            return { t.a, kept, rawset({ 5 }, 1, 6)[1] }
            """
        let found = try value(of: body)
        #expect(found == [1, 2, 6], "\(found)")
    }

    @Test func repDoesWhatTheManualSays() throws {
        let body = """
            return { ('ab'):rep(3, '-'), ('x'):rep(0), ('x'):rep(-1, ','), ('x'):rep(1, ','), (''):rep(1e15),
              #(''):rep(3, 'ab'), ('a\\0'):rep(2) == 'a\\0a\\0' }
            """
        #expect(try value(of: body) == ["ab-ab-ab", "", "", "x", "", 4, true])
    }

    /// Memory that a script cannot have is its limit: it cannot catch that and go on.
    @Test(arguments: [
        "('x'):rep((1 << 31) - 1)", "('xy'):rep((1 << 30) - 1)", "('x'):rep(2, ('y'):rep(1 << 26))",
        "('x'):rep(1 << 29, 'ab')",
    ])
    func textsBeyondTheMemoryEndTheScript(text: String) throws {
        #expect(try failure(of: "return pcall(function() return \(text) end) and 1 or 0").code == .memoryLimit)
    }

    /// Longer ones are refused by stock Lua, too, before anything is done.
    @Test(arguments: [
        "('x'):rep(1e10)", "('xy'):rep(1 << 30)", "('x'):rep(math.maxinteger, 'ab')", "(''):rep(1 << 31, 'x')",
    ])
    func textsBeyondTwoGigabytesAreAnError(text: String) throws {
        #expect(
            try value(of: "return select(2, pcall(function() return \(text) end))").asString?.contains(
                "resulting string too large") == true)
    }

    @Test func stringsWorkAsAlways() throws {
        #expect(try value(of: "return { '10' + 5, '3' * '4', -'2', '7' // 2, 10 .. 20 }") == [15, 12, -2, 3, "1020"])
        #expect(try value(of: "return ('a,b'):gsub(',', ';')") == "a;b")
        #expect(try value(of: "return { #'abc', ('abc').x == nil }") == [3, true])
        #expect(try failure(of: "('abc').x = 1").code == .luaError)
    }

    @Test func theLocaleIsC() throws {
        let body =
            "return { 'B' < 'a', 'Z' < 'a', 'z' < 'é', string.format('%.1f', 1.5), tonumber('1.5'), tonumber('1,5') == nil }"
        #expect(try value(of: body) == [true, true, true, "1.5", 1.5, true])
    }
}
