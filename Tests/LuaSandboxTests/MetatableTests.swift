import LuaSandbox
import Testing

/// Scripts may have metatables, without the fields that reach behind the limits.
struct MetatableTests {
    @Test func honestMetatablesWork() throws {
        let body = """
            local Point = {}
            Point.__index = Point
            Point.__add = function(p, q) return Point.new(p.x + q.x) end
            Point.__eq = function(p, q) return p.x == q.x end
            Point.__lt = function(p, q) return p.x < q.x end
            Point.__le = function(p, q) return p.x <= q.x end
            Point.__call = function(p, n) return p.x * n end
            Point.__len = function(p) return p.x end
            Point.__unm = function(p) return Point.new(-p.x) end
            Point.__tostring = function(p) return 'P' .. p.x end
            Point.__idiv = function() return 'idiv' end
            Point.__band = function() return 'band' end
            Point.__shl = function() return 'shl' end
            Point.__bnot = function() return 'bnot' end
            function Point.new(x) return setmetatable({ x = x }, Point) end
            function Point:twice() return self.x * 2 end
            local p, q = Point.new(3), Point.new(4)
            return { (p + q).x, p == q, p < q, p <= q, p(10), #p, (-p).x, tostring(p), p:twice(),
                     p // 1, p & 1, p << 1, ~p, p ~= Point.new(3) }
            """
        #expect(
            try value(of: body) == [
                7, false, true, true, 30, 3, -3, "P3", 6, "idiv", "band", "shl", "bnot", false,
            ])
    }

    @Test func newIndexAndIndexWork() throws {
        let body = """
            local log = {}
            local t = setmetatable({}, {
              __index = function(_, k) return k .. '?' end, __newindex = function(_, k, v) log[#log + 1] = k .. v end })
            t.a = 1
            rawset(t, 'b', 2)
            return { t.a, t.b, log[1], rawget(t, 'a') == nil }
            """
        #expect(try value(of: body) == ["a?", 2, "a1", true])
    }

    @Test func finalizersNeverRun() throws {
        // Several times the memory goes through, so that the collector is at work.
        let body = """
            local ran = 0
            local m = { __gc = function() ran = ran + 1 end }
            for i = 1, 20000 do setmetatable({}, m) end
            local held = ('x'):rep(1000000)
            for i = 1, 6 do local garbage = ('y'):rep(300000) .. i end
            return ran
            """
        #expect(try value(of: body, limits: .memory(3 << 20)) == 0)
        // Nor when the state is closed: a finalizer without end would hang this test.
        #expect(try value(of: "KEEP = setmetatable({}, { __gc = function() while true do end end }) return 1") == 1)
    }

    @Test func closingVariablesAreRefused() throws {
        let failure = try failure(of: "local x <close> = setmetatable({}, { __close = function() end }) return 1")
        #expect(failure.message.contains("got a non-closable value"))
        #expect(try value(of: "do local x <close> = nil end local y <const> = 2 return y") == 2)
    }

    @Test func tablesAreNeverWeak() throws {
        let body = """
            local weak = setmetatable({}, { __mode = 'kv' })
            for i = 1, 100 do weak[i] = { i } weak['k' .. i] = { i } end
            for i = 1, 6 do local garbage = ('y'):rep(500000) .. i end
            local n = 0
            for _ in pairs(weak) do n = n + 1 end
            return n
            """
        #expect(try value(of: body, limits: .memory(2 << 20)) == 200)
    }

    @Test func namesAreNotTaken() throws {
        let body =
            "local t = setmetatable({}, { __name = 'column' }) return { tostring(t), pcall(function() return t + 1 end) }"
        let result = try value(of: body).asTable?.list ?? []
        #expect(result[0] == "table")
        #expect(result[2].asString?.contains("a table value") == true)
    }

    @Test func getmetatableGivesWhatWasSet() throws {
        let body = """
            local m = { __index = {}, __mode = 'k', own = 1 }
            local t = setmetatable({}, m)
            return { getmetatable(t) == m, getmetatable(t).own, getmetatable({}) == nil }
            """
        #expect(try value(of: body) == [true, 1, true])
    }

    /// A metatable is what the script holds, not a copy of what it was.
    @Test func laterChangesCount() throws {
        let body = """
            local m = {}
            local t = setmetatable({}, m)
            m.__index = function(_, k) return k .. '!' end
            m.__add = function() return 7 end
            rawset(m, '__len', function() return 9 end)
            local Base, Derived = {}, nil
            Base.__index = Base
            Derived = setmetatable({}, { __index = Base })
            Derived.__index = Derived
            local d = setmetatable({ n = 4 }, Derived)
            function Base:get() return self.n end
            function Derived:twice() return 2 * self:get() end
            Derived.__tostring = function() return 'D' end
            return { t.x, t + 1, #t, d:twice(), tostring(d), getmetatable(d) == Derived, getmetatable(m) == nil,
              getmetatable(Derived).__index == Base }
            """
        #expect(try value(of: body) == ["x!", 7, 9, 8, "D", true, true, true])
    }

    @Test func tablesThatAreTheirOwnMetatableLearnLater() throws {
        let body = """
            local t = {}
            setmetatable(t, t)
            t.__index = function(_, k) return k .. '?' end
            t.__add = function() return 7 end
            t.__len = function() return 9 end
            t.__tostring = function() return 'itself' end
            local seen = { t.a, t + 1, #t, tostring(t), getmetatable(t) == t }
            t.__newindex = function(self, k, v) rawset(self, k, v * 2) end
            t.b = 4
            return { seen[1], seen[2], seen[3], seen[4], seen[5], rawget(t, 'b') }
            """
        #expect(try value(of: body) == ["a?", 7, 9, "itself", true, 8])
        #expect(
            try failure(of: "local t = {} setmetatable(t, t) t.__index = t return t.x").message.contains(
                "'__index' chain too long"))
    }

    /// Nor can a field that no metatable may have be put in later, by any road.
    /// Lua 5.4.4 goes on with a stack that is gone when a metamethod of `..` moves it and further operands wait.
    @Test func nothingIsCalledToJoin() throws {
        let body = """
            local function large() local a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t = 1 pcall(error) end
            local t = setmetatable({}, { __concat = function() large() return '' end })
            return 'a' .. t .. 'b'
            """
        let failure = try failure(of: body)
        #expect(failure.code == .luaError && failure.message.contains("attempt to concatenate a table value"))
    }

    @Test(arguments: ["__gc", "__mode", "__close", "__name", "__concat"]) func laterFieldsAreKeptOut(
        field: String
    ) throws {
        let body = """
            local function f() while true do end end
            local plain, derived, late, own = {}, setmetatable({}, { __index = {} }), {}, {}
            local kept = {}
            for i, m in ipairs { plain, derived, late, own } do kept[i] = setmetatable({}, m) end
            setmetatable(late, { __newindex = function(t, k, v) rawset(t, k, v) end })
            setmetatable(own, own)
            setmetatable(plain, { __index = function() end })
            setmetatable(plain, nil)
            local seen = {}
            for i, m in ipairs { plain, derived, late, own } do
              m.\(field) = f
              rawset(m, '\(field)', f)
              seen[i] = rawget(m, '\(field)') == nil
              m.other = i
              seen[i + 4] = rawget(m, 'other') == i
            end
            return seen
            """
        #expect(try value(of: body) == [true, true, true, true, true, true, true, true])
        #expect(
            try value(of: "local m = { \(field) = 'k' } setmetatable({}, m) return rawget(m, '\(field)') == nil")
                == true)
    }

    /// Lua looks in a copy of it, which learns of new fields and of what rawset sets.
    @Test func aTableThatIsItsOwnMetatableLearns() throws {
        let body = """
            local t = setmetatable({}, {})
            setmetatable(t, t)
            local function five() return 5 end
            rawset(t, '__index', five)
            local seen = { t.foo }
            rawset(t, '__index', { foo = 6 })
            seen[2] = t.foo
            rawset(t, '__index', nil)
            seen[3] = t.foo == nil
            t.__index = five
            seen[4] = t.foo
            rawset(t, '__newindex', function(t, k, v) rawset(t, k, v * 2) end)
            t.x = 4
            seen[5] = t.x
            rawset(t, '__newindex', nil)
            t.y = 4
            seen[6] = t.y
            rawset(t, '__len', function() return 7 end)
            seen[7] = #t
            return seen
            """
        #expect(try value(of: body) == [5, 6, true, 5, 8, 4, 7])
    }

    /// The deliberate difference: stock Lua gives 2 and nil.
    @Test func anAssignmentToItsOldFieldIsMissed() throws {
        let body = """
            local t = { __index = function() return 1 end }
            setmetatable(t, t)
            t.__index = function() return 2 end
            local kept = t.foo
            t.__index = nil
            return { kept, t.foo }
            """
        #expect(try value(of: body) == [1, 1])
    }

    /// Lua follows such a chain in C, and no hook interrupts it.
    @Test(arguments: [
        "local t = {} t.__call = t setmetatable(t, t) t()",
        "local m = { __call = print } setmetatable(m, m) local t = setmetatable({}, m) m.__call = t t() m() error('fine')",
        "local t = setmetatable({}, {}) for i = 1, 250 do t = setmetatable({}, { __call = t }) end t()",
        "local m = {} local t = setmetatable({}, m) m.__call = t t()",
        "local m = {} local t = setmetatable({}, m) rawset(m, '__call', t) t()",
    ])
    func chainsOfCallsEnd(body: String) throws {
        #expect(try failure(of: body, limits: .fuel(1_000_000)).code == .luaError)
    }

    @Test func callableValuesCall() throws {
        let body = """
            local inner = setmetatable({}, { __call = function(_, outer, x) return x + 1 end })
            local outer = setmetatable({}, { __call = inner })
            return outer(4)
            """
        #expect(try value(of: body) == 5)
    }

    @Test func librariesAndGlobalsCanBeMetatables() throws {
        #expect(try value(of: "setmetatable({}, string) return pcall(function() string.x = 1 end)") == false)
        #expect(try value(of: "setmetatable({}, string) return pcall(rawset, string, 'x', 1)") == false)
        #expect(try value(of: "setmetatable({}, _G) x = 5 return { x, _G.x, type(print) }") == [5, 5, "function"])
    }

    @Test func aMetatableCanBeTakenAway() throws {
        #expect(
            try value(of: "local t = setmetatable({}, { __index = { x = 1 } }) setmetatable(t, nil) return t.x")
                == .none)
        #expect(try value(of: "local t = {} return setmetatable(t, {}) == t") == true)
    }

    @Test func protectedMetatablesStay() throws {
        let own = "local t = setmetatable({}, { __metatable = 'mine' }) "
        #expect(try value(of: own + "return getmetatable(t)") == "mine")
        #expect(try failure(of: own + "setmetatable(t, {})").message.contains("protected metatable"))
        for (target, seen) in [("_G", "false"), ("string", "false"), ("''", "false"), ("box()", "false")] {
            #expect(try value(of: "return tostring(getmetatable(\(target)))") == .string(seen))
        }
        for target in ["_G", "string", "table", "math", "utf8"] {
            #expect(try failure(of: "setmetatable(\(target), {})").message.contains("protected metatable"))
            #expect(try failure(of: "setmetatable(\(target), nil)").message.contains("protected metatable"))
        }
        for target in ["''", "box()", "1", "print", "nil"] {
            #expect(try failure(of: "setmetatable(\(target), {})").code == .luaError)
        }
        #expect(try failure(of: "setmetatable({}, 1)").code == .luaError)
        #expect(try failure(of: "setmetatable({})").code == .luaError)
    }

    @Test func objectsOfTheHostCannotBeOpened() throws {
        for body in [
            "rawget(box(), 'x')", "rawset(box(), 'x', 1)", "box().x = 1", "setmetatable(box(), {})",
            "for k in pairs(box()) do end",
            "next(box())", "rawlen(box())", "table.insert(box(), 1)", "#box()", "for k in box() do end",
        ] {
            #expect(
                try failure(
                    of: "return \(body)".replacing("return for", with: "for").replacing(
                        "return box().x", with: "box().x")
                ).code == .luaError)
        }
    }
}
