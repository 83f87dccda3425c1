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
            Point.__concat = function(p, s) return p.x .. s end
            Point.__tostring = function(p) return 'P' .. p.x end
            Point.__idiv = function() return 'idiv' end
            Point.__band = function() return 'band' end
            Point.__shl = function() return 'shl' end
            Point.__bnot = function() return 'bnot' end
            function Point.new(x) return setmetatable({ x = x }, Point) end
            function Point:twice() return self.x * 2 end
            local p, q = Point.new(3), Point.new(4)
            return { (p + q).x, p == q, p < q, p <= q, p(10), #p, (-p).x, p .. '!', tostring(p), p:twice(),
                     p // 1, p & 1, p << 1, ~p, p ~= Point.new(3) }
            """
        #expect(
            try value(of: body) == [
                7, false, true, true, 30, 3, -3, "3!", "P3", 6, "idiv", "band", "shl", "bnot", false,
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
            "rawget(box(), 'x')", "rawset(box(), 'x', 1)", "box().x = 1", "setmetatable(box(), {})", "pairs(box())",
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
